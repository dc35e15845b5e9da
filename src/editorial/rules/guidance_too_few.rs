//! Fewer than three things to do.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::guidance::likeness;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};
use crate::parse::front_matter::GuidanceItem;
use std::collections::BTreeSet;

/// How many items of guidance a reader should find.
const MIN: RuleOption = RuleOption::count("min", 3, "How many different concrete things to do a piece gives.");

pub struct GuidanceTooFew;

const DOC: RuleDoc = RuleDoc {
    name: "guidance-too-few",
    family: Family::Guidance,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A piece gives at least three concrete things to do",
    why: "For three points of five on prompting action Source Global Research asks for specific recommendations, in the plural, that readers \
          can apply in their own organisation. One action fits one reader.",
    bad: &[
        Example::yaml("guidance: Re-quote your three largest renewals by outcome\n"),
        Example::yaml(
            "guidance:\n  - Re-quote your three largest renewals\n  - Re-quote the three largest renewals.\n  - Survey your tenants every quarter\n",
        ),
    ],
    good: &[Example::yaml(
        "guidance:\n  - Re-quote your three largest renewals by outcome\n  - Survey your tenants every quarter\n  - do: Move the rota review\n    by: first Monday of each month\n",
    )],
    mend: "Add what else this reader should do. Items that say the same count once; items that are not concrete do not count.",
};

impl Rule for GuidanceTooFew {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[MIN]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let counting = || case.verdicts().filter(|(_, verdict)| verdict.counts());
        let deed = |item: &GuidanceItem| case.read(item.deed.as_ref().map_or("", |deed| deed.value.as_str()));
        let different: BTreeSet<String> = counting().map(|(item, _)| likeness(&deed(item).prose, case.lexicon)).collect();
        let n_counting = different.len();
        let min = case.count(&DOC, &MIN);
        if n_counting == 0 || n_counting >= min {
            return;
        }
        let place = case.front().guidance.as_ref().map(|field| field.key.clone()).unwrap_or_default();
        let message = format!("{n_counting} of {min} recommended things to do");
        let finding = DOC.warning(case.place(place), message).help("add what else this reader should do");
        let repeats = counting().count() > n_counting;
        findings.push(if repeats { finding.note("items that say the same count once") } else { finding });
    }
}
