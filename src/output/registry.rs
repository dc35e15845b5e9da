//! Every output format, in the order in which they claim paths.

use super::Output;
use super::formats::{
    aliases::Aliases, assets::Assets, atom::Atom, calendar::Calendar, data::Data, headers::Headers, json_feed::JsonFeed, llms::Llms,
    markdown_twin::MarkdownTwin, nojekyll::NoJekyll, not_found::NotFound, pages::Pages, redirects::Redirects, robots::Robots, rss::Rss,
    sitemap::Sitemap, terms::Terms, tokens::Tokens,
};

/// The formats; a new one is one file and one line here.
pub const FORMATS: &[&dyn Output] = &[
    &Pages,
    &Terms,
    &NotFound,
    &MarkdownTwin,
    &Calendar,
    &Atom,
    &Rss,
    &JsonFeed,
    &Assets,
    &Tokens,
    &Data,
    &Sitemap,
    &Robots,
    &Llms,
    &Redirects,
    &Headers,
    &NoJekyll,
    &Aliases,
];
