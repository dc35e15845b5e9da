//! Every output format, in the order in which they claim paths.

use super::Output;
use super::formats::{
    aliases::Aliases, assets::Assets, atom::Atom, data::Data, headers::Headers, json_feed::JsonFeed, llms::Llms,
    markdown_twin::MarkdownTwin, nojekyll::NoJekyll, not_found::NotFound, pages::Pages, redirects::Redirects, robots::Robots, rss::Rss,
    sitemap::Sitemap, terms::Terms,
};

/// The formats; a new one is one file and one line here.
pub const FORMATS: &[&dyn Output] = &[
    &Pages,
    &Terms,
    &NotFound,
    &MarkdownTwin,
    &Atom,
    &Rss,
    &JsonFeed,
    &Assets,
    &Data,
    &Sitemap,
    &Robots,
    &Llms,
    &Redirects,
    &Headers,
    &NoJekyll,
    &Aliases,
];
