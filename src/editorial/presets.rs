//! What the presets make of the rules: `gate`, `editorial`, `strict`.
//!
//! `editorial` takes each rule at its default level. `gate` leaves the editorial rules out. `strict`
//! raises the rules of one list, and asks for what the others leave to choice.

use super::docs::front_matter::FRONT_MATTER_UNKNOWN_KEY;
use super::rule::{RuleDoc, Standing};
use crate::base::diagnostic::Severity;
use crate::config::{Level, Preset, RuleSettings};

/// What `strict` raises, and to what; every other rule keeps its default.
pub const STRICT: &[(&str, Level)] = &[
    (FRONT_MATTER_UNKNOWN_KEY.name, Level::Error),
    ("description-missing", Level::Error),
    ("authors-missing", Level::Error),
    ("objective-outcome-missing", Level::Error),
    ("objective-measure-missing", Level::Error),
    ("audience-not-agreed", Level::Error),
    ("audience-agreement-stale", Level::Error),
    ("audience-too-many", Level::Error),
    ("audience-challenge-unmatched", Level::Error),
    ("guidance-too-few", Level::Error),
    ("objective-not-measurable", Level::Error),
    ("objective-vanity-metric", Level::Error),
    ("so-what-too-long", Level::Error),
    ("so-what-restates-title", Level::Error),
    ("hypothesis-missing", Level::Error),
    ("hypothesis-unresolved", Level::Error),
    ("rare-answer-common", Level::Error),
    ("gate-only-for-leads", Level::Error),
    ("launch-missing", Level::Warning),
    ("launch-incomplete", Level::Error),
    ("launch-before-outcome", Level::Error),
    ("review-overdue", Level::Error),
    ("review-date-missing", Level::Error),
    ("update-without-note", Level::Error),
    ("update-before-publication", Level::Error),
    ("expert-missing", Level::Warning),
    ("difference-unstated", Level::Warning),
    ("competitor-look-missing", Level::Warning),
    ("figure-unsourced", Level::Error),
    ("source-vague", Level::Error),
    ("survey-undescribed", Level::Error),
    ("source-access-unmarked", Level::Error),
    ("quote-unattributed", Level::Error),
    ("promise-unkept", Level::Error),
    ("result-overdue", Level::Error),
];

/// Whether a rule that is off by default has been switched on. Other rules run also when they are
/// switched off: a suppression of theirs is not unused then.
pub fn is_on(doc: &RuleDoc, settings: &RuleSettings) -> bool {
    let set = settings.levels.iter().rev().find(|setting| setting.rule.value == doc.name).and_then(|setting| setting.level.as_ref());
    doc.level > Level::Off || set.map_or_else(|| level(doc, settings.preset), |level| level.value) > Level::Off
}

/// The level of a rule under a preset.
pub fn level(doc: &RuleDoc, preset: Preset) -> Level {
    match preset {
        Preset::Gate if doc.standing == Standing::Editorial => Level::Off,
        Preset::Gate | Preset::Editorial => doc.level,
        Preset::Strict => strict_level(doc).unwrap_or(doc.level),
    }
}

/// How a finding weighs under a preset; `None` when the rule is off. What a rule itself has made an
/// error or a warning stays that, unless the preset says otherwise.
pub fn severity(doc: &RuleDoc, found: Severity, preset: Preset) -> Option<Severity> {
    match (level(doc, preset), preset) {
        (Level::Off, _) => None,
        (Level::Warning | Level::Error, Preset::Gate | Preset::Editorial) => Some(found),
        (Level::Warning | Level::Error, Preset::Strict) => strict_level(doc).map_or(Some(found), Level::severity),
    }
}

fn strict_level(doc: &RuleDoc) -> Option<Level> {
    STRICT.iter().find(|(name, _)| *name == doc.name).map(|(_, level)| *level)
}

#[cfg(test)]
mod tests {
    use super::super::registry;
    use super::*;

    #[test]
    fn strict_only_raises_rules_that_exist() {
        for (name, strict) in STRICT {
            let doc = registry::find(name).unwrap_or_else(|| panic!("no rule {name}"));
            assert!(*strict > doc.level, "{name}");
            assert_eq!(level(doc, Preset::Strict), *strict);
        }
    }
}
