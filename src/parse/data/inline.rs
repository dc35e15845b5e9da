//! The table that stands in a directive itself: a code block of the language `csv`, `tsv` or `json`.

use super::Notation;
use std::ops::Range;

/// A table's notation and the bytes of its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inline {
    pub notation: Notation,
    pub range: Range<usize>,
}

/// Finds the first code block with a table in the content of a directive.
pub fn inline(text: &str, content: Range<usize>) -> Option<Inline> {
    let mut at = content.start;
    let mut open: Option<(&str, Inline)> = None;
    for line in text[content].split_inclusive('\n') {
        let (line_start, trimmed) = (at, line.trim());
        at += line.len();
        match &mut open {
            None => {
                let fence_len = trimmed.len() - trimmed.trim_start_matches(['`', '~']).len();
                let language = trimmed[fence_len..].trim().split([' ', ',', '{']).next().unwrap_or_default();
                if fence_len >= 3
                    && let Some(notation) = Notation::of(language)
                {
                    open = Some((&trimmed[..fence_len], Inline { notation, range: at..at }));
                }
            }
            Some((fence, inline)) => {
                if trimmed.starts_with(*fence) && trimmed.trim_matches(['`', '~']).is_empty() {
                    inline.range.end = line_start;
                    return Some(inline.clone());
                }
                inline.range.end = at;
            }
        }
    }
    open.map(|(_, inline)| inline)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_block_holds_the_table() {
        for (text, expected) in [
            ("\n```csv\na,b\n1,2\n```\n", Some("a,b\n1,2\n")),
            ("\n  ~~~~ json\n[]\n  ~~~~\n", Some("[]\n")),
            ("\n```text\nx\n```\n\n```tsv\na\tb\n```", Some("a\tb\n")),
            ("\n```csv\na,b\n", Some("a,b\n")),
            ("\na,b\n1,2\n", None),
        ] {
            let found = inline(text, 0..text.len()).map(|inline| &text[inline.range]);
            assert_eq!(found, expected, "{text:?}");
        }
    }
}
