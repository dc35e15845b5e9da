//! Every sort order of the product.

use super::{Face, PageId};
use rayon::prelude::*;
use std::borrow::Borrow;
use std::cmp::{Ordering, Reverse};

/// Newest first; undated last; then by source path, so that the order is total.
pub fn newest_first(a: &Face, b: &Face) -> Ordering {
    let key = |page: &Face| Reverse(page.summary.date.map(|date| date.timestamp()));
    key(a).cmp(&key(b)).then_with(|| a.source.cmp(&b.source))
}

/// A section's pieces: by `weight` where one is given, lightest first, then newest first.
pub fn by_weight_then_newest(a: &Face, b: &Face) -> Ordering {
    weight_key(a).cmp(&weight_key(b)).then_with(|| newest_first(a, b))
}

/// Pages and sub-sections: by `weight` where one is given, lightest first, then by title.
pub fn by_weight_then_title(a: &Face, b: &Face) -> Ordering {
    let title = |page: &Face| page.title.to_lowercase();
    weight_key(a).cmp(&weight_key(b)).then_with(|| title(a).cmp(&title(b))).then_with(|| a.source.cmp(&b.source))
}

/// The parts of a series: by part, then oldest first.
pub fn by_part(a: &Face, b: &Face) -> Ordering {
    let part = |page: &Face| page.summary.series.as_ref().map(|series| series.part);
    part(a).cmp(&part(b)).then_with(|| newest_first(b, a))
}

/// Sorts page ids by an order of their pages.
pub fn sort<F: Borrow<Face> + Sync>(ids: &mut [PageId], faces: &[F], order: fn(&Face, &Face) -> Ordering) {
    ids.par_sort_by(|a, b| order(faces[a.0].borrow(), faces[b.0].borrow()));
}

/// Unweighted pages stand after weighted ones.
fn weight_key(page: &Face) -> (bool, i64) {
    (page.summary.weight == 0, page.summary.weight)
}
