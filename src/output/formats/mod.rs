//! One file per output format.

pub mod assets;
pub mod atom;
pub mod headers;
pub mod json_feed;
pub mod llms;
pub mod markdown_twin;
pub mod nojekyll;
pub mod redirects;
pub mod robots;
pub mod rss;
pub mod sitemap;

use crate::base::path::{OutputPath, UrlPath};
use crate::model::Site;

/// True when the author put a file of this name into `static/` or `content/`: it stands instead of ours.
fn is_own_file(site: &Site, file_name: &str) -> bool {
    let url = OutputPath::new(file_name).map(|file| UrlPath::file(&file));
    url.is_some_and(|url| site.assets.get(&url).is_some_and(|asset| asset.output == url))
}

/// A path for `_redirects` or `_headers`, where `*` and `:name` would stand for anything.
fn literal_pattern(href: &str) -> String {
    href.replace('*', "%2A").replace(':', "%3A")
}
