//! What a site may set of a rule beside its level: `[rules.NAME] option = value`.
//!
//! A rule lists its options, reads them here, and `explain` prints them from the same list.

use super::docs::configuration::{CONFIG_BAD_VALUE, CONFIG_OPTION_UNKNOWN};
use super::registry;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::node::{Entry, Value};
use crate::base::path::SourcePath;
use crate::base::suggest::did_you_mean;
use crate::config::RuleSettings;

/// An option of a rule.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RuleOption {
    /// Its key under `[rules.NAME]`, in snake case.
    pub name: &'static str,
    /// What holds when the site sets nothing.
    pub default: OptionDefault,
    /// What it sets, in one sentence.
    pub doc: &'static str,
}

/// The kind of an option, and its default.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum OptionDefault {
    /// A whole number from 0 on: words, days, items.
    Count(usize),
    /// A share from 0 to 1.
    Share(f64),
    /// `true` or `false`.
    Flag(bool),
}

/// The most that a count may be: a number beyond it is a slip.
const MAX_COUNT: i64 = 100_000;

impl RuleOption {
    /// An option that counts something.
    pub const fn count(name: &'static str, default: usize, doc: &'static str) -> Self {
        Self { name, default: OptionDefault::Count(default), doc }
    }

    /// An option that is a share from 0 to 1.
    pub const fn share(name: &'static str, default: f64, doc: &'static str) -> Self {
        Self { name, default: OptionDefault::Share(default), doc }
    }

    /// An option that is on or off.
    pub const fn flag(name: &'static str, default: bool, doc: &'static str) -> Self {
        Self { name, default: OptionDefault::Flag(default), doc }
    }

    /// The count that the site has set for a rule, or the default.
    pub fn read_count(&self, settings: &RuleSettings, rule: &str) -> usize {
        let set = self.written(settings, rule).and_then(|entry| count(&entry.node.value));
        set.unwrap_or(if let OptionDefault::Count(default) = self.default { default } else { 0 })
    }

    /// The share that the site has set for a rule, or the default.
    pub fn read_share(&self, settings: &RuleSettings, rule: &str) -> f64 {
        let set = self.written(settings, rule).and_then(|entry| share(&entry.node.value));
        set.unwrap_or(if let OptionDefault::Share(default) = self.default { default } else { 0.0 })
    }

    /// Whether the site has switched the option of a rule on, or the default.
    pub fn read_flag(&self, settings: &RuleSettings, rule: &str) -> bool {
        let set = self.written(settings, rule).and_then(|entry| flag(&entry.node.value));
        set.unwrap_or(self.default == OptionDefault::Flag(true))
    }

    /// The default as it would be written in `site.toml`.
    pub fn shown_default(&self) -> String {
        match self.default {
            OptionDefault::Count(count) => count.to_string(),
            OptionDefault::Share(share) => share.to_string(),
            OptionDefault::Flag(flag) => flag.to_string(),
        }
    }

    /// What a value must be, in words.
    fn wants(&self) -> &'static str {
        match self.default {
            OptionDefault::Count(_) => "a whole number from 0 to 100000",
            OptionDefault::Share(_) => "a number from 0 to 1",
            OptionDefault::Flag(_) => "`true` or `false`",
        }
    }

    fn takes(&self, value: &Value) -> bool {
        match self.default {
            OptionDefault::Count(_) => count(value).is_some(),
            OptionDefault::Share(_) => share(value).is_some(),
            OptionDefault::Flag(_) => flag(value).is_some(),
        }
    }

    fn written<'a>(&self, settings: &'a RuleSettings, rule: &str) -> Option<&'a Entry> {
        let of_rule = settings.levels.iter().rev().filter(|setting| setting.rule.value == rule);
        of_rule.filter_map(|setting| setting.options.as_ref()).find_map(|options| options.value.get(self.name))
    }
}

fn count(value: &Value) -> Option<usize> {
    if let Value::Integer(count @ 0..=MAX_COUNT) = value { usize::try_from(*count).ok() } else { None }
}

fn share(value: &Value) -> Option<f64> {
    match value {
        Value::Float(share) if (0.0..=1.0).contains(share) => Some(*share),
        Value::Integer(0) => Some(0.0),
        Value::Integer(1) => Some(1.0),
        _ => None,
    }
}

fn flag(value: &Value) -> Option<bool> {
    if let Value::Bool(flag) = value { Some(*flag) } else { None }
}

/// What `[rules.NAME]` sets that the rule does not have, or sets to what it cannot be.
pub fn check(settings: &RuleSettings, config_path: &SourcePath) -> Vec<Diagnostic> {
    let known = settings.levels.iter().filter(|setting| registry::find(&setting.rule.value).is_some());
    let written = known.filter_map(|setting| Some((setting.rule.value.as_str(), setting.options.as_ref()?)));
    let mut findings = Vec::new();
    for (rule, node) in written {
        let Value::Map(entries) = &node.value else { continue };
        findings.extend(entries.iter().filter_map(|entry| fault(rule, entry, config_path)));
    }
    findings
}

fn fault(rule: &str, entry: &Entry, config_path: &SourcePath) -> Option<Diagnostic> {
    let options = registry::options(rule);
    let name = entry.key.value.as_str();
    let Some(option) = options.iter().find(|option| option.name == name) else {
        let place = Place::new(config_path, entry.key.range.clone());
        let names: Vec<String> = options.iter().map(|option| format!("`{}`", option.name)).collect();
        let known = if names.is_empty() { "it has none but `level`".to_owned() } else { format!("it has {}", names.join(", ")) };
        let near = did_you_mean(name, options.iter().map(|option| option.name).chain(["level"]));
        let help = near.map_or(known.clone(), |near| format!("{near} {known}"));
        return Some(CONFIG_OPTION_UNKNOWN.error(place, format!("`{rule}` has no option `{name}`")).help(help));
    };
    if option.takes(&entry.node.value) {
        return None;
    }
    let place = Place::new(config_path, entry.node.range.clone());
    let message = format!("`{name}` of `{rule}` takes {}", option.wants());
    Some(CONFIG_BAD_VALUE.error(place, message).help(format!(
        "{}; the default is `{}`",
        option.doc.trim_end_matches('.'),
        option.shown_default()
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SourcePath;
    use crate::config;

    const WORDS: RuleOption = RuleOption::count("max_words", 45, "Words.");

    fn settings(rules: &str) -> RuleSettings {
        let text = format!("title = 'T'\nbase_url = 'https://example.com/'\n[rules]\n{rules}");
        config::read(&SourcePath::new("site.toml").unwrap(), &text).unwrap().rules
    }

    #[test]
    fn a_site_sets_what_a_rule_leaves_open() {
        let set = settings("so-what-too-long = { level = 'error', max_words = 30 }\n");
        assert_eq!(WORDS.read_count(&set, "so-what-too-long"), 30);
        assert_eq!(WORDS.read_count(&set, "so-what-missing"), 45);
        assert_eq!(WORDS.read_count(&settings("so-what-too-long = { max_words = 'x' }\n"), "so-what-too-long"), 45);
    }

    #[test]
    fn a_wrong_option_is_found_at_its_place() {
        let path = SourcePath::new("site.toml").unwrap();
        for (rules, expected) in [
            ("guidance-too-few = { min = 2 }\n", None),
            ("guidance-too-few = { minimum = 2 }\n", Some("config-option-unknown")),
            ("guidance-too-few = { min = 'two' }\n", Some("config-bad-value")),
            ("guidance-too-few = { min = -1 }\n", Some("config-bad-value")),
            ("title-missing = { words = 2 }\n", Some("config-option-unknown")),
        ] {
            let found = check(&settings(rules), &path);
            assert_eq!(found.first().map(|finding| finding.rule), expected, "{rules}");
        }
        let help = check(&settings("guidance-too-few = { mins = 2 }\n"), &path)[0].help.clone().unwrap();
        assert!(help.contains("did you mean `min`?"), "{help}");
    }
}
