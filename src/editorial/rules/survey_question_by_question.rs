//! A survey told in the order of its questions.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::body::Body;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::BlockKind;

/// How many blocks in a row may begin with a figure.
const IN_A_ROW: usize = 4;
/// How far into a block a figure is its beginning, in bytes.
const BEGINNING: usize = 40;

pub struct SurveyQuestionByQuestion;

const DOC: RuleDoc = RuleDoc {
    name: "survey-question-by-question",
    family: Family::Research,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A survey is told by what it means, not in the order of its questions",
    why: "Source Global Research describes the kind: reports that take the reader through each question in turn and explain what percentage of \
          respondents said what. The order of a questionnaire is that of the one who asks; a reader wants that of the decision.",
    bad: &[
        Example::markdown(
            "73% of buyers read essays every week.[^a]\n\n58% prefer them short.[^a]\n\nOnly 15% call them good.[^a]\n\nAbout 40% pay for \
             some.[^a]\n\n[^a]: Acme, 2026.\n",
        ),
        Example::markdown(
            "## How often do you read?\n\nMost, 73% of buyers, read weekly.[^a]\n\n## What do you read?\n\nEssays, say 58% of buyers.[^a]\n\n\
             ## What do you pay?\n\nNothing, say 40% of buyers.[^a]\n\n[^a]: Acme, 2026.\n",
        ),
    ],
    good: &[Example::markdown(
        "Buyers read what they can repeat.[^a] Of those asked, 73% read weekly, and 58% prefer it short.\n\nSo write the sentence first.\n\nThen \
         cut what led up to it.\n\nThen ask a buyer to say it back.\n\n[^a]: Acme, 2026.\n",
    )],
    mend: "Begin each section with what the reader should conclude, and give the figures that bear it out after it, whatever question they came from.",
};

impl Rule for SurveyQuestionByQuestion {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(body) = case.body() else { return };
        let found = figures_in_a_row(body).map(|idx| (idx, "block after block begins with a figure"));
        let found = found.or_else(|| questions_in_order(body).map(|idx| (idx, "heading after heading asks, and a figure answers")));
        if let Some((idx, message)) = found {
            let place = case.place_in(body, &body.sentences[idx].range);
            findings
                .push(DOC.warning(place, message).label("from here on").help("begin with the conclusion, and let the figures bear it out"));
        }
    }
}

/// Whether a figure stands in the first bytes of a sentence.
fn begins_with_figure(body: &Body, idx: usize) -> bool {
    let start = body.sentences[idx].range.start;
    body.figures.iter().any(|figure| (start..start + BEGINNING).contains(&figure.range.start))
}

/// The first sentences of blocks, each by its index.
fn first_sentences(body: &Body) -> impl Iterator<Item = usize> {
    (0..body.sentences.len()).filter(|idx| *idx == 0 || body.sentences[idx - 1].block != body.sentences[*idx].block)
}

fn figures_in_a_row(body: &Body) -> Option<usize> {
    let mut first = None;
    let mut n_in_a_row = 0;
    for idx in first_sentences(body).filter(|idx| body.sentences[*idx].is_running()) {
        if !begins_with_figure(body, idx) {
            n_in_a_row = 0;
            continue;
        }
        if n_in_a_row == 0 {
            first = Some(idx);
        }
        n_in_a_row += 1;
        if n_in_a_row == IN_A_ROW {
            return first;
        }
    }
    None
}

fn questions_in_order(body: &Body) -> Option<usize> {
    let firsts: Vec<usize> = first_sentences(body).collect();
    let asks = |idx: usize| body.sentences[idx].kind == BlockKind::Heading && body.slice(&body.sentences[idx].range).ends_with('?');
    let has_figure = |idx: usize| body.figures.iter().any(|figure| body.sentences[idx].range.contains(&figure.range.start));
    let asked: Vec<usize> = firsts.windows(2).filter(|pair| asks(pair[0]) && has_figure(pair[1])).map(|pair| pair[0]).collect();
    (asked.len() >= 3).then(|| asked[0])
}
