//! The one pass over a body's nodes that fills a [`Body`].

use super::Body;
use super::blocks::Blocks;
use super::containers::Containers;
use super::nodes::{HtmlRun, Node, Source, extensions};
use super::slips::Slips;
use super::suppressions::{Cover, Suppressions};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::base::spanned::Spanned;
use crate::parse::anchors::HeadingDraft;
use crate::parse::code::CodeInfo;
use crate::parse::raw_html::{self, Part};
use crate::parse::{BlockKind, Link, LinkKind};
use pulldown_cmark::{CodeBlockKind, CowStr, LinkType, Tag, TagEnd};
use std::ops::Range;
use std::sync::Arc;

/// Walks a body; anchors are given to headings once all of them are known.
pub fn walk(path: &SourcePath, text: &Arc<String>, range: Range<usize>) -> (Vec<HeadingDraft>, Body) {
    let source = Source::new(text, range.clone());
    let mut walk = Walk {
        path,
        text,
        body: Body::default(),
        headings: Vec::new(),
        blocks: Blocks::default(),
        containers: Containers::new(path, text),
        suppressions: Suppressions::default(),
        slips: Slips::new(path, text),
        open_links: Vec::new(),
        image_depth: 0,
        depth: 0,
        is_code: false,
        last_end: range.start,
    };
    for (node, range) in source.nodes(extensions()) {
        walk.node(node, range);
    }
    walk.finish(text, range.end)
}

struct Walk<'a> {
    path: &'a SourcePath,
    text: &'a str,
    body: Body,
    headings: Vec<HeadingDraft>,
    blocks: Blocks,
    containers: Containers<'a>,
    suppressions: Suppressions,
    slips: Slips<'a>,
    /// Indices into the body's links: at most a link and an image in it.
    open_links: Vec<usize>,
    /// How many links and images are open from an image on.
    image_depth: usize,
    /// How many Markdown blocks are open.
    depth: usize,
    is_code: bool,
    /// Where the last leaf ended: pulldown-cmark's range of a definition list reaches too far.
    last_end: usize,
}

impl<'a> Walk<'a> {
    fn node(&mut self, node: Node<'_>, range: Range<usize>) {
        match node {
            Node::Start(tag) if is_inline(&tag) => self.start_inline(tag, range),
            Node::Start(tag) => self.start_block(tag, range),
            Node::End(tag) => self.end(tag, range),
            Node::Text(text) => {
                if !self.is_code && self.image_depth == 0 {
                    self.slips.text(&range);
                }
                self.prose(&text, &range, Blocks::text);
            }
            Node::Code(code) => self.prose(&code, &range, Blocks::other),
            Node::SoftBreak | Node::HardBreak => self.prose(" ", &range, Blocks::other),
            Node::FootnoteReference(id) => {
                self.prose("", &range, |blocks, text, _, range| blocks.reference(text, range));
                self.body.citations.push(Spanned::new(id.into_string(), range));
            }
            Node::HtmlBlock(run) => {
                self.end_prose();
                self.last_end = range.end;
                self.html(&run);
                if !self.suppressions.block(&run) {
                    self.suppressions.whole(&self.trimmed(range));
                }
            }
            Node::InlineHtml(run) => {
                self.prose("", &range, Blocks::other);
                self.html(&run);
                self.suppressions.inline(&run);
            }
            Node::Marker(marker) => {
                self.end_prose();
                if let Some(directive_idx) = self.containers.marker(marker, self.depth) {
                    self.suppressions.directive(directive_idx);
                }
            }
            Node::Rule => {
                self.end_prose();
                self.suppressions.whole(&self.trimmed(range));
            }
            Node::TaskListMarker(_) => {}
        }
    }

    fn prose(&mut self, text: &str, range: &Range<usize>, add: impl Fn(&mut Blocks, &str, &str, &Range<usize>)) {
        self.last_end = self.last_end.max(range.end);
        if self.is_code {
            return;
        }
        for idx in &self.open_links {
            self.body.links[*idx].text.push_str(text);
        }
        if !self.blocks.is_open() {
            self.suppressions.begin(range.start, Cover::UntilProse);
            self.blocks.begin(self.blocks.paragraph_kind());
        }
        // An image's text alternative is no prose; in a heading it is all that an anchor can be made from.
        if self.image_depth == 0 || self.blocks.open_kind() == Some(BlockKind::Heading) {
            add(&mut self.blocks, self.text, text, range);
        }
    }

    fn end_prose(&mut self) {
        if !self.blocks.is_open() {
            return;
        }
        let kind = self.blocks.open_kind();
        let closed = self.blocks.end(self.text);
        if let (Some(BlockKind::Heading), Some(heading), Some((said, _))) = (kind, self.headings.last_mut(), &closed) {
            heading.text = (*said).to_owned();
        }
        if let (Some(kind), Some((_, range))) = (kind, &closed) {
            self.slips.prose(kind, range);
        }
        let range = closed.map_or(self.last_end..self.last_end, |(_, range)| range);
        self.suppressions.end(Cover::UntilProse, &range);
    }

    fn start_inline(&mut self, tag: Tag<'_>, range: Range<usize>) {
        self.prose("", &range, Blocks::other);
        match tag {
            Tag::Link { link_type, dest_url, .. } => {
                let is_email = link_type == LinkType::Email;
                let destination = if is_email { format!("mailto:{dest_url}") } else { dest_url.into_string() };
                self.open_link(LinkKind::Link, destination, range);
            }
            Tag::Image { dest_url, .. } => {
                self.open_link(LinkKind::Image, dest_url.into_string(), range);
            }
            _ => {}
        }
    }

    /// Links and images inside an image's text alternative are never shown.
    fn open_link(&mut self, kind: LinkKind, destination: String, range: Range<usize>) {
        if self.image_depth > 0 {
            self.image_depth += 1;
            return;
        }
        self.image_depth = usize::from(kind == LinkKind::Image);
        self.open_links.push(self.body.links.len());
        self.body.links.push(Link { kind, destination, text: String::new(), range });
    }

    fn close_link(&mut self) {
        self.image_depth = self.image_depth.saturating_sub(1);
        if self.image_depth == 0
            && let Some(idx) = self.open_links.pop()
        {
            self.body.links[idx].text.shrink_to_fit();
        }
    }

    fn start_block(&mut self, tag: Tag<'_>, range: Range<usize>) {
        self.end_prose();
        self.depth += 1;
        self.suppressions.begin(range.start, Cover::UntilDepth(self.depth));
        self.blocks.enter(&tag);
        self.slips.start(&tag, &range);
        match tag {
            Tag::Paragraph => self.blocks.begin(self.blocks.paragraph_kind()),
            Tag::TableCell => self.blocks.begin(BlockKind::Cell),
            Tag::Heading { level, id, attrs, .. } => {
                self.heading_attributes(&attrs, &range);
                let range = self.trimmed(range);
                let written_id = id.map(CowStr::into_string).filter(|id| !id.is_empty());
                self.headings.push(HeadingDraft { level: level as u8, written_id, text: String::new(), range });
                self.blocks.begin(BlockKind::Heading);
            }
            Tag::CodeBlock(kind) => {
                self.is_code = true;
                if let CodeBlockKind::Fenced(info) = kind {
                    self.body.code_languages.extend(CodeInfo::parse(&info).language);
                }
            }
            Tag::FootnoteDefinition(id) => {
                let label = range.start..(range.start + id.len() + "[^]".len()).min(range.end);
                self.body.footnotes.push(Spanned::new(id.into_string(), label));
            }
            _ => {}
        }
    }

    fn heading_attributes(&mut self, attributes: &[(CowStr<'_>, Option<CowStr<'_>>)], range: &Range<usize>) {
        for (name, _) in attributes {
            if !is_heading_attribute(name) {
                let place = Place::new(self.path, self.trimmed(range.clone()));
                let message = format!("a heading cannot carry the attribute `{name}`");
                let finding = Diagnostic::warning("heading-attribute-unknown", place, message);
                self.body.findings.push(finding.help("an id is written `{#id}`, a class `{.class}`"));
            }
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Link | TagEnd::Image => {
                self.close_link();
                self.last_end = self.last_end.max(range.end);
            }
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Subscript | TagEnd::Superscript => {}
            _ => {
                self.end_prose();
                self.slips.end(tag, &range);
                let end = if tag == TagEnd::DefinitionList { self.last_end } else { range.end };
                let range = self.trimmed(range.start..end.max(range.start));
                self.suppressions.end(Cover::UntilDepth(self.depth), &range);
                self.blocks.leave();
                self.depth -= 1;
                self.containers.leave(self.depth, range.end);
                self.is_code = false;
            }
        }
    }

    fn html(&mut self, run: &HtmlRun<'_>) {
        self.slips.html(run);
        for part in raw_html::parts(&run.text) {
            let Part::Tag(tag) = part else { continue };
            for attribute in &tag.attributes {
                if attribute.name.eq_ignore_ascii_case("id") && !attribute.value.is_empty() {
                    self.body.html_ids.push(raw_html::decode(&run.text[attribute.value.clone()]).into_owned());
                }
            }
            if self.image_depth > 0 {
                continue;
            }
            let alt = tag.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case("alt"));
            let alt = alt.map_or_else(String::new, |alt| raw_html::decode(&run.text[alt.value.clone()]).into_owned());
            for (kind, url) in raw_html::urls(&run.text, &tag) {
                let destination = raw_html::decode(&run.text[url.clone()]).into_owned();
                let text = if kind == LinkKind::Image { alt.clone() } else { String::new() };
                self.body.links.push(Link { kind, destination, text, range: run.in_file(url) });
            }
        }
    }

    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let kept = self.text.get(range.clone()).map_or(range.len(), |text| text.trim_end().len());
        range.start..range.start + kept
    }

    fn finish(mut self, text: &Arc<String>, end: usize) -> (Vec<HeadingDraft>, Body) {
        self.end_prose();
        self.containers.finish(end);
        let mut body = self.body;
        let directives = self.containers.directives;
        let whole = |idx: usize| {
            let directive = &directives[idx];
            let content_end = directive.content.as_ref().map_or(directive.open.end, |content| content.end);
            directive.open.start..directive.close.as_ref().map_or(content_end, |close| close.end)
        };
        body.suppressions = self.suppressions.finish(whole);
        body.directives = directives;
        body.findings.extend(self.containers.findings);
        body.findings.extend(self.slips.finish());
        body.citations.append(&mut self.blocks.citations);
        body.citations.sort_by_key(|citation| citation.range.start);
        body.blocks = self.blocks.finish(text);
        body.blocks.sort_by_key(|block| block.range.start);
        body.code_languages.sort();
        body.code_languages.dedup();
        body.code_languages.shrink_to_fit();
        body.links.shrink_to_fit();
        body.citations.shrink_to_fit();
        body.footnotes.shrink_to_fit();
        (self.headings, body)
    }
}

/// The attributes that a heading may carry besides its id and classes.
pub fn is_heading_attribute(name: &str) -> bool {
    matches!(name, "lang" | "dir" | "title" | "translate") || name.starts_with("data-") || name.starts_with("aria-")
}

/// True for spans; all other tags are blocks.
pub fn is_inline(tag: &Tag<'_>) -> bool {
    match tag {
        Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Superscript | Tag::Subscript | Tag::Link { .. } | Tag::Image { .. } => true,
        Tag::Paragraph
        | Tag::Heading { .. }
        | Tag::BlockQuote(_)
        | Tag::CodeBlock(_)
        | Tag::HtmlBlock
        | Tag::List(_)
        | Tag::Item
        | Tag::FootnoteDefinition(_)
        | Tag::DefinitionList
        | Tag::DefinitionListTitle
        | Tag::DefinitionListDefinition
        | Tag::Table(_)
        | Tag::TableHead
        | Tag::TableRow
        | Tag::TableCell
        | Tag::MetadataBlock(_) => false,
    }
}
