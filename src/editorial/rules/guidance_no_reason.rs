//! Orders without a why.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::config::audience::Slot;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};
use crate::parse::front_matter::GuidanceItem;

const MIN_SHARE: RuleOption = RuleOption::share("min_share", 0.3, "The share of the things to do that have to give their reason.");

pub struct GuidanceNoReason;

const DOC: RuleDoc = RuleDoc {
    name: "guidance-no-reason",
    family: Family::Guidance,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "Guidance says why",
    why: "Source Global Research gives three points of five on prompting action when the audience is persuaded to discuss whether to act. A reader who has to win a colleague over needs the reason more than the instruction.",
    bad: &[Example::yaml(
        "guidance:\n  - Re-quote your three largest renewals by outcome\n  - Survey your tenants every quarter\n  - Test your backups every month\n",
    )],
    good: &[
        Example::yaml(
            "guidance:\n  - do: Re-quote your three largest renewals by outcome\n    because: the first number on the table sets the unit of the argument\n  - Survey your tenants every quarter\n  - Test your backups every month\n",
        ),
        Example::yaml(
            "guidance:\n  - Survey your tenants every quarter, because complaints reach you a year late\n  - Test your backups every month\n  - Re-quote your three largest renewals\n",
        ),
    ],
    mend: "Add `because:` to the things to do that a colleague would question.",
};

impl Rule for GuidanceNoReason {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[MIN_SHARE]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(lexicon) = case.lexicon else { return };
        let counting: Vec<_> = case.verdicts().filter(|(_, verdict)| verdict.counts()).map(|(item, _)| item).collect();
        let gives_reason = |item: &GuidanceItem| {
            let says = |slot: Option<&Slot>| slot.is_some_and(|slot| lexicon.reason_signs.occurs_in(&case.read(&slot.value).prose.words));
            case.says_something(item.because.as_ref()) || says(item.deed.as_ref()) || says(item.done_when.as_ref())
        };
        let n_reasoned = counting.iter().filter(|item| gives_reason(item)).count();
        if counting.is_empty() || n_reasoned as f64 >= counting.len() as f64 * case.share(&DOC, &MIN_SHARE) {
            return;
        }
        let place = case.front().guidance.as_ref().map(|field| field.key.clone()).unwrap_or_default();
        let message = match n_reasoned {
            0 => "nothing here says why the reader should do it".to_owned(),
            n_reasoned => format!("{n_reasoned} of {} things to do say why", counting.len()),
        };
        findings
            .push(DOC.warning(case.place(place), message).help("add `because:` where a colleague of the reader would ask for the reason"));
    }
}
