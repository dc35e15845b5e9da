//! A piece or a person without a name.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::model::Kind;

pub struct TitleMissing;

const DOC: RuleDoc = RuleDoc {
    name: "title-missing",
    family: Family::Piece,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Every piece has a title, and every person a name",
    why: "Listings, feeds, search results and bylines show nothing else of it.",
    bad: &[Example::yaml("title: -\n"), Example::yaml("title: \"\"\n"), Example::yaml("title: TBD\n")],
    good: &[Example::yaml("title: Price the outcome, not the hour\n"), Example::yaml("title: 2026\n")],
    mend: "Add `title:`. A person's name is their page's title.",
};

impl Rule for TitleMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn applies_to(&self, kind: Kind) -> bool {
        match kind {
            Kind::Piece | Kind::Person => true,
            Kind::Page | Kind::Section => false,
        }
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let place = case.place_of_unnamed("title", case.front().title.as_ref());
        let (message, help) = match case.piece.kind {
            Kind::Person => ("this person has no name", "add `title:` with their name"),
            Kind::Piece | Kind::Page | Kind::Section => ("this piece has no title", "add `title:` in the front matter"),
        };
        findings.extend(place.map(|place| {
            let (message, help) = case.why_blank(case.front().title.as_ref(), message, help);
            DOC.error(place, message).help(help)
        }));
    }
}
