//! A value together with the bytes of the source that said it.

use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A value and the byte range of the source text it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Spanned<T> {
    /// What was said.
    pub value: T,
    /// Where it was said: byte offsets into the whole file.
    pub range: Range<usize>,
}

impl<T> Spanned<T> {
    /// Joins a value with its place.
    pub fn new(value: T, range: Range<usize>) -> Self {
        Self { value, range }
    }

    /// Applies `f` to the value and keeps the place.
    pub fn map<U>(self, f: impl FnOnce(T) -> U) -> Spanned<U> {
        Spanned::new(f(self.value), self.range)
    }
}

/// A key's value together with the place of the key itself.
///
/// A rule that has nothing to point at in the value (it is empty, say) points at the key.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Field<T> {
    /// Where the key stands.
    pub key: Range<usize>,
    /// What was said.
    pub value: T,
    /// Where the value stands.
    pub range: Range<usize>,
}

impl<T> Field<T> {
    /// The place to point at: the value if it has text, else the key.
    pub fn place(&self) -> Range<usize> {
        if self.range.is_empty() { self.key.clone() } else { self.range.clone() }
    }
}
