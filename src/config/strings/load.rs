//! Files of words to [`Strings`]: layers put over each other, and what a language lacks found.

use super::{Entry, FALLBACK, Strings, Words};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::file_text::FileText;
use crate::base::node::{Node, Value};
use crate::base::path::SourcePath;
use crate::config::toml;
use crate::world::embedded;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One `i18n/TAG.toml`.
#[derive(Debug, Clone)]
pub struct StringsFile {
    pub path: SourcePath,
    pub text: Arc<String>,
}

type Entries = BTreeMap<String, Entry>;

/// Reads the words: the default theme's, then `files` over them in their order (the theme's, then the
/// site's own). `langs` are those that pages are written in, each where the configuration names it.
pub fn load(files: &[StringsFile], langs: &[(String, Place)]) -> (Strings, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let mut layers: BTreeMap<String, Entries> = BTreeMap::new();
    // Of which file a language's words come last: there they are to be added.
    let mut last_file: BTreeMap<String, SourcePath> = BTreeMap::new();
    let known: BTreeSet<String> = builtin().iter().flat_map(|file| read(file, &mut Vec::new()).into_keys()).collect();
    let own_english = files.iter().filter(|file| tag_of(file) == FALLBACK);
    let known: BTreeSet<String> = known.into_iter().chain(own_english.flat_map(|file| read(file, &mut Vec::new()).into_keys())).collect();
    for file in &builtin() {
        layers.entry(tag_of(file)).or_default().extend(read(file, &mut Vec::new()));
    }
    for file in files {
        let entries = read(file, &mut findings);
        findings.extend(entries.keys().filter(|key| !known.contains(*key)).map(|key| unknown(file, key, &known)));
        last_file.insert(tag_of(file), file.path.clone());
        layers.entry(tag_of(file)).or_default().extend(entries);
    }
    let english = layers.get(FALLBACK).cloned().unwrap_or_default();
    let mut by_tag: BTreeMap<String, &Place> = BTreeMap::new();
    for (lang, place) in langs {
        by_tag.entry(lang.to_ascii_lowercase()).or_insert(place);
    }
    for (lang, place) in by_tag {
        findings.extend(missing(&lang, &layers, &english, (&last_file, place)));
    }
    let by_lang: BTreeMap<String, Arc<Words>> = layers.keys().map(|tag| (tag.clone(), Arc::new(words(tag, &layers, &english)))).collect();
    let english = by_lang.get(FALLBACK).cloned().unwrap_or_default();
    (Strings { by_lang, english }, findings)
}

/// A language with what it does not say filled in from its language without the region and from English.
fn words(tag: &str, layers: &BTreeMap<String, Entries>, english: &Entries) -> Words {
    let primary = primary(tag);
    let mut entries = english.clone();
    for layer in [layers.get(primary), layers.get(tag)].into_iter().flatten() {
        entries.extend(layer.clone());
    }
    Words { primary: primary.to_owned(), entries }
}

/// The keys that readers of a language would see in English.
fn missing(
    lang: &str,
    layers: &BTreeMap<String, Entries>,
    english: &Entries,
    (last_file, named): (&BTreeMap<String, SourcePath>, &Place),
) -> Vec<Diagnostic> {
    let primary = primary(lang);
    let own: Vec<&Entries> = [lang, primary].into_iter().filter_map(|tag| layers.get(tag)).collect();
    if own.is_empty() {
        let message = format!("there are no words in `{primary}`: the theme's own words stand in English there");
        let help = format!("put them into `i18n/{primary}.toml`, with the keys of `i18n/{FALLBACK}.toml`");
        return vec![Diagnostic::warning("translation-missing", named.clone(), message).help(help)];
    }
    let file = last_file.get(lang).or_else(|| last_file.get(primary)).cloned();
    let file = file.or_else(|| SourcePath::new(&format!("i18n/{primary}.toml"))).unwrap_or_else(SourcePath::root);
    let lacks = english.iter().filter(|(key, _)| own.iter().all(|layer| !layer.contains_key(*key)));
    let finding = |(key, entry): (&String, &Entry)| {
        let said = match entry {
            Entry::Text(text) => text.as_str(),
            Entry::Plural(forms) => forms.get("other").map_or("", String::as_str),
            Entry::List(_) => "a list",
        };
        let message = format!("`{file}` does not say `{key}`: readers see “{said}”");
        Diagnostic::warning("translation-missing", Place::file(&file), message)
            .help(format!("add `{key} = \"…\"` to `i18n/{primary}.toml`"))
    };
    lacks.map(finding).collect()
}

fn unknown(file: &StringsFile, key: &str, known: &BTreeSet<String>) -> Diagnostic {
    let message = format!("no template and no feed says `{key}`");
    let help = crate::base::suggest::did_you_mean(key, known.iter().map(String::as_str))
        .unwrap_or_else(|| format!("a key of your own templates stands in `i18n/{FALLBACK}.toml` as well"));
    let at = file.text.find(key).unwrap_or(0);
    Diagnostic::warning("translation-unknown", Place::new(&file.path, at..at + key.len()), message).help(help)
}

fn read(file: &StringsFile, findings: &mut Vec<Diagnostic>) -> Entries {
    let source = FileText { path: &file.path, text: &file.text };
    let (root, faults) = toml::read(source);
    findings.extend(faults);
    let Value::Map(entries) = &root.value else { return Entries::new() };
    let mut read = Entries::new();
    for item in entries {
        match entry(&item.node) {
            Some(entry) => {
                read.insert(item.key.value.clone(), entry);
            }
            None => {
                let message = format!("`{}` is neither text nor plural forms with `other`", item.key.value);
                let finding = Diagnostic::error("config-wrong-type", source.place(item.node.range.clone()), message);
                findings.push(finding.help("write `key = \"text\"`, or `key = { one = \"{n} piece\", other = \"{n} pieces\" }`"));
            }
        }
    }
    read
}

fn entry(node: &Node) -> Option<Entry> {
    let text = |node: &Node| if let Value::Text(text) = &node.value { Some(text.clone()) } else { None };
    match &node.value {
        Value::Text(text) => Some(Entry::Text(text.clone())),
        Value::Map(forms) => {
            let forms: Option<BTreeMap<String, String>> =
                forms.iter().map(|form| Some((form.key.value.clone(), text(&form.node)?))).collect();
            forms.filter(|forms| forms.contains_key("other")).map(Entry::Plural)
        }
        Value::List(items) => items.iter().map(text).collect::<Option<Vec<String>>>().map(Entry::List),
        Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Float(_) | Value::Date(_) => None,
    }
}

/// The words that the binary carries.
fn builtin() -> Vec<StringsFile> {
    let folder = format!("themes/{}/i18n", embedded::THEME);
    let files = embedded::files().iter().filter_map(|(path, bytes)| {
        let path = SourcePath::new(path).filter(|path| path.strip(&folder).is_some())?;
        Some(StringsFile { path, text: Arc::new(String::from_utf8_lossy(bytes).into_owned()) })
    });
    files.collect()
}

fn tag_of(file: &StringsFile) -> String {
    file.path.stem().to_ascii_lowercase()
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}
