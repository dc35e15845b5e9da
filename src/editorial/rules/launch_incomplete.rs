//! A launch that leaves out a kind of plan without saying why.

use super::launch_missing::plans;
use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::config::audience::Slot;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

/// A reason of fewer words is an excuse.
const MIN_REASON_WORDS: usize = 4;

pub struct LaunchIncomplete;

const DOC: RuleDoc = RuleDoc {
    name: "launch-incomplete",
    family: Family::Launch,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A launch has a plan of each kind, or a reason for none",
    why: "Robert Rose of the Content Marketing Institute: a thought leadership programme deserves a PR strategy, a paid media strategy and internal comms support; B2B sales teams bring the expert to the customer. Leaving one out is a decision, and a decision has a reason.",
    bad: &[
        Example::yaml("launch: { pr: Offer the ledger sample to two trade reporters }\n"),
        Example::yaml(
            "launch: { pr: Offer the ledger sample to two trade reporters, paid: { none: no budget }, internal: { plan: Walk the account teams through the three questions, who: jane-doe, on: 2026-11-04 }, sales_enablement: One page with the three questions for renewal meetings }\n",
        ),
        Example::yaml(
            "launch: { pr: Offer the ledger sample to two trade reporters, paid: { none: the audience has four hundred members we know by name }, internal: { plan: Walk the account teams through the three questions, who: jane-doe, on: 2026-11-04 }, sales_enablement: TBD }\n",
        ),
    ],
    good: &[
        Example::yaml(
            "launch: { pr: Offer the ledger sample to two trade reporters, paid: { none: the audience has four hundred members we know by name }, internal: { plan: Walk the account teams through the three questions, who: jane-doe, on: 2026-11-04 }, sales_enablement: One page with the three questions for renewal meetings }\n",
        ),
        Example::yaml("launch: -\n"),
    ],
    mend: "For each of `pr`, `paid`, `internal` and `sales_enablement` write the plan, or `{ none: why }` in at least four words.",
};

impl Rule for LaunchIncomplete {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(launch) = &case.front().launch else { return };
        let all = plans(&launch.value);
        if all.iter().all(|(_, plan)| plan.is_none()) {
            return;
        }
        for (kind, plan) in all {
            let place = plan.map_or_else(|| launch.key.clone(), |plan| plan.place());
            let says_why =
                |reason: &Slot| case.says_something(Some(reason)) && case.read(&reason.value).prose.words.len() >= MIN_REASON_WORDS;
            let message = match plan.map(|plan| &plan.value) {
                None => format!("this launch has no `{kind}`: neither a plan nor a reason for none"),
                Some(plan) if case.says_something(plan.plan.as_ref()) || plan.none.as_ref().is_some_and(says_why) => continue,
                Some(plan) if plan.none.is_some() => format!("`{kind}` has no plan, and its reason is too short to be one"),
                Some(_) => format!("the plan of `{kind}` says nothing"),
            };
            if !case.is_reported(&place) {
                findings.push(
                    DOC.warning(case.place(place), message)
                        .help(format!("write `{kind}: …`, or `{kind}: {{ none: why nothing is planned }}`")),
                );
            }
        }
    }
}
