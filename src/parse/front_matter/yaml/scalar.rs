//! What a plain scalar means: the core schema of YAML 1.2, in which `yes` and `12:30` are text.

use crate::base::node::Value;

/// The value of an unquoted scalar.
pub(super) fn resolve(plain: &str) -> Value {
    match plain {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        text => number(text).unwrap_or_else(|| Value::Text(text.to_owned())),
    }
}

fn number(text: &str) -> Option<Value> {
    if let Some(digits) = text.strip_prefix("0x") {
        return based(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return based(digits, 8);
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" if text.starts_with('-') => return Some(Value::Float(f64::NEG_INFINITY)),
        ".inf" | ".Inf" | ".INF" => return Some(Value::Float(f64::INFINITY)),
        ".nan" | ".NaN" | ".NAN" if text == unsigned => return Some(Value::Float(f64::NAN)),
        _ => {}
    }
    if !unsigned.starts_with(|c: char| c.is_ascii_digit() || c == '.') || !unsigned.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if unsigned.bytes().all(|byte| byte.is_ascii_digit())
        && let Ok(whole) = text.parse()
    {
        return Some(Value::Integer(whole));
    }
    let is_decimal = unsigned.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    is_decimal.then(|| text.parse().ok().map(Value::Float)).flatten()
}

fn based(digits: &str, radix: u32) -> Option<Value> {
    let all_digits = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
    all_digits.then(|| i64::from_str_radix(digits, radix).ok().map(Value::Integer)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn follows_the_core_schema() {
        let text = |text: &str| Value::Text(text.to_owned());
        for (plain, value) in [
            ("", Value::Null),
            ("~", Value::Null),
            ("NULL", Value::Null),
            ("nUll", text("nUll")),
            ("True", Value::Bool(true)),
            ("yes", text("yes")),
            ("on", text("on")),
            ("010", Value::Integer(10)),
            ("+12", Value::Integer(12)),
            ("0o17", Value::Integer(15)),
            ("0xff", Value::Integer(255)),
            ("0x", text("0x")),
            ("-0x1", text("-0x1")),
            ("12:30", text("12:30")),
            ("1_000", text("1_000")),
            ("2026-11-02", text("2026-11-02")),
            (".5", Value::Float(0.5)),
            ("1.", Value::Float(1.0)),
            ("1e3", Value::Float(1000.0)),
            ("1.2.3", text("1.2.3")),
            ("e5", text("e5")),
            (".e5", text(".e5")),
            ("-", text("-")),
            ("-.inf", Value::Float(f64::NEG_INFINITY)),
            ("inf", text("inf")),
            ("99999999999999999999", Value::Float(1e20)),
        ] {
            assert_eq!(resolve(plain), value, "{plain}");
        }
    }
}
