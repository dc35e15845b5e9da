//! The folder that was published before becomes the next one: cheaply, and with no trace of what it held.

use crate::writer::{Faulty, How, NEW, OLD, Site, Stands, collect, publish};
use proptest::prelude::*;
use sowhat::base::path::OutputPath;
use sowhat::pipeline::Published;
use sowhat::pipeline::writer::Writer;
use sowhat::world::storage::{DiskStorage, Storage};
use std::collections::BTreeMap;
use std::fs::{self, FileTimes};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicUsize;
use tempfile::TempDir;

impl Site {
    /// Where the spare stands.
    fn spare(&self) -> Option<PathBuf> {
        let entries = fs::read_dir(self.path(".sowhat/spare")).ok()?.map(|entry| entry.unwrap().path());
        let mut entries = entries.filter(|path| path.extension().is_none());
        let spare = entries.next();
        assert_eq!(entries.next(), None, "no more than one");
        spare
    }

    fn bytes(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        self.tree().into_iter().filter_map(|(path, stands)| Some((path, bytes_of(stands)?))).collect()
    }
}

fn bytes_of(stands: Stands) -> Option<Vec<u8>> {
    match stands {
        Stands::File { bytes, .. } => Some(bytes),
        Stands::Folder | Stands::Link(_) => None,
    }
}

fn output(path: &str) -> OutputPath {
    OutputPath::new(path).unwrap()
}

fn is_folder(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|metadata| metadata.is_dir())
}

fn inode(path: &Path) -> u64 {
    path.symlink_metadata().unwrap().ino()
}

#[test]
fn what_was_published_before_becomes_the_next_folder() {
    let site = Site::published(OLD);
    assert!(site.spare().is_none(), "nothing was published before");
    let first = inode(&site.path("public/a"));
    site.publish(NEW).unwrap();
    let second = inode(&site.path("public/a"));
    assert!(first != second && inode(&site.spare().unwrap().join("a")) == first);
    assert_eq!(fs::read_to_string(site.path(".sowhat/.gitignore")).unwrap(), "*\n");
    let file = inode(&site.path("public/a/index.html"));
    for (round, files) in [OLD, NEW, OLD].into_iter().enumerate() {
        site.publish(files).unwrap();
        assert_eq!(inode(&site.path("public/a")), [first, second][round % 2], "the folders take turns");
        assert_eq!(inode(&site.path("public/a/index.html")), file);
        assert_eq!(site.bytes().len(), files.len() + 1, "nothing but what was put and the list of it");
        assert!(site.is_tidy());
    }
}

#[test]
fn a_build_that_publishes_nothing_leaves_the_spare() {
    let site = Site::published_twice(OLD);
    let before = (site.spare(), inode(&site.spare().unwrap()));
    site.publish(OLD).unwrap();
    let storage = site.storage("public").unwrap();
    let writer = Writer::begin(&storage).unwrap();
    writer.put(&output("index.html"), b"changed").unwrap();
    writer.abandon().unwrap();
    let writer = Writer::begin(&storage).unwrap();
    writer.put(&output("index.html"), b"changed").unwrap();
    storage.give_up();
    assert!(writer.finish().is_err());
    assert_eq!((site.spare(), inode(&site.spare().unwrap())), before);
    assert!(site.is_tidy());
}

#[test]
fn a_storage_that_fails_at_the_end_puts_the_spare_back() {
    let site = Site::published_twice(OLD);
    let before = site.tree();
    let storage = site.storage("public").unwrap();
    storage.begin().unwrap();
    storage.write(&output("index.html"), b"new").unwrap();
    storage.keep(&storage.live().unwrap()).unwrap();
    assert!(site.spare().is_none(), "it is the next folder now");
    storage.abandon().unwrap();
    assert_eq!(site.tree(), before);
    assert!(site.is_tidy());
    site.publish(NEW).unwrap();
    assert_eq!(site.bytes().len(), NEW.len() + 1);
}

/// The files of the next folder are the very files of the live one: neither is ever opened for writing.
#[test]
fn no_byte_of_a_live_file_changes_before_the_commit() {
    let site = Site::published_twice(OLD);
    let before = site.tree();
    for text in ["dlo", "longer than before", ""] {
        let storage = site.storage("public").unwrap();
        storage.begin().unwrap();
        // Before and after the spare has become the next folder.
        storage.write(&output("index.html"), text.as_bytes()).unwrap();
        assert_eq!(site.tree(), before, "{text:?}");
        let mut kept = storage.live().unwrap();
        kept.files.remove(&output("index.html"));
        storage.keep(&kept).unwrap();
        assert_eq!(site.tree(), before, "{text:?}");
        for path in ["index.html", "a/index.html", "#1.txt", ".sowhat-manifest"] {
            storage.write(&output(path), text.as_bytes()).unwrap();
            assert_eq!(site.tree(), before, "{path}: {text:?}");
        }
        storage.abandon().unwrap();
        assert_eq!(site.tree(), before, "{text:?}");
    }
    let storage = site.storage("public").unwrap();
    let writer = Writer::begin(&storage).unwrap();
    for (path, text) in [("index.html", "dlo"), ("a/index.html", "longer than before")] {
        writer.put(&output(path), text.as_bytes()).unwrap();
        assert_eq!(site.tree(), before);
    }
    writer.finish().unwrap();
    assert_eq!(fs::read_to_string(site.path("public/index.html")).unwrap(), "dlo");
}

/// An edit in place changes the file under both its names.
#[test]
fn what_is_changed_in_place_is_written_anew() {
    for text in ["dlo", "longer than before", ""] {
        let site = Site::published_twice(OLD);
        assert_eq!(inode(&site.path("public/index.html")), inode(&site.spare().unwrap().join("index.html")));
        fs::write(site.path("public/index.html"), text).unwrap();
        site.write("public/a/mine.txt", "mine");
        site.publish(&[OLD, &[("new.html", "new")]].concat()).unwrap();
        assert_eq!(fs::read_to_string(site.path("public/index.html")).unwrap(), "old");
        // A file of the user's own is shared from now on, and keeps what the user writes into it.
        for (idx, files) in [OLD, NEW, OLD].into_iter().enumerate() {
            fs::write(site.path("public/a/mine.txt"), format!("mine {idx}")).unwrap();
            site.publish(files).unwrap();
            assert_eq!(fs::read_to_string(site.path("public/a/mine.txt")).unwrap(), format!("mine {idx}"));
        }
    }
}

#[test]
fn the_spare_brings_nothing_back() {
    let site = Site::published_twice(OLD);
    for path in ["gone.txt", "deep/gone.txt", "replaced.txt", "turned.txt", "folder/x.txt"] {
        site.write(&format!("public/{path}"), "mine");
    }
    fs::create_dir(site.path("public/empty")).unwrap();
    symlink("mine", site.path("public/link")).unwrap();
    for files in [NEW, OLD] {
        site.publish(files).unwrap();
    }
    assert!(site.spare().unwrap().join("deep/gone.txt").exists() && site.spare().unwrap().join("empty").exists());
    for path in ["gone.txt", "replaced.txt", "turned.txt", "link"] {
        fs::remove_file(site.path("public").join(path)).unwrap();
    }
    for path in ["deep", "folder", "empty"] {
        fs::remove_dir_all(site.path("public").join(path)).unwrap();
    }
    site.write("public/replaced.txt", "MINE");
    site.write("public/folder", "mine");
    fs::create_dir(site.path("public/turned.txt")).unwrap();
    let mut others: Vec<PathBuf> = site.tree().into_keys().collect();
    others.retain(|path| path.parent() == Some(&site.path("public")));
    for files in [NEW, OLD] {
        site.publish(files).unwrap();
        let bytes = site.bytes();
        assert_eq!(bytes.len(), files.len() + 3, "{bytes:?}");
        assert_eq!(bytes[&site.path("public/replaced.txt")], b"MINE");
        assert!(site.path("public/turned.txt").is_dir() && !site.path("public/empty").exists());
    }
}

/// What somebody does to a spare, or where the way to it leads.
const TAMPERINGS: &[Tampering] = &[
    ("a folder that is a link to elsewhere", |at| at.link("a", at.outside)),
    ("a folder that is a link to the live one", |at| at.link("a", &at.site.path("public/a"))),
    ("a file that is a link to elsewhere", |at| at.link("index.html", &at.outside.join("kept.txt"))),
    ("a file that is a link to nowhere", |at| at.link("b/index.html", Path::new("nowhere"))),
    ("a folder where a file belongs", |at| at.write("index.html/planted.html", "planted")),
    ("a file where a folder belongs", |at| at.write("a", "planted")),
    ("a foreign file", |at| at.write("a/planted.html", "planted")),
    ("foreign folders", |at| at.write("planted/deep/x.html", "planted")),
    ("an empty folder", |at| fs::create_dir(at.spare.join("planted")).unwrap()),
    ("other bytes with the same times", |at| at.forge("a/index.html", "SAME")),
    ("the same bytes in another file", |at| at.forge("a/index.html", "same")),
    ("another live file under this name", |at| {
        fs::remove_file(at.spare.join("a/index.html")).unwrap();
        fs::hard_link(at.site.path("public/index.html"), at.spare.join("a/index.html")).unwrap();
    }),
    ("two files in each other's place, in a folder with its old times", |at| {
        let folder = fs::File::open(&at.spare).unwrap();
        let modified = folder.metadata().unwrap().modified().unwrap();
        fs::rename(at.spare.join("index.html"), at.spare.join("x")).unwrap();
        fs::rename(at.spare.join("#1.txt"), at.spare.join("index.html")).unwrap();
        fs::rename(at.spare.join("x"), at.spare.join("#1.txt")).unwrap();
        folder.set_times(FileTimes::new().set_modified(modified)).unwrap();
    }),
    ("a folder from elsewhere with files of the same names", |at| {
        at.write("planted/index.html", "planted");
        fs::remove_dir_all(at.spare.join("a")).unwrap();
        fs::rename(at.spare.join("planted"), at.spare.join("a")).unwrap();
    }),
    ("a name that is no text", |at| fs::write(at.spare.join(std::ffi::OsStr::from_bytes(b"a/\xff")), "planted").unwrap()),
    ("a folder whose name is no text", |at| fs::create_dir(at.spare.join(std::ffi::OsStr::from_bytes(b"\xff"))).unwrap()),
    ("a folder that all may write to", |at| at.open("a")),
    ("a spare that all may write to", |at| at.open("")),
    ("a socket", |at| drop(std::os::unix::net::UnixListener::bind(at.spare.join("a/planted")).unwrap())),
    ("a list of files", |at| at.write(".sowhat-manifest", "# Files\nindex.html\nplanted.html\n")),
    ("a spare that is a link to elsewhere", |at| at.link("", at.outside)),
    ("a spare that is a link to the live folder", |at| at.link("", &at.site.path("public"))),
    ("a spare that is a file", |at| {
        fs::remove_dir_all(&at.spare).unwrap();
        fs::write(&at.spare, "planted").unwrap();
    }),
    ("no spare", |at| fs::remove_dir_all(&at.spare).unwrap()),
    ("an empty spare", |at| {
        fs::remove_dir_all(&at.spare).unwrap();
        fs::create_dir(&at.spare).unwrap();
    }),
    ("half a spare", |at| fs::remove_dir_all(at.spare.join("a")).unwrap()),
    ("a shelf that is a link", |at| at.link("..", at.outside)),
    ("an own folder that is a link", |at| at.link("../..", at.outside)),
    ("a link where spares are removed", |at| {
        symlink(at.outside, at.spare.with_extension("gone")).unwrap();
    }),
    ("what a killed run was removing", |at| {
        fs::create_dir_all(at.spare.with_extension("gone").join("a/planted")).unwrap();
    }),
    ("what a killed run was bringing up to date", |at| fs::rename(&at.spare, at.site.path(".public.sowhat-spare")).unwrap()),
    ("what a killed run was about to publish", |at| fs::rename(&at.spare, at.site.path(".public.sowhat-next")).unwrap()),
    ("a link where it is brought up to date", |at| symlink(at.outside, at.site.path(".public.sowhat-spare")).unwrap()),
    ("a file where it is brought up to date", |at| fs::write(at.site.path(".public.sowhat-spare"), "planted").unwrap()),
];

type Tampering = (&'static str, fn(&Tampered<'_>));

/// A spare with a hand at it.
struct Tampered<'a> {
    site: &'a Site,
    spare: PathBuf,
    outside: &'a Path,
}

impl Tampered<'_> {
    /// Makes way for something below the spare, through folders that are none but its own.
    fn clear_way(&self, path: &str) -> PathBuf {
        let mut place = self.spare.clone();
        for part in Path::new(path) {
            if !is_folder(&place) {
                let _ = fs::remove_file(&place);
                fs::create_dir(&place).unwrap();
            }
            place = if part == ".." { place.parent().unwrap().to_owned() } else { place.join(part) };
        }
        match place.symlink_metadata() {
            Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(&place).unwrap(),
            Ok(_) => fs::remove_file(&place).unwrap(),
            Err(_) => {}
        }
        place
    }

    fn link(&self, path: &str, to: &Path) {
        symlink(to, self.clear_way(path)).unwrap();
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.clear_way(path), text).unwrap();
    }

    /// Another file with the times of the live one.
    fn forge(&self, path: &str, text: &str) {
        let modified = self.site.path("public").join(path).symlink_metadata().and_then(|metadata| metadata.modified()).ok();
        let place = self.clear_way(path);
        fs::write(&place, text).unwrap();
        let times = modified.map_or(FileTimes::new(), |modified| FileTimes::new().set_modified(modified));
        fs::File::options().write(true).open(place).unwrap().set_times(times).unwrap();
    }

    fn open(&self, path: &str) {
        fs::set_permissions(self.spare.join(path), fs::Permissions::from_mode(0o777)).unwrap();
    }
}

fn outside() -> TempDir {
    let outside = TempDir::new().unwrap();
    fs::write(outside.path().join("kept.txt"), "kept").unwrap();
    outside
}

fn assert_untouched(outside: &Path, name: &str) {
    let mut stands = BTreeMap::new();
    collect(outside, &mut stands);
    let stands: Vec<_> = stands.into_iter().map(|(path, stands)| (path, bytes_of(stands))).collect();
    assert_eq!(stands, [(outside.join("kept.txt"), Some(b"kept".to_vec()))], "{name}");
}

#[test]
fn nothing_in_the_spare_is_trusted() {
    for (name, tamper) in TAMPERINGS {
        let (site, outside) = (Site::published_twice(OLD), outside());
        site.write("public/a/mine.txt", "mine");
        let before = site.tree();
        let tampered = Tampered { site: &site, spare: site.spare().unwrap(), outside: outside.path() };
        tamper(&tampered);
        assert_eq!(site.tree(), before, "{name}: the live folder is not touched by the test itself");
        let storage = site.storage("public").unwrap();
        let writer = Writer::begin(&storage).unwrap();
        for (path, text) in NEW {
            writer.put(&output(path), text.as_bytes()).unwrap();
        }
        assert_eq!(site.tree(), before, "{name}");
        assert_eq!(writer.finish().unwrap(), Published { written: 3, unchanged: 1, removed: 1 }, "{name}");
        let bytes = site.bytes();
        let made: BTreeMap<PathBuf, Vec<u8>> =
            NEW.iter().map(|(path, text)| (site.path("public").join(path), text.as_bytes().to_vec())).collect();
        assert!(made.iter().all(|(path, text)| bytes.get(path) == Some(text)), "{name}: {bytes:?}");
        assert_eq!(bytes.len(), NEW.len() + 2, "{name}: {bytes:?}");
        let folders = site.tree().into_iter().filter(|(_, stands)| *stands == Stands::Folder).map(|(path, _)| path);
        let folders: Vec<PathBuf> = folders.chain([site.path("public")]).collect();
        assert_eq!(folders, ["public/a", "public/b", "public"].map(|path| site.path(path)), "{name}");
        let modes: Vec<u32> = folders.iter().map(|path| path.metadata().unwrap().mode() & 0o7777).collect();
        assert!(modes.iter().all(|mode| mode & 0o022 == 0), "{name}: {modes:?}");
        assert_eq!(site.tree()[&site.path("public/a/index.html")], before[&site.path("public/a/index.html")], "{name}");
        assert_untouched(outside.path(), name);
        assert!(site.is_tidy(), "{name}");
        site.publish(OLD).unwrap();
        assert_eq!(site.bytes().len(), OLD.len() + 2, "{name}: and the build after it");
        assert_untouched(outside.path(), name);
    }
}

#[test]
fn a_spare_is_kept_only_where_it_can_be() {
    let spares = |site: &Site| fs::read_dir(site.path(".sowhat/spare")).map_or(0, Iterator::count);
    let check = |name: &str, n_spares: usize, prepare: fn(&Site), output: &str| {
        let site = Site::new();
        prepare(&site);
        for files in [OLD, NEW, OLD] {
            publish(&site.storage(output).unwrap(), files).unwrap();
            let n_files = fs::read_dir(site.path(output)).unwrap().count();
            assert_eq!(n_files, files.len() + 1 - usize::from(files == OLD), "{name}");
        }
        assert_eq!(spares(&site), n_spares, "{name}");
        assert!(site.is_tidy(), "{name}");
        site
    };
    check("the usual folder", 1, |_| {}, "public");
    check("another folder", 1, |_| {}, "deep/er/out");
    check("a file where it would stand", 0, |site| site.write(".sowhat", "mine"), "public");
    check("a file where the shelf would stand", 0, |site| site.write(".sowhat/spare", "mine"), "public");
    check("a link where it would stand", 0, |site| symlink("content", site.path(".sowhat")).unwrap(), "public");
    let site = check("what is not ours on the shelf", 2, |site| site.write(".sowhat/spare/notes/mine.txt", "mine"), "public");
    assert!(site.path(".sowhat/spare/notes/mine.txt").exists());
    // An output that stands on the shelf must not be cleared with it.
    check("an output in our own folder", 0, |_| {}, ".sowhat/public");
    let site = check("an output on the shelf", 1, |_| {}, ".sowhat/spare/0123456789abcdef0123456789abcdef");
    publish(&site.storage("public").unwrap(), OLD).unwrap();
    let site = Site::new();
    let nowhere = DiskStorage::new(&site.path("public"), &site.path("no-site")).unwrap();
    for files in [OLD, NEW] {
        publish(&nowhere, files).unwrap();
    }
    assert!(!site.path("no-site").exists() && site.is_tidy());
}

#[test]
fn a_site_with_two_outputs_keeps_one_spare() {
    let site = Site::new();
    for files in [OLD, NEW, OLD, NEW] {
        for output in ["public", "preview"] {
            publish(&site.storage(output).unwrap(), files).unwrap();
            site.spare();
        }
    }
    let is_whole = |output: &str| NEW.iter().all(|(path, text)| fs::read_to_string(site.path(output).join(path)).unwrap() == *text);
    assert!(is_whole("public") && is_whole("preview"));
}

/// Each has a lock of its own, and all share a shelf.
#[test]
fn builds_at_once_into_several_outputs_do_not_take_from_each_other() {
    let site = Site::new();
    let names: Vec<String> = (0..30).map(|n| format!("page-{n}/index.html")).collect();
    let outputs = ["public", "one/out", "two/out", "two/out"];
    std::thread::scope(|scope| {
        for (worker, output) in outputs.iter().enumerate() {
            let (site, names) = (&site, &names);
            scope.spawn(move || {
                for round in 0..25 {
                    let marker = format!("{worker} {round}");
                    let text = |n: usize| if n.is_multiple_of(3) { marker.as_str() } else { "same" };
                    let files: Vec<(&str, &str)> = names.iter().enumerate().map(|(n, name)| (name.as_str(), text(n))).collect();
                    publish(&site.storage(output).unwrap(), &files).unwrap();
                    let read = |name: &String| fs::read_to_string(site.path(output).join(name));
                    let stands: Vec<_> = names.iter().map(read).collect();
                    // Where two build into one folder, the other one may publish at any moment.
                    assert!(*output == "two/out" || stands.iter().zip(&files).all(|(a, b)| a.as_deref().ok() == Some(b.1)), "{stands:?}");
                }
            });
        }
    });
    for output in outputs {
        let stands: Vec<String> = names.iter().map(|name| fs::read_to_string(site.path(output).join(name)).unwrap()).collect();
        assert!(
            stands.iter().enumerate().all(|(n, text)| if n.is_multiple_of(3) { *text == stands[0] } else { text == "same" }),
            "{stands:?}"
        );
    }
    assert!(site.is_tidy());
}

/// What a history of builds is drawn from.
#[derive(Debug, Clone)]
enum Step {
    /// A build of these files in these versions, which may end early.
    Build(Vec<(usize, usize)>, Option<(usize, How)>),
    /// Somebody does this at a path of the live folder.
    User(User, usize),
    /// Somebody does this to the spare.
    Tamper(usize),
    /// Somebody does this at a path of the spare.
    TamperAt(Tamper, usize),
}

#[derive(Debug, Clone, Copy)]
enum User {
    EditInPlace,
    EditSameLength,
    Replace,
    Delete,
    MakeFolder,
    Link,
}

#[derive(Debug, Clone, Copy)]
enum Tamper {
    Link,
    Write,
    Forge,
    MakeFolder,
    Delete,
}

const PATHS: &[&str] = &["index.html", "a/index.html", "a/b.txt", "a/b/c.html", "a/b/d/e.html", "c", "c/index.html", "d/x.txt", "#1.txt"];
const VERSIONS: &[&str] = &["old", "new", "longer"];

fn step() -> impl Strategy<Value = Step> {
    let files = prop::collection::vec((0..PATHS.len(), 0..VERSIONS.len()), 1..PATHS.len());
    let how = prop::sample::select(vec![How::Fails, How::Dies]);
    let fault = prop::option::weighted(0.3, (0usize..18, how));
    let users = vec![User::EditInPlace, User::EditSameLength, User::Replace, User::Delete, User::MakeFolder, User::Link];
    let tampers = vec![Tamper::Link, Tamper::Write, Tamper::Forge, Tamper::MakeFolder, Tamper::Delete];
    prop_oneof![
        4 => (files, fault).prop_map(|(files, fault)| Step::Build(files, fault)),
        3 => (prop::sample::select(users), 0..PATHS.len()).prop_map(|(user, path)| Step::User(user, path)),
        1 => (0..TAMPERINGS.len()).prop_map(Step::Tamper),
        2 => (prop::sample::select(tampers), 0..PATHS.len()).prop_map(|(tamper, path)| Step::TamperAt(tamper, path)),
    ]
}

/// The files of a build: no file stands where another one needs a folder.
fn files_of(drawn: &[(usize, usize)]) -> BTreeMap<&'static str, &'static str> {
    let mut files: BTreeMap<&str, &str> = BTreeMap::new();
    for (path, version) in drawn {
        let path = PATHS[*path];
        let is_in_the_way = |other: &str| other.starts_with(&format!("{path}/")) || path.starts_with(&format!("{other}/"));
        if !files.keys().any(|other| is_in_the_way(other)) {
            files.insert(path, VERSIONS[*version]);
        }
    }
    files
}

fn build(storage: &DiskStorage, files: &BTreeMap<&str, &str>, fault: Option<(usize, How)>) -> Option<Result<Published, String>> {
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, *text)).collect();
    let made = match fault {
        None => Ok(publish(storage, &files)),
        Some((fails_at, how)) => {
            let faulty = Faulty { storage, n_operations: AtomicUsize::new(0), fails_at, how };
            std::panic::catch_unwind(AssertUnwindSafe(|| publish(&faulty, &files)))
        }
    };
    made.ok().map(|made| made.map_err(|error| error.reason))
}

fn act(live: &Path, user: User, path: &str) {
    let place = live.join(path);
    let parent = place.parent().unwrap();
    let is_file = place.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
    let clear = || match place.symlink_metadata() {
        Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(&place).unwrap(),
        Ok(_) => fs::remove_file(&place).unwrap(),
        Err(_) => {}
    };
    match user {
        User::EditInPlace if is_file => fs::write(&place, "edited in place").unwrap(),
        User::EditSameLength if is_file => {
            let turned: Vec<u8> = fs::read(&place).unwrap().into_iter().rev().collect();
            fs::write(&place, turned).unwrap();
        }
        User::EditInPlace | User::EditSameLength => {}
        User::Delete => clear(),
        User::Replace | User::MakeFolder | User::Link => {
            if fs::create_dir_all(parent).is_err()
                || parent.canonicalize().unwrap() != live.canonicalize().unwrap().join(Path::new(path).parent().unwrap())
            {
                return;
            }
            clear();
            match user {
                User::MakeFolder => fs::create_dir(&place).unwrap(),
                User::Link => symlink("a", &place).unwrap(),
                _ => fs::write(&place, "mine").unwrap(),
            }
        }
    }
}

/// Every path below the live folder, with its kind and bytes.
fn look(site: &Site) -> BTreeMap<PathBuf, Result<Vec<u8>, Option<PathBuf>>> {
    let seen = |stands| match stands {
        Stands::File { bytes, .. } => Ok(bytes),
        Stands::Folder => Err(None),
        Stands::Link(to) => Err(Some(to)),
    };
    let below = |path: PathBuf| path.strip_prefix(site.root.path()).unwrap().to_owned();
    site.tree().into_iter().map(|(path, stands)| (below(path), seen(stands))).collect()
}

fn run(steps: &[Step]) {
    // One keeps a spare, and the other cannot, for it knows of no site.
    let (site, twin, outside) = (Site::new(), Site::new(), outside());
    for (idx, step) in steps.iter().enumerate() {
        match step {
            Step::Build(drawn, fault) => {
                let files = files_of(drawn);
                let before = site.tree();
                let made = build(&site.storage("public").unwrap(), &files, *fault);
                let plain = DiskStorage::new(&twin.path("public"), &twin.path("no-site")).unwrap();
                assert_eq!(made, build(&plain, &files, *fault), "{idx}: {step:?}");
                let after = site.tree();
                for (path, stands) in &before {
                    // What has the same bytes is the same file, whoever put it there.
                    let is_same = |now: &Stands| match (stands, now) {
                        (Stands::File { bytes: a, .. }, Stands::File { bytes: b, .. }) => a != b || stands == now,
                        _ => true,
                    };
                    let is_list = path.ends_with(".sowhat-manifest");
                    assert!(is_list || after.get(path).is_none_or(is_same), "{idx}: {step:?}: {}", path.display());
                }
                if matches!(made, Some(Ok(_))) {
                    assert!(site.is_tidy(), "{idx}: {step:?}");
                }
            }
            Step::User(user, path) => [&site, &twin].into_iter().for_each(|site| act(&site.path("public"), *user, PATHS[*path])),
            Step::Tamper(_) | Step::TamperAt(..) => {
                let spare = if site.path(".sowhat").is_dir() { site.spare() } else { None };
                // Not through a link that an earlier step has planted: it may lead to the live folder.
                let is_plain = |spare: &PathBuf| [spare.clone(), spare.join("a")].iter().all(|path| is_folder(path));
                let Some(spare) = spare.filter(is_plain) else { continue };
                let tampered = Tampered { site: &site, spare, outside: outside.path() };
                match step {
                    // Most of them count on what the spare holds.
                    Step::Tamper(tampering) => drop(std::panic::catch_unwind(AssertUnwindSafe(|| TAMPERINGS[*tampering].1(&tampered)))),
                    Step::TamperAt(Tamper::Link, path) => tampered.link(PATHS[*path], outside.path()),
                    Step::TamperAt(Tamper::Write, path) => tampered.write(PATHS[*path], "planted"),
                    Step::TamperAt(Tamper::Forge, path) => tampered.forge(PATHS[*path], "old"),
                    Step::TamperAt(Tamper::MakeFolder, path) => fs::create_dir(tampered.clear_way(PATHS[*path])).unwrap(),
                    Step::TamperAt(Tamper::Delete, path) => drop(tampered.clear_way(PATHS[*path])),
                    Step::Build(..) | Step::User(..) => {}
                }
            }
        }
        assert_eq!(look(&site), look(&twin), "{idx}: {step:?}");
        assert_untouched(outside.path(), "a history");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_history_ends_as_it_would_without_a_spare(steps in prop::collection::vec(step(), 4..24)) {
        run(&steps);
    }
}
