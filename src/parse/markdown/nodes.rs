//! A body as a stream of Markdown nodes with places in the author's file: what `parse` and `render` read.
//!
//! The stream is pulldown-cmark's, over the masked body, with three things done: offsets are those of the
//! file, masks become [`Node::Marker`] where they stand as blocks of their own and the author's text where
//! they stand in code or raw HTML, and the lines of an HTML block come as one run.

use crate::parse::directive::{self, Marker};
use pulldown_cmark::{CowStr, Event, OffsetIter, Options, Parser, Tag, TagEnd};
use std::borrow::Cow;
use std::ops::Range;

/// The extensions that every body is read with, so that a document depends on its file alone.
pub fn extensions() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// A body with its directive markers found and masked.
#[derive(Debug)]
pub struct Source<'a> {
    /// The whole file.
    pub text: &'a str,
    body: Range<usize>,
    masked: Cow<'a, str>,
    markers: Vec<Marker>,
}

/// One node of a body.
#[derive(Debug)]
pub enum Node<'a> {
    /// A block or span begins; never an HTML block.
    Start(Tag<'a>),
    /// It ends.
    End(TagEnd),
    /// Text.
    Text(CowStr<'a>),
    /// A code span.
    Code(CowStr<'a>),
    /// An HTML block, whole.
    HtmlBlock(HtmlRun<'a>),
    /// One tag or comment inside a paragraph.
    InlineHtml(HtmlRun<'a>),
    /// The marker line of a directive.
    Marker(&'a Marker),
    /// `[^id]`, defined as a footnote in the body.
    FootnoteReference(CowStr<'a>),
    /// A line end inside a paragraph.
    SoftBreak,
    /// A line break that the author asked for.
    HardBreak,
    /// A thematic break.
    Rule,
    /// `[x]` or `[ ]` of a task list.
    TaskListMarker(bool),
}

impl<'a> Source<'a> {
    /// Finds and masks the markers of a body, which is a range of a file's text.
    pub fn new(text: &'a str, body: Range<usize>) -> Self {
        let markers = directive::markers(text, body.clone());
        let masked = directive::mask(text, body.clone(), &markers);
        Self { text, body, masked, markers }
    }

    /// A text that is Markdown and nothing else: no directives.
    pub fn plain(text: &'a str) -> Self {
        Self { text, body: 0..text.len(), masked: Cow::Borrowed(text), markers: Vec::new() }
    }

    /// Reads the body.
    pub fn nodes(&self, options: Options) -> Nodes<'_> {
        Nodes { source: self, events: Parser::new_ext(&self.masked, options).into_offset_iter() }
    }

    /// The first marker that ends after `offset`.
    fn marker_after(&self, offset: usize) -> usize {
        self.markers.partition_point(|marker| marker.range.end <= offset)
    }

    fn is_masked(&self, range: &Range<usize>) -> bool {
        self.markers.get(self.marker_after(range.start)).is_some_and(|marker| marker.range.start < range.end)
    }

    /// A piece of text with its masks taken off: a mask cut in two gives its text to the first piece.
    fn unmasked(&self, piece: &str, range: &Range<usize>) -> String {
        let mut text = String::with_capacity(piece.len());
        let mut at = range.start;
        for marker in &self.markers[self.marker_after(range.start)..] {
            if marker.range.start >= range.end {
                break;
            }
            if marker.range.start >= range.start {
                text.push_str(piece.get(at - range.start..marker.range.start - range.start).unwrap_or_default());
                text.push_str(&self.text[marker.range.clone()]);
            }
            at = marker.range.end.min(range.end);
        }
        text.push_str(piece.get(at - range.start..).unwrap_or_default());
        text
    }
}

/// The nodes of a body in order, each with its bytes in the file.
#[derive(Debug)]
pub struct Nodes<'a> {
    source: &'a Source<'a>,
    events: OffsetIter<'a>,
}

impl<'a> Iterator for Nodes<'a> {
    type Item = (Node<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let (event, range) = self.events.next()?;
        let range = self.in_file(range);
        let node = match event {
            Event::Start(Tag::HtmlBlock) => return Some(self.html_block(range)),
            Event::Html(html) => Node::HtmlBlock(HtmlRun::one(self.source.text, self.restored(html, &range), &range)),
            Event::InlineHtml(html) => self.inline_html(html, &range),
            Event::Start(tag) => Node::Start(tag),
            Event::End(tag) => Node::End(tag),
            Event::Text(text) => Node::Text(self.restored(text, &range)),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => Node::Code(self.restored_code(text, &range)),
            Event::FootnoteReference(id) => Node::FootnoteReference(id),
            Event::SoftBreak => Node::SoftBreak,
            Event::HardBreak => Node::HardBreak,
            Event::Rule => Node::Rule,
            Event::TaskListMarker(is_done) => Node::TaskListMarker(is_done),
        };
        Some((node, range))
    }
}

impl<'a> Nodes<'a> {
    fn in_file(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source.body.start;
        start + range.start..start + range.end
    }

    fn restored(&self, piece: CowStr<'a>, range: &Range<usize>) -> CowStr<'a> {
        if piece.len() != range.len() || !self.source.is_masked(range) {
            return piece;
        }
        self.source.unmasked(&piece, range).into()
    }

    /// A code span that runs over a marker line has its line ends made spaces, so the mask is looked for.
    fn restored_code(&self, piece: CowStr<'a>, range: &Range<usize>) -> CowStr<'a> {
        if !self.source.is_masked(range) {
            return piece;
        }
        let (mut text, mut rest) = (String::with_capacity(piece.len()), &*piece);
        for marker in &self.source.markers[self.source.marker_after(range.start)..] {
            let start = self.source.body.start;
            let mask = &self.source.masked[marker.range.start - start..marker.range.end - start];
            let Some(at) = rest.find(mask).filter(|_| marker.range.start < range.end) else { break };
            text.push_str(&rest[..at]);
            text.push_str(&self.source.text[marker.range.clone()]);
            rest = &rest[at + mask.len()..];
        }
        text.push_str(rest);
        text.into()
    }

    fn inline_html(&self, html: CowStr<'a>, range: &Range<usize>) -> Node<'a> {
        let marker = self.source.markers.get(self.source.marker_after(range.start));
        match marker {
            // An indented line that goes on with a paragraph: its mask is read as HTML, its text is prose.
            Some(marker) if marker.range.start <= range.start && range.end <= marker.range.end => {
                Node::Text(self.source.text[marker.range.clone()].into())
            }
            Some(_) | None => Node::InlineHtml(HtmlRun::one(self.source.text, self.restored(html, range), range)),
        }
    }

    fn html_block(&mut self, block: Range<usize>) -> (Node<'a>, Range<usize>) {
        let mut run = HtmlRun::empty(block.clone());
        while let Some((event, range)) = self.events.next() {
            let range = self.source.body.start + range.start..self.source.body.start + range.end;
            match event {
                Event::End(TagEnd::HtmlBlock) => break,
                Event::Html(html) | Event::Text(html) => {
                    let marker = self.source.markers.get(self.source.marker_after(range.start));
                    match marker.filter(|marker| marker.range.start < range.end) {
                        // Only a mask can begin a block at the place of a mask, and it ends on its line.
                        Some(marker) if run.text.trim().is_empty() && self.leads(marker, &range) => {
                            while self.events.next().is_some_and(|(event, _)| event != Event::End(TagEnd::HtmlBlock)) {}
                            return (Node::Marker(marker), marker.range.clone());
                        }
                        Some(_) => {
                            let text = if html.len() == range.len() { self.source.unmasked(&html, &range) } else { html.to_string() };
                            run.push(self.source.text, &text, range);
                        }
                        None => run.push(self.source.text, &html, range),
                    }
                }
                // Nothing else stands in an HTML block.
                _ => {}
            }
        }
        (Node::HtmlBlock(run), block)
    }

    fn leads(&self, marker: &Marker, range: &Range<usize>) -> bool {
        let before = self.source.text.get(range.start..marker.range.start);
        before.is_some_and(|before| before.trim().is_empty())
    }
}

/// Raw HTML gathered from one or several lines, which knows where its bytes stand in the file.
#[derive(Debug, Clone)]
pub struct HtmlRun<'a> {
    /// The HTML, without the quote signs and indentation of the blocks around it.
    pub text: Cow<'a, str>,
    /// The bytes of the file it was read from.
    pub range: Range<usize>,
    /// Offsets in `text` and in the file that go together; none where they do not run in step.
    segments: Vec<(usize, usize)>,
}

impl<'a> HtmlRun<'a> {
    fn empty(range: Range<usize>) -> Self {
        Self { text: Cow::Borrowed(""), range, segments: Vec::new() }
    }

    fn one(file: &str, html: CowStr<'a>, range: &Range<usize>) -> Self {
        let in_step = file.get(range.clone()) == Some(&*html);
        let segments = if in_step { vec![(0, range.start)] } else { Vec::new() };
        Self { text: html.into_string().into(), range: range.clone(), segments }
    }

    fn push(&mut self, file: &str, html: &str, range: Range<usize>) {
        let in_step = file.get(range.clone()) == Some(html);
        if in_step {
            self.segments.push((self.text.len(), range.start));
        }
        self.text.to_mut().push_str(html);
    }

    /// The bytes of the file for bytes of the run; the whole run where that is not known.
    pub fn in_file(&self, range: Range<usize>) -> Range<usize> {
        if range.is_empty() {
            return self.range.clone();
        }
        match (self.offset(range.start), self.offset(range.end - 1)) {
            (Some(start), Some(last)) => start..last + 1,
            (_, _) => self.range.clone(),
        }
    }

    fn offset(&self, at: usize) -> Option<usize> {
        let idx = self.segments.partition_point(|(segment, _)| *segment <= at).checked_sub(1)?;
        let (segment, start) = self.segments[idx];
        Some(start + at - segment)
    }
}
