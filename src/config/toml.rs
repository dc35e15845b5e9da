//! The text of `site.toml` to a tree of nodes, each value with its bytes; every syntax error is a finding.

use super::rules;
use crate::base::diagnostic::Diagnostic;
use crate::base::file_text::FileText;
use crate::base::node::{Entry, Node, Value};
use crate::base::spanned::Spanned;
use ::toml::de::{DeTable, DeValue, Error};
use std::ops::Range;

/// Reads TOML. The tree holds what could be read when there are findings.
pub(super) fn read(source: FileText<'_>) -> (Node, Vec<Diagnostic>) {
    let (table, errors) = DeTable::parse_recoverable(source.text);
    let mut findings: Vec<Diagnostic> = errors.iter().map(|error| finding(source, error)).collect();
    // One slip often trips the grammar twice at the same byte; the first account is the closest.
    findings.sort_by_key(|finding| finding.place.start);
    findings.dedup_by_key(|finding| finding.place.start);
    (Node::new(map(table.get_ref(), source.text), 0..source.text.len()), findings)
}

fn finding(source: FileText<'_>, error: &Error) -> Diagnostic {
    let range = visible(source.text, error.span().unwrap_or(0..0));
    let written = source.text.get(range.clone()).unwrap_or_default();
    if error.message() == "duplicate key" {
        let message = format!("the key `{written}` is written twice");
        let help = "keep one; a table such as `[feeds]` stands in the file once, with all its keys below it";
        return Diagnostic::error(rules::DUPLICATE_KEY, source.place(range), message).help(help);
    }
    if let Some(value) = unquoted(source.text, range.start) {
        let message = "this is not TOML: text stands between double quotes";
        return Diagnostic::error(rules::SYNTAX, source.place(value.range), message).help(format!("write `{}`", value.meant));
    }
    if error.message().starts_with("cannot extend value of type") {
        return extended(source, range);
    }
    let help = match error.message() {
        message if message.starts_with("string values must be quoted") => Some(format!("put it between double quotes: `\"{written}\"`")),
        message if message.starts_with("key with no value") => Some("write `key = value`".to_owned()),
        message if message.starts_with("unexpected leading zero") => {
            Some("numbers begin with 1 to 9; put it between quotes if it is text".to_owned())
        }
        message if message.starts_with("invalid unquoted key") => {
            Some("put the key between double quotes, or keep to letters, digits, `-` and `_`".to_owned())
        }
        _ => None,
    };
    Diagnostic::error(rules::SYNTAX, source.place(range), format!("this is not TOML: {}", error.message())).maybe_help(help)
}

/// A text without quotation marks, or with those of a word processor.
struct Unquoted {
    range: Range<usize>,
    /// The key and the value as they were meant.
    meant: String,
}

/// The value at a byte, if it begins like text and stands between no quotation marks that TOML knows. The grammar takes
/// its first letter for the beginning of a number or a truth value, and says so.
fn unquoted(text: &str, at: usize) -> Option<Unquoted> {
    let line_at = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
    let before = &text[line_at..at];
    let (key, _) = before.rsplit_once('=')?;
    let start = line_at + key.len() + 1;
    let line = text[start..].lines().next().unwrap_or_default();
    let start = start + (line.len() - line.trim_start().len());
    let rest = line.trim_start();
    let is_curly = rest.starts_with(['\u{201c}', '\u{201d}', '\u{201e}', '\u{2018}', '\u{2019}', '\u{ab}']);
    if !is_curly && !rest.starts_with(char::is_alphabetic) {
        return None;
    }
    let in_table = key.rfind(['{', '[']).is_some_and(|open| !key[open..].contains(['}', ']']));
    let end = if in_table { rest.find([',', '}', ']']) } else { rest.find(" #") };
    let written = rest[..end.unwrap_or(rest.len())].trim_end();
    let is_mark = |c: char| matches!(c, '"' | '\u{201c}'..='\u{201f}' | '\u{2018}'..='\u{201b}' | '\u{ab}' | '\u{bb}');
    let bare = if is_curly { written.trim_matches(is_mark) } else { written.trim_end_matches('"') };
    let key = key.rsplit(['{', ',', '[']).next().unwrap_or(key).trim();
    let meant = format!("{key} = \"{}\"", bare.trim().replace('\\', "\\\\").replace('"', "\\\""));
    Some(Unquoted { range: start..start + written.len(), meant })
}

/// A table below a key that has a value: both cannot stand.
fn extended(source: FileText<'_>, range: Range<usize>) -> Diagnostic {
    let key = source.text.get(range.clone()).unwrap_or_default();
    let value = source.text.lines().filter_map(|line| line.split_once('=')).find(|(name, _)| name.trim() == key);
    let value = value.map_or("…", |(_, value)| value.trim());
    let message = format!("`{key}` has a value already, so there can be no table below it");
    let help = match key {
        "theme" => format!("take `theme = {value}` out, and write the name into the table:\n[theme]\nname = {value}"),
        _ => format!("take `{key} = {value}` out, or write it as a key of the table `[{key}]`"),
    };
    Diagnostic::error(rules::SYNTAX, source.place(range), message).help(help)
}

/// An error between two characters points at the one before it: there is nothing else to underline.
fn visible(text: &str, range: Range<usize>) -> Range<usize> {
    let is_seen = text.get(range.clone()).is_some_and(|written| !written.trim().is_empty());
    if is_seen {
        return range;
    }
    let before = text.get(..range.start).unwrap_or(text).trim_end();
    let len = before.chars().next_back().map_or(0, char::len_utf8);
    before.len() - len..before.len()
}

/// A table in the order written; the crate keeps it in the order of its keys.
fn map(table: &DeTable<'_>, text: &str) -> Value {
    let mut entries: Vec<Entry> = table
        .iter()
        .map(|(key, value)| Entry {
            key: Spanned::new(key.get_ref().to_string(), key.span()),
            node: Node::new(self::value(value.get_ref(), &value.span(), text), value.span()),
        })
        .collect();
    entries.sort_by_key(|entry| entry.key.range.start);
    Value::Map(entries)
}

fn value(value: &DeValue<'_>, range: &Range<usize>, text: &str) -> Value {
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        // A number too large for a whole one is a number all the same; its digits stay in the text.
        DeValue::Integer(integer) => i64::from_str_radix(integer.as_str(), integer.radix())
            .map_or_else(|_| Value::Float(integer.as_str().parse().unwrap_or(f64::INFINITY)), Value::Integer),
        DeValue::Float(float) => Value::Float(float.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(boolean) => Value::Bool(*boolean),
        DeValue::Datetime(moment) => Value::Date(text.get(range.clone()).map_or_else(|| moment.to_string(), str::to_owned)),
        DeValue::Array(items) => {
            let node = |item: &::toml::Spanned<DeValue<'_>>| Node::new(self::value(item.get_ref(), &item.span(), text), item.span());
            Value::List(items.iter().map(node).collect())
        }
        DeValue::Table(table) => map(table, text),
    }
}
