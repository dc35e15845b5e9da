//! `page` as every template sees it, and the kinds of page that need no more.

use super::object::{Object, list, text_or_none};
use super::shared::{Shared, banner};
use super::{cards, feeds, graph, href, image, languages, node, page_link, permalink};
use crate::config::editions::Edition;
use crate::model::{Kind, Page, PageId, Scope, Site, State, UrlPath};
use crate::parse::Heading;
use crate::render::markdown::Body;
use tera::Value;

/// What the common keys of a generated page are made from.
pub struct Generated<'a> {
    pub kind: &'static str,
    pub edition: Edition,
    pub title: &'a str,
    pub description: Option<&'a str>,
    pub url: &'a UrlPath,
    pub scope: Scope,
    pub is_indexed: bool,
}

/// The keys that every page has, for a page that an author wrote.
pub fn common(site: &Site, shared: &Shared, page: &Page, body: &Body) -> Object {
    let front = &page.document.front;
    let is_unlisted = page.kind == Kind::Piece && !page.is_listed();
    let published = page.summary.date.as_ref();
    let modified = page.summary.updated.as_ref().or(published);
    // The headings of a gated body are part of it.
    let headings: &[Heading] = if page.is_gated() { &[] } else { &page.document.headings };
    let iso = |date: Option<&crate::base::date::Date>| date.map_or_else(String::new, |date| date.rfc3339());
    Object::new()
        .with("kind", page.kind.as_str())
        .with("title", page.title.as_str())
        .with("description", text_or_none(page.summary.description.as_deref()))
        .with("url", href(site, &page.url))
        .with("permalink", permalink(site, &page.url))
        .with("card", Value::none())
        .with("canonical", permalink(site, &page.url))
        .with("lang", page.lang.as_str())
        .with("dir", super::direction(&page.lang))
        .with("section_url", section_url(site, page))
        .with("breadcrumbs", shared.if_wanted("breadcrumbs", || list(page.ancestors.iter().map(|id| page_link(site, site.page(*id))))))
        .with("body", Value::safe_string(&body.html))
        .with("toc", shared.if_wanted("toc", || table_of_contents(headings)))
        .with("feeds", shared.if_wanted("feeds", || feeds(site, scope_of(site, page))))
        .with("image", image(site, page.summary.image.as_ref()))
        .with("noindex", is_unlisted || page.state != State::Live)
        .with("published", iso(published))
        .with("modified", iso(modified))
        .with("extra", node::value_or_empty(front.extra.as_ref().map(|field| &field.value)))
        .with("source", page.document.path.as_str())
        .with("banner", banner(page.state))
        .and(languages::values(site, &page.lang, &languages::of_page(site, page)))
        .with(
            "json_ld",
            if page.kind == Kind::Section { Value::none() } else { shared.if_wanted("json_ld", || graph::of_page(site, page)) },
        )
}

/// The same keys, for a page that no author wrote.
pub fn generated(site: &Site, inputs: &Generated<'_>) -> Object {
    let home = site.home(inputs.edition).map(|home| page_link(site, home));
    let lang = site.config.edition_lang(inputs.edition);
    Object::new()
        .with("kind", inputs.kind)
        .with("title", inputs.title)
        .with("description", text_or_none(inputs.description))
        .with("url", href(site, inputs.url))
        .with("permalink", permalink(site, inputs.url))
        .with("canonical", permalink(site, inputs.url))
        .with("lang", lang)
        .with("dir", super::direction(lang))
        .with("section_url", first_segment_url(site, inputs.edition, inputs.url))
        .with("breadcrumbs", list(home))
        .with("body", Value::safe_string(""))
        .with("toc", list([]))
        .with("feeds", feeds(site, inputs.scope))
        .with("image", Value::none())
        .with("card", Value::none())
        .with("noindex", !inputs.is_indexed)
        .with("published", "")
        .with("modified", "")
        .with("extra", node::value_or_empty(None))
        .with("source", "")
        .with("banner", "")
        .and(languages::values(site, lang, &[]))
        .with("json_ld", Value::none())
}

/// The page that readers search on.
pub fn search(site: &Site) -> Value {
    let url = site.search_url().unwrap_or_else(UrlPath::home);
    let inputs = Generated {
        kind: "search",
        edition: Edition::MAIN,
        title: site.words(Edition::MAIN).get("search"),
        description: None,
        url: &url,
        scope: Scope::Site,
        is_indexed: false,
    };
    let archive = site.taxonomy_url(Edition::MAIN, crate::model::Taxonomy::Year);
    let search = Object::new().with("base", href(site, &url)).with("archive", href(site, &archive));
    generated(site, &inputs).with("search", search).into()
}

/// A page of kind `page` or `person`.
pub fn plain(site: &Site, shared: &Shared, page: &Page, body: &Body) -> Value {
    let object = common(site, shared, page, body);
    match page.kind {
        Kind::Person => object.and(person(site, shared, page)).into(),
        Kind::Piece | Kind::Page | Kind::Section => object.into(),
    }
}

/// The page that hosts show when nothing stands at an address.
pub fn not_found(site: &Site) -> Value {
    let url = UrlPath::home();
    let inputs = Generated {
        kind: "404",
        edition: Edition::MAIN,
        title: site.words(Edition::MAIN).get("not_found"),
        description: None,
        url: &url,
        scope: Scope::Site,
        is_indexed: false,
    };
    generated(site, &inputs).into()
}

/// The page at an old address.
pub fn alias(site: &Site, target: &Page, alias: &UrlPath) -> Value {
    let inputs = Generated {
        kind: "alias",
        edition: target.edition,
        title: &target.title,
        description: None,
        url: alias,
        scope: site.edition_scope(target.edition),
        is_indexed: false,
    };
    generated(site, &inputs)
        .with("canonical", permalink(site, &target.url))
        .with("target", href(site, &target.url))
        .with("target_permalink", permalink(site, &target.url))
        .into()
}

fn person(site: &Site, shared: &Shared, page: &Page) -> Object {
    let front = &page.document.front;
    let pieces: Vec<PageId> = site.pieces_by(page.id);
    let texts = |field: Option<&crate::base::spanned::Field<Vec<crate::config::audience::Slot>>>| {
        list(field.iter().flat_map(|field| &field.value).map(|entry| Value::from(entry.value.as_str())))
    };
    let person = shared.person(site, page.id);
    Object::new()
        .with("name", page.title.as_str())
        .with("role", text_or_none(page.summary.role.as_deref()))
        .with("expertise", texts(front.expertise.as_deref()))
        .with("email", text_or_none(front.email.as_ref().map(|field| field.value.as_str())))
        .with("links", texts(front.links.as_deref()))
        .with("photo", person.get_from_path("photo").cloned().unwrap_or_else(Value::none))
        .with("pieces", cards(shared, &pieces))
}

/// The feed that a page's reader would subscribe to.
fn scope_of(site: &Site, page: &Page) -> Scope {
    match page.kind {
        Kind::Section => Scope::Section(page.id),
        Kind::Person => Scope::Person(page.id),
        Kind::Piece | Kind::Page => site.edition_scope(page.edition),
    }
}

/// The top-level section that a page is in.
fn section_url(site: &Site, page: &Page) -> String {
    let in_chain = page.ancestors.iter().copied().chain((page.kind == Kind::Section).then_some(page.id));
    let top = in_chain.map(|id| site.page(id)).find(|section| !site.is_home(section));
    top.map_or_else(|| first_segment_url(site, page.edition, &page.url), |section| href(site, &section.url))
}

fn first_segment_url(site: &Site, edition: Edition, url: &UrlPath) -> String {
    let home = site.config.edition_home(edition);
    let below = url.as_str().strip_prefix(home.as_str()).unwrap_or_default();
    let first = below.split('/').next().unwrap_or_default();
    if first.is_empty() { String::new() } else { href(site, &home.child(first)) }
}

/// The second and third level headings, nested.
fn table_of_contents(headings: &[Heading]) -> Value {
    let mut sections: Vec<(&Heading, Vec<Value>)> = Vec::new();
    for heading in headings {
        match (heading.level, sections.last_mut()) {
            (2, _) | (3, None) => sections.push((heading, Vec::new())),
            (3, Some((_, children))) => children.push(toc_entry(heading, Vec::new())),
            _ => {}
        }
    }
    list(sections.into_iter().map(|(heading, children)| toc_entry(heading, children)))
}

fn toc_entry(heading: &Heading, children: Vec<Value>) -> Value {
    Object::new()
        .with("id", heading.id.as_str())
        .with("title", heading.text.as_str())
        .with("level", i64::from(heading.level))
        .with("children", list(children))
        .into()
}
