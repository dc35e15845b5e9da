//! The rules in words: for the terminal, and as the manual's rule reference.

use super::presets;
use super::registry;
use super::rule::{Example, Family, RuleDoc, Standing};
use crate::base::suggest::nearest;
use crate::config::{Level, Preset};
use std::fmt::Write;

/// A rule in plain text for the terminal; `None` when there is no such rule.
///
/// ```
/// let text = sowhat::editorial::explain::explain("audience-missing").expect("a rule");
/// assert!(text.starts_with("audience-missing"));
/// ```
pub fn explain(name: &str) -> Option<String> {
    registry::find(name).map(plain_text)
}

/// The rules with names nearest to one that does not exist, best first.
pub fn nearest_rules(name: &str) -> Vec<&'static str> {
    let near = nearest(name, registry::names());
    if !near.is_empty() {
        return near;
    }
    registry::names().filter(|rule| !name.is_empty() && rule.contains(name)).collect()
}

/// Every rule on a line of its own, grouped by family.
pub fn explain_all() -> String {
    let width = registry::names().map(str::len).max().unwrap_or_default();
    let mut text = String::new();
    for (family, docs) in families() {
        let _ = writeln!(text, "{}{}", if text.is_empty() { "" } else { "\n" }, family.title());
        for doc in docs {
            let _ = writeln!(text, "  {:width$}  {:7}  {}", doc.name, level(doc), doc.summary);
        }
    }
    text
}

/// The manual's rule reference, a Markdown page made from the rules.
pub fn manual_page() -> String {
    let mut page = String::from(
        "---\nkind: page\ntitle: Rule reference\ndescription: Every rule of Sowhat, why it is there, and how to mend what it finds.\nweight: 90\n---\n\
         \nThis page is made from the rules themselves; `sowhat explain RULE` prints the same in a terminal. Rules of the **gate** cannot be\n\
         switched off, lowered or suppressed: the way out of a false alarm is to say more.\n",
    );
    for (family, docs) in families() {
        let _ = write!(page, "\n## {}\n", family.title());
        for doc in docs {
            page.push_str(&section(doc));
        }
    }
    page
}

/// One rule as the manual has it, in Markdown; `None` when there is no such rule.
pub fn manual_section(name: &str) -> Option<String> {
    registry::find(name).map(|doc| section(doc).trim_start().to_owned())
}

/// The families that have rules, each with its rules in the registry's order.
fn families() -> impl Iterator<Item = (Family, Vec<&'static RuleDoc>)> {
    let docs_of = |family: Family| registry::docs().filter(move |doc| doc.family == family).collect();
    Family::ALL.into_iter().map(move |family| (family, docs_of(family))).filter(|(_, docs): &(Family, Vec<_>)| !docs.is_empty())
}

fn level(doc: &RuleDoc) -> &'static str {
    match doc.level {
        Level::Off => "off",
        Level::Warning => "warning",
        Level::Error => "error",
    }
}

/// How firmly a rule stands, and what the presets make of it.
fn standing(doc: &RuleDoc) -> String {
    let stands = match doc.standing {
        Standing::Gate => "It belongs to the gate: it cannot be switched off, lowered or suppressed.",
        Standing::Fixed => "It cannot be switched off, lowered or suppressed.",
        Standing::Basic => "The site may set its level under `[rules]`, and a reason may allow it where it stands.",
        Standing::Editorial => {
            "The site may set its level under `[rules]`, and a reason may allow it where it stands. The preset `gate` leaves it out."
        }
    };
    match presets::level(doc, Preset::Strict) {
        strict if strict == doc.level => stands.to_owned(),
        strict => format!("{stands} Under the preset `strict` it is {}.", if strict == Level::Error { "an error" } else { "a warning" }),
    }
}

fn plain_text(doc: &RuleDoc) -> String {
    let mut text = format!("{} ({})\n\n{}.\n", doc.name, level(doc), doc.summary);
    let _ = write!(text, "\nWhy\n{}\n", indented(&wrapped(doc.why)));
    for (heading, examples) in [("Raises it", doc.bad), ("Does not", doc.good)] {
        let blocks: Vec<String> = examples.iter().map(|example| indented(&shown(example))).collect();
        if !blocks.is_empty() {
            let _ = write!(text, "\n{heading}\n{}\n", blocks.join("\n\n"));
        }
    }
    let _ = write!(text, "\nHow to mend it\n{}\n\n{}\n", indented(&wrapped(doc.mend)), wrapped(&standing(doc)));
    let options = registry::options(doc.name);
    if !options.is_empty() {
        let lines: Vec<String> =
            options.iter().map(|option| format!("{} = {}\n  {}", option.name, option.shown_default(), option.doc)).collect();
        let _ = write!(text, "\nOptions, under [rules.{}]\n{}\n", doc.name, indented(&lines.join("\n")));
    }
    text
}

fn section(doc: &RuleDoc) -> String {
    let mut text =
        format!("\n### {} {{#{}}}\n\n{}. Default: **{}**. {}\n\n{}\n", doc.name, doc.name, doc.summary, level(doc), standing(doc), doc.why);
    for (heading, examples) in [("Raises it:", doc.bad), ("Does not:", doc.good)] {
        if !examples.is_empty() {
            let _ = write!(text, "\n{heading}\n");
        }
        for example in examples {
            // A fence longer than any inside the example.
            let fence = if example.text.contains("```") { "````" } else { "```" };
            let _ = write!(text, "\n{fence}{}\n{}\n{fence}\n", example.fence, shown(example));
        }
    }
    let _ = write!(text, "\n{}\n", doc.mend);
    let options = registry::options(doc.name);
    if !options.is_empty() {
        let _ = write!(text, "\nOptions, under `[rules.{}]`:\n\n", doc.name);
        for option in options {
            let _ = writeln!(text, "* `{} = {}`: {}", option.name, option.shown_default(), option.doc);
        }
    }
    text
}

/// An example as readers see it; a key that is taken out for a test is shown as a comment.
fn shown(example: &Example) -> String {
    let line = |line: &str| match line.strip_suffix(": -") {
        Some(key) if example.fence == "yaml" && !key.contains(' ') => format!("# no `{key}`"),
        _ => line.to_owned(),
    };
    let lines: Vec<String> = example.text.trim_end().lines().map(line).collect();
    lines.join("\n")
}

fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| if line.is_empty() { String::new() } else { format!("  {line}") }).collect();
    lines.join("\n")
}

/// Lines of at most 78 characters.
fn wrapped(text: &str) -> String {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if line.is_empty() {
            line.push_str(word);
        } else if line.chars().count() + 1 + word.chars().count() <= 78 {
            line.push(' ');
            line.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_explained_in_full_sentences() {
        for name in registry::names() {
            let doc = registry::find(name).expect("a name of the registry");
            assert!(!doc.summary.is_empty() && !doc.summary.ends_with('.'), "{name}");
            assert!(doc.why.trim_end_matches('"').ends_with('.') && doc.mend.ends_with(['.', '?', '`']), "{name}");
            let text = explain(name).expect("a rule");
            assert!(text.contains("\nWhy\n") && text.contains("\nHow to mend it\n"), "{text}");
            assert!(manual_page().contains(&format!("{{#{name}}}")) && explain_all().contains(name), "{name}");
        }
    }

    #[test]
    fn a_rule_that_does_not_exist_leads_to_those_that_do() {
        assert_eq!(explain("audience-mising"), None);
        assert_eq!(nearest_rules("audience-mising"), ["audience-missing"]);
        assert_eq!(nearest_rules("sales"), ["guidance-sales-call"]);
    }
}
