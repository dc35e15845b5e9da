//! `[sign_off]`: whose word a piece needs before it is published, and how long that word holds.

use super::{Preset, Slot};
use crate::base::spanned::Spanned;

/// In which capacity somebody signs a piece off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capacity {
    /// Whoever knows the subject: it is true, and it is how things are in practice.
    Expert,
    /// Whoever edits: a stranger can follow it and will want to.
    Editor,
    /// Whoever owns the outcome: the audience and the objective are the right ones.
    Marketing,
    /// The executive for whom the outcome is pursued.
    Sponsor,
    /// Whoever knows the figures: they are what the data say.
    Data,
}

impl Capacity {
    /// Every capacity, the three of the partnership first.
    pub const ALL: [Self; 5] = [Self::Expert, Self::Editor, Self::Marketing, Self::Sponsor, Self::Data];

    /// The three that a piece is made by together.
    pub const PARTNERSHIP: [Self; 3] = [Self::Expert, Self::Editor, Self::Marketing];

    /// The word for it in records, front matter and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Expert => "expert",
            Self::Editor => "editor",
            Self::Marketing => "marketing",
            Self::Sponsor => "sponsor",
            Self::Data => "data",
        }
    }

    /// Reads the word, or one that people use for it.
    pub fn parse(word: &str) -> Option<Self> {
        match word.trim().to_lowercase().as_str() {
            "expert" | "sme" => Some(Self::Expert),
            "editor" | "editorial" => Some(Self::Editor),
            "marketing" => Some(Self::Marketing),
            "sponsor" => Some(Self::Sponsor),
            "data" => Some(Self::Data),
            _ => None,
        }
    }

    /// Whether an author may give it to their own piece: a review needs a second pair of eyes.
    pub fn needs_another(self) -> bool {
        match self {
            Self::Expert | Self::Editor => true,
            Self::Marketing | Self::Sponsor | Self::Data => false,
        }
    }
}

/// `[sign_off]`.
#[derive(Debug, Clone, PartialEq)]
pub struct SignOffSettings {
    /// What the site requires; `None` when it leaves that to the preset.
    pub required: Option<Vec<Spanned<Capacity>>>,
    /// The share of a text that may change before a sign-off is stale.
    pub max_change: f64,
}

impl Default for SignOffSettings {
    fn default() -> Self {
        Self { required: None, max_change: 0.1 }
    }
}

impl SignOffSettings {
    /// The capacities in which every piece must be signed off.
    pub fn required(&self, preset: Preset) -> Vec<Capacity> {
        match (&self.required, preset) {
            (Some(required), _) => required.iter().map(|capacity| capacity.value).collect(),
            (None, Preset::Strict) => Capacity::PARTNERSHIP.to_vec(),
            (None, Preset::Gate | Preset::Editorial) => Vec::new(),
        }
    }
}

/// The capacities of a list, and the entries that are none.
pub(super) fn capacities(slots: Vec<Slot>) -> (Vec<Spanned<Capacity>>, Vec<Slot>) {
    let mut known: Vec<Spanned<Capacity>> = Vec::new();
    let mut unknown = Vec::new();
    for slot in slots {
        match Capacity::parse(&slot.value) {
            Some(capacity) if known.iter().all(|other| other.value != capacity) => known.push(Spanned::new(capacity, slot.range)),
            Some(_) => {}
            None => unknown.push(slot),
        }
    }
    (known, unknown)
}
