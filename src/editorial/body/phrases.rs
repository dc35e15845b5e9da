//! Every listed phrase of a language in a text, found in one pass.

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
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
#[derive(Debug, Clone)]
pub struct Finder {
    automaton: AhoCorasick,
    groups: Vec<Group>,
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
        let mut phrases: Vec<String> = Vec::new();
        let mut groups = Vec::new();
        for (group, text) in lists {
            let entries = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim()).filter(|entry| !entry.is_empty());
            for entry in entries {
                phrases.push(entry.replace('’', "'").to_ascii_lowercase());
                groups.push(group);
            }
        }
        let automaton = AhoCorasickBuilder::new().ascii_case_insensitive(true).match_kind(MatchKind::Standard).build(&phrases);
        Self { automaton: automaton.expect("the lists are far smaller than what an automaton holds"), groups }
    }

    /// The phrases of a text, in order; of those of a group that overlap, the longest.
    pub fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits: Vec<Hit> = Vec::new();
        for found in self.automaton.find_overlapping_iter(text) {
            if let Some(end) = whole_words(text, found.start(), found.end()) {
                hits.push(Hit { group: self.groups[found.pattern().as_usize()], range: found.start()..end });
            }
        }
        hits.sort_by(|a, b| (a.group, a.range.start, b.range.end).cmp(&(b.group, b.range.start, a.range.end)));
        hits.dedup_by(|later, kept| later.group == kept.group && later.range.start < kept.range.end);
        hits.sort_by_key(|hit| (hit.range.start, hit.group));
        hits
    }
}

/// The end of a phrase that stands as whole words, a possessive included.
fn whole_words(text: &str, start: usize, end: usize) -> Option<usize> {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
    let bytes = text.as_bytes();
    let begins = start == 0 || !is_word(bytes[start - 1]);
    let ends = bytes.get(end).is_none_or(|next| !is_word(*next)) || !is_word(bytes[end - 1]);
    (begins && ends).then_some(end)
}
