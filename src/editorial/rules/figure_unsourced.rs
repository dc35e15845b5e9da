//! A share of people, firms or a market that is told without saying who counted it.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::body::{Body, Figure, Group};
use crate::editorial::sourcing::{is_attributed, is_first_person, lead_in};
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct FigureUnsourced;

const DOC: RuleDoc = RuleDoc {
    name: "figure-unsourced",
    family: Family::Research,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A share of people, firms or a market says where it is from",
    why: "In the Edelman–LinkedIn survey of 3,500 managers strong research and data is the first of three things that make thought leadership \
          work. A recap by Michael Brenner says that budgets are spent 80 to 20 the wrong way round, and names nobody who counted; the reader \
          who repeats it in a board room has nothing to answer with.",
    bad: &[
        Example::markdown("Today 73% of executives trust an essay more than a product sheet.\n"),
        Example::markdown("Three-quarters of marketers struggle to say what they are measured by.\n"),
    ],
    good: &[
        Example::markdown(
            "---\nsources: { tl-2024: { title: Reaching Beyond the Ready, publisher: Edelman } }\n---\n\
             Today 73% of executives trust an essay more than a product sheet.[^tl-2024]\n",
        ),
        Example::markdown("Edelman and LinkedIn asked 3,500 managers: 73% of executives trust an essay more than a product sheet.\n"),
        Example::markdown("Of the forty ledgers that we read, 27% of firms had no owner for any line.\n"),
        Example::markdown("If 20% of your suppliers fail the test, stop the round.\n"),
    ],
    mend: "Cite the source with `[^id]`, link to it, or say in the sentence who counted whom. A figure that nobody can name the source of goes.",
};

impl Rule for FigureUnsourced {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(body) = case.body() else { return };
        let tells_of_own_survey = body.hits_of(Group::OwnSurvey).next().is_some();
        let mut told = None;
        for figure in &body.figures {
            let Some(idx) = body.sentence_at(figure.range.start) else { continue };
            // One finding a sentence.
            if told == Some(idx) || !is_reported(body, figure, idx) || is_sourced(case, body, idx) {
                continue;
            }
            if tells_of_own_survey && is_of_people(body, figure, idx) {
                continue;
            }
            told = Some(idx);
            let figure_text = body.slice(&figure.range);
            let message = format!("nothing says where `{figure_text}` is from");
            findings.push(
                DOC.warning(case.place_in(body, &figure.range), message).help("cite its source with `[^id]`, or say who counted whom"),
            );
        }
    }
}

/// Whether a figure is told as a fact about people, firms or a market.
pub fn is_reported(body: &Body, figure: &Figure, idx: usize) -> bool {
    let sentence = &body.sentences[idx];
    let is_idiom = figure.percent.is_some_and(|percent| percent == 0.0 || percent >= 100.0);
    let is_supposed = body.hits_in(Group::Supposition, &sentence.range).next().is_some();
    let is_question = body.slice(&sentence.range).ends_with('?');
    if !sentence.is_running() || is_idiom || is_supposed || is_question || body.is_quoted(&figure.range) {
        return false;
    }
    is_of_people(body, figure, idx) || is_of_market(body, figure, idx)
}

/// `73% of executives`, `58% say`, `15 % of those surveyed`.
fn is_of_people(body: &Body, figure: &Figure, idx: usize) -> bool {
    let end = body.sentences[idx].range.end;
    let after = figure.range.end..(figure.range.end + 48).min(end);
    let next = figure.range.end..(figure.range.end + 3).min(end);
    body.hits_in(Group::Population, &after).next().is_some() || body.hits_in(Group::Answer, &next).next().is_some()
}

/// `the market grew by 12%`.
fn is_of_market(body: &Body, figure: &Figure, idx: usize) -> bool {
    let sentence = &body.sentences[idx].range;
    figure.percent.is_some()
        && body.hits_in(Group::Market, sentence).next().is_some()
        && body.hits_in(Group::Movement, sentence).any(|hit| hit.range.start.abs_diff(figure.range.start) < 48)
}

/// Whether the sentence or its neighbours, or the paragraph that leads into its list, say who counted.
fn is_sourced(case: &Case<'_>, body: &Body, idx: usize) -> bool {
    let around = body.neighbours(idx);
    let lead_in = lead_in(body, idx);
    is_first_person(body, around.start..idx + 1)
        || is_attributed(case, body, &around)
        || (!lead_in.is_empty() && (is_attributed(case, body, &lead_in) || is_first_person(body, lead_in)))
}
