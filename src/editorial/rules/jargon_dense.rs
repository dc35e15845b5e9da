//! A crowd of words that sound like a claim and make none.

use super::cliches::counts;
use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::body::{Group, Hit};
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};
use std::collections::BTreeSet;

const PER_THOUSAND: RuleOption = RuleOption::count("per_thousand", 12, "How many a thousand words of the text may hold.");

/// Fewer different words than this are a subject, not a habit.
const DIFFERENT: usize = 4;

pub struct JargonDense;

const DOC: RuleDoc = RuleDoc {
    name: "jargon-dense",
    family: Family::Language,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "Fewer than twelve words of business jargon in a thousand",
    why: "Content that is built to feel familiar says nothing that a reader could do differently. Any of these words may be the right one once; \
          four different ones in a page stand where the nouns and numbers should be. Such lists are kept by Vale's and Proselint's users too.",
    bad: &[Example::markdown(
        "Leverage a holistic, data-driven ecosystem to unlock synergies. Seamless, scalable and customer-centric solutions empower teams to \
         reimagine the value chain.\n",
    )],
    good: &[
        Example::markdown(
            "Innovation budgets fell. The innovation team of a dairy in Cork kept one innovation: the counter on the door.\n",
        ),
        Example::markdown("The valve must be robust enough for sea water, and the crew must be able to change it in the dark.\n"),
    ],
    mend: "Put the thing in place of the word: what is connected to what, who can do what now, at what cost. `[lexicon.en] jargon` extends the list.",
};

impl Rule for JargonDense {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[PER_THOUSAND]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(body) = case.body() else { return };
        let hits: Vec<&Hit> = body.hits_of(Group::Jargon).filter(|hit| counts(body, hit)).collect();
        let stem = |hit: &&Hit| body.slice(&hit.range).to_ascii_lowercase().chars().take(6).collect::<String>();
        let different: BTreeSet<String> = hits.iter().map(stem).collect();
        let n_words = body.n_words();
        if different.len() < DIFFERENT || hits.len() * 1000 <= case.count(&DOC, &PER_THOUSAND) * n_words {
            return;
        }
        let message = format!("{} words of jargon in {n_words} words", hits.len());
        let finding = DOC.warning(case.place_in(body, &hits[0].range), message).label("the first of them");
        let others = hits[1..].iter().map(|hit| case.place_in(body, &hit.range));
        let finding = others.take(8).fold(finding, |finding, place| finding.note_at(place, "and this one"));
        findings.push(finding.help("put the thing in place of the word"));
    }
}
