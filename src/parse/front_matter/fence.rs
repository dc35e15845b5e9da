//! Finds the header in a file's text. The text is only cut, never changed.

use super::{opening, rules};
use crate::base::diagnostic::Diagnostic;
use crate::base::file_text::FileText;
use std::ops::Range;

/// The parts of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// The opening fence without its line end; empty at the body's start when there is no header.
    pub(super) fence: Range<usize>,
    /// The YAML between the fences; `None` when there is none or it cannot be told.
    pub(super) header: Option<Range<usize>>,
    /// Everything after the closing fence.
    pub(super) body: Range<usize>,
}

/// Cuts a file into header and body; the finding says why there is a fence and no header.
pub(super) fn split(source: FileText<'_>) -> (Parts, Option<Diagnostic>) {
    let text = source.text;
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let all = start..text.len();
    let no_header = || (Parts { fence: start..start, header: None, body: all.clone() }, None);
    let Some(opening) = lines(text, start).find(|line| !line.text.trim().is_empty()) else { return no_header() };
    let fence = opening.start..opening.start + 3;
    match opening.text.trim_end() {
        "---" => match lines(text, opening.next).find(|line| matches!(line.text.trim_end(), "---" | "...")) {
            Some(closing) => (Parts { fence, header: Some(opening.next..closing.start), body: closing.next..text.len() }, None),
            None => {
                let finding = unclosed(source, &opening);
                (Parts { fence, header: None, body: text.len()..text.len() }, Some(finding))
            }
        },
        "+++" => {
            let closing = lines(text, opening.next).find(|line| line.text.trim_end() == "+++");
            let body = closing.map_or(text.len(), |closing| closing.next)..text.len();
            let finding = toml(source, fence.clone());
            (Parts { fence, header: None, body }, Some(finding))
        }
        _ => match opening::missing(source, start) {
            Some(finding) => (Parts { fence: start..start, header: None, body: text.len()..text.len() }, Some(finding)),
            None => no_header(),
        },
    }
}

fn unclosed(source: FileText<'_>, opening: &Line<'_>) -> Diagnostic {
    let message = "the front matter that opens here is never closed";
    let finding = Diagnostic::error(rules::UNCLOSED, source.place(opening.start..opening.start + 3), message);
    let finding = finding.help("put a line of `---` alone below the last key");
    // What the author most likely meant for the closing fence: too many or typographic dashes, or
    // a fence that does not begin its line.
    let is_dashes = |line: &Line<'_>| line.text.trim().len() >= 2 && line.text.trim().chars().all(|c| "-–—‐‑−.…".contains(c));
    match lines(source.text, opening.next).find(is_dashes) {
        Some(line) => {
            let place = source.place(line.start..line.start + line.text.trim_end().len());
            finding.note_at(place, "this line looks like the closing fence; it must be `---` alone, from the first column")
        }
        None => finding,
    }
}

fn toml(source: FileText<'_>, fence: Range<usize>) -> Diagnostic {
    let message = "the front matter between `+++` is TOML, and Sowhat reads YAML";
    let help = "put `---` in place of each `+++`, `key: value` in place of `key = value`, \
                and a key with its own keys indented below it in place of each `[table]`";
    Diagnostic::error(rules::TOML, source.place(fence), message).help(help)
}

/// A line of the file, without its end.
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    /// Where the next line begins.
    next: usize,
}

pub(super) fn lines(text: &str, from: usize) -> impl Iterator<Item = Line<'_>> {
    let mut start = from;
    std::iter::from_fn(move || {
        let rest = &text[start..];
        if rest.is_empty() {
            return None;
        }
        let len = rest.bytes().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(rest.len());
        let end_len = if rest[len..].starts_with("\r\n") { 2 } else { usize::from(len < rest.len()) };
        let line = Line { text: &rest[..len], start, next: start + len + end_len };
        start = line.next;
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SourcePath;

    /// Fence, header and body as text; the header is `!` when there is none.
    fn check(text: &str, expected: (&str, &str, &str), rule: Option<&str>) {
        let path = SourcePath::new("content/a.md").unwrap();
        let (parts, finding) = split(FileText { path: &path, text });
        let header = parts.header.map_or("!", |header| &text[header]);
        assert_eq!((&text[parts.fence], header, &text[parts.body]), expected, "{text:?}");
        assert_eq!(finding.map(|finding| finding.rule), rule, "{text:?}");
    }

    #[test]
    fn finds_the_fences() {
        check("---\na: b\n---\nbody\n", ("---", "a: b\n", "body\n"), None);
        check("\u{feff}\r\n \r\n---  \r\na: b\r\n...\t\r\nbody", ("---", "a: b\r\n", "body"), None);
        check("---\n---", ("---", "", ""), None);
        check("---\n--- # no fence\n---\nb", ("---", "--- # no fence\n", "b"), None);
        check("---\na: b\n---\none\n---\ntwo", ("---", "a: b\n", "one\n---\ntwo"), None);
        check("---\ra: b\r---\rbody", ("---", "a: b\r", "body"), None);
        check("body\n---\n", ("", "!", "body\n---\n"), None);
        check("\u{feff}body", ("", "!", "body"), None);
        check(" ---\na: b\n---\n", ("", "!", " ---\na: b\n---\n"), None);
        check("", ("", "!", ""), None);
        check("---\na: b\n", ("---", "!", ""), Some(rules::UNCLOSED));
        check("---", ("---", "!", ""), Some(rules::UNCLOSED));
        check("+++\na = 1\n+++\nbody", ("+++", "!", "body"), Some(rules::TOML));
        check("+++\na = 1\n", ("+++", "!", ""), Some(rules::TOML));
    }

    #[test]
    fn points_at_what_was_meant_for_the_closing_fence() {
        let path = SourcePath::new("content/a.md").unwrap();
        for line in ["----", "—", " ---", "-–"] {
            let text = format!("---\na: é\n{line}\nbody\n");
            let (_, finding) = split(FileText { path: &path, text: &text });
            let place = finding.unwrap().notes[0].place.clone().unwrap();
            assert_eq!(&text[place.start..place.end], line, "{line}");
        }
    }
}
