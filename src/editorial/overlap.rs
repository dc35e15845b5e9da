//! Which texts of a site repeat each other: pairs found through an index of their sketches' hashes.
//!
//! The index is kept between runs and only what changed is taken out and put in; a pass over it then
//! finds the pairs, so an edit on ten thousand pieces costs milliseconds. What it finds depends on the
//! texts alone, not on the order in which they came.

use super::digest::Digest;
use super::prose::QuickSet;
use crate::base::path::SourcePath;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::sketch::COMMON;

/// A run of words that more texts than this have is a turn of phrase of the house, no repetition …
const COMMON_TO: usize = 12;
/// … unless they have so much of their text in common.
const COPIED_SHARE: f64 = 0.5;
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
    /// The index of these texts: all at once, on all cores.
    fn of(digests: &[&Arc<Digest>]) -> Self {
        let texts = digests.iter().enumerate().map(|(slot, digest)| (digest.path.clone(), slot)).collect();
        let of_slot = |(slot, digest): (usize, &&Arc<Digest>)| entries_of(digest, slot).collect::<Vec<u64>>();
        let mut entries = digests.par_iter().enumerate().map(of_slot).collect::<Vec<_>>().concat();
        entries.par_sort_unstable();
        let slots = digests.iter().map(|digest| Some(Arc::clone(digest))).collect();
        Self { texts, slots, free: BTreeSet::new(), entries }
    }

    /// Brings the index to these texts, and no others.
    pub fn update(&mut self, digests: &[&Arc<Digest>]) {
        if self.slots.is_empty() {
            *self = Self::of(digests);
            return;
        }
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
            let mut is_dropped = vec![false; self.slots.len()];
            dropped.iter().for_each(|slot| is_dropped[*slot] = true);
            self.entries.retain(|entry| !is_dropped[slot_of(*entry)]);
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
            added.extend(entries_of(digest, slot));
        }
        if !added.is_empty() {
            added.par_sort_unstable();
            merge(&mut self.entries, &added);
        }
    }

    /// Every pair of texts that repeat each other, by their paths.
    pub fn overlaps(&self) -> Vec<Overlap> {
        let mut candidates: Vec<(usize, usize)> = Vec::new();
        let mut common: QuickSet<u32> = QuickSet::default();
        let mut rest = self.entries.as_slice();
        // Most hashes stand alone: from one neighbour that is alike to the next.
        while let Some(at) = rest.windows(2).position(|pair| hash_of(pair[0]) == hash_of(pair[1])) {
            let len = rest[at..].iter().take_while(|entry| hash_of(**entry) == hash_of(rest[at])).count();
            let run = &rest[at..at + len];
            rest = &rest[at + len..];
            if run.len() > COMMON_TO {
                common.insert(hash_of(run[0]));
                continue;
            }
            for (idx, one) in run.iter().enumerate() {
                candidates.extend(run[idx + 1..].iter().map(|other| (slot_of(*one), slot_of(*other))));
            }
        }
        candidates.sort_unstable();
        // Each hash that they share has made them a candidate once.
        let pairs = candidates.chunk_by(|a, b| a == b).filter(|run| run.len() >= COMMON).map(|run| run[0]);
        let repeated = pairs.filter_map(|pair| self.overlap(pair, LEAST_SHARE, |hash| common.contains(&hash)));
        let copied = self.crowds().into_iter().filter_map(|pair| self.overlap(pair, COPIED_SHARE, |_| false));
        let mut overlaps: Vec<Overlap> = copied.chain(repeated).collect();
        // Of two that were found both ways, the larger share counts.
        overlaps.sort_by(|a, b| (&a.one, &a.other).cmp(&(&b.one, &b.other)).then(b.share.total_cmp(&a.share)));
        overlaps.dedup_by(|later, first| (&later.one, &later.other) == (&first.one, &first.other));
        overlaps
    }

    /// Texts of which more are alike than a hash may be common to, each with the one of them whose path sorts first. They
    /// have the whole sketch in common, or one of its first hashes.
    fn crowds(&self) -> Vec<(usize, usize)> {
        const FIRST: usize = 3;
        let mut keys: Vec<(u64, usize, usize)> = Vec::with_capacity((FIRST + 1) * self.texts.len());
        for (rank, slot) in self.texts.values().enumerate() {
            let Some(digest) = &self.slots[*slot] else { continue };
            let hashes = digest.sketch.hashes();
            let whole = hashes.iter().fold(0, |all: u64, hash| all.rotate_left(7) ^ u64::from(*hash));
            keys.extend(hashes.iter().take(FIRST).map(|hash| (u64::from(*hash), rank, *slot)));
            keys.push((whole | 1 << 63, rank, *slot));
        }
        keys.par_sort_unstable();
        let crowds = keys.chunk_by(|a, b| a.0 == b.0).filter(|crowd| crowd.len() > COMMON_TO);
        let mut pairs: Vec<(usize, usize)> = crowds.flat_map(|crowd| crowd[1..].iter().map(|(_, _, slot)| (crowd[0].2, *slot))).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    fn overlap(&self, (one, other): (usize, usize), least: f64, is_common: impl Fn(u32) -> bool) -> Option<Overlap> {
        let (one, other) = (self.slots[one].as_ref()?, self.slots[other].as_ref()?);
        let share = one.sketch.share_with(&other.sketch, is_common);
        if share < least {
            return None;
        }
        let (one, other) = if one.path < other.path { (one, other) } else { (other, one) };
        Some(Overlap { one: one.path.clone(), other: other.path.clone(), share })
    }
}

/// Merges sorted numbers into others, from the end, so that only what stands behind them moves.
fn merge(entries: &mut Vec<u64>, added: &[u64]) {
    let mut from = entries.len();
    entries.resize(from + added.len(), 0);
    let mut to = entries.len();
    for entry in added.iter().rev() {
        let kept = entries[..from].partition_point(|known| known <= entry);
        to -= from - kept;
        entries.copy_within(kept..from, to);
        from = kept;
        to -= 1;
        entries[to] = *entry;
    }
}

fn entries_of(digest: &Digest, slot: usize) -> impl Iterator<Item = u64> {
    digest.sketch.hashes().iter().map(move |hash| (u64::from(*hash) << 32) | slot as u64)
}

fn hash_of(entry: u64) -> u32 {
    (entry >> 32) as u32
}

fn slot_of(entry: u64) -> usize {
    (entry & u64::from(u32::MAX)) as usize
}
