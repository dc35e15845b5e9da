//! Folders as strangers leave them: links, odd names, depths, vanishing files. Nothing outside the root
//! is read, nothing stops the run that need not, and what is not read is said.

use crate::fixture::{Made, SITE_TOML, failure_text, make, options, rich_site};
use sowhat::base::path::SourcePath;
use sowhat::pipeline::Session;
use sowhat::world::disk::DiskWorld;
use sowhat::world::memory::MemoryWorld;
use sowhat::world::{Listing, Stamp, World, WorldError};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tempfile::TempDir;

const PAGE: &str = "---\nkind: page\ntitle: A page\n---\n\nText.\n";
const SECRET: &str = "a-secret-of-the-machine";

/// A site on disk with one page, changed by `arrange`, made.
fn made_after(arrange: impl FnOnce(&Path)) -> Made {
    let root = TempDir::new().unwrap();
    fs::create_dir_all(root.path().join("content")).unwrap();
    fs::write(root.path().join("site.toml"), SITE_TOML.replace("/essays/", "/about/")).unwrap();
    fs::write(root.path().join("content/about.md"), PAGE).unwrap();
    arrange(root.path());
    let made = make(Arc::new(DiskWorld::new(root.path()).unwrap()));
    for bytes in made.outputs.values().flatten() {
        assert!(!bytes.windows(SECRET.len()).any(|part| part == SECRET.as_bytes()), "something outside the root was read");
    }
    assert!(!made.findings.contains(SECRET), "something outside the root was read");
    made
}

/// The site is made all the same, and exactly these words are in its findings.
#[track_caller]
fn check(arrange: impl FnOnce(&Path), words: &[&str]) {
    let made = made_after(arrange);
    assert!(made.outputs.contains_key("about/index.html"), "{}", made.findings);
    for word in words {
        assert!(made.findings.contains(word), "no {word:?} in {}", made.findings);
    }
    assert_eq!(made.findings.contains("file-unreadable"), !words.is_empty(), "{}", made.findings);
}

fn outside() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("secret.md"), format!("---\ntitle: {SECRET}\nkind: page\n---\n{SECRET}")).unwrap();
    fs::write(folder.path().join("index.html"), SECRET).unwrap();
    folder
}

#[test]
fn links_out_of_the_root_are_not_followed() {
    let outside = outside();
    let secret = outside.path().join("secret.md");
    check(|root| symlink(&secret, root.join("content/x.md")).unwrap(), &["file-unreadable", "`content/x.md` is a symbolic link"]);
    check(|root| symlink(&secret, root.join("content/x.txt")).unwrap(), &["file-unreadable"]);
    check(|root| symlink(outside.path(), root.join("content/x")).unwrap(), &["`content/x` is a symbolic link"]);
    check(|root| symlink(outside.path(), root.join("static")).unwrap(), &["`static` is a symbolic link"]);
    check(|root| symlink(outside.path(), root.join("templates")).unwrap(), &["`templates` is a symbolic link"]);
    check(|root| symlink("/dev/zero", root.join("content/x.md")).unwrap(), &["file-unreadable"]);
    check(|root| symlink("nowhere", root.join("content/x.md")).unwrap(), &["file-unreadable"]);
    check(|root| symlink("about.md", root.join("content/x.md")).unwrap(), &[]);
    let made = made_after(|root| {
        fs::remove_file(root.join("site.toml")).unwrap();
        symlink(&secret, root.join("site.toml")).unwrap();
    });
    assert!(made.outputs.is_empty() && made.findings.contains("leads out of the site"), "{}", made.findings);
}

#[test]
fn loops_and_depths_end() {
    check(|root| symlink(".", root.join("content/again")).unwrap(), &["leads back into itself"]);
    check(|root| symlink("../content", root.join("content/again")).unwrap(), &["leads back into itself"]);
    let dive = |root: &Path| {
        let mut folder = root.join("content");
        for _ in 0..200 {
            folder.push("d");
        }
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("x.md"), PAGE).unwrap();
    };
    check(dive, &["nested too deep"]);
}

#[test]
fn names_that_are_no_text_are_said_and_not_read() {
    let odd = |name: &'static [u8]| move |root: &Path| fs::write(root.join("content").join(OsStr::from_bytes(name)), PAGE).unwrap();
    check(odd(b"a\nb.md"), &["file-unreadable", "not plain UTF-8 text"]);
    check(odd(b"a\xffb.md"), &["not plain UTF-8 text"]);
    check(odd(b"a\x1b[31mb.md"), &["not plain UTF-8 text"]);
    check(odd(b"a\\b.md"), &["not plain UTF-8 text"]);
    check(odd(b"a\"<b>&'%23?#.md"), &[]);
    check(odd("é\u{202e}txt.md".as_bytes()), &[]);
    check(odd(b"~.md"), &[]);
    check(|root| fs::create_dir(root.join("content/folder.md")).unwrap(), &[]);
    let pipe = |root: &Path| assert!(std::process::Command::new("mkfifo").arg(root.join("content/pipe.md")).status().unwrap().success());
    check(pipe, &["neither a file nor a folder"]);
    let configuration_pipe = |root: &Path| {
        fs::remove_file(root.join("site.toml")).unwrap();
        assert!(std::process::Command::new("mkfifo").arg(root.join("site.toml")).status().unwrap().success());
    };
    assert!(made_after(configuration_pipe).findings.contains("not a plain file"));
}

/// No output leaves the folder or carries a name that no host would hold, whatever front matter asks.
#[test]
fn addresses_stay_inside_the_output() {
    let asks = [
        "slug: ../../escape",
        "slug: /etc/passwd",
        "slug: ..",
        "slug: \"a\\0b\"",
        "slug: \"a\\nb\"",
        "slug: CON",
        "slug: \"\"",
        "aliases: [../../escape, /../escape/, \"a\\nb\", \"//evil.example/\", \"https://evil.example/\", \"\\\\\\\\server\\\\x\", \"/a/../../b\"]",
        "aliases: [/.sowhat-manifest, /.sowhat-manifest/x, .SOWHAT-MANIFEST]",
        "aliases: [/about, /index.html, /404.html, /, \"\", /sitemap.xml, /robots.txt/x]",
        "image: ../../../../etc/passwd",
        "image: /../../etc/passwd",
        "template: ../../../etc/passwd",
        "template: directives/callout",
        "lang: ../../x",
        "topics: [../../escape, \"..\", \"a/b\", \"\"]",
        "series: ../../escape",
        "authors: [../../escape]",
        "related: [../../../../etc/passwd, /etc/passwd]",
    ];
    for ask in asks {
        let world = rich_site();
        world.write(
            "content/essays/hostile.md",
            format!("---\ntitle: Hostile\ndate: 2026-01-01\n{ask}\n---\n\n![x](../../../../etc/passwd)\n").as_bytes(),
        );
        let made = make(Arc::new(world));
        assert!(made.findings.contains("asset-missing"), "{ask}: {}", made.findings);
        for path in made.outputs.keys() {
            let plain = path.split('/').all(|part| !part.is_empty() && part != ".." && part != "." && !part.contains(char::is_control));
            assert!(plain && !path.to_lowercase().starts_with(".sowhat"), "{ask} is written to {path:?}");
        }
    }
}

#[test]
fn outputs_that_would_share_a_path_are_found() {
    for (path, text) in [
        ("content/essays/ONE.md", "---\ntitle: X\n---\n"),
        ("content/essays/one/index.md", "---\ntitle: X\n---\n"),
        ("content/x.md", "---\ntitle: X\nkind: page\nslug: about\n---\n"),
        ("content/x.md", "---\ntitle: X\nkind: page\naliases: [/essays/]\n---\n"),
        ("static/about/index.html", "x"),
        ("static/sitemap.xml/x", "x"),
        ("static/Index.HTML", "x"),
    ] {
        let world = rich_site();
        world.write(path, text.as_bytes());
        let made = make(Arc::new(world));
        assert!(made.findings.contains("output-collision"), "{path}: {}", made.findings);
    }
}

#[test]
fn names_too_long_for_a_file_system_are_findings() {
    let world = rich_site();
    let long = "n".repeat(300);
    world.write(&format!("content/{long}.md"), PAGE.as_bytes());
    world.write(&format!("content/{}x.md", "deep/".repeat(500)), PAGE.as_bytes());
    world.write("content/slug.md", format!("---\nkind: page\ntitle: Slug\nslug: {long}\naliases: [/{long}/]\n---\n").as_bytes());
    let made = make(Arc::new(world));
    assert!(made.findings.matches("url-unusable").count() >= 4, "{}", made.findings);
    assert!(made.outputs.contains_key("about/index.html"));
}

/// A world in which one file goes, changes or cannot be read between the listing and the reading.
struct Moving {
    world: MemoryWorld,
    path: &'static str,
    then: Then,
    is_listed: AtomicBool,
}

#[derive(Clone, Copy)]
enum Then {
    Gone,
    Unreadable,
    Changed,
}

impl World for Moving {
    fn list(&self, folder: &SourcePath) -> Result<Listing, WorldError> {
        self.world.list(folder)
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
        if path.as_str() != self.path {
            return self.world.read(path);
        }
        match self.then {
            Then::Gone => Ok(None),
            Then::Unreadable => Err(WorldError::new("read", path, "permission denied")),
            Then::Changed if self.is_listed.swap(true, Ordering::Relaxed) => Ok(Some(b"other bytes".to_vec())),
            Then::Changed => self.world.read(path),
        }
    }
}

#[test]
fn files_that_move_under_the_run_do_not_break_it() {
    let made =
        |path: &'static str, then: Then| make(Arc::new(Moving { world: rich_site(), path, then, is_listed: AtomicBool::new(false) }));
    let gone = made("content/essays/2026-03-04-three.md", Then::Gone);
    assert!(gone.outputs.contains_key("about/index.html") && !gone.outputs.contains_key("essays/three/index.html"));
    let unreadable = made("content/essays/2026-03-04-three.md", Then::Unreadable);
    assert_eq!(unreadable.findings, "cannot read `content/essays/2026-03-04-three.md`: permission denied");
    let changed = made("content/essays/two/sheet.csv", Then::Changed);
    assert!(changed.findings.contains("it changed while the site was being made"), "{}", changed.findings);
    assert!(changed.outputs["essays/two/sheet.csv"].is_err());
}

#[test]
fn configurations_that_stop_the_run_say_why() {
    let check = |edit: &dyn Fn(&str) -> String, words: &str| {
        let world = rich_site();
        world.write("site.toml", edit(SITE_TOML).as_bytes());
        let failure = Session::new(Arc::new(world), options()).run().err().unwrap_or_else(|| panic!("{words}"));
        let text = failure_text(&failure);
        assert!(text.contains(words), "no {words:?} in {text}");
    };
    let with_base = |url: &'static str| move |text: &str| text.replace("https://northbank.example/insights/", url);
    for url in [
        "javascript:alert(1)",
        "https://",
        "https://a b/",
        "//host/",
        "/only/path/",
        "https://user:pass@host/",
        "https://h/?q",
        "file:///etc/",
    ] {
        check(&with_base(url), "base_url");
    }
    for url in ["https://h/../x/", "https://h/a//b/", "https://h/\\\"><script>/", "https://h/<x>/"] {
        check(&with_base(url), "not a plain path");
    }
    check(&|text| format!("theme = \"../../etc\"\n{text}"), "not the name of a folder");
    check(&|text| format!("theme = \"\"\n{text}"), "theme");
    check(&|text| format!("theme = \"other\"\n{text}"), "there is no theme");
    check(&|text| format!("{text}\nx = {}{}\n", "[".repeat(5000), "]".repeat(5000)), "site.toml");
}

#[test]
fn an_edit_whose_time_was_set_back_shows_all_the_same() {
    let root = TempDir::new().unwrap();
    let file = root.path().join("page.md");
    fs::write(&file, "before").unwrap();
    let world = DiskWorld::new(root.path()).unwrap();
    let path = SourcePath::new("page.md").unwrap();
    let look = || (world.stamp(&path).unwrap().unwrap(), world.list(&SourcePath::root()).unwrap().files);
    let before = look();
    assert_eq!(look(), before);
    let modified = fs::metadata(&file).unwrap().modified().unwrap();
    // A file system's clock ticks a few milliseconds apart.
    std::thread::sleep(std::time::Duration::from_millis(30));
    fs::write(&file, "behind").unwrap();
    fs::File::options().write(true).open(&file).unwrap().set_modified(modified).unwrap();
    let after = look();
    assert_eq!((after.0.len, after.0.modified), (before.0.len, before.0.modified));
    assert!(after.0 != before.0 && after.1 != before.1);
}
