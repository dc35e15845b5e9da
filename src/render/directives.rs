//! Directives: theme templates with declared parameters, checked before anything is rendered.

use super::makers::{self, Call};
use super::templates::Templates;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::suggest::did_you_mean;
use crate::parse::{Directive, Document};
use std::collections::BTreeMap;
use tera::Value;

/// A parameter that a directive's template declares.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Param {
    pub name: String,
    /// `None` for a parameter that must be given.
    pub default: Option<String>,
}

/// Every directive of a theme, with its parameters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Directives {
    by_name: BTreeMap<String, Vec<Param>>,
}

const FOLDER: &str = "directives/";

impl Directives {
    /// Reads what each `directives/NAME.html` declares in its first line.
    pub fn of(templates: &Templates) -> Result<Self, Vec<Diagnostic>> {
        let mut by_name = BTreeMap::new();
        let mut findings = Vec::new();
        let sources = templates.names().filter(|name| name.starts_with(FOLDER)).filter_map(|name| templates.source(name));
        for source in sources {
            let name = source.name.trim_start_matches(FOLDER).trim_end_matches(".html");
            match declared(&source.text) {
                Ok(params) => {
                    by_name.insert(name.to_owned(), params);
                }
                Err(message) => {
                    let line_end = source.text.find('\n').unwrap_or(source.text.len());
                    findings.push(Diagnostic::error("template-error", Place::new(&source.path, 0..line_end), message).help(
                        "begin the template with `{# params: title, tone = \"note\" #}`; a parameter without a default must be given",
                    ));
                }
            }
        }
        if findings.is_empty() { Ok(Self { by_name }) } else { Err(findings) }
    }

    /// Holds a document's directives against the theme's: unknown names, unknown and missing parameters.
    pub fn check(&self, document: &Document) -> Vec<Diagnostic> {
        document.directives.iter().flat_map(|directive| self.check_one(directive, document)).collect()
    }

    /// Renders one directive.
    pub fn render(&self, templates: &Templates, site: &Value, call: &Call<'_>, body: &str) -> Result<String, Vec<Diagnostic>> {
        let directive = call.directive;
        let Some(params) = self.by_name.get(&directive.name.value) else { return Ok(body.to_owned()) };
        let made = makers::maker(&directive.name.value).map(|maker| maker.make(call)).transpose()?;
        let given = |name: &str| directive.params.iter().find(|(key, _)| key.value == name).map(|(_, value)| value.value.as_str());
        let value = |param: &Param| Value::from(given(&param.name).or(param.default.as_deref()).unwrap_or_default());
        let mut values: Vec<(&str, Value)> = params.iter().map(|param| (param.name.as_str(), value(param))).collect();
        values.push(("site", site.clone()));
        values.push(("lang", Value::from(call.lang)));
        values.push(("body", Value::safe_string(body)));
        let made = made.map(Value::from);
        for (key, value) in made.iter().filter_map(Value::as_map).flatten() {
            values.extend(key.as_str().map(|key| (key, value.clone())));
        }
        templates.render(&format!("{FOLDER}{}.html", directive.name.value), values)
    }

    fn check_one(&self, directive: &Directive, document: &Document) -> Vec<Diagnostic> {
        let (name, path) = (&directive.name, &document.path);
        let Some(params) = self.by_name.get(&name.value) else {
            let known = self.by_name.keys().map(String::as_str);
            let help =
                did_you_mean(&name.value, known.clone()).unwrap_or_else(|| format!("known: {}", known.collect::<Vec<_>>().join(", ")));
            let message = format!("there is no directive `{}`", name.value);
            return vec![Diagnostic::error("directive-unknown", Place::new(path, name.range.clone()), message).help(help)];
        };
        let mut findings = Vec::new();
        for (key, _) in &directive.params {
            if params.iter().all(|param| param.name != key.value) {
                let known = params.iter().map(|param| param.name.as_str());
                let help = did_you_mean(&key.value, known.clone()).unwrap_or_else(|| match params.is_empty() {
                    true => "it takes none".to_owned(),
                    false => format!("it takes {}", known.collect::<Vec<_>>().join(", ")),
                });
                let message = format!("the directive `{}` has no parameter `{}`", name.value, key.value);
                findings.push(Diagnostic::error("directive-parameter-unknown", Place::new(path, key.range.clone()), message).help(help));
            }
        }
        let mut whole = None;
        let missing =
            params.iter().filter(|param| param.default.is_none() && directive.params.iter().all(|(key, _)| key.value != param.name));
        for param in missing {
            let message = format!("the directive `{}` needs `{}`", name.value, param.name);
            let finding = Diagnostic::error("directive-parameter-missing", Place::new(path, name.range.clone()), message);
            findings.push(finding.help(format!("write `{}`", whole.get_or_insert_with(|| completed(directive, document, params)))));
        }
        findings
    }
}

/// The marker line of a directive with every parameter that it needs.
fn completed(directive: &Directive, document: &Document, params: &[Param]) -> String {
    let text = document.text();
    let opening = text.get(directive.open.clone()).unwrap_or_default();
    let colons = &opening[..opening.len() - opening.trim_start_matches(':').len()];
    let given = directive.params.iter().filter(|(key, _)| params.iter().any(|param| param.name == key.value));
    let given = given.map(|(key, value)| format!("{}=\"{}\"", key.value, value.value.replace('\\', "\\\\").replace('"', "\\\"")));
    let is_given = |param: &&Param| directive.params.iter().any(|(key, _)| key.value == param.name);
    let missing = params.iter().filter(|param| param.default.is_none() && !is_given(param)).map(|param| format!("{}=\"…\"", param.name));
    format!("{colons}{}{{{}}}", directive.name.value, given.chain(missing).collect::<Vec<_>>().join(" "))
}

/// The parameters in `{# params: title, tone = "note" #}`; none without that line.
fn declared(text: &str) -> Result<Vec<Param>, String> {
    let comment =
        text.trim_start().strip_prefix("{#").and_then(|rest| rest.split_once("#}")).map(|(comment, _)| comment.trim_matches(['-', ' ']));
    let Some(list) = comment.and_then(|comment| comment.strip_prefix("params:")) else { return Ok(Vec::new()) };
    let mut params = Vec::new();
    for entry in split_entries(list).into_iter().filter(|entry| !entry.trim().is_empty()) {
        let (name, default) = match entry.split_once('=') {
            Some((name, default)) => (name.trim(), Some(unquoted(default.trim())?)),
            None => (entry.trim(), None),
        };
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        if !plain || ["body", "site", "lang"].contains(&name) {
            return Err(format!("`{name}` cannot be the name of a parameter"));
        }
        params.push(Param { name: name.to_owned(), default });
    }
    Ok(params)
}

/// Splits at commas that stand outside quotes.
fn split_entries(list: &str) -> Vec<&str> {
    let mut entries = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, c) in list.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                entries.push(&list[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    entries.push(&list[start..]);
    entries
}

fn unquoted(text: &str) -> Result<String, String> {
    let inner = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    inner.map(str::to_owned).ok_or_else(|| format!("the default `{text}` must stand in double quotes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn param(name: &str, default: Option<&str>) -> Param {
        Param { name: name.to_owned(), default: default.map(str::to_owned) }
    }

    #[test]
    fn reads_declared_parameters() {
        for (text, expected) in [
            ("<div>", Ok(vec![])),
            ("{# a note #}<div>", Ok(vec![])),
            ("{# params: title, tone = \"a, b\" #}", Ok(vec![param("title", None), param("tone", Some("a, b"))])),
            ("{#- params: x = \"\" -#}", Ok(vec![param("x", Some(""))])),
            ("{# params: body #}", Err("`body` cannot be the name of a parameter".to_owned())),
            ("{# params: a = b #}", Err("the default `b` must stand in double quotes".to_owned())),
        ] {
            assert_eq!(declared(text), expected, "{text}");
        }
    }
}
