//! Slips of the pen over which Markdown says nothing: what swallows the text after it, what is dropped from the
//! page, and what is printed as its signs. Called by `walk` as it goes through a body.

mod blocked;
mod elements;
mod fences;
mod literal;
mod tables;

use super::nodes::HtmlRun;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SourcePath;
use crate::parse::BlockKind;
use crate::parse::raw_html::{self, Part};
use elements::Elements;
use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, Tag, TagEnd};
use std::ops::Range;

/// Watches a body for slips.
#[derive(Debug)]
pub struct Slips<'a> {
    path: &'a SourcePath,
    text: &'a str,
    elements: Elements<'a>,
    /// Text that stands together in the file, none of it markup.
    run: Range<usize>,
    /// Where the last cell of the table row ends that is open.
    cell_end: usize,
    found: Vec<Diagnostic>,
}

impl<'a> Slips<'a> {
    /// Starts with nothing found.
    pub fn new(path: &'a SourcePath, text: &'a str) -> Self {
        Self { path, text, elements: Elements::new(path), run: 0..0, cell_end: 0, found: Vec::new() }
    }

    /// A block begins.
    pub fn start(&mut self, tag: &Tag<'_>, range: &Range<usize>) {
        match tag {
            Tag::CodeBlock(CodeBlockKind::Fenced(_)) => self.found.extend(fences::unclosed(self.path, self.text, range)),
            Tag::BlockQuote(None) => self.found.extend(literal::alert(self.path, self.text, range)),
            Tag::BlockQuote(Some(
                BlockQuoteKind::Note | BlockQuoteKind::Tip | BlockQuoteKind::Important | BlockQuoteKind::Warning | BlockQuoteKind::Caution,
            )) => {}
            Tag::TableHead | Tag::TableRow => self.cell_end = range.start,
            _ => {}
        }
    }

    /// A block ends.
    pub fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::TableCell => self.cell_end = range.end,
            TagEnd::TableHead | TagEnd::TableRow => {
                self.found.extend(tables::cells_lost(self.path, self.text, self.cell_end..range.end));
            }
            _ => {}
        }
    }

    /// A stretch of text that is not code.
    pub fn text(&mut self, range: &Range<usize>) {
        if self.run.end != range.start {
            self.end_run();
            self.run.start = range.start;
        }
        self.run.end = range.end;
    }

    /// A run of prose ended whose bytes are these.
    pub fn prose(&mut self, kind: BlockKind, range: &Range<usize>) {
        self.end_run();
        match kind {
            BlockKind::Paragraph => {
                self.found.extend(literal::headings(self.path, self.text, range));
                self.found.extend(tables::not_read(self.path, self.text, range));
            }
            BlockKind::Item | BlockKind::Quote => self.found.extend(tables::not_read(self.path, self.text, range)),
            BlockKind::Heading | BlockKind::Cell => {}
        }
    }

    /// Raw HTML.
    pub fn html(&mut self, run: &HtmlRun<'_>) {
        for part in raw_html::parts(&run.text) {
            if let Part::Tag(tag) = &part {
                self.found.extend(blocked::tag(self.path, run, tag));
            }
            self.elements.read(run, &part);
        }
    }

    /// All that was found.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.end_run();
        self.found.extend(self.elements.finish());
        self.found
    }

    fn end_run(&mut self) {
        let run = std::mem::replace(&mut self.run, 0..0);
        if !run.is_empty() {
            literal::in_text(self.path, self.text, &run, &mut self.found);
        }
    }
}

/// The lines of a block with the bytes of each, without the quote signs and spaces before them.
fn lines<'t>(text: &'t str, range: &Range<usize>) -> impl Iterator<Item = (usize, &'t str)> {
    let mut start = range.start;
    text.get(range.clone()).unwrap_or_default().split_inclusive('\n').map(move |line| {
        let here = start;
        start += line.len();
        let bare = line.trim_start_matches([' ', '\t', '>']);
        (here + (line.len() - bare.len()), bare.trim_end())
    })
}

#[cfg(test)]
mod tests;
