//! Guidance in a language that has no word lists.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::config::sign_off::Capacity;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct GuidanceUnassessed;

const DOC: RuleDoc = RuleDoc {
    name: "guidance-unassessed",
    family: Family::Guidance,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "In a language without word lists an editor signs for the guidance",
    why: "Whether a sentence is an instruction can be judged by a list only in a language that has one; in others a person's recorded judgement stands in.",
    bad: &[Example::yaml("lang: fr\nguidance:\n  - do: Relisez les trois plus gros contrats\n    by: la fin du trimestre\n")],
    good: &[Example::yaml(
        "lang: fr\nguidance:\n  - do: Relisez les trois plus gros contrats\n    by: la fin du trimestre\nsignoff: [{ as: editor, by: tom-lee, on: 2026-11-01 }]\n",
    )],
    mend: "Have an editor read the guidance and record it: `sowhat sign PIECE --as editor --by ID`, or `signoff: [{ as: editor, by: ID, on: DATE }]` in the \
           piece. Their word counts while it is fresh.",
};

impl Rule for GuidanceUnassessed {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        if case.lexicon.is_some() || case.signed_by(Capacity::Editor).is_some() || !case.guides() {
            return;
        }
        let place = case.front().guidance.as_ref().map(|field| field.place()).unwrap_or_default();
        let message = format!("this guidance cannot be judged: there are no word lists for `{}`", case.piece.lang);
        findings.push(
            DOC.warning(case.place(place), message).help("let an editor read it and record it: `sowhat sign PIECE --as editor --by ID`"),
        );
    }
}
