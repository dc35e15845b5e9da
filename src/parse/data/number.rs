//! The text of a cell to a number, as people and spreadsheets write them.

/// How a table writes its numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Numerals {
    /// `1,234.5`
    PointDecimal,
    /// `1.234,5`: what spreadsheets save with semicolons between cells.
    CommaDecimal,
}

/// What a cell says of a quantity.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// A value, and how many decimals it was written with.
    Value { value: f64, decimals: usize },
    /// Nothing is known: an empty cell, `n/a` or a dash.
    Missing,
}

/// What stands in a cell where nothing is known.
const MISSING: &[&str] = &["", "-", "–", "—", "n/a", "na", "n.a.", "null"];

/// Larger numbers lose digits, and no axis shows them.
const LIMIT: f64 = 1e15;

impl Numerals {
    /// Reads a cell; `None` when it holds something else than a number.
    pub fn read(self, text: &str) -> Option<Number> {
        let text = text.trim();
        if MISSING.contains(&text.to_lowercase().as_str()) {
            return Some(Number::Missing);
        }
        let text = text.strip_suffix('%').unwrap_or(text).trim_end();
        let text: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}' | '_' | '\'')).collect();
        let text = text.replace('\u{2212}', "-");
        let (group, decimal) = match self {
            Self::PointDecimal => (',', '.'),
            Self::CommaDecimal => ('.', ','),
        };
        let (whole, fraction) = text.split_once(decimal).unwrap_or((&text, ""));
        let plain = format!("{}{}{fraction}", without_groups(whole, group)?, if fraction.is_empty() { "" } else { "." });
        let has_digit = plain.bytes().any(|byte| byte.is_ascii_digit());
        let is_plain = plain.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
        let value: f64 = plain.parse().ok().filter(|_| has_digit && is_plain)?;
        let decimals = fraction.bytes().take_while(u8::is_ascii_digit).count().min(6);
        (value.abs() < LIMIT).then_some(Number::Value { value, decimals })
    }
}

/// `1,234` without its commas, if they stand where they group thousands.
fn without_groups(whole: &str, group: char) -> Option<String> {
    let mut parts = whole.split(group);
    let first = parts.next().unwrap_or_default();
    let mut plain = first.to_owned();
    let digits = first.trim_start_matches(['+', '-']);
    for part in parts {
        let is_group = part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()) && (1..=3).contains(&digits.len());
        if !is_group {
            return None;
        }
        plain.push_str(part);
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        let value = |value, decimals| Some(Number::Value { value, decimals });
        for (text, numerals, expected) in [
            ("12", Numerals::PointDecimal, value(12.0, 0)),
            (" -1,234.50 % ", Numerals::PointDecimal, value(-1234.5, 2)),
            ("1.234,5", Numerals::CommaDecimal, value(1234.5, 1)),
            ("12,5", Numerals::CommaDecimal, value(12.5, 1)),
            ("1 234", Numerals::PointDecimal, value(1234.0, 0)),
            ("\u{2212}3", Numerals::PointDecimal, value(-3.0, 0)),
            ("1e3", Numerals::PointDecimal, value(1000.0, 0)),
            ("n/a", Numerals::PointDecimal, Some(Number::Missing)),
            ("", Numerals::PointDecimal, Some(Number::Missing)),
            ("12,5", Numerals::PointDecimal, None),
            ("1,2345", Numerals::PointDecimal, None),
            ("1.2.3", Numerals::PointDecimal, None),
            ("twelve", Numerals::PointDecimal, None),
            ("NaN", Numerals::PointDecimal, None),
            ("inf", Numerals::PointDecimal, None),
            ("1e99", Numerals::PointDecimal, None),
            ("%", Numerals::PointDecimal, None),
        ] {
            assert_eq!(numerals.read(text), expected, "{text:?}");
        }
    }
}
