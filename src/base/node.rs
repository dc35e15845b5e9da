//! What YAML front matter and TOML configuration have in common: a tree of values with places.
//!
//! Both readers make this tree, one checker (`shape`) holds it against what may be written, and
//! the typed decoders read it. So every value of either keeps its bytes.

use super::spanned::Spanned;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A value as written, and where.
pub type Node = Spanned<Value>;

/// What a node holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing was written, or `null`, or `~`.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// Text; in YAML also dates, which are plain scalars there.
    Text(String),
    /// A date or date-time that the format itself knows (TOML), as written.
    Date(String),
    /// A list.
    List(Vec<Node>),
    /// A map, in the order written.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The key, as text, and its place.
    pub key: Spanned<String>,
    /// The value.
    pub node: Node,
}

impl Value {
    /// What this is called in messages: `text`, `a list` …
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "true or false",
            Self::Integer(_) | Self::Float(_) => "a number",
            Self::Text(_) => "text",
            Self::Date(_) => "a date",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }

    /// The value of a key of a map.
    pub fn get(&self, key: &str) -> Option<&Entry> {
        match self {
            Self::Map(entries) => entries.iter().find(|entry| entry.key.value == key),
            _ => None,
        }
    }
}

/// The place to point at for a node that may be empty: the node, else the key before it.
pub fn place_of(entry: &Entry) -> Range<usize> {
    if entry.node.range.is_empty() { entry.key.range.clone() } else { entry.node.range.clone() }
}

/// A scalar as the author wrote it: `010` stays `010` where text is wanted. `None` for nothing,
/// lists and maps.
///
/// A number that stands at an alias has no digits there to read, so it comes in its plain form.
pub fn written(node: &Node, text: &str) -> Option<String> {
    let here = text.get(node.range.clone()).unwrap_or_default();
    let is_number = here.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
    match &node.value {
        Value::Text(value) | Value::Date(value) => Some(value.clone()),
        Value::Bool(value) if here.eq_ignore_ascii_case(&value.to_string()) => Some(here.to_owned()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Integer(_) | Value::Float(_) if is_number => Some(here.to_owned()),
        Value::Integer(value) => Some(value.to_string()),
        Value::Float(value) => Some(value.to_string()),
        Value::Null | Value::List(_) | Value::Map(_) => None,
    }
}
