//! Which texts of a site repeat each other: pairs found through an index of their sketches' hashes.
//!
//! The index is kept between runs and only what changed is taken out and put in; a pass over it then
//! finds the pairs, so an edit on ten thousand pieces costs milliseconds. What it finds depends on the
//! texts alone, not on the order in which they came.

use super::digest::Digest;
use crate::base::path::SourcePath;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

/// A run of words that more texts than this have is a turn of phrase of the house, no repetition.
const COMMON_TO: usize = 12;
/// Shares below this are not told: quoting a figure or a definition is no repetition.
const LEAST_SHARE: f64 = 0.05;

/// Two texts with a share in common.
#[derive(Debug, Clone, PartialEq)]
pub struct Overlap {
    /// The text whose path sorts first.
    pub one: SourcePath,
    pub other: SourcePath,
    /// How much of the shorter one stands in the longer one, from 0 to 1.
    pub share: f64,
}

/// The hashes of all sketches with the text that each is from, kept sorted.
#[derive(Debug, Default)]
pub struct OverlapIndex {
    texts: BTreeMap<SourcePath, usize>,
    slots: Vec<Option<Arc<Digest>>>,
    /// Slots that hold nothing, to be used again.
    free: BTreeSet<usize>,
    /// Hash in the upper half, slot in the lower.
    entries: Vec<u64>,
}

impl OverlapIndex {
    /// Brings the index to these texts, and no others.
    pub fn update(&mut self, digests: &[&Arc<Digest>]) {
        let is_known = |digest: &Digest, known: &Digest| digest.sketch == known.sketch;
        let wanted: BTreeMap<&SourcePath, &Arc<Digest>> = digests.iter().map(|digest| (&digest.path, *digest)).collect();
        let mut dropped: BTreeSet<usize> = BTreeSet::new();
        self.texts.retain(|path, slot| {
            let known = self.slots[*slot].as_ref().expect("a text that is known has a slot");
            let kept = wanted.get(path).is_some_and(|digest| Arc::ptr_eq(digest, known) || is_known(digest, known));
            if !kept {
                dropped.insert(*slot);
            }
            kept
        });
        for slot in &dropped {
            self.slots[*slot] = None;
        }
        if !dropped.is_empty() {
            self.entries.retain(|entry| !dropped.contains(&slot_of(*entry)));
            self.free.extend(dropped);
        }
        let mut added: Vec<u64> = Vec::new();
        for (path, digest) in wanted {
            if self.texts.contains_key(path) {
                continue;
            }
            let slot = self.free.pop_first().unwrap_or_else(|| {
                self.slots.push(None);
                self.slots.len() - 1
            });
            self.slots[slot] = Some(Arc::clone(digest));
            self.texts.insert(path.clone(), slot);
            added.extend(digest.sketch.hashes().iter().map(|hash| (u64::from(*hash) << 32) | slot as u64));
        }
        if !added.is_empty() {
            // The stable sort merges two sorted runs in one pass.
            added.sort_unstable();
            self.entries.extend(added);
            self.entries.sort();
        }
    }

    /// Every pair of texts that repeat each other, by their paths.
    pub fn overlaps(&self) -> Vec<Overlap> {
        let mut candidates: Vec<(usize, usize)> = Vec::new();
        let mut common: HashSet<u32> = HashSet::new();
        for run in self.entries.chunk_by(|a, b| hash_of(*a) == hash_of(*b)) {
            if run.len() > COMMON_TO {
                common.insert(hash_of(run[0]));
                continue;
            }
            for (idx, one) in run.iter().enumerate() {
                candidates.extend(run[idx + 1..].iter().map(|other| (slot_of(*one), slot_of(*other))));
            }
        }
        candidates.sort_unstable();
        let pairs = candidates.chunk_by(|a, b| a == b).filter(|run| run.len() > 1).map(|run| run[0]);
        let mut overlaps: Vec<Overlap> = pairs.filter_map(|pair| self.overlap(pair, &common)).collect();
        overlaps.sort_by(|a, b| (&a.one, &a.other).cmp(&(&b.one, &b.other)));
        overlaps
    }

    fn overlap(&self, (one, other): (usize, usize), common: &HashSet<u32>) -> Option<Overlap> {
        let (one, other) = (self.slots[one].as_ref()?, self.slots[other].as_ref()?);
        let share = one.sketch.share_with(&other.sketch, |hash| common.contains(&hash));
        if share < LEAST_SHARE {
            return None;
        }
        let (one, other) = if one.path < other.path { (one, other) } else { (other, one) };
        Some(Overlap { one: one.path.clone(), other: other.path.clone(), share })
    }
}

fn hash_of(entry: u64) -> u32 {
    (entry >> 32) as u32
}

fn slot_of(entry: u64) -> usize {
    (entry & u64::from(u32::MAX)) as usize
}
