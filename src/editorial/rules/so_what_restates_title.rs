//! A so-what that says the title again.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

/// How much of the so-what the title may hold.
const SHARE: f64 = 0.8;
/// How alike the two may be.
const LIKENESS: f64 = 0.6;

pub struct SoWhatRestatesTitle;

const DOC: RuleDoc = RuleDoc {
    name: "so-what-restates-title",
    family: Family::SoWhat,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "The so-what says more than the title",
    why: "The title names the subject; the so-what says what it means for the reader. A line that says the title again leaves the question that Source Global Research's raters ask (\"so what?\") where it was.",
    bad: &[
        Example::yaml("title: Price the outcome, not the hour\nso_what: Price outcomes instead of hours.\n"),
        Example::yaml("title: The end of the billable hour in audit\nso_what: In audit, the billable hour is ending.\n"),
    ],
    good: &[Example::yaml(
        "title: Price the outcome, not the hour\nso_what: Firms that price by the hour will fund their clients' automation out of their own margin.\n",
    )],
    mend: "Say what follows for this reader, and what it costs them not to know it.",
};

impl Rule for SoWhatRestatesTitle {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let (Some(so_what), Some(title), Some(_)) = (&case.front().so_what, &case.front().title, case.lexicon) else { return };
        let (said, title) = (case.stems(&so_what.value), case.stems(&title.value));
        let restates = said.share_in(&title) >= SHARE || said.likeness(&title) >= LIKENESS;
        if said.len() > 1 && restates {
            let finding = DOC.warning(case.place(so_what.place()), "this says the title again");
            findings.push(finding.help("say what follows from it for this reader, and what it costs them not to know it"));
        }
    }
}
