//! What the presets make of the rules: `gate`, `editorial`, `strict`.
//!
//! `editorial` takes each rule at its default level. `gate` leaves the editorial rules out. `strict`
//! raises the rules of one list, and asks for what the others leave to choice.

use super::docs::front_matter::FRONT_MATTER_UNKNOWN_KEY;
use super::rule::{RuleDoc, Standing};
use crate::base::diagnostic::Severity;
use crate::config::{Level, Preset};

/// What `strict` raises, and to what; every other rule keeps its default.
pub const STRICT: &[(&str, Level)] = &[
    (FRONT_MATTER_UNKNOWN_KEY.name, Level::Error),
    ("description-missing", Level::Error),
    ("authors-missing", Level::Error),
    ("objective-outcome-missing", Level::Error),
    ("objective-measure-missing", Level::Error),
    ("guidance-too-few", Level::Error),
];

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
