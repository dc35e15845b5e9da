//! A heading that skips a level.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct HeadingLevelSkipped;

const DOC: RuleDoc = RuleDoc {
    name: "heading-level-skipped",
    family: Family::Structure,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "Headings go down one level at a time, from the title on",
    why: "Those who listen to a page go through it by its headings, and a level that is left out sounds like a section that is missing. The Web \
          Content Accessibility Guidelines ask for it in technique G141, and checkers of pages report it as a fault.",
    bad: &[
        Example::markdown("## What it costs\n\nA day.\n\n#### In money\n\nTwo hundred pounds.\n"),
        Example::markdown("#### What it costs\n\nA day.\n"),
    ],
    good: &[Example::markdown("## What it costs\n\nA day.\n\n### In money\n\nTwo hundred pounds.\n\n## What to do\n\nMeasure it.\n")],
    mend: "Use the next level down. A piece's title is the first level, so its sections begin with `##`.",
};

impl Rule for HeadingLevelSkipped {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        // The title of the page is the first level.
        let mut above = 1;
        for heading in &case.document().headings {
            if heading.level > above + 1 {
                let message = format!("this heading is on level {}, and the one above it on level {above}", heading.level);
                let help = format!("write it with {} `#`", above + 1);
                findings.push(DOC.warning(case.place(heading.range.clone()), message).help(help));
            }
            above = heading.level;
        }
    }
}
