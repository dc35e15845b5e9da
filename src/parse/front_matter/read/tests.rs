//! Cases of headers, sound and broken.

use super::*;
use crate::parse::front_matter::{AudienceEntry, Objective};
use proptest::prelude::*;

fn read_text(text: &str) -> (FrontMatter, Range<usize>, Vec<Diagnostic>) {
    read(&SourcePath::new("content/a.md").unwrap(), text)
}

/// A header without fences, and what is found in it: `rule @bytes: message`.
#[track_caller]
fn check(header: &str, expected: &[&str]) {
    let text = format!("---\n{header}\n---\n");
    let (_, _, findings) = read_text(&text);
    let shown: Vec<String> = findings
        .iter()
        .map(|finding| {
            let rule = finding.rule.trim_start_matches("front-matter-");
            format!("{rule} @{}: {}", &text[finding.place.start..finding.place.end], finding.message)
        })
        .collect();
    assert_eq!(shown, expected, "{header}");
}

const BRIEF: &str = "---
title: 2026
date: 2026-11-02T09:30
authors: ann
audience: [cfo, {role: CFO, at: mills, challenges: rates}, ~]
objective:
  outcome: build-reputation
  measure: { metric: quotes, target: 010, by: 2027-03-31 }
so_what: >
  Because.
guidance:
  - Re-quote the three largest renewals
  - do: Name an owner
    by: 2027-01-31
  -
topics: [1.50, true]
series: { id: pricing, part: 2 }
sources:
  edelman-2024: { title: Trust, date: 2024-03, sample: 3500, access: registration }
signoff: { as: editor, by: ann, on: 2026-10-01 }
gated: false
corrections: A figure was wrong.
allow: { description-missing: it is a poster, x: }
links:
extra: &x { colour: red, any: [thing, 1] }
---
Body.
";

#[test]
fn reads_a_whole_brief() {
    let (front, body, findings) = read_text(BRIEF);
    assert_eq!(findings, []);
    assert_eq!(&BRIEF[body], "Body.\n");
    assert_eq!(&BRIEF[front.fence.clone()], "---");
    assert_eq!(front.title.unwrap().value, "2026");
    assert_eq!(front.date.unwrap().value.rfc3339(), "2026-11-02T09:30:00Z");
    assert_eq!(front.authors.unwrap().value[0].value, "ann");
    let audience = front.audience.unwrap().value;
    assert!(matches!(&audience[0], AudienceEntry::Id(id) if id.value == "cfo"));
    assert!(matches!(&audience[1], AudienceEntry::Inline(slots) if slots.value.challenges[0].value == "rates"));
    assert!(matches!(&audience[2], AudienceEntry::Other(range) if &BRIEF[range.clone()] == "~"));
    let Objective::Full(objective) = front.objective.unwrap().value else { panic!("a full objective") };
    assert_eq!(objective.measure.unwrap().value.target.unwrap().value, "010");
    assert_eq!(front.so_what.unwrap().value, "Because.");
    let guidance = front.guidance.unwrap().value;
    assert!(guidance[0].one_line && !guidance[1].one_line);
    assert_eq!(guidance[1].by.clone().unwrap().value, "2027-01-31");
    assert_eq!((guidance[2].deed.clone(), &BRIEF[guidance[2].range.clone()]), (None, "-"));
    let topics: Vec<String> = front.topics.unwrap().value.into_iter().map(|topic| topic.value).collect();
    assert_eq!(topics, ["1.50", "true"]);
    assert_eq!(front.series.unwrap().value.part.unwrap().value, 2);
    let sources = front.sources.unwrap().value;
    assert_eq!((sources[0].id.value.as_str(), sources[0].date.clone().unwrap().value.as_str()), ("edelman-2024", "2024-03"));
    assert_eq!(front.signoff.unwrap().value[0].capacity.clone().unwrap().value, "editor");
    assert_eq!(front.corrections.unwrap().value[0].note.value, "A figure was wrong.");
    let allow = front.allow.unwrap().value;
    assert_eq!((allow[0].1.value.as_str(), allow[1].1.value.as_str()), ("it is a poster", ""));
    assert_eq!(front.links.unwrap().value, []);
}

#[test]
fn what_is_null_is_there_and_empty() {
    let (front, _, findings) = read_text("---\ntitle:\naudience:\nguidance: ~\nobjective:\n---\n");
    assert_eq!(findings, []);
    assert!(front.title.is_none() && front.objective.is_none() && front.key("title").is_some());
    assert!(front.audience.is_some_and(|field| field.value.is_empty()));
    assert!(front.guidance.is_some_and(|field| field.value.is_empty()));
}

#[test]
fn reports_every_fault_at_its_slot() {
    check(
        "draft: yes\ntitle: [a]\nweight: '3'",
        &[
            "wrong-type @yes: `draft` takes `true` or `false`, not text",
            "wrong-type @[a]: `title` takes text, not a list",
            "wrong-type @'3': `weight` takes a whole number, not text",
        ],
    );
    check(
        "date: 2026-02-30\nupdated: 2026\nreview_by: soon\nexpires_on: [x]",
        &[
            "bad-date @2026-02-30: `2026-02-30` is not a date: that month has no day 30",
            "bad-date @2026: `2026` is not a date; write it as `2026-11-02` or `2026-11-02T09:30:00+01:00`",
            "bad-date @soon: `soon` is not a date; write it as `2026-11-02` or `2026-11-02T09:30:00+01:00`",
            "wrong-type @[x]: `expires_on` takes a date, not a list",
        ],
    );
    check(
        "audiense: x\nobjective: { outcom: y, measure: { by: 2026-13-01 } }",
        &[
            "unknown-key @audiense: unknown key `audiense`",
            "unknown-key @outcom: unknown key `outcom` in `objective`",
            "bad-date @2026-13-01: `2026-13-01` is not a date: there is no month 13",
        ],
    );
    check(
        "audience: [cfo, 7, [x]]\nguidance: true\nauthors: [ann, {}, ]\ntopics:\n  -\n",
        &[
            "wrong-type @7: an entry of `audience` takes text or a map, not a number",
            "wrong-type @[x]: an entry of `audience` takes text or a map, not a list",
            "wrong-type @true: `guidance` takes text or a map, or a list of them, not true or false",
            "wrong-type @{}: an entry of `authors` takes text, not a map",
            "wrong-type @-: an entry of `topics` takes text, not nothing",
        ],
    );
    check(
        "kind: pieces\nsources: { a: { access: closed } }",
        &[
            "kind-unknown @pieces: `kind` takes `piece`, `page` or `person`, not `pieces`",
            "wrong-type @closed: `access` takes `open`, `registration` or `paid`, not `closed`",
        ],
    );
    check(
        "kind:\nlang: english\npaginate_by: 0",
        &[
            "kind-unknown @kind: `kind` takes `piece`, `page` or `person`, not nothing",
            "wrong-type @0: `paginate_by` takes a number from 1 to 1000",
            "wrong-type @english: `english` is not a language tag",
        ],
    );
    check("just text", &["wrong-type @just text: front matter is a map of keys and values, not text"]);
}

#[test]
fn a_gate_is_a_map_with_a_reason() {
    check("gated: false", &[]);
    check("gate:", &["wrong-type @gate: `gate` takes a map, not nothing"]);
    check("gate: false", &["wrong-type @false: `gate` takes a map, not true or false"]);
    check("gate: members only", &["wrong-type @members only: `gate` takes a map, not text"]);
    check("gated: true", &["wrong-type @true: `gated: true` gates nothing here: a gate has a reason"]);
    check(
        "series: { part: 2 }\ncorrections: [{ on: 2026-01-01 }]",
        &[
            "wrong-type @{ part: 2 }: this series has no `id`",
            "wrong-type @{ on: 2026-01-01 }: this correction has no `note` that says what was wrong",
        ],
    );
}

#[test]
fn says_what_was_meant() {
    for (header, help) in [
        ("audiense: x", "did you mean `audience`?"),
        ("so-what: x", "did you mean `so_what`?"),
        ("Title: x", "did you mean `title`?"),
        ("tags: [x]", "this key is called `topics` here"),
        ("lastMod: 2026-01-01", "this key is called `updated` here"),
        ("photo: x.jpg", "this key is called `image` here"),
        ("guidance: [{ action: x }]", "this key is called `do` here"),
        ("guidance: [{ Do: x }]", "did you mean `do`?"),
        ("gate: { why: x, form: y }", "this key is called `form_url` here"),
        ("colour: red", "keys of your own, for templates, stand under `extra`"),
        (
            "title: Why we are #1 in pricing",
            "put the value between quotes: `\"Why we are #1 in pricing\"`; a comment has a space behind its `#`",
        ),
        ("guidance:\n  - do: lose #2", "put the value between quotes: `\"lose #2\"`; a comment has a space behind its `#`"),
        ("kind: Person", "did you mean `person`?"),
        ("draft: no", "write `false`, without quotes"),
        ("weight: '3'", "write 3, without quotes"),
        ("series: { di: x, id: y }", "the keys here are `id` and `part`"),
        ("title: [Draft] On price", "put the value between quotes"),
    ] {
        let (_, _, findings) = read_text(&format!("---\n{header}\n---\n"));
        let helps: Vec<&str> = findings.iter().filter_map(|finding| finding.help.as_deref()).collect();
        assert!(helps.iter().any(|found| found.contains(help)), "{header}: {findings:?}");
    }
}

#[test]
fn a_header_that_cannot_be_read_hides_no_body() {
    let large = format!("---\ntitle: {}\n---\nBody", "x".repeat(MAX_HEADER));
    for (text, rule, body) in [
        ("+++\ntitle = \"x\"\n+++\nBody", rules::TOML, "Body"),
        ("---\ntitle: a: b\n---\nBody", rules::SYNTAX, "Body"),
        ("---\ntitle: a\nBody", rules::UNCLOSED, ""),
        (large.as_str(), rules::TOO_LARGE, "Body"),
    ] {
        let (front, range, findings) = read_text(text);
        assert!(front.unreadable);
        assert_eq!((findings[0].rule, &text[range]), (rule, body));
    }
    let (front, range, findings) = read_text("No header.\n\n---\n\nAt all.");
    assert!(!front.unreadable && findings.is_empty() && front.fence == (0..0) && range.start == 0);
}

#[test]
fn names_the_encoding_of_a_file_that_is_not_utf8() {
    let path = SourcePath::new("content/a.md").unwrap();
    for (bytes, place, help) in [
        (&b"a\ncaf\xe9\n"[..], "line 2, column 4", "Latin-1"),
        (b"\x93quoted\x94", "line 1, column 1", "Windows-1252"),
        (b"\xff\xfea\0", "line 1, column 1", "UTF-16"),
        (b"\xc3\xa9t\xc3", "line 1, column 3", "restore it"),
    ] {
        let finding = not_utf8(&path, bytes);
        assert!(finding.message.contains(place), "{}", finding.message);
        assert!(finding.help.as_deref().unwrap().contains(help), "{:?}", finding.help);
        let lossy = String::from_utf8_lossy(bytes);
        assert_eq!(&lossy[finding.place.start..finding.place.end], "\u{fffd}");
    }
}

#[test]
fn the_schema_admits_what_the_reader_knows() {
    let schema = crate::base::json_schema::json_schema("Front matter", schema::KEYS);
    let properties = schema["properties"].as_object().unwrap();
    assert_eq!(properties.len(), schema::KEYS.len(), "no key stands in the table twice");
    assert!(schema::KEYS.iter().all(|key| key.doc.ends_with('.')));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_text_makes_it_panic(text in "(\u{feff})?(---\n|\\+\\+\\+\n)?(title|audience|guidance|date|é|gate|: |- |\\[|\\]|\\{|\\}|\"|'|1|2026-02-3|~|, |&a |\\*a|<<|\n  |\n|\r\n|---){0,40}(\n---\n)?.{0,9}") {
        let (front, body, findings) = read_text(&text);
        prop_assert!(text.get(body).is_some() && text.get(front.fence).is_some());
        for finding in findings {
            prop_assert!(text.get(finding.place.start..finding.place.end).is_some(), "{finding:?}");
            for place in finding.notes.iter().filter_map(|note| note.place.clone()) {
                prop_assert!(text.get(place.start..place.end).is_some());
            }
        }
    }

    #[test]
    fn a_damaged_brief_says_so_or_reads(cut in 0..BRIEF.len(), len in 0usize..9, put in "[:{}\\[\\]'\"&*\t\n -]{0,3}") {
        let text = format!("{}{put}{}", &BRIEF[..cut], &BRIEF[(cut + len).min(BRIEF.len())..]);
        let (front, _, findings) = read_text(&text);
        prop_assert!(!front.unreadable || !findings.is_empty());
        prop_assert!(findings.iter().all(|finding| text.get(finding.place.start..finding.place.end).is_some()));
    }
}
