//! A [`Document`]'s body to HTML: called once per page; feeds take the same HTML through [`absolutize`].
//!
//! The HTML carries no inline style and no script of ours, so that a strict content security policy holds.

mod absolute;
mod blocks;
mod citations;
mod footnotes;
mod links;
mod raw;
mod spans;
mod typography;
mod words;
mod writer;

pub use absolute::absolutize;
pub use citations::{CitationNumbers, CitedSource, number_citations};
pub use links::{DirectiveRenderer, Links, Picture, Resolved, Target};

use super::highlight::Highlighter;
use crate::base::diagnostic::Diagnostic;
use crate::config::MarkdownOptions;
use crate::parse::Document;
use crate::parse::markdown::nodes::{Source, extensions};
use pulldown_cmark::Options;
use writer::{Style, Writer};

/// Everything that the HTML of a body depends on.
#[derive(Clone, Copy)]
pub struct BodyInputs<'a> {
    /// The file.
    pub document: &'a Document,
    /// The whole of its text.
    pub text: &'a str,
    /// `[markdown]` of the site.
    pub options: MarkdownOptions,
    /// The language of the body, such as `en-GB`: quotation marks and the few words that are added.
    pub lang: &'a str,
    /// Where links lead.
    pub links: &'a dyn Links,
    /// How directives look.
    pub directives: &'a dyn DirectiveRenderer,
    /// The numbers of the sources cited, from [`number_citations`].
    pub citations: &'a CitationNumbers,
    /// Colours code.
    pub highlighter: &'a Highlighter,
}

/// A rendered body.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// The HTML, footnotes included; the reference list of sources is the template's.
    pub html: String,
    /// The headings in order, for a table of contents.
    pub toc: Vec<TocEntry>,
    /// True if it holds a code block: the page needs the styles for code.
    pub has_code: bool,
    /// What went wrong: directives that could not be rendered, unknown code languages.
    pub findings: Vec<Diagnostic>,
}

/// A heading as a table of contents shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TocEntry {
    /// 1 to 6.
    pub level: u8,
    /// The anchor.
    pub id: String,
    /// Plain text.
    pub text: String,
}

/// Renders the body of a document.
pub fn render(inputs: BodyInputs<'_>) -> Body {
    let document = inputs.document;
    let mut options = extensions();
    options.set(Options::ENABLE_SMART_PUNCTUATION, inputs.options.smart_punctuation);
    let source = Source::new(inputs.text, document.body.clone());
    let mut writer = Writer::new(Style::Page(Box::new(inputs)));
    for (node, range) in source.nodes(options) {
        writer.node(node, range);
    }
    writer.finish()
}

/// Renders plain CommonMark, all extensions off, through the same writer.
///
/// ```
/// assert_eq!(sowhat::render::markdown::commonmark("*a*"), "<p><em>a</em></p>\n");
/// ```
pub fn commonmark(text: &str) -> String {
    let source = Source::plain(text);
    let mut writer = Writer::new(Style::CommonMark);
    for (node, range) in source.nodes(Options::empty()) {
        writer.node(node, range);
    }
    writer.finish().html
}

#[cfg(test)]
mod tests;
