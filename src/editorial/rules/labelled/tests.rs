//! The labelled corpus of the gate and of the brief's rules: what each catches, and what it rightly leaves alone.
//!
//! `cargo test --lib precision_and_recall -- --nocapture` prints precision and recall of each; the tests
//! fail below the floor.

use crate::config::audience::{AudienceSlots, Slot};
use crate::editorial::audience::{Definition, define};
use crate::editorial::guidance::{Context, judge};
use crate::editorial::prose::Prose;
use crate::editorial::testing::Fixture;
use crate::editorial::{lexicon, registry};
use crate::parse::front_matter::GuidanceItem;
use std::collections::BTreeMap;
use std::fmt::Write;

const CASES: &str = include_str!("../../cases/brief.txt");

const AUDIENCES: [&str; 4] = [
    include_str!("../../cases/audiences.txt"),
    include_str!("../../cases/audiences-held-out.txt"),
    include_str!("../../cases/audiences-blind-1.txt"),
    include_str!("../../cases/audiences-blind-2.txt"),
];

const GUIDANCE: [&str; 2] = [include_str!("../../cases/guidance.txt"), include_str!("../../cases/guidance-held-out.txt")];

/// The least precision and recall of a warning, and of the gate.
const WARNING: (f64, f64) = (0.85, 0.80);
const GATE: (f64, f64) = (0.98, 0.90);

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
        assert!(matches!(label, "+ " | "- "), "a case is labelled + or -: {line}");
        let found = fixture.raised(&format!("{}\n", keys.replace("\\n", "\n")));
        tallies.entry(rule).or_default().count(keys, label == "+ ", found.contains(&rule));
    }
    tallies
}

impl Tally {
    fn count(&mut self, case: &'static str, should_be_raised: bool, is_raised: bool) {
        match (should_be_raised, is_raised) {
            (true, true) => self.rightly_raised += 1,
            (true, false) => self.missed.push(case),
            (false, true) => self.wrongly_raised.push(case),
            (false, false) => self.rightly_silent += 1,
        }
    }

    fn report(&self, name: &str) -> String {
        let n_cases = self.rightly_raised + self.missed.len() + self.wrongly_raised.len() + self.rightly_silent;
        let mut report = format!("{name:32} {n_cases:4} cases  precision {:.2}  recall {:.2}\n", self.precision(), self.recall());
        for (what, cases) in [("wrongly raised", &self.wrongly_raised), ("missed", &self.missed)] {
            for case in cases {
                let _ = writeln!(report, "    {what}: {case}");
            }
        }
        report
    }

    fn reaches(&self, (precision, recall): (f64, f64)) -> bool {
        self.precision() >= precision && self.recall() >= recall
    }
}

/// The lines of case files as their first cell and the others.
fn lines(files: &[&'static str]) -> impl Iterator<Item = (&'static str, Vec<&'static str>)> {
    let lines = files.iter().flat_map(|file| file.lines()).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.map(|line| (line, line.split('|').map(str::trim).collect()))
}

fn slot(cells: &[&str], idx: usize) -> Option<Slot> {
    cells.get(idx).filter(|cell| !cell.is_empty()).map(|cell| Slot::new((*cell).to_owned(), 0..0))
}

#[test]
#[expect(clippy::print_stdout, reason = "it is the report of the labelled corpus")]
fn precision_and_recall_of_the_gate() {
    let lexicon = lexicon::for_language("en-GB");
    let (mut audiences, mut guidance) = (Tally::default(), Tally::default());
    // Placeholders are written with escapes in that file, and have tests of their own.
    for (line, cells) in lines(&AUDIENCES).filter(|(line, cells)| cells[0] != "empty" && !line.contains("\\u{")) {
        let slots = AudienceSlots { role: slot(&cells, 1), at: slot(&cells, 2), situation: slot(&cells, 3), challenges: Vec::new() };
        audiences.count(line, cells[0] != "defined", define(&slots, lexicon) != Definition::Defined);
    }
    let brands = ["Northwind Advisory", "northwind.example", "TideMark", "Acme", "Acme Cloud", "acme.example"].map(str::to_owned);
    let roles = [Prose::new("Trustees"), Prose::new("Finance directors")];
    let context = Context { lexicon, brands: &brands, audience_roles: &roles };
    for (line, cells) in lines(&GUIDANCE) {
        let item = GuidanceItem {
            range: 0..0,
            one_line: cells.len() < 3,
            deed: slot(&cells, 1),
            who: slot(&cells, 2),
            by: slot(&cells, 3),
            done_when: slot(&cells, 4),
            because: None,
        };
        let counts = matches!(cells[0], "counts" | "concrete" | "doubtful");
        guidance.count(line, !counts, !judge(&item, context).counts());
    }
    let report = audiences.report("audience-*") + &guidance.report("guidance-*");
    println!("{report}");
    assert!(audiences.reaches(GATE) && guidance.reaches(GATE), "{report}");
}

#[test]
#[expect(clippy::print_stdout, reason = "it is the report of the labelled corpus")]
fn precision_and_recall_of_the_rules_of_the_brief() {
    let tallies = tallies();
    assert!(tallies.keys().all(|rule| registry::find(rule).is_some()), "{:?}", tallies.keys());
    let report: String = tallies.iter().map(|(rule, tally)| tally.report(rule)).collect();
    println!("{report}");
    assert!(tallies.values().all(|tally| tally.reaches(WARNING)), "{report}");
}
