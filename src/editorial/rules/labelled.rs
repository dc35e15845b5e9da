//! The labelled corpus of the brief's rules: what each catches, and what it rightly leaves alone.
//!
//! `cargo test --lib labelled -- --nocapture` prints precision and recall of each rule; the test fails
//! below the floor.

use crate::editorial::registry;
use crate::editorial::testing::Fixture;
use std::collections::BTreeMap;
use std::fmt::Write;

const CASES: &str = include_str!("../cases/brief.txt");

/// How often a rule may be wrong when it speaks, and how much it may miss.
const MIN_PRECISION: f64 = 0.85;
const MIN_RECALL: f64 = 0.80;

#[derive(Debug, Default)]
struct Tally {
    rightly_raised: usize,
    wrongly_raised: Vec<&'static str>,
    missed: Vec<&'static str>,
    rightly_silent: usize,
}

impl Tally {
    fn precision(&self) -> f64 {
        share(self.rightly_raised, self.wrongly_raised.len())
    }

    fn recall(&self) -> f64 {
        share(self.rightly_raised, self.missed.len())
    }
}

fn share(right: usize, wrong: usize) -> f64 {
    if right + wrong == 0 { 1.0 } else { right as f64 / (right + wrong) as f64 }
}

fn tallies() -> BTreeMap<&'static str, Tally> {
    let fixture = Fixture::default();
    let mut tallies: BTreeMap<&'static str, Tally> = BTreeMap::new();
    let mut rule = "";
    for line in CASES.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix("== ") {
            rule = name;
            continue;
        }
        let (label, keys) = line.split_at(2);
        let found = fixture.raised(&format!("{}\n", keys.replace("\\n", "\n")));
        let tally = tallies.entry(rule).or_default();
        match (label, found.contains(&rule)) {
            ("+ ", true) => tally.rightly_raised += 1,
            ("+ ", false) => tally.missed.push(keys),
            ("- ", true) => tally.wrongly_raised.push(keys),
            ("- ", false) => tally.rightly_silent += 1,
            (other, _) => panic!("a case is labelled + or -, not {other:?}"),
        }
    }
    tallies
}

#[test]
#[expect(clippy::print_stdout, reason = "it is the report of the labelled corpus")]
fn every_rule_of_the_brief_is_right_far_more_often_than_wrong() {
    let tallies = tallies();
    let mut report = String::new();
    for (rule, tally) in &tallies {
        assert!(registry::find(rule).is_some(), "there is no rule {rule}");
        let n_cases = tally.rightly_raised + tally.missed.len() + tally.wrongly_raised.len() + tally.rightly_silent;
        let _ = writeln!(report, "{rule:32} {n_cases:4} cases  precision {:.2}  recall {:.2}", tally.precision(), tally.recall());
        for (what, cases) in [("wrongly raised", &tally.wrongly_raised), ("missed", &tally.missed)] {
            for case in cases {
                let _ = writeln!(report, "    {what}: {case}");
            }
        }
    }
    println!("{report}");
    let below = tallies.values().filter(|tally| tally.precision() < MIN_PRECISION || tally.recall() < MIN_RECALL).count();
    assert_eq!(below, 0, "{report}");
}
