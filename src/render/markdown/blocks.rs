//! Blocks to HTML: paragraphs, headings, lists, quotes, tables, code.

use super::TocEntry;
use super::words::alert_class;
use super::writer::{CodeBlock, Style, Writer};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::text::floor_char_boundary;
use crate::parse::code::CodeInfo;
use crate::parse::markdown::is_heading_attribute;
use crate::render::highlight::Highlight;
use crate::render::html::{escaped, push_text};
use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, HeadingLevel, Tag, TagEnd};
use std::fmt::Write;
use std::ops::Range;

impl Writer<'_> {
    pub(super) fn start_block(&mut self, tag: Tag<'_>, range: Range<usize>) {
        self.quotes.begin_block();
        match tag {
            Tag::Paragraph => {
                self.fresh_line();
                self.sole_image.begin(self.body.html.len());
                self.push("<p>");
            }
            Tag::Heading { level, classes, attrs, .. } => self.start_heading(level, &classes, &attrs),
            Tag::BlockQuote(None) => self.open_lines("<blockquote>\n"),
            Tag::BlockQuote(Some(kind)) => {
                let (class, title) = (alert_class(kind), self.words.alert(kind));
                self.open_lines(&format!("<div class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"));
            }
            Tag::CodeBlock(kind) => self.start_code(kind, range),
            Tag::List(None) => self.open_lines("<ul>\n"),
            Tag::List(Some(1)) => self.open_lines("<ol>\n"),
            Tag::List(Some(start)) => self.open_lines(&format!("<ol start=\"{start}\">\n")),
            Tag::Item => self.open_lines("<li>"),
            Tag::DefinitionList => self.open_lines("<dl>\n"),
            Tag::DefinitionListTitle => self.open_lines("<dt>"),
            Tag::DefinitionListDefinition => self.open_lines("<dd>"),
            Tag::FootnoteDefinition(id) => {
                self.definitions.push(id.into_string());
                self.begin_inner();
            }
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => {
                self.table.is_head = true;
                self.table.cell_idx = 0;
                self.push("<thead>\n<tr>");
            }
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(),
            Tag::HtmlBlock
            | Tag::MetadataBlock(_)
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::Link { .. }
            | Tag::Image { .. } => {}
        }
    }

    pub(super) fn end_block(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.end_paragraph(),
            TagEnd::Heading(level) => {
                self.is_heading = false;
                self.push(&format!("</{level}>\n"));
            }
            TagEnd::BlockQuote(None) => self.open_lines("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.open_lines("</div>\n"),
            TagEnd::CodeBlock => self.end_code(),
            TagEnd::List(true) => self.push("</ol>\n"),
            TagEnd::List(false) => self.push("</ul>\n"),
            TagEnd::Item => self.push("</li>\n"),
            TagEnd::DefinitionList => self.push("</dl>\n"),
            TagEnd::DefinitionListTitle => self.push("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.push("</dd>\n"),
            TagEnd::FootnoteDefinition => {
                let html = self.end_inner();
                if let Some(id) = self.definitions.pop() {
                    self.footnotes.define(&id, html);
                }
            }
            TagEnd::Table => self.end_table(),
            TagEnd::TableHead => {
                self.table.is_head = false;
                self.push("</tr>\n</thead>\n");
            }
            TagEnd::TableRow => self.push("</tr>\n"),
            TagEnd::TableCell => self.end_cell(),
            TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_)
            | TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image => {}
        }
    }

    fn open_lines(&mut self, html: &str) {
        self.fresh_line();
        self.push(html);
    }

    /// An image with a title that is alone in its paragraph becomes a figure with a caption.
    fn end_paragraph(&mut self) {
        let Some((start, title)) = self.sole_image.take_figure().filter(|_| self.is_page()) else {
            self.push("</p>\n");
            return;
        };
        let html = &mut self.body.html;
        html.replace_range(title.attribute, "");
        html.replace_range(start..start + "<p>".len(), "<figure>");
        html.push_str("<figcaption>");
        push_text(html, &title.text);
        html.push_str("</figcaption></figure>\n");
    }

    fn start_heading(&mut self, level: HeadingLevel, classes: &[CowStr<'_>], attributes: &[(CowStr<'_>, Option<CowStr<'_>>)]) {
        self.fresh_line();
        let mut html = format!("<{level}");
        if let Style::Page(inputs) = &self.style {
            let id = inputs.document.headings.get(self.n_headings).map_or("", |heading| &heading.id);
            self.n_headings += 1;
            self.is_heading = true;
            push_attribute(&mut html, "id", id);
            if !classes.is_empty() {
                push_attribute(&mut html, "class", &classes.join(" "));
            }
            for (name, value) in attributes.iter().filter(|(name, _)| is_heading_attribute(name)) {
                push_attribute(&mut html, name, value.as_deref().unwrap_or_default());
            }
            self.body.toc.push(TocEntry { level: level as u8, id: id.to_owned(), text: String::new() });
        }
        html.push('>');
        self.push(&html);
    }

    pub(super) fn task(&mut self, is_done: bool) {
        let (checked, label) = if is_done { (" checked", self.words.done) } else { ("", self.words.to_do) };
        self.push(&format!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "));
    }

    fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.table.alignments = alignments;
        self.table.has_body = false;
        self.table.count += 1;
        // A wide table scrolls in its own region, which the keyboard must be able to reach.
        let label = format!("{} {}", self.words.table, self.table.count);
        self.open_lines(&format!("<section class=\"table-scroll\" aria-label=\"{label}\" tabindex=\"0\">\n<table>\n"));
    }

    fn end_table(&mut self) {
        let end = if self.table.has_body { "</tbody>\n</table>\n</section>\n" } else { "</table>\n</section>\n" };
        self.push(end);
    }

    fn start_row(&mut self) {
        self.table.cell_idx = 0;
        if !self.table.has_body {
            self.table.has_body = true;
            self.push("<tbody>\n");
        }
        self.push("<tr>");
    }

    fn start_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.cell_idx) {
            Some(Alignment::Left) => " class=\"align-left\"",
            Some(Alignment::Center) => " class=\"align-center\"",
            Some(Alignment::Right) => " class=\"align-right\"",
            Some(Alignment::None) | None => "",
        };
        let start = self.body.html.len();
        let tag = if self.table.is_head { "<th scope=\"col\"" } else { "<td" };
        self.push(&format!("{tag}{class}>"));
        self.table.cell_start = (start, self.body.html.len());
    }

    fn end_cell(&mut self) {
        self.table.cell_idx += 1;
        let (start, content) = self.table.cell_start;
        if !self.table.is_head {
            self.push("</td>");
        } else if self.body.html.len() == content {
            // A header cell without a text names nothing.
            self.body.html.truncate(start);
            self.push("<td></td>");
        } else {
            self.push("</th>");
        }
    }

    fn start_code(&mut self, kind: CodeBlockKind<'_>, range: Range<usize>) {
        let info = match (&self.style, kind) {
            (_, CodeBlockKind::Indented) => CodeInfo::default(),
            (Style::Page(_), CodeBlockKind::Fenced(info)) => CodeInfo::parse(&info),
            (Style::CommonMark, CodeBlockKind::Fenced(info)) => {
                let language = info.split(' ').next().filter(|word| !word.is_empty()).map(str::to_owned);
                CodeInfo { language, ..CodeInfo::default() }
            }
        };
        self.code = Some(CodeBlock { info, text: String::new(), range });
    }

    fn end_code(&mut self) {
        let Some(code) = self.code.take() else { return };
        self.fresh_line();
        let html = match &self.style {
            Style::CommonMark => format!("<pre>{}{}</code></pre>\n", code_tag(&code.info), escaped(&code.text)),
            Style::Page(_) => self.page_code(&code),
        };
        self.push(&html);
    }

    fn page_code(&mut self, code: &CodeBlock) -> String {
        self.body.has_code = true;
        let mut content = self.coloured(code);
        if code.info.line_numbers {
            content = content.split_inclusive('\n').fold(String::new(), |mut lines, line| {
                let _ = write!(
                    lines,
                    "<span class=\"line\">{}</span>{}",
                    line.trim_end_matches('\n'),
                    if line.ends_with('\n') { "\n" } else { "" }
                );
                lines
            });
        }
        // Long lines scroll, and the keyboard must be able to scroll them.
        let block = format!("<pre tabindex=\"0\">{}{content}</code></pre>\n", code_tag(&code.info));
        match &code.info.title {
            Some(title) => format!("<figure class=\"code\">\n<figcaption>{}</figcaption>\n{block}</figure>\n", escaped(title)),
            None => block,
        }
    }

    fn coloured(&mut self, code: &CodeBlock) -> String {
        let (Style::Page(inputs), Some(language)) = (&self.style, &code.info.language) else {
            return escaped(&code.text);
        };
        if !inputs.options.highlight {
            return escaped(&code.text);
        }
        match inputs.highlighter.highlight(language, &code.text) {
            Highlight::Coloured(html) => html.to_string(),
            Highlight::Plain => escaped(&code.text),
            Highlight::UnknownLanguage => {
                let text = inputs.text;
                let start = floor_char_boundary(text, code.range.start);
                let fence = text[start..].lines().next().unwrap_or_default().trim_end();
                let place = Place::new(&inputs.document.path, start..start + fence.len());
                let message = format!("no highlighting is known for the code language `{language}`");
                let help = inputs.highlighter.suggest(language);
                let help = help.unwrap_or_else(|| "write `text` for code that needs no colours".to_owned());
                self.body.findings.push(Diagnostic::warning("code-language-unknown", place, message).help(help));
                escaped(&code.text)
            }
        }
    }
}

fn code_tag(info: &CodeInfo) -> String {
    let mut html = String::from("<code");
    let class = info.language.as_ref().map(|language| format!("language-{language}"));
    let numbered = info.line_numbers.then(|| "linenos".to_owned());
    let classes: Vec<String> = class.into_iter().chain(numbered).collect();
    if !classes.is_empty() {
        push_attribute(&mut html, "class", &classes.join(" "));
    }
    html.push('>');
    html
}

fn push_attribute(html: &mut String, name: &str, value: &str) {
    let _ = write!(html, " {name}=\"");
    push_text(html, value);
    html.push('"');
}
