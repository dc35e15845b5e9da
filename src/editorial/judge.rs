//! Every rule on one page, each by itself: a rule that breaks is our fault, and says so.

use super::presets;
use super::registry::RULES;
use super::{Case, Piece, Rule};
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::model::State;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs every rule on one page. The findings are as found: `settle` sets levels and applies
/// suppressions once all stages have reported.
///
/// A header that could not be read leaves nothing to judge; its own finding closes the gate.
pub fn judge(piece: &Piece<'_>) -> Vec<Diagnostic> {
    if piece.document.front.unreadable {
        return Vec::new();
    }
    let case = Case::new(piece);
    let mut findings = Vec::new();
    for rule in RULES.iter().filter(|rule| rule.applies_to(piece.kind) && presets::is_on(rule.doc(), &piece.register.rules)) {
        run(*rule, &case, &mut findings);
    }
    findings
}

/// Runs one rule; what it found before it broke is kept.
fn run(rule: &dyn Rule, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
    let broke = catch_unwind(AssertUnwindSafe(|| rule.check(case, findings))).is_err();
    if broke {
        let name = rule.doc().name;
        let place = Place::file(&case.document().path);
        let finding = Diagnostic::error(super::docs::internal::INTERNAL_ERROR.name, place, format!("the rule `{name}` broke on this file"));
        findings.push(finding.help("this is a fault of Sowhat, not of your text; please report it with this file"));
    }
}

/// Whether a finding on a page of this state keeps the site from being published.
///
/// A draft and an expired page are checked but close nothing; a scheduled one will publish itself,
/// so it closes the gate today.
pub fn closes_gate(severity: Severity, state: State) -> bool {
    match (severity, state) {
        (Severity::Error, State::Live | State::Scheduled) => true,
        (Severity::Error, State::Draft | State::Expired) | (Severity::Warning, _) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Fixture;
    use super::super::{Family, RuleDoc, Standing};
    use super::*;
    use crate::config::Level;

    struct Breaks;

    const DOC: RuleDoc = RuleDoc {
        name: "breaks",
        family: Family::Internal,
        level: Level::Error,
        standing: Standing::Fixed,
        summary: "",
        why: "",
        bad: &[],
        good: &[],
        mend: "",
    };

    impl Rule for Breaks {
        fn doc(&self) -> &RuleDoc {
            &DOC
        }

        fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
            findings.push(DOC.error(case.place(0..0), "found before"));
            panic!("a rule under test breaks");
        }
    }

    #[test]
    fn a_rule_that_breaks_is_a_finding() {
        let fixture = Fixture::default();
        let document = fixture.document("");
        let piece = fixture.piece(&document);
        let mut findings = Vec::new();
        run(&Breaks, &Case::new(&piece), &mut findings);
        let rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
        assert_eq!(rules, ["breaks", "internal-error"]);
    }

    #[test]
    fn drafts_and_expired_pages_close_nothing() {
        let closing: Vec<State> = [State::Live, State::Draft, State::Scheduled, State::Expired]
            .into_iter()
            .filter(|state| closes_gate(Severity::Error, *state))
            .collect();
        assert_eq!(closing, [State::Live, State::Scheduled]);
        assert!(!closes_gate(Severity::Warning, State::Live));
    }

    #[test]
    fn an_unreadable_header_lacks_no_keys() {
        let fixture = Fixture::default();
        let document = fixture.file("---\ntitle: [\n---\nBody\n");
        assert!(document.front.unreadable);
        assert!(judge(&fixture.piece(&document)).is_empty());
    }
}
