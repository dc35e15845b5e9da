//! A piece that nobody signed.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::placeholder::Filling;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct AuthorsMissing;

const DOC: RuleDoc = RuleDoc {
    name: "authors-missing",
    family: Family::Piece,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "Every piece names its authors",
    why: "In the firms that Source Global Research rates best, subject-matter experts feel that they own the piece. CMI's Robert Rose asks \
          whether the right experts are talked with at all. A piece without a byline shows neither.",
    bad: &[Example::yaml("authors: -\n"), Example::yaml("authors: []\n")],
    good: &[Example::yaml("authors: [jane-doe]\n"), Example::yaml("authors: tom-lee\n")],
    mend: "Add `authors:` with the ids of pages in `content/people/`.",
};

impl Rule for AuthorsMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let place = match &case.front().authors {
            None => case.place_of_missing("authors"),
            Some(field) => {
                let names_nobody = field.value.iter().all(|author| case.filling(&author.value) == Filling::Blank);
                names_nobody.then(|| case.place(field.place()))
            }
        };
        let people: Vec<String> = case.register().people.iter().take(3).map(|id| format!("`{id}`")).collect();
        let known = if people.is_empty() { String::new() } else { format!(", such as {}", people.join(", ")) };
        let help = format!("add `authors:` with ids of pages in `content/people/`{known}");
        findings.extend(place.map(|place| DOC.warning(place, "this piece names no author").help(help)));
    }
}
