//! The same thing to do in one piece after another.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Entry, Example, Family, RuleDoc, RuleOption, SiteCase, SiteRule, Standing};
use crate::model::State;
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
        let mut deeds: Vec<(u64, &Entry<'_>, &Range<usize>)> = Vec::new();
        for entry in case.pieces.iter().filter(|entry| entry.state != State::Expired) {
            deeds.extend(entry.digest.guidance.iter().map(|(deed, range)| (*deed, entry, range)));
        }
        // The sort is stable: within a deed the pieces stay in the order of their paths.
        deeds.sort_by_key(|(deed, ..)| *deed);
        // Said twice in one piece it is for `guidance-too-few` to say so.
        deeds.dedup_by(|later, kept| later.0 == kept.0 && later.1.digest.path == kept.1.digest.path);
        for pieces in deeds.chunk_by(|a, b| a.0 == b.0).filter(|pieces| pieces.len() > max) {
            // The pieces that had it first keep it; those after them are told.
            let mut by_age: Vec<_> = pieces.iter().collect();
            by_age.sort_by_key(|(_, entry, _)| (entry.digest.date.is_none(), entry.digest.date, &entry.digest.path));
            let (_, first, first_range) = by_age[0];
            for (_, entry, range) in by_age.iter().skip(max) {
                let message = format!("{} pieces tell the reader to do this", pieces.len());
                let finding = DOC.warning(entry.place((*range).clone()), message);
                let finding = finding.note_at(first.place((*first_range).clone()), "the first of them");
                findings.push(finding.help("say what follows from this piece alone, or link to the one that explains it"));
            }
        }
    }
}
