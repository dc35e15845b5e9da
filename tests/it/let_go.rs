//! Pages that leave the memory once they are judged come back as they were; one that has changed meanwhile is found,
//! and nothing is published.

use crate::fixture::{make_all, options, report, rich_site};
use sowhat::pipeline::{Options, Outcome, Session, Silent};
use sowhat::report::Format;
use sowhat::world::World;
use sowhat::world::cache::{Cache, MemoryCache};
use sowhat::world::memory::MemoryWorld;
use sowhat::world::storage::DiskStorage;
use std::fs;
use std::path::Path;
use std::sync::Arc;
use tempfile::TempDir;

const PAGE: &str = "content/essays/one.md";
const GATED: &str = "content/essays/four.md";

/// What needs the prose of all pages once they are judged: then none leaves the memory before that is made.
#[derive(Debug, Clone, Copy)]
enum Needs {
    /// A gated page, and the search.
    Everything,
    Search,
    Nothing,
}

fn site(needs: Needs) -> MemoryWorld {
    let world = rich_site();
    if !matches!(needs, Needs::Everything) {
        world.remove(GATED);
        let one = String::from_utf8(read(&world, PAGE)).unwrap();
        world.write(PAGE, one.replace("[a link](four.md)", "a link").as_bytes());
    }
    if matches!(needs, Needs::Nothing) {
        let theme = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/peers/sowhat/themes/plain");
        copy(&world, &theme, "themes/plain");
        let config = String::from_utf8(read(&world, "site.toml")).unwrap();
        world.write("site.toml", format!("theme = \"plain\"\n{config}").as_bytes());
    }
    world
}

fn copy(world: &MemoryWorld, folder: &Path, name: &str) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{name}/{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            copy(world, &path, &name);
        } else {
            world.write(&name, &fs::read(&path).unwrap());
        }
    }
}

fn read(world: &MemoryWorld, path: &str) -> Vec<u8> {
    world.read(&sowhat::base::path::SourcePath::new(path).unwrap()).unwrap().unwrap()
}

fn run(world: &Arc<MemoryWorld>, cache: &Arc<MemoryCache>, lets_go: bool) -> Outcome {
    let world = Arc::clone(world) as Arc<dyn World>;
    Session::with_cache(world, Arc::clone(cache) as Arc<dyn Cache>, Options { lets_go, ..options() }).run().unwrap()
}

#[test]
fn pages_that_were_let_go_of_are_made_as_others_are() {
    for needs in [Needs::Everything, Needs::Search, Needs::Nothing] {
        let (world, cache) = (Arc::new(site(needs)), Arc::default());
        for edit in ["", "\nOne more paragraph, with a [link](nowhere.md).\n"] {
            let text = [read(&world, PAGE), edit.as_bytes().to_vec()].concat();
            world.write(PAGE, &text);
            // The second time with what the first has written down.
            for _ in 0..2 {
                let kept = make_all(&run(&world, &Arc::default(), false));
                let mut outcome = run(&world, &cache, true);
                assert_eq!(make_all(&outcome), kept, "{needs:?}");
                outcome.check(&Silent).unwrap();
                // Let go of by now in any case.
                assert_eq!(make_all(&outcome), kept, "{needs:?}");
            }
        }
    }
}

/// What somebody does to the site.
type Change = fn(&MemoryWorld);

const CHANGES: [(&str, Change); 4] = [
    ("longer", |world| world.write(PAGE, &b"---\ntitle: Another\n---\n".repeat(200))),
    ("as long", |world| world.write(PAGE, &read(world, PAGE).to_ascii_uppercase())),
    ("no text", |world| world.write(PAGE, b"\xff\xfe")),
    ("gone", |world| world.remove(PAGE)),
];

#[test]
fn a_page_that_changes_under_way_is_found_and_nothing_is_published() {
    for needs in [Needs::Search, Needs::Nothing] {
        for is_second in [false, true] {
            for (name, change) in CHANGES {
                let (world, cache) = (Arc::new(site(needs)), Arc::default());
                if is_second {
                    run(&world, &cache, true);
                }
                let mut outcome = run(&world, &cache, true);
                if matches!(needs, Needs::Search) {
                    // The search is made with the prose as it was judged.
                    outcome.check(&Silent).unwrap();
                }
                change(&world);
                let root = TempDir::new().unwrap();
                let public = root.path().join("public");
                let storage = DiskStorage::new(&public, &root.path().canonicalize().unwrap()).unwrap();
                assert_eq!(outcome.publish(&storage, &Silent).unwrap(), None, "{needs:?} {name}");
                assert!(!public.exists(), "{needs:?} {name}");
                let found = report(&outcome.findings().to_vec(), &outcome.sources, Format::Text);
                assert!(found.contains("cannot read `content/essays/one.md`: it changed while the site was being made"), "{found}");
            }
        }
    }
}
