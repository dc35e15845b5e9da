//! Whether the slots of an audience define anyone: structure first, word lists inside a slot.
//!
//! An audience is defined when it has a role and a place or a situation, and what stands beside the
//! role is specific. The way out of a false alarm is always to say more in a slot.

use super::lexicon::Lexicon;
use super::placeholder::{Filling, filling, is_note_among_colleagues};
use super::prose::{Prose, Word};
use crate::config::audience::{AudienceSlots, Slot};

/// What the slots amount to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Definition {
    /// Somebody in particular.
    Defined,
    /// All slots are empty.
    Missing,
    /// These slots hold placeholders.
    Placeholder(Vec<Slot>),
    /// There is no role.
    NoRole,
    /// There is a role, but neither place nor situation.
    NoSurroundings,
    /// Every slot could be anyone's; the words that made it so.
    Generic(Vec<String>),
}

/// How far a slot narrows the audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// Not at all.
    Generic,
    /// A little: enough beside a role that says something itself.
    Weak,
    /// It names somebody, some place or some situation.
    Specific,
}

/// Judges the slots. Without a lexicon, filled slots count as they are.
pub fn define(slots: &AudienceSlots, lexicon: Option<&Lexicon>) -> Definition {
    let (role, at, situation) = (read(slots.role.as_ref()), read(slots.at.as_ref()), read(slots.situation.as_ref()));
    let placeholders = placeholders(slots, lexicon);
    if !placeholders.is_empty() {
        return Definition::Placeholder(placeholders);
    }
    match (role, at, situation) {
        (None, None, None) => Definition::Missing,
        (None, ..) => Definition::NoRole,
        (Some(_), None, None) => Definition::NoSurroundings,
        (Some(role), at, situation) => lexicon.map_or(Definition::Defined, |lexicon| weigh(&role, [at, situation], lexicon)),
    }
}

/// Every slot that holds a placeholder, the challenges included.
fn placeholders(slots: &AudienceSlots, lexicon: Option<&Lexicon>) -> Vec<Slot> {
    let written = slots.role.iter().chain(&slots.at).chain(&slots.situation).chain(&slots.challenges);
    let is_placeholder = |slot: &&Slot| {
        let prose = Prose::new(&slot.value);
        filling(&prose, lexicon) == Filling::Placeholder || lexicon.is_some_and(|lexicon| is_note_among_colleagues(&prose, lexicon))
    };
    written.filter(is_placeholder).cloned().collect()
}

/// The prose of a slot that is written and not blank.
fn read(slot: Option<&Slot>) -> Option<Prose> {
    slot.map(|slot| Prose::new(&slot.value)).filter(|prose| !prose.is_blank())
}

fn weigh(role: &Prose, surroundings: [Option<Prose>; 2], lexicon: &Lexicon) -> Definition {
    let role_weight = weight(role, &[], lexicon);
    // A slot that repeats the role word for word adds nothing to it.
    let adds = |prose: &&Prose| prose.folded() != role.folded();
    // "Leads, to generate demand": beside a role that is anybody's, the jargon of campaigns is about the publisher.
    let is_campaign = |prose: &Prose| role_weight == Weight::Generic && lexicon.campaign_jargon.occurs_in(&prose.words);
    let beyond = surroundings
        .iter()
        .flatten()
        .filter(adds)
        .map(|prose| if is_campaign(prose) { Weight::Generic } else { weight(prose, &role.words, lexicon) })
        .max();
    let narrow = match beyond {
        Some(Weight::Specific) => true,
        Some(Weight::Weak) => role_weight > Weight::Generic,
        Some(Weight::Generic) | None => false,
    };
    if narrow {
        return Definition::Defined;
    }
    let words = surroundings.iter().flatten().flat_map(|prose| prose.words.iter().map(move |word| (prose, word)));
    let says_something = words.filter(|(_, word)| !lexicon.function_words.has(&word.folded));
    let mut generic: Vec<String> = says_something.map(|(prose, word)| prose.spelled(word).to_owned()).collect();
    generic.dedup();
    Definition::Generic(generic)
}

/// The weight of a slot: that of its heaviest word. A word of the role said again loses weight.
///
/// A slot that says what the publisher wants of the reader ("we want them to book a call") describes a
/// campaign, so it weighs nothing whatever else it names.
fn weight(prose: &Prose, role: &[Word], lexicon: &Lexicon) -> Weight {
    if lexicon.campaign_goals.occurs_in(&prose.words) {
        return Weight::Generic;
    }
    if names_an_occasion(&prose.words, lexicon) {
        return Weight::Specific;
    }
    let mut is_generic = mark_channels(&prose.words, lexicon);
    let lists = [&lexicon.audience_generic, &lexicon.audience_generic_verbs, &lexicon.figures_of_speech];
    for marks in lists.map(|list| list.mark(&prose.words)) {
        is_generic.iter_mut().zip(marks).for_each(|(generic, mark)| *generic |= mark);
    }
    let is_everyday = lexicon.everyday_words.mark(&prose.words);
    let is_term = lexicon.compound_terms.mark(&prose.words);
    let weights = prose.words.iter().enumerate().map(|(idx, word)| {
        if is_term[idx] || counts_something(&prose.words, idx, lexicon) {
            return Weight::Specific;
        }
        if is_generic[idx] || (is_everyday[idx] && !lexicon.audience_weak.has(&word.folded)) {
            return Weight::Generic;
        }
        let weight = word_weight(word, lexicon);
        let said_before = role.iter().any(|said| said.folded == word.folded);
        match weight {
            Weight::Specific if said_before => Weight::Weak,
            Weight::Weak if said_before => Weight::Generic,
            Weight::Specific | Weight::Weak | Weight::Generic => weight,
        }
    });
    weights.max().unwrap_or(Weight::Generic)
}

/// The words that name a channel, and what stands between "our" and one: "our Salesforce list".
fn mark_channels(words: &[Word], lexicon: &Lexicon) -> Vec<bool> {
    let mut marks = lexicon.channels.mark(words);
    for at in (0..words.len()).filter(|at| matches!(words[*at].folded.as_str(), "our" | "my")) {
        let channel = (at + 1..words.len().min(at + 5)).rfind(|idx| marks[*idx]);
        if let Some(channel) = channel {
            marks[at..=channel].fill(true);
        }
    }
    marks
}

/// "Hiring their first employee": a deed done for the first or the last time is an occasion that few are in,
/// however plain its object. Not so when the deed itself is anybody's, as in "taking the first step".
fn names_an_occasion(words: &[Word], lexicon: &Lexicon) -> bool {
    words.windows(4).any(|window| {
        let [deed, whose, ordinal, object] = window else { return false };
        deed.folded.ends_with("ing")
            && !lexicon.audience_generic_verbs.has(&deed.folded)
            && !lexicon.audience_generic.has(&deed.folded)
            && matches!(whose.folded.as_str(), "their" | "its" | "his" | "her" | "the" | "a")
            && matches!(ordinal.folded.as_str(), "first" | "second" | "third" | "last" | "only" | "final")
            && !lexicon.platitude_words.has(&object.folded)
            && !lexicon.function_words.has(&object.folded)
    })
}

/// "A four-day week", "under 40 rooms", "thirty beds": how many there are of something says what it is, however
/// plain the word. A number of a size that anybody has ("one step", "360 degrees", "24/7") does not.
fn counts_something(words: &[Word], idx: usize, lexicon: &Lexicon) -> bool {
    let is_number = |text: &str| {
        let is_figure =
            text.starts_with(|c: char| c.is_ascii_digit()) && !matches!(text, "1" | "100" | "110" | "360" | "24" | "24/7" | "7" | "365");
        let is_spelled = lexicon.number_words.has(text)
            && !matches!(text, "one" | "first" | "second" | "hundred" | "thousand" | "million" | "once" | "twice");
        is_figure || is_spelled
    };
    let word = &words[idx];
    let mut parts = word.parts();
    if let (Some(number), Some(_)) = (parts.next(), parts.next()) {
        return is_number(number) && !word.folded.ends_with("century");
    }
    let is_thing = |next: &Word| {
        !lexicon.function_words.has(&next.folded) && !lexicon.number_words.has(&next.folded) && !lexicon.audience_generic.has(&next.folded)
    };
    // "At forty", "under 65": an age or a limit.
    let is_limit = || idx > 0 && matches!(words[idx - 1].folded.as_str(), "at" | "aged" | "over" | "under" | "above" | "below" | "than");
    let is_year = word.folded.len() == 4 && word.folded.chars().all(|c| c.is_ascii_digit());
    is_number(&word.folded) && !is_year && (words.get(idx + 1).is_some_and(is_thing) || is_limit())
}

/// The weight of one word; a hyphenated word weighs what its heaviest part weighs.
fn word_weight(word: &Word, lexicon: &Lexicon) -> Weight {
    let folded = word.folded.as_str();
    // The pronoun is not the department.
    if lexicon.audience_weak.has(folded) && (folded != "it" || word.n_capitals == 2) {
        return Weight::Weak;
    }
    if is_empty_word(folded, lexicon) {
        return Weight::Generic;
    }
    if folded.chars().all(|c| c.is_numeric() || !c.is_alphanumeric()) {
        return Weight::Weak;
    }
    let mut parts = word.parts().peekable();
    let is_compound = word.parts().nth(1).is_some();
    if !is_compound || parts.peek().is_none() {
        return Weight::Specific;
    }
    let part_weight = |part: &str| {
        if lexicon.audience_weak.has(part) {
            Weight::Weak
        } else if is_empty_word(part, lexicon) || part.chars().all(char::is_numeric) {
            Weight::Generic
        } else {
            Weight::Specific
        }
    };
    parts.map(part_weight).max().unwrap_or(Weight::Generic)
}

fn is_empty_word(folded: &str, lexicon: &Lexicon) -> bool {
    // A lone letter is what an abbreviation or a possessive leaves behind.
    folded.chars().count() == 1
        || lexicon.function_words.has(folded)
        || lexicon.audience_generic.has(folded)
        || lexicon.audience_generic_verbs.has(folded)
        || lexicon.everyday_words.has(folded)
        || lexicon.everyday_verbs.has(folded)
        || lexicon.channels.has(folded)
}

#[cfg(test)]
mod tests {
    use super::super::lexicon;
    use super::*;

    const CASES: [&str; 5] = [
        include_str!("cases/audiences.txt"),
        include_str!("cases/audiences-held-out.txt"),
        include_str!("cases/audiences-blind-1.txt"),
        include_str!("cases/audiences-blind-2.txt"),
        include_str!("cases/audiences-blind-3.txt"),
    ];

    /// Reads a case file's cell: blank cells are absent slots, `\u{…}` is the character.
    fn slot(cell: &str) -> Option<Slot> {
        let mut text = cell.trim().to_owned();
        for code in ["200b", "3164", "ad"] {
            let c = u32::from_str_radix(code, 16).ok().and_then(char::from_u32).unwrap();
            text = text.replace(&format!("\\u{{{code}}}"), &c.to_string());
        }
        (!text.is_empty()).then(|| Slot::new(text, 0..0))
    }

    fn verdict(slots: &AudienceSlots) -> &'static str {
        match define(slots, lexicon::for_language("en-GB")) {
            Definition::Defined => "defined",
            Definition::Missing | Definition::Placeholder(_) => "empty",
            Definition::NoRole | Definition::NoSurroundings | Definition::Generic(_) => "vague",
        }
    }

    fn cases() -> Vec<(String, AudienceSlots)> {
        let lines = CASES.iter().flat_map(|cases| cases.lines()).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines
            .map(|line| {
                let cells: Vec<&str> = line.split('|').collect();
                let slots = AudienceSlots { role: slot(cells[1]), at: slot(cells[2]), situation: slot(cells[3]), challenges: Vec::new() };
                (cells[0].trim().to_owned(), slots)
            })
            .collect()
    }

    #[test]
    fn labelled_audiences_are_judged_as_people_judge_them() {
        let cases = cases();
        let text = |slot: &Option<Slot>| slot.as_ref().map_or(String::new(), |slot| slot.value.clone());
        let wrong: Vec<String> = cases
            .iter()
            .filter(|(label, slots)| verdict(slots) != label && (label != "fails" || verdict(slots) == "defined"))
            .map(|(label, slots)| format!("{label}: {} | {} | {}", text(&slots.role), text(&slots.at), text(&slots.situation)))
            .collect();
        assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    }

    #[test]
    fn saying_more_never_breaks_a_pass() {
        let more = Slot::new("renewing a lease on an empty warehouse in Leeds".into(), 0..0);
        for (label, slots) in cases().into_iter().filter(|(label, _)| label == "defined") {
            for change in [
                AudienceSlots { situation: Some(more.clone()), ..slots.clone() },
                AudienceSlots { at: Some(more.clone()), ..slots.clone() },
                AudienceSlots { challenges: vec![more.clone()], ..slots.clone() },
            ] {
                assert_eq!(verdict(&change), label, "{slots:?}");
            }
        }
    }

    #[test]
    fn a_disguise_never_makes_a_pass() {
        for (_, slots) in cases().into_iter().filter(|(label, _)| label != "defined") {
            let disguise = |slot: &Option<Slot>| {
                slot.clone().map(|slot| slot.map(|text| text.replace('e', "е").replace('o', "\u{2060}о\u{200b}").replace('a', "а")))
            };
            let masked = AudienceSlots {
                role: disguise(&slots.role),
                at: disguise(&slots.at),
                situation: disguise(&slots.situation),
                challenges: Vec::new(),
            };
            assert_ne!(verdict(&masked), "defined", "{slots:?}");
        }
    }
}
