//! A product without a launch.

use crate::base::diagnostic::Diagnostic;
use crate::base::spanned::Field;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::{Launch, LaunchPlan};

pub struct LaunchMissing;

const DOC: RuleDoc = RuleDoc {
    name: "launch-missing",
    family: Family::Launch,
    level: Level::Off,
    standing: Standing::Editorial,
    summary: "A piece has a launch plan",
    why: "Robert Rose of the Content Marketing Institute: thought leadership is a product as important as those that the firm sells, so it deserves a PR strategy, a paid media strategy and internal communications.",
    bad: &[Example::yaml("launch: -\n"), Example::yaml("launch: {}\n")],
    good: &[Example::yaml(
        "launch: { pr: Offer the ledger sample to two trade reporters, paid: { none: the audience has four hundred members we know by name }, internal: { plan: Walk the account teams through the three questions, who: jane-doe, on: 2026-11-04 }, sales_enablement: One page with the three questions for renewal meetings }\n",
    )],
    mend: "Add `launch:` with `pr`, `paid`, `internal` and `sales_enablement`, each a plan or `{ none: why }`.",
};

impl Rule for LaunchMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let is_empty = |launch: &Field<Launch>| plans(&launch.value).iter().all(|(_, plan)| plan.is_none());
        let place = match &case.front().launch {
            None => case.place_of_missing("launch"),
            Some(launch) => is_empty(launch).then(|| case.place(launch.place())),
        };
        let help = "add `launch:` with `pr`, `paid`, `internal` and `sales_enablement`: for each a plan, or `{ none: why }`";
        findings.extend(place.map(|place| DOC.warning(place, "this piece has no launch plan").help(help)));
    }
}

/// The kinds of plan by the key of each.
pub(super) fn plans(launch: &Launch) -> [(&'static str, Option<&Field<LaunchPlan>>); 4] {
    [
        ("pr", launch.pr.as_ref()),
        ("paid", launch.paid.as_ref()),
        ("internal", launch.internal.as_ref()),
        ("sales_enablement", launch.sales_enablement.as_ref()),
    ]
}
