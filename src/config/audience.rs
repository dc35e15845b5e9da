//! Who an audience is: the slots that stand in `[audiences.*]` and inline in a brief alike.

use crate::base::map_reader::MapReader;
use crate::base::shape::{Key, Shape};
use crate::base::spanned::Spanned;
use serde::{Deserialize, Serialize};

/// A value written as text, with its place.
pub type Slot = Spanned<String>;

/// The slots that define an audience.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct AudienceSlots {
    /// The role: "CFO".
    pub role: Option<Slot>,
    /// Where they work: "mid-size professional-services firms".
    pub at: Option<Slot>,
    /// What they face: "renewing contracts while wages outrun fees".
    pub situation: Option<Slot>,
    /// Their challenges, in their words.
    pub challenges: Vec<Slot>,
}

impl AudienceSlots {
    /// Reads the slots of a map; what has another kind is left out.
    pub fn read(map: &MapReader<'_>) -> Self {
        Self {
            role: map.slot("role"),
            at: map.slot("at"),
            situation: map.slot("situation"),
            challenges: map.slots("challenges").map(|field| field.value).unwrap_or_default(),
        }
    }
}

/// `role`, wherever an audience is described.
pub const ROLE: Key = Key { name: "role", shape: Shape::Text, doc: "Who the reader is: their role or office, such as `CFO`." };
/// `at`, wherever an audience is described.
pub const AT: Key = Key { name: "at", shape: Shape::Text, doc: "Where the reader works: the kind and size of organisation." };
/// `situation`, wherever an audience is described.
pub const SITUATION: Key =
    Key { name: "situation", shape: Shape::Text, doc: "What the reader faces now, which makes the piece worth their time." };
/// `challenges`, wherever an audience is described.
pub const CHALLENGES: Key =
    Key { name: "challenges", shape: Shape::Many(&Shape::Text), doc: "What the reader struggles with, in their own words." };
