//! `page` as the template of a piece sees it: the brief, shown to the reader.

use super::object::{Object, list, text_or_none};
use super::page::common;
use super::shared::{Shared, audience_slots};
use super::{argument, date, href, page_link, permalink, typeset};
use crate::base::date::Date;
use crate::config::strings::Words;
use crate::model::resolve::{self, Target};
use crate::model::{AudienceRef, Face, Page, PageId, Site, Taxonomy};
use crate::parse::anchors;
use crate::parse::front_matter::{Access, GuidanceItem, Slot, Source};
use crate::render::markdown::{Body, CitationNumbers, number_citations};
use tera::Value;

/// The calendar of a piece's dated actions, beside its page.
pub const CALENDAR: &str = "actions.ics";

/// How many pieces are offered to read next.
const MAX_RELATED: usize = 3;

/// A piece.
pub fn piece(site: &Site, shared: &Shared, page: &Page, body: &Body) -> Value {
    let front = &page.document.front;
    let words = site.strings.of(&page.lang);
    let (newer, older) = neighbours(site, page);
    let neighbour = |id: Option<PageId>| id.map_or_else(Value::none, |id| page_link(site, site.page(id)));
    let calendar = page.url.beside(CALENDAR).filter(|_| page.has_dated_actions);
    let twin = page.url.beside("index.md").filter(|_| !page.is_gated() && site.config.markdown_twins);
    common(site, shared, page, body)
        .with("date", date(words, page.summary.date.as_ref()))
        .with("updated", date(words, page.summary.updated.as_ref()))
        .with("review_by", date(words, front.review_by.as_ref().map(|field| &field.value)))
        .with("authors", list(authors(site, shared, page)))
        .with("audiences", list(page.summary.audiences.iter().map(|audience| audience_value(site, page, audience))))
        .with("so_what", text_or_none(page.summary.so_what.as_deref()))
        .with("guidance", list(front.guidance.iter().flat_map(|field| &field.value).filter_map(|item| action(site, page, item))))
        .with("calendar_url", calendar.map_or_else(String::new, |path| href(site, &crate::model::UrlPath::file(&path))))
        .with("dated_actions", front.guidance.iter().flat_map(|field| &field.value).filter(|item| item.day().is_some()).count())
        .with("checklist", shared.if_wanted("checklist", || checklist(site, page).into()))
        .with("share", shared.if_wanted("share", || share(site, page)))
        .with("history", shared.if_wanted("history", || history(words, page)))
        .with("hypotheses", shared.if_wanted("hypotheses", || argument::hypotheses(site, page)))
        .with("rare_answer", shared.if_wanted("rare_answer", || argument::rare_answer(site, page)))
        .with("topics", list(page.summary.topics.iter().map(|topic| link_with_id(site, &topic.id, &topic.title, &topic.url))))
        .with("series", shared.if_wanted("series", || series(site, page)))
        .with("sources", shared.if_wanted("sources", || sources(page, &number_citations(&page.document))))
        .with(
            "related",
            shared.if_wanted("related", || list(related(site, page).into_iter().map(|(id, why)| related_value(shared, id, &why)))),
        )
        .with("newer", neighbour(newer))
        .with("older", neighbour(older))
        .with("corrections", corrections(words, page))
        .with("reading_minutes", page.summary.reading_minutes)
        .with("word_count", page.document.word_count)
        .with("gated", page.is_gated())
        .with("gate", gate(words, page))
        .with("markdown_url", twin.map_or_else(String::new, |path| href(site, &crate::model::UrlPath::file(&path))))
        .with("card", super::card_image(site, page))
        .with("unlisted", page.summary.unlisted)
        .into()
}

fn authors<'a>(site: &'a Site, shared: &'a Shared, page: &'a Page) -> impl Iterator<Item = Value> + 'a {
    page.summary.authors.iter().filter_map(|author| Some(shared.person(site, site.person(page.edition, &author.id)?)))
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

pub(super) fn said(site: &Site, page: &Page, slot: &Option<Slot>) -> Value {
    text_or_none(slot.as_ref().map(|slot| typeset(site, page, slot.value.trim())).as_deref())
}

fn action(site: &Site, page: &Page, item: &GuidanceItem) -> Option<Value> {
    item.deed.as_ref().filter(|deed| !deed.value.trim().is_empty())?;
    // A day is written as readers write it, and kept for machines.
    let day = item.day();
    let by = day.map_or_else(|| said(site, page, &item.by), |day| Value::from(site.strings.of(&page.lang).date(&day)));
    let object = Object::new()
        .with("do", said(site, page, &item.deed))
        .with("who", said(site, page, &item.who))
        .with("by", by)
        .with("by_date", day.map_or_else(Value::none, |day| Value::from(day.iso_day())))
        .with("done_when", said(site, page, &item.done_when))
        .with("because", said(site, page, &item.because));
    Some(object.into())
}

/// The actions as a task list in Markdown, which mail, notes and issue trackers take as it is.
fn checklist(site: &Site, page: &Page) -> String {
    let words = site.strings.of(&page.lang);
    let items = page.document.front.guidance.iter().flat_map(|field| &field.value);
    let text = |slot: &Option<Slot>| slot.as_ref().map(|slot| slot.value.split_whitespace().collect::<Vec<_>>().join(" "));
    let line = |item: &GuidanceItem| {
        let deed = text(&item.deed).filter(|deed| !deed.is_empty())?;
        let pins = [("who", &item.who), ("by_when", &item.by), ("done_when", &item.done_when)];
        let pins = pins.into_iter().filter_map(|(key, slot)| Some(format!("{}: {}", words.get(key), text(slot)?)));
        let pins: Vec<String> = pins.collect();
        Some(if pins.is_empty() { format!("- [ ] {deed}\n") } else { format!("- [ ] {deed} ({})\n", pins.join("; ")) })
    };
    let lines: String = items.filter_map(line).collect();
    if lines.is_empty() { lines } else { format!("{}\n{}\n\n{lines}", page.title, permalink(site, &page.url)) }
}

/// Where a reader may pass a piece on: plain links, which ask nobody until they are followed.
fn share(site: &Site, page: &Page) -> Value {
    let encode = |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    let (url, title) = (permalink(site, &page.url), page.title.as_str());
    let body = page.summary.so_what.as_ref().map_or_else(|| url.clone(), |so_what| format!("{so_what}\n\n{url}"));
    let targets = [
        ("email", "", format!("mailto:?subject={}&body={}", encode(title), encode(&body))),
        ("linkedin", "LinkedIn", format!("https://www.linkedin.com/sharing/share-offsite/?url={}", encode(&url))),
        ("bluesky", "Bluesky", format!("https://bsky.app/intent/compose?text={}", encode(&format!("{title} {url}")))),
    ];
    list(targets.map(|(id, name, url)| Object::new().with("id", id).with("name", name).with("url", url).into()))
}

/// What became of a piece since it was published, newest first; empty when nothing did.
fn history(words: &Words, page: &Page) -> Value {
    let summary = &page.summary;
    let entry = |kind: &'static str, on: Option<&Date>, note: Value| -> Value {
        Object::new().with("kind", kind).with("on", date(words, on)).with("note", note).into()
    };
    let corrections = page.document.front.corrections.iter().flat_map(|field| &field.value);
    let mut events: Vec<(Option<Date>, Value)> = corrections
        .map(|correction| {
            let on = correction.on.as_ref().map(|on| on.value);
            (on, entry("history_corrected", on.as_ref(), Value::from(correction.note.value.as_str())))
        })
        .collect();
    let changes = page.document.front.changes.iter().flat_map(|field| &field.value);
    let notes: Vec<_> = changes.filter_map(|change| Some((change.on.as_ref().map(|on| on.value), change.what.as_ref()?))).collect();
    // The bare day of the last update says less than a note on it.
    let bare = summary.updated.filter(|_| notes.is_empty()).map(|on| (Some(on), entry("history_updated", Some(&on), Value::none())));
    let noted = |(on, what): (Option<Date>, &Slot)| {
        let on = on.or(summary.updated);
        (on, entry("history_updated", on.as_ref(), Value::from(what.value.trim())))
    };
    events.extend(bare.into_iter().chain(notes.into_iter().map(noted)));
    if events.is_empty() {
        return list([]);
    }
    events.extend(summary.date.map(|on| (Some(on), entry("history_published", Some(&on), Value::none()))));
    events.sort_by_key(|(on, _)| std::cmp::Reverse(on.map(|on| on.timestamp())));
    list(events.into_iter().map(|(_, event)| event))
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

/// Empty where nobody has said it: readers are told nothing that was guessed.
fn access(source: &Source) -> &'static str {
    match source.access.as_ref().map(|access| access.value) {
        None => "",
        Some(Access::Open) => "open",
        Some(Access::Registration) => "registration",
        Some(Access::Paid) => "paid",
    }
}

/// Why a piece is offered beside another: what both share, by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Why {
    /// The key of the words that say so.
    key: &'static str,
    /// The topic, the audience, the series or the author.
    title: String,
}

fn related_value(shared: &Shared, id: PageId, why: &Why) -> Value {
    let why: Value = Object::new().with("key", why.key).with("title", why.title.as_str()).into();
    Object::new().with("card", shared.card(id)).with("why", why).into()
}

/// Hand-picked pieces first, then those that share most; each with what it shares.
fn related(site: &Site, page: &Page) -> Vec<(PageId, Why)> {
    let picked = page.document.front.related.iter().flat_map(|field| &field.value);
    let mut related: Vec<(PageId, Why)> = Vec::new();
    let is_known = |related: &[(PageId, Why)], id: PageId| id == page.id || related.iter().any(|(known, _)| *known == id);
    for destination in picked {
        if let Target::Page(id) = resolve::resolve(site, page, &destination.value, &|_| false).target
            && !is_known(&related, id)
        {
            related.push((id, Why { key: "related_picked", title: String::new() }));
        }
    }
    let mut scored: Vec<(usize, usize, PageId, Why)> = Vec::new();
    for (age, id) in site.candidates_related_to(page).into_iter().enumerate() {
        let Some((score, why)) = kinship(page, site.page(id)).filter(|_| !is_known(&related, id)) else { continue };
        scored.push((usize::MAX - score, age, id, why));
    }
    scored.sort_by_key(|(score, age, id, _)| (*score, *age, *id));
    let free = MAX_RELATED.saturating_sub(related.len());
    related.extend(scored.into_iter().take(free).map(|(.., id, why)| (id, why)));
    related
}

/// How much two pieces share, and the most telling part of it: a series counts three, a topic two, an
/// audience and an author one each.
fn kinship(a: &Face, b: &Face) -> Option<(usize, Why)> {
    let (a, b) = (&a.summary, &b.summary);
    let series = a.series.iter().filter(|series| b.series.as_ref().is_some_and(|other| other.id == series.id));
    let series = series.map(|series| (3, "related_series", &series.title));
    let topics = a.topics.iter().filter(|topic| b.topics.iter().any(|other| other.id == topic.id));
    let topics = topics.map(|topic| (2, "related_topic", &topic.title));
    let audiences = a.audiences.iter().filter(|audience| b.audiences.iter().any(|other| other.title == audience.title));
    let audiences = audiences.map(|audience| (1, "related_audience", &audience.title));
    let authors = a.authors.iter().filter(|author| b.authors.iter().any(|other| other.id == author.id));
    let authors = authors.map(|author| (1, "related_author", &author.name));
    let shared: Vec<(usize, &'static str, &String)> = series.chain(topics).chain(audiences).chain(authors).collect();
    let (_, key, title) = *shared.first()?;
    // An author alone is no reason: that is what their page is for.
    let is_kin = shared.iter().any(|(_, key, _)| *key != "related_author");
    is_kin.then(|| (shared.iter().map(|(weight, ..)| weight).sum(), Why { key, title: title.clone() }))
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
