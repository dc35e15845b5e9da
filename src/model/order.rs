//! Every sort order of the product.

use super::{Page, PageId};
use std::cmp::{Ordering, Reverse};

/// Newest first; undated last; then by source path, so that the order is total.
pub fn newest_first(a: &Page, b: &Page) -> Ordering {
    let key = |page: &Page| Reverse(page.summary.date.map(|date| date.timestamp()));
    key(a).cmp(&key(b)).then_with(|| a.document.path.cmp(&b.document.path))
}

/// A section's pieces: by `weight` where one is given, lightest first, then newest first.
pub fn by_weight_then_newest(a: &Page, b: &Page) -> Ordering {
    weight_key(a).cmp(&weight_key(b)).then_with(|| newest_first(a, b))
}

/// Pages and sub-sections: by `weight` where one is given, lightest first, then by title.
pub fn by_weight_then_title(a: &Page, b: &Page) -> Ordering {
    let title = |page: &Page| page.title.to_lowercase();
    weight_key(a).cmp(&weight_key(b)).then_with(|| title(a).cmp(&title(b))).then_with(|| a.document.path.cmp(&b.document.path))
}

/// The parts of a series: by part, then oldest first.
pub fn by_part(a: &Page, b: &Page) -> Ordering {
    let part = |page: &Page| page.summary.series.as_ref().map(|series| series.part);
    part(a).cmp(&part(b)).then_with(|| newest_first(b, a))
}

/// Sorts page ids by an order of their pages.
pub fn sort(ids: &mut [PageId], pages: &[Page], order: fn(&Page, &Page) -> Ordering) {
    ids.sort_by(|a, b| order(&pages[a.0], &pages[b.0]));
}

/// Unweighted pages stand after weighted ones.
fn weight_key(page: &Page) -> (bool, i64) {
    (page.summary.weight == 0, page.summary.weight)
}
