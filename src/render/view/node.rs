//! Free-form front matter and settings (`extra`, `theme_options`) as template values.

use crate::base::node;
use tera::value::Key;
use tera::{Map, Value};

/// The value of a node; maps keep the author's order.
pub fn value(node: &node::Node) -> Value {
    match &node.value {
        node::Value::Null => Value::none(),
        node::Value::Bool(value) => Value::from(*value),
        node::Value::Integer(value) => Value::from(*value),
        node::Value::Float(value) => Value::from(*value),
        node::Value::Text(text) | node::Value::Date(text) => Value::from(text.as_str()),
        node::Value::List(items) => Value::from(items.iter().map(value).collect::<Vec<_>>()),
        node::Value::Map(entries) => {
            let pairs = entries.iter().map(|entry| (Key::from(entry.key.value.clone()), value(&entry.node)));
            Value::from(pairs.collect::<Map>())
        }
    }
}

/// The value of a node, or an empty map.
pub fn value_or_empty(node: Option<&node::Node>) -> Value {
    node.map_or_else(|| Value::from(Map::new()), value)
}
