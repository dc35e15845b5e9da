//! A piece that expires before it goes out.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct ExpiryBeforePublication;

const DOC: RuleDoc = RuleDoc {
    name: "expiry-before-publication",
    family: Family::Upkeep,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "A piece expires after it was published",
    why: "A piece that expires on or before the day it goes out is never published, and nothing else would say so: until then it looks scheduled.",
    bad: &[Example::yaml("expires_on: 2026-10-15\n"), Example::yaml("publish_on: 2027-02-01\nexpires_on: 2027-01-15\n")],
    good: &[Example::yaml("publish_on: 2027-01-15\nexpires_on: 2027-02-01\n"), Example::yaml("expires_on: 2027-09-01\n")],
    mend: "Correct `expires_on`, or the day of publication.",
};

impl Rule for ExpiryBeforePublication {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let front = case.front();
        let (Some(expires_on), Some(starts)) = (&front.expires_on, front.publish_on.as_deref().or(front.date.as_ref())) else { return };
        if expires_on.value.timestamp() <= starts.value.timestamp() {
            let finding = DOC.warning(case.place(expires_on.place()), "this expires before it is published, so it never goes out");
            findings.push(finding.note_at(case.place(starts.place()), "the day of publication").help("correct one of the two days"));
        }
    }
}
