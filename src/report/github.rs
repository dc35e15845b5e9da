//! Findings to GitHub workflow commands, which show as annotations beside the changed lines.
//!
//! GitHub keeps the first ten annotations of a kind per step, so errors come first.

use super::Report;
use crate::base::diagnostic::{Diagnostic, Severity};
use std::fmt::Write as _;
use std::io;

/// Prints one command a finding.
pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    for severity in [Severity::Error, Severity::Warning] {
        for diagnostic in report.findings.iter().filter(|diagnostic| diagnostic.severity == severity) {
            writeln!(out, "{}", command(diagnostic, report))?;
        }
    }
    Ok(())
}

fn command(diagnostic: &Diagnostic, report: &Report<'_>) -> String {
    let region = report.sources.region(&diagnostic.place);
    let mut place = format!("file={},line={}", property(&format!("{}{}", report.path_prefix, diagnostic.place.path)), region.start.line);
    let _ = if region.start.line == region.end.line {
        write!(place, ",col={},endLine={},endColumn={}", region.start.column, region.end.line, region.end.column)
    } else {
        // GitHub refuses columns on an annotation of several lines.
        write!(place, ",endLine={}", region.end.line)
    };
    let mut message = diagnostic.message.to_string();
    for note in &diagnostic.notes {
        let _ = write!(message, "\nnote: {}", note.message);
        if let Some(place) = &note.place {
            let _ = write!(message, " ({}{}:{})", report.path_prefix, place.path, report.sources.region(place).start.line);
        }
    }
    if let Some(help) = &diagnostic.help {
        let _ = write!(message, "\nhelp: {}", help.trim_end());
    }
    format!("::{} {place},title={}::{}", diagnostic.severity.as_str(), property(diagnostic.rule), text(&message))
}

/// Escapes the text of a command as the runner's toolkit does; other control characters would reach
/// the terminal of whoever reads the log and are left out.
fn text(value: &str) -> String {
    let printable: String = value.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).collect();
    printable.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes a property of a command.
fn property(value: &str) -> String {
    text(value).replace(':', "%3A").replace(',', "%2C")
}
