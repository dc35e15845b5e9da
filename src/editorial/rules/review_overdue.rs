//! A piece that nobody has read again.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::model::State;

pub struct ReviewOverdue;

const DOC: RuleDoc = RuleDoc {
    name: "review-overdue",
    family: Family::Upkeep,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A piece is read again by the day that it names",
    why: "Thought leadership is one of the firm's core products, says Robert Rose of the Content Marketing Institute: treat it that way. A product that is past its date is still on the shelf here, and a reader acts on it.",
    bad: &[Example::yaml("review_by: 2026-10-01\n")],
    good: &[Example::yaml("review_by: 2027-06-01\n"), Example::yaml("review_by: 2026-11-20\n")],
    mend: "Read it again; then set `review_by` to the next day, `updated` if something changed, or `expires_on` if it no longer holds.",
};

impl Rule for ReviewOverdue {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        match case.piece.state {
            State::Live => {}
            State::Draft | State::Scheduled | State::Expired => return,
        }
        let Some(review_by) = &case.front().review_by else { return };
        if review_by.value.day < case.register().today.day {
            let message = format!("this was to be read again by {}", review_by.value.long_text());
            let finding = DOC.warning(case.place(review_by.place()), message);
            findings.push(finding.help("read it again, then set the next `review_by`, and `updated` or `expires_on` if it needs them"));
        }
    }
}
