//! Two promises that only the whole pipeline can break: every place is the author's, and an edit of a
//! body touches no page but its own.

use crate::fixture::{make, rich_site};
use proptest::prelude::*;
use sowhat::base::path::SourcePath;
use sowhat::parse::parse;
use std::sync::Arc;

/// Pieces of Markdown that shift, hide or multiply what stands after them.
const PARTS: &[&str] = &[
    "Plain words.",
    "Wörter 価格 🙂 e\u{301}.",
    "[a link](target.md)",
    "![an *image*](target.png \"title\")",
    "<a href=\"x\">raw</a> [a link](target.md)",
    "Cited.[^source] And again.[^source]",
    "## A heading\n",
    "> quoted [a link](target.md)\n> more",
    "- item [a link](target.md)\n  - deeper.[^source]",
    "| a | [a link](target.md) |\n|---|---|\n| `[no](link.md)` | c.[^source] |",
    ":::callout{title=\"Ü — [no](link.md)\"}\nWithin [a link](target.md).[^source]\n:::",
    "::::case{title=\"x\"}\n:::callout\n[a link](target.md)\n:::\n::::",
    "```\n:::callout\n[no](link.md)\n```",
    "`:::callout` and \\[no](link.md)",
    "<!-- [no](link.md) -->",
    "<!-- allow: some-rule because it is so -->",
    "[ref]\n\n[ref]: target.md",
    "\t    indented [no](link.md)",
    "Term\n: Definition [a link](target.md)",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_place_is_the_authors(
        parts in prop::collection::vec(prop::sample::select(PARTS), 0..12),
        newline in prop::sample::select(&["\n", "\r\n"][..]),
        start in prop::sample::select(&["", "\u{feff}", "\n"][..]),
    ) {
        let text = format!("{start}---\ntitle: Ünter 🙂\nsources: {{ source: {{ title: S }} }}\n---\n\n{}\n", parts.join("\n\n")).replace('\n', newline);
        let document = parse(&SourcePath::new("content/x.md").unwrap(), text.as_bytes());
        prop_assert_eq!(&**document.text(), text.as_str());
        for link in &document.links {
            let written = &text[link.range.clone()];
            let is_whole = written.starts_with(['[', '!']) && (written.contains(&*link.destination) || written == "[ref]");
            prop_assert!(is_whole || written == link.destination, "{written:?} {:?}", link.destination);
            prop_assert!(link.destination != "link.md", "this is no link: {written:?}");
        }
        for citation in &document.citations {
            prop_assert_eq!(&text[citation.range.clone()], format!("[^{}]", citation.value));
        }
        for heading in &document.headings {
            prop_assert!(text[heading.range.clone()].starts_with("## "), "{:?}", &text[heading.range.clone()]);
        }
        for directive in &document.directives {
            prop_assert_eq!(&text[directive.name.range.clone()], directive.name.value.as_str());
            for (_, value) in &directive.params {
                prop_assert!(text[value.range.clone()].contains(&*value.value), "{:?}", &text[value.range.clone()]);
            }
        }
        for finding in &document.findings {
            prop_assert!(text.get(finding.place.start..finding.place.end).is_some(), "{finding:?}");
        }
    }
}

#[test]
fn a_body_that_changes_changes_no_other_page() {
    let world = Arc::new(rich_site());
    let before = make(Arc::clone(&world) as Arc<dyn sowhat::world::World>);
    let three = "content/essays/2026-03-04-three.md";
    let text = crate::fixture::THREE.replace("Count what renews.", "Measure what renews.");
    world.write(three, text.as_bytes());
    let after = make(world);
    let changed: Vec<&str> =
        after.outputs.iter().filter(|(path, made)| before.outputs.get(*path) != Some(made)).map(|(path, _)| path.as_str()).collect();
    // Feeds carry the whole text.
    let is_feed = |path: &str| ["atom.xml", "rss.xml", "feed.json"].iter().any(|feed| path.ends_with(feed));
    let others: Vec<&str> = changed.iter().copied().filter(|path| !is_feed(path) && !path.starts_with("essays/three/")).collect();
    assert!(changed.contains(&"essays/three/index.html") && others.is_empty(), "{others:?}");
    assert_eq!(before.outputs.len(), after.outputs.len());
}
