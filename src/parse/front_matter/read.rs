//! A Markdown file's text to its front matter, its body, and everything that is wrong with the header.

use super::yaml;
use super::{FrontMatter, decode, fence, rules, schema};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::file_text::FileText;
use crate::base::map_reader::{MapReader, many};
use crate::base::node::{Entry, Node, Value, place_of};
use crate::base::path::SourcePath;
use crate::base::shape;
use crate::base::text::LineIndex;
use crate::config::language::is_language_tag;
use std::ops::Range;

/// The longest header that is read, in bytes.
const MAX_HEADER: usize = 64 * 1024;
/// Items per page that a listing can have.
const PAGE_SIZES: std::ops::RangeInclusive<i64> = 1..=1000;

/// Reads a file's header; the range is its body.
///
/// ```
/// use sowhat::base::path::SourcePath;
/// use sowhat::parse::front_matter::read;
///
/// let path = SourcePath::new("content/a.md").expect("a relative path");
/// let text = "---\ntitle: 2026\ndraft: yes\n---\nBody.\n";
/// let (front, body, findings) = read(&path, text);
/// assert_eq!(front.title.map(|title| title.value), Some("2026".to_owned()));
/// assert_eq!(&text[body], "Body.\n");
/// assert_eq!(&*findings[0].message, "`draft` takes `true` or `false`, not text");
/// ```
pub fn read(path: &SourcePath, text: &str) -> (FrontMatter, Range<usize>, Vec<Diagnostic>) {
    let source = FileText { path, text };
    let (parts, fault) = fence::split(source);
    let mut findings: Vec<Diagnostic> = fault.into_iter().collect();
    let unreadable = !findings.is_empty();
    let front = match parts.header {
        None => FrontMatter { unreadable, ..FrontMatter::default() },
        Some(header) => header_of(source, &parts.fence, header, &mut findings),
    };
    (FrontMatter { fence: parts.fence, ..front }, parts.body, findings)
}

fn header_of(source: FileText<'_>, fence: &Range<usize>, header: Range<usize>, findings: &mut Vec<Diagnostic>) -> FrontMatter {
    let unreadable = || FrontMatter { unreadable: true, ..FrontMatter::default() };
    if header.len() > MAX_HEADER {
        let message = format!("the front matter is {} KiB long, and at most {} are read", header.len() / 1024, MAX_HEADER / 1024);
        let finding = Diagnostic::error(rules::TOO_LARGE, source.place(fence.clone()), message);
        findings.push(finding.help("is the closing `---` where it should be? Data of this size belongs in a file under `data/`"));
        return unreadable();
    }
    let (root, faults) = yaml::read(source, header);
    findings.extend(faults);
    let Some(root) = root else { return unreadable() };
    match &root.value {
        Value::Map(_) | Value::Null => {}
        other => {
            let message = format!("front matter is a map of keys and values, not {}", other.kind());
            let finding = Diagnostic::error(rules::WRONG_TYPE, source.place(root.range.clone()), message);
            findings.push(finding.help("write `key: value`, with a space after the colon"));
            return unreadable();
        }
    }
    findings.extend(shape::check(source, &root, schema::KEYS, &schema::RULE_NAMES));
    findings.extend(demands(source, &root));
    cut_short(source, &root, findings);
    decode::front_matter(&root, source.text)
}

/// What the table of keys cannot say.
fn demands(source: FileText<'_>, root: &Node) -> Vec<Diagnostic> {
    let map = MapReader::new(root, source.text);
    let wrong = |entry: &Entry, message: &str| Diagnostic::error(rules::WRONG_TYPE, source.place(place_of(entry)), message);
    let mut findings = Vec::new();
    if let Some(entry) = map.entry("gate").filter(|entry| entry.node.value == Value::Null) {
        let help = "take the key out to publish the whole text, or write `gate: { reason: … }`";
        findings.push(wrong(entry, "`gate` takes a map, not nothing").help(help));
    }
    if let Some(entry) = map.entry("gated").filter(|entry| entry.node.value == Value::Bool(true)) {
        let help = "write `gate: { reason: … }` and say why readers cannot have the text";
        findings.push(wrong(entry, "`gated: true` gates nothing here: a gate has a reason").help(help));
    }
    if let Some(entry) = map.entry("series").filter(|entry| is_map_without(&entry.node, "id")) {
        findings.push(wrong(entry, "this series has no `id`"));
    }
    if let Some(entry) = map.entry("corrections") {
        for correction in
            many(&entry.node).iter().filter(|correction| correction.value == Value::Null || is_map_without(correction, "note"))
        {
            let place = source.place(correction.range.clone());
            findings.push(Diagnostic::error(rules::WRONG_TYPE, place, "this correction has no `note` that says what was wrong"));
        }
    }
    let is_no_page_size = |entry: &&Entry| matches!(entry.node.value, Value::Integer(size) if !PAGE_SIZES.contains(&size));
    if let Some(entry) = map.entry("paginate_by").filter(is_no_page_size) {
        findings.push(wrong(entry, "`paginate_by` takes a number from 1 to 1000"));
    }
    let defaults = map.entry("defaults").map(|entry| MapReader::new(&entry.node, source.text));
    for entry in [map.entry("lang"), defaults.and_then(|defaults| defaults.entry("lang"))].into_iter().flatten() {
        let tag = map.read_text(&entry.node);
        if let Some(tag) = tag.filter(|tag| !is_language_tag(tag)) {
            let help = "write a language tag such as `en`, `en-GB` or `pt-BR`";
            findings.push(wrong(entry, &format!("`{tag}` is not a language tag")).help(help));
        }
    }
    findings
}

/// Text that YAML takes for a comment and its author most likely does not: `Why we are #1`.
fn cut_short(source: FileText<'_>, node: &Node, findings: &mut Vec<Diagnostic>) {
    match &node.value {
        Value::Map(entries) => entries.iter().for_each(|entry| cut_short(source, &entry.node, findings)),
        Value::List(items) => items.iter().for_each(|item| cut_short(source, item, findings)),
        Value::Text(_) => {
            let line = source.text[node.range.end..].split(['\n', '\r']).next().unwrap_or_default();
            let written = &source.text[node.range.clone()];
            let is_plain = !written.starts_with(['"', '\'', '|', '>']);
            let lost = line.trim();
            let is_glued = lost.strip_prefix('#').is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
            if is_plain && is_glued && !written.is_empty() {
                let start = node.range.end + line.find('#').unwrap_or_default();
                let message = format!("`{lost}` is not read: in YAML a `#` after a space begins a comment");
                let whole = format!("{written} {lost}").replace('\\', "\\\\").replace('"', "\\\"");
                let help = match written.contains('\n') {
                    true => "put the value between quotes".to_owned(),
                    false => format!("put the value between quotes: `\"{whole}\"`; a comment has a space behind its `#`"),
                };
                findings.push(Diagnostic::warning(rules::CUT_SHORT, source.place(start..start + lost.len()), message).help(help));
            }
        }
        Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Float(_) | Value::Date(_) => {}
    }
}

fn is_map_without(node: &Node, key: &str) -> bool {
    let Value::Map(_) = &node.value else { return false };
    node.value.get(key).is_none_or(|entry| entry.node.value == Value::Null)
}

/// The finding for a file that is not UTF-8, at its first bad byte.
///
/// Its place counts in the text that [`String::from_utf8_lossy`] makes of the bytes, which is what
/// can be shown.
pub fn not_utf8(path: &SourcePath, bytes: &[u8]) -> Diagnostic {
    let at = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let before = String::from_utf8_lossy(&bytes[..at]);
    let position = LineIndex::new(&before).position(&before, at);
    let byte = bytes.get(at).copied().unwrap_or_default();
    let place = Place::new(path, at..at + char::REPLACEMENT_CHARACTER.len_utf8());
    let message = format!("the file is not UTF-8: byte 0x{byte:02X} at line {}, column {}", position.line, position.column);
    let help = match likely_encoding(bytes) {
        Some((name, charset)) => format!(
            "it looks like {name}; save it as UTF-8 in your editor, or run `iconv -f {charset} -t UTF-8 {} > new.md`",
            path.file_name()
        ),
        None => "save it as UTF-8 in your editor; if it is damaged, restore it from an earlier version".to_owned(),
    };
    Diagnostic::error(rules::NOT_UTF8, place, message).help(help)
}

/// What the bytes were most likely written in: its name, and the name `iconv` has for it.
fn likely_encoding(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    let n_nul = bytes.iter().take(512).filter(|byte| **byte == 0).count();
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Some(("UTF-16", "UTF-16"));
    }
    if n_nul > 0 {
        return None;
    }
    // Text in UTF-8 with damage has whole characters too; text in a single-byte encoding has none.
    let has_whole_characters = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    if has_whole_characters {
        return None;
    }
    let has_typographic_quotes = bytes.iter().any(|byte| (0x80..=0x9f).contains(byte));
    Some(if has_typographic_quotes { ("Windows-1252", "WINDOWS-1252") } else { ("Latin-1", "ISO-8859-1") })
}

#[cfg(test)]
mod tests;
