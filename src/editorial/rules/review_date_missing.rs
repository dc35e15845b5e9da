//! A piece that nobody will read again.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct ReviewDateMissing;

const DOC: RuleDoc = RuleDoc {
    name: "review-date-missing",
    family: Family::Upkeep,
    level: Level::Off,
    standing: Standing::Editorial,
    summary: "A piece says by when it will be read again",
    why: "Thought leadership is one of the firm's core products, says Robert Rose of the Content Marketing Institute: treat it that way. A product has an owner and a date on which somebody looks whether it still holds.",
    bad: &[Example::yaml("review_by: -\n")],
    good: &[Example::yaml("review_by: 2027-06-01\n"), Example::yaml("review_by: -\nexpires_on: 2027-06-01\n")],
    mend: "Add `review_by:` with a day within the next year.",
};

impl Rule for ReviewDateMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        if case.front().expires_on.is_none() && case.front().review_by.is_none() {
            let place = case.place_of_missing("review_by");
            findings.extend(
                place.map(|place| DOC.warning(place, "this piece does not say when it will be read again").help("add `review_by: DATE`")),
            );
        }
    }
}
