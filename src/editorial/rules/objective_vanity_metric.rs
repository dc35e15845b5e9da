//! A measure that applause would meet.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::records::vanity;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::Objective;

pub struct ObjectiveVanityMetric;

const DOC: RuleDoc = RuleDoc {
    name: "objective-vanity-metric",
    family: Family::Objective,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A piece is not measured by attention alone",
    why: "One seed counts 285 tweets, 3,144,386 impressions and a reach of 543,256, and says nothing of what came of them. SiriusDecisions lists the metrics that do not define good marketing: click rates, design awards, event attendance, requests answered, leads handed over. Each can be a step, and none is evidence alone.",
    bad: &[
        Example::yaml("objective: { outcome: build-reputation, measure: { metric: impressions, target: 50000, by: 2027-06-30 } }\n"),
        Example::yaml(
            "objective: { outcome: accelerate-growth, measure: { metric: number of marketing qualified leads, target: 300, by: 2027-06-30 } }\n",
        ),
        Example::yaml(
            "objective: { outcome: build-reputation, measure: { metric: downloads of the report, target: 900, by: 2027-06-30 } }\n",
        ),
        Example::yaml(
            "objective: { outcome: foster-relationships, measure: { metric: sales requests fulfilled within a day, target: 98%, by: 2027-06-30 } }\n",
        ),
    ],
    good: &[
        Example::yaml("objective: { outcome: build-reputation, measure: { metric: invitations to bid, target: 4, by: 2027-06-30 } }\n"),
        Example::yaml(
            "objective: { outcome: accelerate-growth, measure: { metric: downloads by named accounts that ask for a quote within a month, target: 6, by: 2027-06-30 } }\n",
        ),
        Example::yaml(
            "objective: { outcome: strengthen-position, measure: { metric: lead time of tenders, target: 9 weeks, by: 2027-06-30 } }\n",
        ),
        Example::yaml(
            "objective: { outcome: strengthen-position, measure: { metric: hospital visits avoided, target: 40, by: 2027-06-30 } }\n",
        ),
    ],
    mend: "Name the step that follows the attention: an invitation to bid, a renewal, a price held, a decision taken.",
};

impl Rule for ObjectiveVanityMetric {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(lexicon) = case.lexicon else { return };
        let Some(Objective::Full(slots)) = case.front().objective.as_ref().map(|field| &field.value) else { return };
        let Some(metric) = slots.measure.as_ref().and_then(|measure| measure.value.metric.as_ref()) else { return };
        let reading = case.read(&metric.value);
        let Some(vanity) = vanity(&reading.prose, lexicon) else { return };
        let message = format!("`{vanity}` cannot show that the objective was met");
        let finding = DOC.warning(case.place(metric.range.clone()), message);
        findings.push(finding.help("name the step that follows: who then asks, bids, renews, pays or decides?"));
    }
}
