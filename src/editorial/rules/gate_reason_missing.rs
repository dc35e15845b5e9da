//! A gate that nobody justified.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::placeholder::Filling;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

/// A reason has at least as many words.
const MIN_WORDS: usize = 4;

pub struct GateReasonMissing;

const DOC: RuleDoc = RuleDoc {
    name: "gate-reason-missing",
    family: Family::Gate,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "A gated piece says why readers cannot have it",
    why: "CMI's Robert Rose asks firms whose thought leadership does not work whether they gate too much of it. Buyers research before they \
          talk to sales (SiriusDecisions); what they cannot read does not serve them. So everything is open unless somebody writes down why not.",
    bad: &[
        Example::yaml("gate: { until: 2027-01-31 }\n"),
        Example::yaml("gate: { reason: Leads }\n"),
        Example::yaml("gate: { why: The survey partner holds the data until January }\n"),
        Example::yaml("gate: { reason: to be agreed with sales }\n"),
    ],
    good: &[Example::yaml("gate: { reason: The survey partner holds the data until January, until: 2027-01-31 }\n")],
    mend: "Take `gate:` out to publish the whole text, or write a reason of at least four words.",
};

impl Rule for GateReasonMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(gate) = &case.front().gate else { return };
        let help = "take `gate` out to publish the whole text, or say in at least four words why readers cannot have it";
        match gate.value.reason.as_ref().filter(|reason| case.filling(&reason.value) != Filling::Blank) {
            None if case.is_reported(&gate.range) => {}
            None => findings.push(DOC.error(case.place(gate.place()), "this gate has no reason").help(help)),
            Some(reason) => {
                let too_short = case.lexicon.is_some() && case.read(&reason.value).prose.words.len() < MIN_WORDS;
                let message = if case.filling(&reason.value) == Filling::Placeholder {
                    format!("`{}` is a placeholder, not a reason", reason.value.trim())
                } else if too_short {
                    format!("`{}` is too short to be a reason", reason.value.trim())
                } else {
                    return;
                };
                findings.push(DOC.error(case.place(reason.range.clone()), message).help(help));
            }
        }
    }
}
