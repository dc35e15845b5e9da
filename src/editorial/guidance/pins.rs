//! What a sentence names and what fixes it: things that can be pointed at, numbers, dates, limits,
//! owners.

use super::super::lexicon::Lexicon;
use super::super::prose::{Prose, Word};
use super::Lack;

/// What the words of a sentence amount to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// Different words that name something.
    pub strong: usize,
    /// Those of them that are no owners.
    pub things: usize,
    /// Different words too wide to name anything alone.
    pub weak: usize,
    /// Different words that say nothing.
    pub empty: usize,
    /// Numbers, dates, periods and limits.
    pub numbers: usize,
    /// Percentages.
    pub percentages: usize,
    /// Owners, artefacts, proper nouns, quoted text and links.
    pub names: usize,
    /// Words that order or repeat the act without fixing it.
    pub soft: usize,
    /// Definite articles: "the guard" is one that the reader knows.
    pub definite: usize,
}

/// What one word does for an instruction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Function,
    Number,
    Soft,
    Empty,
    Weak,
    Owner,
    Named,
    Thing,
}

impl Contents {
    /// Weighs the words of a sentence, or of the part of it that follows the verb.
    pub fn of(prose: &Prose, lexicon: &Lexicon) -> Self {
        let parts = parts(prose, lexicon);
        let distinct = |wanted: &[Part]| {
            // A sentence has so few words that looking through them costs less than a set.
            let is_wanted = |idx: &usize| wanted.contains(&parts[*idx]);
            let folded = |idx: usize| prose.words[idx].folded.as_str();
            let is_new = |idx: &usize| !(0..*idx).any(|before| folded(before) == folded(*idx) && is_wanted(&before));
            (0..parts.len()).filter(is_wanted).filter(is_new).count()
        };
        // A search for two signs is made ready at a cost; hardly any sentence has the first of them.
        let holds = |first: char, sign: &str| prose.text.contains(first) && prose.text.contains(sign);
        let quoted = usize::from(prose.text.matches('"').count() >= 2 || holds(']', "](") || holds(':', "://"));
        let percentages = prose.words.iter().filter(|word| is_number(word) && followed_by_percent(prose, word)).count();
        Self {
            strong: distinct(&[Part::Owner, Part::Named, Part::Thing]),
            things: distinct(&[Part::Named, Part::Thing]),
            weak: distinct(&[Part::Weak]),
            empty: distinct(&[Part::Empty]),
            numbers: distinct(&[Part::Number]),
            percentages,
            names: distinct(&[Part::Owner, Part::Named]) + quoted,
            soft: distinct(&[Part::Soft]),
            definite: prose.words.iter().filter(|word| word.folded == "the").count(),
        }
    }

    /// Takes over what fixes the act elsewhere in the item.
    pub fn add_pins(&mut self, other: &Self) {
        self.numbers = self.numbers.max(other.numbers);
        self.soft = self.soft.max(other.soft);
        self.percentages = self.percentages.max(other.percentages);
    }

    /// What is lacking when it is not enough.
    pub fn lack(&self) -> Lack {
        if self.strong == 0 { Lack::Object } else { Lack::Pin }
    }
}

fn parts(prose: &Prose, lexicon: &Lexicon) -> Vec<Part> {
    let words = &prose.words;
    let mut parts: Vec<Part> = (0..words.len()).map(|idx| part(prose, idx, lexicon)).collect();
    // Phrases outrank their words; later lists outrank earlier ones.
    for (list, part) in [
        (&lexicon.platitude_words, Part::Empty),
        (&lexicon.weak_objects, Part::Weak),
        (&lexicon.artefacts, Part::Named),
        (&lexicon.roles, Part::Owner),
        (&lexicon.time_words, Part::Number),
        (&lexicon.thresholds, Part::Number),
    ] {
        for at in 0..words.len() {
            let covered = list.covers_with_phrase(words, at);
            parts[at..at + covered].fill(part);
        }
    }
    parts
}

fn part(prose: &Prose, idx: usize, lexicon: &Lexicon) -> Part {
    let word = &prose.words[idx];
    let folded = word.folded.as_str();
    if is_year(folded) {
        let before = idx.checked_sub(1).map(|before| prose.words[before].folded.as_str());
        return if matches!(before, Some("by" | "before" | "until" | "of")) { Part::Number } else { Part::Soft };
    }
    if lexicon.platitude_words.has(folded) && !lexicon.artefacts.has(folded) && !lexicon.roles.has(folded) {
        return Part::Empty;
    }
    if is_number(word) || lexicon.number_words.has(folded) || is_time(prose, idx, lexicon) || lexicon.thresholds.has(folded) {
        return Part::Number;
    }
    if lexicon.soft_pins.has(folded) {
        // "One customer" is a number, "one thing" and "one day" are not.
        let counted = prose
            .words
            .get(idx + 1)
            .is_some_and(|next| !lexicon.platitude_words.has(&next.folded) && !lexicon.function_words.has(&next.folded));
        return if folded == "one" && counted { Part::Number } else { Part::Soft };
    }
    if folded.chars().count() == 1 || lexicon.function_words.has(folded) {
        return Part::Function;
    }
    if lexicon.roles.has(folded) {
        return Part::Owner;
    }
    if lexicon.artefacts.has(folded) {
        return Part::Named;
    }
    if lexicon.weak_objects.has(folded) || lexicon.channels.has(folded) {
        return Part::Weak;
    }
    if says_nothing(folded, lexicon) || (folded.contains('-') && word.parts().all(|part| says_nothing(part, lexicon))) {
        return Part::Empty;
    }
    if is_proper_noun(prose, idx) { Part::Named } else { Part::Thing }
}

fn says_nothing(folded: &str, lexicon: &Lexicon) -> bool {
    lexicon.function_words.has(folded)
        || lexicon.platitude_words.has(folded)
        || lexicon.audience_generic.has(folded)
        || lexicon.verbs_abstract.has(folded)
        || lexicon.verbs_platitude.has(folded)
}

/// A year alone fixes little.
fn is_year(folded: &str) -> bool {
    folded.len() == 4 && folded.bytes().all(|byte| byte.is_ascii_digit()) && (folded.starts_with("19") || folded.starts_with("20"))
}

/// A word that is a number, with its unit perhaps: `12`, `2.5`, `30-day`, `10k`, but not `B2B` or `10x`.
fn is_number(word: &Word) -> bool {
    /// Numbers of advertising.
    const HYPE: [&str; 7] = ["24/7", "360", "365", "110", "360-degree", "10x", "100x"];
    let folded = word.folded.as_str();
    let starts = folded.starts_with(|c: char| c.is_ascii_digit());
    starts && !HYPE.contains(&folded) && !is_year(folded) && !folded.ends_with('g')
}

fn followed_by_percent(prose: &Prose, word: &Word) -> bool {
    let after = prose.text[word.end..].trim_start();
    after.starts_with('%') || after.starts_with("per cent") || after.starts_with("percent")
}

/// A date, period or event; the months that are also words need a sign that they are meant.
fn is_time(prose: &Prose, idx: usize, lexicon: &Lexicon) -> bool {
    let word = &prose.words[idx];
    if !lexicon.time_words.has(&word.folded) && word.folded != "may" {
        return false;
    }
    if !matches!(word.folded.as_str(), "may" | "march" | "mar" | "sun" | "sat" | "wed" | "dec" | "august") {
        return true;
    }
    let before = idx.checked_sub(1).map(|before| &prose.words[before]);
    let is_date = before.is_some_and(|before| {
        is_number(before)
            || matches!(
                before.folded.as_str(),
                "by" | "before"
                    | "in"
                    | "of"
                    | "until"
                    | "since"
                    | "from"
                    | "after"
                    | "next"
                    | "this"
                    | "every"
                    | "each"
                    | "last"
                    | "early"
                    | "mid"
                    | "late"
                    | "end"
                    | "the"
            )
    });
    idx > 0 && word.is_capitalised() && (is_date || word.folded != "may")
}

/// A capital inside a sentence, unless the sentence is set in capitals throughout.
fn is_proper_noun(prose: &Prose, idx: usize) -> bool {
    let capitals = prose.words.iter().skip(1).filter(|word| word.is_capitalised()).count();
    let mostly_capitals = capitals * 2 > prose.words.len();
    idx > 0 && prose.words[idx].is_capitalised() && !mostly_capitals
}
