//! What a template may see: plain values, built once and shared, never queries.
//!
//! Every key named here is always defined, so templates test for truth and nothing else. The manual's
//! page on themes lists them.

mod argument;
mod graph;
mod languages;
mod listing;
mod node;
pub(crate) mod object;
mod page;
mod piece;
mod shared;

use listing::taxonomy_title;
pub use listing::{Paginator, archive, section, taxonomy, term};
pub use page::{alias, not_found, plain, search};
pub use piece::{CALENDAR, piece};
pub use shared::{Shared, person_card};

use super::markdown::Picture;
use crate::base::date::Date;
use crate::config::feeds::FeedFormat;
use crate::config::strings::Words;
use crate::imaging::Encoding;
use crate::model::{Asset, Face, Frame, Page, PageId, Scope, Site, UrlPath};
use object::Object;
use tera::Value;

/// A date as `{iso, day, year}` in words of a language, or `none`.
fn date(words: &Words, date: Option<&Date>) -> Value {
    let Some(date) = date else { return Value::none() };
    Object::new().with("iso", date.iso_day()).with("day", words.date(date)).with("year", i64::from(date.day.year())).into()
}

/// `{title, url}`.
fn link(site: &Frame, title: &str, url: &UrlPath) -> Value {
    Object::new().with("title", title).with("url", href(site, url)).into()
}

fn page_link(site: &Site, page: &Face) -> Value {
    link(site, &page.title, &page.url)
}

/// A site path as it stands in `href`.
fn href(site: &Frame, url: &UrlPath) -> String {
    site.config.base_url.href(url.as_str())
}

fn permalink(site: &Frame, url: &UrlPath) -> String {
    site.config.base_url.absolute(url.as_str())
}

/// An image of the site as `{url, permalink, alt, width, height}`, or `none` if there is no such file.
fn image(site: &Frame, image: Option<&(UrlPath, String)>) -> Value {
    let found = image.and_then(|(url, alt)| Some((site.assets.get(url)?, alt)));
    let Some((asset, alt)) = found else { return Value::none() };
    let (width, height) = asset.dimensions.map_or((Value::none(), Value::none()), |(w, h)| (Value::from(w), Value::from(h)));
    let picture = picture(site, asset);
    let sources = picture.iter().filter_map(|picture| picture.other.as_ref());
    let source = |(media_type, srcset): &(&'static str, String)| -> Value {
        Object::new().with("type", *media_type).with("srcset", srcset.as_str()).into()
    };
    Object::new()
        .with("url", href(site, &asset.output))
        .with("permalink", permalink(site, &asset.output))
        .with("srcset", picture.as_ref().map_or("", |picture| &picture.own))
        .with("sources", object::list(sources.map(source)))
        .with("alt", alt.as_str())
        .with("width", width)
        .with("height", height)
        .into()
}

/// What a social card is called, beside its page.
pub const CARD: &str = "card.png";

/// Width and height of the theme's card.
const CARD_SIZE: (u32, u32) = (1200, 630);

/// The social card of a page as an image, or `none`.
fn card_image(site: &Site, page: &Page) -> Value {
    let path = page.url.beside(CARD).filter(|_| site.has_card(page));
    path.map_or_else(Value::none, |path| {
        let url = UrlPath::file(&path);
        Object::new()
            .with("url", href(site, &url))
            .with("permalink", permalink(site, &url))
            .with("alt", page.title.as_str())
            .with("width", CARD_SIZE.0)
            .with("height", CARD_SIZE.1)
            .into()
    })
}

/// What a card shows of its piece.
pub fn card_subject(site: &Site, page: &Page) -> Value {
    let summary = &page.summary;
    let author = |author: &std::sync::Arc<crate::model::Byline>| -> Value {
        Object::new().with("name", author.name.as_str()).with("role", object::text_or_none(author.role.as_deref())).into()
    };
    let audience = |audience: &std::sync::Arc<crate::model::AudienceRef>| Value::from(audience.title.as_str());
    Object::new()
        .with("title", page.title.as_str())
        .with("so_what", object::text_or_none(summary.so_what.as_deref()))
        .with("description", object::text_or_none(summary.description.as_deref()))
        .with("authors", object::list(summary.authors.iter().map(author)))
        .with("audiences", object::list(summary.audiences.iter().map(audience)))
        .with("date", date(site.words(page.edition), summary.date.as_ref()))
        .with("lang", page.lang.as_str())
        .into()
}

/// The sizes that an image of the site can be had in; `None` if there is only one.
pub fn picture(site: &Frame, asset: &Asset) -> Option<Picture> {
    let copies = &asset.picture.as_ref().filter(|picture| !picture.copies.is_empty())?.copies;
    let candidate = |url: &UrlPath, width: u32| format!("{} {width}w", href(site, url));
    let list: Vec<String> = copies.iter().map(|copy| candidate(&copy.output, copy.job.width)).collect();
    let full = asset.dimensions.map(|(width, _)| candidate(&asset.output, width));
    let sizes = site.config.images.sizes.clone();
    let encoding = copies.first()?.job.encoding;
    Some(match encoding {
        Encoding::Jpeg | Encoding::Png => Picture { own: list.into_iter().chain(full).collect::<Vec<_>>().join(", "), other: None, sizes },
        Encoding::Webp => Picture { own: String::new(), other: Some((encoding.media_type(), list.join(", "))), sizes },
    })
}

/// The feeds of a scope as `{atom, rss, json}`, or its edition's or the site's where it has none; `none` for what the
/// site does not have.
fn feeds(site: &Site, scope: Scope) -> Value {
    let of_edition = || site.edition_scope(site.scope_edition(scope));
    let scopes = [scope, of_edition()];
    let url = scopes.into_iter().chain([Scope::Site]).find(|scope| site.has_feed(*scope)).map(|scope| site.scope_url(scope));
    let feed = |format: FeedFormat| {
        let url = url.as_ref().filter(|_| site.config.feeds.formats.contains(&format));
        let path = url.and_then(|url| url.beside(format.file_name()));
        path.map_or_else(Value::none, |path| Value::from(href(site, &UrlPath::file(&path))))
    };
    Object::new().with("atom", feed(FeedFormat::Atom)).with("rss", feed(FeedFormat::Rss)).with("json", feed(FeedFormat::Json)).into()
}

/// A page as structured data and the other outputs see plain text of its header: typeset in its language.
fn typeset<'a>(site: &Site, page: &Page, text: &'a str) -> std::borrow::Cow<'a, str> {
    match site.config.markdown.smart_punctuation {
        true => crate::base::typography::smarten(text, &page.lang),
        false => text.into(),
    }
}

/// The text direction of a language.
fn direction(lang: &str) -> &'static str {
    let primary = lang.split('-').next().unwrap_or_default();
    match primary {
        "ar" | "arc" | "ckb" | "dv" | "fa" | "he" | "ku" | "ps" | "sd" | "ug" | "ur" | "yi" => "rtl",
        _ => "ltr",
    }
}

fn cards(shared: &Shared, ids: &[PageId]) -> Value {
    object::list(ids.iter().map(|id| shared.card(*id)))
}
