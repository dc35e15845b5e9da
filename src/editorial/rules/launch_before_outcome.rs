//! A launch planned for no outcome.

use super::launch_missing::plans;
use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::Objective;

pub struct LaunchBeforeOutcome;

const DOC: RuleDoc = RuleDoc {
    name: "launch-before-outcome",
    family: Family::Launch,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "An outcome is named before a launch is planned",
    why: "Walker Sands calls the other order \"channel-first bias\": 27% of the marketers it asked say that they settle outcomes before they turn to channels and their KPIs (O'Dwyer's, 1 March 2024).",
    bad: &[
        Example::yaml(
            "objective: { change: Clients renew earlier, measure: { metric: renewals, target: 3, by: 2027-03-31 } }\nlaunch: { pr: Offer the ledger sample to two trade reporters, paid: { none: the audience has four hundred members we know by name }, internal: { plan: Walk the account teams through the three questions, who: jane-doe, on: 2026-11-04 }, sales_enablement: One page with the three questions for renewal meetings }\n",
        ),
        Example::yaml(
            "objective: Clients renew earlier\nlaunch: { pr: Offer the ledger sample to two trade reporters, paid: { none: the audience has four hundred members we know by name }, internal: { plan: Walk the account teams through the three questions, who: jane-doe, on: 2026-11-04 }, sales_enablement: One page with the three questions for renewal meetings }\n",
        ),
    ],
    good: &[Example::yaml(
        "launch: { pr: Offer the ledger sample to two trade reporters, paid: { none: the audience has four hundred members we know by name }, internal: { plan: Walk the account teams through the three questions, who: jane-doe, on: 2026-11-04 }, sales_enablement: One page with the three questions for renewal meetings }\n",
    )],
    mend: "Set `objective.outcome` first; then see which of the plans still serve it.",
};

impl Rule for LaunchBeforeOutcome {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let front = case.front();
        let Some(launch) = &front.launch else { return };
        let outcome = match front.objective.as_ref().map(|field| &field.value) {
            Some(Objective::Full(slots)) => slots.outcome.as_ref(),
            Some(Objective::Sentence(_)) | None => None,
        };
        let is_planned = plans(&launch.value).iter().any(|(_, plan)| plan.is_some());
        if is_planned && !case.says_something(outcome) {
            let finding = DOC.warning(case.place(launch.key.clone()), "this launch is planned, and no outcome is named that it serves");
            let outcomes: Vec<String> = case.register().outcomes.iter().map(|outcome| format!("`{outcome}`")).collect();
            findings.push(finding.help(format!("set `objective.outcome` first, to one of {}", outcomes.join(", "))));
        }
    }
}
