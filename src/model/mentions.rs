//! Which files go with which page: what a page names is its own, and what only closed pages name is not published.
//!
//! The table behind a gated chart, the report itself as a PDF, the figure of a draft: a host would serve them to
//! whoever knows or guesses the address.

use super::address::CONTENT;
use super::{Face, UrlPath, Withheld};
use crate::base::path::SourcePath;
use crate::config::Config;
use crate::parse::Document;
use percent_encoding::percent_decode_str;
use std::collections::BTreeSet;

/// The files that a document names in links, images, directives and its header: by their source path, or as `/a/b.csv`
/// by the address they would have.
pub fn of(document: &Document) -> Vec<String> {
    let links = document.links.iter().map(|link| link.destination.as_str());
    let params = document.directives.iter().flat_map(|directive| &directive.params);
    // A title is no file, whatever dot is in it: only `src` may hold a name with spaces.
    let params = params.filter(|(key, value)| key.value == "src" || !value.value.trim().contains(char::is_whitespace));
    let params = params.map(|(_, value)| value.value.trim());
    let image = document.front.image.iter().map(|field| field.value.as_str());
    let named: BTreeSet<String> = links.chain(params).chain(image).filter_map(|destination| file(document, destination)).collect();
    named.into_iter().collect()
}

/// The file that a destination or a value may be.
fn file(document: &Document, destination: &str) -> Option<String> {
    let path = destination.split(['#', '?']).next().unwrap_or_default();
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let (_, extension) = path.rsplit('/').next()?.rsplit_once('.')?;
    let is_file = !extension.is_empty() && extension != "md" && !extension.contains(char::is_whitespace);
    if !is_file || path.contains(':') || path.starts_with("//") {
        return None;
    }
    match path.strip_prefix('/') {
        Some(path) => Some(format!("/{}", SourcePath::root().join(path)?)),
        None => Some(document.path.parent().join(&path)?.to_string()),
    }
}

/// The files that are kept out of the output.
#[derive(Debug, Default)]
pub struct Closed<'a> {
    /// Folders of bundles that have no open page.
    bundles: BTreeSet<SourcePath>,
    open_bundles: BTreeSet<&'a SourcePath>,
    named_by_closed: BTreeSet<String>,
    named_by_open: BTreeSet<&'a str>,
}

impl<'a> Closed<'a> {
    /// Looks at every page, published or not.
    pub fn new(faces: &'a [Face], withheld: &[Withheld], config: &'a Config) -> Self {
        let mut closed = Self::default();
        let (gated, open): (Vec<&Face>, Vec<&Face>) = faces.iter().partition(|face| face.is_gated());
        if gated.is_empty() && withheld.is_empty() {
            return closed;
        }
        closed.named_by_open.extend(open.iter().flat_map(|face| &face.files).map(String::as_str));
        closed.named_by_open.extend(faces.iter().filter_map(|face| face.summary.image.as_ref()).map(|(url, _)| url.as_str()));
        closed.named_by_open.extend(config.nav.iter().map(|entry| entry.url.value.as_str()));
        closed.named_by_closed.extend(gated.iter().flat_map(|face| face.files.iter().cloned()));
        closed.named_by_closed.extend(withheld.iter().flat_map(|page| of(&page.document)));
        let of_withheld = withheld.iter().filter_map(|page| bundle_of(&page.document, config));
        closed.bundles = gated.iter().filter_map(|face| face.bundle.clone()).chain(of_withheld).collect();
        closed.open_bundles = open.iter().filter_map(|face| face.bundle.as_ref()).collect();
        closed
    }

    /// True for a file of `content/` that goes with closed pages alone; `url` is the address it would have.
    pub fn holds(&self, source: &SourcePath, url: &UrlPath) -> bool {
        if source.strip(CONTENT).is_none() || (self.bundles.is_empty() && self.named_by_closed.is_empty()) {
            return false;
        }
        let is_in = |names: &dyn Fn(&str) -> bool| names(source.as_str()) || names(url.as_str());
        let is_closed = is_in(&|name| self.named_by_closed.contains(name)) || self.is_in_bundle(source);
        is_closed && !is_in(&|name| self.named_by_open.contains(name))
    }

    fn is_in_bundle(&self, source: &SourcePath) -> bool {
        let mut folder = source.parent();
        while !folder.as_str().is_empty() && folder.as_str() != CONTENT {
            if self.open_bundles.contains(&folder) {
                return false;
            }
            if self.bundles.contains(&folder) {
                return true;
            }
            folder = folder.parent();
        }
        false
    }
}

/// The folder whose other files are those of a page that is not published.
fn bundle_of(document: &Document, config: &Config) -> Option<SourcePath> {
    let (name, _) = config.split_language(document.path.stem());
    (name == "index").then(|| document.path.parent())
}
