//! The texts that findings point into: what turns a [`Place`] into lines, columns and excerpts.
//!
//! The pipeline fills it with the files it read; `report` and the live preview look places up in it.

use super::diagnostic::Place;
use super::kept_text::KeptText;
use super::path::SourcePath;
use super::text::{LineIndex, Position};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

/// The text of every file a finding may point into.
///
/// Cheap to clone: texts and line indexes are shared.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    by_path: Arc<BTreeMap<SourcePath, Arc<SourceText>>>,
    /// What came since: a clone with one file replaced shares all others.
    newer: BTreeMap<SourcePath, Arc<SourceText>>,
}

/// More newer files than these are worth a map of their own.
const MAX_NEWER: usize = 64;

/// One file's text, with its lines found at first use; from then on it is in memory.
#[derive(Debug)]
pub struct SourceText {
    kept: KeptText,
    text: OnceLock<Arc<String>>,
    lines: OnceLock<LineIndex>,
}

/// Where a place stands, as people and editors count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// The first character.
    pub start: Position,
    /// After the last character; equal to `start` for a point.
    pub end: Position,
}

impl Region {
    /// The start of a file: where findings about a file that cannot be shown point.
    pub const FILE: Self = Self { start: Position { line: 1, column: 1 }, end: Position { line: 1, column: 1 } };
}

impl Sources {
    /// Adds a file's text, or replaces it; a file that is no UTF-8 goes in with U+FFFD for what
    /// could not be decoded.
    pub fn insert(&mut self, path: SourcePath, text: KeptText) {
        self.newer.insert(path, Arc::new(SourceText::new(text)));
        if self.newer.len() > MAX_NEWER {
            Arc::make_mut(&mut self.by_path).append(&mut self.newer);
        }
    }

    /// Adds what others know; of a file that both know, theirs holds.
    pub fn extend(&mut self, others: Self) {
        Arc::make_mut(&mut self.by_path).append(&mut self.newer);
        let Self { by_path, mut newer } = others;
        Arc::make_mut(&mut self.by_path).extend(by_path.iter().map(|(path, text)| (path.clone(), Arc::clone(text))));
        Arc::make_mut(&mut self.by_path).append(&mut newer);
    }

    /// A file's text, if it is known.
    pub fn get(&self, path: &SourcePath) -> Option<&SourceText> {
        self.newer.get(path).or_else(|| self.by_path.get(path)).map(|source| &**source)
    }

    /// The lines and columns of a place; the start of the file if its text is not known.
    pub fn region(&self, place: &Place) -> Region {
        self.get(&place.path).map_or(Region::FILE, |source| source.region(place))
    }
}

impl SourceText {
    fn new(kept: KeptText) -> Self {
        Self { kept, text: OnceLock::new(), lines: OnceLock::new() }
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| self.kept.get())
    }

    /// Where each of its lines begins.
    pub fn lines(&self) -> &LineIndex {
        self.lines.get_or_init(|| LineIndex::new(self.text()))
    }

    /// The lines and columns of a place in this text; bytes past its end count as its end.
    pub fn region(&self, place: &Place) -> Region {
        let start = self.lines().position(self.text(), place.start);
        let end = self.lines().position(self.text(), place.end);
        Region { start, end: end.max(start) }
    }
}

impl FromIterator<(SourcePath, KeptText)> for Sources {
    fn from_iter<I: IntoIterator<Item = (SourcePath, KeptText)>>(texts: I) -> Self {
        let source = |(path, text)| (path, Arc::new(SourceText::new(text)));
        Self { by_path: Arc::new(texts.into_iter().map(source).collect()), newer: BTreeMap::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_a_text_does_not_have_are_rounded_into_it() {
        let path = SourcePath::new("content/x.md").unwrap();
        let sources: Sources = [(path.clone(), KeptText::fixed(&path, "é\nab"))].into_iter().collect();
        let check = |start: usize, end: usize, expected: [usize; 4]| {
            let Region { start, end } = sources.region(&Place::new(&path, start..end));
            assert_eq!([start.line, start.column, end.line, end.column], expected);
        };
        check(0, 2, [1, 1, 1, 2]);
        check(1, 1, [1, 1, 1, 1]);
        check(3, 99, [2, 1, 2, 3]);
        check(99, 3, [2, 3, 2, 3]);
        assert_eq!(sources.region(&Place::file(&SourcePath::root())), Region::FILE);
    }
}
