//! Findings about what an author wrote: values with a rule, a severity and a place, never errors.

use super::path::SourcePath;
use std::ops::Range;
use std::sync::Arc;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The gate closes: nothing is written.
    Error,
    /// Reported; the build goes on.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// A byte range of one source file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file.
    pub path: SourcePath,
    /// First byte of the range.
    pub start: usize,
    /// The byte after the range.
    pub end: usize,
}

impl Place {
    /// A range of a file.
    pub fn new(path: &SourcePath, range: Range<usize>) -> Self {
        Self { path: path.clone(), start: range.start, end: range.end }
    }

    /// The start of a file, for findings about the whole of it.
    pub fn file(path: &SourcePath) -> Self {
        Self::new(path, 0..0)
    }
}

/// Something more about a finding: a second place, or a fact.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Note {
    /// What is to be known; lower-case start, no final stop.
    pub message: Arc<str>,
    /// Where, if it is elsewhere.
    pub place: Option<Place>,
}

/// One finding: which rule, how bad, what, where, and how to mend it.
///
/// Cheap to clone, for it is kept as it was raised and as it is reported: texts are shared.
///
/// Messages start in lower case, carry no final stop, put literals in back-ticks and make sense
/// without colour.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Diagnostic {
    /// The primary place.
    pub place: Place,
    /// Errors sort before warnings at one place.
    pub severity: Severity,
    /// The rule's name, such as `audience-missing`.
    pub rule: &'static str,
    /// What is wrong.
    pub message: Arc<str>,
    /// A word or two under the carets.
    pub label: Option<Arc<str>>,
    /// More facts and places.
    pub notes: Vec<Note>,
    /// How to mend it; may hold several lines, such as a block to paste.
    pub help: Option<Arc<str>>,
}

impl Diagnostic {
    /// A finding that closes the gate.
    pub fn error(rule: &'static str, place: Place, message: impl Into<Arc<str>>) -> Self {
        Self::new(Severity::Error, rule, place, message)
    }

    /// A finding that is reported only.
    pub fn warning(rule: &'static str, place: Place, message: impl Into<Arc<str>>) -> Self {
        Self::new(Severity::Warning, rule, place, message)
    }

    /// A finding of the given severity.
    pub fn new(severity: Severity, rule: &'static str, place: Place, message: impl Into<Arc<str>>) -> Self {
        Self { place, severity, rule, message: message.into(), label: None, notes: Vec::new(), help: None }
    }

    /// Says something under the carets.
    #[must_use]
    pub fn label(mut self, label: impl Into<Arc<str>>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<Arc<str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says how to mend it, if that is known.
    #[must_use]
    pub fn maybe_help(mut self, help: Option<String>) -> Self {
        self.help = help.map(Arc::from).or(self.help);
        self
    }

    /// Adds a fact.
    #[must_use]
    pub fn note(mut self, message: impl Into<Arc<str>>) -> Self {
        self.notes.push(Note { message: message.into(), place: None });
        self
    }

    /// Adds a second place.
    #[must_use]
    pub fn note_at(mut self, place: Place, message: impl Into<Arc<str>>) -> Self {
        self.notes.push(Note { message: message.into(), place: Some(place) });
        self
    }
}

/// Brings findings into the one total order and drops exact repeats.
pub fn sort(findings: &mut Vec<Diagnostic>) {
    findings.sort();
    findings.dedup();
}
