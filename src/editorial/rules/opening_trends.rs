//! An opening on the times we live in.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::body::{Body, Group, Sentence};
use crate::editorial::sourcing::{cites, is_first_person};
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};

const WORDS: RuleOption = RuleOption::count("words", 200, "How many words are the opening.");

/// So many sentences on trends are an introduction.
const MANY: usize = 3;
/// So large a share of the opening is one too, from two sentences on.
const SHARE: f64 = 0.4;

pub struct OpeningTrends;

const DOC: RuleDoc = RuleDoc {
    name: "opening-trends",
    family: Family::Structure,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A piece opens with its point, not with the trends of its industry",
    why: "Source Global Research's second sign of a report made without those who know the field: long introductory sections about current trends \
          in the industry, trends that any insider is already very aware of. Those readers are whom the piece is for, and they leave there.",
    bad: &[Example::markdown(
        "In today's fast-paced world, businesses face unprecedented change. Customer expectations are rising, and the pace of change is \
         accelerating. Digital transformation is reshaping every sector. Leaders must adapt.\n\nThe reserve is the problem.\n",
    )],
    good: &[
        Example::markdown(
            "The reserve is the problem. A fund that held six months of costs in 2019 holds four today, and its trustees have not noticed. We went \
             through the accounts of eleven of them. Reserves are under pressure, but that is not why they shrank.\n",
        ),
        Example::markdown(
            "Increasingly, planners sign the queue themselves. They should not.\n\nThe clerk keeps the date, and the date is all there is.\n",
        ),
    ],
    mend: "Cut to the first sentence that an insider could dispute, and begin there. What the reader has to know of the times fits in half a sentence.",
};

impl Rule for OpeningTrends {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[WORDS]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(body) = case.body() else { return };
        let opening: Vec<&Sentence> = body.opening(case.count(&DOC, &WORDS)).collect();
        let trendy: Vec<&&Sentence> = opening.iter().filter(|sentence| tells_trend(case, body, sentence)).collect();
        let share = trendy.len() as f64 / opening.len().max(1) as f64;
        let Some(first) = trendy.first().filter(|_| trendy.len() >= MANY || (trendy.len() == 2 && share >= SHARE)) else { return };
        let message = format!("{} of the first {} sentences are about the times we live in", trendy.len(), opening.len());
        let finding = DOC.warning(case.place_in(body, &first.range), message).label("the first of them");
        findings.push(finding.help("begin with the first sentence that an insider could dispute"));
    }
}

/// A trend told as such: no case of one's own, no figure that somebody counted.
fn tells_trend(case: &Case<'_>, body: &Body, sentence: &Sentence) -> bool {
    let has_hit = body.hits_in(Group::Trend, &sentence.range).any(|hit| !body.is_quoted(&hit.range));
    let Some(idx) = body.sentence_at(sentence.range.start).filter(|_| has_hit) else { return false };
    let has_case = body.hits_in(Group::FirstHand, &sentence.range).next().is_some();
    !has_case && !is_first_person(body, idx..idx + 1) && !cites(case, body, &(idx..idx + 1))
}
