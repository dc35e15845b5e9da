//! What feeds and Markdown twins say of a piece beside its body: who it is for, what to do, sources.
//!
//! The pages say the same through templates; here it is plain text, for the caller to mark up.

use crate::base::path::UrlPath;
use crate::config::strings::Words;
use crate::model::resolve::{Target, resolve};
use crate::model::{Page, Site};
use crate::parse::Document;
use crate::parse::front_matter::{Access, GuidanceItem, Slot, Source};

/// Who the piece is for, as one phrase.
pub fn audience(words: &Words, page: &Page) -> Option<String> {
    let titles: Vec<&str> = page.summary.audiences.iter().map(|audience| audience.title.as_str()).collect();
    (!titles.is_empty()).then(|| words.fill("for_audience", &[("audience", &titles.join("; "))]))
}

/// The instructions to print, each with the labelled words that pin it down.
pub fn guidance<'a>(words: &'a Words, document: &'a Document) -> Vec<(&'a str, Vec<(&'a str, &'a str)>)> {
    let items = document.front.guidance.iter().flat_map(|guidance| &guidance.value);
    items.filter_map(|item| Some((text(&item.deed)?, pins(words, item)))).collect()
}

fn pins<'a>(words: &'a Words, item: &'a GuidanceItem) -> Vec<(&'a str, &'a str)> {
    let slots = [("who", &item.who), ("by_when", &item.by), ("done_when", &item.done_when), ("because", &item.because)];
    slots.into_iter().filter_map(|(label, slot)| Some((words.get(label), text(slot)?))).collect()
}

/// The sources that the body cites, in the order of first use: their position is their number.
pub fn cited_sources(document: &Document) -> Vec<&Source> {
    let mut cited: Vec<&Source> = Vec::new();
    for citation in &document.citations {
        let source = sources(document).find(|source| source.id.value == citation.value);
        if let Some(source) = source.filter(|source| !cited.iter().any(|known| known.id.value == source.id.value)) {
            cited.push(source);
        }
    }
    cited
}

/// The sources that the body does not cite, in the order written.
pub fn uncited_sources(document: &Document) -> Vec<&Source> {
    let is_cited = |source: &Source| document.citations.iter().any(|citation| citation.value == source.id.value);
    sources(document).filter(|source| !is_cited(source)).collect()
}

fn sources(document: &Document) -> impl Iterator<Item = &Source> {
    document.front.sources.iter().flat_map(|sources| &sources.value)
}

/// What a source is called.
pub fn source_title(source: &Source) -> &str {
    text(&source.title).unwrap_or(&source.id.value)
}

/// All else that is said of a source: `Edelman, 2024-03; sample 3500; fielded 2023-12`.
pub fn source_details(words: &Words, source: &Source) -> String {
    let origin: Vec<&str> = [&source.publisher, &source.date].into_iter().filter_map(text).collect();
    let mut details = vec![origin.join(", ")];
    details.extend(text(&source.sample).map(|sample| words.fill("source_sample", &[("sample", sample)])));
    details.extend(text(&source.population).map(str::to_owned));
    details.extend(text(&source.fielded).map(|when| words.fill("source_fielded", &[("when", when)])));
    match source.access.as_ref().map(|access| access.value) {
        None | Some(Access::Open) => {}
        Some(Access::Registration) => details.push(words.get("access_registration").to_owned()),
        Some(Access::Paid) => details.push(words.get("access_paid").to_owned()),
    }
    details.retain(|detail| !detail.is_empty());
    details.join("; ")
}

/// A slot's text, unless it is blank.
pub fn text(slot: &Option<Slot>) -> Option<&str> {
    slot.as_ref().map(|slot| slot.value.trim()).filter(|text| !text.is_empty())
}

/// A destination as an absolute URL, as it must be where no page's address is its base. `None` when
/// it points at nothing that has a URL.
pub fn absolute(site: &Site, from: &Page, destination: &str) -> Option<String> {
    let is_term = |url: &UrlPath| site.terms.iter().any(|term| term.url == *url || site.taxonomy_url(term.edition, term.taxonomy) == *url);
    let resolved = resolve(site, from, destination, &is_term);
    let base_url = &site.config.base_url;
    match (&resolved.target, resolved.site_path(site, from)) {
        (_, Some(path)) => Some(base_url.absolute(path.as_str()) + &resolved.suffix()),
        (Target::External, None) => Some(destination.trim().to_owned()),
        // A generated file is no page; the link check has seen that it is planned.
        (Target::Missing, None) if destination.starts_with('/') => Some(format!("{}{}{destination}", base_url.origin(), base_url.path())),
        (_, None) => None,
    }
}
