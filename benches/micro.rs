//! How long each step takes on a real piece of this repository's publication: `cargo bench --bench micro`.
//!
//! Names say the step: read, parse, judge, highlight, render, plan, produce, write, and what an edit of one piece costs.
//! For figures that do not move with the machine's load, count instructions instead: `benches/instructions`.

use divan::{Bencher, black_box};
use sowhat::base::date::Date;
use sowhat::base::diagnostic::Diagnostic;
use sowhat::base::path::{OutputPath, SourcePath};
use sowhat::config::{self, MarkdownOptions};
use sowhat::editorial::leak::LeakGuard;
use sowhat::editorial::{self, Piece};
use sowhat::model::Kind;
use sowhat::output::plan::Planner;
use sowhat::output::registry::FORMATS;
use sowhat::parse::{self, Directive, Document, Link};
use sowhat::pipeline::{self, Options, Outcome, Session, Silent};
use sowhat::render::highlight::Highlighter;
use sowhat::render::markdown::{self, BodyInputs, DirectiveRenderer, Links, Resolved};
use sowhat::world::World;
use sowhat::world::memory::MemoryWorld;
use sowhat::world::storage::DiskStorage;
use std::sync::Arc;

const PIECE: &str = include_str!("../content/insights/exclude-somebody.md");
const CONFIG: &str = include_str!("../site.toml");
const PEOPLE: [(&str, &str); 3] = [
    ("content/people/ines-carrow.md", include_str!("../content/people/ines-carrow.md")),
    ("content/people/maud-ellery.md", include_str!("../content/people/maud-ellery.md")),
    ("content/people/tobias-adeyemi.md", include_str!("../content/people/tobias-adeyemi.md")),
];
const CODE: &str = include_str!("../src/base/fingerprint.rs");
/// How many pieces the site of the larger steps has.
const PIECES: usize = 100;

fn main() {
    divan::main();
}

fn document() -> Document {
    parse::parse(&SourcePath::new("content/insights/a.md").expect("a plain path"), PIECE.as_bytes())
}

/// The piece a hundred times over, with the people who sign it.
fn world() -> Arc<MemoryWorld> {
    let world = MemoryWorld::new([("site.toml", CONFIG)].into_iter().chain(PEOPLE));
    for idx in 0..PIECES {
        world.write(&format!("content/insights/piece-{idx}.md"), PIECE.as_bytes());
    }
    Arc::new(world)
}

fn options() -> Options {
    Options::new(Date::parse("2027-01-01").expect("a date"))
}

fn outcome() -> Outcome {
    Session::new(world(), options()).run().expect("the site can be read")
}

#[divan::bench]
fn parse_piece(bencher: Bencher<'_, '_>) {
    let path = SourcePath::new("content/insights/a.md").expect("a plain path");
    bencher.bench(|| parse::parse(&path, black_box(PIECE.as_bytes())));
}

/// Every rule on one piece.
#[divan::bench]
fn judge_piece(bencher: Bencher<'_, '_>) {
    let outcome = outcome();
    let register = pipeline::register(&outcome.site);
    let page = outcome.site.pages.iter().find(|page| page.kind == Kind::Piece).expect("the site has pieces");
    let piece = Piece { document: &page.document, kind: page.kind, state: page.state, lang: &page.lang, register: &register };
    bencher.bench(|| editorial::judge(black_box(&piece)));
}

#[divan::bench]
fn read_configuration(bencher: Bencher<'_, '_>) {
    let path = SourcePath::new("site.toml").expect("a plain path");
    bencher.bench(|| config::read(&path, black_box(CONFIG)).map(|config| config.title));
}

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

#[divan::bench]
fn render_body(bencher: Bencher<'_, '_>) {
    let (document, highlighter) = (document(), Highlighter::new());
    let text = document.text();
    let citations = markdown::number_citations(&document);
    let options = MarkdownOptions { raw_html: true, smart_punctuation: true, highlight: true };
    bencher.bench(|| {
        markdown::render(BodyInputs {
            document: black_box(&document),
            text: &text,
            options,
            lang: "en-GB",
            links: &AsWritten,
            directives: &AsWritten,
            citations: &citations,
            highlighter: &highlighter,
        })
    });
}

/// The first block of a language: grammars are loaded and their expressions compiled.
#[divan::bench]
fn highlight_cold() -> sowhat::render::highlight::Highlight {
    Highlighter::new().highlight("rust", black_box(CODE))
}

/// A block that no page has shown yet, in a language that some page has.
#[divan::bench]
fn highlight_warm(bencher: Bencher<'_, '_>) {
    let highlighter = Highlighter::new();
    highlighter.highlight("rust", CODE);
    let count = std::sync::atomic::AtomicUsize::new(0);
    let unseen = || format!("{CODE}// {}\n", count.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
    bencher.with_inputs(unseen).bench_refs(|code| highlighter.highlight("rust", code));
}

/// Everything short of bytes on a site of a hundred pieces: read, parse, assemble, judge, plan, link check.
#[divan::bench]
fn run_session(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(|| Session::new(world(), options())).bench_refs(|session| session.run().map(|outcome| outcome.counts()));
}

/// What a preview does after a save: one piece of a hundred has another body.
#[divan::bench]
fn run_after_an_edit(bencher: Bencher<'_, '_>) {
    let world = world();
    let session = std::cell::RefCell::new(Session::new(Arc::clone(&world) as Arc<dyn World>, options()));
    session.borrow_mut().run().expect("the site can be read");
    let count = std::cell::Cell::new(0);
    let save = || {
        count.set(count.get() + 1);
        world.write("content/insights/piece-50.md", format!("{PIECE}\nSaved {} times.\n", count.get()).as_bytes());
    };
    bencher.with_inputs(save).bench_local_values(|()| session.borrow_mut().run().map(|outcome| outcome.counts()));
}

/// One page from its template, its body made before.
#[divan::bench]
fn make_page(bencher: Bencher<'_, '_>) {
    let outcome = outcome();
    let path = OutputPath::new("insights/piece-50/index.html").expect("a plain path");
    bencher.bench(|| outcome.produce(black_box(&path)).expect("the page can be made"));
}

/// One page read for the text of a gated piece that it does not hold.
#[divan::bench]
fn guard_page(bencher: Bencher<'_, '_>) {
    let outcome = outcome();
    let path = OutputPath::new("insights/piece-50/index.html").expect("a plain path");
    let (bytes, _) = outcome.produce(&path).expect("the page can be made");
    let gated = parse::parse(&SourcePath::new("content/gated.md").expect("a plain path"), format!("---\n---\n\n{CODE}").as_bytes());
    let guard = LeakGuard::new(std::iter::once(&gated));
    bencher.bench(|| guard.check(&path, black_box(&bytes)));
}

#[divan::bench]
fn plan(bencher: Bencher<'_, '_>) {
    let outcome = outcome();
    bencher.bench(|| Planner::plan(black_box(&outcome.site), FORMATS));
}

/// Every output made and thrown away.
#[divan::bench]
fn produce(bencher: Bencher<'_, '_>) {
    bencher.with_inputs(outcome).bench_refs(|outcome| outcome.check(&Silent));
}

/// Every output made and written into an empty folder.
#[divan::bench(sample_count = 20)]
fn write(bencher: Bencher<'_, '_>) {
    let inputs = || (outcome(), tempfile::tempdir().expect("there is a temporary folder"));
    bencher.with_inputs(inputs).bench_refs(|(outcome, folder)| {
        let storage = DiskStorage::new(&folder.path().join("public"), std::path::Path::new("/nowhere")).expect("the folder can be written");
        outcome.publish(&storage, &Silent)
    });
}
