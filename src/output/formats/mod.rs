//! One file per output format.

pub mod aliases;
pub mod assets;
pub mod atom;
pub mod calendar;
pub mod cards;
pub mod data;
pub mod headers;
pub mod json_feed;
pub mod llms;
pub mod markdown_twin;
pub mod nojekyll;
pub mod not_found;
pub mod pages;
pub mod redirects;
pub mod robots;
pub mod rss;
pub mod search;
pub mod sitemap;
pub mod terms;
pub mod tokens;

use super::{Produced, Workshop, minify};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::{OutputPath, UrlPath};
use crate::config::editions::Edition;
use crate::model::{Frame, Page};
use tera::Value;

/// Renders a page's template; a template that is not there is a finding where it was asked for.
fn render_page(
    workshop: &Workshop<'_>,
    edition: Edition,
    template: &str,
    page: Value,
    origin: Option<&Page>,
) -> Result<Produced, Vec<Diagnostic>> {
    let name = format!("{template}.html");
    let renderer = workshop.renderer;
    if !renderer.templates().contains(&name) {
        return Err(vec![no_template(workshop, template, origin)]);
    }
    let lang = page.get_from_path("lang").cloned().unwrap_or_else(Value::none);
    let values = [("site", renderer.shared().site(edition)), ("lang", lang), ("page", page)];
    let html = renderer.templates().render(&name, values)?;
    let html = if workshop.site.config.minify_html { minify::html(&html) } else { html };
    Ok(Produced::Bytes(html.into_bytes()))
}

fn no_template(workshop: &Workshop<'_>, template: &str, origin: Option<&Page>) -> Diagnostic {
    let place = match origin {
        Some(page) => Place::new(&page.document.path, page.document.front.template.as_ref().map_or(0..0, |field| field.place())),
        None => Place::file(&workshop.site.config.path),
    };
    let names = workshop.renderer.templates().names().filter_map(|name| name.strip_suffix(".html"));
    let finding = Diagnostic::error("template-error", place, format!("the theme has no template `{template}`"));
    finding.maybe_help(crate::base::suggest::did_you_mean(template, names))
}

/// True when the author put a file of this name into `static/` or `content/`: it stands instead of ours.
fn is_own_file(frame: &Frame, file_name: &str) -> bool {
    let url = OutputPath::new(file_name).map(|file| UrlPath::file(&file));
    url.is_some_and(|url| frame.assets.get(&url).is_some_and(|asset| asset.output == url))
}

/// A path for `_redirects` or `_headers`, where `*` and `:name` would stand for anything.
fn literal_pattern(href: &str) -> String {
    href.replace('*', "%2A").replace(':', "%3A")
}
