//! What stands in lines, to HTML: text, emphasis, links, images, citations.

use super::links::{Resolved, Target};
use super::raw;
use super::writer::{Style, Writer};
use crate::parse::LinkKind;
use crate::parse::anchors;
use crate::parse::markdown::nodes::HtmlRun;
use crate::render::html::{push_href, push_text};
use pulldown_cmark::{CowStr, LinkType, Tag, TagEnd};
use std::fmt::Write;
use std::ops::Range;

/// An image whose text alternative is being gathered.
pub struct Alternative {
    text: String,
    /// How many links and images are open from this image on.
    depth: usize,
    destination: String,
    title: String,
}

/// Watches a paragraph for an image that is alone in it.
#[derive(Default)]
pub struct SoleImage {
    start: usize,
    n_images: usize,
    has_other: bool,
    title: Option<ImageTitle>,
}

/// The title of an image, and where it stands as an attribute.
pub struct ImageTitle {
    pub text: String,
    pub attribute: Range<usize>,
}

impl SoleImage {
    /// A paragraph begins, at this offset of the HTML.
    pub fn begin(&mut self, start: usize) {
        *self = Self { start, ..Self::default() };
    }

    /// The paragraph ended: where it began and the image's title, if that is all there was.
    pub fn take_figure(&mut self) -> Option<(usize, ImageTitle)> {
        let is_figure = self.n_images == 1 && !self.has_other;
        self.title.take().filter(|_| is_figure).map(|title| (self.start, title))
    }
}

impl Writer<'_> {
    pub(super) fn start_span(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        if let Some(alternative) = &mut self.alternative {
            alternative.depth += usize::from(matches!(tag, Tag::Link { .. } | Tag::Image { .. }));
            return;
        }
        match tag {
            Tag::Link { link_type, dest_url, title, .. } => {
                let destination: CowStr<'_> = if link_type == LinkType::Email { format!("mailto:{dest_url}").into() } else { dest_url };
                self.link(&destination, &title, range);
            }
            Tag::Image { dest_url, title, .. } => {
                let (destination, title) = (dest_url.into_string(), title.into_string());
                self.alternative = Some(Alternative { text: String::new(), depth: 1, destination, title });
            }
            Tag::Emphasis => self.open_span("<em>"),
            Tag::Strong => self.open_span("<strong>"),
            Tag::Strikethrough => self.open_span("<del>"),
            Tag::Superscript => self.open_span("<sup>"),
            Tag::Subscript => self.open_span("<sub>"),
            _ => {}
        }
    }

    pub(super) fn end_span(&mut self, tag: TagEnd, range: &Range<usize>) {
        let is_link = matches!(tag, TagEnd::Link | TagEnd::Image);
        if let Some(mut alternative) = self.alternative.take() {
            alternative.depth -= usize::from(is_link);
            if alternative.depth > 0 {
                self.alternative = Some(alternative);
            } else {
                self.image(alternative, range);
            }
            return;
        }
        match tag {
            TagEnd::Link if std::mem::take(&mut self.is_in_dead_link) => {}
            TagEnd::Link => self.push("</a>"),
            TagEnd::Emphasis => self.push("</em>"),
            TagEnd::Strong => self.push("</strong>"),
            TagEnd::Strikethrough => self.push("</del>"),
            TagEnd::Superscript => self.push("</sup>"),
            TagEnd::Subscript => self.push("</sub>"),
            _ => {}
        }
    }

    fn open_span(&mut self, html: &str) {
        self.sole_image.has_other = true;
        self.push(html);
    }

    pub(super) fn text(&mut self, text: &str, range: &Range<usize>) {
        if let Some(code) = &mut self.code {
            code.text.push_str(text);
            return;
        }
        if let Some(alternative) = &mut self.alternative {
            alternative.text.push_str(text);
            self.toc_text(text);
            return;
        }
        let Style::Page(inputs) = &self.style else {
            self.push_text(text);
            return;
        };
        self.sole_image.has_other |= !text.trim().is_empty();
        let document = inputs.document;
        let first = document.citations.partition_point(|citation| citation.range.end <= range.start);
        let mut at = range.start;
        for citation in document.citations[first..].iter().take_while(|citation| citation.range.start < range.end) {
            let Some(number) = inputs.citations.number(&citation.value) else { continue };
            if citation.range.start >= range.start {
                let before = text.get(at - range.start..citation.range.start - range.start).unwrap_or_default();
                push_text(&mut self.body.html, before);
                let uses = self.citation_uses.entry(citation.value.clone()).or_insert(0);
                *uses += 1;
                push_citation(&mut self.body.html, &citation.value, number, *uses);
            }
            at = citation.range.end.min(range.end);
        }
        if at == range.start {
            self.typeset(text, range);
        } else {
            let rest = text.get(at - range.start..).unwrap_or_default();
            self.push_text(rest);
        }
    }

    /// Text without citations, its quotation marks as the language writes them.
    fn typeset(&mut self, text: &str, range: &Range<usize>) {
        let Style::Page(inputs) = &self.style else { return };
        let source = inputs.text.as_bytes();
        let is_made = range.len() == 1 && matches!(source[range.start], b'"' | b'\'');
        let mark = if is_made {
            // A byte above 127 belongs to a letter of another script more often than not.
            let is_letter =
                |at: Option<usize>| at.and_then(|at| source.get(at)).is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte >= 0x80);
            self.quotes.mark(text, is_letter(range.start.checked_sub(1)) && is_letter(Some(range.end)))
        } else {
            None
        };
        let text = mark.unwrap_or(text);
        push_text(&mut self.body.html, text);
        self.toc_text(text);
    }

    fn toc_text(&mut self, text: &str) {
        if self.is_heading
            && let Some(entry) = self.body.toc.last_mut()
        {
            entry.text.push_str(text);
        }
    }

    pub(super) fn code_span(&mut self, code: &str) {
        self.toc_text(code);
        if let Some(alternative) = &mut self.alternative {
            alternative.text.push_str(code);
            return;
        }
        self.open_span("<code>");
        self.push_text(code);
        self.push("</code>");
    }

    pub(super) fn line_break(&mut self, html: &str) {
        self.toc_text(" ");
        match &mut self.alternative {
            // The specification keeps the line end; a page has no use for it.
            Some(alternative) => alternative.text.push(if matches!(self.style, Style::CommonMark) { '\n' } else { ' ' }),
            None => self.push(html),
        }
    }

    pub(super) fn inline_html(&mut self, run: &HtmlRun<'_>) {
        if self.alternative.is_some() {
            return;
        }
        let html = match &self.style {
            Style::CommonMark => run.text.to_string(),
            Style::Page(inputs) if inputs.options.raw_html => raw::published(run, inputs),
            Style::Page(_) => raw::escaped(run),
        };
        self.sole_image.has_other |= !html.is_empty();
        self.push(&html);
    }

    pub(super) fn footnote_reference(&mut self, id: &str, range: &Range<usize>) {
        if self.alternative.is_some() {
            return;
        }
        self.sole_image.has_other = true;
        let Style::Page(inputs) = &self.style else { return };
        // A source of that id wins over a footnote; the parser said so in a finding.
        if let Some(number) = inputs.citations.number(id) {
            let uses = self.citation_uses.entry(id.to_owned()).or_insert(0);
            *uses += 1;
            push_citation(&mut self.body.html, id, number, *uses);
            return;
        }
        debug_assert!(!range.is_empty());
        let html = self.footnotes.reference(id);
        self.push(&html);
    }

    fn link(&mut self, destination: &str, title: &str, range: &Range<usize>) {
        let mut html = String::from("<a");
        match &self.style {
            Style::CommonMark => {
                html.push_str(" href=\"");
                push_href(&mut html, destination);
                html.push('"');
            }
            Style::Page(inputs) => {
                let resolved = raw::resolve(inputs, LinkKind::Link, destination, range);
                if resolved.href.is_empty() && !destination.is_empty() {
                    // An `a` that leads nowhere would still look like a link.
                    self.is_in_dead_link = true;
                    return;
                }
                html.push_str(" href=\"");
                push_href(&mut html, &resolved.href);
                html.push('"');
                match resolved.kind {
                    Target::External => html.push_str(" rel=\"noopener\""),
                    Target::Internal | Target::Asset => {}
                }
            }
        }
        push_title(&mut html, title);
        html.push('>');
        self.push(&html);
    }

    fn image(&mut self, image: Alternative, range: &Range<usize>) {
        let mut html = String::new();
        let Style::Page(inputs) = &self.style else {
            html.push_str("<img src=\"");
            push_href(&mut html, &image.destination);
            html.push_str("\" alt=\"");
            push_text(&mut html, &image.text);
            html.push('"');
            push_title(&mut html, &image.title);
            html.push_str(" />");
            self.push(&html);
            return;
        };
        let resolved = raw::resolve(inputs, LinkKind::Image, &image.destination, range);
        push_picture(&mut html, &resolved);
        html.push_str(" alt=\"");
        push_text(&mut html, &image.text);
        html.push('"');
        if let Some((width, height)) = resolved.size {
            let _ = write!(html, " width=\"{width}\" height=\"{height}\"");
        }
        html.push_str(" loading=\"lazy\" decoding=\"async\"");
        let title_start = self.body.html.len() + html.len();
        push_title(&mut html, &image.title);
        self.sole_image.n_images += 1;
        if !image.title.is_empty() {
            let attribute = title_start..self.body.html.len() + html.len();
            self.sole_image.title = Some(ImageTitle { text: image.title, attribute });
        }
        html.push('>');
        if resolved.picture.is_some() {
            html.push_str("</picture>");
        }
        self.push(&html);
    }
}

/// The start of an image, up to where it came from; inside a `picture` if it can be had in more sizes.
fn push_picture(html: &mut String, resolved: &Resolved) {
    let push_attribute = |html: &mut String, name: &str, value: &str| {
        if !value.is_empty() {
            let _ = write!(html, " {name}=\"");
            push_text(html, value);
            html.push('"');
        }
    };
    if let Some(picture) = &resolved.picture {
        html.push_str("<picture>");
        if let Some((media_type, srcset)) = &picture.other {
            let _ = write!(html, "<source type=\"{media_type}\"");
            push_attribute(html, "srcset", srcset);
            push_attribute(html, "sizes", &picture.sizes);
            html.push('>');
        }
    }
    html.push_str("<img src=\"");
    push_href(html, &resolved.href);
    html.push('"');
    if let Some(picture) = resolved.picture.as_ref().filter(|picture| !picture.own.is_empty()) {
        push_attribute(html, "srcset", &picture.own);
        push_attribute(html, "sizes", &picture.sizes);
    }
}

fn push_title(html: &mut String, title: &str) {
    if !title.is_empty() {
        html.push_str(" title=\"");
        push_text(html, title);
        html.push('"');
    }
}

fn push_citation(html: &mut String, id: &str, number: usize, use_n: usize) {
    let (source, citation) = (anchors::source(id), anchors::citation(id, use_n));
    let _ = write!(html, r##"<sup class="citation"><a href="#{source}" id="{citation}" role="doc-biblioref">[{number}]</a></sup>"##);
}
