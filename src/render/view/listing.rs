//! Pages that list others: sections, the home page, terms, taxonomies and the archive.

use super::graph::{self, Listing};
use super::object::{Object, list, text_or_none};
use super::page::{Generated, common, generated};
use super::shared::{Shared, audience_slots, person_card, term_value};
use super::{cards, href, languages};
use crate::config::editions::Edition;
use crate::config::strings::Words;
use crate::model::{Kind, Page, PageId, Scope, Site, Taxonomy, Term, UrlPath};
use crate::render::markdown::Body;
use std::ops::Range;
use tera::Value;

/// Pieces on the home page.
const LATEST: usize = 12;
/// Pieces of each section on the home page.
const LATEST_OF_SECTION: usize = 4;

/// How far from the page itself a listing names others, besides the first and the last: to name all
/// of them on each would grow with their square.
const NEAR: usize = 3;

/// Which part of a list one listing page shows.
#[derive(Debug, Clone)]
pub struct Paginator<'a> {
    /// The listing's first page.
    pub base: &'a UrlPath,
    /// All items of the list.
    pub n_items: usize,
    /// Items per page.
    pub per_page: usize,
    /// This page, from 1.
    pub current: usize,
}

impl Paginator<'_> {
    /// How many pages the list has: at least one.
    pub fn total(&self) -> usize {
        self.n_items.div_ceil(self.per_page).max(1)
    }

    /// The items of this page.
    pub fn range(&self) -> Range<usize> {
        let start = (self.current - 1) * self.per_page;
        start.min(self.n_items)..(start + self.per_page).min(self.n_items)
    }

    /// The URL of page `number`.
    pub fn url(&self, number: usize) -> UrlPath {
        if number <= 1 { self.base.clone() } else { self.base.child("page").child(&number.to_string()) }
    }

    fn value(&self, site: &Site) -> Value {
        let total = self.total();
        let at = |number: usize| Value::from(href(site, &self.url(number)));
        let is_near = |number: &usize| *number == 1 || *number == total || number.abs_diff(self.current) <= NEAR;
        let page = |number: usize| -> Value {
            Object::new().with("number", number).with("url", at(number)).with("current", number == self.current).into()
        };
        let previous = if self.current > 1 { at(self.current - 1) } else { Value::none() };
        let next = if self.current < total { at(self.current + 1) } else { Value::none() };
        Object::new()
            .with("current", self.current)
            .with("total", total)
            .with("first", at(1))
            .with("last", at(total))
            .with("previous", previous)
            .with("next", next)
            .with("pages", list((1..=total).filter(is_near).map(page)))
            .into()
    }
}

/// A section's listing page, or the home page.
pub fn section(site: &Site, shared: &Shared, page: &Page, body: &Body, paginator: &Paginator<'_>) -> Value {
    let children = page.children.iter().map(|id| site.page(*id)).filter(|child| child.kind != Kind::Person);
    let people = page.children.iter().map(|id| site.page(*id)).filter(|child| child.kind == Kind::Person);
    let is_home = site.is_home(page);
    let listed = site.listed_in(page.edition);
    let pieces: &[PageId] = if is_home { &listed[..listed.len().min(LATEST)] } else { &page.pieces[paginator.range()] };
    let listing_url = paginator.url(paginator.current);
    let description = page.summary.description.as_deref();
    let trail = graph::trail(site, page);
    let listing = Listing { title: &page.title, description, url: &listing_url, edition: page.edition, pieces, trail };
    let object = common(site, shared, page, body)
        .with("json_ld", shared.if_wanted("json_ld", || graph::of_listing(site, &listing)))
        .with("url", href(site, &paginator.url(paginator.current)))
        .with("canonical", super::permalink(site, &paginator.url(paginator.current)))
        .with("permalink", super::permalink(site, &paginator.url(paginator.current)))
        .with("pieces", cards(shared, pieces))
        .with("children", list(children.map(|child| child_value(site, child))))
        .with("people", list(people.map(|person| person_card(site, person))))
        .with("paginator", paginator.value(site));
    if is_home { object.and(home(site, shared, page)).into() } else { object.into() }
}

fn home(site: &Site, shared: &Shared, page: &Page) -> Object {
    let lead = site.listed_in(page.edition).first().map_or_else(Value::none, |id| shared.card(*id));
    let edition = page.edition;
    let of_home = |page: &&Page| page.edition == edition && page.kind == Kind::Section && page.ancestors.len() == 1;
    let sections = site.pages.iter().filter(|page| of_home(page) && !page.pieces.is_empty());
    let section_value = |section: &Page| -> Value {
        Object::new()
            .with("title", section.title.as_str())
            .with("url", href(site, &section.url))
            .with("description", text_or_none(section.summary.description.as_deref()))
            .with("pieces", cards(shared, &section.pieces[..section.pieces.len().min(LATEST_OF_SECTION)]))
            .into()
    };
    Object::new().with("lead", lead).with("sections", list(sections.map(section_value)))
}

fn child_value(site: &Site, child: &Page) -> Value {
    Object::new()
        .with("title", child.title.as_str())
        .with("url", href(site, &child.url))
        .with("description", text_or_none(child.summary.description.as_deref()))
        .into()
}

/// A listing page of one topic, audience, series or year.
pub fn term(site: &Site, shared: &Shared, term: &Term, paginator: &Paginator<'_>) -> Value {
    let url = paginator.url(paginator.current);
    let idx = crate::model::terms::index_of(site, term).unwrap_or_default();
    let inputs = Generated {
        kind: "term",
        edition: term.edition,
        title: &term.title,
        description: term.description.as_deref(),
        url: &url,
        scope: Scope::Term(idx),
        is_indexed: true,
    };
    let object = generated(site, &inputs);
    let index = super::link(site, taxonomy_title(site.words(term.edition), term.taxonomy), &site.taxonomy_url(term.edition, term.taxonomy));
    let audience = match term.taxonomy {
        Taxonomy::Audience => audience_slots(site, term).into(),
        Taxonomy::Topic | Taxonomy::Series | Taxonomy::Year => Value::none(),
    };
    let home = site.home(term.edition).map(|home| super::page_link(site, home));
    let above = site.home(term.edition).map(|home| (home.title.clone(), home.url.clone()));
    let index_title = taxonomy_title(site.words(term.edition), term.taxonomy).to_owned();
    let trail = above.into_iter().chain([(index_title, site.taxonomy_url(term.edition, term.taxonomy))]).collect();
    let description = term.description.as_deref();
    let pieces = &term.pieces[paginator.range()];
    let listing = Listing { title: &term.title, description, url: &url, edition: term.edition, pieces, trail };
    let versions = if paginator.current == 1 { languages::of_term(site, term) } else { Vec::new() };
    object
        .and(languages::values(site, site.config.edition_lang(term.edition), &versions))
        .with("breadcrumbs", list(home.into_iter().chain([index])))
        .with("json_ld", shared.if_wanted("json_ld", || graph::of_listing(site, &listing)))
        .with("taxonomy", term.taxonomy.as_str())
        .with("term", term_value(site, term))
        .with("audience", audience)
        .with("pieces", cards(shared, &term.pieces[paginator.range()]))
        .with("paginator", paginator.value(site))
        .into()
}

/// The index page of a taxonomy.
pub fn taxonomy(site: &Site, edition: Edition, taxonomy: Taxonomy) -> Value {
    let url = site.taxonomy_url(edition, taxonomy);
    let inputs = Generated {
        kind: "terms",
        edition,
        title: taxonomy_title(site.words(edition), taxonomy),
        description: None,
        url: &url,
        scope: site.edition_scope(edition),
        is_indexed: true,
    };
    generated(site, &inputs)
        .and(languages::values(site, site.config.edition_lang(edition), &languages::of_taxonomy(site, taxonomy)))
        .with("json_ld", index_graph(site, edition, taxonomy))
        .with("taxonomy", taxonomy.as_str())
        .with("terms", list(site.terms_of(edition, taxonomy).map(|term| term_value(site, term))))
        .into()
}

/// The archive: every year with all its pieces.
pub fn archive(site: &Site, shared: &Shared, edition: Edition) -> Value {
    let url = site.taxonomy_url(edition, Taxonomy::Year);
    let title = taxonomy_title(site.words(edition), Taxonomy::Year);
    let inputs =
        Generated { kind: "archive", edition, title, description: None, url: &url, scope: site.edition_scope(edition), is_indexed: true };
    let year = |term: &Term| -> Value {
        Object::new()
            .with("id", term.id.as_str())
            .with("title", term.title.as_str())
            .with("url", href(site, &term.url))
            .with("pieces", cards(shared, &term.pieces))
            .into()
    };
    let versions = languages::of_taxonomy(site, Taxonomy::Year);
    generated(site, &inputs)
        .and(languages::values(site, site.config.edition_lang(edition), &versions))
        .with("json_ld", index_graph(site, edition, Taxonomy::Year))
        .with("years", list(site.terms_of(edition, Taxonomy::Year).map(year)))
        .into()
}

/// The graph of a taxonomy's index page.
fn index_graph(site: &Site, edition: Edition, taxonomy: Taxonomy) -> Value {
    let url = site.taxonomy_url(edition, taxonomy);
    let title = taxonomy_title(site.words(edition), taxonomy);
    let trail = site.home(edition).map(|home| (home.title.clone(), home.url.clone())).into_iter().collect();
    graph::of_listing(site, &Listing { title, description: None, url: &url, edition, pieces: &[], trail })
}

/// What the index page of a taxonomy is called.
pub fn taxonomy_title(words: &Words, taxonomy: Taxonomy) -> &str {
    words.get(match taxonomy {
        Taxonomy::Topic => "topics",
        Taxonomy::Audience => "audiences",
        Taxonomy::Series => "series",
        Taxonomy::Year => "archive",
    })
}
