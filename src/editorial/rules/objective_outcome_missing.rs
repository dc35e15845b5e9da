//! An objective that serves no named outcome.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::Objective;

pub struct ObjectiveOutcomeMissing;

const DOC: RuleDoc = RuleDoc {
    name: "objective-outcome-missing",
    family: Family::Objective,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "An objective names the outcome that it serves",
    why: "Walker Sands calls it outcome-based marketing: say what is to be accomplished before turning to channels. Without an outcome, pieces cannot be weighed against each other.",
    bad: &[
        Example::yaml("objective: Finance leaders ask for an outcome quote before their renewal round\n"),
        Example::yaml("objective: { change: Clients renew earlier }\n"),
    ],
    good: &[Example::yaml("objective: { outcome: foster-relationships, change: Clients renew earlier }\n")],
    mend: "Write the objective as a map with `outcome:` and `change:`.",
};

impl Rule for ObjectiveOutcomeMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(field) = &case.front().objective else { return };
        let lacks = match &field.value {
            Objective::Sentence(sentence) => case.says_something(Some(sentence)),
            Objective::Full(slots) => !case.says_something(slots.outcome.as_ref()) && case.says_something(slots.change.as_ref()),
        };
        if lacks {
            let outcomes: Vec<String> = case.register().outcomes.iter().map(|outcome| format!("`{outcome}`")).collect();
            let finding = DOC.warning(case.place(field.place()), "this objective names no outcome");
            findings.push(finding.help(format!("add `outcome:`, one of {}", outcomes.join(", "))));
        }
    }
}
