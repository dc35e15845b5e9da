//! A piece without a date.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct DateMissing;

const DOC: RuleDoc = RuleDoc {
    name: "date-missing",
    family: Family::Piece,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Every piece has the date of its publication",
    why: "Readers weigh advice by its age, and listings and feeds are ordered by it.",
    bad: &[Example::yaml("date: -\n"), Example::yaml("date:\n")],
    good: &[Example::yaml("date: 2026-11-02\n"), Example::yaml("date: 2026-11-02T09:30:00+01:00\n")],
    mend: "Add `date: 2026-11-02`. A date in the future schedules the piece.",
};

impl Rule for DateMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        if case.front().date.is_none() {
            let help = format!("add `date: {}`; a date in the future schedules the piece", case.register().today);
            findings.extend(case.place_of_missing("date").map(|place| DOC.error(place, "this piece has no date").help(help)));
        }
    }
}
