//! Cases of every findings format.

use super::*;
use crate::base::diagnostic::Place;
use crate::base::kept_text::KeptText;
use crate::base::path::SourcePath;
use proptest::prelude::*;
use serde_json::Value;

const RULES: [RuleMeta; 2] = [
    RuleMeta { name: "audience-missing", summary: "A piece names who it is for", severity: Severity::Error },
    RuleMeta { name: "audience-undeclared", summary: "Every audience id is declared", severity: Severity::Error },
];

const PIECE: &str = "---\ntitle: Täglich\n\taudience: cfo\r\nguidance:\n  - a\n  - b\n---\n";

fn sources() -> Sources {
    let long = format!("{} here {}\n", "x ".repeat(3000), "y ".repeat(3000));
    [("content/x.md", PIECE), ("site.toml", "[audiences.cto]\nrole = \"CTO\"\n"), ("long.md", &long), ("empty.md", "")]
        .into_iter()
        .map(|(path, text)| (SourcePath::new(path).unwrap(), text))
        .map(|(path, text)| (path.clone(), KeptText::fixed(&path, text)))
        .collect()
}

fn place(path: &str, range: std::ops::Range<usize>) -> Place {
    Place::new(&SourcePath::new(path).unwrap(), range)
}

fn at(words: &str) -> Place {
    let start = PIECE.find(words).unwrap();
    place("content/x.md", start..start + words.len())
}

fn print(findings: &[Diagnostic], format: Format) -> String {
    let scope = (format == Format::Json).then_some(Scope { pieces: 12, ungated: 11, excused: 0 });
    let sources = sources();
    let report = Report {
        findings,
        excused: &[],
        sources: &sources,
        rules: &RULES,
        scope,
        style: Style::Plain,
        most_of_a_rule: None,
        width: 80,
        path_prefix: "site/",
    };
    let mut out = Vec::new();
    report.write(format, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn undeclared() -> Diagnostic {
    Diagnostic::error("audience-undeclared", at("cfo"), "audience `cfo` is not declared")
        .label("no such id")
        .note_at(place("site.toml", 1..14), "this one is")
        .note("ids are case-sensitive")
        .help("did you mean `cto`?")
}

fn check_text(finding: &Diagnostic, expected: &str) {
    let printed = print(std::slice::from_ref(finding), Format::Text);
    let printed: Vec<&str> = printed.lines().map(str::trim_end).collect();
    assert_eq!(printed.join("\n").trim_end(), expected.trim(), "\n{}", printed.join("\n"));
}

#[test]
fn text_points_at_the_words_and_at_second_places() {
    check_text(
        &undeclared(),
        r"
error[audience-undeclared]: audience `cfo` is not declared
 --> content/x.md:3:12
  |
3 |     audience: cfo
  |               ^^^ no such id
  |
note: this one is
 --> site.toml:1:2
  |
1 | [audiences.cto]
  |  ^^^^^^^^^^^^^
  |
  = note: ids are case-sensitive
  = help: did you mean `cto`?
  = why: sowhat explain audience-undeclared",
    );
}

#[test]
fn a_block_to_paste_starts_at_the_first_column() {
    let help = "declare it in `site.toml`:\n\n[audiences.cfo]\nrole = \"CFO\"\n";
    check_text(
        &Diagnostic::error("audience-undeclared", at("cfo"), "audience `cfo` is not declared").help(help),
        r#"
error[audience-undeclared]: audience `cfo` is not declared
 --> content/x.md:3:12
  |
3 |     audience: cfo
  |               ^^^
  |
  = why: sowhat explain audience-undeclared
  = help: declare it in `site.toml`:

[audiences.cfo]
role = "CFO""#,
    );
}

#[test]
fn text_stands_any_place() {
    let check = |place: Place, expected: &str| check_text(&Diagnostic::warning("other", place, "a\nb \u{1b}[31m"), expected);
    check(
        at("guidance:\n  - a\n  - b\n"),
        "warning[other]: a b ␛[31m\n --> content/x.md:4:1\n  |\n4 | / guidance:\n5 | |   - a\n6 | |   - b\n  | |_____^",
    );
    check(place("content/x.md", 999..1999), "warning[other]: a b ␛[31m\n --> content/x.md:8:1\n  |\n8 |\n  | ^");
    check(place("content/x.md", 3..4), "warning[other]: a b ␛[31m\n --> content/x.md:1:4\n  |\n1 | ---\n  |    ^");
    check(place("empty.md", 0..0), "warning[other]: a b ␛[31m\n --> empty.md:1:1\n  |\n1 |\n  | ^");
    check(place("a.png", 0..0), "warning[other]: a b ␛[31m\n--> a.png");
    check(
        place("long.md", 6001..6005),
        "warning[other]: a b ␛[31m\n --> long.md:1:6002\n  |\n :::\n1 | ...x x x x x x x x x x x x x x x x  here y y y y y y y y y y y y y y y y ...\n  |                                     ^^^^",
    );
}

#[test]
fn the_summary_counts() {
    let sources = sources();
    let check = |findings: &[Diagnostic], scope: Scope, expected: &str| {
        let report = Report {
            findings,
            excused: &[],
            sources: &sources,
            rules: &RULES,
            scope: Some(scope),
            style: Style::Plain,
            most_of_a_rule: None,
            width: 80,
            path_prefix: "",
        };
        let mut out = Vec::new();
        report.write(Format::Text, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap().lines().last(), Some(expected));
    };
    let warning = Diagnostic::warning("other", place("empty.md", 0..0), "w");
    check(&[], Scope { pieces: 0, ungated: 0, excused: 0 }, "no findings; no pieces yet");
    check(&[], Scope { pieces: 1, ungated: 1, excused: 0 }, "no findings in 1 piece (all ungated)");
    check(
        &[warning.clone(), warning.clone()],
        Scope { pieces: 12, ungated: 11, excused: 0 },
        "2 warnings in 12 pieces (11 ungated, 1 gated)",
    );
    check(&[], Scope { pieces: 1, ungated: 1, excused: 3 }, "no findings in 1 piece (all ungated); 3 excused by the baseline");
    check(&[undeclared(), warning], Scope { pieces: 2, ungated: 0, excused: 0 }, "1 error, 1 warning in 2 pieces (0 ungated, 2 gated)");
}

#[test]
fn text_counts_what_is_too_much_of_a_rule_and_shows_every_error() {
    let sources = sources();
    let warning = Diagnostic::warning("other", place("empty.md", 0..0), "w");
    let findings = [undeclared(), undeclared(), warning.clone(), warning.clone(), warning];
    let report = Report {
        findings: &findings,
        excused: &[],
        sources: &sources,
        rules: &RULES,
        scope: None,
        style: Style::Plain,
        most_of_a_rule: Some(1),
        width: 80,
        path_prefix: "",
    };
    let mut out = Vec::new();
    report.write(Format::Text, &mut out).unwrap();
    let text = String::from_utf8(out).unwrap();
    let count = |start: &str| text.lines().filter(|line| line.starts_with(start)).count();
    assert_eq!((count("error["), count("warning[")), (2, 1), "{text}");
    assert!(text.ends_with("\nand 2 more warnings of `other`, which `sowhat check` shows\n\n"), "{text}");
}

#[test]
fn json_is_one_object() {
    let printed = print(&[undeclared(), Diagnostic::warning("other", place("a.png", 5..9), "w")], Format::Json);
    let log: Value = serde_json::from_str(&printed).unwrap();
    let expected = serde_json::json!({
        "version": 1,
        "findings": [
            {
                "rule": "audience-undeclared", "severity": "error", "message": "audience `cfo` is not declared",
                "label": "no such id", "help": "did you mean `cto`?",
                "notes": [
                    {"message": "this one is", "path": "site.toml", "line": 1, "column": 2},
                    {"message": "ids are case-sensitive", "path": null, "line": null, "column": null},
                ],
                "path": "content/x.md", "line": 3, "column": 12, "end_line": 3, "end_column": 15,
                "url": "https://sowhat.example/manual/rules/#audience-undeclared",
            },
            {
                "rule": "other", "severity": "warning", "message": "w", "label": null, "help": null, "notes": [],
                "path": "a.png", "line": 1, "column": 1, "end_line": 1, "end_column": 1,
                "url": "https://sowhat.example/manual/rules/#other",
            },
        ],
        "summary": {"errors": 1, "warnings": 1, "pieces": 12, "ungated": 11, "excused": 0},
    });
    assert_eq!(log, expected);
    assert_eq!(serde_json::from_str::<Value>(&print(&[], Format::Json)).unwrap()["findings"], serde_json::json!([]));
}

#[test]
fn github_gets_errors_first_and_its_own_escapes() {
    let odd = Diagnostic::warning("other", place("a,b:c.md", 0..0), "100 %\r\n\u{1b}[31m").help("x\n");
    let printed = print(&[odd, Diagnostic::warning("other", at("- a\n  - b"), "two lines"), undeclared()], Format::Github);
    assert_eq!(
        printed,
        "::error file=site/content/x.md,line=3,col=12,endLine=3,endColumn=15,title=audience-undeclared::audience `cfo` is not declared\
         %0Anote: this one is (site/site.toml:1)%0Anote: ids are case-sensitive%0Ahelp: did you mean `cto`?\n\
         ::warning file=site/a%2Cb%3Ac.md,line=1,col=1,endLine=1,endColumn=1,title=other::100 %25%0D%0A[31m%0Ahelp: x\n\
         ::warning file=site/content/x.md,line=5,endLine=6,title=other::two lines\n"
    );
}

/// Holds a log against what the SARIF 2.1.0 schema asks of the objects we write.
fn check_sarif(log: &Value) {
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let mut ids: Vec<&str> = rules.iter().map(|rule| rule["id"].as_str().unwrap()).collect();
    for rule in rules {
        assert!(rule["helpUri"].as_str().unwrap().starts_with("https://"));
    }
    for result in run["results"].as_array().unwrap() {
        let idx = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"].as_str(), Some(ids[idx]));
        assert!(["error", "warning"].contains(&result["level"].as_str().unwrap()));
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        assert!(result["partialFingerprints"].as_object().unwrap().values().all(Value::is_string));
        let related = result["relatedLocations"].as_array().unwrap();
        for location in result["locations"].as_array().unwrap().iter().chain(related) {
            let physical = &location["physicalLocation"];
            let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
            assert!(!uri.starts_with('/') && !uri.contains([' ', '\\']), "{uri}");
            let region = &physical["region"];
            let position = |line: &str, column: &str| (region[line].as_u64().unwrap(), region[column].as_u64().unwrap());
            let (start, end) = (position("startLine", "startColumn"), position("endLine", "endColumn"));
            assert!(start <= end && start.0 >= 1 && start.1 >= 1 && end.1 >= 1, "{region}");
        }
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "rule ids are unique");
}

#[test]
fn sarif_has_the_shape_of_its_schema() {
    let findings = [undeclared(), undeclared(), Diagnostic::warning("other", place("a b.png", 5..9), "w").help("x")];
    let log: Value = serde_json::from_str(&print(&findings, Format::Sarif)).unwrap();
    check_sarif(&log);
    let results = log["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results[0]["relatedLocations"][0]["message"]["text"], "this one is");
    assert_eq!(results[0]["message"]["text"], "audience `cfo` is not declared\nnote: ids are case-sensitive\nhelp: did you mean `cto`?");
    assert_eq!(results[2]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "site/a%20b.png");
    assert_ne!(results[0]["partialFingerprints"], results[1]["partialFingerprints"], "repeats are told apart");
}

#[test]
fn a_finding_stays_itself_when_lines_are_added_above_it() {
    let fingerprint = |text: &str| {
        let path = SourcePath::new("content/x.md").unwrap();
        let sources: Sources = [(path.clone(), KeptText::fixed(&path, text))].into_iter().collect();
        let start = text.find("cfo").unwrap();
        let findings = [Diagnostic::error("audience-undeclared", Place::new(&path, start..start + 3), "no")];
        let report = Report {
            findings: &findings,
            excused: &[],
            sources: &sources,
            rules: &[],
            scope: None,
            style: Style::Plain,
            most_of_a_rule: None,
            width: 80,
            path_prefix: "",
        };
        let mut out = Vec::new();
        report.write(Format::Sarif, &mut out).unwrap();
        serde_json::from_slice::<Value>(&out).unwrap()["runs"][0]["results"][0]["partialFingerprints"].clone()
    };
    assert_eq!(fingerprint("---\naudience: cfo\n---\n"), fingerprint("---\r\ntitle: A\r\naudience: cfo\r\n---\r\n"));
    assert_ne!(fingerprint("---\naudience: cfo\n---\n"), fingerprint("---\naudience: [cfo]\n---\n"));
}

proptest! {
    /// No text and no range of it makes a format panic or print what its readers refuse.
    #[test]
    fn any_place_of_any_text_can_be_reported(
        text in "[a-z \t\r\n\u{0}\u{1b}é世\u{301}🙂\u{202e}]{0,120}",
        ranges in proptest::collection::vec((0usize..200, 0usize..200), 1..4),
    ) {
        let path = SourcePath::new("x.md").unwrap();
        let sources: Sources = [(path.clone(), KeptText::fixed(&path, &text))].into_iter().collect();
        let findings: Vec<Diagnostic> = ranges
            .iter()
            .map(|(start, end)| Diagnostic::error("other", Place::new(&path, *start..*end), text.clone()).label(text.clone()).help(text.clone()))
            .collect();
        let report = Report { findings: &findings, excused: &[], sources: &sources, rules: &RULES, scope: None, style: Style::Colored, most_of_a_rule: None, width: 60, path_prefix: "" };
        for format in Format::ALL {
            let mut out = Vec::new();
            report.write(format, &mut out).unwrap();
            match format {
                Format::Text => {}
                Format::Json => prop_assert!(serde_json::from_slice::<Value>(&out).is_ok()),
                Format::Github => prop_assert_eq!(out.iter().filter(|byte| **byte == b'\n').count(), findings.len()),
                Format::Sarif => prop_assert!(serde_json::from_slice::<Value>(&out).is_ok()),
            }
        }
    }
}
