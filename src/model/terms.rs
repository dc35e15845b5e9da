//! Topics, audiences, series and years: which terms there are and which pieces carry them.

use super::address::Address;
use super::summary::audience_title;
use super::{Face, Frame, Page, PageId, Site, Taxonomy, Term, TermRef, order};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::slug::{slugify, slugify_term};
use crate::config::Config;
use crate::config::editions::Edition;
use crate::parse::Document;
use crate::parse::front_matter::Slot;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// The topics that pieces carry, each titled as configured, else as the first piece (by path) writes it.
pub fn topics_named(addressed: &[(&Document, Address)], config: &Config) -> BTreeMap<(Edition, String), Arc<TermRef>> {
    let mut titles: BTreeMap<(Edition, String), String> = BTreeMap::new();
    for (document, address) in addressed {
        for topic in document.front.topics.iter().flat_map(|field| &field.value) {
            titles.entry((address.edition, slugify_term(&address.lang, &topic.value))).or_insert_with(|| topic.value.trim().to_owned());
        }
    }
    let named = |((edition, id), written): ((Edition, String), String)| {
        let title = config.edition_topic(edition, &id).0.unwrap_or(written);
        let topic = Arc::new(topic(config, edition, id.clone(), title));
        ((edition, id), topic)
    };
    titles.into_iter().map(named).collect()
}

/// Topics that have one page though they are written as if they were two, each where it is first written.
pub fn find_merged_topics(site: &Site) -> Vec<Diagnostic> {
    let mut first: BTreeMap<(Edition, String), (&Page, &Slot)> = BTreeMap::new();
    let mut known: BTreeSet<(Edition, String, String)> = BTreeSet::new();
    let mut findings = Vec::new();
    let topics = |page| written_topics(page).map(move |topic| (page, topic));
    // Ten thousand pieces have a few dozen topics: what is written as it was before says nothing new.
    let mut seen: BTreeSet<(Edition, &str, &str)> = BTreeSet::new();
    for (page, topic) in site.pages.iter().flat_map(topics) {
        if !seen.insert((page.edition, page.lang.as_str(), topic.value.as_str())) {
            continue;
        }
        let key = (page.edition, slugify_term(&page.lang, &topic.value));
        let (first_page, first_topic) = *first.entry(key.clone()).or_insert((page, topic));
        let (one, other) = (in_letters(&first_topic.value), in_letters(&topic.value));
        if key.1.is_empty() || one == other || !known.insert((key.0, key.1.clone(), other)) {
            continue;
        }
        let (shown, before) = (topic.value.trim(), first_topic.value.trim());
        let place = Place::new(&page.document.path, topic.range.clone());
        let message = format!("the topics `{shown}` and `{before}` have one page, `{}`", key.1);
        let help = format!("write `{before}` here too if they are the same, or give one of them another name");
        findings.push(
            Diagnostic::warning("topics-merged", place, message)
                .help(help)
                .note_at(Place::new(&first_page.document.path, first_topic.range.clone()), format!("`{before}` is here")),
        );
    }
    findings
}

fn written_topics(page: &Page) -> impl Iterator<Item = &Slot> {
    page.document.front.topics.iter().flat_map(|field| &field.value)
}

/// A topic as it is told from others: upper and lower case, spaces and hyphens tell nothing apart.
fn in_letters(topic: &str) -> String {
    let is_gap = |c: char| c.is_whitespace() || matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}');
    topic.chars().filter(|c| !is_gap(*c)).flat_map(char::to_lowercase).nfc().collect()
}

/// A topic as an edition's pieces carry it.
pub fn topic(config: &Config, edition: Edition, id: String, title: String) -> TermRef {
    let url = config.edition_url(edition, &Taxonomy::Topic.url()).child(&id);
    TermRef { id, title, url }
}

/// All terms, edition by edition and taxonomy by taxonomy.
pub fn collect(faces: &[Face], listed: &[PageId], config: &Config) -> Vec<Term> {
    let mut terms = Vec::new();
    for edition in config.editions() {
        let listed: Vec<PageId> = listed.iter().filter(|id| faces[id.0].edition == edition).copied().collect();
        let scope = Scope { faces, listed: &listed, config, edition };
        terms.extend(topics(scope));
        terms.extend(audiences(scope));
        terms.extend(series(scope));
        terms.extend(years(scope));
    }
    terms
}

/// The listed pieces of one edition.
#[derive(Clone, Copy)]
struct Scope<'a> {
    faces: &'a [Face],
    listed: &'a [PageId],
    config: &'a Config,
    edition: Edition,
}

impl Scope<'_> {
    fn term(self, taxonomy: Taxonomy, id: &str, title: String, description: Option<String>) -> Term {
        let url = self.config.edition_url(self.edition, &taxonomy.url()).child(id);
        Term { edition: self.edition, taxonomy, id: id.to_owned(), title, description, url, pieces: Vec::new() }
    }
}

/// A term's place in [`Frame::terms`].
pub fn index_of(frame: &Frame, wanted: &Term) -> Option<usize> {
    frame.terms.iter().position(|term| term.edition == wanted.edition && term.taxonomy == wanted.taxonomy && term.id == wanted.id)
}

fn topics(scope: Scope<'_>) -> Vec<Term> {
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    for id in scope.listed {
        for topic in &scope.faces[id.0].summary.topics {
            let description = || scope.config.edition_topic(scope.edition, &topic.id).1;
            let new = || scope.term(Taxonomy::Topic, &topic.id, topic.title.clone(), description());
            let term = terms.entry(topic.id.clone()).or_insert_with(new);
            term.pieces.push(*id);
        }
    }
    let mut terms: Vec<Term> = terms.into_values().collect();
    terms.sort_by_key(|term| (term.title.to_lowercase(), term.id.clone()));
    terms
}

fn audiences(scope: Scope<'_>) -> Vec<Term> {
    let carries =
        |id: &&PageId, audience: &str| scope.faces[id.0].summary.audiences.iter().any(|entry| entry.id.as_deref() == Some(audience));
    let term = |(id, declared): (&String, crate::config::DeclaredAudience)| {
        let title = audience_title(declared.title.as_deref(), &declared.slots);
        let situation = declared.slots.situation.as_ref().map(|slot| slot.value.clone());
        let mut term = scope.term(Taxonomy::Audience, id, title, situation);
        term.pieces = scope.listed.iter().filter(|page| carries(page, id)).copied().collect();
        term
    };
    scope.config.audiences.keys().filter_map(|id| Some((id, scope.config.edition_audience(scope.edition, id)?))).map(term).collect()
}

fn series(scope: Scope<'_>) -> Vec<Term> {
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    let declared = |id: &str| scope.config.series.keys().find(|declared| slugify(declared) == id);
    for id in scope.listed {
        let Some(series) = &scope.faces[id.0].summary.series else { continue };
        let description = || declared(&series.id).and_then(|id| scope.config.edition_series(scope.edition, id).1);
        let new = || scope.term(Taxonomy::Series, &series.id, series.title.clone(), description());
        let term = terms.entry(series.id.clone()).or_insert_with(new);
        term.pieces.push(*id);
    }
    let mut terms: Vec<Term> = terms.into_values().collect();
    terms.iter_mut().for_each(|term| order::sort(&mut term.pieces, scope.faces, order::by_part));
    terms
}

fn years(scope: Scope<'_>) -> Vec<Term> {
    let mut terms: BTreeMap<i16, Term> = BTreeMap::new();
    for id in scope.listed {
        let Some(date) = scope.faces[id.0].summary.date else { continue };
        let year = date.day.year();
        let text = year.to_string();
        terms.entry(year).or_insert_with(|| scope.term(Taxonomy::Year, &text, text.clone(), None)).pieces.push(*id);
    }
    terms.into_values().rev().collect()
}
