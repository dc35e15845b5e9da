//! `[^id]` in running text: what Markdown leaves as text when no footnote of that id is defined.

use std::ops::Range;

/// The ids cited in a stretch of text: the bytes of each `[^id]`.
///
/// An id holds no white space and no brackets.
pub fn citations(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += text[at..].find("[^")?;
            let start = at;
            at += 2;
            let len = text[at..].find(|c: char| c.is_whitespace() || matches!(c, '[' | ']'))?;
            at += len;
            if len > 0 && text[at..].starts_with(']') {
                at += 1;
                return Some(start..at);
            }
        }
    })
}

/// The text with the `[^id]` left out, and what space stood before them.
pub fn without_citations(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut at = 0;
    for citation in citations(text) {
        kept.push_str(text[at..citation.start].trim_end());
        at = citation.end;
    }
    kept.push_str(&text[at..]);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_are_found_in_text() {
        let text = "a [^b-1] c[^é].[^] [^x y] [^[^z]] [^";
        let found: Vec<_> = citations(text).map(|range| &text[range]).collect();
        assert_eq!(found, ["[^b-1]", "[^é]", "[^z]"]);
        assert_eq!(without_citations("a [^b] c[^d]."), "a c.");
    }
}
