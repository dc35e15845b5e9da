//! A thing to do that the piece never speaks of.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::prose::Stems;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};

const MIN_SHARE: RuleOption =
    RuleOption::share("min_share", 0.25, "The share of an instruction's telling words that the body has to speak of.");

/// Shorter bodies are notes, and have no room to explain.
const MIN_BODY_WORDS: usize = 60;
/// An instruction of fewer telling words may well be said in others.
const MIN_STEMS: usize = 4;

pub struct GuidanceNotExplained;

const DOC: RuleDoc = RuleDoc {
    name: "guidance-not-explained",
    family: Family::Guidance,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "The body explains what the guidance asks for",
    why: "For three points of five on prompting action Source Global Research wants recommendations that readers can apply in their own organisation. An instruction that the text never comes back to leaves them with the order and without the how; often it was added at the end to pass a check.",
    bad: &[Example::markdown(
        "guidance:\n  - Publish the diversity targets of your board by March\n  - Compare the meter readings with the ledger\n  - Ask who owns each line of the bill\n---\nThe meter on the wall was read twice a year by a man who never spoke to the finance office, so the contract for the boiler house was renewed four times on figures that described a laundry which had closed. When we laid the ledger beside the bills, eleven of forty lines had no owner. The supplier had charged for every one of them through six winters, and nobody had asked why.\n",
    )],
    good: &[Example::markdown(
        "guidance:\n  - Compare the meter readings with the finance ledger before the contract is renewed\n  - Find an owner for each line of the supplier's bill\n  - Close the contract of every laundry that stands empty\n---\nThe meter on the wall was read twice a year by a man who never spoke to the finance office, so the contract for the boiler house was renewed four times on figures that described a laundry which had closed. When we laid the ledger beside the bills, eleven of forty lines had no owner. The supplier had charged for every one of them through six winters, and nobody had asked why.\n",
    )],
    mend: "Explain it where the piece comes to it, or take it out.",
};

impl Rule for GuidanceNotExplained {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[MIN_SHARE]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        if case.lexicon.is_none() || case.document().word_count < MIN_BODY_WORDS {
            return;
        }
        let min_share = case.share(&DOC, &MIN_SHARE);
        for (item, _) in case.verdicts().filter(|(_, verdict)| verdict.counts()) {
            let Some(deed) = &item.deed else { continue };
            let mut said = Stems::clone(&case.stems(&deed.value));
            if let Some(because) = &item.because {
                said.extend(&case.stems(&because.value));
            }
            if said.len() >= MIN_STEMS && said.share_in(case.body_stems()) < min_share {
                let finding = DOC.warning(case.place(deed.range.clone()), "the body never speaks of this");
                findings.push(finding.help("explain it where the piece comes to it, or take it out"));
            }
        }
    }
}
