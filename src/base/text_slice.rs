//! A text as a part of a longer one that is kept anyway: what a document says of itself and in its blocks.
//!
//! All pieces stay in memory as long as a run does. Most of what is read from a file is spelled there as it is read,
//! so it points into the file's text; what markup, breaks and citations cut up is spelled out in one text for all
//! blocks of a document.

use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A part of a text that is shared.
#[derive(Clone)]
pub struct TextSlice {
    whole: Arc<String>,
    start: u32,
    end: u32,
}

impl TextSlice {
    /// The part of a text that stands at these bytes, which are those of whole characters.
    pub fn new(whole: &Arc<String>, range: Range<usize>) -> Self {
        debug_assert!(whole.get(range.clone()).is_some(), "{range:?} is no part of the text");
        let at = |at: usize| u32::try_from(at).expect("a document is shorter than 4 GB");
        Self { whole: Arc::clone(whole), start: at(range.start), end: at(range.end) }
    }

    /// The text itself.
    pub fn as_str(&self) -> &str {
        &self.whole[self.start as usize..self.end as usize]
    }
}

impl From<&str> for TextSlice {
    fn from(text: &str) -> Self {
        Self::new(&Arc::new(text.to_owned()), 0..text.len())
    }
}

impl Deref for TextSlice {
    type Target = str;

    fn deref(&self) -> &str {
        self.as_str()
    }
}

impl PartialEq for TextSlice {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for TextSlice {}

impl fmt::Debug for TextSlice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for TextSlice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.as_str(), f)
    }
}
