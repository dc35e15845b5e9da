//! A piece that is to change nothing.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::Objective;

pub struct ObjectiveMissing;

const DOC: RuleDoc = RuleDoc {
    name: "objective-missing",
    family: Family::Objective,
    level: Level::Error,
    standing: Standing::Editorial,
    summary: "Every piece says what it is to change",
    why: "In the Walker Sands study of 150 marketing leaders and 50 other executives (O'Dwyer's, 1 March 2024) near three quarters \
          say that leaders and marketers do not share outcomes. Source Global Research wants the objectives of a piece clearly defined.",
    bad: &[
        Example::yaml("objective: -\n"),
        Example::yaml("objective: TBD\n"),
        Example::yaml("objective: { measure: { metric: outcome quotes, target: 12 } }\n"),
        Example::yaml("objective: { goal: Finance leaders ask for an outcome quote before their renewal round }\n"),
    ],
    good: &[
        Example::yaml("objective: Finance leaders ask for an outcome quote before their renewal round\n"),
        Example::yaml("objective: { outcome: build-reputation }\n"),
    ],
    mend: "Add `objective:` with `outcome` and `change`: what will somebody do differently when the piece has worked?",
};

const HELP: &str = "say what should change for the business, for example:
objective:
  outcome: strengthen-position
  change: Finance leaders ask for an outcome quote before their renewal round
  measure: { metric: outcome quotes requested by named accounts, target: 12, by: 2027-03-31 }";

impl Rule for ObjectiveMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let place = match &case.front().objective {
            None => case.place_of_missing("objective"),
            Some(field) => {
                let says = match &field.value {
                    Objective::Sentence(sentence) => case.says_something(Some(sentence)),
                    Objective::Full(slots) => case.says_something(slots.outcome.as_ref()) || case.says_something(slots.change.as_ref()),
                };
                (!says && !case.is_reported(&field.range)).then(|| case.place(field.place()))
            }
        };
        findings.extend(place.map(|place| DOC.error(place, "this piece does not say what it is to change").help(HELP)));
    }
}
