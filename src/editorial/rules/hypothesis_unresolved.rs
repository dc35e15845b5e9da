//! A hypothesis of which nothing is said in the end.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::model::State;
use crate::parse::front_matter::HypothesisStatus;

pub struct HypothesisUnresolved;

const DOC: RuleDoc = RuleDoc {
    name: "hypothesis-unresolved",
    family: Family::Hypotheses,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "What is published says what came of each hypothesis, and what decided it",
    why: "Readers trust research that shows what fell. Source Global Research rates resilience by how clearly the method is described; a hypothesis that is still open when the piece is published is a promise, and one that is \"supported\" by nothing named is a claim.",
    bad: &[
        Example::yaml("hypotheses: [{ statement: Firms that quote by outcome renew earlier }]\n"),
        Example::yaml("hypotheses: [{ statement: Firms that quote by outcome renew earlier, status: open }]\n"),
        Example::yaml("hypotheses: [{ statement: Firms that quote by outcome renew earlier, status: supported }]\n"),
    ],
    good: &[
        Example::yaml(
            "hypotheses: [{ statement: Firms that quote by outcome renew earlier, status: refuted, evidence: 31 renewals in the client file }]\n",
        ),
        Example::yaml("hypotheses: [{ statement: Firms that quote by outcome renew earlier, status: abandoned }]\n"),
        Example::yaml("draft: true\nhypotheses: [{ statement: Firms that quote by outcome renew earlier, status: open }]\n"),
    ],
    mend: "Set `status` to `supported`, `refuted`, `mixed` or `abandoned`, and name what decided it under `evidence`.",
};

impl Rule for HypothesisUnresolved {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        match case.piece.state {
            State::Live | State::Scheduled => {}
            State::Draft | State::Expired => return,
        }
        for hypothesis in case.front().hypotheses.iter().flat_map(|field| &field.value) {
            let status = hypothesis.status.as_ref();
            let has_evidence = case.says_something(hypothesis.evidence.as_ref());
            let message = match status.map(|status| status.value) {
                None if case.is_reported(&hypothesis.range) => continue,
                None | Some(HypothesisStatus::Open) => "nothing is said of what came of this hypothesis",
                Some(HypothesisStatus::Abandoned) => continue,
                Some(HypothesisStatus::Supported | HypothesisStatus::Refuted | HypothesisStatus::Mixed) if has_evidence => continue,
                Some(HypothesisStatus::Supported | HypothesisStatus::Refuted | HypothesisStatus::Mixed) => {
                    "nothing is named that decided this hypothesis"
                }
            };
            let range = status.map_or_else(|| hypothesis.range.clone(), |status| status.range.clone());
            findings
                .push(DOC.warning(case.place(range), message).help("set `status` to what came of it, and `evidence` to what decided it"));
        }
    }
}
