//! A piece that listings cannot describe.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct DescriptionMissing;

const DOC: RuleDoc = RuleDoc {
    name: "description-missing",
    family: Family::Piece,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "Every piece has a description for listings, feeds and search results",
    why: "Most readers meet a piece as a line in a list. Without a description of yours, search engines and feed readers cut one out of the text.",
    bad: &[Example::yaml("description: -\n"), Example::yaml("description: TBD\n")],
    good: &[Example::yaml("description: What to change before the next renewal round.\n")],
    mend: "Add `description:` with one sentence.",
};

impl Rule for DescriptionMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let place = case.place_of_unnamed("description", case.front().description.as_ref());
        let help = "add `description:` with one sentence for listings, feeds and search results";
        findings.extend(place.map(|place| {
            let (message, help) = case.why_blank(case.front().description.as_ref(), "this piece has no description", help);
            DOC.warning(place, message).help(help)
        }));
    }
}
