//! Any body, directives included: read and rendered without a panic, every place the author's, and no
//! address that a browser would run.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sowhat::base::diagnostic::Diagnostic;
use sowhat::base::path::SourcePath;
use sowhat::config::MarkdownOptions;
use sowhat::parse::{self, Directive, Document, Link};
use sowhat::render::highlight::Highlighter;
use sowhat::render::markdown::{self, BodyInputs, DirectiveRenderer, Links, Resolved};
use std::sync::LazyLock;

static HIGHLIGHTER: LazyLock<Highlighter> = LazyLock::new(Highlighter::new);

struct AsWritten;

impl Links for AsWritten {
    fn resolve(&self, link: &Link) -> Resolved {
        Resolved::as_written(&link.destination)
    }
}

impl DirectiveRenderer for AsWritten {
    fn render(&self, _: &Directive, content_html: &str) -> Result<String, Vec<Diagnostic>> {
        Ok(content_html.to_owned())
    }
}

fuzz_target!(|body: &str| {
    let text = format!("---\ntitle: Any\nsources: {{ source: {{ title: A source }} }}\n---\n\n{body}");
    let document = parse::parse(&SourcePath::new("content/piece.md").expect("a plain path"), text.as_bytes());
    check_places(&document);
    // Colouring costs a hundred times what all else does, and is syntect's: it has tests of its own.
    let options = MarkdownOptions { raw_html: body.len() % 2 == 0, smart_punctuation: true, highlight: false };
    let rendered = markdown::render(BodyInputs {
        document: &document,
        text: &document.text(),
        options,
        lang: "en-GB",
        links: &AsWritten,
        directives: &AsWritten,
        citations: &markdown::number_citations(&document),
        highlighter: &HIGHLIGHTER,
    });
    if !options.raw_html {
        assert!(!rendered.html.contains("<script"), "{}", rendered.html);
    }
    markdown::absolutize(&rendered.html, "https://example.org/piece/");
});

fn check_places(document: &Document) {
    let text = document.text();
    let is_place = |range: std::ops::Range<usize>| text.get(range).is_some();
    assert!(document.findings.iter().all(|finding| is_place(finding.place.start..finding.place.end)), "findings");
    assert!(document.headings.iter().all(|heading| is_place(heading.range.clone())), "headings");
    assert!(document.links.iter().all(|link| is_place(link.range.clone())), "links");
    assert!(document.blocks().iter().all(|block| is_place(block.range.clone())), "blocks");
    assert!(document.suppressions.iter().all(|allowed| is_place(allowed.covers.clone())), "suppressions");
    for directive in &document.directives {
        assert_eq!(text[directive.name.range.clone()], *directive.name.value);
        let parts = [Some(directive.open.clone()), directive.content.clone(), directive.close.clone()];
        assert!(parts.into_iter().flatten().all(is_place), "{directive:?}");
    }
    for citation in &document.citations {
        assert!(is_place(citation.range.clone()), "{citation:?}");
    }
}
