//! One document to its [`Summary`]: all that other pages see of it.

use super::address::Address;
use super::{AudienceRef, Byline, SeriesRef, State, Summary, Taxonomy, TermRef};
use crate::base::path::SourcePath;
use crate::base::slug::{slugify, slugify_in};
use crate::base::typography::smarten;
use crate::config::Config;
use crate::config::audience::{AudienceSlots, Slot};
use crate::config::editions::Edition;
use crate::model::UrlPath;
use crate::parse::Document;
use crate::parse::front_matter::AudienceEntry;
use std::collections::BTreeMap;

/// Words that a practised reader takes in a minute.
const WORDS_PER_MINUTE: usize = 230;

/// All that a summary is made from.
pub struct Inputs<'a> {
    pub document: &'a Document,
    pub address: &'a Address,
    pub config: &'a Config,
    pub people: &'a BTreeMap<(String, Edition), Byline>,
    pub topic_titles: &'a BTreeMap<(Edition, String), String>,
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

fn bylines(inputs: &Inputs<'_>) -> Vec<Byline> {
    let authors = inputs.document.front.authors.iter().flat_map(|field| &field.value);
    let byline = |id: &String| {
        let mut editions = [inputs.address.edition].into_iter().chain(inputs.config.editions());
        editions.find_map(|edition| inputs.people.get(&(id.clone(), edition)).cloned())
    };
    authors.filter_map(|author| byline(&author.value)).collect()
}

fn audiences(inputs: &Inputs<'_>) -> Vec<AudienceRef> {
    let entries = inputs.document.front.audience.iter().flat_map(|field| &field.value);
    let mut audiences: Vec<AudienceRef> = entries.filter_map(|entry| audience(entry, inputs)).collect();
    let mut seen = std::collections::BTreeSet::new();
    audiences.retain(|audience| seen.insert(audience.title.clone()));
    audiences
}

fn audience(entry: &AudienceEntry, inputs: &Inputs<'_>) -> Option<AudienceRef> {
    let (id, declared_title, slots) = match entry {
        AudienceEntry::Id(id) => {
            let declared = inputs.config.edition_audience(inputs.address.edition, &id.value)?;
            (Some(id.value.clone()), declared.title, declared.slots)
        }
        AudienceEntry::Inline(inline) => (None, None, inline.value.clone()),
        AudienceEntry::Other(_) => return None,
    };
    let text = |slot: &Option<Slot>| slot.as_ref().map_or_else(String::new, |slot| slot.value.trim().to_owned());
    let url = id.as_ref().map(|id| inputs.taxonomy_url(Taxonomy::Audience).child(id));
    let title = audience_title(declared_title.as_deref(), &slots);
    Some(AudienceRef { id, title, role: text(&slots.role), at: text(&slots.at), situation: text(&slots.situation), url })
}

fn topics(inputs: &Inputs<'_>) -> Vec<TermRef> {
    let written = inputs.document.front.topics.iter().flat_map(|field| &field.value);
    let mut topics: Vec<TermRef> = Vec::new();
    for topic in written {
        let id = slugify_in(&inputs.address.lang, &topic.value);
        if id.is_empty() || topics.iter().any(|known| known.id == id) {
            continue;
        }
        let title = inputs.topic_titles.get(&(inputs.address.edition, id.clone())).cloned().unwrap_or_else(|| topic.value.clone());
        let url = inputs.taxonomy_url(Taxonomy::Topic).child(&id);
        topics.push(TermRef { id, title, url });
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
