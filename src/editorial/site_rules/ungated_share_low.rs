//! A site that keeps too much to itself.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Entry, Example, Family, RuleDoc, RuleOption, SiteCase, SiteRule, Standing};
use crate::model::State;

const FLOOR: RuleOption = RuleOption::share("floor", 0.75, "The share of the published pieces that has to be open to all.");

/// A share of fewer pieces says nothing yet.
const MIN_PIECES: usize = 5;

pub struct UngatedShareLow;

const DOC: RuleDoc = RuleDoc {
    name: "ungated-share-low",
    family: Family::Gate,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "Three quarters of the pieces are open to all",
    why: "\"Are you gating too much of it?\" asks the Content Marketing Institute of programmes that do not work. Buyers read before they talk \
          to anybody, and SiriusDecisions' empowered buyers research on their own: what they cannot open is not in that research.",
    bad: &[Example::site(
        "==> content/insights/a.md\ngate: { reason: The survey partner holds the data until January }\n==> content/insights/b.md\n\
         gate: { reason: Clients who paid for the benchmark read it first }\n==> content/insights/c.md\n==> content/insights/d.md\n\
         ==> content/insights/e.md\n",
    )],
    good: &[Example::site(
        "==> content/insights/a.md\ngate: { reason: The survey partner holds the data until January }\n==> content/insights/b.md\n\
         ==> content/insights/c.md\n==> content/insights/d.md\n==> content/insights/e.md\n",
    )],
    mend: "Ungate the pieces whose reason has passed, oldest first; a site that lives by its gates sets `floor`.",
};

impl SiteRule for UngatedShareLow {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[FLOOR]
    }

    fn check(&self, case: &SiteCase<'_>, findings: &mut Vec<Diagnostic>) {
        let live: Vec<&Entry<'_>> = case.pieces.iter().filter(|entry| entry.state == State::Live).collect();
        let mut gated: Vec<&Entry<'_>> = live.iter().copied().filter(|entry| entry.digest.gated).collect();
        let floor = FLOOR.read_share(&case.register.rules, DOC.name);
        let n_open = live.len() - gated.len();
        if live.len() < MIN_PIECES || n_open as f64 >= live.len() as f64 * floor {
            return;
        }
        gated.sort_by_key(|entry| (entry.digest.date.is_none(), entry.digest.date, &entry.digest.path));
        let Some(oldest) = gated.first() else { return };
        let message = format!("{n_open} of {} pieces are open to all, and {:.0} % should be", live.len(), floor * 100.0);
        let finding = DOC.warning(oldest.place(oldest.digest.place.clone()), message).label("the piece that has been gated longest");
        let others: Vec<String> = gated.iter().skip(1).take(5).map(|entry| format!("`{}`", entry.digest.path)).collect();
        let finding = if others.is_empty() { finding } else { finding.note(format!("gated as well: {}", others.join(", "))) };
        findings.push(finding.help("ungate the pieces whose reason has passed, or set `floor` under `[rules.ungated-share-low]`"));
    }
}
