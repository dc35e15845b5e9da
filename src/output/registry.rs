//! Every output format, in the order in which they claim paths.

use super::Output;
use super::formats::{
    aliases::Aliases, assets::Assets, atom::Atom, calendar::Calendar, cards::Cards, data::Data, headers::Headers, json_feed::JsonFeed,
    llms::Llms, markdown_twin::MarkdownTwin, nojekyll::NoJekyll, not_found::NotFound, pages::Pages, redirects::Redirects, robots::Robots,
    rss::Rss, search::Search, sitemap::Sitemap, terms::Terms, tokens::Tokens,
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
    &Cards,
    &Search,
    &Sitemap,
    &Robots,
    &Llms,
    &Redirects,
    &Headers,
    &NoJekyll,
    &Aliases,
];
