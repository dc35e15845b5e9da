//! Reads typed values out of a map of nodes, leniently: what has another kind is left out, because
//! the shape check has already said so.

use super::date::Date;
use super::node::{Entry, Node, Value, written};
use super::spanned::{Field, Spanned};

/// A map whose keys are read by name.
#[derive(Debug, Clone, Copy)]
pub struct MapReader<'a> {
    entries: &'a [Entry],
    text: &'a str,
}

impl<'a> MapReader<'a> {
    /// Reads from `node`; anything but a map reads as an empty one. `text` is the whole file.
    pub fn new(node: &'a Node, text: &'a str) -> Self {
        let entries: &[Entry] = if let Value::Map(entries) = &node.value { entries } else { &[] };
        Self { entries, text }
    }

    /// The keys and values in the order written.
    pub fn entries(&self) -> &'a [Entry] {
        self.entries
    }

    /// A key with its value.
    pub fn entry(&self, key: &str) -> Option<&'a Entry> {
        self.entries.iter().find(|entry| entry.key.value == key)
    }

    /// The map at a key; an empty one when there is none.
    pub fn child(&self, key: &str) -> Self {
        let entries = self.entry(key).map_or(&[][..], |entry| Self::new(&entry.node, self.text).entries);
        Self { entries, text: self.text }
    }

    /// The maps in the map at a key, by their names.
    pub fn children(&self, key: &str) -> impl Iterator<Item = (Spanned<String>, Self)> {
        self.child(key).entries.iter().map(|entry| (entry.key.clone(), Self::new(&entry.node, self.text)))
    }

    /// A value that has the wanted kind, with the place of its key.
    pub fn field<T>(&self, key: &str, read: impl FnOnce(&'a Node) -> Option<T>) -> Option<Field<T>> {
        let entry = self.entry(key)?;
        let value = read(&entry.node)?;
        Some(Field { key: entry.key.range.clone(), value, range: entry.node.range.clone() })
    }

    /// A value that has the wanted kind, with its own place.
    pub fn spanned<T>(&self, key: &str, read: impl FnOnce(&'a Node) -> Option<T>) -> Option<Spanned<T>> {
        self.field(key, read).map(|field| Spanned::new(field.value, field.range))
    }

    /// Text, or another scalar as written.
    pub fn text(&self, key: &str) -> Option<Field<String>> {
        self.field(key, |node| self.read_text(node))
    }

    /// Text, or another scalar as written, with its own place.
    pub fn slot(&self, key: &str) -> Option<Spanned<String>> {
        self.spanned(key, |node| self.read_text(node))
    }

    /// Text, or another scalar as written, without its place.
    pub fn string(&self, key: &str) -> Option<String> {
        self.entry(key).and_then(|entry| self.read_text(&entry.node))
    }

    /// A list of texts, or one text that stands for a list of one; empty when nothing was written.
    pub fn slots(&self, key: &str) -> Option<Field<Vec<Spanned<String>>>> {
        self.field(key, |node| {
            let read = |node: &Node| Some(Spanned::new(self.read_text(node)?, node.range.clone()));
            Some(many(node).iter().filter_map(read).collect())
        })
    }

    /// A date that exists.
    pub fn date(&self, key: &str) -> Option<Field<Date>> {
        self.field(key, |node| self.read_date(node))
    }

    /// A date that exists, with its own place.
    pub fn spanned_date(&self, key: &str) -> Option<Spanned<Date>> {
        self.spanned(key, |node| self.read_date(node))
    }

    /// `true` or `false`.
    pub fn boolean(&self, key: &str) -> Option<Field<bool>> {
        self.field(key, |node| if let Value::Bool(value) = node.value { Some(value) } else { None })
    }

    /// A whole number.
    pub fn integer(&self, key: &str) -> Option<Field<i64>> {
        self.field(key, |node| if let Value::Integer(value) = node.value { Some(value) } else { None })
    }

    /// A scalar as text. Line breaks at its end are how a block scalar is laid out, not what it says.
    pub fn read_text(&self, node: &Node) -> Option<String> {
        let mut value = written(node, self.text)?;
        value.truncate(value.trim_end_matches(['\n', '\r']).len());
        Some(value)
    }

    fn read_date(&self, node: &Node) -> Option<Date> {
        Date::parse(&written(node, self.text)?).ok()
    }
}

/// The entries of a list; a single value stands for a list of one, nothing for an empty one.
pub fn many(node: &Node) -> &[Node] {
    match &node.value {
        Value::List(items) => items,
        Value::Null => &[],
        Value::Bool(_) | Value::Integer(_) | Value::Float(_) | Value::Text(_) | Value::Date(_) | Value::Map(_) => {
            std::slice::from_ref(node)
        }
    }
}
