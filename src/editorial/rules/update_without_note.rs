//! An update of which the reader is told nothing.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct UpdateWithoutNote;

const DOC: RuleDoc = RuleDoc {
    name: "update-without-note",
    family: Family::Upkeep,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "An update says what changed",
    why: "The Trust Project counts corrections and version history shown on the article among its indicators of trust. A reader who acted on the first version has to know whether the second one asks for something else.",
    bad: &[Example::yaml("updated: 2026-11-15\n"), Example::yaml("updated: 2026-11-15\nchanges: [{ on: 2026-11-10, what: TBD }]\n")],
    good: &[
        Example::yaml("updated: 2026-11-15\nchanges: [{ on: 2026-11-15, what: The renewal figures of the third quarter }]\n"),
        Example::yaml("updated: 2026-11-15\ncorrections: [{ on: 2026-11-15, note: The margin was 4%, not 14% }]\n"),
        Example::yaml("updated: 2026-11-02\n"),
    ],
    mend: "Add `changes: [{ on: DATE, what: … }]`, or `corrections:` when something was wrong.",
};

impl Rule for UpdateWithoutNote {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let front = case.front();
        let Some(updated) =
            front.updated.as_ref().filter(|updated| front.date.as_ref().is_none_or(|date| date.value.day != updated.value.day))
        else {
            return;
        };
        let notes = front.changes.iter().flat_map(|field| &field.value).filter_map(|change| change.what.as_ref());
        let corrections = front.corrections.iter().flat_map(|field| &field.value).map(|correction| &correction.note);
        if !notes.chain(corrections).any(|note| case.says_something(Some(note))) {
            let finding = DOC.warning(case.place(updated.place()), "nothing says what changed with this update");
            findings.push(finding.help("add `changes: [{ on: DATE, what: … }]`"));
        }
    }
}
