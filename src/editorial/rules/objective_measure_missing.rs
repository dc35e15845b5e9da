//! An objective that nobody could see met.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::Objective;

pub struct ObjectiveMeasureMissing;

const DOC: RuleDoc = RuleDoc {
    name: "objective-measure-missing",
    family: Family::Objective,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "An objective says how one will see that it was met",
    why: "SiriusDecisions on high-performance marketing: it creates measurable value where it is needed most, and many organisations look at the wrong metrics. What is not measured cannot be learned from.",
    bad: &[
        Example::yaml("objective: Finance leaders ask for an outcome quote before their renewal round\n"),
        Example::yaml("objective: { outcome: build-reputation, change: We are invited to bid }\n"),
        Example::yaml("objective: { outcome: build-reputation, measure: { metric: TBD, target: 12 } }\n"),
    ],
    good: &[Example::yaml(
        "objective: { outcome: build-reputation, measure: { metric: invitations to bid, target: 4, by: 2027-06-30 } }\n",
    )],
    mend: "Add `measure: { metric: …, target: …, by: DATE }`.",
};

impl Rule for ObjectiveMeasureMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(field) = &case.front().objective else { return };
        let (lacks, range) = match &field.value {
            Objective::Sentence(sentence) => (case.says_something(Some(sentence)), field.place()),
            Objective::Full(slots) => {
                let says = case.says_something(slots.outcome.as_ref()) || case.says_something(slots.change.as_ref());
                let metric = slots.measure.as_ref().and_then(|measure| measure.value.metric.as_ref());
                let range = slots.measure.as_ref().map_or(field.place(), |measure| measure.place());
                (says && !case.says_something(metric) && !case.is_reported(&range), range)
            }
        };
        if lacks {
            let finding = DOC.warning(case.place(range), "this objective has no measure: how will you see that it was met?");
            findings.push(finding.help("add `measure: { metric: …, target: …, by: DATE }`"));
        }
    }
}
