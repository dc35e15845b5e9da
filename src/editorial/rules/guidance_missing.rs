//! A piece that tells its reader nothing to do.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::guidance::Verdict;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct GuidanceMissing;

const DOC: RuleDoc = RuleDoc {
    name: "guidance-missing",
    family: Family::Guidance,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "Every piece tells its reader something to do",
    why: "Concrete guidance is one of the three marks of good thought leadership in the Edelman–LinkedIn study of 3,500 managers (December 2023). \
          Prompting action is also what the trade does worst: in Source Global Research's ratings of the first half of 2018 it averaged 1.91 of 5, \
          the lowest of the four criteria for every firm.",
    bad: &[
        Example::yaml("guidance: -\n"),
        Example::yaml("guidance:\n"),
        Example::yaml("guidance: []\n"),
        Example::yaml("guidance:\n  - do:\n    who: CFO\n"),
        Example::yaml("guidance: \"\"\n"),
        Example::yaml("guidance:\n  - action: Print the late orders by cause\n    by: first Monday of each month\n"),
    ],
    good: &[
        Example::yaml("guidance: Ask the three largest suppliers for their 2026 price files before the May board\n"),
        Example::yaml("guidance:\n  - do: Move the rota review\n    by: first Monday of each month\n"),
    ],
    mend: "Add `guidance:` with what the reader should do, and who does it, by when, or how they will know that it is done.",
};

const HELP: &str = "say what the reader should do, for example:
guidance:
  - do: Re-quote your three largest renewals by outcome
    who: CFO with the client partner
    by: the next renewal round";

impl Rule for GuidanceMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        if case.guidance().is_empty() {
            let place = match &case.front().guidance {
                None => case.place_of_missing("guidance"),
                Some(field) => Some(case.place(field.place())),
            };
            findings.extend(place.map(|place| DOC.error(place, "this piece tells the reader nothing to do").help(HELP)));
            return;
        }
        for (item, verdict) in case.verdicts() {
            if *verdict != Verdict::Empty || case.is_reported(&item.range) {
                continue;
            }
            let range = if item.range.is_empty() {
                case.front().key("guidance").map_or(item.range.clone(), |key| key.range.clone())
            } else {
                item.range.clone()
            };
            let message = "this item of guidance tells the reader nothing to do";
            let finding = if case.guides() { DOC.warning(case.place(range), message) } else { DOC.error(case.place(range), message) };
            findings.push(finding.help("write the instruction under `do`, or take the item out"));
        }
    }
}
