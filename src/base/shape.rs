//! What may be written: one table of keys per file kind, that checks values, suggests the nearest
//! key, and prints itself as JSON Schema (`json_schema`). `parse` and `config` own the tables.

use super::date::Date;
use super::diagnostic::{Diagnostic, Severity};
use super::file_text::FileText;
use super::node::{Entry, Node, Value, place_of, written};
use super::suggest::did_you_mean;
use std::ops::Range;

/// What a value must look like.
#[derive(Debug)]
pub enum Shape {
    /// Text; a number, boolean or date coerces to the text as written.
    Text,
    /// A date or date-time (see [`super::date::Date::parse`]).
    Date,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// Any number.
    Number,
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A list, or a single value that stands for a list of one.
    Many(&'static Shape),
    /// A map with these keys.
    Map(&'static [Key]),
    /// A map from names that the author chooses.
    MapOf(&'static Shape),
    /// The first of these that has the value's kind; nothing coerces, and an empty entry of a list
    /// of these is left to the rules, which know what it was to say.
    Either(&'static [Shape]),
    /// Anything: for templates to read.
    Any,
}

/// A key that may stand in a map.
#[derive(Debug)]
pub struct Key {
    /// The key.
    pub name: &'static str,
    /// What its value must look like.
    pub shape: Shape,
    /// What it means: one sentence, printed in the JSON Schema and the manual.
    pub doc: &'static str,
}

/// What the findings of a check are called.
#[derive(Debug)]
pub struct RuleNames {
    /// A value of the wrong kind: an error.
    pub wrong_type: &'static str,
    /// A key that is not in the table.
    pub unknown_key: &'static str,
    /// How much an unknown key weighs.
    pub unknown_key_severity: Severity,
    /// A date that does not exist or does not read as one: an error.
    pub bad_date: &'static str,
    /// A word that is not one of those allowed, by the key that holds it: an error.
    pub bad_word: fn(&str) -> &'static str,
    /// What keys are called elsewhere, each with its name here; of two lines with the same name the one whose key can
    /// stand in the map counts.
    pub called_elsewhere: &'static [(&'static str, &'static str)],
}

/// Holds a map against the keys that may stand in it; every fault is a finding at its own slot.
///
/// Nothing at all (`title:` alone) passes everywhere but where a word is wanted: what must be there
/// is for the rules to say.
pub fn check(source: FileText<'_>, root: &Node, keys: &'static [Key], names: &RuleNames) -> Vec<Diagnostic> {
    let mut checker = Checker { source, names, findings: Vec::new() };
    if let Value::Map(entries) = &root.value {
        checker.map(None, entries, keys);
    }
    checker.findings
}

struct Checker<'a> {
    source: FileText<'a>,
    names: &'a RuleNames,
    findings: Vec<Diagnostic>,
}

/// A value under check: under which key, whether as an entry of its list, and where to point.
#[derive(Clone)]
struct Slot<'a> {
    key: &'a str,
    is_item: bool,
    place: Range<usize>,
}

impl Slot<'_> {
    fn name(&self) -> String {
        if self.is_item { format!("an entry of `{}`", self.key) } else { format!("`{}`", self.key) }
    }
}

impl Checker<'_> {
    fn map(&mut self, parent: Option<&str>, entries: &[Entry], keys: &'static [Key]) {
        for entry in entries {
            match keys.iter().find(|key| key.name == entry.key.value) {
                Some(key) => self.entry(entry, &key.shape),
                None => self.unknown_key(parent, entry, keys),
            }
        }
    }

    fn entry(&mut self, entry: &Entry, shape: &'static Shape) {
        let slot = Slot { key: &entry.key.value, is_item: false, place: place_of(entry) };
        self.value(&slot, &entry.node, shape);
    }

    fn value(&mut self, slot: &Slot<'_>, node: &Node, shape: &'static Shape) {
        match (shape, &node.value) {
            (Shape::OneOf(words), _) => self.word(slot, node, words),
            (Shape::Any, _) | (_, Value::Null) => {}
            (Shape::Date, Value::Text(_) | Value::Date(_) | Value::Integer(_) | Value::Float(_)) => self.date(slot, node),
            (Shape::Many(item), Value::List(items)) => items.iter().for_each(|node| self.item(slot, node, item)),
            (Shape::Many(item), _) if has_kind(item, &node.value) => self.value(slot, node, item),
            (Shape::Map(keys), Value::Map(entries)) => self.map(Some(slot.key), entries, keys),
            (Shape::MapOf(inner), Value::Map(entries)) => entries.iter().for_each(|entry| self.entry(entry, inner)),
            (Shape::Either(shapes), value) if shapes.iter().any(|shape| has_kind_exactly(shape, value)) => {
                let fitting = shapes.iter().find(|shape| has_kind_exactly(shape, value));
                fitting.into_iter().for_each(|shape| self.value(slot, node, shape));
            }
            (shape, value) if has_kind(shape, value) => {}
            (shape, _) => self.wrong_type(slot, node, shape),
        }
    }

    fn item(&mut self, slot: &Slot<'_>, node: &Node, shape: &'static Shape) {
        let place = if node.range.is_empty() { slot.place.clone() } else { node.range.clone() };
        let slot = Slot { is_item: true, place, ..slot.clone() };
        let is_judged_elsewhere = matches!(shape, Shape::Either(_) | Shape::Any);
        if node.value == Value::Null && !is_judged_elsewhere {
            self.wrong_type(&slot, node, shape);
        } else {
            self.value(&slot, node, shape);
        }
    }

    fn word(&mut self, slot: &Slot<'_>, node: &Node, words: &'static [&'static str]) {
        let rule = (self.names.bad_word)(slot.key);
        let (name, known) = (slot.name(), or_list(words));
        let place = self.source.place(slot.place.clone());
        let found = match &node.value {
            Value::Text(word) if words.contains(&word.as_str()) => return,
            Value::List(_) | Value::Map(_) | Value::Null => node.value.kind().to_owned(),
            Value::Text(_) | Value::Bool(_) | Value::Integer(_) | Value::Float(_) | Value::Date(_) => {
                format!("`{}`", written(node, self.source.text).unwrap_or_default())
            }
        };
        let help = did_you_mean(found.trim_matches('`'), words.iter().copied());
        self.findings.push(Diagnostic::error(rule, place, format!("{name} takes {known}, not {found}")).maybe_help(help));
    }

    fn date(&mut self, slot: &Slot<'_>, node: &Node) {
        let text = written(node, self.source.text).unwrap_or_default();
        if let Err(message) = Date::parse(&text) {
            let place = self.source.place(slot.place.clone());
            self.findings.push(Diagnostic::error(self.names.bad_date, place, message));
        }
    }

    fn wrong_type(&mut self, slot: &Slot<'_>, node: &Node, shape: &'static Shape) {
        let message = format!("{} takes {}, not {}", slot.name(), describe(shape), node.value.kind());
        let place = self.source.place(slot.place.clone());
        let written = self.source.text.get(node.range.clone()).unwrap_or_default();
        let help = wrong_type_help(shape, &node.value, written);
        self.findings.push(Diagnostic::error(self.names.wrong_type, place, message).maybe_help(help));
    }

    fn unknown_key(&mut self, parent: Option<&str>, entry: &Entry, keys: &'static [Key]) {
        let key = &entry.key.value;
        let within = parent.map(|parent| format!(" in `{parent}`")).unwrap_or_default();
        let known: Vec<&str> = keys.iter().map(|key| key.name).collect();
        let plain = key.to_lowercase().replace(['-', '_', ' '], "");
        let called = |name: &str| name.replace('_', "") == plain;
        let mut elsewhere = self.names.called_elsewhere.iter();
        let here = elsewhere.find(|(name, here)| called(name) && known.contains(here)).map(|(_, here)| *here);
        let help = here.map(|here| format!("this key is called `{here}` here"));
        let help = help.or_else(|| did_you_mean(key, known.iter().copied())).or_else(|| match known.contains(&"extra") {
            true => Some("keys of your own, for templates, stand under `extra`".to_owned()),
            false => (known.len() <= 12).then(|| format!("the keys here are {}", and_list(&known))),
        });
        let place = self.source.place(entry.key.range.clone());
        let finding =
            Diagnostic::new(self.names.unknown_key_severity, self.names.unknown_key, place, format!("unknown key `{key}`{within}"));
        self.findings.push(finding.maybe_help(help));
    }
}

/// True if a value is of the kind that a shape wants, coercion to text included.
fn has_kind(shape: &Shape, value: &Value) -> bool {
    let is_scalar = matches!(value, Value::Text(_) | Value::Bool(_) | Value::Integer(_) | Value::Float(_) | Value::Date(_));
    match shape {
        Shape::Text => is_scalar,
        Shape::Date | Shape::OneOf(_) => is_scalar && !matches!(value, Value::Bool(_)),
        Shape::Bool => matches!(value, Value::Bool(_)),
        Shape::Integer => matches!(value, Value::Integer(_)),
        Shape::Number => matches!(value, Value::Integer(_) | Value::Float(_)),
        Shape::Many(item) => matches!(value, Value::List(_)) || has_kind(item, value),
        Shape::Map(_) | Shape::MapOf(_) => matches!(value, Value::Map(_)),
        Shape::Either(shapes) => shapes.iter().any(|shape| has_kind_exactly(shape, value)),
        Shape::Any => true,
    }
}

fn has_kind_exactly(shape: &Shape, value: &Value) -> bool {
    match shape {
        Shape::Text | Shape::OneOf(_) => matches!(value, Value::Text(_)),
        shape => has_kind(shape, value),
    }
}

/// What a shape is called in a message: "`title` takes …".
fn describe(shape: &Shape) -> String {
    match shape {
        Shape::Text => "text".to_owned(),
        Shape::Date => "a date".to_owned(),
        Shape::Bool => "`true` or `false`".to_owned(),
        Shape::Integer => "a whole number".to_owned(),
        Shape::Number => "a number".to_owned(),
        Shape::OneOf(words) => or_list(words),
        Shape::Many(item) => format!("{}, or a list of them", describe(item)),
        Shape::Map(_) | Shape::MapOf(_) => "a map".to_owned(),
        Shape::Either(shapes) => shapes.iter().map(describe).collect::<Vec<_>>().join(" or "),
        Shape::Any => "anything".to_owned(),
    }
}

fn wrong_type_help(shape: &Shape, value: &Value, written: &str) -> Option<String> {
    match (shape, value) {
        (Shape::Bool, Value::Text(word)) => match word.to_lowercase().as_str() {
            "yes" | "on" | "y" | "true" => Some("write `true`, without quotes".to_owned()),
            "no" | "off" | "n" | "false" => Some("write `false`, without quotes".to_owned()),
            _ => None,
        },
        (Shape::Integer | Shape::Number, Value::Text(number)) if number.trim().parse::<f64>().is_ok() => {
            Some(format!("write {}, without quotes", number.trim()))
        }
        (Shape::Text, Value::List(_) | Value::Map(_)) if written.starts_with(['[', '{']) => {
            Some("put the value between quotes if its brackets are part of the text".to_owned())
        }
        (Shape::Map(keys), _) => {
            let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
            Some(format!("the keys of this map are {}", and_list(&names)))
        }
        (Shape::MapOf(_), Value::List(_)) => Some("write each entry as `name: …`, indented below the key, in place of the `-`".to_owned()),
        (Shape::Either(shapes), Value::Bool(_) | Value::Integer(_) | Value::Float(_)) => {
            let takes_text = shapes.iter().any(|shape| matches!(shape, Shape::Text));
            takes_text.then(|| "put the value between quotes if it is meant as text".to_owned())
        }
        (Shape::Many(item), value) => wrong_type_help(item, value, written),
        _ => None,
    }
}

fn or_list(words: &[&str]) -> String {
    joined(words, "or")
}

fn and_list(words: &[&str]) -> String {
    joined(words, "and")
}

fn joined(words: &[&str], last: &str) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        Some((end, [])) => end.clone(),
        Some((end, rest)) => format!("{} {last} {end}", rest.join(", ")),
        None => String::new(),
    }
}
