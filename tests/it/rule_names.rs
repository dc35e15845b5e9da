//! Every finding's rule can be explained: the names in the sources are the names in the registry.

use sowhat::editorial::registry;
use std::fs;
use std::path::{Path, PathBuf};

/// What stands before a rule's name where a finding is made.
const MAKERS: [&str; 3] = ["Diagnostic::error(", "Diagnostic::warning(", ": &str ="];

#[test]
fn every_rule_that_the_sources_name_is_in_the_registry() {
    let mut unknown = Vec::new();
    for path in rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let text = fs::read_to_string(&path).unwrap();
        // Tests stand at the end of a file, in files of their own, or are made of examples.
        if path.ends_with("tests.rs") {
            continue;
        }
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        unknown.extend(
            rules_named_in(code)
                .into_iter()
                .filter(|name| registry::find(name).is_none())
                .map(|name| format!("{}: {name}", path.display())),
        );
    }
    assert!(unknown.is_empty(), "{unknown:#?}");
}

fn rules_named_in(code: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for maker in MAKERS {
        for (at, _) in code.match_indices(maker) {
            let rest = code[at + maker.len()..].trim_start();
            let name = rest.strip_prefix('"').and_then(|rest| rest.split('"').next());
            let is_rule = |name: &&str| {
                // No rule is called after the program; functions that it lends to others are.
                name.contains('-')
                    && !name.starts_with("sowhat-")
                    && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit())
            };
            names.extend(name.filter(is_rule));
        }
    }
    names
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}
