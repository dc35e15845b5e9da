//! The audiences declared in `site.toml`, held against the same rule as those described in a brief.

use super::Register;
use super::audience::{Definition, define};
use super::rules::audience_not_specific;
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::path::SourcePath;
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
    }
    findings
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
