//! The bytes of a Markdown file to a [`Document`]: the entry of this module, called once per changed file.

use super::front_matter::{self, FrontMatter};
use super::{Document, Link, LinkKind, lists, markdown};
use crate::base::diagnostic::{self, Diagnostic, Place};
use crate::base::fingerprint::Fingerprint;
use crate::base::held::Held;
use crate::base::kept_text::KeptText;
use crate::base::path::SourcePath;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// Reads a Markdown file. Never fails: what is wrong is in the document's findings.
///
/// A file that is no UTF-8 has an unreadable header and an empty body.
pub fn parse(path: &SourcePath, bytes: &[u8]) -> Document {
    let fingerprint = Fingerprint::of(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => parse_text(path, KeptText::fixed(path, text), fingerprint, ""),
        Err(_) => {
            let front = FrontMatter { unreadable: true, ..FrontMatter::default() };
            let findings = vec![front_matter::not_utf8(path, bytes)];
            let text = KeptText::fixed(path, &String::from_utf8_lossy(bytes));
            assemble(path, (text, fingerprint), (front, 0..0, findings), "")
        }
    }
}

/// Reads the text of a Markdown file whose bytes have this fingerprint; `lang` is its language unless it names one.
pub fn parse_text(path: &SourcePath, text: KeptText, fingerprint: Fingerprint, lang: &str) -> Document {
    let mut header = front_matter::read(path, &text.get());
    header.2.extend(lists::check(path, &header.0, &text.get()));
    assemble(path, (text, fingerprint), header, lang)
}

/// The language of a file: its own word, that of its name (`index.de.md`), or that of its site.
fn language<'a>(path: &'a SourcePath, front: &'a FrontMatter, of_site: &'a str) -> &'a str {
    let said = front.lang.as_ref().map(|field| field.value.as_str());
    let in_name = || path.stem().rsplit_once('.').map(|(_, tag)| tag);
    said.or_else(in_name).unwrap_or(of_site)
}

/// HTML that says `alt=""` has decided so; Markdown that says nothing has forgotten it.
fn image_without_words(path: &SourcePath, text: &str, link: &Link) -> Option<Diagnostic> {
    let is_markdown = text[link.range.clone()].starts_with("![");
    let is_silent = link.kind == LinkKind::Image && link.text.trim().is_empty();
    (is_markdown && is_silent).then(|| {
        let place = Place::new(path, link.range.clone());
        let finding = Diagnostic::warning("image-alt-missing", place, "this image does not say what it shows");
        finding.help("write it between the brackets, as in `![Fees fell in every region](fees.png)`")
    })
}

/// The header, where the body stands, and what was wrong with the header.
type Header = (FrontMatter, Range<usize>, Vec<Diagnostic>);

fn assemble(path: &SourcePath, (kept, fingerprint): (KeptText, Fingerprint), header: Header, lang: &str) -> Document {
    let (front, body, mut findings) = header;
    let text = kept.get();
    let read = markdown::read(path, &text, body.clone(), &front, language(path, &front, lang));
    findings.extend(read.findings);
    findings.extend(read.links.iter().filter_map(|link| image_without_words(path, &text, link)));
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
        blocks: Held::kept(Arc::new(read.blocks)),
        word_count: read.word_count,
        findings,
        text: kept,
        trace: OnceLock::new(),
    }
}
