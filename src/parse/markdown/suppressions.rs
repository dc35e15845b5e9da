//! `<!-- allow: rule-name because reason -->`: what it says and which bytes it covers.
//!
//! A comment that stands alone covers the next block: a paragraph, heading, list, table, quote, code
//! block or directive. A comment inside a paragraph or item covers the block it stands in.

use super::nodes::HtmlRun;
use crate::base::spanned::Spanned;
use crate::parse::Suppression;
use crate::parse::raw_html::{self, Part};
use std::ops::Range;

/// Gathers suppressions and watches what comes after them.
#[derive(Debug, Default)]
pub struct Suppressions {
    /// Those found so far.
    pub found: Vec<Suppression>,
    /// Those that wait for the next block.
    waiting: Vec<usize>,
    /// Those that cover a block which is still open.
    covering: Vec<(Cover, usize)>,
    /// Those that cover a directive, and its index.
    on_directives: Vec<(usize, usize)>,
}

/// When a cover is complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cover {
    /// At the end of the Markdown block that makes this many open.
    UntilDepth(usize),
    /// At the end of the open run of prose.
    UntilProse,
}

impl Suppressions {
    /// Reads the comments of an HTML block; true if it holds nothing but comments.
    pub fn block(&mut self, run: &HtmlRun<'_>) -> bool {
        let (found, only_comments) = read(run);
        self.waiting.extend(self.found.len()..self.found.len() + found.len());
        self.found.extend(found);
        only_comments
    }

    /// Reads a comment inside a block of prose.
    pub fn inline(&mut self, run: &HtmlRun<'_>) {
        for suppression in read(run).0 {
            self.covering.push((Cover::UntilProse, self.found.len()));
            self.found.push(suppression);
        }
    }

    /// A block begins: what waits covers it from here on.
    pub fn begin(&mut self, start: usize, cover: Cover) {
        for idx in self.waiting.drain(..) {
            self.found[idx].covers = start..start;
            self.covering.push((cover, idx));
        }
    }

    /// A block without an end of its own: what waits covers it.
    pub fn whole(&mut self, range: &Range<usize>) {
        for idx in self.waiting.drain(..) {
            self.found[idx].covers = range.clone();
        }
    }

    /// A directive begins: what waits covers it, once its end is known.
    pub fn directive(&mut self, directive_idx: usize) {
        self.on_directives.extend(self.waiting.drain(..).map(|idx| (idx, directive_idx)));
    }

    /// A block ended: covers that waited for it are complete.
    pub fn end(&mut self, cover: Cover, range: &Range<usize>) {
        while let Some((_, idx)) = self.covering.pop_if(|(awaited, _)| *awaited == cover) {
            let covers = &mut self.found[idx].covers;
            let start = if covers.start == covers.end { range.start } else { covers.start.min(range.start) };
            *covers = start..range.end.max(start);
        }
        // A container ended: what waited in it has nothing left to cover.
        if matches!(cover, Cover::UntilDepth(_)) {
            self.waiting.clear();
        }
    }

    /// All suppressions, those on directives with the ranges of these.
    pub fn finish(mut self, directive_range: impl Fn(usize) -> Range<usize>) -> Vec<Suppression> {
        for (idx, directive_idx) in self.on_directives {
            self.found[idx].covers = directive_range(directive_idx);
        }
        self.found
    }
}

fn read(run: &HtmlRun<'_>) -> (Vec<Suppression>, bool) {
    let mut found = Vec::new();
    let mut rest_is_blank = true;
    let mut at = 0;
    for part in raw_html::parts(&run.text) {
        let Part::Comment(range) = part else {
            return (found, false);
        };
        rest_is_blank &= run.text[at..range.start].trim().is_empty();
        at = range.end;
        found.extend(suppression(run, range));
    }
    rest_is_blank &= run.text[at..].trim().is_empty();
    (found, rest_is_blank)
}

fn suppression(run: &HtmlRun<'_>, comment: Range<usize>) -> Option<Suppression> {
    let inner = run.text[comment.clone()].strip_prefix("<!--")?.strip_suffix("-->")?;
    let said = inner.trim_start().strip_prefix("allow:")?.trim();
    let inner_start = comment.start + "<!--".len();
    let said_start = inner_start + inner.find("allow:")? + "allow:".len();
    let rule_len = said.find(char::is_whitespace).unwrap_or(said.len());
    let rule = &said[..rule_len];
    let gap = run.text[said_start..].len() - run.text[said_start..].trim_start().len();
    let rule_start = said_start + gap;
    let place = if rule.is_empty() { comment.clone() } else { rule_start..rule_start + rule_len };
    let why = said[rule_len..].trim_start().strip_prefix("because").filter(|why| why.starts_with(char::is_whitespace));
    let reason = why.map(|why| why.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|reason| !reason.is_empty());
    let end = run.in_file(comment).end;
    Some(Suppression { rule: Spanned::new(rule.to_owned(), run.in_file(place)), reason, covers: end..end })
}
