//! The site as JSON for `/_sowhat/`: a window of the pages that a filter lets through, each with its state
//! and its findings, so that ten thousand pages cost a browser no more than fifty.

use super::edition::Edition;
use super::excerpt::{self, Editor};
use super::panel;
use super::query::Query;
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::path::SourcePath;
use crate::model::{Kind, State};
use serde_json::{Value, json};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Pages in one reply.
const WINDOW: usize = 50;

/// Findings of one page that are shown with their lines; more are counted.
const MAX_SHOWN: usize = 10;

/// Findings that are shown of files that are no pages.
const MAX_ELSEWHERE: usize = 50;

/// Which pages are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Show {
    All,
    Pieces,
    Errors,
    Findings,
    Live,
    Drafts,
    Scheduled,
    Expired,
    Gated,
}

impl Show {
    const ALL: [Self; 9] =
        [Self::All, Self::Pieces, Self::Errors, Self::Findings, Self::Live, Self::Drafts, Self::Scheduled, Self::Expired, Self::Gated];

    /// Its name in addresses and in the counts.
    fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Pieces => "pieces",
            Self::Errors => "errors",
            Self::Findings => "findings",
            Self::Live => "live",
            Self::Drafts => "drafts",
            Self::Scheduled => "scheduled",
            Self::Expired => "expired",
            Self::Gated => "gated",
        }
    }

    fn lets(self, row: &Row<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Pieces => row.kind == Kind::Piece,
            Self::Errors => row.n_errors > 0,
            Self::Findings => !row.findings.is_empty(),
            Self::Live => row.kind == Kind::Piece && row.state == State::Live,
            Self::Drafts => row.state == State::Draft,
            Self::Scheduled => row.state == State::Scheduled,
            Self::Expired => row.state == State::Expired,
            Self::Gated => row.is_gated,
        }
    }
}

/// A page of the view, before it is one of the few that are sent.
struct Row<'a> {
    title: &'a str,
    path: &'a SourcePath,
    kind: Kind,
    state: State,
    is_gated: bool,
    date: Option<String>,
    href: Option<String>,
    findings: &'a [Diagnostic],
    n_errors: usize,
}

impl Row<'_> {
    /// True if each word stands in the title, the file's name, or the name of a rule that found something.
    fn has_words(&self, words: &[String]) -> bool {
        if words.is_empty() {
            return true;
        }
        let text = format!("{} {}", self.title.to_lowercase(), self.path.as_str().to_lowercase());
        let is_said =
            |word: &String| text.contains(word.as_str()) || self.findings.iter().any(|finding| finding.rule.contains(word.as_str()));
        words.iter().all(is_said)
    }

    fn json(&self, edition: &Edition, editor: &Editor) -> Value {
        let shown = self.findings.iter().take(MAX_SHOWN).map(|finding| excerpt::finding(finding, &edition.sources, editor));
        json!({
            "title": self.title,
            "href": self.href,
            "source": self.path.as_str(),
            "editor": editor.link(self.path.as_str(), 1, 1),
            "kind": self.kind.as_str(),
            "state": self.state.as_str(),
            "gated": self.is_gated,
            "date": self.date,
            "errors": self.n_errors,
            "warnings": self.findings.len() - self.n_errors,
            "findings": shown.collect::<Vec<_>>(),
        })
    }
}

/// The window of an edition that is asked for.
pub fn of(edition: &Edition, editor: &Editor, query: &Query) -> Value {
    let mut rows = rows(edition);
    let counts: BTreeMap<&str, usize> = Show::ALL.map(|show| (show.as_str(), rows.iter().filter(|row| show.lets(row)).count())).into();
    let elsewhere = elsewhere(edition, &rows);
    let asked = query.first("show");
    let show = Show::ALL.into_iter().find(|show| Some(show.as_str()) == asked.as_deref()).unwrap_or(Show::All);
    let words: Vec<String> = query.first("words").unwrap_or_default().to_lowercase().split_whitespace().map(str::to_owned).collect();
    rows.retain(|row| show.lets(row) && row.has_words(&words));
    sort(&mut rows, query.first("sort").as_deref().unwrap_or_default());
    let from = query.first("from").and_then(|from| from.parse().ok()).unwrap_or(0);
    // A window behind the end, as after a narrower filter, shows the last one.
    let last = rows.len().saturating_sub(1) / WINDOW * WINDOW;
    let from = std::cmp::min(from / WINDOW * WINDOW, last);
    json!({
        "edition": edition.number,
        "site": panel::site_state(edition),
        "counts": counts,
        "total": rows.len(),
        "from": from,
        "rows": rows.iter().skip(from).take(WINDOW).map(|row| row.json(edition, editor)).collect::<Vec<_>>(),
        "elsewhere": elsewhere.iter().take(MAX_ELSEWHERE).map(|finding| excerpt::finding(finding, &edition.sources, editor)).collect::<Vec<_>>(),
        "hidden": elsewhere.len().saturating_sub(MAX_ELSEWHERE),
    })
}

fn rows(edition: &Edition) -> Vec<Row<'_>> {
    let Some(outcome) = &edition.outcome else { return Vec::new() };
    let site = &outcome.site;
    let row = |path, title, kind, state| {
        let findings = edition.findings.of(path);
        let n_errors = findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        Row { title, path, kind, state, is_gated: false, date: None, href: None, findings, n_errors }
    };
    let published = site.pages.iter().map(|page| Row {
        is_gated: page.is_gated(),
        date: page.summary.date.map(|date| date.iso_day()),
        href: Some(site.config.base_url.href(page.url.as_str())),
        ..row(&page.document.path, &page.title, page.kind, page.state)
    });
    let withheld = site.withheld.iter().map(|page| row(&page.document.path, &page.title, page.kind, page.state));
    published.chain(withheld).collect()
}

/// What was found in templates, the configuration and other files that are no pages.
fn elsewhere<'a>(edition: &'a Edition, rows: &[Row<'_>]) -> Vec<&'a Diagnostic> {
    let pages: std::collections::BTreeSet<&SourcePath> = rows.iter().map(|row| row.path).collect();
    edition.findings.by_path().filter(|(path, _)| !pages.contains(*path)).flat_map(|(_, findings)| findings).collect()
}

fn sort(rows: &mut [Row<'_>], order: &str) {
    match order {
        "title" => rows.sort_by_cached_key(|row| (row.title.to_lowercase(), row.path)),
        "file" => rows.sort_by_key(|row| row.path),
        "newest" => rows.sort_by(|a, b| b.date.cmp(&a.date).then(a.path.cmp(b.path))),
        // What needs somebody first.
        _ => rows.sort_by_key(|row| (Reverse(row.n_errors), Reverse(row.findings.len()), row.path)),
    }
}
