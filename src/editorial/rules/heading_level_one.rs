//! A heading of the first level beside the title.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::model::Kind;

pub struct HeadingLevelOne;

const DOC: RuleDoc = RuleDoc {
    name: "heading-level-one",
    family: Family::Structure,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "A page has one heading of the first level, its title",
    why: "The page prints `title` as its `<h1>`. A second one below it tells search engines and those who listen to the page that another page \
          begins there; texts that come from other programs often repeat their title so.",
    bad: &[Example::markdown("# Price the outcome, not the hour\n\nA day costs the client a day.\n")],
    good: &[Example::markdown("A day costs the client a day.\n\n## What it costs\n\nA day.\n")],
    mend: "Take the heading out if it repeats the title; else begin the sections of the text with `##`.",
};

impl Rule for HeadingLevelOne {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn applies_to(&self, _: Kind) -> bool {
        true
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let title = case.document().front.title.as_ref().map(|title| title.value.trim().to_lowercase());
        for heading in case.document().headings.iter().filter(|heading| heading.level == 1) {
            let place = case.place(heading.range.clone());
            let finding = DOC.warning(place, "the title is this page's heading of the first level, and this is another");
            let repeats = title.as_ref().is_some_and(|title| heading.text.trim().to_lowercase() == *title);
            findings.push(finding.help(if repeats {
                "take it out: the page prints the title above the text"
            } else {
                "write it with `##`"
            }));
        }
    }
}
