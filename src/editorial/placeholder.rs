//! Whether a value stands where an answer should be: `TBD`, `<role>`, `see brief`, `—`.

use super::lexicon::Lexicon;
use super::prose::{Prose, Word};

/// What a written value amounts to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    /// A reader sees nothing.
    Blank,
    /// It promises an answer, or marks the place for one.
    Placeholder,
    /// It says something.
    Text,
}

/// Placeholders in any language.
const UNIVERSAL: [&str; 15] =
    ["tbd", "tba", "tbc", "tbf", "todo", "fixme", "xxx", "xxxx", "wip", "na", "null", "lorem", "loremipsum", "undefined", "asdf"];

/// What writers put where something is still to come, in capitals. A body has some more, and an answer has `TBA`, which in
/// a body may be said of an event.
pub const MARKS: [&str; 5] = ["TODO", "TBD", "TBC", "FIXME", "XXX"];

/// Says what a value amounts to. Without a lexicon only the forms that every language shares are known.
pub fn filling(prose: &Prose, lexicon: Option<&Lexicon>) -> Filling {
    if prose.is_blank() {
        return Filling::Blank;
    }
    if prose.words.is_empty() || is_bracketed(&prose.text) || is_universal(prose) {
        return Filling::Placeholder;
    }
    let Some(lexicon) = lexicon else { return Filling::Text };
    let is_spelled_out = || compact(prose, lexicon.placeholders.longest()).is_some_and(|compact| lexicon.placeholders.has(&compact));
    let whole = lexicon.placeholders.covers(&prose.words, 0) == prose.words.len() || is_spelled_out();
    let repeated = prose.words.len() > 1 && prose.words.iter().all(|word| lexicon.placeholders.has(&word.folded));
    if whole || repeated || has_placeholder_head(prose, lexicon) { Filling::Placeholder } else { Filling::Text }
}

/// `Ask Maria`, `Sarah to confirm`, `check with the client`: a note among colleagues in place of an answer.
///
/// Only for slots that describe, such as an audience or a so-what: guidance may well begin with "Ask".
pub fn is_note_among_colleagues(prose: &Prose, lexicon: &Lexicon) -> bool {
    const NOTED_FOR: [&str; 9] = ["someone", "somebody", "we", "i", "you", "we'll", "i'll", "please", "to"];
    let words = &prose.words;
    if words.len() > 12 {
        return false;
    }
    let settles = |word: &Word| lexicon.settling_verbs.has(&word.folded);
    let somebody =
        words.first().is_some_and(|first| NOTED_FOR.contains(&first.folded.as_str())) && words.iter().skip(1).take(3).any(settles);
    // "Sarah to confirm", "the client will advise": short, or it says what they settle and so describes something.
    let promised = words.len() <= 6
        && words
            .iter()
            .skip(1)
            .take(3)
            .zip(words.iter().skip(2))
            .any(|(to, verb)| matches!(to.folded.as_str(), "to" | "will") && settles(verb))
        && words.last().is_some_and(|last| settles(last) || is_pointer(last));
    somebody || promised || begins_with_request(words, lexicon)
}

/// "This", "later", "Monday": how a short note ends.
fn is_pointer(word: &Word) -> bool {
    const POINTERS: [&str; 16] = [
        "this",
        "it",
        "that",
        "later",
        "soon",
        "today",
        "tomorrow",
        "asap",
        "details",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "week",
        "in",
    ];
    POINTERS.contains(&word.folded.as_str())
}

/// "Check with …" whoever follows; "ask …" and "talk to …" only before a name, since an audience may do either.
fn begins_with_request(words: &[Word], lexicon: &Lexicon) -> bool {
    let len = lexicon.colleague_notes.covers(words, 0);
    let Some(first) = words.first().filter(|_| len > 0) else { return false };
    if !matches!(first.folded.as_str(), "ask" | "talk" | "speak" | "discuss" | "agree" | "get") {
        return true;
    }
    words.get(len).is_some_and(|next| {
        let is_acronym = next.n_capitals > 1;
        (next.is_capitalised() && !is_acronym) || matches!(next.folded.as_str(), "marketing" | "sales" | "legal" | "him" | "her")
    })
}

/// A value longer than this is no mark, however it is spaced: no entry of the lists comes near it.
const LONGEST_MARK: usize = 80;

/// The value without spaces, stops and dashes: `T. B. D.` is `tbd`; `None` for one too long to be a mark of so many
/// bytes at most.
fn compact(prose: &Prose, longest: usize) -> Option<String> {
    // Inside a word no two signs follow each other: at least half of it are letters.
    let n_bytes: usize = prose.words.iter().map(|word| word.folded.len()).sum();
    if n_bytes > 2 * longest || prose.text.len() > LONGEST_MARK {
        return None;
    }
    let mut compact = String::with_capacity(n_bytes);
    for word in &prose.words {
        if word.folded.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            compact.push_str(&word.folded);
        } else {
            compact.extend(word.folded.chars().filter(|c| c.is_alphanumeric()));
        }
    }
    Some(compact)
}

fn is_universal(prose: &Prose) -> bool {
    let first_words = || prose.words.iter().take(2).flat_map(|word| word.folded.chars());
    if first_words().take("loremipsum".len()).eq("loremipsum".chars()) {
        return true;
    }
    let repeats_one_letter = || match prose.words.as_slice() {
        [word] if prose.text.len() <= LONGEST_MARK => {
            let letters = || word.folded.chars().filter(|c| c.is_alphanumeric());
            letters().all(|c| c == 'x') && letters().nth(1).is_some()
        }
        _ => false,
    };
    let longest = UNIVERSAL.iter().map(|mark| mark.len()).max().unwrap_or(0);
    compact(prose, longest).is_some_and(|compact| UNIVERSAL.contains(&compact.as_str())) || repeats_one_letter()
}

/// `<…>`, `{{…}}`, `[…]`, `(…)`, `__…__`, `$…` or `%…%` around the whole value, or a bracketed place to fill.
fn is_bracketed(text: &str) -> bool {
    // None of it without one of these signs, which most values do not have.
    if !text.bytes().any(|byte| matches!(byte, b'<' | b'{' | b'[' | b'(' | b'_' | b'%' | b'$' | b'#')) {
        return false;
    }
    let text = text.trim_matches(['"', '\'', '.', '*', ' ']);
    let pairs = [('<', '>'), ('{', '}'), ('[', ']'), ('(', ')'), ('_', '_'), ('%', '%'), ('$', '$'), ('#', '#')];
    let around = pairs.iter().any(|(open, close)| text.len() > 1 && text.starts_with(*open) && text.ends_with(*close));
    around || text.contains("{{") || text.contains("${") || has_place_to_fill(text)
}

/// `<role>` or `[company]` inside a longer value, but not a comparison such as `<5 %` or a Markdown link.
fn has_place_to_fill(text: &str) -> bool {
    let inside = |open: char, close: char| {
        text.match_indices(open).any(|(start, _)| {
            let rest = &text[start + 1..];
            rest.find(close).is_some_and(|end| {
                let (within, after) = (&rest[..end], &rest[end + 1..]);
                let is_named = open == '<' && (ELEMENTS.contains(&within) || is_said_to_be_a_tag(after));
                within.starts_with(char::is_alphabetic) && !within.contains(['@', '/', ':']) && !after.starts_with('(') && !is_named
            })
        })
    };
    inside('<', '>') || inside('[', ']')
}

/// Elements of HTML that a text may be about, and nobody means as a place to fill.
const ELEMENTS: [&str; 22] = [
    "a", "b", "br", "body", "canvas", "div", "em", "head", "h1", "h2", "h3", "html", "iframe", "img", "li", "meta", "p", "script", "span",
    "strong", "svg", "ul",
];

/// What follows "the `<title>`" where it is a tag that is spoken of.
fn is_said_to_be_a_tag(after: &str) -> bool {
    let next = after.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(next.to_lowercase().as_str(), "tag" | "tags" | "element" | "elements" | "attribute" | "attributes")
}

/// `To be agreed with sales`, `see the campaign brief`, `TBD - ask Jane`.
fn has_placeholder_head(prose: &Prose, lexicon: &Lexicon) -> bool {
    let covered = lexicon.placeholder_heads.covers(&prose.words, 0);
    match covered {
        0 => has_placeholder_tail(prose),
        // A firm may be called "TBC Bank": a lone word is a head only before a sign or at the end.
        1 => {
            let after = &prose.text[prose.words[0].end..];
            let signs_off = after.trim_start().is_empty() || after.trim_start().starts_with(['-', ':', '(', ',', '.', ';', '?', '!', '/']);
            signs_off || prose.words.get(1).is_some_and(|next| matches!(next.folded.as_str(), "by" | "with"))
        }
        _ => true,
    }
}

/// `Audience (TBC)`, `role: TBD`: the answer is still to come, whatever stands before.
fn has_placeholder_tail(prose: &Prose) -> bool {
    let Some(last) = prose.words.last() else { return false };
    let mark = prose.spelled(last);
    (MARKS.contains(&mark) || mark == "TBA") && prose.words.len() <= 4
}

#[cfg(test)]
mod tests {
    use super::super::lexicon;
    use super::*;

    fn check(text: &str, expected: Filling) {
        assert_eq!(filling(&Prose::new(text), lexicon::for_language("en")), expected, "{text:?}");
    }

    #[test]
    fn placeholders_are_told_from_answers() {
        for text in [
            "TBD",
            "tbc.",
            "T.B.D.",
            "T B D",
            "N/A",
            "n.a.",
            "—",
            "...",
            "???",
            "-",
            "<role>",
            "{{ role }}",
            "[insert role here]",
            "see brief",
            "See the campaign brief",
            "to be confirmed with sales",
            "To be agreed",
            "TBD - ask Jane",
            "TBC by marketing",
            "lorem ipsum dolor sit amet",
            "xxx",
            "xxxxxx",
            "same as last time",
            "Same as above",
            "none",
            "Unknown",
            "ТВD",
            "T\u{200b}BD",
            "audience goes [here]",
            "Role (TBC)",
            "your audience here",
            "not yet defined",
            "Todo",
            "as discussed with the team",
            "pending",
            "N / A",
            "TODO: ask product",
            "tbd tbd",
            "role at <company>",
            "fill in later",
            "${audience}",
            "(to follow)",
            "_____",
        ] {
            check(text, Filling::Placeholder);
        }
        for text in ["", " \u{200b}", "\u{3164}", "\n"] {
            check(text, Filling::Blank);
        }
        for text in [
            "CFO",
            "TBC Bank's retail lenders",
            "Patients with <5 % kidney function",
            "To be parents",
            "Why the <title> tag still sells",
            "A <div> is no button",
            "See-and-treat nurses",
            "Nonexecutive directors",
            "Testers",
            "Notaries",
            "Example schools of the county",
            "Same-day couriers",
            "Pending-case clerks",
            "Readers of [the rules](https://example.org)",
            "Sample preparation technicians",
        ] {
            check(text, Filling::Text);
        }
    }
}
