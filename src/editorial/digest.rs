//! A document to its digest: the little of it that site-wide rules see.
//!
//! A digest is a pure function of its document, kept while the document is the same. Rules that look
//! across pieces read digests and nothing else, so an edit never re-reads the other bodies.

use super::sketch::{Sketch, words_hash};
use crate::base::date::Date;
use crate::base::path::SourcePath;
use crate::parse::Document;
use std::hash::Hash;
use std::ops::Range;

/// What site-wide rules see of one document.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Digest {
    pub path: SourcePath,
    /// Its title as written, or its path.
    pub title: String,
    /// Where a finding about the whole of it points: its title, or the opening fence.
    pub place: Range<usize>,
    /// When it was first published.
    pub date: Option<Date>,
    /// Whether it says why it may not be read openly.
    pub gated: bool,
    /// What it tells the reader to do, each deed as the hash of its words, with its place.
    pub guidance: Vec<(u64, Range<usize>)>,
    /// Its prose, to compare it by.
    pub sketch: Sketch,
}

impl Digest {
    /// Digests a document.
    pub fn of(document: &Document) -> Self {
        let front = &document.front;
        let deeds = front.guidance.iter().flat_map(|field| &field.value).filter_map(|item| item.deed.as_ref());
        Self {
            path: document.path.clone(),
            title: front.title.as_ref().map_or_else(|| document.path.to_string(), |title| title.value.clone()),
            place: front.title.as_ref().map_or_else(|| front.fence.clone(), |title| title.place()),
            date: front.date.as_ref().map(|date| date.value),
            gated: front.gate.is_some(),
            guidance: deeds.map(|deed| (words_hash(&deed.value), deed.range.clone())).collect(),
            sketch: Sketch::of(document),
        }
    }
}
