//! Builds the maps that templates see, key by key, in a fixed order.

use tera::value::Key;
use tera::{Map, Value};

/// A map under construction.
#[derive(Default)]
pub struct Object(Map);

impl Object {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty map that takes so many keys: none of its memory is spare.
    pub fn with_capacity(n_keys: usize) -> Self {
        Self(Map::with_capacity(n_keys))
    }

    /// Sets a key.
    #[must_use]
    pub fn with(mut self, key: &'static str, value: impl Into<Value>) -> Self {
        self.0.insert(Key::Str(key), value.into());
        self
    }

    /// Adds all keys of another map.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        Value::from(object.0)
    }
}

/// Text, or `none`: templates test it for truth.
pub fn text_or_none(text: Option<&str>) -> Value {
    text.filter(|text| !text.trim().is_empty()).map_or_else(Value::none, Value::from)
}

/// A list.
pub fn list(values: impl IntoIterator<Item = Value>) -> Value {
    Value::from(values.into_iter().collect::<Vec<Value>>())
}
