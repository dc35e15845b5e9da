//! One marker line to a directive: its name and its parameters, each with its place.

use super::{Marker, MarkerKind};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::base::spanned::Spanned;
use crate::parse::Directive;
use std::ops::Range;

/// Reads the marker that opens a container, or a leaf, of the file `text`.
///
/// Parameters are `key="v"`, `key='v'` or `key=v`; inside quotes `\"`, `\'` and `\\` stand for themselves.
/// What is malformed is a finding, and what was read before it is kept.
pub fn read(path: &SourcePath, text: &str, marker: &Marker) -> (Directive, Vec<Diagnostic>) {
    let mut reader = Reader { path, text, at: marker.range.start + marker.colons, end: marker.range.end, findings: Vec::new() };
    let name = reader.name();
    let params = reader.params();
    let content = match marker.kind {
        MarkerKind::Open | MarkerKind::Close => Some(marker.range.end..marker.range.end),
        MarkerKind::Leaf => None,
    };
    let directive = Directive { name, params, open: marker.range.clone(), content, close: None };
    (directive, reader.findings)
}

/// The length of the name or key at the start of `text`: a letter, then letters, digits, `-` and `_`.
pub fn name_len(text: &str) -> usize {
    let starts_well = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let len = text.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(text.len());
    if starts_well { len } else { 0 }
}

/// Quotes that word processors make of straight ones, and what closes each.
const CURLY: &[(char, &[char])] = &[
    ('“', &['”', '“']),
    ('”', &['”']),
    ('„', &['“', '”']),
    ('‘', &['’', '‘']),
    ('’', &['’']),
    ('‚', &['‘', '’']),
    ('«', &['»']),
    ('»', &['«', '»']),
];

type Param = (Spanned<String>, Spanned<String>);

struct Reader<'a> {
    path: &'a SourcePath,
    text: &'a str,
    at: usize,
    end: usize,
    findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..self.end]
    }

    fn skip_space(&mut self) {
        self.at = self.end - self.rest().trim_start().len();
    }

    fn take_name(&mut self) -> Spanned<String> {
        let start = self.at;
        self.at += name_len(self.rest());
        Spanned::new(self.text[start..self.at].to_owned(), start..self.at)
    }

    fn malformed(&mut self, range: Range<usize>, message: String, help: &str) {
        let place = Place::new(self.path, range);
        self.findings.push(Diagnostic::error("directive-malformed", place, message).help(help));
    }

    fn name(&mut self) -> Spanned<String> {
        self.skip_space();
        let name = self.take_name();
        if name.value.is_empty() {
            let message = "this directive has no name".to_owned();
            self.malformed(self.at..self.end, message, "write a name right after the colons, as in `:::note`");
        }
        name
    }

    fn params(&mut self) -> Vec<Param> {
        let mut params = Vec::new();
        self.skip_space();
        if self.rest().is_empty() || !self.findings.is_empty() {
            return params;
        }
        if !self.rest().starts_with('{') {
            let message = format!("`{}` is not part of a directive", self.rest());
            self.malformed(self.at..self.end, message, "parameters stand in braces: `:::name{key=\"value\"}`");
            return params;
        }
        let brace = self.at;
        self.at += 1;
        loop {
            self.skip_space();
            match self.rest().chars().next() {
                None => {
                    self.malformed(brace..self.end, "these parameters are not closed".to_owned(), "end the line with `}`");
                    return params;
                }
                Some('}') => break,
                Some(_) => match self.param() {
                    Some(param) => self.keep(&mut params, param),
                    None => return params,
                },
            }
        }
        self.at += 1;
        self.skip_space();
        if !self.rest().is_empty() {
            let message = format!("`{}` after the parameters is not part of a directive", self.rest());
            self.malformed(self.at..self.end, message, "put the content on the lines below");
        }
        params
    }

    fn keep(&mut self, params: &mut Vec<Param>, param: Param) {
        match params.iter().find(|(key, _)| key.value == param.0.value) {
            Some((first, _)) => {
                let place = Place::new(self.path, param.0.range.clone());
                let message = format!("parameter `{}` is given twice", param.0.value);
                let first = Place::new(self.path, first.range.clone());
                self.findings.push(Diagnostic::error("directive-parameter-repeated", place, message).note_at(first, "first given here"));
            }
            None => params.push(param),
        }
    }

    /// `None` when malformed: the rest of the line cannot be trusted then.
    fn param(&mut self) -> Option<Param> {
        let key = self.take_name();
        if key.value.is_empty() {
            let message = format!("`{}` is not a parameter", self.rest());
            self.malformed(self.at..self.end, message, "a parameter is a name, `=` and a value: `{key=\"value\"}`");
            return None;
        }
        if !self.rest().starts_with('=') {
            let message = format!("parameter `{}` has no value", key.value);
            let help = format!("write `{}=\"…\"`", key.value);
            self.malformed(key.range.clone(), message, &help);
            return None;
        }
        self.at += 1;
        let value = match self.rest().chars().next() {
            Some(quote @ ('"' | '\'')) => self.quoted(quote)?,
            Some(quote) if CURLY.iter().any(|(open, _)| *open == quote) => self.curly(&key, quote),
            Some(_) | None => self.bare(&key)?,
        };
        Some((key, value))
    }

    fn quoted(&mut self, quote: char) -> Option<Spanned<String>> {
        let start = self.at;
        let mut value = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((offset, c)) = chars.next() {
            if c == quote {
                self.at = start + offset + 1;
                return Some(Spanned::new(value, start + 1..self.at - 1));
            }
            let escaped = if c == '\\' { chars.clone().next().filter(|(_, next)| matches!(next, '"' | '\'' | '\\')) } else { None };
            if escaped.is_some() {
                chars.next();
            }
            value.push(escaped.map_or(c, |(_, next)| next));
        }
        let help = format!("close it with {quote} on the same line");
        self.malformed(start..self.end, "this value's quote is not closed".to_owned(), &help);
        None
    }

    /// Quotes as a word processor sets them: they are told, and what stands between them is the value, so that
    /// nothing else is said of it.
    fn curly(&mut self, key: &Spanned<String>, quote: char) -> Spanned<String> {
        let start = self.at + quote.len_utf8();
        let inner = &self.text[start..self.end];
        let closes = |c: char| c == '"' || CURLY.iter().any(|(open, close)| *open == quote && close.contains(&c));
        let (len, quote_len) = match inner.char_indices().find(|(_, c)| closes(*c)) {
            Some((at, c)) => (at, c.len_utf8()),
            None => (inner.trim_end_matches('}').len(), 0),
        };
        let value = Spanned::new(inner[..len].to_owned(), start..start + len);
        let message = format!("curly quotes do not hold a value, as those of parameter `{}`", key.value);
        self.malformed(self.at..start + len + quote_len, message, &format!("write straight ones: `{}=\"{}\"`", key.value, value.value));
        self.at = start + len + quote_len;
        value
    }

    fn bare(&mut self, key: &Spanned<String>) -> Option<Spanned<String>> {
        let start = self.at;
        let ends = |c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '=' | '{' | '}');
        let len = self.rest().find(ends).unwrap_or(self.rest().len());
        self.at += len;
        if len == 0 {
            let message = format!("parameter `{}` has no value", key.value);
            let help = format!("write `{}=\"…\"`", key.value);
            self.malformed(key.range.start..self.at, message, &help);
            return None;
        }
        Some(Spanned::new(self.text[start..self.at].to_owned(), start..self.at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Shows what was read as `name key=value …`, then each finding as `rule @start..end`.
    fn check(line: &str, expected: &str) {
        let markers = super::super::markers(line, 0..line.len());
        let path = SourcePath::new("content/a.md").unwrap();
        let (directive, findings) = read(&path, line, &markers[0]);
        let mut shown = directive.name.value.clone();
        for (key, value) in &directive.params {
            assert_eq!(&line[key.range.clone()], key.value);
            shown += &format!(" {}={}", key.value, value.value);
        }
        for finding in findings {
            shown += &format!(" {}@{}..{}", finding.rule, finding.place.start, finding.place.end);
        }
        assert_eq!(shown, expected, "{line:?}");
    }

    #[test]
    fn parameters_are_read_and_faults_have_places() {
        for (line, expected) in [
            (r#":::note"#, "note"),
            (r#"::: note {a="b c" d='e"' f=1.5}"#, r#"note a=b c d=e" f=1.5"#),
            (r#"::x{a="\"é\\ \n"}"#, r#"x a="é\ \n"#),
            (r#"::x{}"#, "x"),
            (r#":::note Title"#, "note directive-malformed@8..13"),
            (r#":::{note}"#, " directive-malformed@3..9"),
            (r#":::note{a="b"#, "note directive-malformed@10..12"),
            (r#":::note{a="b""#, "note a=b directive-malformed@7..13"),
            (r#":::note{a}"#, "note directive-malformed@8..9"),
            (r#":::note{a=}"#, "note directive-malformed@8..10"),
            (r#":::note{a=1 a=2}"#, "note a=1 directive-parameter-repeated@12..13"),
            (r#":::note{=1}"#, "note directive-malformed@8..11"),
            (":::note{a=“b c” d=1}", "note a=b c d=1 directive-malformed@10..19"),
            (":::note{a=“b” c=’d’}", "note a=b c=d directive-malformed@10..17 directive-malformed@20..27"),
            (":::note{a=“b c}", "note a=b c directive-malformed@10..16"),
            (r#":::note{a=1} b"#, "note a=1 directive-malformed@13..14"),
        ] {
            check(line, expected);
        }
    }
}
