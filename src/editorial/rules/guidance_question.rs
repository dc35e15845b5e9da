//! Guidance that only asks.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::guidance::Verdict;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct GuidanceQuestion;

const DOC: RuleDoc = RuleDoc {
    name: "guidance-question",
    family: Family::Guidance,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "An item of guidance instructs; it does not only ask",
    why: "A question hands the work back to the reader. What Source Global Research rates as prompting action, the trade's lowest mark, is clear steps.",
    bad: &[
        Example::yaml("guidance: What if you started today?\n"),
        Example::yaml("guidance: [Are you ready for the future?, \"How will your board respond?\"]\n"),
    ],
    good: &[
        Example::yaml("guidance: Ask the CFO which of the three leases ends first?\n"),
        Example::yaml("guidance: Are fees up? Re-quote the three largest engagements by outcome before May.\n"),
    ],
    mend: "Turn the question into what the reader should do to answer it.",
};

impl Rule for GuidanceQuestion {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        for (item, _) in case.verdicts().filter(|(_, verdict)| **verdict == Verdict::Question) {
            let range = item.deed.as_ref().map_or(item.range.clone(), |deed| deed.range.clone());
            let message = "this only asks, and leaves the reader with nothing to do";
            let place = case.place(range);
            let finding = if case.guides() { DOC.warning(place, message) } else { DOC.error(place, message) };
            findings.push(finding.help("turn it into an instruction: what should the reader do to find the answer?"));
        }
    }
}
