//! Which closing line belongs to which opening line: the nesting of directives.
//!
//! A directive opens and closes inside one block: a list item, a quote, or the body itself. A closing
//! line of n colons closes the innermost open directive of exactly n; if none has n, the innermost of
//! fewer, as with code fences. So outer directives may have more colons than inner ones, and need not.

use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::parse::Directive;
use crate::parse::directive::{Marker, MarkerKind, params};

/// Deeper nesting is nothing that a page could show.
const MAX_DEPTH: usize = 32;

/// Pairs markers into directives.
#[derive(Debug)]
pub struct Containers<'a> {
    path: &'a SourcePath,
    text: &'a str,
    /// The directives found so far, outermost first.
    pub directives: Vec<Directive>,
    /// What was wrong with them.
    pub findings: Vec<Diagnostic>,
    open: Vec<Open>,
}

#[derive(Debug)]
struct Open {
    directive_idx: usize,
    colons: usize,
    /// How many Markdown containers were open around it.
    depth: usize,
}

impl<'a> Containers<'a> {
    /// Starts with no directive open.
    pub fn new(path: &'a SourcePath, text: &'a str) -> Self {
        Self { path, text, directives: Vec::new(), findings: Vec::new(), open: Vec::new() }
    }

    /// Takes a marker inside `depth` Markdown containers; tells the index of the directive it begins.
    pub fn marker(&mut self, marker: &Marker, depth: usize) -> Option<usize> {
        match marker.kind {
            MarkerKind::Leaf => Some(self.begin(marker)),
            MarkerKind::Open if self.open.len() >= MAX_DEPTH => {
                let place = Place::new(self.path, marker.range.clone());
                let message = format!("directives are nested more than {MAX_DEPTH} deep");
                self.findings.push(Diagnostic::error("directive-nested-too-deep", place, message));
                None
            }
            MarkerKind::Open => {
                let directive_idx = self.begin(marker);
                self.open.push(Open { directive_idx, colons: marker.colons, depth });
                Some(directive_idx)
            }
            MarkerKind::Close => {
                self.close(marker, depth);
                None
            }
        }
    }

    /// A Markdown container ended, and only `depth` are open now: what opened inside it is unclosed.
    pub fn leave(&mut self, depth: usize, end: usize) {
        while let Some(open) = self.open.pop_if(|open| open.depth > depth) {
            self.unclosed(&open, end);
        }
    }

    /// The body ended.
    pub fn finish(&mut self, end: usize) {
        while let Some(open) = self.open.pop() {
            self.unclosed(&open, end);
        }
    }

    fn begin(&mut self, marker: &Marker) -> usize {
        let (directive, findings) = params::read(self.path, self.text, marker);
        self.findings.extend(findings);
        self.directives.push(directive);
        self.directives.len() - 1
    }

    fn close(&mut self, marker: &Marker, depth: usize) {
        let here = || self.open.iter().enumerate().rev().take_while(|(_, open)| open.depth == depth);
        let exact = here().find(|(_, open)| open.colons == marker.colons);
        let found = exact.or_else(|| here().find(|(_, open)| open.colons < marker.colons)).map(|(idx, _)| idx);
        let Some(idx) = found else {
            self.stray(marker, depth);
            return;
        };
        for open in self.open.split_off(idx + 1).into_iter().rev() {
            self.unclosed(&open, marker.range.start);
        }
        let open = self.open.pop().expect("`idx` is an index into the open directives");
        let directive = &mut self.directives[open.directive_idx];
        directive.content = Some(directive.open.end..marker.range.start);
        directive.close = Some(marker.range.clone());
    }

    fn stray(&mut self, marker: &Marker, depth: usize) {
        let place = Place::new(self.path, marker.range.clone());
        let finding = Diagnostic::error("directive-stray-close", place, "this line closes no directive");
        let finding = match self.open.last() {
            Some(open) if open.depth != depth => {
                let opening = Place::new(self.path, self.directives[open.directive_idx].open.clone());
                finding
                    .note_at(opening, "this directive opens in another list item or quote")
                    .help("indent the closing line as the opening line")
            }
            Some(open) => {
                let opening = Place::new(self.path, self.directives[open.directive_idx].open.clone());
                let message = format!("this directive opens with {} colons", open.colons);
                finding.note_at(opening, message).help(format!("close it with `{}`", ":".repeat(open.colons.min(80))))
            }
            None => finding.help("remove it, or open a directive above it with `:::name`"),
        };
        self.findings.push(finding);
    }

    fn unclosed(&mut self, open: &Open, end: usize) {
        let directive = &mut self.directives[open.directive_idx];
        directive.content = Some(directive.open.end..end.max(directive.open.end));
        let place = Place::new(self.path, directive.open.clone());
        let message = format!("directive `{}` is not closed", directive.name.value);
        let help = format!("write `{}` on a line of its own where it ends", ":".repeat(open.colons.min(80)));
        self.findings.push(Diagnostic::error("directive-unclosed", place, message).help(help));
    }
}
