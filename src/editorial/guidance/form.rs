//! How a sentence is put: as an instruction, as what somebody ought to do, as a statement, as a
//! question, or as no sentence at all.

use super::super::lexicon::Lexicon;
use super::super::prose::{Prose, Word};
use super::super::reading::Reading;
use std::rc::Rc;

/// How much a verb says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// One sees somebody do it.
    Concrete,
    /// It needs a named object.
    Abstract,
    /// Nobody could be seen to do it, or not to.
    Platitude,
}

/// How a sentence is put.
#[derive(Debug, Clone)]
pub enum Form {
    /// "Re-quote your renewals"; what follows the verb.
    Instruction { strength: Strength, object: Prose },
    /// "Trustees should ask …"; `addressed` when the subject is the reader or an owner.
    Ought { strength: Strength, addressed: bool, object: Prose },
    /// "Asking the auditor …".
    Gerund { strength: Strength, object: Prose },
    /// "AI will change everything."
    Statement,
    /// "Digital skills."
    Phrase,
}

impl Form {
    /// The part of the sentence that names things: what follows the verb, or all of it.
    pub fn object<'a>(&'a self, sentence: &'a Prose) -> &'a Prose {
        match self {
            Self::Instruction { object, .. } | Self::Ought { object, .. } | Self::Gerund { object, .. } => object,
            Self::Statement | Self::Phrase => sentence,
        }
    }
}

/// Words after which a sentence states something.
const FINITE: [&str; 27] = [
    "is", "are", "was", "were", "will", "has", "have", "had", "can", "could", "would", "may", "might", "does", "isn't", "aren't", "won't",
    "shows", "show", "matters", "means", "remains", "becomes", "needs", "need", "requires", "can't",
];

/// Words that begin the object of a verb.
const DETERMINERS: [&str; 40] = [
    "the", "a", "an", "your", "their", "its", "his", "her", "each", "every", "all", "any", "both", "this", "that", "these", "those", "no",
    "what", "which", "who", "how", "whether", "where", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "it",
    "them", "only", "half", "at", "next",
];

/// Words that belong to the verb before them: "strike out every …".
const PARTICLES: [&str; 12] = ["out", "up", "down", "off", "back", "over", "through", "away", "in", "on", "aside", "forward"];

/// Words that begin a clause before the instruction.
const LEAD_INS: [&str; 27] = [
    "if", "when", "before", "after", "by", "in", "on", "at", "once", "where", "for", "within", "during", "to", "instead", "rather",
    "until", "unless", "from", "with", "while", "whenever", "as", "between", "every", "each", "over",
];

/// Words that may stand before an imperative.
const SOFTENERS: [&str; 19] = [
    "please", "then", "also", "always", "never", "first", "second", "third", "next", "now", "today", "and", "so", "just", "simply",
    "don't", "not", "either", "lastly",
];

/// True when a sentence only asks.
pub fn is_question(sentence: &Prose, lexicon: &Lexicon) -> bool {
    let Some(first) = sentence.words.first() else { return false };
    if !sentence.text.trim_end_matches(['"', '\'', ')', ' ']).ends_with('?') {
        return false;
    }
    let second = sentence.words.get(1).map(|word| word.folded.as_str());
    let asks_reader =
        matches!(first.folded.as_str(), "do" | "have") && matches!(second, Some("you" | "your" | "they" | "we" | "customers" | "people"));
    let leads_in = LEAD_INS.contains(&first.folded.as_str());
    asks_reader || lexicon.question_starts.has(&first.folded) || (instruction(&sentence.words, lexicon).is_none() && !leads_in)
}

/// Says how a sentence is put.
pub fn form(sentence: &Prose, audience_roles: &[Rc<Reading>], lexicon: &Lexicon) -> Form {
    let words = &sentence.words;
    let mut from = skip_markers(sentence);
    for _ in 0..4 {
        from += skip_softeners(&words[from..], lexicon);
        if let Some((len, strength)) = instruction(&words[from..], lexicon) {
            return Form::Instruction { strength, object: rest(sentence, from + len) };
        }
        match after_lead_in(sentence, from, lexicon) {
            Some(next) => from = next,
            None => break,
        }
    }
    if let Some(form) = ought(sentence, from, audience_roles, lexicon) {
        return form;
    }
    let Some(first) = words.get(from) else { return Form::Phrase };
    if lexicon.verbs.has_gerund_of(&first.folded) {
        return Form::Gerund { strength: strength(&words[from..], lexicon), object: rest(sentence, from + 1) };
    }
    let states = words[from..].iter().take(9).skip(1).any(|word| FINITE.contains(&word.folded.as_str()) || word.folded.ends_with("'ll"));
    if states { Form::Statement } else { Form::Phrase }
}

/// "Reduce your footprint by 50 % by 2030": a target, and nothing to do.
pub fn is_bare_target(sentence: &Prose) -> bool {
    const TARGETS: [&str; 18] = [
        "reduce", "cut", "increase", "grow", "raise", "double", "triple", "halve", "improve", "boost", "achieve", "reach", "hit", "lower",
        "shrink", "lift", "save", "gain",
    ];
    let Some(first) = sentence.words.first() else { return false };
    let counts =
        sentence.text.contains('%') || sentence.text.contains("per cent") || ["double", "triple", "halve"].contains(&first.folded.as_str());
    let pairs = || sentence.words.windows(2).map(|pair| (pair[0].folded.as_str(), pair[1].folded.as_str()));
    let says_how = pairs().any(|(before, word)| (before == "by" && word.ends_with("ing")) || matches!(before, "through" | "and" | "so"));
    counts && TARGETS.contains(&first.folded.as_str()) && !says_how
}

/// What follows a label such as `Finance:` or `Step 2 -`, if the sentence has one.
pub fn after_label(sentence: &Prose) -> Option<Prose> {
    let colon = sentence.text.find(": ").or_else(|| sentence.text.find(" - "))?;
    let before = sentence.words.iter().take_while(|word| word.end <= colon).count();
    // "Our door is open: call by Friday" has no label: the publisher speaks of itself.
    let is_label = !sentence.words.first().is_some_and(|first| matches!(first.folded.as_str(), "our" | "we"));
    (is_label && before > 0 && before <= 6 && before < sentence.words.len()).then(|| rest(sentence, before))
}

/// `1.` or `2)` before the sentence proper.
fn skip_markers(sentence: &Prose) -> usize {
    let words = &sentence.words;
    let numbered = words.first().is_some_and(|first| {
        first.folded.chars().all(|c| c.is_ascii_digit()) && sentence.text[first.end..].starts_with(['.', ')']) && words.len() > 1
    });
    usize::from(numbered)
}

fn skip_softeners(words: &[Word], lexicon: &Lexicon) -> usize {
    let mut skipped = 0;
    while let Some(word) = words.get(skipped) {
        let folded = word.folded.as_str();
        let next = words.get(skipped + 1).map(|word| word.folded.as_str());
        if folded == "do" && next == Some("not") {
            skipped += 2;
            continue;
        }
        let is_adverb = folded.len() > 4 && folded.ends_with("ly") && !lexicon.verbs.has(folded) && !lexicon.time_words.has(folded);
        if !SOFTENERS.contains(&folded) && !is_adverb {
            break;
        }
        // "Second your best analyst", "Next the board …": a softener with a determiner after it is none.
        if matches!(folded, "second") && next.is_some_and(|next| DETERMINERS.contains(&next)) {
            break;
        }
        skipped += 1;
    }
    if skipped < words.len() { skipped } else { 0 }
}

/// Where the clause after a lead-in begins.
fn after_lead_in(sentence: &Prose, from: usize, lexicon: &Lexicon) -> Option<usize> {
    let words = &sentence.words;
    let first = words.get(from)?;
    if !LEAD_INS.contains(&first.folded.as_str()) {
        return None;
    }
    let comma = sentence.text[first.end..].find([',', ':']).map(|idx| first.end + idx);
    if let Some(comma) = comma {
        let next = words.iter().position(|word| word.start > comma)?;
        return Some(next);
    }
    let is_start = |idx: &usize| {
        let follows = words.get(idx + 1).is_some_and(|next| DETERMINERS.contains(&next.folded.as_str()));
        follows && lexicon.verbs.has(&words[*idx].folded)
    };
    (from + 2..words.len()).find(is_start)
}

/// An imperative at the start: how many words it takes, and what it says.
fn instruction(words: &[Word], lexicon: &Lexicon) -> Option<(usize, Strength)> {
    let first = words.first()?;
    let folded = first.folded.as_str();
    let next = words.get(1).map(|word| word.folded.as_str());
    if next.is_some_and(|next| FINITE.contains(&next)) || noun_then_finite(words, lexicon) {
        return None;
    }
    let begins_object = |word: &str| DETERMINERS.contains(&word) || word.starts_with(|c: char| c.is_ascii_digit());
    let after_particle = next.filter(|next| PARTICLES.contains(next)).and(words.get(2)).map(|word| word.folded.as_str());
    let has_object = next.is_some_and(begins_object) || after_particle.is_some_and(begins_object);
    if lexicon.noun_starts.has(folded) && !(has_object && lexicon.verbs.has(folded)) {
        return None;
    }
    if let Some(found) = through_gerund(words, lexicon) {
        return Some(found);
    }
    let covered = lexicon.verbs.covers(words, 0);
    if covered > 0 {
        return Some((covered, strength(words, lexicon)));
    }
    if is_prefixed_verb(folded, has_object, lexicon) || (has_object && could_be_verb(folded, lexicon)) {
        return Some((1, Strength::Concrete));
    }
    None
}

/// "Start by asking …", "consider moving …": the second verb is the deed.
fn through_gerund(words: &[Word], lexicon: &Lexicon) -> Option<(usize, Strength)> {
    let first = words.first()?;
    if !matches!(first.folded.as_str(), "start" | "begin" | "consider" | "try" | "keep" | "stop" | "avoid") {
        return None;
    }
    let at = if words.get(1)?.folded == "by" { 2 } else { 1 };
    let deed = words.get(at)?;
    if !lexicon.verbs.has_gerund_of(&deed.folded) {
        return None;
    }
    // To stop something is a deed whatever is stopped.
    let stops = matches!(first.folded.as_str(), "stop" | "avoid");
    Some((at + 1, if stops { Strength::Concrete } else { strength(&words[at..], lexicon) }))
}

fn strength(words: &[Word], lexicon: &Lexicon) -> Strength {
    if lexicon.verbs_platitude.covers(words, 0) > 0 {
        Strength::Platitude
    } else if lexicon.verbs_abstract.covers(words, 0) > 0 {
        Strength::Abstract
    } else {
        Strength::Concrete
    }
}

/// "Risk management will …": the first word is a noun although it could be a verb.
fn noun_then_finite(words: &[Word], lexicon: &Lexicon) -> bool {
    let [_, second, third, ..] = words else { return false };
    let links = ["will", "is", "are", "has", "won't", "isn't"].contains(&third.folded.as_str());
    links && !lexicon.function_words.has(&second.folded)
}

/// `re-quote`, `stress-test`, `requote`: a known verb behind a prefix.
fn is_prefixed_verb(folded: &str, has_object: bool, lexicon: &Lexicon) -> bool {
    const PREFIXES: [&str; 12] = ["re", "pre", "co", "over", "under", "out", "un", "de", "mis", "dis", "up", "sub"];
    if let Some((prefix, verb)) = folded.rsplit_once('-') {
        return lexicon.verbs.has(verb) && (has_object || PREFIXES.contains(&prefix) || prefix.len() > 2);
    }
    PREFIXES.iter().any(|prefix| folded.strip_prefix(prefix).is_some_and(|verb| verb.len() > 2 && lexicon.verbs.has(verb)))
}

/// An unknown word with an object after it, unless its ending or the lists say that it is none.
fn could_be_verb(folded: &str, lexicon: &Lexicon) -> bool {
    const NOUN_ENDINGS: [&str; 9] = ["ing", "tion", "ment", "ness", "ity", "ship", "ance", "ence", "ism"];
    // "Boards that ignore this": a plural, for no imperative ends in a plain `s`.
    let is_plural = folded.ends_with('s') && !folded.ends_with("ss") && !folded.ends_with("us");
    !is_plural
        && !NOUN_ENDINGS.iter().any(|ending| folded.ends_with(ending))
        && !lexicon.function_words.has(folded)
        && !lexicon.question_starts.has(folded)
        && !LEAD_INS.contains(&folded)
        && !folded.starts_with(|c: char| c.is_ascii_digit())
}

/// "Trustees should ask …", "You need to …", "Every contract must be re-quoted …".
fn ought(sentence: &Prose, from: usize, audience_roles: &[Rc<Reading>], lexicon: &Lexicon) -> Option<Form> {
    let words = &sentence.words;
    let modal = (from + 1..words.len().min(from + 9)).find(|idx| is_modal(words, *idx))?;
    let subject = &words[from..modal];
    let mut at = modal + if matches!(words[modal].folded.as_str(), "should" | "must" | "shall" | "can" | "could") { 1 } else { 2 };
    while words.get(at).is_some_and(|word| SOFTENERS.contains(&word.folded.as_str()) || word.folded.ends_with("ly")) {
        at += 1;
    }
    let verb = words.get(at)?;
    let is_reader = |word: &Word| matches!(word.folded.as_str(), "you" | "your");
    let is_audience =
        |word: &Word| audience_roles.iter().flat_map(|role| &role.prose.words).any(|said| same_role(&said.folded, &word.folded));
    let owner = subject.iter().any(|word| is_reader(word) || is_audience(word)) || lexicon.roles.occurs_in(subject);
    let passive = verb.folded == "be" && words.get(at + 1).is_some_and(|word| word.folded.ends_with("ed") || word.folded.ends_with("en"));
    if passive {
        // What is to be done to something: the subject is the object.
        return Some(Form::Ought { strength: Strength::Concrete, addressed: false, object: sentence.clone() });
    }
    let strength = strength(&words[at..], lexicon);
    Some(Form::Ought { strength, addressed: owner, object: rest(sentence, at + 1) })
}

fn is_modal(words: &[Word], idx: usize) -> bool {
    let next = words.get(idx + 1).map(|word| word.folded.as_str());
    let subject_is_you = idx > 0 && words[idx - 1].folded == "you";
    match words[idx].folded.as_str() {
        "should" | "must" | "shall" => true,
        "can" | "could" => subject_is_you,
        "need" | "needs" | "ought" | "has" | "have" => next == Some("to"),
        _ => false,
    }
}

fn same_role(role: &str, word: &str) -> bool {
    role.len() > 2 && role.trim_end_matches('s') == word.trim_end_matches('s')
}

/// The sentence from a word on.
fn rest(sentence: &Prose, from: usize) -> Prose {
    let Some(first) = sentence.words.get(from) else { return Prose::default() };
    let shift = first.start;
    let words = sentence.words[from..].iter().map(|word| word.shifted(shift));
    Prose { text: sentence.text[shift..].to_owned(), words: words.collect() }
}
