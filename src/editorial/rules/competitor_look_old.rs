//! A look at what others publish that was old when the piece came out.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};

const MONTHS: RuleOption = RuleOption::count("max_months", 12, "How many months before the piece the look may have been taken.");

pub struct CompetitorLookOld;

const DOC: RuleDoc = RuleDoc {
    name: "competitor-look-old",
    family: Family::MeToo,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "The look at what others have published was taken in the year before the piece",
    why: "A “me too” publication is one that came after the others. A look of two years ago says what nobody had written two years ago.",
    bad: &[Example::yaml("competitors: { looked_on: 2025-06-01, others_say: Renegotiate the hourly rate }\n")],
    good: &[Example::yaml("competitors: { looked_on: 2026-06-01, others_say: Renegotiate the hourly rate }\n")],
    mend: "Look again, and set `looked_on`; what has been published since may change the `difference`.",
};

impl Rule for CompetitorLookOld {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[MONTHS]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let front = case.front();
        let look = front.competitors.as_ref().and_then(|field| field.value.looked_on.as_ref());
        let out = front.date.as_ref().map_or(case.register().today.day, |date| date.value.day);
        let Some(look) = look else { return };
        let months = |day: jiff::civil::Date| i64::from(day.year()) * 12 + i64::from(day.month());
        let age = months(out) - months(look.value.day);
        if age > i64::try_from(case.count(&DOC, &MONTHS)).unwrap_or(i64::MAX) {
            let message = format!("this look was {age} months old when the piece came out");
            findings.push(DOC.warning(case.place(look.range.clone()), message).help("look again, and set the day"));
        }
    }
}
