//! Nodes to HTML: the state of one rendering, and which part writes what. Blocks are in `blocks`, what
//! stands in lines in `spans`.

use super::footnotes::Footnotes;
use super::spans::{Alternative, SoleImage};
use super::typography::Quotes;
use super::words::Words;
use super::{Body, BodyInputs};
use crate::parse::code::CodeInfo;
use crate::parse::directive::{Marker, MarkerKind};
use crate::parse::markdown::is_inline;
use crate::parse::markdown::nodes::{HtmlRun, Node};
use crate::render::html::push_text;
use pulldown_cmark::{Alignment, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;

/// How the HTML is to look.
pub enum Style<'a> {
    /// As the CommonMark specification prints it.
    CommonMark,
    /// As a page of the site carries it.
    Page(Box<BodyInputs<'a>>),
}

/// Writes one body.
pub struct Writer<'a> {
    pub(super) style: Style<'a>,
    pub(super) words: &'static Words,
    pub(super) body: Body,
    /// HTML that waits while a directive or footnote around the current place is gathered.
    outer: Vec<String>,
    /// How many Markdown blocks are open.
    depth: usize,
    directives: Vec<OpenDirective>,
    /// Where each directive of the document closes, and its index.
    closings: BTreeMap<usize, usize>,
    pub(super) footnotes: Footnotes,
    /// The ids of the footnote definitions that are open.
    pub(super) definitions: Vec<String>,
    /// How often each source was cited so far.
    pub(super) citation_uses: BTreeMap<String, usize>,
    pub(super) quotes: Quotes,
    pub(super) alternative: Option<Alternative>,
    pub(super) sole_image: SoleImage,
    pub(super) code: Option<CodeBlock>,
    pub(super) table: Table,
    pub(super) n_headings: usize,
    pub(super) is_heading: bool,
    /// True inside a link that leads nowhere and is shown as its text.
    pub(super) is_in_dead_link: bool,
}

struct OpenDirective {
    directive_idx: usize,
    depth: usize,
}

/// A code block that is being gathered.
pub struct CodeBlock {
    pub info: CodeInfo,
    pub text: String,
    pub range: Range<usize>,
}

/// The table that is being written.
#[derive(Default)]
pub struct Table {
    pub alignments: Vec<Alignment>,
    pub cell_idx: usize,
    pub is_head: bool,
    pub has_body: bool,
    /// Where the content of the current cell begins.
    pub cell_start: (usize, usize),
    /// How many tables there were so far.
    pub count: usize,
}

impl<'a> Writer<'a> {
    /// Starts an empty body.
    pub fn new(style: Style<'a>) -> Self {
        let (lang, footnotes, closings) = match &style {
            Style::CommonMark => ("en", Footnotes::default(), BTreeMap::new()),
            Style::Page(inputs) => {
                let directives = inputs.document.directives.iter().enumerate();
                let closings = directives.filter_map(|(idx, directive)| Some((directive.close.as_ref()?.start, idx)));
                (inputs.lang, Footnotes::new(&inputs.document.footnotes), closings.collect())
            }
        };
        Self {
            words: Words::of(lang),
            quotes: Quotes::of(lang),
            style,
            body: Body::default(),
            outer: Vec::new(),
            depth: 0,
            directives: Vec::new(),
            closings,
            footnotes,
            definitions: Vec::new(),
            citation_uses: BTreeMap::new(),
            alternative: None,
            sole_image: SoleImage::default(),
            code: None,
            table: Table::default(),
            n_headings: 0,
            is_heading: false,
            is_in_dead_link: false,
        }
    }

    /// Writes a node.
    pub fn node(&mut self, node: Node<'_>, range: Range<usize>) {
        match node {
            Node::Start(tag) if is_inline(&tag) => self.start_span(tag, &range),
            Node::Start(tag) => {
                self.depth += 1;
                self.start_block(tag, range);
            }
            Node::End(tag) => match tag {
                TagEnd::Link | TagEnd::Image => self.end_span(tag, &range),
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Subscript | TagEnd::Superscript => {
                    self.end_span(tag, &range)
                }
                _ => {
                    self.depth -= 1;
                    self.close_directives(|open, depth| open.depth > depth);
                    self.end_block(tag);
                }
            },
            Node::Text(text) => self.text(&text, &range),
            Node::Code(code) => self.code_span(&code),
            Node::SoftBreak => self.line_break("\n"),
            Node::HardBreak => self.line_break(if self.is_page() { "<br>\n" } else { "<br />\n" }),
            Node::Rule => {
                self.fresh_line();
                self.push(if self.is_page() { "<hr>\n" } else { "<hr />\n" });
            }
            Node::HtmlBlock(run) => self.html_block(&run),
            Node::InlineHtml(run) => self.inline_html(&run),
            Node::Marker(marker) => self.marker(marker),
            Node::FootnoteReference(id) => self.footnote_reference(&id, &range),
            Node::TaskListMarker(is_done) => self.task(is_done),
        }
    }

    /// Writes what comes at the end, and hands over the body.
    pub fn finish(mut self) -> Body {
        self.close_directives(|_, _| true);
        let notes = self.footnotes.section(self.words);
        if !notes.is_empty() {
            self.fresh_line();
            self.push(&notes);
        }
        self.body
    }

    pub(super) fn is_page(&self) -> bool {
        match self.style {
            Style::CommonMark => false,
            Style::Page(_) => true,
        }
    }

    pub(super) fn push(&mut self, html: &str) {
        self.body.html.push_str(html);
    }

    pub(super) fn push_text(&mut self, text: &str) {
        push_text(&mut self.body.html, text);
    }

    pub(super) fn fresh_line(&mut self) {
        if !self.body.html.is_empty() && !self.body.html.ends_with('\n') {
            self.body.html.push('\n');
        }
    }

    /// From here on HTML is gathered for something that is placed later.
    pub(super) fn begin_inner(&mut self) {
        self.outer.push(std::mem::take(&mut self.body.html));
    }

    /// What was gathered since the last `begin_inner`.
    pub(super) fn end_inner(&mut self) -> String {
        let outer = self.outer.pop().expect("each inner part is begun before it ends");
        std::mem::replace(&mut self.body.html, outer)
    }

    fn html_block(&mut self, run: &HtmlRun<'_>) {
        let html = match &self.style {
            Style::CommonMark => run.text.to_string(),
            Style::Page(inputs) if inputs.options.raw_html => super::raw::published(run, inputs),
            Style::Page(_) => {
                let text = super::raw::escaped(run);
                if text.trim().is_empty() { String::new() } else { format!("<p>{}</p>\n", text.trim()) }
            }
        };
        if !html.trim().is_empty() {
            self.fresh_line();
            self.push(&html);
        }
    }

    fn marker(&mut self, marker: &Marker) {
        let Style::Page(inputs) = &self.style else { return };
        let directives = &inputs.document.directives;
        match marker.kind {
            MarkerKind::Close => {
                if let Some(directive_idx) = self.closings.get(&marker.range.start).copied()
                    && self.directives.iter().any(|open| open.directive_idx == directive_idx)
                {
                    self.close_directives(|open, _| open.directive_idx > directive_idx);
                    self.close_directives(|open, _| open.directive_idx == directive_idx);
                }
            }
            MarkerKind::Open | MarkerKind::Leaf => {
                // Those nested too deep are no directives, and a finding.
                let Ok(directive_idx) = directives.binary_search_by_key(&marker.range.start, |directive| directive.open.start) else {
                    return;
                };
                match marker.kind {
                    MarkerKind::Leaf => self.directive(directive_idx, ""),
                    MarkerKind::Open | MarkerKind::Close => {
                        self.directives.push(OpenDirective { directive_idx, depth: self.depth });
                        self.begin_inner();
                    }
                }
            }
        }
    }

    fn close_directives(&mut self, ends: impl Fn(&OpenDirective, usize) -> bool) {
        let depth = self.depth;
        while let Some(open) = self.directives.pop_if(|open| ends(open, depth)) {
            let content = self.end_inner();
            self.directive(open.directive_idx, &content);
        }
    }

    /// A directive that cannot be rendered leaves its content in the page, and findings.
    fn directive(&mut self, directive_idx: usize, content: &str) {
        let Style::Page(inputs) = &self.style else { return };
        let rendered = inputs.directives.render(&inputs.document.directives[directive_idx], content);
        self.fresh_line();
        match rendered {
            Ok(html) => self.push(&html),
            Err(findings) => {
                self.body.findings.extend(findings);
                self.push(content);
            }
        }
        self.fresh_line();
    }
}
