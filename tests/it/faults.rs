//! The system fails: reading at every operation in turn, and the whole command on a disk that is full, read-only
//! or forbidden. Nothing is lost, the old site stands, and what failed is named with its reason.

use crate::fixture::{Made, TODAY, failure_text, make_all, options};
use sowhat::base::date::Date;
use sowhat::base::diagnostic::Diagnostic;
use sowhat::base::path::SourcePath;
use sowhat::pipeline::{Options, Session, Silent};
use sowhat::world::cache::{Cache, MemoryCache};
use sowhat::world::memory::MemoryWorld;
use sowhat::world::{Listing, Stamp, World, WorldError};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

const SITE_TOML: &str = "title = \"T\"\nbase_url = \"https://t.example/\"\nlanguage = \"en\"\n";
const PAGE: &str = "---\nkind: page\ntitle: A page\n---\n\nSee [the sheet](sheet.csv).\n";
const REASON: &str = "input/output error";

/// A world in which one operation, counted over all, fails.
struct Failing {
    world: MemoryWorld,
    n_operations: AtomicUsize,
    fails_at: AtomicUsize,
}

impl Failing {
    fn new(fails_at: usize) -> Arc<Self> {
        let files =
            [("site.toml", SITE_TOML), ("content/folder/page.md", PAGE), ("content/folder/sheet.csv", "a,b\n"), ("static/x.txt", "x")];
        Arc::new(Self { world: MemoryWorld::new(files), n_operations: AtomicUsize::new(0), fails_at: AtomicUsize::new(fails_at) })
    }

    /// Counts anew, up to the operation that fails.
    fn fail_at(&self, fails_at: usize) {
        self.fails_at.store(fails_at, Ordering::Relaxed);
        self.n_operations.store(0, Ordering::Relaxed);
    }

    fn step(&self, action: &'static str, path: &SourcePath) -> Result<(), WorldError> {
        match self.n_operations.fetch_add(1, Ordering::Relaxed) == self.fails_at.load(Ordering::Relaxed) {
            true => Err(WorldError::new(action, path, REASON)),
            false => Ok(()),
        }
    }
}

impl World for Failing {
    fn list(&self, folder: &SourcePath) -> Result<Listing, WorldError> {
        self.step("list", folder).and_then(|()| self.world.list(folder))
    }

    fn stamp(&self, path: &SourcePath) -> Result<Option<Stamp>, WorldError> {
        self.step("look at", path).and_then(|()| self.world.stamp(path))
    }

    fn exists(&self, path: &SourcePath) -> Result<bool, WorldError> {
        self.step("look for", path).and_then(|()| self.world.exists(path))
    }

    fn is_litter(&self, path: &SourcePath) -> bool {
        self.world.is_litter(path)
    }

    fn read(&self, path: &SourcePath) -> Result<Option<Vec<u8>>, WorldError> {
        self.step("read", path).and_then(|()| self.world.read(path))
    }
}

#[test]
fn a_failure_at_any_reading_is_named_and_nothing_is_made_up() {
    let made = |fails_at: usize| -> (Result<Made, String>, usize) {
        let world = Failing::new(fails_at);
        let outcome = Session::new(Arc::clone(&world) as Arc<dyn World>, options()).run();
        let made = outcome.map(|outcome| make_all(&outcome)).map_err(|failure| failure_text(&failure));
        (made, world.n_operations.load(Ordering::Relaxed))
    };
    let (whole, n_operations) = made(usize::MAX);
    let whole = whole.unwrap();
    assert!(n_operations > 8, "only {n_operations} operations");
    for fails_at in 0..n_operations {
        match made(fails_at).0 {
            Err(text) => assert!(text.starts_with("cannot ") && text.contains('`') && text.contains(REASON), "{fails_at}: {text}"),
            Ok(other) if other == whole => {}
            Ok(other) => {
                assert!(other.findings.contains(REASON) && !other.findings.contains("internal-error"), "{fails_at}: {}", other.findings)
            }
        }
    }
}

#[test]
fn a_failure_to_read_a_page_again_is_named_and_leaves_no_trace() {
    let run = |world: &Arc<Failing>, cache: &Arc<MemoryCache>, day: &str| {
        let cache = Arc::clone(cache) as Arc<dyn Cache>;
        let options = Options { lets_go: true, today: Date::parse(day).unwrap(), ..options() };
        let mut outcome = Session::with_cache(Arc::clone(world) as Arc<dyn World>, cache, options).run().ok()?;
        outcome.check(&Silent).unwrap();
        let found = |finding: &Diagnostic| format!("{} {:?} {}\n", finding.rule, finding.place, finding.message);
        Some(outcome.findings().iter().map(found).collect::<String>())
    };
    let site = || {
        let world = Failing::new(usize::MAX);
        world.world.write("content/piece.md", b"---\ntitle: A piece\n---\n\nThe figures are TBD until the audit is done.\n");
        (world, Arc::default())
    };
    let (world, cache) = site();
    let whole = run(&world, &cache, TODAY);
    assert!(whole.as_ref().is_some_and(|found| found.contains("`TBD` is a placeholder")), "{whole:?}");
    let n_operations = world.n_operations.load(Ordering::Relaxed);
    let mut n_named = 0;
    for fails_at in 0..n_operations {
        // In a first run, in one that knows the page, and in one that has to judge it on another day.
        for day_before in [None, Some(TODAY), Some("2026-11-21")] {
            let (world, cache) = site();
            if let Some(day) = day_before {
                assert!(run(&world, &cache, day).is_some());
            }
            world.fail_at(fails_at);
            let found = run(&world, &cache, TODAY);
            let is_named = found.as_ref().is_none_or(|found| found.contains(REASON));
            assert!(found == whole || is_named, "{fails_at}: {found:?}");
            n_named += usize::from(found.is_some() && is_named);
            world.fail_at(usize::MAX);
            assert_eq!(run(&world, &cache, TODAY), whole, "{fails_at}");
        }
    }
    assert!(n_named > 2, "{n_named}");
}

/// A site on disk that has been built once, and the command that builds it.
struct Site {
    root: TempDir,
}

impl Site {
    fn built() -> Self {
        let site = Self { root: TempDir::new().unwrap() };
        fs::set_permissions(site.root.path(), fs::Permissions::from_mode(0o777)).unwrap();
        for (path, text) in [("site.toml", SITE_TOML), ("content/page.md", "---\nkind: page\ntitle: A page\n---\n\nText.\n")] {
            fs::create_dir_all(site.path(path).parent().unwrap()).unwrap();
            fs::write(site.path(path), text).unwrap();
        }
        let made = site.run("exec \"$@\"", &[]);
        assert!(made.status.success(), "{made:?}");
        site
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// Every page changes with the title.
    fn change(&self) {
        fs::write(self.path("site.toml"), SITE_TOML.replace("\"T\"", "\"Changed\"")).unwrap();
    }

    /// Builds under a line of shell that ends in running the command.
    fn run(&self, shell: &str, args: &[&str]) -> Output {
        let mut command = Command::new("sh");
        command.args(["-c", shell, "sh", env!("CARGO_BIN_EXE_sowhat"), "build", "--now", TODAY, "-r"]).arg(self.root.path()).args(args);
        command.stdin(Stdio::null()).env_remove("SOURCE_DATE_EPOCH").output().unwrap()
    }

    /// The same by a user who may do no more than others may; `None` where that cannot be had.
    fn run_as_nobody(&self) -> Option<Output> {
        let is_root = fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0);
        if !is_root {
            return Some(self.run("exec \"$@\"", &[]));
        }
        let can = Command::new("setpriv").args(["--reuid", "65534", "--clear-groups", env!("CARGO_BIN_EXE_sowhat"), "--version"]).output();
        let output =
            can.ok().filter(|output| output.status.success()).map(|_| self.run("exec setpriv --reuid 65534 --clear-groups \"$@\"", &[]));
        if output.is_none() {
            eprint_skipped();
        }
        output
    }

    fn tree(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        let mut tree = BTreeMap::new();
        collect(&self.path("public"), &mut tree);
        tree
    }

    /// The build ended with exit 2, named these, and left the old site as it was.
    #[track_caller]
    fn check(&self, before: &BTreeMap<PathBuf, Vec<u8>>, output: &Output, words: &[&str]) {
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        for word in words {
            assert!(said.contains(word), "no {word:?} in {said}");
        }
        assert!(self.tree() == *before, "the old site was touched: {said}");
    }
}

#[expect(clippy::print_stderr, reason = "whoever reads the log should know what was not tried")]
fn eprint_skipped() {
    eprintln!("skipped: no user without rights can be had here");
}

fn collect(folder: &Path, tree: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => collect(&path, tree),
            false => drop(tree.insert(path.clone(), fs::read(&path).unwrap())),
        }
    }
}

/// A file may not grow past a block: writing fails as it does on a full disk, in the middle of a page.
#[test]
fn a_disk_that_takes_no_more_leaves_the_old_site() {
    let site = Site::built();
    let before = site.tree();
    site.change();
    let output = site.run("trap '' XFSZ; ulimit -f 1; exec \"$@\"", &[]);
    site.check(&before, &output, &["cannot write", "public/", "os error"]);
    let output = site.run("exec \"$@\"", &[]);
    assert!(output.status.success() && site.tree() != before, "{output:?}");
    let left: Vec<_> = fs::read_dir(site.root.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.len() == 4, "nothing of the failed build is left: {left:?}");
}

#[test]
fn a_target_that_is_read_only_leaves_the_old_site() {
    let site = Site::built();
    let before = site.tree();
    site.change();
    fs::set_permissions(site.root.path(), fs::Permissions::from_mode(0o555)).unwrap();
    if let Some(output) = site.run_as_nobody() {
        site.check(&before, &output, &["public", "Permission denied"]);
    }
    fs::set_permissions(site.root.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn content_that_may_not_be_read_is_named_and_leaves_the_old_site() {
    let site = Site::built();
    let before = site.tree();
    site.change();
    fs::write(site.path("content/closed.md"), "---\nkind: page\ntitle: Closed\n---\n").unwrap();
    fs::set_permissions(site.path("content/closed.md"), fs::Permissions::from_mode(0o000)).unwrap();
    if let Some(output) = site.run_as_nobody() {
        site.check(&before, &output, &["content/closed.md", "Permission denied"]);
    }
}

#[test]
fn an_output_folder_that_is_a_file_or_a_link_is_refused_by_the_command() {
    let site = Site::built();
    let before = site.tree();
    site.change();
    fs::write(site.path("file"), "mine").unwrap();
    fs::create_dir(site.path("elsewhere")).unwrap();
    symlink("elsewhere", site.path("link")).unwrap();
    for (name, reason) in [("file", "it is a file"), ("link", "a symbolic link in the site")] {
        let output = site.run("exec \"$@\"", &["-o", site.path(name).to_str().unwrap()]);
        site.check(&before, &output, &[name, reason]);
    }
    assert_eq!(fs::read_to_string(site.path("file")).unwrap(), "mine");
}

#[test]
fn two_commands_at_once_end_with_one_whole_site() {
    let site = Site::built();
    site.change();
    let outputs = std::thread::scope(|scope| {
        let builds: Vec<_> = (0..3).map(|_| scope.spawn(|| site.run("exec \"$@\"", &[]))).collect();
        builds.into_iter().map(|build| build.join().unwrap()).collect::<Vec<_>>()
    });
    assert!(outputs.iter().all(|output| output.status.success()), "{outputs:?}");
    let made = site.tree();
    fs::remove_dir_all(site.path("public")).unwrap();
    assert!(site.run("exec \"$@\"", &[]).status.success());
    assert!(made == site.tree(), "what builds at once leave is what one leaves");
}
