//! `page` as the template of a piece sees it: the brief, shown to the reader.

use super::object::{Object, list, text_or_none};
use super::page::common;
use super::shared::{Shared, audience_slots, person_card};
use super::{cards, date, href, page_link};
use crate::config::strings::Words;
use crate::model::resolve::{self, Target};
use crate::model::{AudienceRef, Page, PageId, Site, Taxonomy};
use crate::parse::anchors;
use crate::parse::front_matter::{Access, GuidanceItem, Slot, Source};
use crate::render::markdown::{Body, CitationNumbers, number_citations};
use tera::Value;

/// How many pieces are offered to read next.
const MAX_RELATED: usize = 3;

/// A piece.
pub fn piece(site: &Site, shared: &Shared, page: &Page, body: &Body) -> Value {
    let front = &page.document.front;
    let words = site.strings.of(&page.lang);
    let (newer, older) = neighbours(site, page);
    let neighbour = |id: Option<PageId>| id.map_or_else(Value::none, |id| page_link(site, site.page(id)));
    let twin = page.url.beside("index.md").filter(|_| !page.is_gated());
    common(site, page, body)
        .with("date", date(words, page.summary.date.as_ref()))
        .with("updated", date(words, page.summary.updated.as_ref()))
        .with("review_by", date(words, front.review_by.as_ref().map(|field| &field.value)))
        .with("authors", list(authors(site, page)))
        .with("audiences", list(page.summary.audiences.iter().map(|audience| audience_value(site, page, audience))))
        .with("so_what", text_or_none(page.summary.so_what.as_deref()))
        .with("guidance", list(front.guidance.iter().flat_map(|field| &field.value).filter_map(action)))
        .with("topics", list(page.summary.topics.iter().map(|topic| link_with_id(site, &topic.id, &topic.title, &topic.url))))
        .with("series", series(site, page))
        .with("sources", sources(page, &number_citations(&page.document)))
        .with("related", cards(shared, &related(site, page)))
        .with("newer", neighbour(newer))
        .with("older", neighbour(older))
        .with("corrections", corrections(words, page))
        .with("reading_minutes", page.summary.reading_minutes)
        .with("word_count", page.document.word_count)
        .with("gated", page.is_gated())
        .with("gate", gate(words, page))
        .with("markdown_url", twin.map_or_else(String::new, |path| href(site, &crate::model::UrlPath::file(&path))))
        .with("unlisted", page.summary.unlisted)
        .into()
}

fn authors<'a>(site: &'a Site, page: &'a Page) -> impl Iterator<Item = Value> + 'a {
    page.summary.authors.iter().filter_map(|author| Some(person_card(site, site.page(site.person(page.edition, &author.id)?))))
}

fn audience_value(site: &Site, page: &Page, audience: &AudienceRef) -> Value {
    let declared = audience.id.as_ref().and_then(|id| site.term(page.edition, Taxonomy::Audience, id));
    let slots = match declared {
        Some(term) => audience_slots(site, term),
        None => Object::new()
            .with("role", text_or_none(Some(&audience.role)))
            .with("at", text_or_none(Some(&audience.at)))
            .with("situation", text_or_none(Some(&audience.situation)))
            .with("challenges", list([])),
    };
    Object::new()
        .with("id", text_or_none(audience.id.as_deref()))
        .with("title", audience.title.as_str())
        .with("url", audience.url.as_ref().map_or_else(Value::none, |url| Value::from(href(site, url))))
        .and(slots)
        .into()
}

fn slot(slot: &Option<Slot>) -> Value {
    text_or_none(slot.as_ref().map(|slot| slot.value.trim()))
}

fn action(item: &GuidanceItem) -> Option<Value> {
    item.deed.as_ref().filter(|deed| !deed.value.trim().is_empty())?;
    let object = Object::new()
        .with("do", slot(&item.deed))
        .with("who", slot(&item.who))
        .with("by", slot(&item.by))
        .with("done_when", slot(&item.done_when))
        .with("because", slot(&item.because));
    Some(object.into())
}

fn link_with_id(site: &Site, id: &str, title: &str, url: &crate::model::UrlPath) -> Value {
    Object::new().with("id", id).with("title", title).with("url", href(site, url)).into()
}

fn series(site: &Site, page: &Page) -> Value {
    let Some(series) = &page.summary.series else { return Value::none() };
    let parts: Vec<&Page> = site
        .term(page.edition, Taxonomy::Series, &series.id)
        .map(|term| term.pieces.iter().map(|id| site.page(*id)).collect())
        .unwrap_or_default();
    let at = parts.iter().position(|part| part.id == page.id);
    let neighbour = |idx: Option<usize>| idx.and_then(|idx| parts.get(idx)).map_or_else(Value::none, |part| page_link(site, part));
    let part_value = |part: &&Page| -> Value {
        Object::new()
            .with("part", part.summary.series.as_ref().map_or(0, |series| series.part))
            .with("title", part.title.as_str())
            .with("url", href(site, &part.url))
            .with("current", part.id == page.id)
            .into()
    };
    Object::new()
        .with("id", series.id.as_str())
        .with("title", series.title.as_str())
        .with("url", href(site, &series.url))
        .with("part", series.part)
        .with("total", parts.len())
        .with("parts", list(parts.iter().map(part_value)))
        .with("previous", neighbour(at.and_then(|at| at.checked_sub(1))))
        .with("next", neighbour(at.map(|at| at + 1)))
        .into()
}

/// Cited sources by their numbers, then the rest as written.
fn sources(page: &Page, numbers: &CitationNumbers) -> Value {
    let written = page.document.front.sources.iter().flat_map(|field| &field.value);
    let mut sources: Vec<(usize, &Source)> = written.map(|source| (numbers.number(&source.id.value).unwrap_or(0), source)).collect();
    sources.sort_by_key(|(number, _)| if *number == 0 { usize::MAX } else { *number });
    let value = |(number, source): &(usize, &Source)| -> Value {
        let id = &source.id.value;
        let backlink = |href: String, label: usize| -> Value { Object::new().with("href", href).with("label", label).into() };
        let cited = numbers.cited.iter().find(|cited| cited.id == *id);
        let backlinks =
            cited.into_iter().flat_map(|cited| &cited.citations).enumerate().map(|(idx, anchor)| backlink(format!("#{anchor}"), idx + 1));
        Object::new()
            .with("number", *number)
            .with("id", id.as_str())
            .with("anchor", anchors::source(id))
            .with("title", slot(&source.title))
            .with("publisher", slot(&source.publisher))
            .with("date", slot(&source.date))
            .with("url", slot(&source.url))
            .with("sample", slot(&source.sample))
            .with("population", slot(&source.population))
            .with("fielded", slot(&source.fielded))
            .with("access", access(source))
            .with("backlinks", list(backlinks))
            .into()
    };
    list(sources.iter().map(value))
}

fn access(source: &Source) -> &'static str {
    match source.access.as_ref().map(|access| access.value).unwrap_or_default() {
        Access::Open => "open",
        Access::Registration => "registration",
        Access::Paid => "paid",
    }
}

/// Hand-picked pieces first, then those that share most audiences and topics.
fn related(site: &Site, page: &Page) -> Vec<PageId> {
    let picked = page.document.front.related.iter().flat_map(|field| &field.value);
    let mut related: Vec<PageId> = Vec::new();
    for destination in picked {
        if let Target::Page(id) = resolve::resolve(site, page, &destination.value, &|_| false).target
            && id != page.id
            && !related.contains(&id)
        {
            related.push(id);
        }
    }
    let mut scored: Vec<(usize, usize, PageId)> = Vec::new();
    for (age, id) in site.candidates_related_to(page).into_iter().enumerate() {
        let score = kinship(page, site.page(id));
        if id != page.id && score > 0 && !related.contains(&id) {
            scored.push((usize::MAX - score, age, id));
        }
    }
    scored.sort();
    let free = MAX_RELATED.saturating_sub(related.len());
    related.extend(scored.into_iter().take(free).map(|(_, _, id)| id));
    related
}

/// How much two pieces share: a topic counts two, an audience one.
fn kinship(a: &Page, b: &Page) -> usize {
    let topics = a.summary.topics.iter().filter(|topic| b.summary.topics.iter().any(|other| other.id == topic.id)).count();
    let audiences = a.summary.audiences.iter().filter(|audience| b.summary.audiences.iter().any(|other| other.title == audience.title));
    2 * topics + audiences.count()
}

/// The pieces before and after this one in its section.
fn neighbours(site: &Site, page: &Page) -> (Option<PageId>, Option<PageId>) {
    let Some(section) = page.ancestors.last() else { return (None, None) };
    let pieces = &site.page(*section).pieces;
    let Some(at) = site.place_in(*section, page.id) else { return (None, None) };
    (at.checked_sub(1).map(|at| pieces[at]), pieces.get(at + 1).copied())
}

fn corrections(words: &Words, page: &Page) -> Value {
    let entries = page.document.front.corrections.iter().flat_map(|field| &field.value);
    list(entries.map(|entry| {
        Object::new().with("on", date(words, entry.on.as_ref().map(|on| &on.value))).with("note", entry.note.value.as_str()).into()
    }))
}

fn gate(words: &Words, page: &Page) -> Value {
    let Some(field) = &page.document.front.gate else { return Value::none() };
    let gate = &field.value;
    Object::new()
        .with("reason", slot(&gate.reason))
        .with("until", date(words, gate.until.as_ref().map(|until| &until.value)))
        .with("form_url", slot(&gate.form_url))
        .with("abstract", slot(&gate.summary))
        .into()
}
