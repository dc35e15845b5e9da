//! A header whose opening fence is missing or misspelt: what would be printed as text, brief and all.

use super::fence::{Line, lines};
use super::{rules, schema};
use crate::base::diagnostic::Diagnostic;
use crate::base::file_text::FileText;

/// How far down a header is looked for, in lines that are not blank.
const MAX_LINES: usize = 12;

/// The finding for a file that has keys of a header at its top and no fence above them.
pub(super) fn missing(source: FileText<'_>, start: usize) -> Option<Diagnostic> {
    let top: Vec<Line<'_>> = lines(source.text, start).filter(|line| !line.text.trim().is_empty()).take(MAX_LINES).collect();
    let first_key = top.iter().position(|line| is_key(line.text))?;
    let key = &top[first_key];
    let is_header = || top[first_key + 1..].iter().any(|line| is_key(line.text) || line.text.trim_end() == "---");
    let finding = |line: &Line<'_>, message: &str| {
        let indent = line.text.len() - line.text.trim_start().len();
        let place = source.place(line.start + indent..line.start + line.text.trim_end().len());
        Diagnostic::error(rules::UNOPENED, place, message)
    };
    match first_key {
        0 if is_header() => {
            let finding = finding(key, "the front matter begins here, and no `---` opens it");
            Some(finding.help("put a line of `---` alone above its first key"))
        }
        1 if is_meant_for_fence(top[0].text) => {
            let finding = finding(&top[0], "this line is to open the front matter, and does not");
            Some(finding.help("it must be `---` alone, from the first column"))
        }
        _ if first_key > 1 && is_meant_for_fence(top[first_key - 1].text) && is_header() => {
            let finding = finding(&top[0], "text stands above the front matter, which makes text of it");
            Some(finding.help("begin the file with `---`, and move this text below the closing one"))
        }
        _ => None,
    }
}

/// True for a line that begins with a key of front matter.
fn is_key(line: &str) -> bool {
    let Some((name, value)) = line.split_once(':') else { return false };
    (value.is_empty() || value.starts_with([' ', '\t', '\r'])) && schema::KEYS.iter().any(|key| key.name == name)
}

/// Dashes of any kind and number, another rule, or a fence of code.
fn is_meant_for_fence(line: &str) -> bool {
    let line = line.trim();
    let is_rule = |marks: &str| !line.is_empty() && line.chars().all(|c| marks.contains(c));
    is_rule("-–—‐‑−") || is_rule("*") || is_rule("_") || is_rule("=") || ["---", "```", "~~~"].iter().any(|mark| line.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SourcePath;

    /// What the finding points at; empty when there is none.
    fn check(text: &str, expected: &str) {
        let path = SourcePath::new("content/a.md").unwrap();
        let finding = missing(FileText { path: &path, text }, 0);
        let found = finding.map(|finding| text[finding.place.start..finding.place.end].to_owned());
        assert_eq!(found.unwrap_or_default(), expected, "{text:?}");
    }

    #[test]
    fn what_was_meant_for_the_fence_is_pointed_at() {
        for line in ["--", "----", "—", "---yaml", "--- yaml", "```yaml", "~~~", "***", "- - -", "==="] {
            let expected = if line == "- - -" { "" } else { line };
            check(&format!("{line}\ntitle: Home\ndraft: true\n---\nText\n"), expected);
        }
        check("\n  ---\ntitle: Home\n---\n", "---");
    }

    #[test]
    fn keys_without_a_fence_and_text_above_it_are_told() {
        check("title: Home\n\nkind: page\n---\nText", "title: Home");
        check("title: Home\r\n---\r\nText", "title: Home");
        check("A note of mine.\n\n---\ntitle: Home\n---\n", "A note of mine.");
    }

    #[test]
    fn text_is_left_alone() {
        for text in [
            "",
            "Text.\n",
            "title: a word that some define\n\nas follows.\n",
            "# Home\n\n---\n\nText\n",
            "Text\n---\nMore: text\n---\n",
            "```yaml\nkey: value\n```\n",
            "One\n\ntitle: x\nkind: y\n",
            "date:2026\nkind:x\n",
        ] {
            check(text, "");
        }
    }
}
