//! The same thing to do in one piece after another.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Entry, Example, Family, RuleDoc, RuleOption, SiteCase, SiteRule, Standing};
use crate::model::State;
use std::collections::BTreeMap;
use std::ops::Range;

const MAX: RuleOption = RuleOption::count("max", 2, "In how many pieces one and the same thing to do may stand.");

pub struct GuidanceReused;

const DOC: RuleDoc = RuleDoc {
    name: "guidance-reused",
    family: Family::Guidance,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A thing to do stands in at most two pieces",
    why: "An instruction that fits three pieces follows from none of them. Robert Rose of the Content Marketing Institute calls it rinse and \
          repeat: everyone says the correct thing, and nobody helps the customer do a different one.",
    bad: &[Example::site(
        "==> content/insights/a.md\nguidance: Test your backups every month\n==> content/insights/b.md\nguidance: Test your backups every month\n\
         ==> content/insights/c.md\nguidance: Test your backups every month.\n",
    )],
    good: &[Example::site(
        "==> content/insights/a.md\nguidance: Test your backups every month\n==> content/insights/b.md\nguidance: Test your backups every month\n\
         ==> content/insights/c.md\nguidance: Restore one laptop from last night's backup every Friday\n",
    )],
    mend: "Say what this piece's argument asks for and no other's does, or link to the piece that explains it.",
};

impl SiteRule for GuidanceReused {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[MAX]
    }

    fn check(&self, case: &SiteCase<'_>, findings: &mut Vec<Diagnostic>) {
        let max = MAX.read_count(&case.register.rules, DOC.name);
        let mut by_deed: BTreeMap<u64, Vec<(&Entry<'_>, &Range<usize>)>> = BTreeMap::new();
        for entry in case.pieces.iter().filter(|entry| entry.state != State::Expired) {
            for (deed, range) in &entry.digest.guidance {
                let pieces = by_deed.entry(*deed).or_default();
                // Said twice in one piece it is for `guidance-too-few` to say so.
                if pieces.last().is_none_or(|(last, _)| last.digest.path != entry.digest.path) {
                    pieces.push((entry, range));
                }
            }
        }
        for pieces in by_deed.values().filter(|pieces| pieces.len() > max) {
            // The pieces that had it first keep it; those after them are told.
            let mut by_age: Vec<_> = pieces.iter().collect();
            by_age.sort_by_key(|(entry, _)| (entry.digest.date.is_none(), entry.digest.date, &entry.digest.path));
            let (first, first_range) = by_age[0];
            for (entry, range) in by_age.iter().skip(max) {
                let message = format!("{} pieces tell the reader to do this", pieces.len());
                let finding = DOC.warning(entry.place((*range).clone()), message);
                let finding = finding.note_at(first.place((*first_range).clone()), "the first of them");
                findings.push(finding.help("say what follows from this piece alone, or link to the one that explains it"));
            }
        }
    }
}
