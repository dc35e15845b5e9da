//! An audience in a language that has no word lists.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::config::sign_off::Capacity;
use crate::editorial::audience::Definition;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::AudienceEntry;

pub struct AudienceUnassessed;

const DOC: RuleDoc = RuleDoc {
    name: "audience-unassessed",
    family: Family::Audience,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "In a language without word lists an editor signs for the audience",
    why: "Whether words define somebody can be judged by a list only in a language that has one; in others a person's recorded judgement stands in, \
          as it does for everything that only a person can decide.",
    bad: &[Example::yaml("lang: de\naudience: { role: Leiter Einkauf, at: Maschinenbauer }\n")],
    good: &[
        Example::yaml(
            "lang: de\naudience: { role: Leiter Einkauf, at: Maschinenbauer }\nsignoff: [{ as: editor, by: tom-lee, on: 2026-11-01 }]\n",
        ),
        Example::yaml("lang: de\naudience: services-cfo\n"),
    ],
    mend: "Have an editor read the audience and record it: `sowhat sign PIECE --as editor --by ID`, or `signoff: [{ as: editor, by: ID, on: DATE }]` in the \
           piece. Their word counts while it is fresh.",
};

impl Rule for AudienceUnassessed {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        if case.signed_by(Capacity::Editor).is_some() {
            return;
        }
        let declared_is_judged = case.register().lexicons.of_language(&case.register().lang).is_some();
        let unjudged = |entry: &AudienceEntry, definition: Option<&Definition>| match entry {
            AudienceEntry::Inline(_) => case.lexicon.is_none() && definition == Some(&Definition::Defined),
            AudienceEntry::Id(id) => !declared_is_judged && case.register().audiences.contains_key(&id.value),
            AudienceEntry::Other(_) => false,
        };
        if case.definitions().any(|(entry, definition)| unjudged(entry, definition)) {
            let place = case.front().audience.as_ref().map(|field| field.place()).unwrap_or_default();
            let message = format!("this audience cannot be judged: there are no word lists for `{}`", case.piece.lang);
            findings.push(
                DOC.warning(case.place(place), message)
                    .help("let an editor read it and record it: `sowhat sign PIECE --as editor --by ID`"),
            );
        }
    }
}
