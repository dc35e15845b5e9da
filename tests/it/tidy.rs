//! What holds of the source text itself: the layers, what only `world/` may do, the size and the head
//! of every file. Clippy holds the rest (`clippy.toml`, `[lints]` in `Cargo.toml`).

use std::fs;
use std::path::{Path, PathBuf};

/// The library's modules: each may use those before it, and no other.
const LAYERS: &[&str] =
    &["base", "imaging", "world", "config", "parse", "model", "editorial", "render", "output", "pipeline", "report", "serve"];

/// The most lines of a file, its tests left out.
const MAX_LINES: usize = 600;

/// Files that are longer for now, each with its reason and the length it may not outgrow.
const LONG_FILES: &[(&str, usize, &str)] = &[];

/// Words that betray a way around `world/`, and who else may use them.
const DOORS: &[(&str, &[&str])] = &[
    ("std::fs", &["world", "cli"]),
    ("std::env", &["world", "cli"]),
    ("std::process", &["cli", "serve"]),
    ("SystemTime", &["world", "cli"]),
    ("Instant", &["cli", "serve"]),
    ("Timestamp::now", &["cli"]),
    ("Zoned::now", &["cli"]),
    ("PathBuf", &["world", "cli"]),
    ("std::path::", &["world", "cli"]),
    ("println!", &["cli"]),
    ("print!", &["cli"]),
    ("static mut", &[]),
    // The compiler of sheets takes functions that hold nothing.
    ("thread_local!", &["world"]),
];

/// A source file, told apart into what ships and its tests.
struct Source {
    /// From the repository's root, with `/` between its parts.
    path: String,
    text: String,
}

impl Source {
    /// The first folder or file of `src/` that it belongs to.
    fn module(&self) -> &str {
        let below = self.path.trim_start_matches("src/");
        below.split(['/', '.']).next().unwrap()
    }

    fn is_test(&self) -> bool {
        self.path.starts_with("tests/") || self.path.ends_with("/tests.rs") || self.path.ends_with("/testing.rs")
    }

    /// The code that ships, comments and string contents blanked.
    fn code(&self) -> String {
        match self.is_test() {
            true => String::new(),
            false => blanked(self.text.split("#[cfg(test)]\nmod tests {").next().unwrap()),
        }
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    collect(&root.join("src"), &mut paths);
    collect(&root.join("tests/it"), &mut paths);
    paths.sort();
    let source = |path: PathBuf| {
        let relative = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        Source { path: relative, text: fs::read_to_string(path).unwrap().replace("\r\n", "\n") }
    };
    paths.into_iter().map(source).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, paths);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            paths.push(path);
        }
    }
}

/// Source text with line comments and the insides of strings replaced by spaces, line by line.
fn blanked(text: &str) -> String {
    let mut blanked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let len = match c {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '"' => string_len(rest, "\"", true),
            'r' if rest.starts_with("r#\"") => string_len(&rest[2..], "\"#", false) + 2,
            // A quote as a character, so that it opens no string.
            '\'' if rest.starts_with("'\"'") => 3,
            '\'' if rest.starts_with("'\\\"'") => 4,
            _ => 0,
        };
        match len {
            0 => blanked.push(c),
            len => blanked.extend(rest[..len].chars().map(|c| if c == '\n' { c } else { ' ' })),
        }
        rest = &rest[len.max(c.len_utf8())..];
    }
    blanked
}

/// The length of a string literal that begins with a quote.
fn string_len(text: &str, end: &str, has_escapes: bool) -> usize {
    let mut at = 1;
    while at < text.len() {
        if has_escapes && text[at..].starts_with('\\') {
            at += 1 + text[at + 1..].chars().next().map_or(0, char::len_utf8);
        } else if text[at..].starts_with(end) {
            return at + end.len();
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    text.len()
}

/// The modules of the crate that some code names: `crate::a::b`, `use crate::{a, b::c}`.
fn modules_named(code: &str) -> Vec<String> {
    let mut named = Vec::new();
    for (at, prefix) in code.match_indices("crate::") {
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            None => named.push(first_word(rest)),
            Some(group) => {
                let mut depth = 0;
                let mut is_start = true;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => break,
                        '}' => depth -= 1,
                        ',' if depth == 0 => is_start = true,
                        c if is_start && !c.is_whitespace() => {
                            named.push(first_word(&group[at..]));
                            is_start = false;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    named
}

fn first_word(text: &str) -> String {
    text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// All faults at once: one line for each.
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn modules_use_only_those_before_them() {
    assert_eq!(modules_named("use crate::{a::{x, y}, b, c::z}; crate::d::f(); // crate::"), ["a", "b", "c", "d", ""]);
    let layer = |module: &str| LAYERS.iter().position(|layer| *layer == module);
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.path.starts_with("src/")) {
        let Some(own) = layer(source.module()) else {
            let is_binary = ["lib", "main", "cli"].contains(&source.module());
            faults.extend((!is_binary).then(|| format!("{}: which layer is this? add it to LAYERS", source.path)));
            continue;
        };
        for named in modules_named(&source.code()) {
            match layer(&named) {
                Some(used) if used <= own => {}
                Some(_) => faults.push(format!("{}: `{}` stands below `{named}` and may not use it", source.path, source.module())),
                None => faults.push(format!("{}: `crate::{named}` is no layer", source.path)),
            }
        }
        // `super::super::super` in a shallow file would name a layer without `crate::`.
        let depth = source.path.matches('/').count() - usize::from(source.path.ends_with("/mod.rs"));
        let escapes = source.code().contains(&["super::"; 8][..=depth].concat());
        faults.extend(escapes.then(|| format!("{}: name another layer by `crate::`", source.path)));
    }
    assert_none(&faults);
}

#[test]
fn only_world_and_the_commands_touch_the_outside() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| source.path.starts_with("src/")) {
        let code = source.code();
        for (word, allowed) in DOORS {
            if code.contains(word) && !allowed.contains(&source.module()) && source.module() != "main" {
                faults.push(format!("{}: `{word}` belongs to {allowed:?}", source.path));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn the_library_never_names_the_command_line() {
    let names = |source: &&Source| ["clap", "anyhow", "anstream"].iter().any(|name| source.code().contains(&format!("{name}::")));
    let library = sources();
    let library = library.iter().filter(|source| source.path.starts_with("src/") && !["cli", "main"].contains(&source.module()));
    let faults: Vec<String> = library.filter(names).map(|source| format!("{}: this belongs to `cli/`", source.path)).collect();
    assert_none(&faults);
}

#[test]
fn files_say_what_they_are_and_stay_short() {
    let mut faults = Vec::new();
    for source in sources() {
        let path = &source.path;
        if !source.text.starts_with("//! ") {
            faults.push(format!("{path}: begin with `//!` and what the file turns into what"));
        }
        let n_lines = source.text.split("#[cfg(test)]\nmod tests {").next().unwrap().lines().count();
        let limit = LONG_FILES.iter().find(|(long, ..)| long == path).map_or(MAX_LINES, |(_, limit, _)| *limit);
        if n_lines > limit && !source.is_test() {
            faults.push(format!("{path}: {n_lines} lines; split it, {limit} is the limit"));
        }
        if limit > MAX_LINES && n_lines <= MAX_LINES {
            faults.push(format!("{path}: it is short enough now; take it off LONG_FILES"));
        }
        let name = path.rsplit('/').next().unwrap();
        if ["util.rs", "utils.rs", "common.rs", "helpers.rs", "misc.rs"].contains(&name) {
            faults.push(format!("{path}: name it by what it knows"));
        }
        for (idx, line) in source.text.lines().enumerate() {
            if line.trim_start().starts_with("#[allow") || line.trim_start().starts_with("#![allow") {
                faults.push(format!("{path}:{}: write `#[expect(…, reason = \"…\")]`", idx + 1));
            }
        }
    }
    assert_none(&faults);
}
