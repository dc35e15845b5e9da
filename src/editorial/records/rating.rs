//! Human ratings: drawn by lot, averaged over at least two raters, with their agreement.

use super::agreement::{Agreement, alpha};
use super::ledger::Ledger;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::SourcePath;
use crate::model::State;
use crate::parse::records::{Head, RatingRecord};
use std::collections::BTreeMap;

/// Raters that a piece needs before their average is shown: one person's opinion is no rating.
pub const MIN_RATERS: usize = 2;

/// What people make of one piece.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rated {
    pub n_raters: usize,
    /// The average score of each head; `None` while there are too few raters.
    pub means: Option<[f64; Head::ALL.len()]>,
}

/// What people made of a piece in the sample that was rated last; `None` when nobody has rated it.
pub fn rated(ratings: &[&RatingRecord]) -> Option<Rated> {
    let last = ratings.iter().max_by_key(|rating| rating.on.value)?;
    let same: Vec<&[f64; Head::ALL.len()]> =
        ratings.iter().filter(|rating| rating.sample.value == last.sample.value).map(|rating| &rating.scores).collect();
    let mean = |idx: usize| same.iter().map(|scores| scores[idx]).sum::<f64>() / same.len() as f64;
    let means = (same.len() >= MIN_RATERS).then(|| std::array::from_fn(mean));
    Some(Rated { n_raters: same.len(), means })
}

/// How far the raters of some ratings agree: over all heads, and for each.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreements {
    pub overall: Agreement,
    pub heads: [Agreement; Head::ALL.len()],
}

/// The agreement of the raters of one sample, or of all when none is named.
pub fn agreements(ledger: &Ledger<'_>, sample: Option<&str>) -> Agreements {
    let mut units: BTreeMap<(usize, &SourcePath, &str), Vec<f64>> = BTreeMap::new();
    for (path, entry) in &ledger.pieces {
        for rating in entry.ratings.iter().filter(|rating| sample.is_none_or(|sample| rating.sample.value == sample)) {
            for (idx, score) in rating.scores.iter().enumerate() {
                units.entry((idx, path, &rating.sample.value)).or_default().push(*score);
            }
        }
    }
    let of = |head: Option<usize>| -> Agreement {
        let units = units.iter().filter(|((idx, ..), _)| head.is_none_or(|head| *idx == head));
        alpha(&units.map(|(_, scores)| scores.clone()).collect::<Vec<_>>())
    };
    Agreements { overall: of(None), heads: std::array::from_fn(|idx| of(Some(idx))) }
}

/// Draws pieces by lot among those that are live: the same seed and pieces give the same sample, and a
/// piece that comes later leaves the lots of the others as they are.
pub fn draw<'a>(ledger: &Ledger<'a>, seed: u64, count: usize) -> Vec<&'a SourcePath> {
    let live = ledger.pieces.iter().filter(|(_, entry)| entry.state == State::Live).map(|(path, _)| *path);
    let lot = |path: &SourcePath| Fingerprint::of_parts([&seed.to_be_bytes()[..], path.as_str().as_bytes()]);
    let mut lots: Vec<(Fingerprint, &SourcePath)> = live.map(|path| (lot(path), path)).collect();
    lots.sort();
    let mut drawn: Vec<&SourcePath> = lots.into_iter().take(count).map(|(_, path)| path).collect();
    drawn.sort();
    drawn
}

/// The seed of a sample for which none is given: its name decides, so that nobody can draw until it fits.
pub fn seed_of(sample: &str) -> u64 {
    let hash = Fingerprint::of(sample.as_bytes());
    hash.as_bytes().iter().take(6).fold(0, |seed, byte| seed << 8 | u64::from(*byte))
}
