//! `index.md` beside each piece: the same substance as the page, in Markdown that stands on its own.
//!
//! The twin of a gated piece holds its abstract and nothing of its body.

use crate::base::diagnostic::Diagnostic;
use crate::config::strings::Words;
use crate::model::{Frame, Kind, Page, Site};
use crate::output::markdown::{escape_inline, escape_url, standalone_body};
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop, brief};
use crate::parse::front_matter::{GateEntry, Source};

/// See the module.
pub struct MarkdownTwin;

const FILE_NAME: &str = "index.md";

impl Output for MarkdownTwin {
    fn name(&self) -> &'static str {
        "markdown-twin"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        let has_twin = |page: &&std::sync::Arc<crate::model::Face>| page.kind == Kind::Piece && frame.config.markdown_twins;
        for page in frame.faces.iter().filter(has_twin) {
            planner.add_beside(&page.url, FILE_NAME, Subject::Page(page.id), &page.source);
        }
    }

    fn produce(&self, subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        let Subject::Page(page) = subject else { unreachable!("twins plan only pages") };
        Ok(Produced::Bytes(write(workshop.site, workshop.site.page(*page)).into_bytes()))
    }
}

fn write(site: &Site, page: &Page) -> String {
    let words = site.strings.of(&page.lang);
    let mut blocks = vec![format!("# {}", escape_inline(&page.title))];
    blocks.extend(brief::audience(words, page).map(|audience| format!("*{}*", escape_inline(&audience))));
    blocks.push(byline(site, page));
    let so_what = page.summary.so_what.as_ref();
    blocks.extend(so_what.map(|so_what| format!("**{}** {}", words.get("so_what_question"), escape_inline(so_what))));
    blocks.extend(guidance(words, page));
    match page.document.front.gate.as_ref() {
        Some(gate) => blocks.extend(gated(site, page, &gate.value)),
        None => {
            blocks.push(standalone_body(site, page));
            blocks.extend(sources(words, page));
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks.join("\n\n") + "\n"
}

/// `By Jane Doe · 2 November 2026 · <https://…>`.
fn byline(site: &Site, page: &Page) -> String {
    let (summary, words) = (&page.summary, site.strings.of(&page.lang));
    let names: Vec<String> = summary.authors.iter().map(|byline| escape_inline(&byline.name)).collect();
    let mut parts = Vec::new();
    if !names.is_empty() {
        parts.push(words.fill("by_names", &[("names", &names.join(", "))]));
    }
    parts.extend(summary.date.map(|date| date.iso_day()));
    parts.extend(summary.updated.map(|date| words.fill("updated_on", &[("date", &date.iso_day())])));
    parts.push(format!("<{}>", site.config.base_url.absolute(page.url.as_str())));
    parts.join(" · ")
}

fn guidance(words: &Words, page: &Page) -> Option<String> {
    let items = brief::guidance(words, &page.document);
    let mut block = format!("## {}\n", words.get("what_to_do"));
    for (idx, (deed, pins)) in items.iter().enumerate() {
        let marker = format!("{}. ", idx + 1);
        block.push_str(&format!("\n{marker}**{}**", escape_inline(deed)));
        for (label, pin) in pins {
            block.push_str(&format!("\n{}- {label}: {}", " ".repeat(marker.len()), escape_inline(pin)));
        }
    }
    (!items.is_empty()).then_some(block)
}

fn gated(site: &Site, page: &Page, gate: &GateEntry) -> Vec<String> {
    let mut blocks: Vec<String> = brief::text(&gate.summary).map(escape_inline).into_iter().collect();
    let form = brief::text(&gate.form_url).and_then(|form_url| brief::absolute(site, page, form_url));
    blocks.extend(form.map(|form| format!("[{}]({})", escape_inline(site.strings.of(&page.lang).get("gated_link")), escape_url(&form))));
    blocks
}

/// Cited sources as the footnotes that the body's citations point at, all others as a list.
fn sources(words: &Words, page: &Page) -> Option<String> {
    let cited = brief::cited_sources(&page.document);
    let uncited = brief::uncited_sources(&page.document);
    let notes = cited.iter().map(|source| format!("[^{}]: {}", source.id.value, source_text(words, source)));
    let items = uncited.iter().map(|source| format!("- {}", source_text(words, source)));
    let lines: Vec<String> = notes.chain(items).collect();
    (!lines.is_empty()).then(|| format!("## {}\n\n{}", words.get("sources"), lines.join("\n")))
}

fn source_text(words: &Words, source: &Source) -> String {
    let title = escape_inline(brief::source_title(source));
    let title = match brief::text(&source.url) {
        Some(url) => format!("[{title}]({})", escape_url(url)),
        None => title,
    };
    let details = escape_inline(&brief::source_details(words, source));
    if details.is_empty() { title } else { format!("{title}. {details}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{edit_document, field, gate, piece, site, slot};
    use crate::parse::front_matter::Access;

    fn rich_piece() -> Page {
        let mut page = piece("content/insights/a.md", "Price *it*", "2026-11-02", "As they say.[^b]");
        edit_document(&mut page, |document| {
            document.citations = vec![slot("b"), slot("b"), slot("footnote")];
            let source = |id: &str| Source { id: slot(id), title: Some(slot(id)), ..Source::default() };
            let cited = Source {
                publisher: Some(slot("Edelman")),
                date: Some(slot("2024-03")),
                url: Some(slot("https://example.org/(a)")),
                sample: Some(slot("3500")),
                access: Some(crate::base::spanned::Spanned::new(Access::Registration, 0..0)),
                ..source("b")
            };
            document.front.sources = Some(field(vec![source("a"), cited]));
        });
        page
    }

    #[test]
    fn holds_the_substance_of_the_page() {
        let site = site("https://example.com/", vec![rich_piece()]);
        let expected = "\
# Price \\*it\\*

By Jane \\<Doe> · 2026-11-02 · <https://example.com/insights/a/>

**So what?** Hours are the wrong unit.

## What to do

1. **Re-quote your three largest renewals**
   - Who: CFO

As they say.[^b]

## Sources

[^b]: [b](https://example.org/%28a%29). Edelman, 2024-03; sample 3500; Registration needed
- a
";
        assert_eq!(write(&site, &site.pages[0]), expected);
    }

    #[test]
    fn a_gated_twin_holds_the_abstract_alone() {
        let mut page = rich_piece();
        gate(&mut page, "/form/", "The abstract");
        let site = site("https://example.com/", vec![page]);
        let text = write(&site, &site.pages[0]);
        for (part, held) in [("As they say", false), ("Edelman", false), ("The abstract", true), ("(https://example.com/form/)", true)] {
            assert_eq!(text.contains(part), held, "{part}: {text}");
        }
    }
}
