//! Topics, audiences, series and years: which terms there are and which pieces carry them.

use super::summary::audience_title;
use super::{Face, Frame, PageId, Taxonomy, Term, order};
use crate::base::slug::slugify;
use crate::config::Config;
use crate::parse::Document;
use std::collections::BTreeMap;

/// The title of each topic: as configured, else as the first piece (by path) writes it.
pub fn topic_titles<'a>(documents: impl IntoIterator<Item = &'a Document>, config: &Config) -> BTreeMap<String, String> {
    let mut titles = BTreeMap::new();
    for topic in documents.into_iter().flat_map(|document| document.front.topics.iter().flat_map(|field| &field.value)) {
        titles.entry(slugify(&topic.value)).or_insert_with(|| topic.value.trim().to_owned());
    }
    for (slug, topic) in &config.topics {
        if let Some(title) = &topic.title {
            titles.insert(slug.clone(), title.clone());
        }
    }
    titles
}

/// All terms, taxonomy by taxonomy.
pub fn collect(faces: &[Face], listed: &[PageId], config: &Config) -> Vec<Term> {
    let mut terms = Vec::new();
    terms.extend(topics(faces, listed, config));
    terms.extend(audiences(faces, listed, config));
    terms.extend(series(faces, listed, config));
    terms.extend(years(faces, listed));
    terms
}

/// A term's place in [`Frame::terms`].
pub fn index_of(frame: &Frame, taxonomy: Taxonomy, id: &str) -> Option<usize> {
    frame.terms.iter().position(|term| term.taxonomy == taxonomy && term.id == id)
}

fn topics(faces: &[Face], listed: &[PageId], config: &Config) -> Vec<Term> {
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    for id in listed {
        for topic in &faces[id.0].summary.topics {
            let description = || config.topics.get(&topic.id).and_then(|topic| topic.description.clone());
            let term =
                terms.entry(topic.id.clone()).or_insert_with(|| new_term(Taxonomy::Topic, &topic.id, topic.title.clone(), description()));
            term.pieces.push(*id);
        }
    }
    let mut terms: Vec<Term> = terms.into_values().collect();
    terms.sort_by_key(|term| (term.title.to_lowercase(), term.id.clone()));
    terms
}

fn audiences(faces: &[Face], listed: &[PageId], config: &Config) -> Vec<Term> {
    let carries = |id: &&PageId, audience: &str| faces[id.0].summary.audiences.iter().any(|entry| entry.id.as_deref() == Some(audience));
    let term = |(id, declared): (&String, &crate::config::DeclaredAudience)| {
        let title = audience_title(declared.title.as_deref(), &declared.slots);
        let situation = declared.slots.situation.as_ref().map(|slot| slot.value.clone());
        let mut term = new_term(Taxonomy::Audience, id, title, situation);
        term.pieces = listed.iter().filter(|page| carries(page, id)).copied().collect();
        term
    };
    config.audiences.iter().map(term).collect()
}

fn series(faces: &[Face], listed: &[PageId], config: &Config) -> Vec<Term> {
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    let declared = |id: &str| config.series.iter().find(|(declared, _)| slugify(declared) == id).map(|(_, series)| series);
    for id in listed {
        let Some(series) = &faces[id.0].summary.series else { continue };
        let description = || declared(&series.id).and_then(|series| series.description.clone());
        let term =
            terms.entry(series.id.clone()).or_insert_with(|| new_term(Taxonomy::Series, &series.id, series.title.clone(), description()));
        term.pieces.push(*id);
    }
    let mut terms: Vec<Term> = terms.into_values().collect();
    terms.iter_mut().for_each(|term| order::sort(&mut term.pieces, faces, order::by_part));
    terms
}

fn years(faces: &[Face], listed: &[PageId]) -> Vec<Term> {
    let mut terms: BTreeMap<i16, Term> = BTreeMap::new();
    for id in listed {
        let Some(date) = faces[id.0].summary.date else { continue };
        let year = date.day.year();
        let text = year.to_string();
        terms.entry(year).or_insert_with(|| new_term(Taxonomy::Year, &text, text.clone(), None)).pieces.push(*id);
    }
    terms.into_values().rev().collect()
}

fn new_term(taxonomy: Taxonomy, id: &str, title: String, description: Option<String>) -> Term {
    Term { taxonomy, id: id.to_owned(), title, description, url: taxonomy.url().child(id), pieces: Vec::new() }
}
