//! Findings to one JSON object:
//! `{"version": 1, "findings": [{rule, severity, message, label, help, notes, path, line, column,
//! end_line, end_column, url}], "summary": {errors, warnings, pieces, ungated, excused}}`.
//!
//! Lines and columns count from 1, columns in Unicode scalar values; the end is the column after
//! the last character. Paths are relative to the site's root. What is not known is `null`.

use super::{Report, rule_url};
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::sources::Sources;
use serde_json::{Value, json};
use std::io;

/// Raised when a reader of this format would have to change.
const VERSION: u32 = 1;

/// Prints the object, one finding a line so that it can be compared and searched.
pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    write!(out, "{{\"version\":{VERSION},\"findings\":[")?;
    for (idx, diagnostic) in report.findings.iter().enumerate() {
        let separator = if idx == 0 { "\n" } else { ",\n" };
        write!(out, "{separator}{}", finding(diagnostic, report.sources))?;
    }
    let summary = json!({
        "errors": report.count(Severity::Error),
        "warnings": report.count(Severity::Warning),
        "pieces": report.scope.map(|scope| scope.pieces),
        "ungated": report.scope.map(|scope| scope.ungated),
        "excused": report.scope.map(|scope| scope.excused),
    });
    writeln!(out, "\n],\"summary\":{summary}}}")
}

/// One finding, as it stands in `findings`; the live preview sends the same.
pub fn finding(diagnostic: &Diagnostic, sources: &Sources) -> Value {
    let region = sources.region(&diagnostic.place);
    let notes: Vec<Value> = diagnostic
        .notes
        .iter()
        .map(|note| {
            let start = note.place.as_ref().map(|place| sources.region(place).start);
            json!({
                "message": &*note.message,
                "path": note.place.as_ref().map(|place| place.path.as_str()),
                "line": start.map(|start| start.line),
                "column": start.map(|start| start.column),
            })
        })
        .collect();
    json!({
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.as_str(),
        "message": &*diagnostic.message,
        "label": diagnostic.label.as_deref(),
        "help": diagnostic.help.as_deref(),
        "notes": notes,
        "path": diagnostic.place.path.as_str(),
        "line": region.start.line,
        "column": region.start.column,
        "end_line": region.end.line,
        "end_column": region.end.column,
        "url": rule_url(diagnostic.rule),
    })
}
