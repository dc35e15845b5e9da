//! What an earlier process read and found in a page holds for that very file, and for nothing else.

use crate::fixture::{options, report, rich_site};
use sowhat::base::date::Date;
use sowhat::base::path::SourcePath;
use sowhat::parse::{Document, parse};
use sowhat::pipeline::{Options, Outcome, Session};
use sowhat::report::Format;
use sowhat::world::World;
use sowhat::world::cache::{Cache, MemoryCache};
use sowhat::world::memory::MemoryWorld;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

const PAGE: &str = "content/essays/vague.md";
const VAGUE: &str = "---\ntitle: A vague piece\ndate: 2026-10-02\nauthors: [ada]\naudience: everyone\nso_what: It matters.\n---\n\nStay tuned for my next post.\n";

/// What the rule on guidance says of it, and as many other letters.
const SAID: (&str, &str) = ("tells the reader nothing to do", "bears a mark that nobody wrote");

fn run(world: &Arc<MemoryWorld>, cache: &Arc<MemoryCache>, options: Options) -> Outcome {
    let world = Arc::clone(world) as Arc<dyn World>;
    Session::with_cache(world, Arc::clone(cache) as Arc<dyn Cache>, options).run().unwrap()
}

/// What one process finds, as JSON.
fn found(world: &Arc<MemoryWorld>, cache: &Arc<MemoryCache>, options: Options) -> String {
    let outcome = run(world, cache, options);
    report(&outcome.findings().to_vec(), &outcome.sources, Format::Json)
}

/// Changes all that is written down.
fn rewrite(cache: &MemoryCache, change: impl Fn(&[u8]) -> Vec<u8>) {
    for key in (0..64).map(|number| format!("pages2-{number}")) {
        if let Some(bytes) = cache.get(&key) {
            cache.put(&key, &change(&bytes));
        }
    }
}

/// Puts other letters for some, wherever they are written down; they must be as many.
fn forge(cache: &MemoryCache, (from, to): (&str, &str)) {
    assert_eq!(from.len(), to.len());
    let n_forged = std::cell::Cell::new(0);
    rewrite(cache, |bytes| {
        let mut bytes = bytes.to_vec();
        while let Some(at) = bytes.windows(from.len()).position(|window| window == from.as_bytes()) {
            bytes[at..at + to.len()].copy_from_slice(to.as_bytes());
            n_forged.set(n_forged.get() + 1);
        }
        bytes
    });
    assert!(n_forged.get() > 0, "{from} is written down nowhere");
}

fn site() -> (Arc<MemoryWorld>, Arc<MemoryCache>) {
    let world = rich_site();
    world.write(PAGE, VAGUE.as_bytes());
    (Arc::new(world), Arc::default())
}

#[test]
fn a_page_that_stands_as_it_stood_is_not_judged_again() {
    let (world, cache) = site();
    let first = found(&world, &cache, options());
    assert!(first.contains(SAID.0) && first.contains("promise-unkept"), "{first}");
    assert_eq!(found(&world, &cache, options()), first);
    forge(&cache, SAID);
    assert!(found(&world, &cache, options()).contains(SAID.1), "what was written down is what counts");
    // The same bytes, written again: another file for all that anybody knows.
    world.write(PAGE, VAGUE.as_bytes());
    assert_eq!(found(&world, &cache, options()), first);
}

#[test]
fn a_page_that_stands_as_it_stood_is_not_read_again() {
    let (world, cache) = site();
    run(&world, &cache, options());
    forge(&cache, ("A vague piece", "A forged piece".split_at(13).0));
    let titles = |outcome: &Outcome| outcome.site.pages.iter().map(|page| page.title.clone()).collect::<Vec<_>>();
    assert!(titles(&run(&world, &cache, options())).contains(&"A forged piec".to_owned()));
    world.write(PAGE, VAGUE.as_bytes());
    assert!(titles(&run(&world, &cache, options())).contains(&"A vague piece".to_owned()));
}

#[test]
fn another_program_another_day_and_another_language_are_no_same() {
    let (world, cache) = site();
    let day = |text| Options { today: Date::parse(text).unwrap(), ..options() };
    let clean = |options| found(&world, &Arc::default(), options);
    found(&world, &cache, options());
    for (options, counts) in [
        (Options { program: "another".to_owned(), ..options() }, false),
        (day("2026-11-23"), false),
        // The hour is no other day.
        (day("2026-11-22T09:30"), true),
    ] {
        found(&world, &cache, day("2026-11-22"));
        forge(&cache, SAID);
        assert_eq!(found(&world, &cache, options.clone()) != clean(options.clone()), counts, "{options:?}");
        rewrite(&cache, |_| Vec::new());
    }
    found(&world, &cache, options());
    forge(&cache, SAID);
    let config = String::from_utf8(world.read(&options().config).unwrap().unwrap()).unwrap();
    world.write("site.toml", config.replace("en-GB", "de").as_bytes());
    assert_eq!(found(&world, &cache, options()), clean(options()));
}

#[test]
fn what_cannot_have_been_written_is_nothing() {
    let (world, cache) = site();
    let first = found(&world, &cache, options());
    for (from, to) in
        [("guidance-missing", "guidance-unknown"), ("content/essays/", "content/../../e"), ("content/essays/", "content/nobody/")]
    {
        forge(&cache, (from, to));
        assert_eq!(found(&world, &cache, options()), first, "{to}");
    }
    for kept in [0, 1, 3, 9, 40, 200, 1000] {
        rewrite(&cache, |bytes| bytes[..kept.min(bytes.len())].to_vec());
        assert_eq!(found(&world, &cache, options()), first, "{kept} bytes");
    }
    rewrite(&cache, |bytes| vec![0xff; bytes.len()]);
    assert_eq!(found(&world, &cache, options()), first);
}

#[test]
fn a_document_comes_back_from_its_bytes_whole() {
    let mut n_documents = 0;
    for folder in ["content", "tests/sites", "src/cli/starter"] {
        for file in markdown_below(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)) {
            let path = SourcePath::new("content/page.md").unwrap();
            let document = parse(&path, &fs::read(&file).unwrap());
            if !document.findings.is_empty() {
                continue;
            }
            let bytes = postcard::to_stdvec(&document).unwrap();
            let back: Document = postcard::from_bytes(&bytes).unwrap();
            let back = back.read_back(&path, document.text.clone(), document.fingerprint);
            assert_eq!(back.blocks(), document.blocks(), "{}", file.display());
            assert_eq!(format!("{back:?}"), format!("{document:?}"), "{}", file.display());
            n_documents += 1;
        }
    }
    assert!(n_documents > 100, "{n_documents}");
}

fn markdown_below(folder: PathBuf) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: PathBuf| if path.is_dir() { markdown_below(path) } else { vec![path] };
    entries.flat_map(below).filter(|path| path.extension().is_some_and(|extension| extension == "md")).collect()
}
