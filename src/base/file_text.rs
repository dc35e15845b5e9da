//! A file's path and text side by side: what a reader of it needs to point at its bytes.

use super::diagnostic::Place;
use super::path::SourcePath;
use super::text::floor_char_boundary;
use std::ops::Range;

/// A text and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct FileText<'a> {
    /// The file.
    pub path: &'a SourcePath,
    /// The whole of it; all ranges count its bytes.
    pub text: &'a str,
}

impl FileText<'_> {
    /// A place in the file, held within the text and on the boundaries of its characters.
    pub fn place(&self, range: Range<usize>) -> Place {
        let start = floor_char_boundary(self.text, range.start);
        let end = floor_char_boundary(self.text, range.end).max(start);
        Place::new(self.path, start..end)
    }
}
