//! Every output format, in the order in which they claim paths.

use super::Output;
use super::formats::{
    assets::Assets, atom::Atom, headers::Headers, json_feed::JsonFeed, llms::Llms, markdown_twin::MarkdownTwin, nojekyll::NoJekyll,
    redirects::Redirects, robots::Robots, rss::Rss, sitemap::Sitemap,
};

/// The formats; a new one is one file and one line here.
pub const FORMATS: &[&dyn Output] =
    &[&MarkdownTwin, &Atom, &Rss, &JsonFeed, &Assets, &Sitemap, &Robots, &Llms, &Redirects, &Headers, &NoJekyll];
