//! Findings to something that people or programs read: one file per format.
//!
//! The command line calls [`Report::write`]; nothing here decides whether the gate is open.

mod github;
mod json;
mod sarif;
pub mod scorecard;
mod text;

use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::sources::Sources;
use std::io;

pub use json::finding as json_finding;

/// Where the manual explains the rules; a rule's name is its anchor there.
const RULES_URL: &str = "https://sowhat.example/manual/rules/";

/// A way to print findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people: source excerpts with carets.
    Text,
    /// One JSON object.
    Json,
    /// Workflow commands that GitHub shows beside the changed lines.
    Github,
    /// SARIF 2.1.0, for code-scanning services and editors.
    Sarif,
}

impl Format {
    /// Every format, the default first.
    pub const ALL: [Self; 4] = [Self::Text, Self::Json, Self::Github, Self::Sarif];

    /// The word for it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Github => "github",
            Self::Sarif => "sarif",
        }
    }

    fn writer(self) -> fn(&Report<'_>, &mut dyn io::Write) -> io::Result<()> {
        match self {
            Self::Text => text::write,
            Self::Json => json::write,
            Self::Github => github::write,
            Self::Sarif => sarif::write,
        }
    }
}

/// What a report says about a rule, so that formats need not know the rules themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleMeta {
    /// The rule's name, such as `audience-missing`.
    pub name: &'static str,
    /// What it wants, in one sentence without a full stop.
    pub summary: &'static str,
    /// How its findings weigh unless the site says otherwise.
    pub severity: Severity,
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// Pieces that were judged.
    pub pieces: usize,
    /// Those among them that are read in full without a form.
    pub ungated: usize,
    /// Findings that a baseline excuses, and that are not reported.
    pub excused: usize,
}

/// Whether the text format may use terminal colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// No escape sequences.
    Plain,
    /// ANSI colours.
    Colored,
}

/// The findings of one run, with all that a format needs to print them.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// In their total order (see [`crate::base::diagnostic::sort`]).
    pub findings: &'a [Diagnostic],
    /// Those that a baseline excuses: only SARIF tells them, as suppressed.
    pub excused: &'a [Diagnostic],
    /// The texts they point into.
    pub sources: &'a Sources,
    /// Every rule there is, in the order of the manual.
    pub rules: &'a [RuleMeta],
    /// How much was looked at; `None` when the run stopped before there were pieces, or when the
    /// summary is not wanted.
    pub scope: Option<Scope>,
    /// Colours of the text format.
    pub style: Style,
    /// The text format shows the first so many warnings of a rule and counts the rest; `None` shows all. Errors are
    /// always shown.
    pub most_of_a_rule: Option<usize>,
    /// Columns of the terminal, for the text format.
    pub width: usize,
    /// The way from the working directory to the site's root, such as `site/`; empty when they are
    /// one. GitHub and SARIF place files from there, the other formats from the site's root.
    pub path_prefix: &'a str,
}

impl Report<'_> {
    /// Prints the findings.
    pub fn write(&self, format: Format, out: &mut dyn io::Write) -> io::Result<()> {
        format.writer()(self, out)
    }

    /// The number of findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }

    fn has_rule(&self, name: &str) -> bool {
        self.rules.iter().any(|rule| rule.name == name)
    }
}

/// The address of a rule's page in the manual.
pub fn rule_url(name: &str) -> String {
    format!("{RULES_URL}#{name}")
}

/// `1 piece`, `2 pieces`.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests;
