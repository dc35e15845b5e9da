//! A piece for everybody in turn.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};

const MAX: RuleOption = RuleOption::count("max", 3, "The most audiences that one piece is written for.");

pub struct AudienceTooMany;

const DOC: RuleDoc = RuleDoc {
    name: "audience-too-many",
    family: Family::Audience,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A piece is written for at most three audiences",
    why: "Source Global Research wants the target audience of a piece clearly defined (\"Why marketing shouldn’t be generating thought leadership\"). Each audience has challenges of its own, and a piece that serves five of them serves none in particular.",
    bad: &[Example::yaml(
        "audience: [services-cfo, { role: Midwives, at: birth centres }, { role: Treasurers, at: listed utilities }, { role: Trustees, at: pension schemes }]\n",
    )],
    good: &[Example::yaml("audience: [services-cfo, { role: Midwives, at: birth centres }, { role: Treasurers, at: listed utilities }]\n")],
    mend: "Keep those who have to act on it; write a second piece for the others, or raise `max` for a site that needs it.",
};

impl Rule for AudienceTooMany {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[MAX]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let (n_audiences, max) = (case.audience().len(), case.count(&DOC, &MAX));
        let Some(field) = case.front().audience.as_ref().filter(|_| n_audiences > max) else { return };
        let finding = DOC.warning(case.place(field.place()), format!("{n_audiences} audiences, and at most {max} are recommended"));
        findings.push(finding.help("keep those who have to act on it, and write another piece for the others"));
    }
}
