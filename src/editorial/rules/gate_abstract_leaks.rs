//! An abstract that gives the gated text away.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::leak::words_of;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use std::collections::BTreeSet;

/// How many words in a row count as taken from the body.
const RUN: usize = 5;

pub struct GateAbstractLeaks;

const DOC: RuleDoc = RuleDoc {
    name: "gate-abstract-leaks",
    family: Family::Gate,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "The abstract of a gated piece repeats at most half of its body",
    why: "A gate that lets the text through is no gate, and a reader who fills in a form for it was misled.",
    bad: &[Example::yaml(
        "gate:\n  reason: The survey partner holds the data until January\n  abstract: The meter on the wall was read twice a year by a man who never spoke to the finance office.\n",
    )],
    good: &[Example::yaml(
        "gate:\n  reason: The survey partner holds the data until January\n  abstract: What a meter that nobody read cost a hospital.\n",
    )],
    mend: "Say in your own words what the piece argues, or open the gate.",
};

impl Rule for GateAbstractLeaks {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(summary) = case.front().gate.as_ref().and_then(|gate| gate.value.summary.as_ref()) else { return };
        let body: Vec<String> = case.document().blocks().iter().flat_map(|block| words_of(&block.text)).collect();
        let repeated = repeated_share(&words_of(&summary.value), &body);
        if repeated > 0.5 {
            let percent = (repeated * 100.0).round();
            let finding = DOC.error(case.place(summary.range.clone()), format!("this abstract repeats {percent} % of the gated body"));
            findings.push(finding.help("say in your own words what the piece argues, or take `gate` out"));
        }
    }
}

/// The share of the body's words that stand in runs which the abstract repeats.
fn repeated_share(summary: &[String], body: &[String]) -> f64 {
    let run = RUN.min(body.len());
    if run == 0 {
        return 0.0;
    }
    let said: BTreeSet<&[String]> = summary.windows(run).collect();
    let mut covered = vec![false; body.len()];
    for (at, window) in body.windows(run).enumerate() {
        if said.contains(window) {
            covered[at..at + run].fill(true);
        }
    }
    let n_covered = covered.iter().filter(|covered| **covered).count();
    n_covered as f64 / body.len() as f64
}
