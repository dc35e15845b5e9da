//! A piece without a "so what?".

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct SoWhatMissing;

const DOC: RuleDoc = RuleDoc {
    name: "so-what-missing",
    family: Family::SoWhat,
    level: Level::Error,
    standing: Standing::Editorial,
    summary: "Every piece answers \"so what?\" in one sentence",
    why: "Source Global Research counts it among the signs of weak thought leadership when there is no real insight, no \"so what\", for the reader; a long introduction on trends that insiders know already is another.",
    bad: &[Example::yaml("so_what: -\n"), Example::yaml("so_what: TBD\n"), Example::yaml("so_what: \"\"\n")],
    good: &[Example::yaml("so_what: Firms that still sell hours will fund their clients' automation out of their own margin.\n")],
    mend: "Write in one sentence what the piece means for its reader, and what it costs them not to know it.",
};

impl Rule for SoWhatMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let written = case.front().so_what.as_ref();
        let place = case
            .place_of_blank("so_what", written)
            .or_else(|| written.filter(|written| case.is_note_among_colleagues(&written.value)).map(|written| case.place(written.place())));
        let help = "add `so_what:` with one sentence: what does this mean for the reader, and what does it cost them not to know it?";
        findings.extend(place.map(|place| {
            let (message, help) = case.why_blank(written, "this piece does not answer \"so what?\"", help);
            DOC.error(place, message).help(help)
        }));
    }
}
