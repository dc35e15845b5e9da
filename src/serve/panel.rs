//! What stands around a page in the preview: which page it is, the state of the site, the faults to mend first.

use super::edition::Edition;
use super::excerpt::{self, Editor};
use crate::base::diagnostic::{Diagnostic, Severity};
use crate::base::path::OutputPath;
use crate::model::Page;
use crate::pipeline::Gate;
use serde_json::{Value, json};

/// Families of rules whose errors leave a page that is not what the author wrote.
const FAULTS: [&str; 6] = ["front-matter-", "config-", "template-", "directive-", "kind-", "internal-"];

/// The page whose file an output is.
pub fn page_of<'a>(output: &OutputPath, edition: &'a Edition) -> Option<&'a Page> {
    let outcome = edition.outcome.as_ref()?;
    outcome.plan.entries.get(output)?.subject.page().map(|id| outcome.site.page(id))
}

/// Whether the whole site would be published.
pub fn site_state(edition: &Edition) -> Value {
    json!({
        "title": edition.outcome.as_ref().map(|outcome| &outcome.site.config.title),
        "home": edition.outcome.as_ref().map(|outcome| outcome.site.config.base_url.href("/")),
        "checked": edition.is_checked(),
        "proved": edition.is_proved_in_time(),
        "open": edition.gate == Gate::Open,
        "errors": edition.count(Severity::Error),
        "warnings": edition.count(Severity::Warning),
    })
}

/// What stands between the author and the page: shown over the last good page until it is mended.
pub fn faults(page: Option<&Page>, in_making: &[Diagnostic], edition: &Edition, editor: &Editor) -> Vec<Value> {
    let is_fault = |finding: &&Diagnostic| {
        let concerns_all =
            edition.trouble.contains(finding) || ["template-", "config-"].iter().any(|family| finding.rule.starts_with(family));
        let is_here = page.is_some_and(|page| page.document.path == finding.place.path);
        let is_grave = finding.severity == Severity::Error && FAULTS.iter().any(|family| finding.rule.starts_with(family));
        edition.trouble.contains(finding) || (is_grave && (is_here || concerns_all))
    };
    let made = in_making.iter().filter(|finding| finding.severity == Severity::Error);
    let mut faults: Vec<&Diagnostic> = edition.findings.iter().filter(is_fault).chain(made).collect();
    faults.sort();
    faults.dedup();
    faults.into_iter().map(|finding| excerpt::finding(finding, &edition.sources, editor)).collect()
}
