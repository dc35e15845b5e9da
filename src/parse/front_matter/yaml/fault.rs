//! What the YAML scanner cannot read, said as the author would ask it: what is wrong on this line,
//! and how to write it instead.

use super::super::rules;
use super::too_deep;
use crate::base::diagnostic::Diagnostic;
use crate::base::file_text::FileText;
use serde_yaml::granit_parser::{ErrorKind, ScanError};
use std::ops::Range;

/// The finding for a syntax error at `offset`, with everything before `read_to` read well.
pub(super) fn finding(source: FileText<'_>, header: Range<usize>, error: &ScanError, (offset, read_to): (usize, usize)) -> Diagnostic {
    let near = Near { text: source.text, header, offset, read_to };
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        return too_deep(source, near.one_char(offset));
    }
    let fault = near.fault(error);
    Diagnostic::error(rules::SYNTAX, source.place(fault.range), fault.message).maybe_help(fault.help)
}

struct Fault {
    message: String,
    help: Option<String>,
    range: Range<usize>,
}

/// The text around an error.
struct Near<'a> {
    text: &'a str,
    header: Range<usize>,
    offset: usize,
    read_to: usize,
}

impl Near<'_> {
    fn fault(&self, error: &ScanError) -> Fault {
        let here = self.one_char(self.offset);
        let fault = |message: &str, help: &str| Fault {
            message: message.to_owned(),
            help: (!help.is_empty()).then(|| help.to_owned()),
            range: here.clone(),
        };
        if let Some(range) = self.tab_at_a_line_start(error) {
            let message = "a tab indents this line, and YAML indents with spaces alone".to_owned();
            return Fault { message, help: Some("replace the tab by spaces".to_owned()), range };
        }
        match error.kind() {
            ErrorKind::UnexpectedCharacter { character: '\t' } => fault("a tab cannot stand here", "replace the tab by spaces"),
            ErrorKind::UnexpectedCharacter { character } if character.is_control() => fault(
                &format!("the control character U+{:04X} cannot stand in front matter", u32::from(*character)),
                "take the character out; an editor may show it as a box, or not at all",
            ),
            ErrorKind::UnexpectedCharacter { character } => {
                fault(&format!("a value without quotes cannot begin with `{character}`"), &self.quoted())
            }
            ErrorKind::DirectiveDisallowed => fault("a line that begins with `%` is a YAML directive, which front matter has none of", ""),
            ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => self.stray_colon(fault),
            ErrorKind::UnclosedQuotedScalar | ErrorKind::InvalidQuotedScalarIndent | ErrorKind::DocumentIndicatorInQuotedScalar => {
                self.open_quote(fault)
            }
            ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
                fault("text follows the closing quote of this value", &self.quoted())
            }
            ErrorKind::UnknownQuotedScalarEscape => fault(
                "between double quotes `\\` begins an escape, and this one is not known",
                "write `\\\\` for a backslash, or put the value between single quotes",
            ),
            ErrorKind::UnclosedFlowCollection { open } => fault(&format!("the `{open}` that opens here is never closed"), ""),
            ErrorKind::UnexpectedEofFlowSequence => fault("a `[` before this is never closed", "close the list with `]`"),
            ErrorKind::UnexpectedEofFlowMapping | ErrorKind::UnexpectedEofImplicitFlowMapping => {
                fault("a `{` before this is never closed", "close the map with `}`")
            }
            ErrorKind::ExpectedFlowSequenceSeparator => fault("a list between `[` and `]` goes on with `,` or ends with `]`", ""),
            ErrorKind::ExpectedFlowMappingSeparator => fault("a map between `{` and `}` goes on with `,` or ends with `}`", ""),
            ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => {
                fault("this bracket closes nothing that is open", "put the value between quotes if the bracket is part of the text")
            }
            ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
                fault("this line is neither `key: value` nor part of the value above", "put a colon and a space after the key")
            }
            ErrorKind::BlockSequenceEntryNotAllowed => {
                let help = format!("move the `-` to the next line; if it is part of the text, {}", self.quoted());
                fault("a list that begins with `-` starts on a line of its own, below its key", &help)
            }
            ErrorKind::ExpectedBlockMappingKey
            | ErrorKind::ExpectedBlockSequenceEntry
            | ErrorKind::ExpectedDocumentStart
            | ErrorKind::InvalidIndentation => self.misfit(fault),
            ErrorKind::ExpectedNodeContent => fault("a value was expected here", ""),
            kind => match self.value().chars().next().filter(|first| ">|?&*!".contains(*first)) {
                Some(first) => fault(&format!("a value without quotes cannot begin with `{first}`"), &self.quoted()),
                None => fault(&format!("this is not YAML: {kind}"), ""),
            },
        }
    }

    /// The tab that indents this line, or the next one where a value goes on that the scanner could not read to its end.
    fn tab_at_a_line_start(&self, error: &ScanError) -> Option<Range<usize>> {
        let is_about_a_tab = error.kind().to_string().contains("tab");
        let mut at = self.line_start();
        for line in self.text[at..self.header.end].split_inclusive('\n').take(if is_about_a_tab { 3 } else { 1 }) {
            let indent = &line[..line.len() - line.trim_start().len()];
            if let Some(tab) = indent.find('\t').filter(|_| !line.trim().is_empty()) {
                return Some(self.one_char(at + tab));
            }
            at += line.len();
        }
        None
    }

    /// A colon where no key can be: the value before it holds `: `, or a line above lacks its space.
    fn stray_colon(&self, fault: impl Fn(&str, &str) -> Fault) -> Fault {
        let before = &self.text[self.line_start()..self.offset];
        let above = self.text[self.header.start..self.line_start()].trim_end();
        let above = above.rsplit(['\n', '\r']).next().unwrap_or_default();
        let above_lacks_space = above
            .split_once(':')
            .is_some_and(|(key, rest)| !key.contains([' ', '"', '\'']) && rest.starts_with(|c: char| !c.is_whitespace()));
        if before.contains(": ") || before.trim_start().starts_with("- ") {
            return fault("`: ` inside a value without quotes reads as a second key", &self.quoted());
        }
        if above_lacks_space && !above.contains("://") {
            return fault(
                "this key runs on from the line above, which has no space after its `:`",
                "put a space after the colon on the line above",
            );
        }
        fault(
            "a key cannot stand here: it belongs to the value that begins above",
            "begin all keys of one map in the same column, and close every quote and bracket before the next key",
        )
    }

    /// A quote that runs past its line is reported where it opens, not where patience ended.
    fn open_quote(&self, fault: impl Fn(&str, &str) -> Fault) -> Fault {
        let opened = self.text[self.read_to..self.offset.max(self.read_to)].find(['"', '\'']).map(|idx| self.read_to + idx);
        let help = "close the quote; a value that holds an apostrophe or a quote stands between quotes of the other kind";
        let found = fault("the quote that opens here is never closed", help);
        Fault { range: opened.map_or(found.range.clone(), |at| self.one_char(at)), ..found }
    }

    /// Something that fits neither the map or list above nor a new one.
    fn misfit(&self, fault: impl Fn(&str, &str) -> Fault) -> Fault {
        let before = self.text[self.line_start()..self.offset].trim_start();
        if before.is_empty() {
            return fault(
                "this line fits nothing above it",
                "begin all keys of one map in the same column, and all entries of one list too",
            );
        }
        fault("the value before this is complete, and nothing can follow it on its line", &self.quoted())
    }

    /// The line's value between quotes, ready to paste.
    fn quoted(&self) -> String {
        let line = self.line();
        let indent = line.len() - line.trim_start().len();
        let body = line.trim_start();
        let dash = body.len() - body.trim_start_matches("- ").trim_start().len();
        let (lead, body) = (&line[..indent + dash], &body[dash..]);
        let (key, value) = body.split_once(": ").map_or(("", body), |(key, value)| (key, value));
        let value = value.trim();
        // Quotes that were put around it stay what they were meant for.
        let unquoted = ['"', '\''].into_iter().find_map(|quote| value.strip_prefix(quote)?.strip_suffix(quote));
        let value = unquoted.unwrap_or(value);
        if value.is_empty() || key.contains(['"', '\'', '{', '[']) || value.contains(['{', '[']) || lead.contains(['{', '[']) {
            return "put the value between quotes".to_owned();
        }
        let value =
            if value.contains('"') { format!("'{}'", value.replace('\'', "''")) } else { format!("\"{}\"", value.replace('\\', "\\\\")) };
        let key = if key.is_empty() { String::new() } else { format!("{key}: ") };
        format!("put the value between quotes: `{}{key}{value}`", lead.trim_start())
    }

    fn line_start(&self) -> usize {
        let before = &self.text[self.header.start..self.offset];
        self.header.start + before.rfind(['\n', '\r']).map_or(0, |idx| idx + 1)
    }

    fn line(&self) -> &str {
        let rest = &self.text[self.line_start()..self.header.end];
        &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())]
    }

    /// What stands after the line's key.
    fn value(&self) -> &str {
        self.line().split_once(": ").map_or("", |(_, value)| value.trim_start())
    }

    /// The character at an offset; at the end of a line or of the header, the last one before it.
    fn one_char(&self, offset: usize) -> Range<usize> {
        let header = &self.text[self.header.clone()];
        let (before, after) = header.split_at(offset - self.header.start);
        match after.chars().next() {
            Some(c) if !matches!(c, '\n' | '\r') => offset..offset + c.len_utf8(),
            Some(_) | None => {
                let end = self.header.start + before.trim_end().len();
                let len = before.trim_end().chars().next_back().map_or(0, char::len_utf8);
                end - len..end
            }
        }
    }
}
