//! `words(key="skip", lang=lang)`: what the theme says itself, in the language of the page.

use super::FunctionInputs;
use crate::config::strings::fill;
use std::sync::Arc;
use tera::{Error, Kwargs, Map, State, TeraResult, Value};

/// The function for one site's words. `values` are put where their names stand in braces, and `n` of
/// them chooses the plural form; a key that no language has is an error at its line.
pub fn function(inputs: &FunctionInputs) -> impl Fn(Kwargs, &State<'_>) -> TeraResult<Value> + Send + Sync + 'static {
    let strings = Arc::clone(&inputs.strings);
    move |kwargs: Kwargs, _: &State<'_>| {
        let key: &str = kwargs.must_get("key")?;
        let words = strings.of(kwargs.get("lang")?.unwrap_or_default());
        if !words.contains(key) {
            let hint = words.meant(key).unwrap_or_else(|| "put it into `i18n/en.toml`".to_owned());
            return Err(Error::message(format!("there are no words for `{key}`; {hint}")));
        }
        let values: Option<&Map> = kwargs.get("values")?;
        let values: Vec<(String, String)> =
            values.into_iter().flatten().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        let n = values.iter().find(|(name, _)| name == "n").and_then(|(_, n)| n.parse().ok());
        let form = n.map_or_else(|| words.get(key), |n| words.form(key, n));
        let named: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        Ok(Value::from(fill(form, &named)))
    }
}
