//! The rules held to their floors on labelled cases, and turned about: what must not change a verdict.

#[path = "../precision/measure.rs"]
mod measure;

use measure::{GATE_ROWS, Labelled, blocks, measure, raised, written_cases};
use sowhat::config::Level;
use sowhat::editorial::{Standing, registry};
use std::collections::BTreeSet;
use unicode_normalization::UnicodeNormalization;

#[test]
fn every_rule_is_right_as_often_as_it_must_be() {
    let measured = measure();
    assert!(measured.n_cases >= 300, "{} cases", measured.n_cases);
    let mut low = Vec::new();
    for (rule, counts) in &measured.by_rule {
        let is_gate = GATE_ROWS.contains(&rule.as_str()) || registry::find(rule).is_some_and(|doc| doc.standing == Standing::Gate);
        let (precision, recall) = if is_gate { (0.98, 0.90) } else { (0.85, 0.75) };
        if counts.precision() < precision || counts.recall() < recall {
            low.push(format!("{rule}: precision {:.2}, recall {:.2}", counts.precision(), counts.recall()));
        }
    }
    // What is off by default is measured too.
    let off = registry::RULES.iter().filter(|rule| rule.is_checked_here() && rule.doc().level == Level::Off).map(|rule| rule.doc().name);
    let unmeasured: Vec<&str> = off.filter(|name| !measured.by_rule.contains_key(*name)).collect();
    assert!(unmeasured.is_empty(), "{unmeasured:?}");
    assert!(low.is_empty(), "below the floor:\n{}\n\n{}", low.join("\n"), measured.errors.join("\n"));
}

#[test]
fn every_rule_has_a_case_that_raises_it_and_one_that_comes_near() {
    let cases = measure::cases();
    let is_raised = |name: &str| cases.iter().any(|case| case.expected.contains(name));
    let checked = registry::RULES.iter().filter(|rule| rule.is_checked_here()).map(|rule| rule.doc().name);
    let unseen: Vec<&str> =
        checked.chain(registry::SITE_RULES.iter().map(|rule| rule.doc().name)).filter(|name| !is_raised(name)).collect();
    assert!(unseen.is_empty(), "no labelled case raises {unseen:?}");
}

/// A case with every file rewritten.
fn turned(case: &Labelled, turn: impl Fn(&str) -> String) -> Labelled {
    let files = case.files.iter().map(|(path, text)| (path.clone(), turn(text))).collect();
    Labelled { files, ..case.clone() }
}

/// Splits a file into its header's keys and its body.
fn parts(text: &str) -> (Vec<(String, String)>, &str) {
    let rest = text.strip_prefix("---\n").unwrap();
    let (header, body) = rest.split_once("---\n").unwrap();
    (blocks(header), body)
}

fn joined(blocks: &[(String, String)], body: &str) -> String {
    let header: String = blocks.iter().map(|(_, block)| block.as_str()).collect();
    format!("---\n{header}---\n{body}")
}

fn reversed_keys(text: &str) -> String {
    let (mut blocks, body) = parts(text);
    blocks.reverse();
    joined(&blocks, body)
}

/// Plain one-line values of some keys written another way.
fn rewritten(text: &str, write: impl Fn(&str, &str) -> String) -> String {
    let (mut blocks, body) = parts(text);
    for (key, block) in &mut blocks {
        let value = block.strip_prefix(&format!("{key}: ")).map(str::trim_end).unwrap_or_default();
        let is_plain = matches!(key.as_str(), "title" | "description" | "so_what" | "difference")
            && !value.starts_with(['"', '\'', '{', '[', '-', '&', '*'])
            && !value.is_empty()
            && !value.contains('\n');
        if is_plain {
            *block = write(key, value);
        }
    }
    joined(&blocks, body)
}

#[test]
fn the_way_it_is_written_changes_no_verdict() {
    let double = |key: &str, value: &str| format!("{key}: \"{}\"\n", value.replace('\\', "\\\\").replace('"', "\\\""));
    let single = |key: &str, value: &str| format!("{key}: '{}'\n", value.replace('\'', "''"));
    let folded = |key: &str, value: &str| format!("{key}: >-\n  {value}\n");
    let alias =
        |key: &str, value: &str| format!("extra_{key}: &{key} \"{}\"\n{key}: *{key}\n", value.replace('\\', "\\\\").replace('"', "\\\""));
    for case in written_cases() {
        let verdict = raised(&case);
        let check = |how: &str, turned: &Labelled| assert_eq!(raised(turned), verdict, "{how}: {}", case.name);
        check("keys in another order", &turned(&case, reversed_keys));
        check("CRLF", &turned(&case, |text| text.replace('\n', "\r\n")));
        check("a byte-order mark", &turned(&case, |text| format!("\u{feff}{text}")));
        check("NFC", &turned(&case, |text| text.nfc().collect()));
        check("NFD", &turned(&case, |text| text.nfd().collect()));
        check("double quotes", &turned(&case, |text| rewritten(text, double)));
        check("single quotes", &turned(&case, |text| rewritten(text, single)));
        check("a folded block", &turned(&case, |text| rewritten(text, folded)));
        check("an alias", &turned(&case, |text| rewritten(text, alias)));
    }
}

/// Rules that a disguise must not hide the fault from.
fn faults(case: &Labelled) -> BTreeSet<String> {
    raised(case).into_iter().filter(|rule| case.expected.contains(rule)).collect()
}

#[test]
fn a_disguise_never_makes_a_pass() {
    let letters = |text: &str| -> String {
        let (blocks, body) = parts(text);
        let masked = body.replace('o', "\u{43e}").replace("e", "\u{435}");
        // Only words are disguised: markup, addresses and code are not read as words.
        if body.contains(['[', '`', '<', '|', '#', ':']) { text.to_owned() } else { joined(&blocks, &masked) }
    };
    let invisible = |text: &str| -> String {
        let (blocks, body) = parts(text);
        if body.contains(['[', '`', '<', '|', '#', ':']) { text.to_owned() } else { joined(&blocks, &body.replace('t', "t\u{200b}")) }
    };
    for case in written_cases() {
        let found = faults(&case);
        assert!(faults(&turned(&case, letters)).is_superset(&found), "look-alike letters hide {found:?}: {}", case.name);
        assert!(faults(&turned(&case, invisible)).is_superset(&found), "invisible characters hide {found:?}: {}", case.name);
    }
}

#[test]
fn gating_a_piece_and_commenting_out_what_is_missing_make_no_pass() {
    let gated = |text: &str| {
        let (mut blocks, body) = parts(text);
        if blocks.iter().all(|(key, _)| key != "gate") {
            blocks.push(("gate".to_owned(), "gate: { reason: A client has asked for a month of its own, until: 2027-01-01 }\n".to_owned()));
        }
        joined(&blocks, body)
    };
    let commented = |text: &str| {
        let (blocks, body) = parts(text);
        joined(&blocks, &format!("{body}\n<!-- [^a] (Acme, 2024) according to Edelman, we counted 212 of them -->\n"))
    };
    let blank = |text: &str| {
        let (mut blocks, body) = parts(text);
        blocks.push(("signoff".to_owned(), "signoff: []\n".to_owned()));
        blocks.dedup_by(|later, kept| later.0 == kept.0);
        joined(&blocks, body)
    };
    for case in written_cases() {
        let found = faults(&case);
        for (how, turned) in [("a gate", turned(&case, gated)), ("a comment", turned(&case, commented)), ("a blank", turned(&case, blank))]
        {
            assert!(faults(&turned).is_superset(&found), "{how} hides {found:?}: {}", case.name);
        }
    }
}

#[test]
fn detail_never_breaks_a_pass() {
    let more = |text: &str| {
        let (mut blocks, body) = parts(text);
        for (key, block) in [
            ("topics", "topics: [pricing, renewals]\n"),
            ("evidence", "evidence: { kind: interview, what: Nine heads of finance in May 2026 }\n"),
            ("related", "related: [/insights/b/]\n"),
            ("image_alt", "image_alt: The meter on the wall of the boiler house\n"),
        ] {
            if blocks.iter().all(|(known, _)| known != key) {
                blocks.push((key.to_owned(), block.to_owned()));
            }
        }
        joined(&blocks, body)
    };
    for case in written_cases().into_iter().filter(|case| case.expected.is_empty() && raised(case).is_empty()) {
        let raised = raised(&turned(&case, more));
        assert!(raised.is_empty(), "detail raises {raised:?}: {}", case.name);
    }
}
