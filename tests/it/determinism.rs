//! The same site gives the same bytes: on any number of threads, in any order of its files, anywhere.

use crate::fixture::{FILES, Made, SITE_TOML, TODAY, checked, make, options, rich_site};
use sowhat::base::path::SourcePath;
use sowhat::pipeline::Session;
use sowhat::world::disk::DiskWorld;
use sowhat::world::memory::MemoryWorld;
use sowhat::world::{Listing, Stamp, World, WorldError};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use tempfile::TempDir;

/// The rich site with faults in several files, so that findings have an order to lose.
fn faulty_site() -> MemoryWorld {
    let world = rich_site();
    for (path, text) in [
        ("content/essays/five.md", "---\ntitle: Five\ndate: 2026-01-01\nauthors: [nobody]\n---\n\n[x](missing.md) [^none]\n"),
        ("content/essays/six.md", "---\ntitle: Six\ndate: 2026-01-01\naliases: [/old/price/]\n---\n\n:::nothing\n:::\n"),
        ("content/essays/Six.md", "---\ntitel: Six\ndate: 2026-02-30\n---\n\n![x](none.png)\n"),
        ("content/broken.md", "---\ntitle: [\n---\n"),
    ] {
        world.write(path, text.as_bytes());
    }
    world
}

/// All outputs, and the findings of a whole run, on so many threads.
fn make_on(n_threads: usize) -> (Made, String) {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
    let world = Arc::new(faulty_site());
    pool.install(|| (make(Arc::clone(&world) as Arc<dyn World>), checked(&mut Session::new(world, options()))))
}

/// Lists folders in another order than their paths'.
struct Shuffled {
    world: MemoryWorld,
    seed: usize,
}

impl World for Shuffled {
    fn list(&self, folder: &SourcePath) -> Result<Listing, WorldError> {
        let mut listing = self.world.list(folder)?;
        let len = listing.files.len();
        listing.files.reverse();
        listing.files.rotate_left(self.seed % len.max(1));
        Ok(listing)
    }

    fn stamp(&self, path: &SourcePath) -> Result<Option<Stamp>, WorldError> {
        self.world.stamp(path)
    }

    fn exists(&self, path: &SourcePath) -> Result<bool, WorldError> {
        self.world.exists(path)
    }

    fn is_litter(&self, path: &SourcePath) -> bool {
        self.world.is_litter(path)
    }

    fn read(&self, path: &SourcePath) -> Result<Option<Vec<u8>>, WorldError> {
        self.world.read(path)
    }
}

#[test]
fn one_thread_gives_what_many_give() {
    let one = make_on(1);
    assert!(one.1.matches("error[").count() > 6, "{}", one.1);
    for _ in 0..3 {
        assert_eq!(make_on(4), one);
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    let sorted = make(Arc::new(faulty_site()));
    for seed in 0..4 {
        assert_eq!(make(Arc::new(Shuffled { world: faulty_site(), seed })), sorted, "seed {seed}");
    }
}

#[test]
fn the_place_of_the_site_does_not_matter() {
    let make_at = |root: &Path| {
        write_site(root);
        make(Arc::new(DiskWorld::new(root).unwrap()))
    };
    let (one, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let first = make_at(one.path());
    assert_eq!(make_at(&other.path().join("deeper/down")), first);
    assert_eq!(make(Arc::new(rich_site())), first, "memory and disk give the same");
}

fn write_site(root: &Path) {
    for (path, text) in FILES.iter().chain(&[("site.toml", SITE_TOML)]) {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), text).unwrap();
    }
}

/// The command as two machines would run it: every byte of the output folder, its list of files included.
#[test]
fn two_machines_build_the_same_bytes() {
    let build = |root: &Path, variables: &[(&str, &str)], umask: &str| {
        write_site(root);
        let mut command = Command::new("sh");
        command.args(["-c", &format!("umask {umask}; exec \"$@\""), "sh", env!("CARGO_BIN_EXE_sowhat"), "build", "-q", "--now", TODAY]);
        command.env_clear().envs(variables.iter().copied()).current_dir(root.join("content/essays"));
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let mut tree = BTreeMap::new();
        collect(&root.join("public"), Path::new(""), &mut tree);
        tree
    };
    let (one, other) = (TempDir::new().unwrap(), TempDir::new().unwrap());
    let first = build(
        one.path(),
        &[
            ("TZ", "Pacific/Kiritimati"),
            ("LC_ALL", "tr_TR.UTF-8"),
            ("LANG", "tr_TR.UTF-8"),
            ("RAYON_NUM_THREADS", "1"),
            ("HOME", "/nowhere"),
        ],
        "022",
    );
    let second = build(
        &other.path().join("a b/ü/deeper"),
        &[("TZ", "America/Los_Angeles"), ("LC_ALL", "C"), ("RAYON_NUM_THREADS", "7"), ("USER", "somebody"), ("PATH", "/usr/bin:/bin")],
        "077",
    );
    assert!(first.len() > 30, "{:?}", first.keys());
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (path, bytes) in &first {
        assert!(second[path] == *bytes, "{} differs", path.display());
    }
}

fn collect(folder: &Path, prefix: &Path, tree: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let path = prefix.join(entry.file_name());
        match entry.path().is_dir() {
            true => collect(&entry.path(), &path, tree),
            false => drop(tree.insert(path, fs::read(entry.path()).unwrap())),
        }
    }
}
