//! Shares of a whole, in digits or words: what a reader asks the source of.

use super::phrases::{Group, Hit};
use std::ops::Range;

/// A share of a whole, such as `73%`, `15 per cent` or `two-thirds of`.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its bytes.
    pub range: Range<usize>,
    /// In per cent, when it is told in digits.
    pub percent: Option<f64>,
}

/// Every share in a text, in order.
pub fn figures(text: &str, hits: &[Hit]) -> Vec<Figure> {
    let in_words = hits.iter().filter(|hit| hit.group == Group::Proportion).map(|hit| Figure { range: hit.range.clone(), percent: None });
    let mut figures: Vec<Figure> = in_words.chain(in_digits(text)).collect();
    figures.sort_by_key(|figure| figure.range.start);
    figures.dedup_by(|later, kept| later.range.start < kept.range.end);
    figures
}

fn in_digits(text: &str) -> impl Iterator<Item = Figure> {
    let bytes = text.as_bytes();
    let mut at = next_digit(bytes, 0);
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let is_start = bytes[at].is_ascii_digit()
                && (at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || matches!(bytes[at - 1], b'.' | b',' | b'$')));
            if !is_start {
                at = next_digit(bytes, at + 1);
                continue;
            }
            let start = at;
            at = start + number_len(&bytes[start..]);
            let rest = &text[at..];
            let unit = [" %", "%", " percent", " per cent", "-percent"].into_iter().find(|unit| rest.starts_with(unit));
            let out_of = [" in ", " out of "].into_iter().find_map(|link| Some((link, rest.strip_prefix(link)?)));
            if let Some(unit) = unit {
                // A percentage point is the difference of two shares.
                let percent = text[start..at].replace(',', "").parse().ok();
                at += unit.len();
                if !text[at..].starts_with(" point") && !text[at..].starts_with("age point") {
                    return Some(Figure { range: start..at, percent });
                }
            } else if let Some((link, whole)) = out_of {
                let whole_len = number_len(whole.as_bytes());
                let part: Option<u32> = text[start..at].parse().ok();
                let whole: Option<u32> = whole[..whole_len].parse().ok();
                // Not a year: "12 in 2024".
                if let (Some(part), Some(whole)) = (part, whole)
                    && 0 < part
                    && part < whole
                    && (whole <= 20 || whole == 100)
                {
                    at += link.len() + whole_len;
                    return Some(Figure { range: start..at, percent: Some(f64::from(part) / f64::from(whole) * 100.0) });
                }
            }
        }
        None
    })
}

/// Where the next digit from a byte on stands. Most of a text has none, so it is asked many bytes at a time.
fn next_digit(bytes: &[u8], from: usize) -> usize {
    let rest = bytes.get(from..).unwrap_or_default();
    let (chunks, _) = rest.as_chunks::<32>();
    let has_digit = |chunk: &&[u8; 32]| chunk.iter().fold(false, |has, byte| has | byte.is_ascii_digit());
    let skipped = chunks.iter().take_while(|chunk| !has_digit(chunk)).count() * 32;
    from + skipped + rest[skipped..].iter().position(u8::is_ascii_digit).unwrap_or(rest.len() - skipped)
}

/// The length of the number at the start: digits, with points and commas between them.
fn number_len(bytes: &[u8]) -> usize {
    let mut len = 0;
    while let Some(byte) = bytes.get(len) {
        let joins = matches!(byte, b'.' | b',') && bytes.get(len + 1).is_some_and(u8::is_ascii_digit);
        if !(byte.is_ascii_digit() || (joins && len > 0)) {
            break;
        }
        len += 1;
    }
    len
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_found_as_they_are_written() {
        let text = "In 2024 73% of 200, 15 percent, 3.5 % and 4 in 10 (9 out of 10) rose 2 percentage points; 12 in 2024, $5%";
        let found: Vec<&str> = in_digits(text).map(|figure| &text[figure.range]).collect();
        assert_eq!(found, ["73%", "15 percent", "3.5 %", "4 in 10", "9 out of 10"]);
    }
}
