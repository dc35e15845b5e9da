//! A piece that mostly retells a survey.

use super::figure_unsourced::is_reported;
use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::body::{Body, Group};
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};
use std::collections::BTreeSet;

const ALLOWED: RuleOption = RuleOption::share("allowed", 0.3, "The share of sentences that may tell what a survey found.");

/// Fewer sentences than this are too few to tell a share of.
const LEAST: usize = 6;
/// Fewer retelling sentences than this weary nobody.
const FEW: usize = 4;

pub struct SurveyRetold;

const DOC: RuleDoc = RuleDoc {
    name: "survey-retold",
    family: Family::Research,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "Less than a third of the sentences retell what a survey found",
    why: "Source Global Research's first sign of a report that marketing made alone is a heavy reliance on survey results, with little insight \
          added. Of five articles measured for this rule the write-up of a survey spends 33% of its sentences on figures, the others 4 to 9%.",
    bad: &[Example::markdown(
        "Acme surveyed 400 buyers in March 2026. The survey found that 73% of buyers read essays. Some 58% of respondents said they prefer short \
         ones. Only 15% of respondents called them good. Almost 40% of buyers said they pay for some. The study says budgets will grow. \
         It is a busy field. More will follow.\n",
    )],
    good: &[Example::markdown(
        "Acme surveyed 400 buyers in March 2026, and 73% of buyers read essays. That is no reason to write more of them. A buyer who reads an \
         essay on the train wants one thing from it: a sentence to say in the meeting. We asked four of them which sentence they had used. \
         Three named the same one. It stood in the last paragraph. Move yours to the first. Then cut what led up to it.\n",
    )],
    mend: "For each figure say what it changes for the reader, and leave out those that change nothing; the rest belong in a table.",
};

impl Rule for SurveyRetold {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[ALLOWED]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(body) = case.body() else { return };
        let n_sentences = body.sentences.iter().filter(|sentence| sentence.is_running() && sentence.n_words > 2).count();
        let retelling = retelling(body);
        let share = retelling.len() as f64 / n_sentences.max(1) as f64;
        let (Some(first), true) = (retelling.first(), n_sentences >= LEAST && retelling.len() >= FEW) else { return };
        if share < case.share(&DOC, &ALLOWED) {
            return;
        }
        let message = format!("{} of {n_sentences} sentences retell what a survey found", retelling.len());
        let place = case.place_in(body, &body.sentences[*first].range);
        findings.push(
            DOC.warning(place, message).label("the first").help("say of each figure what it changes for the reader, and cut the rest"),
        );
    }
}

/// The sentences that tell a figure of people or a market, or what those asked said.
fn retelling(body: &Body) -> Vec<usize> {
    let figures = body.figures.iter().filter_map(|figure| {
        let idx = body.sentence_at(figure.range.start)?;
        is_reported(body, figure, idx).then_some(idx)
    });
    let survey_words = body.hits_of(Group::SurveyWord).filter_map(|hit| body.sentence_at(hit.range.start));
    let sentences: BTreeSet<usize> = figures.chain(survey_words).filter(|idx| body.sentences[*idx].is_running()).collect();
    sentences.into_iter().collect()
}
