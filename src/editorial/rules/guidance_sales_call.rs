//! Guidance that sends the reader to the publisher.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::guidance::Verdict;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct GuidanceSalesCall;

const DOC: RuleDoc = RuleDoc {
    name: "guidance-sales-call",
    family: Family::Guidance,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "An item of guidance can be done without buying from the publisher",
    why: "In the Edelman–LinkedIn study (3,500 managers, December 2023) 73 % trust thought leadership more than marketing material, which lasts as long as \
          it is none. Source Global Research asks that action be prompted without a disguised sales pitch.",
    bad: &[
        Example::yaml("guidance: Contact us today for a free consultation\n"),
        Example::yaml("guidance: Book a demo\n"),
        Example::yaml("guidance: Ask Northwind Advisory for a review of your three largest contracts\n"),
        Example::yaml("guidance: [Download our full report, Subscribe to our newsletter]\n"),
    ],
    good: &[
        Example::yaml("guidance: Contact your three largest suppliers and ask for 60-day terms\n"),
        Example::yaml("guidance: Use our checklist on one process before the next audit\n"),
        Example::yaml("guidance: Request a quote from three installers before May\n"),
    ],
    mend: "Say what the reader can do without you. The firm's own name and products are known from `publisher` in `site.toml`.",
};

impl Rule for GuidanceSalesCall {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        for (item, verdict) in case.verdicts() {
            let Verdict::SalesCall(words) = verdict else { continue };
            let range = item.deed.as_ref().map_or(item.range.clone(), |deed| deed.range.clone());
            let message = format!("this sells, it does not guide: `{words}`");
            let place = case.place(range);
            let finding = if case.guides() { DOC.warning(place, message) } else { DOC.error(place, message) };
            findings.push(finding.help("say what the reader can do without buying from you"));
        }
    }
}
