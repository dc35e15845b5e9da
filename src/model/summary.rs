//! One document to its [`Summary`]: all that other pages see of it.

use super::address::Address;
use super::{AudienceRef, Byline, SeriesRef, State, Summary, Taxonomy, TermRef, terms};
use crate::base::path::SourcePath;
use crate::base::slug::{slugify, slugify_term};
use crate::base::typography::smarten;
use crate::config::Config;
use crate::config::audience::{AudienceSlots, Slot};
use crate::config::editions::Edition;
use crate::model::UrlPath;
use crate::parse::Document;
use crate::parse::front_matter::AudienceEntry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Words that a practised reader takes in a minute.
const WORDS_PER_MINUTE: usize = 230;

/// All that a summary is made from.
pub struct Inputs<'a> {
    pub document: &'a Document,
    pub address: &'a Address,
    pub config: &'a Config,
    pub people: &'a BTreeMap<(String, Edition), Arc<Byline>>,
    pub topics: &'a BTreeMap<(Edition, String), Arc<TermRef>>,
    /// The declared ones, by their ids.
    pub audiences: &'a BTreeMap<(Edition, String), Arc<AudienceRef>>,
    /// Below which URL the files of a bundle stand.
    pub bundle_urls: &'a BTreeMap<SourcePath, (Edition, UrlPath)>,
    pub state: State,
    pub title: &'a str,
}

impl Inputs<'_> {
    fn typeset(&self, text: &str) -> String {
        if self.config.markdown.smart_punctuation { smarten(text, &self.address.lang).into_owned() } else { text.to_owned() }
    }

    fn taxonomy_url(&self, taxonomy: Taxonomy) -> UrlPath {
        self.config.edition_url(self.address.edition, &taxonomy.url())
    }
}

/// Makes the summary of a document.
pub fn of(inputs: &Inputs<'_>) -> Summary {
    let front = &inputs.document.front;
    Summary {
        kind: inputs.address.kind,
        edition: inputs.address.edition,
        url: inputs.address.url.clone(),
        title: inputs.title.to_owned(),
        description: front.description.as_ref().map(|field| inputs.typeset(&field.value)),
        so_what: front.so_what.as_ref().map(|field| inputs.typeset(field.value.trim())),
        date: front.date.as_ref().map(|field| field.value),
        updated: front.updated.as_ref().map(|field| field.value),
        lang: inputs.address.lang.clone(),
        state: inputs.state,
        gated: front.gate.is_some(),
        unlisted: front.unlisted.as_ref().is_some_and(|field| field.value),
        weight: front.weight.as_ref().map_or(0, |field| field.value),
        reading_minutes: inputs.document.word_count.div_ceil(WORDS_PER_MINUTE).max(1),
        authors: bylines(inputs),
        audiences: audiences(inputs),
        topics: topics(inputs),
        series: series(inputs),
        image: image(inputs),
        role: front.role.as_ref().map(|field| field.value.clone()),
    }
}

/// The plain phrase for an audience: what it is called, or who they are and where.
pub fn audience_title(declared: Option<&str>, slots: &AudienceSlots) -> String {
    if let Some(title) = declared {
        return title.to_owned();
    }
    let text = |slot: &Option<Slot>| slot.as_ref().map(|slot| slot.value.trim().to_owned()).filter(|text| !text.is_empty());
    match (text(&slots.role), text(&slots.at), text(&slots.situation)) {
        (Some(role), Some(at), _) => format!("{role}, {at}"),
        (Some(role), None, Some(situation)) => format!("{role}, {situation}"),
        (role, at, situation) => role.or(at).or(situation).unwrap_or_default(),
    }
}

fn bylines(inputs: &Inputs<'_>) -> Vec<Arc<Byline>> {
    let authors = inputs.document.front.authors.iter().flat_map(|field| &field.value);
    let byline = |id: &String| {
        let mut editions = [inputs.address.edition].into_iter().chain(inputs.config.editions());
        editions.find_map(|edition| inputs.people.get(&(id.clone(), edition)).cloned())
    };
    let mut named = BTreeSet::new();
    authors.filter(|author| named.insert(&author.value)).filter_map(|author| byline(&author.value)).collect()
}

/// The declared audiences, each as the pieces of an edition carry it.
pub fn declared_audiences(config: &Config) -> BTreeMap<(Edition, String), Arc<AudienceRef>> {
    let of_edition = |edition: Edition| {
        config.audiences.keys().filter_map(move |id| {
            let declared = config.edition_audience(edition, id)?;
            let url = config.edition_url(edition, &Taxonomy::Audience.url()).child(id);
            let audience = AudienceRef { id: Some(id.clone()), url: Some(url), ..described(declared.title.as_deref(), &declared.slots) };
            Some(((edition, id.clone()), Arc::new(audience)))
        })
    };
    config.editions().flat_map(of_edition).collect()
}

fn audiences(inputs: &Inputs<'_>) -> Vec<Arc<AudienceRef>> {
    let entries = inputs.document.front.audience.iter().flat_map(|field| &field.value);
    let mut audiences: Vec<Arc<AudienceRef>> = entries.filter_map(|entry| audience(entry, inputs)).collect();
    let mut seen = std::collections::BTreeSet::new();
    audiences.retain(|audience| seen.insert(audience.title.clone()));
    audiences
}

fn audience(entry: &AudienceEntry, inputs: &Inputs<'_>) -> Option<Arc<AudienceRef>> {
    match entry {
        AudienceEntry::Id(id) => inputs.audiences.get(&(inputs.address.edition, id.value.clone())).cloned(),
        AudienceEntry::Inline(inline) => Some(Arc::new(described(None, &inline.value))),
        AudienceEntry::Other(_) => None,
    }
}

/// An audience by what is said of it.
fn described(title: Option<&str>, slots: &AudienceSlots) -> AudienceRef {
    let text = |slot: &Option<Slot>| slot.as_ref().map_or_else(String::new, |slot| slot.value.trim().to_owned());
    let title = audience_title(title, slots);
    AudienceRef { id: None, title, role: text(&slots.role), at: text(&slots.at), situation: text(&slots.situation), url: None }
}

fn topics(inputs: &Inputs<'_>) -> Vec<Arc<TermRef>> {
    let written = inputs.document.front.topics.iter().flat_map(|field| &field.value);
    let mut topics: Vec<Arc<TermRef>> = Vec::new();
    for topic in written {
        let id = slugify_term(&inputs.address.lang, &topic.value);
        if id.is_empty() || topics.iter().any(|known| known.id == id) {
            continue;
        }
        let edition = inputs.address.edition;
        let known = inputs.topics.get(&(edition, id.clone())).cloned();
        topics.push(known.unwrap_or_else(|| Arc::new(terms::topic(inputs.config, edition, id, topic.value.clone()))));
    }
    topics
}

fn series(inputs: &Inputs<'_>) -> Option<SeriesRef> {
    let entry = &inputs.document.front.series.as_ref()?.value;
    let id = slugify(&entry.id.value);
    if id.is_empty() {
        return None;
    }
    let (declared, _) = inputs.config.edition_series(inputs.address.edition, &entry.id.value);
    let title = declared.unwrap_or_else(|| entry.id.value.clone());
    let url = inputs.taxonomy_url(Taxonomy::Series).child(&id);
    Some(SeriesRef { id, title, url, part: entry.part.as_ref().map_or(1, |part| part.value) })
}

/// The lead image's site path: an absolute one as it stands, a relative one beside the page.
fn image(inputs: &Inputs<'_>) -> Option<(UrlPath, String)> {
    let front = &inputs.document.front;
    let written = front.image.as_ref()?.value.trim();
    let alt = front.image_alt.as_ref().map_or_else(String::new, |field| field.value.clone());
    let output = match written.strip_prefix('/') {
        Some(path) => crate::base::path::OutputPath::new(path)?,
        None => {
            let folder = inputs.document.path.parent();
            let file = folder.join(written)?;
            match &inputs.address.bundle {
                Some(bundle) if file.strip(bundle.as_str()).is_some() => {
                    let (_, url) = inputs.bundle_urls.get(bundle)?;
                    url.beside(file.strip(bundle.as_str())?)?
                }
                _ => super::address::folder_url(file.parent()).beside(file.file_name())?,
            }
        }
    };
    Some((UrlPath::file(&output), alt))
}
