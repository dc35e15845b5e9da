//! An update before there was anything to update.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct UpdateBeforePublication;

const DOC: RuleDoc = RuleDoc {
    name: "update-before-publication",
    family: Family::Upkeep,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "A piece is updated after it was published",
    why: "One of the two days is a slip, and both are printed: readers and search engines trust a date only while it can be true.",
    bad: &[Example::yaml("updated: 2026-10-15\n")],
    good: &[Example::yaml("updated: 2026-11-15\nchanges: The renewal figures\n"), Example::yaml("updated: 2026-11-02\n")],
    mend: "Correct `date` or `updated`.",
};

impl Rule for UpdateBeforePublication {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let (Some(date), Some(updated)) = (&case.front().date, &case.front().updated) else { return };
        if updated.value.day < date.value.day {
            let finding = DOC.warning(case.place(updated.place()), "this was updated before it was published");
            findings.push(finding.note_at(case.place(date.place()), "published").help("correct one of the two days"));
        }
    }
}
