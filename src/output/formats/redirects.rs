//! `_redirects`: old addresses as permanent redirects, for hosts that read the file (Netlify,
//! Cloudflare Pages). All others serve the alias pages.

use crate::base::diagnostic::Diagnostic;
use crate::base::path::UrlPath;
use crate::model::{Frame, Site};
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop};
use std::collections::BTreeMap;

/// See the module.
pub struct Redirects;

const FILE_NAME: &str = "_redirects";

impl Output for Redirects {
    fn name(&self) -> &'static str {
        "redirects"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        let is_needed = frame.faces.iter().any(|page| !page.aliases.is_empty());
        if is_needed && !super::is_own_file(frame, FILE_NAME) {
            planner.add_root(FILE_NAME, Subject::Single);
        }
    }

    fn produce(&self, _subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        Ok(Produced::Bytes(write(workshop.site).into_bytes()))
    }
}

fn write(site: &Site) -> String {
    let mut redirects: BTreeMap<String, &UrlPath> = BTreeMap::new();
    for page in &site.pages {
        for alias in page.aliases.iter().filter(|alias| **alias != page.url) {
            redirects.insert(alias.to_string(), &page.url);
            // Some hosts take `/old` and `/old/` for two addresses.
            if let Some(bare) = alias.as_str().strip_suffix('/').filter(|bare| !bare.is_empty()) {
                redirects.insert(bare.to_owned(), &page.url);
            }
        }
    }
    let line = |(old, new): (&String, &&UrlPath)| format!("{} {} 301\n", literal(site, old), literal(site, new.as_str()));
    redirects.iter().map(line).collect()
}

/// An address from the host's root, with nothing in it that the file's syntax takes for a pattern.
fn literal(site: &Site, path: &str) -> String {
    super::literal_pattern(&site.config.base_url.href(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::OutputPath;
    use crate::model::testing::{piece, site};

    #[test]
    fn old_addresses_lead_to_new_ones_below_the_base_path() {
        let mut page = piece("content/new.md", "New", "2026-11-02", "");
        page.aliases = vec![
            UrlPath::page(["old"]),
            UrlPath::page(["a b", "ü:*"]),
            UrlPath::file(&OutputPath::new("2019/old.html").unwrap()),
            page.url.clone(),
        ];
        let text = write(&site("https://example.com/base", vec![page]));
        assert_eq!(
            text.lines().collect::<Vec<_>>(),
            [
                "/base/2019/old.html /base/new/ 301",
                "/base/a%20b/%C3%BC%3A%2A /base/new/ 301",
                "/base/a%20b/%C3%BC%3A%2A/ /base/new/ 301",
                "/base/old /base/new/ 301",
                "/base/old/ /base/new/ 301",
            ]
        );
    }
}
