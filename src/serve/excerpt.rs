//! A finding as the preview shows it: the same JSON as `--format json`, with the author's lines and a
//! link that opens them in an editor.

use super::edition::Edition;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::sources::{Region, Sources};
use crate::report;
use serde_json::{Value, json};

/// Lines shown on each side of a place.
const AROUND: usize = 2;

/// Lines of a place that are shown.
const MAX_MARKED: usize = 6;

/// Characters of a line that are shown.
const MAX_WIDTH: usize = 400;

/// How places are opened in an editor.
pub struct Editor {
    /// With `{path}`, `{line}` and `{column}`; `None` when the site names no editor.
    template: Option<String>,
    /// The site's folder.
    root: String,
}

impl Editor {
    /// The editor that an edition's configuration names.
    pub fn of(edition: &Edition, root: String) -> Self {
        let named = edition.outcome.as_ref().and_then(|outcome| outcome.site.config.preview_editor.clone());
        Self { template: named.and_then(|name| template(&name)), root }
    }

    /// The address that opens a place.
    pub fn link(&self, path: &str, line: usize, column: usize) -> Option<String> {
        let full = format!("{}/{path}", self.root.replace('\\', "/"));
        let full = if full.starts_with('/') { full } else { format!("/{full}") };
        let template = self.template.as_deref()?;
        let link = template.replace("{path}", &crate::base::path::encode_path(&full));
        Some(link.replace("{line}", &line.to_string()).replace("{column}", &column.to_string()))
    }
}

/// The address of an editor by its name, or a template of one's own.
fn template(name: &str) -> Option<String> {
    match name {
        "vscode" => Some("vscode://file{path}:{line}:{column}".to_owned()),
        "zed" => Some("zed://file{path}:{line}:{column}".to_owned()),
        "idea" => Some("idea://open?file={path}&line={line}&column={column}".to_owned()),
        // A site may come from elsewhere: its configuration opens programs, and runs nothing in the page.
        own => {
            let scheme = own.split(':').next().unwrap_or_default().to_ascii_lowercase();
            let is_scheme = own.contains(':') && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
            let is_safe = is_scheme && !scheme.is_empty() && !["javascript", "data", "vbscript", "blob"].contains(&scheme.as_str());
            is_safe.then(|| own.to_owned())
        }
    }
}

/// A finding with its lines and its link.
pub fn finding(diagnostic: &Diagnostic, sources: &Sources, editor: &Editor) -> Value {
    let mut finding = report::json_finding(diagnostic, sources);
    let start = sources.region(&diagnostic.place).start;
    finding["lines"] = lines(&diagnostic.place, sources).into();
    finding["editor"] = json!(editor.link(diagnostic.place.path.as_str(), start.line, start.column));
    finding
}

/// The lines around a place: `{number, text, from, to}`, the marked characters counted from 0.
fn lines(place: &Place, sources: &Sources) -> Vec<Value> {
    let Some(source) = sources.get(&place.path) else { return Vec::new() };
    let Region { start, end } = source.region(place);
    let index = source.lines();
    let last = end.line.min(start.line + MAX_MARKED - 1);
    let shown = start.line.saturating_sub(AROUND).max(1)..=(last + AROUND).min(index.line_count());
    let line = |number: usize| {
        let from = index.line_start(number);
        let to = if number < index.line_count() { index.line_start(number + 1) } else { source.text().len() };
        let text: String = source.text()[from..to].trim_end_matches(['\n', '\r']).chars().take(MAX_WIDTH).collect();
        let width = text.chars().count();
        let marked = (start.line..=last).contains(&number).then(|| {
            let from = if number == start.line { start.column - 1 } else { 0 };
            let to = if number == end.line { end.column - 1 } else { width };
            (from.min(width), to.min(width))
        });
        json!({"number": number, "text": text, "from": marked.map(|(from, _)| from), "to": marked.map(|(_, to)| to)})
    };
    shown.map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::kept_text::KeptText;
    use crate::base::path::SourcePath;

    #[test]
    fn an_editor_opens_files_and_runs_nothing() {
        let link = |name: &str| Editor { template: template(name), root: "/a b".to_owned() }.link("c.md", 3, 4);
        assert_eq!(link("vscode").as_deref(), Some("vscode://file/a%20b/c.md:3:4"));
        assert_eq!(link("idea").as_deref(), Some("idea://open?file=/a%20b/c.md&line=3&column=4"));
        assert_eq!(link("x-ed://{path}?l={line}").as_deref(), Some("x-ed:///a%20b/c.md?l=3"));
        for unsafe_one in ["javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "code -g {path}", "", ":x"] {
            assert_eq!(link(unsafe_one), None, "{unsafe_one}");
        }
    }

    #[test]
    fn the_marked_characters_are_counted_in_their_line() {
        let path = SourcePath::new("a.md").unwrap();
        let sources: Sources = [(path.clone(), KeptText::fixed(&path, "one\ntwö three\r\nfour\n"))].into_iter().collect();
        let shown = lines(&Place::new(&path, 9..14), &sources);
        let marked = shown.iter().find(|line| line["number"] == 2).unwrap();
        assert_eq!(marked["text"], "twö three");
        assert_eq!((marked["from"].as_u64(), marked["to"].as_u64()), (Some(4), Some(9)));
        assert!(lines(&Place::file(&SourcePath::new("b.md").unwrap()), &sources).is_empty());
    }
}
