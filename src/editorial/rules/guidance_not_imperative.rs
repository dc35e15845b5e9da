//! Guidance that counts but does not begin with what to do.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::guidance::{Doubt, Verdict};
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct GuidanceNotImperative;

const DOC: RuleDoc = RuleDoc {
    name: "guidance-not-imperative",
    family: Family::Guidance,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "An item of guidance begins with what to do",
    why: "Asked for specific actions, the guest of #MMChat (Michael Brenner) answered with nouns. An instruction that begins with its verb can be put on a list and ticked off.",
    bad: &[
        Example::yaml("guidance:\n  - do: Quarterly review of the top ten contracts\n    who: head of procurement\n"),
        Example::yaml("guidance: Organisations should appoint a data protection officer by May\n"),
    ],
    good: &[
        Example::yaml("guidance:\n  - do: Review the top ten contracts every quarter\n    who: head of procurement\n"),
        Example::yaml("guidance: Your board should see the cash forecast every Friday\n"),
    ],
    mend: "Put the verb first and speak to the reader. \"Trustees should …\" is fine when trustees are the audience.",
};

impl Rule for GuidanceNotImperative {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        for (item, _) in case.verdicts().filter(|(_, verdict)| **verdict == Verdict::Doubtful(Doubt::NotImperative)) {
            let range = item.deed.as_ref().map_or(item.range.clone(), |deed| deed.range.clone());
            findings.push(
                DOC.warning(case.place(range), "this does not begin with what to do")
                    .help("put the verb first: `Review …`, `Ask …`, `Move …`"),
            );
        }
    }
}
