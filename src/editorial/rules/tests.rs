//! Every rule's own examples, and the places and edge cases that the examples do not show.

use crate::base::spanned::Spanned;
use crate::base::text::LineIndex;
use crate::config::{Level, RuleSetting};
use crate::editorial::judge;
use crate::editorial::registry::{self, RULES};
use crate::editorial::testing::Fixture;
use crate::editorial::{Example, Family, RuleDoc};
use std::collections::BTreeSet;

/// The rules that an example raises, or `None` when it is not one to run here.
fn raised(doc: &RuleDoc, example: &Example) -> Option<Vec<&'static str>> {
    let mut fixture = Fixture::default();
    let rule = Spanned::new(doc.name.to_owned(), 0..0);
    fixture.register.rules.levels.push(RuleSetting { rule, level: Some(Spanned::new(Level::Warning, 0..0)), options: None });
    match (example.fence, doc.family) {
        ("yaml", _) => Some(fixture.raised(example.text)),
        ("markdown", Family::FrontMatter) => Some(fixture.file(example.text).findings.iter().map(|finding| finding.rule).collect()),
        ("markdown", _) if example.text.starts_with("---\n") || !example.text.contains("\n---\n") => {
            let document = fixture.with_body(example.text);
            Some(judge(&fixture.piece(&document)).iter().map(|finding| finding.rule).collect())
        }
        ("markdown", _) => Some(fixture.raised(example.text)),
        (_, _) => None,
    }
}

#[test]
fn the_good_piece_raises_nothing() {
    assert!(Fixture::default().raised("").is_empty());
}

#[test]
fn every_rule_is_raised_by_its_bad_examples_and_not_by_its_good_ones() {
    for rule in RULES {
        let doc = rule.doc();
        let runs_here = rule.is_checked_here() || doc.family == Family::FrontMatter;
        assert!(!rule.is_checked_here() || (!doc.bad.is_empty() && !doc.good.is_empty()), "{} has examples", doc.name);
        for example in doc.bad.iter().filter(|_| runs_here) {
            let raised = raised(doc, example).unwrap();
            assert!(raised.contains(&doc.name), "`{}` is not raised by\n{}\nbut {raised:?}", doc.name, example.text);
        }
        for example in doc.good.iter().filter(|_| runs_here) {
            let raised = raised(doc, example).unwrap();
            assert!(!raised.contains(&doc.name), "`{}` is raised by\n{}", doc.name, example.text);
        }
    }
}

#[test]
fn rule_names_are_unique_and_grouped_by_family() {
    let names: BTreeSet<&str> = registry::names().collect();
    assert_eq!(names.len(), registry::docs().count());
    let mut families: Vec<Family> = RULES.iter().map(|rule| rule.doc().family).collect();
    families.dedup();
    let distinct: BTreeSet<Family> = families.iter().copied().collect();
    assert_eq!(families.len(), distinct.len(), "{families:?}");
    assert!(families.is_sorted());
}

/// The findings of a whole file as `severity rule @line:column`.
fn check(text: &str, expected: &[&str]) {
    let fixture = Fixture::default();
    let document = fixture.file(text);
    let index = LineIndex::new(text);
    let mut shown: Vec<String> = judge(&fixture.piece(&document))
        .iter()
        .map(|finding| {
            let at = index.position(text, finding.place.start);
            format!("{} {} @{}:{}", finding.severity.as_str(), finding.rule, at.line, at.column)
        })
        .collect();
    shown.sort();
    assert_eq!(shown, expected, "{text}");
}

/// A header that passes, but for audience and guidance.
const HEAD: &str = "---\ntitle: T\ndescription: What to change.\ndate: 2026-11-02\nauthors: jane-doe\nso_what: Hours cost margin.\nobjective: { outcome: build-reputation, measure: { metric: bids, target: 4, by: 2027-06-30 } }\n";
const THREE: &str = "guidance:\n  - Survey your tenants every quarter to see what they hide\n  - Re-quote your three largest renewals\n  - Test your backups every month\n";

#[test]
fn a_missing_key_points_at_the_fence_and_a_bad_entry_at_itself() {
    check(&format!("{HEAD}---\n"), &["error audience-missing @1:1", "error guidance-missing @1:1"]);
    check(&format!("\u{feff}\n{HEAD}{THREE}---\n"), &["error audience-missing @2:1"]);
    check(&format!("{HEAD}{THREE}audience:\n---\n"), &["error audience-missing @12:1"]);
    check(
        &format!("{HEAD}{THREE}audience: [services-cfo, TBD, {{ role: Leaders, at: companies }}]\n---\n"),
        &["error audience-not-specific @12:52", "error audience-placeholder @12:26"],
    );
    check(&format!("{HEAD}{THREE}audience:\n  role: CFO\n  at: TBC\n---\n"), &["error audience-placeholder @14:7"]);
    check(
        &format!("{HEAD}audience: services-cfo\nguidance:\n  - Be agile\n  - Book a demo\n  - What now?\n  - TBD\n---\n"),
        &[
            "error guidance-not-specific @10:5",
            "error guidance-placeholder @13:5",
            "error guidance-question @12:5",
            "error guidance-sales-call @11:5",
        ],
    );
    check(
        &format!("{HEAD}audience: services-cfo\nguidance:\n  - Be agile\n  - Survey your tenants every quarter\n---\n"),
        &["warning guidance-no-reason @9:1", "warning guidance-not-specific @10:5", "warning guidance-too-few @9:1"],
    );
}

#[test]
fn what_the_reader_of_the_file_has_found_is_found_once() {
    check(&format!("{HEAD}{THREE}audience: 3.5\n---\n"), &[]);
    check(&format!("{HEAD}{THREE}audience: services-cfo\n---\n").replace("date: 2026-11-02", "date: 2026-02-30"), &[]);
    check(&format!("{HEAD}{THREE}audience: services-cfo\n---\n").replace("title: T", "title: [a]"), &[]);
    check(&format!("{HEAD}audience: services-cfo\nguidance: true\n---\n"), &[]);
    assert!(!Fixture::default().file("---\nguidance: true\n---\n").findings.is_empty());
}

#[test]
fn order_line_ends_and_byte_order_mark_change_nothing() {
    let fixture = Fixture::default();
    let raised = |text: &str| {
        let document = fixture.file(text);
        let mut rules: Vec<&str> = judge(&fixture.piece(&document)).iter().map(|finding| finding.rule).collect();
        rules.sort_unstable();
        rules
    };
    let bad = "audience: { role: Leaders, at: companies }\nguidance: Be agile\n";
    let plain = format!("{HEAD}{bad}---\nText.\n");
    let turned = format!("---\n{bad}{}---\nText.\n", &HEAD[4..]);
    let expected = raised(&plain);
    assert_eq!(expected, ["audience-not-specific", "guidance-not-specific"]);
    for other in [turned, plain.replace('\n', "\r\n"), format!("\u{feff}{plain}")] {
        assert_eq!(raised(&other), expected, "{other:?}");
    }
}

#[test]
fn other_languages_are_held_to_structure_and_a_signature() {
    let german = "lang: de\naudience: { role: Leiter Einkauf, at: Maschinenbauer }\nguidance:\n  - do: Prüfen Sie die Rahmenverträge\n    by: Ende des Quartals\n";
    let fixture = Fixture::default();
    assert_eq!(fixture.raised(german), ["audience-unassessed", "guidance-too-few", "guidance-unassessed"]);
    for (signoff, silent) in [
        ("signoff: { as: editor, by: jane-doe, on: 2026-11-01 }\n", true),
        ("signoff: { as: Editor, by: tom-lee, on: 2026-11-20 }\n", true),
        ("signoff: { as: editor, by: jane-doe, on: 2026-11-21 }\n", false),
        ("signoff: { as: editor, by: jane-doe }\n", false),
        ("signoff: { as: author, by: jane-doe, on: 2026-11-01 }\n", false),
    ] {
        let raised = fixture.raised(&format!("{german}{signoff}"));
        assert_eq!(!raised.contains(&"audience-unassessed"), silent, "{signoff}");
    }
    let structure = fixture.raised("lang: de\naudience: { role: Leiter }\nguidance: TBD\n");
    assert_eq!(structure, ["audience-not-specific", "guidance-placeholder"]);
}

#[test]
fn anchors_and_merge_keys_define_an_audience() {
    let keys =
        "extra: { base: &base { role: Treasurers, at: listed utilities } }\naudience: { <<: *base, situation: refinancing in 2027 }\n";
    assert!(Fixture::default().raised(keys).is_empty());
}

proptest::proptest! {
    /// Whatever stands in the slots, every rule comes to an end without breaking, and fast.
    #[test]
    fn no_text_breaks_a_rule(
        text in "(TBD|tbc|<|>|\\[|\\]|\\(|[\"'.?!,;:%@—-]| |ask|us|our|the|should|must|be|to|by|if|1|2030|May|everyone|CFO|Northwind Advisory|book a demo|е|\u{200b}|\u{301}|é|价|ing|ed|s|\\{\\{|\"){0,14}",
        other in "\\PC{0,40}",
    ) {
        let quoted = |text: &str| format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""));
        let (text, other) = (quoted(&text), quoted(&other));
        let keys = format!(
            "title: {text}\nso_what: {text}\nobjective: {other}\naudience: [{text}, {{ role: {text}, at: {other}, situation: {text} }}]\nguidance: [{text}, {other}, {{ do: {text}, who: {other}, by: {text}, done_when: {other} }}]\nauthors: {text}\ngate: {{ reason: {text}, abstract: {other} }}\n"
        );
        let raised = Fixture::default().raised(&keys);
        proptest::prop_assert!(!raised.contains(&"internal-error"), "{keys}");
    }
}
