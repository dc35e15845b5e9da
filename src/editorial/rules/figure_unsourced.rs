//! A share of people, firms or a market that is told without saying who counted it.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::body::{Body, Figure, Group, Hit, place};
use crate::editorial::sourcing::{begins_with_name, is_attributed, is_first_person, lead_in, names_somebody};
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
        let tells_of_survey = body.hits_of(Group::OwnSurvey).next().is_some() || introduces_survey(case, body);
        let mut told = None;
        for figure in &body.figures {
            let Some(idx) = body.sentence_at(figure.range.start) else { continue };
            // One finding a sentence.
            if told == Some(idx) || !is_reported(body, figure, idx) || is_sourced(case, body, idx) {
                continue;
            }
            if tells_of_survey && is_of_people(body, figure, idx) {
                continue;
            }
            let place = case.place_in(body, &figure.range);
            if place::is_code(case.document(), &(place.start..place.end)) {
                continue;
            }
            told = Some(idx);
            let figure_text = body.slice(&figure.range);
            let message = format!("nothing says where `{figure_text}` is from");
            findings.push(DOC.warning(place, message).help("cite its source with `[^id]`, or say who counted whom"));
        }
    }
}

/// Whether some sentence says who asked how many: what people answered is then theirs, wherever it is told.
fn introduces_survey(case: &Case<'_>, body: &Body) -> bool {
    const ASKING: [&str; 6] = ["asked", "surveyed", "interviewed", "survey of", "survey by", "poll of"];
    let asks = |hit: &&Hit| ASKING.iter().any(|asking| body.slice(&hit.range).eq_ignore_ascii_case(asking));
    let sentences = body.hits_of(Group::Attribution).filter(asks).filter_map(|hit| body.sentence_at(hit.range.start));
    sentences.filter(|idx| body.sentences[*idx].is_running()).any(|idx| {
        let counts = |word: &str| word.replace(',', "").trim_matches(|c: char| !c.is_ascii_digit()).parse::<u32>().is_ok_and(|n| n >= 20);
        let text = body.slice(&body.sentences[idx].range);
        let is_counted = text.split(' ').any(|word| !word.contains('%') && counts(word));
        is_counted && (names_somebody(case, body, idx..idx + 1) || text.starts_with(char::is_uppercase) && begins_with_name(body, idx))
    })
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
    let of_whom = body.slice(&after).strip_prefix(" of ").unwrap_or_default();
    body.hits_in(Group::Population, &after).next().is_some()
        || of_whom.split(' ').take(3).any(is_people)
        || body.hits_in(Group::Answer, &next).next().is_some()
}

/// A plural that, by its ending, is of people: `planners`, `auditors`, `analysts`.
fn is_people(word: &str) -> bool {
    const THINGS: [&str; 34] = [
        "orders",
        "numbers",
        "papers",
        "letters",
        "offers",
        "errors",
        "factors",
        "sectors",
        "quarters",
        "computers",
        "servers",
        "containers",
        "transfers",
        "matters",
        "powers",
        "layers",
        "routers",
        "sensors",
        "motors",
        "doors",
        "floors",
        "colors",
        "lists",
        "fees",
        "trees",
        "degrees",
        "committees",
        "papers",
        "registers",
        "tenders",
        "boilers",
        "meters",
        "headers",
        "trailers",
    ];
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_ascii_lowercase();
    let is_of_people = ["ers", "ors", "ists", "ians", "ees"].iter().any(|ending| word.len() > ending.len() + 2 && word.ends_with(ending));
    is_of_people && !THINGS.contains(&word.as_str()) && !word.ends_with("ours")
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
