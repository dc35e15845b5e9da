//! The text of a file that a large site need not keep: let go of once it has been judged, it is read again when
//! somebody asks for it.
//!
//! A text that is read again must be the one that was judged. If it is not, blanks as long as it stand in for it, so
//! that every place in it still holds, and the [`Shelf`] says which file was lost, and why: whoever makes a site of it
//! has to find that, and nothing that came of blanks may be written down.

use super::fingerprint::Fingerprint;
use super::held::Held;
use super::path::SourcePath;
use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Where files are read from again.
pub trait Source: Send + Sync {
    /// The bytes of a file as it is now; `None` if it is gone, and else the reason why it cannot be read.
    fn read(&self, path: &SourcePath) -> Result<Option<Vec<u8>>, String>;
}

/// A place to fetch texts from that were let go of, with a note of those that were not there any more.
pub struct Shelf {
    source: Arc<dyn Source>,
    lost: Mutex<BTreeMap<SourcePath, String>>,
}

impl Shelf {
    /// A shelf of what stands there.
    pub fn new(source: Arc<dyn Source>) -> Self {
        Self { source, lost: Mutex::default() }
    }

    /// The files that could not be had again and were taken for blank, each with the reason.
    pub fn lost(&self) -> BTreeMap<SourcePath, String> {
        self.notes().clone()
    }

    fn notes(&self) -> MutexGuard<'_, BTreeMap<SourcePath, String>> {
        self.lost.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn fetch(&self, kept: &Kept) -> Arc<String> {
        let is_that_text = |bytes: &Vec<u8>| bytes.len() == kept.len && Fingerprint::of(bytes) == kept.fingerprint;
        let changed = || "it changed while the site was being made".to_owned();
        let bytes = self.source.read(&kept.path).and_then(|bytes| bytes.filter(is_that_text).ok_or_else(changed));
        let text = bytes.and_then(|bytes| String::from_utf8(bytes).map_err(|_| changed()));
        Arc::new(text.unwrap_or_else(|reason| {
            self.notes().insert(kept.path.clone(), reason);
            " ".repeat(kept.len)
        }))
    }
}

/// The text of a file, in memory or on its shelf. Cheap to clone: all clones are one.
#[derive(Clone)]
pub struct KeptText(Arc<Kept>);

struct Kept {
    path: SourcePath,
    fingerprint: Fingerprint,
    len: usize,
    held: Held<String>,
    /// `None` for a text that is never let go of.
    shelf: Option<Arc<Shelf>>,
}

impl KeptText {
    /// A text that stays in memory.
    pub fn fixed(path: &SourcePath, text: &str) -> Self {
        Self::read(path, (Arc::new(text.to_owned()), Fingerprint::default()), None)
    }

    /// A text that was just read, with the hash of its bytes; it can be let go of if there is a shelf.
    pub fn read(path: &SourcePath, (text, fingerprint): (Arc<String>, Fingerprint), shelf: Option<Arc<Shelf>>) -> Self {
        Self(Arc::new(Kept { path: path.clone(), fingerprint, len: text.len(), held: Held::kept(text), shelf }))
    }

    /// A text that is known by its length and the hash of its bytes, and has not been read.
    pub fn unread(path: &SourcePath, (len, fingerprint): (usize, Fingerprint), shelf: Arc<Shelf>) -> Self {
        Self(Arc::new(Kept { path: path.clone(), fingerprint, len, held: Held::gone(), shelf: Some(shelf) }))
    }

    /// The text. One that was let go of is read again, and in memory for as long as somebody holds on to it.
    pub fn get(&self) -> Arc<String> {
        let shelf = self.0.shelf.as_deref();
        self.0.held.get_or(|| shelf.map_or_else(Arc::default, |shelf| shelf.fetch(&self.0)))
    }

    /// Its bytes, in number.
    pub fn len(&self) -> usize {
        self.0.len
    }

    /// True for the text of an empty file.
    pub fn is_empty(&self) -> bool {
        self.0.len == 0
    }

    /// True if it can be had again.
    pub fn can_go(&self) -> bool {
        self.0.shelf.is_some()
    }

    /// Leaves it to those who hold on to it.
    pub fn let_go(&self) {
        if self.can_go() {
            self.0.held.let_go();
        }
    }
}

impl Default for KeptText {
    fn default() -> Self {
        Self::fixed(&SourcePath::root(), "")
    }
}

impl fmt::Debug for KeptText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeptText").field("path", &self.0.path).field("len", &self.0.len).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file that says something else each time it is read from then on.
    struct Turns(Mutex<Vec<&'static [u8]>>);

    impl Source for Turns {
        fn read(&self, _: &SourcePath) -> Result<Option<Vec<u8>>, String> {
            Ok(self.0.lock().unwrap().pop().map(<[u8]>::to_vec))
        }
    }

    #[test]
    fn a_text_that_is_not_the_same_any_more_is_blank_and_noted() {
        let path = SourcePath::new("content/x.md").unwrap();
        let was: &[u8] = "grün".as_bytes();
        for (then, expected) in [(was, "grün"), (b"gruen", "     "), (b"gr\xffn\n", "     "), (b"grau", "     ")] {
            let shelf = Arc::new(Shelf::new(Arc::new(Turns(Mutex::new(vec![then])))));
            let text = (Arc::new("grün".to_owned()), Fingerprint::of(was));
            let text = KeptText::read(&path, text, Some(Arc::clone(&shelf)));
            assert_eq!(*text.get(), "grün");
            text.let_go();
            assert_eq!((&**text.get(), text.len()), (expected, 5));
            assert_eq!(shelf.lost().is_empty(), expected == "grün", "{then:?}");
            assert_eq!(*text.get(), "     ", "it is read each time, and then it is gone");
        }
        let fixed = KeptText::fixed(&path, "x");
        fixed.let_go();
        assert_eq!(*fixed.get(), "x", "nowhere to read it from");
    }
}
