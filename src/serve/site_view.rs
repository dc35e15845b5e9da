//! The whole site as JSON for `/_sowhat/`: every page with its state and its findings.

use super::edition::Edition;
use super::excerpt::{self, Editor};
use super::panel;
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::path::SourcePath;
use crate::model::{Kind, State};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Findings that are shown with their lines; more are counted.
const MAX_SHOWN: usize = 500;

/// Everything of an edition that the site view shows.
pub fn of(edition: &Edition, editor: &Editor) -> Value {
    let mut by_path: BTreeMap<&SourcePath, (usize, usize)> = BTreeMap::new();
    for finding in edition.findings.iter() {
        let (n_errors, n_warnings) = by_path.entry(&finding.place.path).or_default();
        match finding.severity {
            Severity::Error => *n_errors += 1,
            Severity::Warning => *n_warnings += 1,
        }
    }
    let findings: Vec<Value> =
        edition.findings.iter().take(MAX_SHOWN).map(|finding: &Diagnostic| excerpt::finding(finding, &edition.sources, editor)).collect();
    json!({
        "edition": edition.number,
        "site": panel::site_state(edition),
        "pages": pages(edition, &by_path, editor),
        "findings": findings,
        "hidden": edition.findings.len().saturating_sub(MAX_SHOWN),
    })
}

fn pages(edition: &Edition, by_path: &BTreeMap<&SourcePath, (usize, usize)>, editor: &Editor) -> Vec<Value> {
    let Some(outcome) = &edition.outcome else { return Vec::new() };
    let site = &outcome.site;
    let row = |path: &SourcePath, kind: Kind, state: State, title: &str, href: Option<String>| {
        let (n_errors, n_warnings) = by_path.get(path).copied().unwrap_or_default();
        json!({
            "title": title,
            "href": href,
            "source": path.as_str(),
            "editor": editor.link(path.as_str(), 1, 1),
            "kind": kind.as_str(),
            "state": state.as_str(),
            "errors": n_errors,
            "warnings": n_warnings,
        })
    };
    let published = site.pages.iter().map(|page| {
        let mut row = row(&page.document.path, page.kind, page.state, &page.title, Some(site.config.base_url.href(page.url.as_str())));
        row["gated"] = page.is_gated().into();
        row
    });
    let withheld = site.withheld.iter().map(|page| row(&page.document.path, page.kind, page.state, &page.title, None));
    published.chain(withheld).collect()
}
