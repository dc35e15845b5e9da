//! Research that expected nothing.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::Sort;

pub struct HypothesisMissing;

const DOC: RuleDoc = RuleDoc {
    name: "hypothesis-missing",
    family: Family::Hypotheses,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "Research of one's own says what was expected before it",
    why: "Source Global Research wants the partners of an expert to consider how best to explore the expert's hypotheses. Research without one ends as a report that takes the reader through each question in turn: its first sign of a weak piece.",
    bad: &[Example::yaml("type: research\n")],
    good: &[
        Example::yaml(
            "type: research\nhypotheses: [{ statement: Firms that quote by outcome renew earlier, status: mixed, evidence: renewal-files }]\n",
        ),
        Example::yaml("type: argument\n"),
    ],
    mend: "Add `hypotheses:` with what the expert expected, how it was tested, and what came of it.",
};

impl Rule for HypothesisMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let front = case.front();
        let is_research = front.sort.as_ref().filter(|sort| sort.value == Sort::Research);
        let n_hypotheses = front.hypotheses.as_ref().map_or(0, |field| field.value.len());
        let (Some(sort), 0) = (is_research, n_hypotheses) else { return };
        let place = front.hypotheses.as_ref().map_or_else(|| sort.place(), |field| field.place());
        let finding = DOC.warning(case.place(place), "this research says nothing of what was expected");
        findings.push(
            finding.help("add `hypotheses: [{ statement: …, method: …, status: supported | refuted | mixed | abandoned, evidence: … }]`"),
        );
    }
}
