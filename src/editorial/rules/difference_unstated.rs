//! A piece that does not say what it says that others do not.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

/// A difference in fewer words is a slogan.
const WORDS: usize = 6;

pub struct DifferenceUnstated;

const DOC: RuleDoc = RuleDoc {
    name: "difference-unstated",
    family: Family::MeToo,
    level: Level::Off,
    standing: Standing::Editorial,
    summary: "The brief says what this piece says that others do not",
    why: "Robert Rose's “mutually assured irrelevance”: everyone in the industry says the correct thing, but no one helps the customer do a \
          different thing. Differentiation is the first of the four things that Source Global Research rates; it averaged 2.68 of 5 in 2018.",
    bad: &[Example::yaml("difference: -\n"), Example::yaml("difference: A fresh perspective\n")],
    good: &[Example::yaml("difference: Others count leads; this counts the contracts that were kept, and names the ones that were not\n")],
    mend: "Write, under `difference`, what everybody says and what this piece says instead. If there is nothing, there is nothing to publish.",
};

impl Rule for DifferenceUnstated {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let difference = case.front().difference.as_deref();
        let help = "say what everybody says, and what this says instead";
        if let Some(place) = case.place_of_blank("difference", difference) {
            findings.push(DOC.warning(place, "nothing says what this piece says that others do not").help(help));
            return;
        }
        let Some(field) = difference else { return };
        if case.read(&field.value).prose.words.len() < WORDS {
            let message = format!("`{}` could be said of any piece", field.value.trim());
            findings.push(DOC.warning(case.place(field.place()), message).help(help));
        }
    }
}
