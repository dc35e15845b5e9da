//! A body to what a [`super::Document`] knows of it, in one pass over its nodes. Called by `read`.

mod blocks;
mod citations;
mod containers;
pub mod nodes;
mod slips;
mod suppressions;
mod walk;

pub use blocks::word_count;
pub use walk::{is_heading_attribute, is_inline};

use super::{Block, Directive, FrontMatter, Heading, Link, Suppression, anchors};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::base::spanned::Spanned;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// What a body holds; the fields are those of [`super::Document`].
#[derive(Debug, Default)]
pub struct Body {
    pub headings: Vec<Heading>,
    pub links: Vec<Link>,
    pub citations: Vec<Spanned<String>>,
    pub footnotes: Vec<Spanned<String>>,
    pub directives: Vec<Directive>,
    pub html_ids: Vec<String>,
    pub code_languages: Vec<String>,
    pub suppressions: Vec<Suppression>,
    pub blocks: Vec<Block>,
    pub word_count: usize,
    pub findings: Vec<Diagnostic>,
}

/// Reads the body of a file, whose headings are in this language.
pub fn read(path: &SourcePath, text: &Arc<String>, body: Range<usize>, front: &FrontMatter, lang: &str) -> Body {
    let (drafts, mut body) = walk::walk(path, text, body);
    let taken = anchors::Taken { html_ids: &body.html_ids, footnotes: &body.footnotes, citations: &body.citations, front, lang };
    let (headings, findings) = anchors::assign(path, drafts, &taken);
    body.headings = headings;
    body.headings.shrink_to_fit();
    body.findings.extend(findings);
    body.word_count = body.blocks.iter().map(|block| word_count(&block.text)).sum();
    body.findings.extend(footnote_findings(path, &body, front));
    body
}

/// The prose of a body alone.
pub fn blocks(path: &SourcePath, text: &Arc<String>, body: Range<usize>) -> Vec<Block> {
    walk::walk(path, text, body).1.blocks
}

/// Footnotes that are defined twice, never referred to, or named as a source is.
fn footnote_findings(path: &SourcePath, body: &Body, front: &FrontMatter) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let referred: std::collections::BTreeSet<String> = body.citations.iter().map(|id| id.value.to_lowercase()).collect();
    let sources = front.sources.iter().flat_map(|field| &field.value);
    let sources: BTreeMap<&str, &Range<usize>> = sources.map(|source| (source.id.value.as_str(), &source.id.range)).collect();
    let mut defined: BTreeMap<String, &Range<usize>> = BTreeMap::new();
    for footnote in &body.footnotes {
        let id = &footnote.value;
        let place = Place::new(path, footnote.range.clone());
        if let Some(first) = defined.get(&id.to_lowercase()) {
            let first = Place::new(path, (*first).clone());
            let finding = Diagnostic::warning("footnote-repeated", place, format!("footnote `{id}` is defined twice"));
            findings.push(finding.note_at(first, "this definition is used"));
            continue;
        }
        defined.insert(id.to_lowercase(), &footnote.range);
        if let Some(source) = sources.get(id.as_str()) {
            let source = Place::new(path, (*source).clone());
            let message = format!("`{id}` is a footnote and a source; `[^{id}]` cites the source, and the footnote is not shown");
            findings.push(Diagnostic::warning("footnote-shadowed", place, message).note_at(source, "the source"));
        } else if !referred.contains(&id.to_lowercase()) {
            let finding = Diagnostic::warning("footnote-unused", place, format!("footnote `{id}` is never referred to and is not shown"));
            findings.push(finding.help(format!("write `[^{id}]` where it belongs, or remove it")));
        }
    }
    findings
}

#[cfg(test)]
mod tests;
