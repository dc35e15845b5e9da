//! `json`: a value as JSON that is safe inside a `<script>` data block.

use tera::{Error, Kwargs, State, TeraResult, Value};

/// Serialises a value; `<`, `>`, `&` and the two line separators are escaped, so that no text can end
/// the block it stands in.
pub fn filter(value: &Value, _: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    let json = serde_json::to_string(value).map_err(|error| Error::message(error.to_string()))?;
    Ok(Value::safe_string(&safe_json(&json)))
}

/// JSON with what could end a data block, or be a line break in a script, escaped.
pub fn safe_json(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    let mut rest = json;
    // Both separators begin with the same byte, and few texts have it.
    while let Some(at) = rest.bytes().position(|byte| matches!(byte, b'<' | b'>' | b'&' | 0xE2)) {
        let (plain, tail) = rest.split_at(at);
        safe.push_str(plain);
        let c = tail.chars().next().expect("a byte that begins a character was found");
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => safe.push_str(&format!("\\u{:04x}", u32::from(c))),
            _ => safe.push(c),
        }
        rest = &tail[c.len_utf8()..];
    }
    safe.push_str(rest);
    safe
}
