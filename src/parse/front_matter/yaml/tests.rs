//! Cases of YAML: places, scalars, bombs.

use super::*;
use crate::base::path::SourcePath;
use proptest::prelude::*;

/// Reads YAML behind a fence that has a non-ASCII character, so that no offset is right by chance.
fn read_yaml(yaml: &str) -> (String, Option<Node>, Vec<Diagnostic>) {
    let lead = "é---\n";
    let text = format!("{lead}{yaml}");
    let path = SourcePath::new("content/a.md").unwrap();
    let (root, findings) = read(FileText { path: &path, text: &text }, lead.len()..text.len());
    (text, root, findings)
}

/// A tree as text, each scalar as its kind, value and bytes: `t(a)` for text written as it reads.
fn show(node: &Node, text: &str) -> String {
    let written = &text[node.range.clone()];
    let scalar =
        |kind: &str, value: &str| if value == written { format!("{kind}({value})") } else { format!("{kind}({value} @{written})") };
    match &node.value {
        Value::Null => format!("null@{written}"),
        Value::Bool(value) => scalar("b", &value.to_string()),
        Value::Integer(value) => scalar("i", &value.to_string()),
        Value::Float(value) => scalar("f", &value.to_string()),
        Value::Text(value) | Value::Date(value) => scalar("t", value),
        Value::List(items) => format!("[{}]", items.iter().map(|item| show(item, text)).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let shown = entries.iter().map(|entry| {
                let key = &entry.key;
                let at = if text[key.range.clone()] == key.value { String::new() } else { format!(" @{}", &text[key.range.clone()]) };
                format!("{}{at}: {}", key.value, show(&entry.node, text))
            });
            format!("{{{}}}", shown.collect::<Vec<_>>().join(", "))
        }
    }
}

#[track_caller]
fn check(yaml: &str, expected: &str) {
    let (text, root, findings) = read_yaml(yaml);
    assert_eq!(findings, [], "{yaml}");
    assert_eq!(root.map(|root| show(&root, &text)).as_deref(), Some(expected), "{yaml}");
}

/// Findings as `rule @bytes: message`, and whether a tree remains.
#[track_caller]
fn check_findings(yaml: &str, is_readable: bool, expected: &[&str]) {
    let (text, root, findings) = read_yaml(yaml);
    let shown: Vec<String> = findings
        .iter()
        .map(|finding| {
            let rule = finding.rule.trim_start_matches("front-matter-");
            format!("{rule} @{}: {}", &text[finding.place.start..finding.place.end], finding.message)
        })
        .collect();
    assert_eq!(shown, expected, "{yaml}");
    assert_eq!(root.is_some(), is_readable, "{yaml}");
}

#[test]
fn reads_values_with_their_bytes() {
    check("title: é b  # c\nlist:\n- a\n- 'b'\n", "{title: t(é b), list: [t(a), t(b @'b')]}");
    check("draft: yes\nid: 010\ntime: 12:30\nok: TRUE\n", "{draft: t(yes), id: i(10 @010), time: t(12:30), ok: b(true @TRUE)}");
    check("a: 2026-11-02\r\nb: {c: [1, d: .5]}\r\n", "{a: t(2026-11-02), b: {c: [i(1), {d: f(0.5 @.5)}]}}");
    check("a:\nb: ~\nc: [x, ]\nd:\n  -\n  - y\n", "{a: null@, b: null@~, c: [t(x)], d: [null@-, t(y)]}");
    check("a: >-\n  x\n  y\n\nb: !!str 010\nc: ! 3\n", "{a: t(x y @x\n  y), b: t(010), c: t(3)}");
    check("\"quoted key\": 1\n2: two\n", "{quoted key @\"quoted key\": i(1), 2: t(two)}");
    check("", "null@");
    check("# a comment alone\n", "null@");
}

#[test]
fn collections_end_with_what_they_hold() {
    for (yaml, key, expected) in [
        ("g:\n  - a\n  - b # c\n\nx: 1\n", "g", "- a\n  - b"),
        ("g:\n- do: x\n  by: y\n\n", "g", "- do: x\n  by: y"),
        ("g:\n  do: x\n  by:\nx: 1\n", "g", "do: x\n  by"),
        ("g: { do: x, }  \nx: 1\n", "g", "{ do: x, }"),
        ("g: [[a: b], {}]\n", "g", "[[a: b], {}]"),
        ("g: |\n  x\n\n\nx: 1\n", "g", "x"),
    ] {
        let (text, root, _) = read_yaml(yaml);
        let root = root.unwrap();
        assert_eq!(&text[root.value.get(key).unwrap().node.range.clone()], expected, "{yaml}");
    }
}

#[test]
fn aliases_and_merge_keys_stand_where_they_are_used() {
    check("a: &x 7\nb: *x\n", "{a: i(7), b: i(7 @*x)}");
    check(
        "extra: &base {role: CFO, at: mills}\naudience:\n  <<: *base\n  at: ports\n",
        "{extra: {role: t(CFO), at: t(mills)}, audience: {at: t(ports), role @*base: t(CFO @*base)}}",
    );
    check(
        "a: &p {x: 1}\nb: &q {x: 2, y: 3}\nc: {<<: [*p, *q]}\n",
        "{a: {x: i(1)}, b: {x: i(2), y: i(3)}, c: {x @*p: i(1 @*p), y @*q: i(3 @*q)}}",
    );
    check("a: {\"<<\": 1}\n", "{a: {<< @\"<<\": i(1)}}");
    check_findings("a: {<<: 1}\n", true, &["wrong-type @1: `<<` merges a map, or a list of maps, not a number"]);
}

#[test]
fn reports_every_duplicate_also_in_nested_maps() {
    check_findings(
        "a: 1\nx: {b: 1, b: 2, b: 3}\n\"a\": 2\n",
        true,
        &[
            "duplicate-key @b: the key `b` is written twice",
            "duplicate-key @b: the key `b` is written twice",
            "duplicate-key @\"a\": the key `a` is written twice",
        ],
    );
    let (text, _, findings) = read_yaml("é: 1\né: 2\n");
    let first = findings[0].notes[0].place.clone().unwrap();
    assert_eq!((&text[first.start..first.end], first.start), ("é", "é---\n".len()));
}

#[test]
fn says_what_front_matter_does_not_hold() {
    check_findings("a: 1\n--- # second\nb: 2\n", true, &["second-document @---: a second YAML document begins inside the front matter"]);
    check_findings("--- # first\nb: 2\n", false, &["second-document @---: a second YAML document begins inside the front matter"]);
    check_findings("a: !include x.yaml\n", true, &["syntax @!include: front matter knows no tag `!include`"]);
    check_findings("a: *x\n", true, &["syntax @*x: `*x` repeats an anchor, and there is no `&x` before it"]);
    check_findings("a: {{ title }}\n", true, &["syntax @{ title }: a key is text, not a map"]);
    check_findings(": x\nb: c\n", true, &["syntax @:: a key is missing before this `:`"]);
    check_findings("a: &a [*a]\n", false, &["alias-bomb @*a: this alias stands inside the value that it repeats"]);
}

#[test]
fn says_what_is_wrong_on_the_line() {
    for (yaml, at, message, help) in [
        ("title: Price: the hour\n", ":", "reads as a second key", "`title: \"Price: the hour\"`"),
        ("g:\n  - do: a: b\n", ":", "reads as a second key", "`- do: \"a: b\"`"),
        ("title: @ann \"x\"\n", "@", "cannot begin with `@`", "`title: '@ann \"x\"'`"),
        ("title: `x`\n", "`", "cannot begin with ``", "`title: \"`x`\"`"),
        ("title: %x\n", "%", "cannot begin with `%`", "`title: \"%x\"`"),
        ("title: \"A\" b\n", "b", "follows the closing quote", "`title: '\"A\" b'`"),
        ("title: 'tis\nx: y\n", "'", "never closed", "quotes of the other kind"),
        ("title: \"x\n", "\"", "never closed", "close the quote"),
        ("a:\n\tb: c\n", "\t", "a tab indents", "spaces"),
        ("a:\n  - do: x y\n\tby: z\n", "\t", "a tab indents", "spaces"),
        ("title: 'It's the outcome'\n", "s", "follows the closing quote", "`title: \"It's the outcome\"`"),
        ("description: > Why\n", ">", "cannot begin with `>`", "`description: \"> Why\"`"),
        ("description: - Why\n", "-", "starts on a line of its own", "`description: \"- Why\"`"),
        ("a:\n  - b\n c: d\n", "c", "fits nothing above", "same column"),
        ("title:foo\nb: c\n", ":", "no space after its `:`", "line above"),
        ("a: b\n  c: d\n", ":", "a key cannot stand here", "same column"),
        ("a: [b\nc: d\n", ":", "a key cannot stand here", "close every quote and bracket"),
        ("a: [b\n", "[", "never closed", ""),
        ("a: b]\nc: }\n", "}", "closes nothing", ""),
        ("a: - b\n", "-", "a line of its own", "next line"),
        ("%YAML 1.2\n", "%", "directive", ""),
        ("a: \"\\q\"\n", "\"", "escape", "single quotes"),
        ("a: 1\n\u{0}", "\u{0}", "U+0000", "take the character out"),
        ("title: *very* good\n", "g", "nothing can follow", "`title: \"*very* good\"`"),
    ] {
        let (text, root, findings) = read_yaml(yaml);
        let finding = findings.last().unwrap();
        assert!(root.is_none() && finding.rule == rules::SYNTAX, "{yaml}: {findings:?}");
        assert_eq!(&text[finding.place.start..finding.place.end], at, "{yaml}: {finding:?}");
        assert!(finding.message.contains(message), "{yaml}: {}", finding.message);
        assert!(finding.help.as_deref().unwrap_or_default().contains(help), "{yaml}: {:?}", finding.help);
    }
}

#[test]
fn hostile_headers_end_quickly() {
    let laughs = (1..12).map(|level| format!("l{level}: &l{level} [{}]\n", vec![format!("*l{}", level - 1); 10].join(", ")));
    let deep_aliases: String = (1..80).map(|level| format!("l{level}: &l{level} [*l{}]\n", level - 1)).collect();
    for (yaml, rule) in [
        ("{a: ".repeat(100_000), rules::TOO_LARGE),
        ("[".repeat(100_000), rules::TOO_LARGE),
        ("- ".repeat(30_000), rules::TOO_LARGE),
        ("? ".repeat(30_000), rules::TOO_LARGE),
        (format!("l0: &l0 x\n{}", laughs.collect::<String>()), rules::ALIAS_BOMB),
        (format!("a: &a 1\nb: [{}]\n", "*a, ".repeat(20_000)), rules::ALIAS_BOMB),
        (format!("a: &a {}\nb: [{}]\n", "x".repeat(30_000), "*a, ".repeat(8_000)), rules::ALIAS_BOMB),
        (format!("l0: &l0 x\n{deep_aliases}"), rules::TOO_LARGE),
        (format!("a: [{}]", "1,".repeat(40_000)), rules::TOO_LARGE),
        (format!("a: \"{}", "\\\n".repeat(30_000)), rules::SYNTAX),
        ("a\n".repeat(30_000) + ": b", rules::SYNTAX),
    ] {
        #[expect(clippy::disallowed_methods, reason = "the test is about time")]
        let started = std::time::Instant::now();
        let (_, root, findings) = read_yaml(&yaml);
        let start: String = yaml.chars().take(20).collect();
        assert!(root.is_none(), "{start}");
        assert_eq!(findings.last().map(|finding| finding.rule), Some(rule), "{start}");
        assert!(started.elapsed().as_secs() < 2, "{start} took {:?}", started.elapsed());
    }
}

fn check_ranges(node: &Node, text: &str) {
    assert!(text.get(node.range.clone()).is_some(), "{:?} in {text:?}", node.range);
    match &node.value {
        Value::List(items) => items.iter().for_each(|item| check_ranges(item, text)),
        Value::Map(entries) => entries.iter().for_each(|entry| {
            assert!(text.get(entry.key.range.clone()).is_some(), "{:?} in {text:?}", entry.key);
            check_ranges(&entry.node, text);
        }),
        Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Float(_) | Value::Text(_) | Value::Date(_) => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn every_range_lies_in_the_text(yaml in "([a-cé:#'\"\\[\\]{}&*!|>%@`,?~<-]|: |- |\n|\r\n|  |\t|\u{0}|\u{feff}|<<: |&a |\\*a|---|\\.\\.\\.){0,40}") {
        let (text, root, findings) = read_yaml(&yaml);
        root.iter().for_each(|root| check_ranges(root, &text));
        for finding in &findings {
            prop_assert!(text.get(finding.place.start..finding.place.end).is_some(), "{finding:?}");
        }
        prop_assert!(root.is_some() || !findings.is_empty());
    }
}
