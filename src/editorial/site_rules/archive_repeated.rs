//! A piece that says, word for word, much of what an older one says.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Entry, Example, Family, RuleDoc, RuleOption, SiteCase, SiteRule, Standing};
use std::cmp::Reverse;
use std::collections::BTreeMap;

const ALLOWED: RuleOption =
    RuleOption::share("allowed", 0.2, "How much of the shorter of two pieces may stand in the other; from 0.1 on it can be told.");

pub struct ArchiveRepeated;

const DOC: RuleDoc = RuleDoc {
    name: "archive-repeated",
    family: Family::MeToo,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A piece does not repeat, word for word, a fifth or more of another piece of the site",
    why: "Robert Rose of the Content Marketing Institute calls it a rinse-and-repeat of one strategy: content built to feel familiar, until \
          everyone says the correct thing and nobody helps the customer do a different one. A reader who has met half of a piece before does \
          not finish it. Runs of five words are compared (Broder, 1997); what is quoted, and what more than a dozen pieces share, is not counted.",
    bad: &[Example::site(
        "==> content/insights/older.md\n\
         date: 2026-01-10\n\
         ---\n\
         The meter on the wall was read twice a year by a man who never spoke to the finance office, and so the contract for the boiler house \
         was renewed four times on figures that described a laundry which had closed. When we laid the two ledgers side by side, eleven of \
         forty lines had no owner, and the supplier had billed every one of them in full for six winters.\n\
         ==> content/insights/newer.md\n\
         date: 2026-11-02\n\
         ---\n\
         Energy costs are up again. The meter on the wall was read twice a year by a man who never spoke to the finance office, and so the \
         contract for the boiler house was renewed four times on figures that described a laundry which had closed. When we laid the two \
         ledgers side by side, eleven of forty lines had no owner, and the supplier had billed every one of them in full for six winters.\n",
    )],
    good: &[Example::site(
        "==> content/insights/older.md\n\
         date: 2026-01-10\n\
         ---\n\
         The meter on the wall was read twice a year by a man who never spoke to the finance office, and so the contract for the boiler house \
         was renewed four times on figures that described a laundry which had closed. When we laid the two ledgers side by side, eleven of \
         forty lines had no owner, and the supplier had billed every one of them in full for six winters.\n\
         ==> content/insights/newer.md\n\
         date: 2026-11-02\n\
         ---\n\
         Two years after the boiler house we went back to the same estate. The ledgers had one owner now, and the quarrel had moved to the \
         lifts: every site paid for a monthly visit, and the log in the motor room showed that an engineer had signed it from the car park. \
         We asked for the door counters, which nobody had thought to read, and found three lifts that had not moved since the spring.\n",
    )],
    mend: "Cut what the older piece says already and link to it, or retire the older piece with `expires_on`. If both must stand, allow the \
           rule with the reason.",
};

impl SiteRule for ArchiveRepeated {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[ALLOWED]
    }

    fn check(&self, case: &SiteCase<'_>, findings: &mut Vec<Diagnostic>) {
        // By the newer piece of each pair: its likenesses, the nearest first.
        let mut repeats: BTreeMap<usize, Vec<(Reverse<u64>, usize)>> = BTreeMap::new();
        let allowed = ALLOWED.read_share(&case.register.rules, DOC.name);
        let index_of = |path| case.pieces.binary_search_by(|entry: &Entry<'_>| entry.digest.path.cmp(path)).ok();
        for overlap in case.overlaps.iter().filter(|overlap| overlap.share >= allowed) {
            let (Some(one), Some(other)) = (index_of(&overlap.one), index_of(&overlap.other)) else { continue };
            let (older, newer) = if age(case, one) <= age(case, other) { (one, other) } else { (other, one) };
            let percent = Reverse((overlap.share * 100.0).round() as u64);
            repeats.entry(newer).or_default().push((percent, older));
        }
        for (newer, mut likenesses) in repeats {
            likenesses.sort_unstable();
            let (Reverse(percent), older) = likenesses[0];
            let (entry, older) = (&case.pieces[newer], &case.pieces[older]);
            let message = format!("about {percent} % of this stands word for word in `{}`", older.digest.path);
            let finding = DOC.warning(entry.place(entry.digest.place.clone()), message);
            let finding = finding.note_at(older.place(older.digest.place.clone()), "the older piece");
            let finding = finding.help("cut what is said there and link to it, or retire the older piece");
            let n_more = likenesses.len() - 1;
            findings.push(if n_more == 0 { finding } else { finding.note(format!("and {n_more} more pieces share as much with it")) });
        }
    }
}

/// What tells the older of two pieces: the one without a date is still being written.
fn age<'a>(case: &SiteCase<'a>, idx: usize) -> (bool, Option<crate::base::date::Date>, usize) {
    let date = case.pieces[idx].digest.date;
    (date.is_none(), date, idx)
}
