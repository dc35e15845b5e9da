//! An author whom the site does not know.

use crate::base::diagnostic::Diagnostic;
use crate::base::suggest::nearest;
use crate::config::Level;
use crate::editorial::placeholder::Filling;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::model::Kind;
use crate::parse::lists::meant_list;

pub struct AuthorUndeclared;

const DOC: RuleDoc = RuleDoc {
    name: "author-undeclared",
    family: Family::People,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "An author or signatory named by id has a page in the site",
    why: "Expertise is part of the evidence: a byline leads to a page that says who somebody is and what they know. A name without a page is an assertion.",
    bad: &[
        Example::yaml("authors: [jane-do]\n"),
        Example::yaml("authors: [jane-doe, Somebody Else]\n"),
        Example::yaml("signoff: [{ as: editor, by: nobody-known, on: 2026-11-01 }]\n"),
    ],
    good: &[Example::yaml("authors: [jane-doe, tom-lee]\n")],
    mend: "Correct the id, or write `content/people/ID.md` with `kind: person`.",
};

impl Rule for AuthorUndeclared {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn applies_to(&self, kind: Kind) -> bool {
        match kind {
            Kind::Piece | Kind::Page | Kind::Section => true,
            Kind::Person => false,
        }
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let people = &case.register().people;
        let authors = case.front().authors.iter().flat_map(|field| &field.value);
        let signatories = case.front().signoff.iter().flat_map(|field| &field.value).filter_map(|sign| sign.by.as_ref());
        for id in authors.chain(signatories) {
            if people.contains(&id.value) || case.filling(&id.value) == Filling::Blank {
                continue;
            }
            let shown = id.value.trim();
            let near: Vec<String> = nearest(shown, people.iter().map(String::as_str)).iter().map(|id| format!("`{id}`")).collect();
            let help = if let Some(list) = meant_list(shown) {
                format!("write a list: `authors: {list}`")
            } else if near.is_empty() {
                "write a page for them in `content/people/` with `kind: person` and their name as `title`; the file's name is the id"
                    .to_owned()
            } else {
                format!("did you mean {}?", near.join(" or "))
            };
            findings.push(DOC.error(case.place(id.range.clone()), format!("no person `{shown}` is in this site")).help(help));
        }
    }
}
