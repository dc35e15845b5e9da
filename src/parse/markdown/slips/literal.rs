//! Markup that is printed as its signs, because something in it is not as Markdown wants it.

use super::lines;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::base::suggest;
use crate::base::text::floor_char_boundary;
use crate::parse::markdown::blocks::is_escaped;
use std::ops::Range;

/// Brackets that stand further apart than so many bytes are no link, and no text makes this slow.
const MAX_REACH: usize = 1000;
/// The mark of an alert stands within so many bytes: quotations may be nested as deep as a line is long.
const MAX_MARK: usize = 80;

const ALERTS: &[&str] = &["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// The finding of a quotation that begins with a mark of an alert that is none.
pub fn alert(path: &SourcePath, text: &str, range: &Range<usize>) -> Option<Diagnostic> {
    let end = floor_char_boundary(text, (range.start + MAX_MARK).min(range.end));
    let (start, line) = lines(text, &(range.start..end)).next()?;
    let (kind, rest) = line.strip_prefix("[!")?.split_once(']')?;
    if kind.is_empty() || !kind.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ')) || rest.starts_with(['(', '[']) {
        return None;
    }
    let range = start..start + line.len() - rest.len();
    let place = Place::new(path, range);
    let known = ALERTS.iter().find(|known| known.eq_ignore_ascii_case(kind));
    if let Some(known) = known {
        let finding = Diagnostic::warning("alert-not-read", place, format!("this mark makes no alert, and `[!{kind}]` is printed"));
        return Some(
            finding.help(format!("`[!{known}]` stands alone on the first line of the quotation, with the text on the lines below")),
        );
    }
    let kinds = ALERTS.iter().map(|known| format!("`[!{known}]`")).collect::<Vec<_>>().join(", ");
    let meant = suggest::did_you_mean(kind, ALERTS.iter().copied()).map_or_else(String::new, |meant| meant + " ");
    let finding = Diagnostic::warning("alert-not-read", place, format!("there is no alert `{kind}`, and its mark is printed"));
    Some(finding.help(format!("{meant}the marks are {kinds}")))
}

/// The findings of a paragraph with lines that were meant as headings.
pub fn headings(path: &SourcePath, text: &str, range: &Range<usize>) -> Option<Diagnostic> {
    let block = text.get(range.clone())?;
    if !block.contains('#') || is_escaped(text, range.start) {
        return None;
    }
    let n_lines = block.lines().count();
    let (start, line, level) = lines(text, range).find_map(|(start, line)| {
        let level = line.len() - line.trim_start_matches('#').len();
        is_heading(&line[level..], level, n_lines).then_some((start, line, level))
    })?;
    let (signs, words) = line.split_at(level);
    let place = Place::new(path, start..start + line.len());
    let finding = Diagnostic::warning(
        "heading-not-read",
        place,
        format!("this is no heading without a space after `{signs}`, and its signs are printed"),
    );
    // The first level is the title's.
    let (meant, words) = ("#".repeat(level.max(2)), words.chars().take(40).collect::<String>());
    Some(finding.help(format!("write `{meant} {words}`; to print the sign, write `\\{signs}`")))
}

/// One `#` before a word is a tag, as networks have them, unless it stands before what looks like a title.
fn is_heading(words: &str, level: usize, n_lines: usize) -> bool {
    let Some(first) = words.chars().next() else { return false };
    match level {
        1 => {
            let n_words = words.split_whitespace().count();
            let others_are_tags = words.split_whitespace().skip(1).all(|word| word.starts_with('#'));
            let is_tag = others_are_tags && (first.is_lowercase() || n_words > 1 || words.chars().skip(1).any(char::is_uppercase));
            let is_sentence = words.ends_with(['.', '!', '?', ':', ';', ',', '…', '”', '"']);
            n_lines == 1 && first.is_alphabetic() && !is_tag && !is_sentence && n_words <= 12
        }
        2..=6 => first.is_alphanumeric(),
        _ => false,
    }
}

/// Adds the findings of a stretch of text: links and comments that are printed as they are written.
pub fn in_text(path: &SourcePath, text: &str, run: &Range<usize>, found: &mut Vec<Diagnostic>) {
    let Some(said) = text.get(run.clone()) else { return };
    if let Some(at) = said.find("<!--").filter(|at| !is_escaped(text, run.start + at)) {
        let place = Place::new(path, run.start + at..run.end);
        let finding = Diagnostic::error("comment-unclosed", place, "this comment is never closed, so readers see it");
        found.push(finding.help("write `-->` where it ends, in the same paragraph and without a space in it"));
    }
    let mut from = 0;
    while let Some(at) = said[from..].find(']').map(|at| from + at) {
        from = at + 1;
        let Some(sign @ (b'(' | b'[')) = said.as_bytes().get(at + 1) else { continue };
        if is_escaped(text, run.start + at) {
            continue;
        }
        let Some(start) = opening(text, said, run.start, at) else { continue };
        let rest = &said[at + 2..floor_char_boundary(said, (at + 2 + MAX_REACH).min(said.len()))];
        let fault = if *sign == b'(' { destination(rest) } else { label(&said[start..at], rest) };
        if let Some((len, message, help)) = fault {
            let place = Place::new(path, run.start + start..run.start + at + 2 + len);
            found.push(Diagnostic::warning("link-not-read", place, message).help(help));
            from = at + 2 + len;
        }
    }
}

/// Where the bracket opens that closes at `at`; `None` if it is none of a link.
fn opening(text: &str, said: &str, run_start: usize, at: usize) -> Option<usize> {
    let from = floor_char_boundary(said, at.saturating_sub(MAX_REACH));
    let Some(start) = said[from..at].rfind('[').map(|start| from + start) else {
        // What stands between the brackets is marked up, and only what closes them is text.
        return (from == 0 && !said[..at].contains(']')).then_some(at);
    };
    // `list[0](x)` is code that somebody did not mark as such.
    let follows_a_word = said[..start].ends_with(|c: char| c.is_alphanumeric() || c == ']' || c == '_');
    (!follows_a_word && !is_escaped(text, run_start + start)).then_some(start)
}

type Fault = (usize, String, String);

/// What follows `](`, if it was meant as a place to lead to.
fn destination(rest: &str) -> Option<Fault> {
    let (written, len) = match rest.find(')') {
        Some(end) => (&rest[..end], end + 1),
        None => (rest, rest.len()),
    };
    let is_open = len == written.len();
    let path = written.trim();
    if !leads_somewhere(path) {
        return None;
    }
    let message = "this link is not read as one, and its brackets are printed".to_owned();
    let help = if is_open {
        format!("close it with `)`: `[…]({path})`")
    } else if path.contains(['"', '\'', '“', '”', '‘', '’']) {
        "a title stands in straight quotes after the path: `[…](path \"title\")`".to_owned()
    } else if path.contains(' ') {
        format!("a path with a space stands in angle brackets: `[…](<{path}>)`, or has `%20` for each space")
    } else {
        "write it as `[text](path)`".to_owned()
    };
    Some((len, message, help))
}

/// True for what looks like an address or a path of a file; a remark in parentheses does not.
fn leads_somewhere(path: &str) -> bool {
    let is_address = ["http://", "https://", "mailto:", "/", "./", "../", "#"].iter().any(|start| path.starts_with(start));
    let bare = path.split(['#', '"', '“']).next().unwrap_or_default().trim_end();
    let has_ending = bare.rsplit_once('.').is_some_and(|(name, ending)| {
        name.ends_with(|c: char| c.is_alphanumeric())
            && (2..=5).contains(&ending.len())
            && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    !path.is_empty() && (is_address || has_ending)
}

/// What follows `][`, if it was meant as the name of a link that is defined elsewhere.
fn label(said: &str, rest: &str) -> Option<Fault> {
    let label = &rest[..rest.find([']', '['])?];
    if !rest[label.len()..].starts_with(']') || label.starts_with('^') {
        return None;
    }
    let named = if label.is_empty() { said.trim_start_matches('[') } else { label };
    // `[1][2]` are two notes.
    if !named.chars().any(char::is_alphabetic) {
        return None;
    }
    let message = format!("no link is defined as `{}`, so the brackets are printed", named.escape_debug());
    let help = format!(
        "write `[{named}]: ../other.md` on a line of its own, or lead there at once with `[…](../other.md)`; to print a bracket, write `\\[`"
    );
    Some((label.len() + 1, message, help))
}
