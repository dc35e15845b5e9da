//! The one door to levels and suppressions: findings of every stage in, findings as reported out.
//!
//! It runs when all findings of a document are known, so a suppression that allows nothing is known
//! to be unused. Suppressions come before levels: one whose rule is switched off is still used.

use super::docs::configuration::{CONFIG_RULE_FIXED, CONFIG_RULE_UNKNOWN};
use super::docs::suppressions::{SUPPRESSION_OF_GATE_RULE, SUPPRESSION_UNKNOWN_RULE, SUPPRESSION_UNUSED, SUPPRESSION_WITHOUT_REASON};
use super::lexicon;
use super::placeholder::{Filling, filling};
use super::presets;
use super::prose::Prose;
use super::registry;
use super::rule::{RuleDoc, Standing};
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::path::SourcePath;
use crate::base::spanned::Spanned;
use crate::base::suggest::did_you_mean;
use crate::config::{Level, RuleSettings};
use crate::parse::Document;
use std::ops::Range;

/// Sets the levels of the findings in one document, applies its suppressions, and adds what is wrong
/// with the suppressions themselves. All findings about it must be known.
pub fn apply_settings(findings: Vec<Diagnostic>, settings: &RuleSettings, document: &Document) -> Vec<Diagnostic> {
    let mut allowances = allowances(document);
    let mut kept: Vec<Diagnostic> = findings.into_iter().filter(|finding| !is_allowed(finding, &mut allowances)).collect();
    kept.extend(allowances.iter().filter_map(|allowance| allowance.fault(&document.path)));
    kept.into_iter().filter_map(|finding| at_level(finding, settings)).collect()
}

/// Sets the levels of findings that stand in no document (`site.toml`, templates): there are no
/// suppressions there.
pub fn apply_levels(findings: Vec<Diagnostic>, settings: &RuleSettings) -> Vec<Diagnostic> {
    findings.into_iter().filter_map(|finding| at_level(finding, settings)).collect()
}

/// What `[rules]` sets that it cannot: rules that do not exist, and rules of the gate.
pub fn check_settings(settings: &RuleSettings, config_path: &SourcePath) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for setting in &settings.levels {
        let name = setting.rule.value.as_str();
        let place = Place::new(config_path, setting.rule.range.clone());
        let Some(doc) = registry::find(name) else {
            let help = did_you_mean(name, registry::names()).unwrap_or_else(|| "`sowhat explain` lists every rule".to_owned());
            findings.push(CONFIG_RULE_UNKNOWN.error(place, format!("there is no rule `{name}`")).help(help));
            continue;
        };
        let lowered = setting.level.as_ref().filter(|level| level.value < Level::Error);
        if let (false, Some(level)) = (doc.standing.can_be_lowered(), lowered) {
            let message = match doc.standing {
                Standing::Gate => format!("`{name}` is the gate: it cannot be lowered or switched off"),
                Standing::Fixed | Standing::Basic | Standing::Editorial => format!("`{name}` cannot be lowered or switched off"),
            };
            let help = format!("take this line out and mend what the rule finds; `sowhat explain {name}` says how");
            findings.push(CONFIG_RULE_FIXED.error(Place::new(config_path, level.range.clone()), message).help(help));
        }
    }
    findings.extend(super::options::check(settings, config_path));
    findings.extend(lexicon::check(settings, config_path));
    findings
}

/// A finding at the level that the site sets for its rule; `None` when that is off.
fn at_level(mut finding: Diagnostic, settings: &RuleSettings) -> Option<Diagnostic> {
    let Some(doc) = registry::find(finding.rule) else { return Some(finding) };
    finding.severity = severity(doc, finding.severity, settings)?;
    Some(finding)
}

fn severity(doc: &RuleDoc, found: Severity, settings: &RuleSettings) -> Option<Severity> {
    let set = settings.levels.iter().rev().find(|setting| setting.rule.value == doc.name).and_then(|setting| setting.level.as_ref());
    match (set.map(|level| level.value), doc.standing.can_be_lowered()) {
        (Some(Level::Error), _) => Some(Severity::Error),
        (Some(level), true) => level.severity(),
        (Some(Level::Off | Level::Warning), false) => Some(found),
        (None, _) => presets::severity(doc, found, settings.preset),
    }
}

/// A suppression, and whether it has allowed anything.
#[derive(Debug)]
struct Allowance {
    rule: Spanned<String>,
    /// Whether a reason was given.
    reasoned: bool,
    covers: Range<usize>,
    used: bool,
}

impl Allowance {
    /// Whether it may allow findings at all.
    fn holds(&self) -> bool {
        self.reasoned && registry::find(&self.rule.value).is_some_and(|doc| doc.standing.can_be_lowered())
    }

    /// What is wrong with the suppression itself.
    fn fault(&self, path: &SourcePath) -> Option<Diagnostic> {
        let name = self.rule.value.as_str();
        let place = Place::new(path, self.rule.range.clone());
        let Some(doc) = registry::find(name) else {
            let finding = SUPPRESSION_UNKNOWN_RULE.warning(place, format!("there is no rule `{name}` to allow"));
            return Some(finding.maybe_help(did_you_mean(name, registry::names())));
        };
        if !doc.standing.can_be_lowered() {
            let help = format!("take this out and mend what the rule found; `sowhat explain {name}` says how");
            return Some(SUPPRESSION_OF_GATE_RULE.error(place, format!("`{name}` cannot be allowed")).help(help));
        }
        if !self.reasoned {
            let finding = SUPPRESSION_WITHOUT_REASON.warning(place, format!("`{name}` is allowed without a reason, so it is not allowed"));
            return Some(finding.help("say why: `because …` in a comment, or the reason as the value in front matter"));
        }
        let unused = || SUPPRESSION_UNUSED.warning(place, format!("`{name}` is allowed here, but there is nothing to allow"));
        (!self.used).then(|| unused().help("take it out"))
    }
}

/// The suppressions of a document: comments in its body, `allow:` in its header.
fn allowances(document: &Document) -> Vec<Allowance> {
    let is_reason = |text: &str| filling(&Prose::new(text), lexicon::for_language("en")) == Filling::Text;
    let comments = document.suppressions.iter().map(|suppression| Allowance {
        rule: suppression.rule.clone(),
        reasoned: suppression.reason.as_deref().is_some_and(is_reason),
        covers: suppression.covers.clone(),
        used: false,
    });
    let header = document.front.allow.iter().flat_map(|field| &field.value).map(|(rule, reason)| Allowance {
        rule: rule.clone(),
        reasoned: is_reason(&reason.value),
        covers: 0..document.text.len() + 1,
        used: false,
    });
    comments.chain(header).collect()
}

fn is_allowed(finding: &Diagnostic, allowances: &mut [Allowance]) -> bool {
    let covering = |allowance: &&mut Allowance| {
        let inside = allowance.covers.contains(&finding.place.start)
            || (finding.place.start < allowance.covers.start && finding.place.end > allowance.covers.start);
        inside && allowance.rule.value == finding.rule && allowance.holds()
    };
    let mut allowed = false;
    // Each suppression that covers the finding is used, also when two do.
    for allowance in allowances.iter_mut().filter(covering) {
        allowance.used = true;
        allowed = true;
    }
    allowed
}

#[cfg(test)]
mod tests {
    use super::super::judge;
    use super::super::testing::Fixture;
    use super::*;
    use crate::config::{Preset, RuleSetting};

    fn config() -> SourcePath {
        SourcePath::new("site.toml").unwrap()
    }

    fn settings(preset: Preset, levels: &[(&str, Level)]) -> RuleSettings {
        let setting = |(rule, level): &(&str, Level)| RuleSetting {
            rule: Spanned::new((*rule).to_owned(), 5..9),
            level: Some(Spanned::new(*level, 12..15)),
            options: None,
        };
        RuleSettings { preset, levels: levels.iter().map(setting).collect(), ..RuleSettings::default() }
    }

    /// The settled findings of a header with these keys, as `severity rule`.
    fn settled(keys: &str, settings: &RuleSettings) -> Vec<String> {
        let fixture = Fixture::default();
        let document = fixture.document(keys);
        let mut found = document.findings.clone();
        found.extend(judge(&fixture.piece(&document)));
        let mut settled = apply_settings(found, settings, &document);
        settled.extend(check_settings(settings, &config()));
        let mut shown: Vec<String> = settled.iter().map(|finding| format!("{} {}", finding.severity.as_str(), finding.rule)).collect();
        shown.sort();
        shown
    }

    fn check(keys: &str, preset: Preset, levels: &[(&str, Level)], expected: &[&str]) {
        assert_eq!(settled(keys, &settings(preset, levels)), expected, "{keys} {preset:?} {levels:?}");
    }

    #[test]
    fn levels_are_set_but_for_the_gate() {
        use Level::{Error, Off, Warning};
        use Preset::{Editorial, Gate, Strict};
        check("description: -\n", Editorial, &[], &["warning description-missing"]);
        check("description: -\n", Editorial, &[("description-missing", Error)], &["error description-missing"]);
        check("description: -\n", Editorial, &[("description-missing", Off)], &[]);
        check("description: -\n", Gate, &[], &[]);
        check("description: -\n", Gate, &[("description-missing", Warning)], &["warning description-missing"]);
        check("so_what: -\n", Gate, &[], &[]);
        check("title: -\n", Gate, &[], &["error title-missing"]);
        check("audience: -\n", Gate, &[], &["error audience-missing"]);
        check("audience: -\n", Editorial, &[("audience-missing", Off)], &["error audience-missing", "error config-rule-fixed"]);
        check(
            "authors: [nobody-known]\n",
            Editorial,
            &[("author-undeclared", Warning)],
            &["error author-undeclared", "error config-rule-fixed"],
        );
        check("audience: -\n", Editorial, &[("audience-missing", Error)], &["error audience-missing"]);
        check("titel: x\n", Editorial, &[], &["warning front-matter-unknown-key"]);
        check("titel: x\n", Strict, &[], &["error front-matter-unknown-key"]);
        check("title: x\n", Editorial, &[("so-what-mising", Off)], &["error config-rule-unknown"]);
    }

    #[test]
    fn suppressions_are_held_to_their_own_rules() {
        let check = |keys: &str, expected: &[&str]| check(keys, Preset::Editorial, &[], expected);
        check("description: -\nallow: { description-missing: the listing shows none }\n", &[]);
        check(
            "description: -\nallow: { description-missing: \"\" }\n",
            &["warning description-missing", "warning suppression-without-reason"],
        );
        check(
            "description: -\nallow: { description-missing: TBD }\n",
            &["warning description-missing", "warning suppression-without-reason"],
        );
        check("allow: { description-missing: the listing shows none }\n", &["warning suppression-unused"]);
        check("allow: { description-mising: the listing shows none }\n", &["warning suppression-unknown-rule"]);
        check("audience: -\nallow: { audience-missing: it is for all }\n", &["error audience-missing", "error suppression-of-gate-rule"]);
        check(
            "guidance: Be agile\nallow: { guidance-not-specific: it is enough }\n",
            &["error guidance-not-specific", "error suppression-of-gate-rule"],
        );
    }

    #[test]
    fn a_comment_allows_what_it_covers() {
        let fixture = Fixture::default();
        let text =
            "---\ntitle: T\n---\n## A {#a}\n\n<!-- allow: heading-id-repeated because both lead to one table -->\n## B {#a}\n\n## C {#a}\n";
        let document = fixture.file(text);
        assert_eq!(document.findings.len(), 2, "{:?}", document.findings);
        let kept = apply_settings(document.findings.clone(), &RuleSettings::default(), &document);
        assert_eq!(kept, document.findings[1..]);
    }
}
