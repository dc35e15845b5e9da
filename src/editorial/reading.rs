//! What a header says, value by value: read once for each page, however many rules ask.
//!
//! A dozen rules look at the guidance of a piece and half a dozen at its so-what; normalising the words and telling
//! them from a placeholder is most of what that costs.

use super::lexicon::Lexicon;
use super::placeholder::{self, Filling};
use super::prose::{Prose, QuickMap, Stems};
use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

/// The values of one page that have been read.
#[derive(Debug, Default)]
pub struct Readings {
    /// By their text; looked up in and never iterated.
    kept: RefCell<QuickMap<Box<str>, Rc<Reading>>>,
    stems: RefCell<QuickMap<Box<str>, Rc<Stems>>>,
}

/// A value that has been read.
///
/// A page has one language, so that what the word lists make of a value is kept without them.
#[derive(Debug)]
pub struct Reading {
    pub prose: Prose,
    filling: OnceCell<Filling>,
    is_note: OnceCell<bool>,
    sentences: OnceCell<Vec<Prose>>,
}

impl Readings {
    /// Reads a value, unless it has been read before.
    pub fn read(&self, text: &str) -> Rc<Reading> {
        if let Some(known) = self.kept.borrow().get(text) {
            return Rc::clone(known);
        }
        let prose = Prose::new(text);
        let reading = Rc::new(Reading { prose, filling: OnceCell::new(), is_note: OnceCell::new(), sentences: OnceCell::new() });
        self.kept.borrow_mut().insert(text.into(), Rc::clone(&reading));
        reading
    }

    /// The stems of a text, unless they are known.
    pub fn stems(&self, text: &str, lexicon: Option<&Lexicon>) -> Rc<Stems> {
        if let Some(known) = self.stems.borrow().get(text) {
            return Rc::clone(known);
        }
        let stems = Rc::new(Stems::of(text, lexicon.map(|lexicon| &lexicon.function_words)));
        self.stems.borrow_mut().insert(text.into(), Rc::clone(&stems));
        stems
    }
}

impl Reading {
    /// What the value amounts to.
    pub fn filling(&self, lexicon: Option<&Lexicon>) -> Filling {
        *self.filling.get_or_init(|| placeholder::filling(&self.prose, lexicon))
    }

    /// True when it is a note to a colleague instead of an answer.
    pub fn is_note_among_colleagues(&self, lexicon: &Lexicon) -> bool {
        *self.is_note.get_or_init(|| placeholder::is_note_among_colleagues(&self.prose, lexicon))
    }

    /// Its sentences, each a text of its own.
    pub fn sentences(&self) -> &[Prose] {
        if self.prose.is_one_sentence() {
            return std::slice::from_ref(&self.prose);
        }
        self.sentences.get_or_init(|| self.prose.sentences())
    }
}
