//! The audiences declared in `site.toml`, held against the same rule as those described in a brief.

use super::Register;
use super::audience::{Definition, define};
use super::docs::audiences::{AUDIENCE_AGREEMENT_STALE, AUDIENCE_NOT_AGREED};
use super::options::RuleOption;
use super::presets;
use super::rules::audience_not_specific;
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::path::SourcePath;
use crate::config::DeclaredAudience;
use std::collections::BTreeSet;

/// Judges every declared audience, at its place in `site.toml`.
///
/// One that defines nobody is an error when a piece is written for it (`used` holds the ids), and a
/// warning while none is.
pub fn judge_register(register: &Register, config_path: &SourcePath, used: &BTreeSet<String>) -> Vec<Diagnostic> {
    let lexicon = register.lexicons.of_language(&register.lang);
    let mut findings = Vec::new();
    for (id, declared) in &register.audiences {
        let severity = if used.contains(id) { Severity::Error } else { Severity::Warning };
        let place = Place::new(config_path, declared.id.range.clone());
        let definition = define(&declared.slots, lexicon);
        match &definition {
            Definition::Defined => {}
            Definition::Missing => {
                let message = format!("audience `{id}` says nothing about who they are");
                let finding = Diagnostic::new(severity, "audience-missing", place, message);
                findings.push(finding.help("give it a `role`, and an `at` or a `situation`"));
            }
            Definition::Placeholder(slots) => {
                findings.extend(slots.iter().map(|slot| {
                    let message = format!("`{}` is a placeholder, not an audience", slot.value.trim());
                    let place = Place::new(config_path, slot.range.clone());
                    Diagnostic::new(severity, "audience-placeholder", place, message).help(format!("fill in the audience `{id}`"))
                }));
            }
            Definition::NoRole | Definition::NoSurroundings | Definition::Generic(_) => {
                findings.extend(audience_not_specific::finding(&definition, &declared.slots, place, severity));
            }
        }
        findings.extend(judge_agreement(register, declared, config_path));
    }
    findings
}

/// How old an agreement may be.
pub const AGREEMENT_DAYS: RuleOption = RuleOption::count("days", 365, "How many days an agreement on an audience holds.");

/// Whether somebody has agreed to an audience, and lately enough.
fn judge_agreement(register: &Register, declared: &DeclaredAudience, config_path: &SourcePath) -> Option<Diagnostic> {
    let id = &declared.id;
    let Some(agreed) = &declared.agreed else {
        if !presets::is_on(&AUDIENCE_NOT_AGREED, &register.rules) {
            return None;
        }
        let place = Place::new(config_path, id.range.clone());
        let finding = AUDIENCE_NOT_AGREED.warning(place, format!("nobody has agreed to the audience `{}`", id.value));
        return Some(finding.help("add `agreed = { by = \"ID\", on = DATE }` with who answers for it"));
    };
    let today = register.today.day;
    let max_days = AGREEMENT_DAYS.read_count(&register.rules, AUDIENCE_AGREEMENT_STALE.name);
    let n_days = |day: jiff::civil::Date| day.until((jiff::Unit::Day, today)).map_or(0, |span| i64::from(span.get_days()));
    let (range, message) = match (&agreed.value.by, &agreed.value.on) {
        (None, _) => (&agreed.range, format!("nobody is named who agreed to the audience `{}`", id.value)),
        (Some(by), _) if !register.people.contains(&by.value) => (&by.range, format!("`{}` is nobody whom the site knows", by.value)),
        (_, None) => (&agreed.range, format!("no day is named on which the audience `{}` was agreed", id.value)),
        (_, Some(on)) if on.value.day > today => {
            (&on.range, format!("the audience `{}` cannot have been agreed on a day to come", id.value))
        }
        (_, Some(on)) => match n_days(on.value.day) {
            n_days if usize::try_from(n_days).is_ok_and(|n_days| n_days > max_days) => {
                (&on.range, format!("the audience `{}` was last agreed {n_days} days ago", id.value))
            }
            _ => return None,
        },
    };
    let finding = AUDIENCE_AGREEMENT_STALE.warning(Place::new(config_path, range.clone()), message);
    Some(finding.help("read the audience again, and set `agreed` to who did so and when"))
}

#[cfg(test)]
mod tests {
    use super::super::testing::Fixture;
    use super::*;
    use crate::base::spanned::Spanned;
    use crate::config::DeclaredAudience;
    use crate::config::audience::AudienceSlots;

    fn check(role: &str, at: &str, expected: &str) {
        let mut fixture = Fixture::default();
        let slot = |text: &str, start: usize| (!text.is_empty()).then(|| Spanned::new(text.to_owned(), start..start + 3));
        let slots = AudienceSlots { role: slot(role, 70), at: slot(at, 80), situation: None, challenges: Vec::new() };
        fixture
            .register
            .audiences
            .insert("x".into(), DeclaredAudience { id: Spanned::new("x".into(), 60..61), title: None, slots, agreed: None });
        let path = SourcePath::new("site.toml").unwrap();
        for (used, severity) in [(BTreeSet::from(["x".to_owned()]), "error"), (BTreeSet::new(), "warning")] {
            let findings = judge_register(&fixture.register, &path, &used);
            let shown: Vec<String> = findings.iter().map(|finding| format!("{} {}", finding.rule, finding.place.start)).collect();
            assert_eq!(shown.join(", "), expected, "{role} | {at}");
            assert!(findings.iter().all(|finding| finding.severity.as_str() == severity));
        }
    }

    #[test]
    fn declared_audiences_are_judged_at_their_place() {
        check("Treasurers", "listed utilities", "");
        check("", "", "audience-missing 60");
        check("TBD", "listed utilities", "audience-placeholder 70");
        check("<who they are>", "<where they work>", "audience-placeholder 70, audience-placeholder 80");
        check("Treasurers", "", "audience-not-specific 70");
        check("", "listed utilities", "audience-not-specific 60");
        check("Leaders", "organisations of all sizes", "audience-not-specific 80");
    }
}
