//! `llms.txt`: what is on the site and where its Markdown stands, for language models
//! (<https://llmstxt.org>).

use crate::base::diagnostic::Diagnostic;
use crate::model::{Face, Frame, Kind, PageId, State, Taxonomy};
use crate::output::feed::one_line;
use crate::output::markdown::{escape_inline, escape_url};
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Texts, Workshop};
use std::collections::BTreeMap;

/// See the module.
pub struct Llms;

const FILE_NAME: &str = "llms.txt";

impl Output for Llms {
    fn name(&self) -> &'static str {
        "llms"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        if !super::is_own_file(frame, FILE_NAME) {
            planner.add_root(FILE_NAME, Subject::Single);
        }
    }

    fn texts(&self, _: &Subject) -> Texts {
        Texts::None
    }

    fn produce(&self, _subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        Ok(Produced::Bytes(write(workshop.site).into_bytes()))
    }
}

fn write(frame: &Frame) -> String {
    let config = &frame.config;
    let mut text = format!("# {}\n", escape_inline(&config.title));
    if !config.description.trim().is_empty() {
        text.push_str(&format!("\n> {}\n", escape_inline(&config.description)));
    }
    let mut by_section: BTreeMap<Option<&str>, Vec<String>> = BTreeMap::new();
    let mut titles: BTreeMap<&str, &str> = BTreeMap::new();
    for page in frame.listed.iter().map(|id| frame.face(*id)).filter(|page| page.state == State::Live) {
        let section = section_of(frame, page);
        titles.extend(section.map(|section| (section.url.as_str(), section.title.as_str())));
        by_section.entry(section.map(|section| section.url.as_str())).or_default().push(piece_line(frame, page));
    }
    for (section, lines) in &by_section {
        let title = section.and_then(|url| titles.get(url)).unwrap_or(&"Pieces");
        push_section(&mut text, title, lines);
    }
    push_section(&mut text, "Audiences", &audience_lines(frame));
    push_section(&mut text, "People", &page_lines(frame, Kind::Person));
    push_section(&mut text, "Pages", &page_lines(frame, Kind::Page));
    text
}

/// The innermost section above a piece; `None` for one that stands at the root.
fn section_of<'a>(frame: &'a Frame, page: &Face) -> Option<&'a Face> {
    let innermost: Option<&PageId> = page.ancestors.last();
    innermost.map(|id| frame.face(*id)).filter(|section| !frame.is_home(section))
}

fn piece_line(frame: &Frame, page: &Face) -> String {
    let summary = &page.summary;
    let about = summary.so_what.as_ref().or(summary.description.as_ref());
    if page.is_gated() {
        let about = about.map_or_else(|| "(gated: abstract only)".to_owned(), |about| format!("{about} (gated: abstract only)"));
        return line(frame, &page.title, page.url.as_str(), Some(&about));
    }
    let name = if frame.config.markdown_twins { "index.md" } else { "" };
    line(frame, &page.title, &format!("{}{name}", page.url), about.map(String::as_str))
}

fn audience_lines(frame: &Frame) -> Vec<String> {
    let terms = frame.terms.iter().filter(|term| term.taxonomy == Taxonomy::Audience && !term.pieces.is_empty());
    terms.map(|term| line(frame, &term.title, term.url.as_str(), term.description.as_deref())).collect()
}

fn page_lines(frame: &Frame, kind: Kind) -> Vec<String> {
    let pages = frame.faces.iter().filter(|page| page.kind == kind && page.state == State::Live && !page.summary.unlisted);
    let about = |page: &Face| page.summary.description.clone().or_else(|| page.summary.role.clone());
    pages.map(|page| line(frame, &page.title, page.url.as_str(), about(page).as_deref())).collect()
}

fn line(frame: &Frame, title: &str, path: &str, about: Option<&str>) -> String {
    let about = about.filter(|about| !about.trim().is_empty()).map(|about| format!(": {}", one_line(about)));
    let url = escape_url(&frame.config.base_url.absolute(path));
    format!("- [{}]({url}){}\n", escape_inline(title), about.unwrap_or_default())
}

fn push_section(text: &mut String, title: &str, lines: &[String]) {
    if !lines.is_empty() {
        text.push_str(&format!("\n## {}\n\n{}", escape_inline(title), lines.concat()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{edit_summary, gate, page, piece, site, term};

    #[test]
    fn lists_twins_by_section_and_gated_pieces_by_their_page() {
        let mut gated = piece("content/insights/b.md", "Gated", "2026-11-02", "SECRET");
        gate(&mut gated, "https://forms.example.org/", "The abstract");
        let mut open = piece("content/insights/a (1).md", "Open [now]\nor never", "2026-11-03", "");
        let mut draft = piece("content/draft.md", "Draft", "2026-11-03", "");
        draft.state = State::Draft;
        for page in [&mut gated, &mut open] {
            page.ancestors = vec![PageId(3), PageId(4)];
        }
        let mut about = page("content/about.md", Kind::Page, "About", "");
        edit_summary(&mut about, |summary| summary.description = Some("Who we are".to_owned()));
        let sections = ["content/_index.md", "content/insights/_index.md"].map(|path| page(path, Kind::Section, "Insights", ""));
        let mut site = site("https://example.com/base", [vec![open, gated, draft], sections.into(), vec![about]].concat());
        site.terms =
            std::sync::Arc::new(vec![term(Taxonomy::Audience, "cfo", vec![PageId(0)]), term(Taxonomy::Audience, "nobody", Vec::new())]);
        let expected = "\
# Sowhat & Sons

> Worth reading

## Insights

- [Open \\[now\\] or never](https://example.com/base/insights/a%20%281%29/index.md): Hours are the wrong unit.
- [Gated](https://example.com/base/insights/b/): Hours are the wrong unit. (gated: abstract only)

## Audiences

- [cfo](https://example.com/base/audiences/cfo/)

## Pages

- [About](https://example.com/base/about/): Who we are
";
        assert_eq!(write(&site), expected);
    }
}
