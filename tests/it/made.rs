//! A build that leaves what an earlier one made gives what a first build gives, whatever was edited in between.

use crate::fixture::{make_all, options, rich_site};
use crate::incremental::{EDITS, Edit, apply};
use proptest::prelude::*;
use sowhat::pipeline::{Options, Published, Session, Silent};
use sowhat::report::Format;
use sowhat::world::World;
use sowhat::world::cache::{Cache, MemoryCache};
use sowhat::world::memory::MemoryWorld;
use sowhat::world::storage::DiskStorage;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// A site that is built again and again, each time by a new process.
struct Builds {
    world: Arc<MemoryWorld>,
    cache: Arc<MemoryCache>,
    root: TempDir,
}

impl Builds {
    fn new() -> Self {
        let root = TempDir::new().unwrap();
        // A site's folder on the disk has room for the spare.
        fs::create_dir(root.path().join("site")).unwrap();
        Self { world: Arc::new(rich_site()), cache: Arc::default(), root }
    }

    fn public(&self) -> PathBuf {
        self.root.path().join("public")
    }

    /// Builds, and compares what stands there and what was found with a session that knows nothing; `None` if the
    /// gate is closed or the site cannot be read.
    fn build(&self, options: Options) -> Option<Published> {
        let world = || Arc::clone(&self.world) as Arc<dyn World>;
        let cache = Arc::clone(&self.cache) as Arc<dyn Cache>;
        let mut outcome = Session::with_cache(world(), cache, Options { lets_go: true, ..options.clone() }).run().ok()?;
        let mut clean = Session::new(world(), options).run().expect("what can be read once can be read again");
        let storage = DiskStorage::new(&self.public(), &self.root.path().canonicalize().unwrap().join("site")).unwrap();
        let published = outcome.publish(&storage, &Silent).unwrap();
        let expected = make_all(&clean).outputs;
        clean.check(&Silent).unwrap();
        let found =
            |outcome: &sowhat::pipeline::Outcome| crate::fixture::report(&outcome.findings().to_vec(), &outcome.sources, Format::Json);
        assert_eq!(found(&outcome), found(&clean));
        published.inspect(|_| {
            let expected: BTreeMap<String, Vec<u8>> = expected.into_iter().map(|(path, made)| (path, made.unwrap())).collect();
            let mut stands = BTreeMap::new();
            collect(&self.public(), "", &mut stands);
            stands.remove(".sowhat-manifest");
            let differs = |path: &&String| stands.get(*path) != expected.get(*path);
            let all: Vec<&String> = stands.keys().chain(expected.keys()).filter(differs).collect();
            assert!(all.is_empty(), "{all:?}");
        })
    }

    fn file(&self, path: &str) -> PathBuf {
        self.public().join(path)
    }

    /// Puts other bytes into an output without a trace in its stamp: only a build that makes it anew will tell.
    fn forge(&self, path: &str) {
        let file = self.file(path);
        let modified = fs::metadata(&file).unwrap().modified().unwrap();
        let forged: Vec<u8> = fs::read(&file).unwrap().iter().map(u8::to_ascii_uppercase).collect();
        fs::write(&file, forged).unwrap();
        fs::File::options().write(true).open(&file).unwrap().set_modified(modified).unwrap();
    }

    fn is_forged(&self, path: &str) -> bool {
        fs::read(self.file(path)).unwrap().iter().all(|byte| !byte.is_ascii_lowercase())
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.file_type().unwrap().is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else {
            files.insert(path, fs::read(entry.path()).unwrap());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_later_build_is_clean(edits in prop::collection::vec(prop::sample::select(EDITS.iter().collect::<Vec<_>>()), 1..6)) {
        let builds = Builds::new();
        builds.build(options());
        for edit in edits {
            apply(&builds.world, edit);
            builds.build(options());
        }
    }
}

#[test]
fn only_what_an_edit_touches_is_made_again() {
    let builds = Builds::new();
    let first = builds.build(options()).expect("the site is sound");
    assert!(first.unchanged == 0 && first.written > 40, "{first:?}");
    let (edited, other, feed) = ("essays/one/index.html", "people/ben/index.html", "essays/atom.xml");
    [edited, other, feed].iter().for_each(|path| builds.forge(path));
    assert!([edited, other, feed].iter().all(|path| builds.is_forged(path)));
    let world = Arc::clone(&builds.world) as Arc<dyn World>;
    let again = |program: &str| {
        let options = Options { program: program.to_owned(), ..options() };
        let cache = Arc::clone(&builds.cache) as Arc<dyn Cache>;
        let mut outcome = Session::with_cache(Arc::clone(&world), cache, options).run().unwrap();
        let storage = DiskStorage::new(&builds.public(), &builds.root.path().canonicalize().unwrap().join("site")).unwrap();
        outcome.publish(&storage, &Silent).unwrap().unwrap()
    };
    assert_eq!(again(&options().program).written, 0);
    assert!([edited, other, feed].iter().all(|path| builds.is_forged(path)), "nothing was made again");
    apply(&builds.world, &Edit::Append("content/essays/one.md", "\nOne more paragraph.\n"));
    assert!(again(&options().program).written >= 2);
    assert_eq!([edited, other, feed].map(|path| builds.is_forged(path)), [false, true, false]);
    again("another program");
    assert!(!builds.is_forged(other), "another program makes all of it");
}

#[test]
fn a_gated_paragraph_that_the_site_no_longer_says_everywhere_is_a_leak() {
    let builds = Builds::new();
    let paragraph = "The figures were read twice a year by a man who never spoke to the finance office.";
    let front = crate::fixture::FOUR.rsplit_once("---\n\n").unwrap().0;
    builds.world.write("content/essays/four.md", format!("{front}---\n\nThe secret body of the gated piece.\n\n{paragraph}\n").as_bytes());
    let page = |name: &str, text: &str| {
        let text = format!("---\ntitle: {name}\nkind: page\n---\n\n{text}\n");
        builds.world.write(&format!("content/{name}.md"), text.as_bytes());
    };
    for name in ["one", "two", "three"] {
        page(name, paragraph);
    }
    assert!(builds.build(options()).is_some(), "what three open pages say is said everywhere");
    page("two", "Something else.");
    assert!(builds.build(options()).is_none(), "two of them may be where it was pasted");
    for name in ["one", "three"] {
        page(name, "Something else.");
    }
    assert!(builds.build(options()).is_some());
}

#[test]
fn what_others_did_to_an_output_is_undone() {
    let builds = Builds::new();
    builds.build(options()).expect("the site is sound");
    fs::write(builds.file("people/ben/index.html"), "mine").unwrap();
    fs::remove_file(builds.file("essays/atom.xml")).unwrap();
    let published = builds.build(options()).unwrap();
    assert_eq!(published.written, 2, "{published:?}");
}
