//! A gate that should be open by now.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct GateExpired;

const DOC: RuleDoc = RuleDoc {
    name: "gate-expired",
    family: Family::Gate,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "A gate opens on the day that it names",
    why: "Gates outlive their reasons. A date in the brief makes somebody decide again, in the open.",
    bad: &[Example::yaml("gate: { reason: The survey partner holds the data until then, until: 2026-11-19 }\n")],
    good: &[Example::yaml("gate: { reason: The survey partner holds the data until then, until: 2026-11-20 }\n")],
    mend: "Take `gate:` out, or set a new `until` and check that the reason still holds.",
};

impl Rule for GateExpired {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(until) = case.front().gate.as_ref().and_then(|gate| gate.value.until.as_ref()) else { return };
        if until.value.day < case.register().today.day {
            let message = format!("this gate was to open on {}", until.value.long_text());
            let finding = DOC.error(case.place(until.range.clone()), message);
            findings.push(finding.help("take `gate` out to publish the whole text, or renew `until` if the reason still holds"));
        }
    }
}
