//! A table of keys as JSON Schema 2020-12, for editors that complete and check while one writes.

use super::shape::{Key, Shape};
use serde_json::{Map, Value, json};

/// What a date or date-time looks like; the reader also says which of them exist.
const DATE_PATTERN: &str = r"^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?\s*([Zz]|[+-]\d{2}(:?\d{2})?)?)?$";

/// The schema of a map with these keys and no others.
pub fn json_schema(title: &str, keys: &[Key]) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".to_owned(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".to_owned(), json!(title));
    schema.extend(map_schema(keys));
    Value::Object(schema)
}

fn map_schema(keys: &[Key]) -> Map<String, Value> {
    let mut properties = Map::new();
    for key in keys {
        let mut property = shape_schema(&key.shape);
        property.insert("description".to_owned(), json!(key.doc));
        properties.insert(key.name.to_owned(), Value::Object(property));
    }
    object([("type", json!("object")), ("properties", Value::Object(properties)), ("additionalProperties", json!(false))])
}

fn shape_schema(shape: &Shape) -> Map<String, Value> {
    match shape {
        Shape::Text => object([("type", json!(["string", "number", "boolean"]))]),
        Shape::Date => object([("type", json!("string")), ("pattern", json!(DATE_PATTERN))]),
        Shape::Bool => object([("type", json!("boolean"))]),
        Shape::Integer => object([("type", json!("integer"))]),
        Shape::Number => object([("type", json!("number"))]),
        Shape::OneOf(words) => object([("enum", json!(words))]),
        Shape::Many(item) => {
            let item = Value::Object(shape_schema(item));
            object([("anyOf", json!([item, { "type": "array", "items": item }]))])
        }
        Shape::Map(keys) => map_schema(keys),
        Shape::MapOf(inner) => object([("type", json!("object")), ("additionalProperties", Value::Object(shape_schema(inner)))]),
        Shape::Either(shapes) => {
            let alternatives: Vec<Value> = shapes.iter().map(|shape| Value::Object(alternative_schema(shape))).collect();
            object([("anyOf", Value::Array(alternatives))])
        }
        Shape::Any => Map::new(),
    }
}

/// Among alternatives nothing coerces, so text is text alone.
fn alternative_schema(shape: &Shape) -> Map<String, Value> {
    if matches!(shape, Shape::Text) { object([("type", json!("string"))]) } else { shape_schema(shape) }
}

fn object<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_what_the_table_says() {
        const KEYS: &[Key] = &[
            Key { name: "title", shape: Shape::Text, doc: "The title." },
            Key { name: "tags", shape: Shape::Many(&Shape::Text), doc: "Tags." },
            Key { name: "goal", shape: Shape::Either(&[Shape::Text, Shape::Map(&[])]), doc: "A goal." },
        ];
        let schema = json_schema("Front matter", KEYS);
        assert_eq!(schema["additionalProperties"], json!(false));
        assert_eq!(schema["properties"]["title"], json!({ "type": ["string", "number", "boolean"], "description": "The title." }));
        assert_eq!(schema["properties"]["tags"]["anyOf"][1]["type"], json!("array"));
        assert_eq!(schema["properties"]["goal"]["anyOf"][0], json!({ "type": "string" }));
    }
}
