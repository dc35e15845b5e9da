//! Raw HTML that does not close what it opens, or closes what it did not open.

use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::parse::markdown::nodes::HtmlRun;
use crate::parse::raw_html::{Part, Tag, TagKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// Elements that have no end tag.
const VOID: &[&str] = &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];
/// Elements that browsers close by themselves.
const CLOSED_BY_OTHERS: &[&str] = &[
    "p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "caption", "rp", "rt", "html",
    "head", "body",
];
/// Elements whose content may be written `<name/>`.
const FOREIGN: &[&str] = &["svg", "math"];

/// The elements of a body that are open.
#[derive(Debug)]
pub struct Elements<'a> {
    path: &'a SourcePath,
    open: Vec<Open>,
    /// How often each name is open, so that an end tag without a beginning is known at once.
    n_open: BTreeMap<String, usize>,
    found: Vec<Diagnostic>,
}

#[derive(Debug)]
struct Open {
    name: String,
    range: Range<usize>,
}

impl<'a> Elements<'a> {
    /// Starts with none.
    pub fn new(path: &'a SourcePath) -> Self {
        Self { path, open: Vec::new(), n_open: BTreeMap::new(), found: Vec::new() }
    }

    /// Reads the part of raw HTML that stands next in the body.
    pub fn read(&mut self, run: &HtmlRun<'_>, part: &Part<'_>) {
        match part {
            Part::Comment(range) => self.comment(&run.text[range.clone()], || run.in_file(range.clone())),
            Part::Tag(tag) => self.tag(tag, || run.in_file(tag.range.clone())),
            Part::Cut(range) => {
                let line_len = run.text[range.clone()].lines().next().map_or(0, |line| line.trim_end().len());
                let place = Place::new(self.path, run.in_file(range.start..range.start + line_len));
                let message = "this tag has no `>`, and browsers take what follows for a part of it";
                let finding = Diagnostic::warning("html-unbalanced", place, message);
                self.found.push(finding.help("close the tag, and each quote in it"));
            }
        }
    }

    /// What was found, with all that is still open.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        while let Some(open) = self.open.pop() {
            self.unclosed(&open);
        }
        self.found
    }

    fn comment(&mut self, comment: &str, place: impl Fn() -> Range<usize>) {
        let (sign, end) = if comment.starts_with("<?") { ("<?", "?>") } else { ("<!--", "-->") };
        if comment.ends_with(end) {
            if let Some(rule) = allowed_in_vain(comment) {
                let place = Place::new(self.path, place());
                let finding = Diagnostic::warning("suppression-not-read", place, format!("this comment does not allow `{rule}`"));
                self.found.push(finding.help(format!("write `<!-- allow: {rule} because … -->`, with a colon after `allow`")));
            }
            return;
        }
        let range = place();
        let line_len = comment.lines().next().map_or(0, |line| line.trim_end().len());
        let place = Place::new(self.path, range.start..(range.start + line_len).min(range.end));
        let message = format!("this `{sign}` is never closed, so what follows it is not on the page");
        self.found.push(
            Diagnostic::error("comment-unclosed", place, message).help(format!("write `{end}` where it ends, without a space in it")),
        );
    }

    fn tag(&mut self, tag: &Tag<'_>, place: impl Fn() -> Range<usize>) {
        let name = tag.name.to_ascii_lowercase();
        if VOID.contains(&name.as_str()) || CLOSED_BY_OTHERS.contains(&name.as_str()) {
            return;
        }
        let is_foreign = || FOREIGN.iter().any(|foreign| name == *foreign || self.n_open.get(*foreign).is_some_and(|n| *n > 0));
        match tag.kind {
            TagKind::Whole if is_foreign() => {}
            // To a browser `<div/>` is `<div>`.
            TagKind::Begin | TagKind::Whole => {
                *self.n_open.entry(name.clone()).or_default() += 1;
                self.open.push(Open { name, range: place() });
            }
            TagKind::End if self.n_open.get(&name).is_none_or(|n| *n == 0) => {
                let place = Place::new(self.path, place());
                let finding = Diagnostic::warning("html-unbalanced", place, format!("`</{name}>` closes nothing that is open here"));
                self.found.push(finding.help(format!("remove it, or write `<{name}>` where the element begins")));
            }
            TagKind::End => {
                while let Some(open) = self.open.pop() {
                    *self.n_open.entry(open.name.clone()).or_default() -= 1;
                    if open.name == name {
                        break;
                    }
                    self.unclosed(&open);
                }
            }
        }
    }

    fn unclosed(&mut self, open: &Open) {
        let name = &open.name;
        let place = Place::new(self.path, open.range.clone());
        let finding =
            Diagnostic::warning("html-unbalanced", place, format!("`<{name}>` is never closed, and takes in what follows it on the page"));
        self.found
            .push(finding.help(format!("write `</{name}>` where it ends; to print the signs, write `&lt;{name}>` or put them in code")));
    }
}

/// The rule that a comment names as if it allowed it, without the colon that would make it so.
fn allowed_in_vain(comment: &str) -> Option<&str> {
    let said = comment.strip_prefix("<!--")?.strip_suffix("-->")?.trim();
    let (verb, rest) = said.split_at_checked("allow".len())?;
    if !verb.eq_ignore_ascii_case("allow") || said.starts_with("allow:") {
        return None;
    }
    let parts = [' ', ':', '\n', '='];
    let rest = rest.strip_prefix(parts)?.trim_start_matches(parts);
    let rule = rest.split([' ', '\n', ',', ':']).next()?;
    let is_rule = rule.contains('-') && rule.split('-').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
    is_rule.then_some(rule)
}
