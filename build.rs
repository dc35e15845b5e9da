//! Embeds the themes of the repository: a table of every file below `themes`, path and bytes.

#![expect(clippy::disallowed_methods, reason = "Cargo speaks to build scripts by the environment, and they by files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

const THEMES: &str = "themes";

fn main() {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it")).join("theme_files.rs");
    println!("cargo:rerun-if-changed={THEMES}");
    let mut files = Vec::new();
    collect(&root.join(THEMES), &mut files);
    files.sort();
    let mut table = String::from("&[\n");
    // What two themes share, such as fonts, is carried once.
    let mut known: BTreeMap<Vec<u8>, PathBuf> = BTreeMap::new();
    for file in files {
        println!("cargo:rerun-if-changed={}", file.display());
        let relative = file.strip_prefix(&root).expect("collected below the root").to_string_lossy().replace('\\', "/");
        let bytes = fs::read(&file).expect("a file of a theme can be read");
        let included = known.entry(bytes).or_insert(file);
        table.push_str(&format!("    ({relative:?}, include_bytes!({:?}).as_slice()),\n", included.display().to_string()));
    }
    table.push_str("]\n");
    fs::write(out, table).expect("the build folder is writable");
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        match path.is_dir() {
            _ if hidden => {}
            true => collect(&path, files),
            false => files.push(path),
        }
    }
}
