//! Every listed phrase of a language in a text, found in one pass.
//!
//! Phrases stand as whole words, so the pass goes from word to word and asks what begins there: phrases
//! of one word by its hash, longer ones by the hashes of their first two. That is a fraction of what an automaton
//! over all bytes costs to run, and next to nothing to build.

use crate::editorial::prose::QuickMap;
use crate::editorial::prose::quick_hash::GOLDEN;
use crate::editorial::prose::runs::{Run, each_run, is_word};
use std::ops::Range;

/// A list of phrases that rules read bodies with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Cliche,
    Jargon,
    Trend,
    VagueSource,
    Attribution,
    Population,
    Answer,
    Market,
    Movement,
    Proportion,
    Supposition,
    FirstHand,
    Promise,
    SurveyWord,
    OwnSurvey,
}

impl Group {
    /// Every group, in the order in which a finder numbers them.
    pub const ALL: [Self; 15] = [
        Self::Cliche,
        Self::Jargon,
        Self::Trend,
        Self::VagueSource,
        Self::Attribution,
        Self::Population,
        Self::Answer,
        Self::Market,
        Self::Movement,
        Self::Proportion,
        Self::Supposition,
        Self::FirstHand,
        Self::Promise,
        Self::SurveyWord,
        Self::OwnSurvey,
    ];

    /// The name of its word list.
    pub fn list(self) -> &'static str {
        match self {
            Self::Cliche => "cliches",
            Self::Jargon => "jargon",
            Self::Trend => "trends",
            Self::VagueSource => "vague-sources",
            Self::Attribution => "attributions",
            Self::Population => "populations",
            Self::Answer => "answers",
            Self::Market => "markets",
            Self::Movement => "movements",
            Self::Proportion => "proportions",
            Self::Supposition => "suppositions",
            Self::FirstHand => "first-hand",
            Self::Promise => "promises",
            Self::SurveyWord => "survey-words",
            Self::OwnSurvey => "own-surveys",
        }
    }
}

/// A listed phrase in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    pub group: Group,
    /// Its bytes.
    pub range: Range<usize>,
}

/// Finds the phrases of all lists at once.
#[derive(Debug, Clone, Default)]
pub struct Finder {
    /// Phrases by the key of their first word, or their first two: see [`key`].
    phrases: QuickMap<u64, Vec<Phrase>>,
    /// The keys, so that most words are turned away without a look into the map.
    keys: Bits,
    /// The words that are phrases by themselves.
    alone: Bits,
    /// The words that longer phrases begin with: only after these is a word looked up with the one before it.
    leading: Bits,
}

/// One bit for each of some hashes; others may share it.
#[derive(Debug, Clone)]
struct Bits(Box<[u64; 1 << 8]>);

impl Default for Bits {
    /// Some ten bits for each phrase of the English lists.
    fn default() -> Self {
        Self(Box::new([0; 1 << 8]))
    }
}

impl Bits {
    fn add(&mut self, hash: u64) {
        let (word, bit) = Self::place_of(hash);
        self.0[usize::from(word)] |= bit;
    }

    fn may_have(&self, hash: u64) -> bool {
        let (word, bit) = Self::place_of(hash);
        self.0[usize::from(word)] & bit != 0
    }

    fn place_of(hash: u64) -> (u8, u64) {
        let mixed = hash.wrapping_mul(GOLDEN);
        ((mixed >> 56) as u8, 1 << (mixed >> 50 & 63))
    }
}

/// A listed phrase.
#[derive(Debug, Clone)]
struct Phrase {
    group: Group,
    /// In lower case.
    text: Box<str>,
    /// What stands before its first word.
    lead: usize,
}

impl Finder {
    /// Compiles lists: one entry a line, `#` begins a comment.
    pub fn compile(text_of: impl Fn(Group) -> String) -> Self {
        let texts: Vec<(Group, String)> = Group::ALL.into_iter().map(|group| (group, text_of(group))).collect();
        Self::of_lists(texts.iter().map(|(group, text)| (*group, text.as_str())))
    }

    /// Compiles one list.
    pub fn of_group(group: Group, text: &str) -> Self {
        Self::of_lists([(group, text)].into_iter())
    }

    fn of_lists<'a>(lists: impl Iterator<Item = (Group, &'a str)>) -> Self {
        let mut finder = Self::default();
        for (group, text) in lists {
            let entries = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|entry| !entry.is_empty());
            for entry in entries {
                finder.add(group, &entry.replace('’', "'").to_ascii_lowercase());
            }
        }
        finder
    }

    fn add(&mut self, group: Group, text: &str) {
        let mut runs: Vec<Run> = Vec::new();
        each_run(text, |run| runs.push(run));
        // What holds no word stands nowhere as whole words.
        let Some(first) = runs.first() else { return };
        let key = key(first.hash, runs.get(1).map_or(0, |second| second.hash));
        self.keys.add(key);
        if runs.len() > 1 { &mut self.leading } else { &mut self.alone }.add(first.hash);
        self.phrases.entry(key).or_default().push(Phrase { group, text: text.into(), lead: first.start });
    }

    /// The phrases of a text, in order; of those of a group that overlap, the longest.
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        let mut runs: Vec<Run> = Vec::with_capacity(text.len() / 5);
        each_run(text, |run| runs.push(run));
        self.hits_among(text, &runs)
    }

    /// The same of a text whose runs are known.
    pub fn hits_among(&self, text: &str, runs: &[Run]) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for (idx, run) in runs.iter().enumerate() {
            if self.alone.may_have(run.hash) {
                self.look_up(text, key(run.hash, 0), run.start, &mut hits);
            }
            if self.leading.may_have(run.hash)
                && let Some(next) = runs.get(idx + 1)
            {
                let key = key(run.hash, next.hash);
                if self.keys.may_have(key) {
                    self.look_up(text, key, run.start, &mut hits);
                }
            }
        }
        hits.sort_by(|a, b| (a.group, a.range.start, b.range.end).cmp(&(b.group, b.range.start, a.range.end)));
        hits.dedup_by(|later, kept| later.group == kept.group && later.range.start < kept.range.end);
        hits.sort_by_key(|hit| (hit.range.start, hit.group));
        hits
    }

    /// Adds the phrases with this key whose first word is the one at `at`.
    fn look_up(&self, text: &str, key: u64, at: usize, hits: &mut Vec<Hit>) {
        for phrase in self.phrases.get(&key).into_iter().flatten() {
            let Some(start) = at.checked_sub(phrase.lead) else { continue };
            let end = start + phrase.text.len();
            let is_it = text.as_bytes().get(start..end).is_some_and(|here| here.eq_ignore_ascii_case(phrase.text.as_bytes()));
            if is_it && stands_alone(text, start, end) {
                hits.push(Hit { group: phrase.group, range: start..end });
            }
        }
    }
}

/// What a phrase is looked up by that begins with words of these hashes; 0 for the second when it has one alone.
fn key(first: u64, second: u64) -> u64 {
    let joined = first.rotate_left(23) ^ second;
    let mixed = (joined ^ (joined >> 29)).wrapping_mul(GOLDEN);
    mixed ^ (mixed >> 32)
}

/// True for a phrase that stands as whole words.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let bytes = text.as_bytes();
    let begins = start == 0 || !is_word(bytes[start - 1]);
    let ends = bytes.get(end).is_none_or(|next| !is_word(*next)) || !is_word(bytes[end - 1]);
    begins && ends
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_whole_words_in_any_case() {
        let finder =
            Finder::of_lists([(Group::Cliche, "game changer\ngame\nart of\n'tis so\n"), (Group::Jargon, "change\nart")].into_iter());
        let text = "A Game  changer, a GAME CHANGER: no gamechanger. The state-of-the-art of it; 'Tis so, part of ärt";
        let found: Vec<(Group, &str)> = finder.hits(text).into_iter().map(|hit| (hit.group, &text[hit.range])).collect();
        let expected = [
            (Group::Cliche, "Game"),
            (Group::Cliche, "GAME CHANGER"),
            (Group::Cliche, "art of"),
            (Group::Jargon, "art"),
            (Group::Cliche, "'Tis so"),
        ];
        assert_eq!(found, expected);
    }
}
