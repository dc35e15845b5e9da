//! Quotation marks, dashes and ellipses as a language writes them.
//!
//! Bodies are typeset by the Markdown writer, which takes the marks from here; what stands outside a body
//! (titles, so-whats, guidance) is plain text and goes through [`smarten`].

use std::borrow::Cow;

/// Double opening, double closing, single opening, single closing.
pub type Marks = [&'static str; 4];

/// English marks: what pulldown-cmark makes of straight ones.
const ENGLISH: Marks = ["“", "”", "‘", "’"];

/// The marks of a language tag such as `de-CH`; `None` for those that write as English does.
pub fn marks(lang: &str) -> Option<Marks> {
    let lang = lang.to_ascii_lowercase().replace('_', "-");
    let (language, region) = lang.split_once('-').unwrap_or((&lang, ""));
    match (language, region) {
        ("de" | "fr" | "it", "ch" | "li") => Some(["«", "»", "‹", "›"]),
        ("de" | "cs" | "sk" | "sl" | "bg" | "is" | "lt" | "et", _) => Some(["„", "“", "‚", "‘"]),
        // Narrow no-break spaces, as French sets them.
        ("fr", _) => Some(["«\u{202f}", "\u{202f}»", "“", "”"]),
        ("es" | "it" | "no" | "nb" | "nn" | "el", _) => Some(["«", "»", "“", "”"]),
        ("ru" | "uk" | "be", _) => Some(["«", "»", "„", "“"]),
        ("pl" | "ro" | "hu" | "hr", _) => Some(["„", "”", "«", "»"]),
        ("sv" | "fi", _) => Some(["”", "”", "’", "’"]),
        ("da", _) => Some(["»", "«", "›", "‹"]),
        _ => None,
    }
}

/// One line of plain text with the marks of its language instead of typewriter ones.
///
/// ```
/// use sowhat::base::typography::smarten;
/// assert_eq!(smarten("Don't price the \"hour\" -- ever...", "en"), "Don’t price the “hour” – ever…");
/// assert_eq!(smarten("Das \"Ergebnis\"", "de"), "Das „Ergebnis“");
/// ```
pub fn smarten<'a>(text: &'a str, lang: &str) -> Cow<'a, str> {
    if !text.contains(['"', '\'']) && !text.contains("--") && !text.contains("...") {
        return Cow::Borrowed(text);
    }
    let [open_double, close_double, open_single, close_single] = marks(lang).unwrap_or(ENGLISH);
    let chars: Vec<char> = text.chars().collect();
    let mut smart = String::with_capacity(text.len() + 8);
    let (mut at, mut n_single) = (0, 0_usize);
    while at < chars.len() {
        let before = at.checked_sub(1).map(|idx| chars[idx]);
        let after = chars.get(at + 1).copied();
        let run = chars[at..].iter().take_while(|c| **c == chars[at]).count();
        match (chars[at], run) {
            ('"', _) => smart.push_str(if opens(before) { open_double } else { close_double }),
            ('\'', _) if opens(before) && closes_later(&chars[at + 1..]) => {
                n_single += 1;
                smart.push_str(open_single);
            }
            ('\'', _) if n_single > 0 && !opens(before) && !after.is_some_and(char::is_alphanumeric) => {
                n_single -= 1;
                smart.push_str(close_single);
            }
            ('\'', _) => smart.push('’'),
            ('-', 3) => smart.push('—'),
            ('-', 2) => smart.push('–'),
            ('.', 3) => smart.push('…'),
            (c, _) => smart.extend(std::iter::repeat_n(c, if matches!(c, '-' | '.') { run } else { 1 })),
        }
        at += if matches!(chars[at], '-' | '.') { run } else { 1 };
    }
    Cow::Owned(smart)
}

/// Whether a mark after this character opens: at the start, after a space, a bracket, a dash or a mark.
fn opens(before: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "([{-–—/\"'“‘«„¿¡".contains(c))
}

/// Whether a single mark closes a quotation before another word opens one: else it is an apostrophe.
fn closes_later(rest: &[char]) -> bool {
    let is_closing = |(idx, c): (usize, &char)| {
        *c == '\'' && idx > 0 && !rest[idx - 1].is_whitespace() && !rest.get(idx + 1).is_some_and(|next| next.is_alphanumeric())
    };
    rest.iter().enumerate().any(is_closing)
}

#[cfg(test)]
mod tests {
    use super::smarten;

    #[test]
    fn marks_follow_the_language() {
        for (text, lang, expected) in [
            ("The 'second' \"quote\"", "en-GB", "The ‘second’ “quote”"),
            ("It's the partners' rate", "en", "It’s the partners’ rate"),
            ("'Tis the '90s", "en", "’Tis the ’90s"),
            ("Le \"prix\"", "fr", "Le «\u{202f}prix\u{202f}»"),
            ("Das \"Ergebnis\" ist's", "de-DE", "Das „Ergebnis“ ist’s"),
            ("El \"precio\"", "es", "El «precio»"),
            ("a -- b --- c ---- d ..", "en", "a – b — c ---- d .."),
            ("(\"x\")", "en", "(“x”)"),
            ("“already” – fine…", "en", "“already” – fine…"),
        ] {
            assert_eq!(smarten(text, lang), expected, "{text}");
        }
    }
}
