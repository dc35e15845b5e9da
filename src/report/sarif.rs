//! Findings to SARIF 2.1.0, for code-scanning services and editors.

use super::{Report, rule_url};
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::encode_path;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The name under which code-scanning services look for the identity of a finding.
const FINGERPRINT_KEY: &str = "primaryLocationLineHash";

/// Prints the log with its one run.
pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let rule_names = rule_names(report);
    let rules: Vec<Value> = rule_names.iter().map(|name| rule(name, report)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "sowhat",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": "https://sowhat.example/",
                "rules": rules,
            }},
            "invocations": [{"executionSuccessful": true}],
            "columnKind": "unicodeCodePoints",
            "results": results(report, &rule_names),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

/// Every rule in the manual's order, then those that findings name beside them.
fn rule_names<'a>(report: &Report<'a>) -> Vec<&'a str> {
    let all = report.findings.iter().chain(report.excused);
    let mut others: Vec<&str> = all.map(|diagnostic| diagnostic.rule).filter(|name| !report.has_rule(name)).collect();
    others.sort_unstable();
    others.dedup();
    report.rules.iter().map(|rule| rule.name).chain(others).collect()
}

fn rule(name: &str, report: &Report<'_>) -> Value {
    let mut rule = json!({"id": name, "helpUri": rule_url(name)});
    if let Some(meta) = report.rules.iter().find(|meta| meta.name == name) {
        rule["shortDescription"] = json!({"text": format!("{}.", meta.summary)});
        rule["help"] = json!({"text": format!("{}. Run `sowhat explain {name}` for examples.", meta.summary)});
        rule["defaultConfiguration"] = json!({"level": level(meta.severity)});
    }
    rule
}

fn results(report: &Report<'_>, rule_names: &[&str]) -> Vec<Value> {
    let rule_idx: BTreeMap<&str, usize> = rule_names.iter().enumerate().map(|(idx, name)| (*name, idx)).collect();
    let mut seen: BTreeMap<Fingerprint, usize> = BTreeMap::new();
    let counting = report.findings.iter().map(|diagnostic| (diagnostic, false));
    counting
        .chain(report.excused.iter().map(|diagnostic| (diagnostic, true)))
        .map(|(diagnostic, is_excused)| {
            let identity = identity(diagnostic, report);
            let occurrence = seen.entry(identity).or_default();
            *occurrence += 1;
            let mut result = json!({
                "ruleId": diagnostic.rule,
                "ruleIndex": rule_idx[diagnostic.rule],
                "level": level(diagnostic.severity),
                "message": {"text": message(diagnostic)},
                "locations": [{"physicalLocation": physical_location(&diagnostic.place, report)}],
                "relatedLocations": related_locations(diagnostic, report),
                "partialFingerprints": {FINGERPRINT_KEY: format!("{identity}:{occurrence}")},
            });
            // The baseline is a file of its own, not a remark in the text.
            if is_excused {
                result["suppressions"] = json!([{"kind": "external", "justification": "excused by the baseline"}]);
            }
            result
        })
        .collect()
}

/// What makes a finding the same one after lines were added above it: rule, file and the words it
/// points at, with those around them on the line.
fn identity(diagnostic: &Diagnostic, report: &Report<'_>) -> Fingerprint {
    let line = report.sources.get(&diagnostic.place.path).map_or("", |source| {
        let start = source.region(&diagnostic.place).start.line;
        let text = &source.text()[source.lines().line_start(start)..];
        text.lines().next().unwrap_or_default().trim()
    });
    Fingerprint::of_parts([diagnostic.rule.as_bytes(), diagnostic.place.path.as_str().as_bytes(), line.as_bytes()])
}

fn message(diagnostic: &Diagnostic) -> String {
    let notes = diagnostic.notes.iter().filter(|note| note.place.is_none()).map(|note| format!("note: {}", note.message));
    let help = diagnostic.help.iter().map(|help| format!("help: {}", help.trim_end()));
    std::iter::once(diagnostic.message.to_string()).chain(notes).chain(help).collect::<Vec<_>>().join("\n")
}

fn related_locations(diagnostic: &Diagnostic, report: &Report<'_>) -> Vec<Value> {
    let placed = diagnostic.notes.iter().filter_map(|note| Some((note, note.place.as_ref()?)));
    placed
        .enumerate()
        .map(|(idx, (note, place))| {
            json!({"id": idx, "message": {"text": &*note.message}, "physicalLocation": physical_location(place, report)})
        })
        .collect()
}

fn physical_location(place: &Place, report: &Report<'_>) -> Value {
    let region = report.sources.region(place);
    json!({
        "artifactLocation": {"uri": encode_path(&format!("{}{}", report.path_prefix, place.path)), "uriBaseId": "%SRCROOT%"},
        "region": {
            "startLine": region.start.line,
            "startColumn": region.start.column,
            "endLine": region.end.line,
            "endColumn": region.end.column,
        },
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}
