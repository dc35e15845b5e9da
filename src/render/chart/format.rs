//! Numbers as readers of a language write them, with their unit.

/// How numbers are written beside their marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberFormat {
    group: &'static str,
    decimal: &'static str,
    decimals: usize,
    before: String,
    after: String,
}

/// Signs that English writes before the number and without a space.
const CURRENCIES: &[&str] = &["€", "$", "£", "¥", "US$", "CHF"];

/// Units longer than this stand over the chart and not beside each number.
const SHORT_UNIT: usize = 3;

impl NumberFormat {
    /// The format of a language, for numbers of a unit with so many decimals.
    pub fn new(lang: &str, unit: &str, decimals: usize) -> Self {
        let (group, decimal) = separators(lang);
        let is_english = lang.split(['-', '_']).next().is_some_and(|lang| lang.eq_ignore_ascii_case("en"));
        let unit = unit.trim();
        let (before, after) = match unit {
            _ if !Self::is_beside(unit) => (String::new(), String::new()),
            "%" if is_english => (String::new(), "%".to_owned()),
            currency if is_english && CURRENCIES.contains(&currency) => (currency.to_owned(), String::new()),
            other => (String::new(), format!("\u{a0}{other}")),
        };
        Self { group, decimal, decimals, before, after }
    }

    /// True for a unit that is short enough to stand beside each number.
    pub fn is_beside(unit: &str) -> bool {
        let n_chars = unit.trim().chars().count();
        n_chars > 0 && n_chars <= SHORT_UNIT
    }

    /// The same format with other decimals.
    pub fn with_decimals(&self, decimals: usize) -> Self {
        Self { decimals, ..self.clone() }
    }

    /// Shares of a hundred.
    pub fn percent(lang: &str) -> Self {
        Self::new(lang, "%", 0)
    }

    /// A number with its unit.
    pub fn text(&self, value: f64) -> String {
        let rounded = format!("{:.*}", self.decimals, value.abs());
        let (whole, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
        let mut text = String::new();
        if value < 0.0 && rounded.bytes().any(|byte| (b'1'..=b'9').contains(&byte)) {
            text.push('\u{2212}');
        }
        text.push_str(&self.before);
        for (idx, digit) in whole.char_indices() {
            // Four digits are read without a gap.
            if idx > 0 && whole.len() > 4 && (whole.len() - idx).is_multiple_of(3) {
                text.push_str(self.group);
            }
            text.push(digit);
        }
        if !fraction.is_empty() {
            text.push_str(self.decimal);
            text.push_str(fraction);
        }
        text + &self.after
    }
}

/// The signs between thousands and before decimals.
fn separators(lang: &str) -> (&'static str, &'static str) {
    match lang.to_ascii_lowercase().as_str() {
        "de-ch" | "de-li" | "fr-ch" | "it-ch" => return ("\u{2019}", "."),
        _ => {}
    }
    match lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase().as_str() {
        "de" | "es" | "it" | "nl" | "pt" | "da" | "id" | "tr" | "el" | "ro" | "hr" | "sl" => (".", ","),
        "fr" | "pl" | "cs" | "sk" | "sv" | "nb" | "nn" | "no" | "fi" | "ru" | "uk" | "bg" | "hu" | "et" | "lv" | "lt" => ("\u{202f}", ","),
        _ => (",", "."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_readers_do() {
        for (lang, unit, decimals, value, expected) in [
            ("en-GB", "%", 0, 12.4, "12%"),
            ("en", "€", 1, 1234567.25, "€1,234,567.2"),
            ("en", "days per proposal", 0, -3.0, "\u{2212}3"),
            ("en", "", 0, 2024.0, "2024"),
            ("en", "", 1, -0.01, "0.0"),
            ("de", "%", 1, 12345.6, "12.345,6\u{a0}%"),
            ("fr", "€", 0, 12345.0, "12\u{202f}345\u{a0}€"),
            ("de-CH", "CHF", 0, 12345.0, "12\u{2019}345\u{a0}CHF"),
        ] {
            assert_eq!(NumberFormat::new(lang, unit, decimals).text(value), expected, "{lang} {unit} {value}");
        }
    }
}
