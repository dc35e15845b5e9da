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
