//! What may be written: one table of keys per file kind, that checks values, suggests the nearest
//! key, and prints itself as JSON Schema. `parse` and `config` own the tables.

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
    /// The first of these that has the value's kind.
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
