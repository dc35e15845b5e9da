//! A look at competitors that names a note which is not kept.

use crate::base::diagnostic::Diagnostic;
use crate::base::suggest::did_you_mean;
use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, SiteCase, SiteRule, Standing};

pub struct CompetitorNoteUnknown;

const DOC: RuleDoc = RuleDoc {
    name: "competitor-note-unknown",
    family: Family::MeToo,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "Every note that a look at competitors names is in `data/competitors`",
    why: "A look that nobody can look up is an assertion. The notes are what a piece is compared with, so one that is missing is not compared.",
    bad: &[Example::site("==> content/insights/ours.md\ncompetitors: { looked_on: 2026-10-01, notes: [northgate-on-claims] }\n")],
    good: &[Example::site(
        "==> content/insights/ours.md\ncompetitors: { looked_on: 2026-10-01, notes: [northgate-on-claims] }\n\
         ==> data/competitors/northgate-on-claims.md\ntitle: What Northgate says on claims\n---\nThey say: count them.\n",
    )],
    mend: "Save the note as `data/competitors/NAME.md`: where it stands, when it came out, and what it says, or its text. It is published nowhere.",
};

impl SiteRule for CompetitorNoteUnknown {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &SiteCase<'_>, findings: &mut Vec<Diagnostic>) {
        let names: Vec<&str> = case.notes.iter().map(|note| note.path.stem()).collect();
        for entry in &case.pieces {
            for name in entry.digest.competitor_notes.iter().filter(|name| !names.contains(&name.value.as_str())) {
                let message = format!("there is no note `data/competitors/{}.md`", name.value);
                let help = did_you_mean(&name.value, names.iter().copied())
                    .unwrap_or_else(|| "save the note there, or take its name out".to_owned());
                findings.push(DOC.warning(entry.place(name.range.clone()), message).help(help));
            }
        }
    }
}
