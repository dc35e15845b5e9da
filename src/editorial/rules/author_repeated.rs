//! An author who is named twice.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::model::Kind;
use std::collections::BTreeMap;

pub struct AuthorRepeated;

const DOC: RuleDoc = RuleDoc {
    name: "author-repeated",
    family: Family::People,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "No author is named twice",
    why: "A byline says who stands behind a piece. A name that stands in it twice was most likely meant to be another one.",
    bad: &[Example::yaml("authors: [jane-doe, tom-lee, jane-doe]\n")],
    good: &[Example::yaml("authors: [jane-doe, tom-lee]\n")],
    mend: "Take the second out, or name the author who was meant.",
};

impl Rule for AuthorRepeated {
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
        let mut named = BTreeMap::new();
        for author in case.front().authors.iter().flat_map(|field| &field.value) {
            let Some(first) = named.insert(author.value.trim(), author) else { continue };
            let finding = DOC.warning(case.place(author.range.clone()), format!("`{}` is named twice", author.value.trim()));
            findings.push(finding.note_at(case.place(first.range.clone()), "here already; readers see the name once"));
        }
    }
}
