//! No eight words in a row of a gated body stand anywhere in the output: looked for in every output that the
//! plan holds, whatever formats there are, by other means than the guard's.

use crate::fixture::{Made, make, options, rich_site};
use proptest::prelude::*;
use sowhat::pipeline::{Session, Silent};
use sowhat::report::Format;
use std::sync::Arc;

/// The run that is a leak, as the contract has it.
const RUN: usize = 8;

/// How the words of a gated body are put down: each way hides them from a reader of lines, not of pages.
const SHAPES: &[&str] = &[
    "{words}.",
    "## {words}",
    "> {words}",
    "- {words}",
    "*{words}*",
    "[{words}](one.md)",
    "![{words}](two/chart.svg)",
    "| {words} | b |\n|---|---|\n| {words} | c |",
    "<div title=\"{words}\">{words}</div>",
    "```text\n{words}\n```",
    "Cited.[^note]\n\n[^note]: {words}",
    "Term\n: {words}",
    ":::callout{title=\"Note\"}\n{words}\n:::",
    "<!-- {words} -->",
];

/// Where other pages get hold of a gated piece.
const HEADERS: &[&str] =
    &["", "series: { id: pricing, part: 3 }\n", "topics: [pricing, claims]\n", "related: [one.md]\n", "lang: de\n", "weight: -5\n"];

fn gated(header: &str, body: &str) -> String {
    let (front, _) = crate::fixture::FOUR.split_once("---\n\n").unwrap();
    format!("{front}{header}---\n\n{body}\n")
}

/// Words that nothing else in the site has.
fn words(seed: u32, n_words: usize) -> Vec<String> {
    (0..n_words).map(|n| format!("zq{seed}w{n}")).collect()
}

/// Whether a run of the words stands in the bytes, between whatever else: tags, quotes, escapes.
fn holds_a_run(bytes: &[u8], words: &[String]) -> bool {
    let text = String::from_utf8_lossy(bytes).to_lowercase();
    let ours: Vec<&str> = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| part.starts_with("zq")).collect();
    words.windows(RUN).any(|run| ours.windows(RUN).any(|part| part.iter().eq(run.iter())))
}

#[track_caller]
fn holds_none(made: &Made, words: &[String]) {
    for (path, bytes) in &made.outputs {
        let Ok(bytes) = bytes else { panic!("{path}: {bytes:?}") };
        assert!(!holds_a_run(bytes, words), "{path} holds words of a gated body: {}", String::from_utf8_lossy(bytes));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_output_holds_a_run_of_a_gated_body(
        shapes in prop::collection::vec(prop::sample::select(SHAPES), 1..5),
        header in prop::sample::select(HEADERS),
        seed in 0_u32..1000,
    ) {
        let words = words(seed, 40);
        let body = shapes.iter().map(|shape| shape.replace("{words}", &words.join(" "))).collect::<Vec<_>>().join("\n\n");
        let world = rich_site();
        // With a topic of its own in the header, the one of the fixture goes.
        let text = gated(header, &body).replacen("topics: [claims]\n", if header.starts_with("topics") { "" } else { "topics: [claims]\n" }, 1);
        world.write("content/essays/four.md", text.as_bytes());
        let made = make(Arc::new(world));
        prop_assert!(made.text("essays/four/index.html").contains("Ask for the abstract"), "{}", made.findings);
        holds_none(&made, &words);
    }
}

#[test]
fn every_shape_in_one_gated_body_stays_in_it() {
    let words = words(7, 40);
    let body =
        SHAPES.iter().map(|shape| shape.replace("{words}", &words.join(" ")).replace("[^note]", "[^n1]")).collect::<Vec<_>>().join("\n\n");
    let world = rich_site();
    world.write("content/essays/four.md", gated("", &body).as_bytes());
    // An open piece whose body is the same would show that the search finds what is there.
    let open = rich_site();
    open.write("content/essays/four.md", gated("", &body).replace("gate: {", "extra: {").as_bytes());
    holds_none(&make(Arc::new(world)), &words);
    let made = make(Arc::new(open));
    let holding: Vec<&String> =
        made.outputs.iter().filter(|(_, bytes)| holds_a_run(bytes.as_ref().unwrap(), &words)).map(|(path, _)| path).collect();
    for expected in ["essays/four/index.html", "essays/four/index.md", "atom.xml", "rss.xml", "feed.json"] {
        assert!(holding.iter().any(|path| *path == expected), "{expected} is not among {holding:?}");
    }
}

#[test]
fn a_gated_body_pasted_into_an_open_page_is_found() {
    let words = words(9, 40);
    let world = rich_site();
    world.write("content/essays/four.md", gated("", &words.join(" ")).as_bytes());
    world.write("content/pasted.md", format!("---\ntitle: Pasted\nkind: page\n---\n\n{}\n", words.join(" ")).as_bytes());
    let mut outcome = Session::new(Arc::new(world), options()).run().unwrap();
    outcome.check(&Silent).unwrap();
    let found = crate::fixture::report(&outcome.findings().to_vec(), &outcome.sources, Format::Text);
    assert!(found.contains("gate-body-leak") && found.contains("pasted/index.html"), "{found}");
}

/// A gated piece with what stands beside it, and a draft.
const BESIDE: &[(&str, &str)] = &[
    ("content/essays/closed/fees.csv", "Region,Fees\nNorth,12\n"),
    ("content/essays/closed/shared.csv", "Region,Fees\nNorth,12\n"),
    ("content/essays/closed/report.pdf", "%PDF"),
    ("content/essays/closed/cover.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"2\"/>"),
    ("content/essays/loose.csv", "Region,Fees\nNorth,12\n"),
    ("content/essays/nobody.csv", "Region,Fees\nNorth,12\n"),
    ("content/essays/planned/index.md", "---\ntitle: Planned\ndraft: true\n---\n\n:::chart{title=\"T\" src=\"figures.csv\"}\n:::\n"),
    ("content/essays/planned/figures.csv", "Region,Fees\nNorth,twelve\nSouth\n"),
    ("content/essays/open.md", "---\ntitle: Open\nkind: page\n---\n\n[The data](/essays/closed/shared.csv)\n"),
];

const CHARTS: &str = ":::chart{title=\"Fees\" src=\"fees.csv\"}\n:::\n\n:::table{title=\"Fees\" src=\"../loose.csv\"}\n:::\n\n\
                      [All of it](report.pdf) and [more](shared.csv)";

#[test]
fn what_only_closed_pages_name_is_not_copied() {
    let world = rich_site();
    world.write("content/essays/closed/index.md", gated("image: cover.svg\nimage_alt: Two bars\n", CHARTS).as_bytes());
    for (path, text) in BESIDE {
        world.write(path, text.as_bytes());
    }
    let made = make(Arc::new(world));
    let copied: Vec<&str> = made.outputs.keys().map(String::as_str).filter(|path| path.contains("essays/")).collect();
    let holds = |name: &str| copied.iter().any(|path| path.rsplit('/').next().is_some_and(|file| file.starts_with(name)));
    for (name, is_published) in
        [("fees", false), ("loose", false), ("report", false), ("figures", false), ("shared", true), ("cover", true), ("nobody", true)]
    {
        assert_eq!(holds(name), is_published, "{name}: {copied:?}");
    }
    // The gated page's own links are no faults: with its body, they are written nowhere.
    assert!(!made.findings.contains("asset-missing") && !made.findings.contains("link-broken"), "{}", made.findings);
}

#[test]
fn the_data_of_a_draft_is_checked_and_closes_nothing() {
    let world = rich_site();
    for (path, text) in BESIDE {
        world.write(path, text.as_bytes());
    }
    let mut outcome = Session::new(Arc::new(world), options()).run().unwrap();
    let gate = outcome.gate();
    outcome.check(&Silent).unwrap();
    let found: Vec<_> = outcome.findings().iter().filter(|finding| finding.rule == "data-malformed").cloned().collect();
    let [finding] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(finding.place.path.as_str(), "content/essays/planned/index.md");
    assert_eq!(outcome.gate(), gate);
}

#[test]
fn the_data_of_a_gated_chart_is_checked() {
    let world = rich_site();
    world.write("content/essays/four.md", gated("", ":::chart{title=\"Fees\" src=\"gone.csv\"}\n:::").as_bytes());
    let made = make(Arc::new(world));
    assert!(made.findings.contains("data-missing"), "{}", made.findings);
}
