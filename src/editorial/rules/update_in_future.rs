//! An update that has not happened yet.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::model::State;

pub struct UpdateInFuture;

const DOC: RuleDoc = RuleDoc {
    name: "update-in-future",
    family: Family::Upkeep,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "No piece says that it was updated on a day that is still to come",
    why: "The day is printed beside the title, and feeds and sitemaps carry it: readers and search engines trust a date only while it can be true.",
    bad: &[Example::yaml("updated: 2027-06-01\nchanges: The renewal figures\n")],
    good: &[Example::yaml("updated: 2026-11-15\nchanges: The renewal figures\n")],
    mend: "Correct `updated`. What is to go out later has `publish_on`.",
};

impl Rule for UpdateInFuture {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        match case.piece.state {
            State::Live | State::Draft | State::Expired => {}
            // It may say what will be true on the day it goes out.
            State::Scheduled => return,
        }
        let Some(updated) = &case.front().updated else { return };
        // It is tomorrow already where some authors are.
        let latest = case.register().today.day.tomorrow().unwrap_or(jiff::civil::Date::MAX);
        if updated.value.day > latest {
            let finding =
                DOC.warning(case.place(updated.place()), "this day is still to come, and the page says that the piece was updated on it");
            findings.push(finding.help("write the day of the last change"));
        }
    }
}
