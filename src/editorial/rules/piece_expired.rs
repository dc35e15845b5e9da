//! A piece that is over and still in the folder.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};

const DAYS: RuleOption = RuleOption::count("days", 30, "How long a piece may stay after it has expired.");

pub struct PieceExpired;

const DOC: RuleDoc = RuleDoc {
    name: "piece-expired",
    family: Family::Upkeep,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "What has expired is renewed, replaced or taken out",
    why: "Links to a piece that has expired lead nowhere from the day it goes. A product that is withdrawn is replaced or its customers are told.",
    bad: &[Example::yaml("expires_on: 2026-09-01\n")],
    good: &[Example::yaml("expires_on: 2027-09-01\n"), Example::yaml("expires_on: 2026-11-10\n")],
    mend: "Renew it with a later `expires_on`, or take the file out and put its path under `aliases` of the piece that replaces it.",
};

impl Rule for PieceExpired {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[DAYS]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(expires_on) = &case.front().expires_on else { return };
        let (expired, today) = (expires_on.value.day, case.register().today.day);
        let n_days = expired.until((jiff::Unit::Day, today)).map_or(0, |span| span.get_days());
        if usize::try_from(n_days).is_ok_and(|n_days| n_days > case.count(&DOC, &DAYS)) {
            let message = format!("this expired on {} and is no longer published", expires_on.value.long_text());
            let finding = DOC.warning(case.place(expires_on.place()), message);
            findings.push(finding.help("renew it, or take the file out and put its path under `aliases` of what replaces it"));
        }
    }
}
