//! The output folder holds the old site or the new one, whole, whatever happens; and what others put
//! there stays.

use crate::fixture::TODAY;
use sowhat::base::path::OutputPath;
use sowhat::pipeline::Published;
use sowhat::pipeline::writer::Writer;
use sowhat::world::storage::{Ahead, DiskStorage, Live, Storage};
use sowhat::world::{Stamp, WorldError};
use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;

pub const OLD: &[(&str, &str)] = &[("index.html", "old"), ("a/index.html", "same"), ("a/gone.html", "gone"), ("#1.txt", "old")];
pub const NEW: &[(&str, &str)] = &[("index.html", "new!"), ("a/index.html", "same"), ("b/index.html", "new"), ("#1.txt", "new")];

/// A temporary site's root, with its output folder.
pub struct Site {
    pub root: TempDir,
}

impl Site {
    pub fn new() -> Self {
        Self { root: TempDir::new().unwrap() }
    }

    pub fn published(files: &[(&str, &str)]) -> Self {
        let site = Self::new();
        site.publish(files).unwrap();
        site
    }

    /// A site with a spare, as any has that is built more than once.
    pub fn published_twice(files: &[(&str, &str)]) -> Self {
        let site = Self::published(&[files, &[("more.html", "more")]].concat());
        site.publish(files).unwrap();
        site
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    pub fn storage(&self, output: &str) -> Result<DiskStorage, WorldError> {
        DiskStorage::new(&self.path(output), &self.root.path().canonicalize().unwrap())
    }

    pub fn publish(&self, files: &[(&str, &str)]) -> Result<Published, WorldError> {
        publish(&self.storage("public")?, files)
    }

    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// What stands in the output folder: every path with its kind, bytes, inode and time.
    pub fn tree(&self) -> BTreeMap<PathBuf, Stands> {
        let mut tree = BTreeMap::new();
        collect(&self.path("public"), &mut tree);
        tree
    }

    /// Nothing but the output folder is left beside it.
    pub fn is_tidy(&self) -> bool {
        fs::read_dir(self.root.path()).unwrap().all(|entry| !entry.unwrap().file_name().to_string_lossy().contains(".sowhat-"))
    }
}

#[derive(Debug, PartialEq, Eq)]
pub enum Stands {
    Folder,
    Link(PathBuf),
    File { bytes: Vec<u8>, inode: u64, modified: SystemTime },
}

pub fn collect(folder: &Path, tree: &mut BTreeMap<PathBuf, Stands>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        let metadata = path.symlink_metadata().unwrap();
        let stands = if metadata.is_symlink() {
            Stands::Link(fs::read_link(&path).unwrap())
        } else if metadata.is_dir() {
            collect(&path, tree);
            Stands::Folder
        } else {
            Stands::File { bytes: fs::read(&path).unwrap(), inode: metadata.ino(), modified: metadata.modified().unwrap() }
        };
        tree.insert(path, stands);
    }
}

pub fn publish(storage: &dyn Storage, files: &[(&str, &str)]) -> Result<Published, WorldError> {
    let writer = Writer::begin(storage)?;
    for (path, text) in files {
        if let Err(error) = writer.put(&OutputPath::new(path).unwrap(), text.as_bytes()) {
            let _ = writer.abandon();
            return Err(error);
        }
    }
    writer.finish()
}

#[test]
fn unchanged_files_keep_their_bytes_times_and_inodes() {
    let site = Site::published(OLD);
    let before = site.tree();
    assert_eq!(site.publish(OLD).unwrap(), Published { written: 0, unchanged: 4, removed: 0 });
    assert_eq!(site.tree(), before, "a build that changes nothing touches nothing");
    assert_eq!(site.publish(NEW).unwrap(), Published { written: 3, unchanged: 1, removed: 1 });
    let after = site.tree();
    let same = site.path("public/a/index.html");
    assert_eq!(after[&same], before[&same]);
    assert!(!site.path("public/a/gone.html").exists());
    assert_eq!(fs::read_to_string(site.path("public/index.html")).unwrap(), "new!");
    assert_eq!(fs::read_to_string(site.path("public/#1.txt")).unwrap(), "new");
    assert!(site.is_tidy());
}

#[test]
fn what_others_put_there_stays() {
    let site = Site::new();
    site.write("public/CNAME", "example.com");
    site.write("public/deep/er/note.txt", "mine");
    fs::create_dir_all(site.path("public/.git/refs/tags")).unwrap();
    site.write("public/.git/HEAD", "ref: refs/heads/main");
    symlink("nowhere", site.path("public/dangling")).unwrap();
    symlink(".", site.path("public/loop")).unwrap();
    let before = site.tree();
    for files in [OLD, NEW, &[]] {
        site.publish(files).unwrap();
        let after = site.tree();
        for (path, stands) in &before {
            assert_eq!(after.get(path), Some(stands), "{}", path.display());
        }
    }
    let left: Vec<PathBuf> = site.tree().into_keys().filter(|path| !before.contains_key(path)).collect();
    assert_eq!(left, [site.path("public/.sowhat-manifest")], "of ours only the list remains, for there are no outputs");
}

#[test]
fn what_is_put_there_while_the_site_is_made_stays() {
    let site = Site::published(OLD);
    let storage = site.storage("public").unwrap();
    let writer = Writer::begin(&storage).unwrap();
    writer.put(&OutputPath::new("index.html").unwrap(), b"new").unwrap();
    site.write("public/late.txt", "mine");
    writer.finish().unwrap();
    assert_eq!(fs::read_to_string(site.path("public/late.txt")).unwrap(), "mine");
}

type Meanwhile = (&'static str, fn(&Path));

/// What somebody does to the live folder while the site is made.
const MEANWHILE: &[Meanwhile] = &[
    ("nothing", |_| {}),
    ("a file in a folder of ours", |live| fs::write(live.join("a/late.txt"), "mine").unwrap()),
    ("a file in an empty folder", |live| fs::write(live.join("mine/empty/late.txt"), "mine").unwrap()),
    ("a folder that holds nothing", |live| fs::create_dir(live.join("mine/late")).unwrap()),
    ("a link", |live| symlink("nowhere", live.join("mine/late")).unwrap()),
    ("a file whose folder has its old times", |live| {
        let folder = fs::File::open(live.join("mine")).unwrap();
        let modified = folder.metadata().unwrap().modified().unwrap();
        fs::write(live.join("mine/late.txt"), "mine").unwrap();
        folder.set_times(fs::FileTimes::new().set_modified(modified)).unwrap();
    }),
    ("a file edited in place", |live| fs::write(live.join("mine/note.txt"), "another note").unwrap()),
    ("a file edited in place, without a trace", |live| {
        let file = fs::File::options().write(true).open(live.join("mine/note.txt")).unwrap();
        let modified = file.metadata().unwrap().modified().unwrap();
        fs::write(live.join("mine/note.txt"), "NOTE").unwrap();
        file.set_times(fs::FileTimes::new().set_modified(modified)).unwrap();
    }),
    ("an output edited in place", |live| fs::write(live.join("a/index.html"), "edited").unwrap()),
    ("a file replaced", |live| {
        fs::write(live.join("mine/other.txt"), "other").unwrap();
        fs::rename(live.join("mine/other.txt"), live.join("mine/note.txt")).unwrap();
    }),
    ("a file that is a folder now", |live| {
        fs::remove_file(live.join("mine/note.txt")).unwrap();
        fs::create_dir(live.join("mine/note.txt")).unwrap();
    }),
    ("a file taken away", |live| fs::remove_file(live.join("mine/note.txt")).unwrap()),
    ("an empty folder taken away", |live| fs::remove_dir(live.join("mine/empty")).unwrap()),
    ("a folder renamed", |live| fs::rename(live.join("mine"), live.join("theirs")).unwrap()),
    ("another folder of this name", |live| {
        fs::create_dir(live.join("theirs")).unwrap();
        fs::write(live.join("theirs/theirs.txt"), "theirs").unwrap();
        fs::rename(live.join("mine"), live.join("was-mine")).unwrap();
        fs::rename(live.join("theirs"), live.join("mine")).unwrap();
    }),
    ("a link to the folder in its place", |live| {
        fs::rename(live.join("mine"), live.join("was-mine")).unwrap();
        symlink("was-mine", live.join("mine")).unwrap();
    }),
];

#[test]
fn what_is_done_while_the_site_is_made_is_kept_as_it_was_done() {
    // Folders that have just changed are listed again in any case.
    let rests = [Duration::ZERO, Duration::from_millis(60)];
    for ((name, act), rest) in MEANWHILE.iter().flat_map(|act| rests.map(|rest| (act, rest))) {
        let site = Site::published_twice(OLD);
        site.write("public/mine/note.txt", "note");
        fs::create_dir(site.path("public/mine/empty")).unwrap();
        std::thread::sleep(rest);
        let storage = site.storage("public").unwrap();
        let writer = Writer::begin(&storage).unwrap();
        let before = storage.live().unwrap();
        for (path, text) in NEW {
            writer.put(&OutputPath::new(path).unwrap(), text.as_bytes()).unwrap();
        }
        act(&site.path("public"));
        let (again, now) = (storage.live_again(before).unwrap(), storage.live().unwrap());
        assert!(again.files.keys().eq(now.files.keys()) && again.empty_folders == now.empty_folders, "{name}");
        let is_kept = |path: &PathBuf| {
            let below = path.strip_prefix(site.path("public")).unwrap();
            !NEW.iter().chain(OLD).any(|(path, _)| below == Path::new(path) && !path.starts_with("a/i"))
                && !below.starts_with(".sowhat-manifest")
        };
        let mut expected = site.tree();
        expected.retain(|path, _| is_kept(path));
        writer.finish().unwrap();
        let mut stands = site.tree();
        stands.retain(|path, _| is_kept(path) && *path != site.path("public/b"));
        assert_eq!(stands, expected, "{name}");
    }
}

#[test]
fn a_look_ahead_tells_nothing_that_does_not_hold() {
    let check = |name: &str, act: &dyn Fn(&Site)| {
        let site = Site::published_twice(OLD);
        site.write("public/mine/note.txt", "note");
        fs::create_dir(site.path("public/mine/empty")).unwrap();
        std::thread::sleep(Duration::from_millis(60));
        let ahead = Ahead::look(&site.path("public"));
        // Long enough for it to end; what is not seen then is not seen too early.
        std::thread::sleep(Duration::from_millis(30));
        act(&site);
        let plain = site.storage("public").unwrap();
        let ahead = site.storage("public").unwrap().with(Some(ahead));
        ahead.begin().unwrap();
        let (live, now) = (ahead.live().unwrap(), plain.live().unwrap());
        assert!(live.files.keys().eq(now.files.keys()) && live.empty_folders == now.empty_folders, "{name}");
        let is_same = |path: &&OutputPath| live.files[*path] == now.files[*path];
        assert!(live.files.keys().all(|path| is_same(&path) || name.contains("in place")), "{name}");
        ahead.abandon().unwrap();
    };
    for (name, act) in MEANWHILE {
        check(name, &|site| act(&site.path("public")));
    }
    check("another build", &|site| assert_eq!(site.publish(NEW).unwrap().written, 3));
    check("two more builds", &|site| [NEW, OLD].iter().for_each(|files| assert_eq!(site.publish(files).unwrap().written, 3)));
    check("no folder", &|site| fs::remove_dir_all(site.path("public")).unwrap());
    let site = Site::published(OLD);
    publish(&site.storage("other").unwrap(), NEW).unwrap();
    std::thread::sleep(Duration::from_millis(60));
    for elsewhere in ["other", "nowhere", "public/index.html"] {
        let storage = site.storage("public").unwrap().with(Some(Ahead::look(&site.path(elsewhere))));
        assert_eq!(publish(&storage, OLD).unwrap(), Published { written: 0, unchanged: 4, removed: 0 }, "{elsewhere}");
    }
}

#[test]
fn what_stands_in_the_way_since_a_moment_ends_the_build() {
    let check = |name: &str, act: fn(&Path), reason: &str| {
        let site = Site::published_twice(OLD);
        std::thread::sleep(Duration::from_millis(60));
        let storage = site.storage("public").unwrap();
        let writer = Writer::begin(&storage).unwrap();
        for (path, text) in NEW {
            writer.put(&OutputPath::new(path).unwrap(), text.as_bytes()).unwrap();
        }
        act(&site.path("public"));
        let before = site.tree();
        let error = writer.finish().unwrap_err();
        assert!(error.reason.contains(reason), "{name}: {error}");
        assert_eq!(site.tree(), before, "{name}");
        assert!(site.is_tidy());
    };
    check("a file where an output belongs", |live| fs::write(live.join("b"), "mine").unwrap(), "did not write");
    check("an output that was to be kept is gone", |live| fs::remove_file(live.join("a/index.html")).unwrap(), "took it away");
    check("and its folder", |live| fs::rename(live.join("a"), live.join("c")).unwrap(), "took it away");
}

#[test]
fn nothing_of_others_is_overwritten() {
    let check = |foreign: &str, output: &str| {
        let site = Site::published(OLD);
        site.write(&format!("public/{foreign}"), "mine");
        let before = site.tree();
        let error = site.publish(&[("index.html", "new"), (output, "ours")]).unwrap_err();
        assert!(error.reason.contains("did not write"), "{foreign} {output}: {error}");
        assert_eq!(site.tree(), before, "{foreign} {output}");
        assert!(site.is_tidy());
    };
    check("c.html", "c.html");
    check("c", "c/index.html");
    check("c/mine.txt", "c");
    check("c", "c/d/e/index.html");
    let site = Site::published(OLD);
    fs::create_dir_all(site.path("public/c/empty")).unwrap();
    let error = site.publish(&[("c", "ours")]).unwrap_err();
    assert!(error.reason.contains("did not write"), "{error}");
    let site = Site::published(OLD);
    symlink("/tmp", site.path("public/c")).unwrap();
    let error = site.publish(&[("c/index.html", "ours")]).unwrap_err();
    assert!(error.reason.contains("did not write"), "{error}");
    let site = Site::published(OLD);
    fs::create_dir(site.path("public/c")).unwrap();
    site.publish(&[("c/index.html", "ours")]).unwrap();
}

#[test]
fn output_folders_that_cannot_be_are_refused() {
    let site = Site::new();
    site.write("content/x.md", "");
    site.write("file", "");
    fs::create_dir(site.path("elsewhere")).unwrap();
    symlink("nowhere", site.path("dangling")).unwrap();
    symlink("elsewhere", site.path("inside")).unwrap();
    let other = TempDir::new().unwrap();
    symlink(other.path(), site.path("outside")).unwrap();
    for (output, reason) in [
        ("", "overwrite the site's own files"),
        ("..", "overwrite the site's own files"),
        ("content", "overwrite the site's own files"),
        ("content/public", "overwrite the site's own files"),
        ("file", "it is a file"),
        ("file/public", "os error"),
        ("dangling", "a symbolic link that leads nowhere"),
        ("inside", "a symbolic link in the site"),
        ("inside/public", "a symbolic link in the site"),
        ("outside", "a symbolic link in the site"),
        ("outside/public", "a symbolic link in the site"),
        ("/proc/sowhat/public", "os error"),
    ] {
        let made = site.storage(output).and_then(|storage| publish(&storage, NEW));
        let error = made.expect_err(output).to_string();
        assert!(error.contains(reason), "{output}: {error}");
    }
    let (link, linked_root) = (TempDir::new().unwrap(), other.path().join("root"));
    symlink(site.root.path(), &linked_root).unwrap();
    assert!(DiskStorage::new(&linked_root.join("inside"), &site.root.path().canonicalize().unwrap()).is_err());
    symlink(site.path("elsewhere"), link.path().join("public")).unwrap();
    let root = TempDir::new().unwrap();
    publish(&DiskStorage::new(&link.path().join("public"), root.path()).unwrap(), NEW).unwrap();
    assert!(site.path("elsewhere/index.html").exists(), "a link outside the site is the user's own and is followed");
}

/// Ends the operation with a given number.
pub struct Faulty<'a> {
    pub storage: &'a DiskStorage,
    pub n_operations: AtomicUsize,
    pub fails_at: usize,
    pub how: How,
}

#[derive(Debug, Clone, Copy)]
pub enum How {
    /// It fails, as on a full disk.
    Fails,
    /// It is the last thing that the process does: nothing is cleared up.
    Dies,
}

impl Faulty<'_> {
    fn step(&self) -> Result<(), WorldError> {
        if self.is_last() { self.end() } else { Ok(()) }
    }

    fn is_last(&self) -> bool {
        self.n_operations.fetch_add(1, Ordering::Relaxed) == self.fails_at
    }

    fn end(&self) -> Result<(), WorldError> {
        match self.how {
            How::Fails => Err(WorldError::new("write", "the disk", "no space left")),
            How::Dies => std::panic::resume_unwind(Box::new("killed")),
        }
    }
}

impl Storage for Faulty<'_> {
    fn begin(&self) -> Result<(), WorldError> {
        self.step().and_then(|()| self.storage.begin())
    }
    fn live(&self) -> Result<Live, WorldError> {
        self.step().and_then(|()| self.storage.live())
    }
    fn live_again(&self, before: Live) -> Result<Live, WorldError> {
        self.step().and_then(|()| self.storage.live_again(before))
    }
    fn read_live(&self, path: &OutputPath) -> Result<Option<Vec<u8>>, WorldError> {
        self.step().and_then(|()| self.storage.read_live(path))
    }
    fn write(&self, path: &OutputPath, bytes: &[u8]) -> Result<Stamp, WorldError> {
        let is_last = self.is_last();
        let stamp = self.storage.write(path, &bytes[..if is_last { bytes.len() / 2 } else { bytes.len() }])?;
        if is_last { self.end().map(|()| stamp) } else { Ok(stamp) }
    }
    fn keep(&self, kept: &Live) -> Result<(), WorldError> {
        let is_last = self.is_last();
        let mut kept = kept.clone();
        if is_last {
            kept.files = kept.files.into_iter().step_by(2).collect();
        }
        self.storage.keep(&kept)?;
        if is_last { self.end() } else { Ok(()) }
    }
    fn commit(&self) -> Result<(), WorldError> {
        self.step().and_then(|()| self.storage.commit())
    }
    fn abandon(&self) -> Result<(), WorldError> {
        self.step().and_then(|()| self.storage.abandon())
    }
}

#[test]
fn a_failure_at_any_step_leaves_the_old_site_and_the_next_build_works() {
    for fails_at in 0.. {
        let site = Site::published_twice(OLD);
        site.write("public/mine/note.txt", "mine");
        fs::create_dir(site.path("public/empty")).unwrap();
        let before = site.tree();
        let storage = site.storage("public").unwrap();
        let faulty = Faulty { storage: &storage, n_operations: AtomicUsize::new(0), fails_at, how: How::Fails };
        let made = publish(&faulty, NEW);
        let n_operations = faulty.n_operations.into_inner();
        if n_operations <= fails_at {
            assert_eq!(made.unwrap().written, 3);
            assert!(fails_at >= 12, "only {fails_at} steps were tried");
            return;
        }
        assert!(made.is_err(), "step {fails_at}");
        assert_eq!(site.tree(), before, "step {fails_at}");
        drop(storage);
        assert_eq!(site.publish(NEW).unwrap(), Published { written: 3, unchanged: 1, removed: 1 }, "step {fails_at}");
        assert!(site.is_tidy());
    }
}

/// Nothing is cleared up when a process is killed: half a file, a next folder, a lock that the system takes back.
#[test]
fn a_build_killed_at_each_write_leaves_the_old_site_and_the_next_build_works() {
    for fails_at in 0.. {
        let site = Site::published_twice(OLD);
        site.write("public/mine/note.txt", "mine");
        let before = site.tree();
        let storage = site.storage("public").unwrap();
        let faulty = Faulty { storage: &storage, n_operations: AtomicUsize::new(0), fails_at, how: How::Dies };
        let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| publish(&faulty, NEW)));
        if let Ok(made) = made {
            assert_eq!(made.unwrap().written, 3);
            assert!(fails_at >= 12, "only {fails_at} steps were tried");
            return;
        }
        assert_eq!(site.tree(), before, "step {fails_at}");
        drop(storage);
        assert_eq!(site.publish(NEW).unwrap(), Published { written: 3, unchanged: 1, removed: 1 }, "step {fails_at}");
        assert!(site.is_tidy());
    }
}

#[test]
fn a_folder_left_aside_by_a_killed_run_goes_back() {
    let site = Site::published(OLD);
    let before = site.tree();
    fs::rename(site.path("public"), site.path(".public.sowhat-old")).unwrap();
    site.write(".public.sowhat-next/half.html", "half");
    site.publish(OLD).unwrap();
    assert_eq!(site.tree(), before);
    assert!(site.is_tidy());
}

#[test]
fn two_builds_at_once_end_with_a_whole_site() {
    let site = Site::new();
    let names: Vec<String> = (0..40).map(|n| format!("page-{n}/index.html")).collect();
    std::thread::scope(|scope| {
        for worker in ["one", "two", "three"] {
            let (site, names) = (&site, &names);
            scope.spawn(move || {
                for round in 0..6 {
                    let marker = format!("{worker} {round}");
                    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), marker.as_str())).collect();
                    site.publish(&files).unwrap();
                }
            });
        }
    });
    let markers: Vec<String> = names.iter().map(|name| fs::read_to_string(site.path("public").join(name)).unwrap()).collect();
    assert!(markers.iter().all(|marker| *marker == markers[0]), "{markers:?}");
    assert!(site.is_tidy());
}

/// Builds of a site whose every page carries its title, killed at moments spread over a build.
#[test]
fn a_build_killed_at_any_moment_leaves_old_or_new_never_a_mix() {
    const N_KILLS: u32 = 14;
    let site = Site::new();
    for n in 0..60 {
        site.write(&format!("content/page-{n}.md"), "---\nkind: page\ntitle: A page\n---\n\nText.\n");
    }
    for name in ["page", "section", "home", "404", "terms", "archive"] {
        site.write(&format!("templates/{name}.html"), "<title>{{ site.title }}</title>{{ page.body }}");
    }
    let build = |marker: &str| -> Command {
        site.write("site.toml", &format!("title = \"{marker}\"\nbase_url = \"https://example.com/\"\nlanguage = \"en\"\n"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_sowhat"));
        command.args(["build", "--now", TODAY, "-r"]).arg(site.root.path());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let start = Instant::now();
    assert!(build("marker-start").status().unwrap().success());
    let whole = start.elapsed();
    let mut markers = vec!["marker-start".to_owned()];
    for n in 0..N_KILLS {
        let marker = format!("marker-{n}");
        let mut child = build(&marker).spawn().unwrap();
        // Most of them late, where the folders change places.
        std::thread::sleep(whole.mul_f64(0.4 + 0.7 * f64::from(n) / f64::from(N_KILLS)).min(Duration::from_secs(20)));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = marker_of(&site);
        assert!(found == marker || Some(&found) == markers.last(), "{found} stands after {marker} and {markers:?}");
        markers.push(found);
    }
    assert!(build("marker-end").status().unwrap().success());
    assert_eq!(marker_of(&site), "marker-end");
    assert!(site.is_tidy());
}

/// The one title that all pages of the output carry.
fn marker_of(site: &Site) -> String {
    let mut found: Vec<String> = Vec::new();
    for n in 0..60 {
        let html = fs::read_to_string(site.path(&format!("public/page-{n}/index.html"))).unwrap();
        found.push(html.split(['<', '>']).nth(2).unwrap().to_owned());
    }
    assert!(found.iter().all(|marker| *marker == found[0]), "a mix: {found:?}");
    found.swap_remove(0)
}
