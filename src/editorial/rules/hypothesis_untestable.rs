//! A hypothesis that cannot turn out wrong.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::lexicon::Lexicon;
use crate::editorial::placeholder::Filling;
use crate::editorial::reading::Reading;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

/// A statement of fewer words that compares nothing is a heading.
const SHORT: usize = 6;

pub struct HypothesisUntestable;

const DOC: RuleDoc = RuleDoc {
    name: "hypothesis-untestable",
    family: Family::Hypotheses,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A hypothesis could turn out wrong",
    why: "A hypothesis is worth an expert's name because it could have been wrong; Source Global Research wants an editor to consider how best to explore it. \"There may be an effect\" holds whatever the data say, and a topic with a question mark is a brief, not a claim.",
    bad: &[
        Example::yaml("hypotheses: [{ statement: AI in procurement, status: supported, evidence: the interviews }]\n"),
        Example::yaml("hypotheses: [{ statement: \"Is hybrid work good for audit quality?\", status: mixed, evidence: the interviews }]\n"),
        Example::yaml(
            "hypotheses: [{ statement: Outcome pricing might have an effect on trust, status: supported, evidence: the interviews }]\n",
        ),
    ],
    good: &[
        Example::yaml(
            "hypotheses: [{ statement: Firms that quote by outcome renew earlier than those that quote hours, status: refuted, evidence: the interviews }]\n",
        ),
        Example::yaml(
            "hypotheses: [{ statement: Half of the tenders that we lose are lost before the price is read, status: supported, evidence: the interviews }]\n",
        ),
        Example::yaml("hypotheses: [{ statement: Boards do not read the annex, status: supported, evidence: the interviews }]\n"),
    ],
    mend: "Say what you expected more of, less of, or where, so that the data could have said no.",
};

impl Rule for HypothesisUntestable {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(lexicon) = case.lexicon else { return };
        for hypothesis in case.front().hypotheses.iter().flat_map(|field| &field.value) {
            let Some(statement) = &hypothesis.statement else {
                if !case.is_reported(&hypothesis.range) {
                    findings.push(DOC.warning(case.place(hypothesis.range.clone()), "this hypothesis has no `statement`"));
                }
                continue;
            };
            if let Some(message) = fault(&case.read(&statement.value), lexicon) {
                let finding = DOC.warning(case.place(statement.range.clone()), message);
                findings.push(finding.help("say what you expected more or less of, than what, and where"));
            }
        }
    }
}

fn fault(reading: &Reading, lexicon: &Lexicon) -> Option<&'static str> {
    let statement = &reading.prose;
    let is_number = |folded: &str| folded.starts_with(|c: char| c.is_ascii_digit()) || lexicon.number_words.has(folded);
    let compares = statement.words.iter().any(|word| is_number(&word.folded)) || lexicon.comparisons.occurs_in(&statement.words);
    if reading.filling(Some(lexicon)) != Filling::Text {
        Some("this hypothesis says nothing")
    } else if statement.text.ends_with('?') {
        Some("this is a question: what did you expect the answer to be?")
    } else if !compares && lexicon.hedges.occurs_in(&statement.words) {
        Some("this holds whatever is found")
    } else if !compares && statement.words.len() < SHORT {
        Some("this names a subject, not an expectation that could turn out wrong")
    } else {
        None
    }
}
