//! Directives in a body, `:::name{key="v"}` … `:::` and `::name{key="v"}`: finds their marker lines and
//! masks them before Markdown is read.
//!
//! A marker line stands alone on its line, after the indentation, quote signs or list marker of the block
//! it belongs to. It is masked by an HTML processing instruction of the same byte length (`<?-?>`): that
//! is the only HTML block that fits in three bytes, it ends on its own line and it ends a paragraph. So
//! Markdown breaks its blocks at the marker, inside whatever list or quote the author put it in, and every
//! later offset is the author's. Lines in code and in raw HTML look like markers too; `markdown::nodes`
//! sees where they really stand and gives them back their text.

pub mod params;

use std::borrow::Cow;
use std::ops::Range;

/// What a marker line does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkerKind {
    /// `:::name{…}` opens a container.
    Open,
    /// `:::` closes one.
    Close,
    /// `::name{…}` stands for itself.
    Leaf,
}

/// A line that looks like the marker of a directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marker {
    /// What it does.
    pub kind: MarkerKind,
    /// How many colons it begins with.
    pub colons: usize,
    /// From the first colon to the last character that is not white space: bytes of the file.
    pub range: Range<usize>,
}

/// Finds every line of a body that looks like a marker.
pub fn markers(text: &str, body: Range<usize>) -> Vec<Marker> {
    let mut markers = Vec::new();
    if !text[body.clone()].contains("::") {
        return markers;
    }
    let mut line_start = body.start;
    for line in text[body].split_inclusive(['\n', '\r']) {
        if let Some(marker) = marker_of(line, line_start) {
            markers.push(marker);
        }
        line_start += line.len();
    }
    markers
}

/// The body with every marker masked: the same length, the same line ends.
pub fn mask<'a>(text: &'a str, body: Range<usize>, markers: &[Marker]) -> Cow<'a, str> {
    if markers.is_empty() {
        return Cow::Borrowed(&text[body]);
    }
    let mut masked = String::with_capacity(body.len());
    let mut at = body.start;
    for marker in markers {
        masked.push_str(&text[at..marker.range.start]);
        push_mask(&mut masked, marker.range.len());
        at = marker.range.end;
    }
    masked.push_str(&text[at..body.end]);
    Cow::Owned(masked)
}

fn push_mask(masked: &mut String, len: usize) {
    if len == 3 {
        masked.push_str("<?>");
        return;
    }
    masked.push_str("<?");
    masked.extend(std::iter::repeat_n('-', len - 4));
    masked.push_str("?>");
}

fn marker_of(line: &str, line_start: usize) -> Option<Marker> {
    let trimmed = line.trim_end();
    let start = prefix_len(trimmed);
    let marker = &trimmed[start..];
    let colons = marker.len() - marker.trim_start_matches(':').len();
    let rest = &marker[colons..];
    let kind = match colons {
        0 | 1 => return None,
        2 if is_leaf(rest) => MarkerKind::Leaf,
        2 => return None,
        _ if rest.is_empty() => MarkerKind::Close,
        _ => MarkerKind::Open,
    };
    let range = line_start + start..line_start + trimmed.len();
    Some(Marker { kind, colons, range })
}

/// `::` begins many a line of prose and of C++: only a name, and then nothing or `{`, makes a leaf.
fn is_leaf(rest: &str) -> bool {
    let name_len = params::name_len(rest);
    name_len > 0 && (rest.len() == name_len || rest[name_len..].trim_start().starts_with('{'))
}

/// The length of what may stand before a marker: white space, quote signs and list markers.
fn prefix_len(line: &str) -> usize {
    let bytes = line.as_bytes();
    let mut at = 0;
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\t' | b'>') => at += 1,
            Some(b'-' | b'*' | b'+' | b'0'..=b'9') => match list_marker_len(&bytes[at..]) {
                Some(len) => at += len,
                None => return at,
            },
            Some(_) | None => return at,
        }
    }
}

fn list_marker_len(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.iter().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let sign_ok = match (digits, bytes.get(digits)?) {
        (0, b'-' | b'*' | b'+') => true,
        (1..=9, b'.' | b')') => true,
        (_, _) => false,
    };
    let space_follows = matches!(bytes.get(digits + 1), Some(b' ' | b'\t'));
    (sign_ok && space_follows).then_some(digits + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(body: &str, masked: &str) {
        let markers = markers(body, 0..body.len());
        assert_eq!(mask(body, 0..body.len(), &markers), masked, "{body:?}");
    }

    #[test]
    fn marker_lines_are_masked_and_nothing_else() {
        for (body, masked) in [
            ("a\n:::note{a=\"é\"}\nb\n:::\n", "a\n<?-----------?>\nb\n<?>\n"),
            ("::x\r\n::::\r\n", "<?>\r\n<??>\r\n"),
            ("> - 1. :::note  \n", "> - 1. <?---?>  \n"),
            ("::: note {a=b}", "<?----------?>"),
            ("::chart {a=b}", "<?---------?>"),
            ("::before is a selector\n::\nx :::\nstd::vec\n: def\n", "::before is a selector\n::\nx :::\nstd::vec\n: def\n"),
            ("-:::\n1.5 :::\n", "-:::\n1.5 :::\n"),
        ] {
            check(body, masked);
        }
    }

    proptest! {
        #[test]
        fn a_mask_keeps_length_and_lines(body in "([ >:\\-a-zé{}=\"\n\r\t`1.]|:::|::n|```){0,60}") {
            let markers = markers(&body, 0..body.len());
            let masked = mask(&body, 0..body.len(), &markers);
            prop_assert_eq!(masked.len(), body.len());
            for (was, is) in body.bytes().zip(masked.bytes()) {
                prop_assert_eq!(matches!(was, b'\n' | b'\r'), matches!(is, b'\n' | b'\r'));
            }
            for marker in &markers {
                prop_assert!(body.get(marker.range.clone()).is_some());
                prop_assert_eq!(masked.get(marker.range.start..marker.range.start + 2), Some("<?"));
            }
        }
    }
}
