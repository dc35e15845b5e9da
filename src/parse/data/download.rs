//! What the tables that a document shows are called: as anchors of the page, and as files beside it.

use crate::base::slug::slugify;
use crate::parse::Directive;

/// The directives that show a table.
const WITH_DATA: [&str; 2] = ["chart", "table"];

/// A table that readers may take away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Download {
    /// The directive's index in its document.
    pub directive_idx: usize,
    /// What it is called in its page: the name of its anchor.
    pub id: String,
    /// The file beside the page.
    pub file_name: String,
}

/// The tables that directives show: named by `id="…"`, or else counted.
pub fn downloads(directives: &[Directive]) -> Vec<Download> {
    let mut downloads: Vec<Download> = Vec::new();
    for (directive_idx, directive) in directives.iter().enumerate() {
        let name = directive.name.value.as_str();
        if !WITH_DATA.contains(&name) {
            continue;
        }
        let given = directive.param("id").map(|id| slugify(&id.value)).filter(|id| !id.is_empty());
        let is_free = |id: &String| downloads.iter().all(|other| other.id != *id);
        let counted = || (downloads.len() + 1..).map(|number| format!("{name}-{number}")).find(is_free);
        let Some(id) = given.filter(is_free).or_else(counted) else { continue };
        downloads.push(Download { directive_idx, file_name: format!("{id}-data.csv"), id });
    }
    downloads
}
