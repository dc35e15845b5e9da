//! Sites in folders, `tests/sites/<case>/`, each made and held against its `expected/`.
//!
//! `findings.txt` and `plan.txt` (every output but the theme's own files) are compared always; any other
//! file in `expected/` is compared with the output of that path. A new case is a new folder;
//! `SOWHAT_BLESS=1 cargo test --test it sites` writes what is made, for a person to read.

use crate::fixture::{findings_text, options};
use sowhat::base::path::OutputPath;
use sowhat::pipeline::{Gate, Outcome, Session, Silent};
use sowhat::world::disk::DiskWorld;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[test]
fn every_site_gives_what_is_expected() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut cases: Vec<PathBuf> = fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 9, "{cases:?}");
    let differences: String = cases.iter().map(|case| run(case)).collect();
    assert!(differences.is_empty(), "{differences}\nread the differences; SOWHAT_BLESS=1 accepts them");
}

/// Makes a case; what differs, or nothing.
fn run(case: &Path) -> String {
    let world = Arc::new(DiskWorld::new(case).unwrap());
    let mut outcome = Session::new(world, options()).run().unwrap();
    outcome.check(&Silent).unwrap();
    let expected_folder = case.join("expected");
    let mut differences = String::new();
    for (path, made) in made(&outcome, &expected_folder) {
        let file = expected_folder.join(&path);
        let expected = fs::read_to_string(&file).unwrap_or_default();
        if made == expected {
            continue;
        }
        if std::env::var_os("SOWHAT_BLESS").is_some() {
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, made).unwrap();
        } else {
            differences += &format!("=== {}\n{}", file.display(), difference(&expected, &made));
        }
    }
    differences
}

/// The two lists, and each output that the case asks for.
fn made(outcome: &Outcome, expected_folder: &Path) -> BTreeMap<String, String> {
    let findings = outcome.findings().to_vec();
    let gate = match outcome.gate() {
        Gate::Open => "the gate is open\n",
        Gate::Closed => "the gate is closed\n",
    };
    let own = outcome.plan.entries.iter().filter(|(_, entry)| !entry.origin.as_str().starts_with("themes/"));
    let plan: String = own.map(|(path, _)| format!("{path}\n")).collect();
    let mut made = BTreeMap::from([
        ("findings.txt".to_owned(), format!("{}{gate}", findings_text(&findings, &outcome.sources))),
        ("plan.txt".to_owned(), plan),
    ]);
    let mut asked = Vec::new();
    collect(expected_folder, "", &mut asked);
    for path in asked {
        made.entry(path.clone()).or_insert_with(|| produced(outcome, &path));
    }
    made
}

fn produced(outcome: &Outcome, path: &str) -> String {
    match outcome.produce(&OutputPath::new(path).unwrap()) {
        Ok((bytes, _)) => without_theme_hashes(&String::from_utf8(bytes).unwrap().replace(env!("CARGO_PKG_VERSION"), "VERSION")),
        Err(findings) => format!("no such output: {findings:?}\n"),
    }
}

/// A style sheet or script of the theme changes its name with every edit; that is no matter of these cases.
fn without_theme_hashes(text: &str) -> String {
    let mut plain = text.to_owned();
    for ending in [".css", ".js", ".svg\" type=\"image/svg+xml\""] {
        let hashes: Vec<String> = plain
            .match_indices(ending)
            .filter_map(|(at, _)| plain.get(at.checked_sub(9)?..at))
            .filter(|hash| hash.starts_with('.') && hash[1..].bytes().all(|byte| byte.is_ascii_hexdigit()))
            .map(str::to_owned)
            .collect();
        for hash in hashes {
            plain = plain.replace(&format!("{hash}{ending}"), &format!(".HASH{ending}"));
        }
    }
    plain
}

fn collect(folder: &Path, prefix: &str, paths: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
        if entry.path().is_dir() {
            collect(&entry.path(), &format!("{name}/"), paths);
        } else {
            paths.push(name);
        }
    }
}

/// The lines of one that the other has not, in their order.
fn difference(expected: &str, made: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (expected.lines().collect(), made.lines().collect());
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("- {line}\n"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+ {line}\n"));
    let lines: String = gone.chain(come).collect();
    if lines.is_empty() { "the same lines in another order\n".to_owned() } else { lines }
}
