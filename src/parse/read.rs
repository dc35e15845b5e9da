//! The bytes of a Markdown file to a [`Document`]: the entry of this module, called once per changed file.

use super::front_matter::{self, FrontMatter};
use super::{Document, markdown};
use crate::base::diagnostic;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::SourcePath;

/// Reads a Markdown file. Never fails: what is wrong is in the document's findings.
///
/// A file that is no UTF-8 has an unreadable header and an empty body.
pub fn parse(path: &SourcePath, bytes: &[u8]) -> Document {
    let fingerprint = Fingerprint::of(bytes);
    let (text, front, body, mut findings) = match std::str::from_utf8(bytes) {
        Ok(text) => {
            let (front, body, findings) = front_matter::read(path, text);
            (text.into(), front, body, findings)
        }
        Err(_) => {
            let front = FrontMatter { unreadable: true, ..FrontMatter::default() };
            (String::from_utf8_lossy(bytes).into(), front, 0..0, vec![front_matter::not_utf8(path, bytes)])
        }
    };
    let text: std::sync::Arc<str> = text;
    let read = markdown::read(path, &text, body.clone(), &front);
    findings.extend(read.findings);
    diagnostic::sort(&mut findings);
    Document {
        path: path.clone(),
        fingerprint,
        front,
        body,
        headings: read.headings,
        links: read.links,
        citations: read.citations,
        footnotes: read.footnotes,
        directives: read.directives,
        html_ids: read.html_ids,
        code_languages: read.code_languages,
        suppressions: read.suppressions,
        blocks: read.blocks,
        word_count: read.word_count,
        findings,
        text,
    }
}
