//! The ids that a page carries: headings, footnotes, citations, sources. No two are the same.

use super::{FrontMatter, Heading};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::SourcePath;
use crate::base::slug::{Anchors, slugify};
use crate::base::spanned::Spanned;
use std::ops::Range;

/// The id of a source in the reference list.
pub fn source(id: &str) -> String {
    format!("source-{}", word(id))
}

/// The id of the `n`th citation of a source, from 1.
pub fn citation(id: &str, n: usize) -> String {
    format!("cite-{}-{n}", word(id))
}

/// The id of a footnote.
pub fn footnote(id: &str) -> String {
    format!("fn-{}", word(id))
}

/// The id of the `n`th reference to a footnote, from 1.
pub fn footnote_reference(id: &str, n: usize) -> String {
    let word = word(id);
    if n == 1 { format!("fnref-{word}") } else { format!("fnref-{word}-{n}") }
}

/// An author's id as a part of an HTML id and of a URL fragment that needs no encoding.
///
/// Plain ids stay as they are; of others the hash keeps them apart.
fn word(id: &str) -> String {
    let is_plain = !id.is_empty() && id.len() <= 80 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
    if is_plain { id.to_owned() } else { format!("{}-{}", slugify(id), Fingerprint::of(id.as_bytes()).short()) }
}

/// A heading before its anchor is known.
#[derive(Debug)]
pub struct HeadingDraft {
    /// 1 to 6.
    pub level: u8,
    /// `{#id}`.
    pub written_id: Option<String>,
    /// Plain text.
    pub text: String,
    /// Its bytes.
    pub range: Range<usize>,
}

/// The ids that are taken before headings choose theirs.
#[derive(Debug)]
pub struct Taken<'a> {
    /// Of raw HTML elements.
    pub html_ids: &'a [String],
    /// Of footnotes defined in the body.
    pub footnotes: &'a [Spanned<String>],
    /// `[^id]` references in the body.
    pub citations: &'a [Spanned<String>],
    /// The header, for its sources.
    pub front: &'a FrontMatter,
    /// The language of the headings.
    pub lang: &'a str,
}

/// Gives every heading its anchor: what authors wrote comes first, so that no made one takes it away.
pub fn assign(path: &SourcePath, drafts: Vec<HeadingDraft>, taken: &Taken<'_>) -> (Vec<Heading>, Vec<Diagnostic>) {
    let mut anchors = reserve(taken);
    let mut findings = Vec::new();
    let mut ids: Vec<Option<String>> = Vec::with_capacity(drafts.len());
    for draft in &drafts {
        ids.push(draft.written_id.as_ref().map(|written| {
            let id = anchors.take_exact(written);
            if id != *written {
                let place = Place::new(path, draft.range.clone());
                let message = format!("the id `{written}` stands twice on this page");
                findings.push(
                    Diagnostic::warning("heading-id-repeated", place, message).help(format!("this heading is `#{id}`; give it its own id")),
                );
            }
            id
        }));
    }
    let headings = drafts.into_iter().zip(ids).map(|(draft, id)| {
        let id = id.unwrap_or_else(|| anchors.take_in(taken.lang, &draft.text));
        Heading { level: draft.level, id, text: draft.text, range: draft.range }
    });
    (headings.collect(), findings)
}

fn reserve(taken: &Taken<'_>) -> Anchors {
    let mut anchors = Anchors::default();
    let mut made: Vec<String> = taken.html_ids.to_vec();
    made.extend(taken.footnotes.iter().map(|id| footnote(&id.value)));
    let sources = taken.front.sources.iter().flat_map(|field| &field.value);
    made.extend(sources.map(|entry| source(&entry.id.value)));
    let mut uses = std::collections::BTreeMap::new();
    for cited in taken.citations {
        let n = uses.entry(&cited.value).and_modify(|n| *n += 1).or_insert(1);
        made.push(citation(&cited.value, *n));
        made.push(footnote_reference(&cited.value, *n));
    }
    made.sort();
    made.dedup();
    for id in made {
        anchors.take_exact(&id);
    }
    anchors
}
