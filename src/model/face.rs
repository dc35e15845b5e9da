//! One document to its [`Face`]: where its page stands, whether it is public, what lists show of it.

use super::address::{self, Address, SectionDefaults};
use super::{AudienceRef, Byline, Face, Kind, PageId, State, TermRef, UrlPath, Withheld, mentions, summary, terms, translations};
use crate::base::date::Date;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::base::typography::smarten;
use crate::config::Config;
use crate::config::editions::Edition;
use crate::parse::Document;
use crate::parse::data::downloads;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// All that a document's face depends on besides the document.
#[derive(Debug, Clone)]
pub struct Context {
    pub config: Arc<Config>,
    pub calendar: Calendar,
    sections: SectionDefaults,
    people: BTreeMap<(String, Edition), Arc<Byline>>,
    topics: BTreeMap<(Edition, String), Arc<TermRef>>,
    audiences: BTreeMap<(Edition, String), Arc<AudienceRef>>,
    bundle_urls: BTreeMap<SourcePath, (Edition, UrlPath)>,
}

/// Which pages are public today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    pub today: Date,
    /// Publish drafts as well.
    pub drafts: bool,
    /// Publish scheduled pages as well.
    pub future: bool,
}

/// A document with its place in the site, and the findings about that place.
pub struct Placed {
    pub standing: Standing,
    /// The folder whose section it belongs to.
    pub folder: SourcePath,
    pub findings: Vec<Diagnostic>,
}

/// Whether a page is published in this run.
pub enum Standing {
    Published(Box<Face>),
    Withheld(Withheld),
}

impl Context {
    /// Gathers what documents say of each other.
    pub fn new(documents: &[Arc<Document>], config: &Arc<Config>, calendar: Calendar) -> Self {
        let sections = address::sections(documents, config);
        let addressed: Vec<(&Document, Address)> =
            documents.par_iter().map(|document| (&**document, address::of(document, &sections, config, &mut Vec::new()))).collect();
        let (topics, (people, bundle_urls)) =
            rayon::join(|| terms::topics_named(&addressed, config), || (bylines(&addressed), bundle_urls(&addressed, &calendar)));
        let audiences = summary::declared_audiences(config);
        Self { people, topics, audiences, bundle_urls, config: Arc::clone(config), calendar, sections }
    }

    /// Every document, each by itself.
    pub fn place_all(&self, documents: &[Arc<Document>]) -> Vec<Placed> {
        documents.par_iter().map(|document| self.place(document)).collect()
    }

    /// One document. Its id, and its relations to other pages, are for the assembly to fill in.
    pub fn place(&self, document: &Arc<Document>) -> Placed {
        let mut findings = Vec::new();
        let address = address::of(document, &self.sections, &self.config, &mut findings);
        let state = state_of(document, address.kind, &self.calendar.today);
        let title = title_of(document, &address, &self.config);
        let folder = address.folder.clone();
        findings.extend(translations::undeclared(document, &self.config));
        if !self.calendar.publishes(state) {
            let withheld = Withheld { document: Arc::clone(document), kind: address.kind, state, url: address.url, title };
            return Placed { standing: Standing::Withheld(withheld), folder, findings };
        }
        let summary_inputs = summary::Inputs {
            document,
            address: &address,
            config: &self.config,
            people: &self.people,
            topics: &self.topics,
            audiences: &self.audiences,
            bundle_urls: &self.bundle_urls,
            state,
            title: &title,
        };
        let summary = Arc::new(summary::of(&summary_inputs));
        let paginate_by = document.front.paginate_by.as_ref().and_then(|field| usize::try_from(field.value).ok());
        let guidance = document.front.guidance.as_ref().map(|field| field.value.as_slice()).unwrap_or_default();
        let face = Face {
            id: PageId(0),
            kind: address.kind,
            source: document.path.clone(),
            template: template_of(document, &address, &self.sections, &self.config),
            url: address.url,
            title,
            lang: address.lang,
            edition: address.edition,
            translations: Vec::new(),
            state,
            ancestors: Vec::new(),
            bundle: address.bundle,
            pieces: Vec::new(),
            children: Vec::new(),
            paginate_by: paginate_by.filter(|by| *by > 0),
            has_dated_actions: address.kind == Kind::Piece && guidance.iter().any(|item| item.deed.is_some() && item.day().is_some()),
            aliases: aliases_of(document, &mut findings),
            downloads: downloads(&document.directives).into_iter().map(|download| download.file_name).collect(),
            files: mentions::of(document),
            summary,
        };
        Placed { standing: Standing::Published(Box::new(face)), folder, findings }
    }
}

impl Calendar {
    fn publishes(&self, state: State) -> bool {
        match state {
            State::Live => true,
            State::Draft => self.drafts,
            State::Scheduled => self.future,
            State::Expired => false,
        }
    }
}

fn state_of(document: &Document, kind: Kind, today: &Date) -> State {
    let front = &document.front;
    let now = today.timestamp();
    if front.draft.as_ref().is_some_and(|field| field.value) {
        return State::Draft;
    }
    if front.expires_on.as_ref().is_some_and(|field| field.value.timestamp() <= now) {
        return State::Expired;
    }
    // Sections and people stand at all times; a date there is only a date.
    let own_date = if kind == Kind::Piece { front.date.as_ref() } else { None };
    let starts = front.publish_on.as_deref().or(own_date);
    if starts.is_some_and(|field| field.value.timestamp() > now) { State::Scheduled } else { State::Live }
}

fn title_of(document: &Document, address: &Address, config: &Config) -> String {
    let said = document.front.title.as_ref().map(|field| field.value.trim().to_owned()).filter(|title| !title.is_empty());
    let typeset = |title: String| match config.markdown.smart_punctuation {
        true => smarten(&title, &address.lang).into_owned(),
        false => title,
    };
    said.map(typeset).unwrap_or_else(|| match &address.url {
        url if *url == config.edition_home(address.edition) => config.edition_title(address.edition).to_owned(),
        _ => address.id.replace(['-', '_'], " "),
    })
}

fn template_of(document: &Document, address: &Address, sections: &SectionDefaults, config: &Config) -> String {
    let own = document.front.template.as_ref().map(|field| field.value.clone());
    let default = |section: &Document| section.front.defaults.as_ref()?.value.template.as_ref().map(|template| template.value.clone());
    let inherited = || match address.kind {
        Kind::Section => None,
        Kind::Piece | Kind::Page | Kind::Person => address::inherited(sections, &address.folder, default),
    };
    let named = own.or_else(inherited);
    match named {
        Some(name) => name.trim_end_matches(".html").to_owned(),
        None if address.url == config.edition_home(address.edition) => "home".to_owned(),
        None => address.kind.as_str().to_owned(),
    }
}

/// Whose URL the other files of a bundle stand below: that of the first edition that has the page.
fn bundle_urls(addressed: &[(&Document, Address)], calendar: &Calendar) -> BTreeMap<SourcePath, (Edition, UrlPath)> {
    let mut urls: BTreeMap<SourcePath, (Edition, UrlPath)> = BTreeMap::new();
    let published = addressed.iter().filter(|(document, address)| calendar.publishes(state_of(document, address.kind, &calendar.today)));
    for (_, address) in published {
        let Some(bundle) = &address.bundle else { continue };
        let known = urls.entry(bundle.clone()).or_insert_with(|| (address.edition, address.url.clone()));
        if address.edition < known.0 {
            *known = (address.edition, address.url.clone());
        }
    }
    urls
}

fn bylines(addressed: &[(&Document, Address)]) -> BTreeMap<(String, Edition), Arc<Byline>> {
    let byline = |(document, address): &(&Document, Address)| {
        let front = &document.front;
        let name = front.title.as_ref().map_or_else(|| address.id.replace('-', " "), |field| field.value.clone());
        let expertise = front.expertise.iter().flat_map(|field| &field.value).map(|entry| entry.value.clone()).collect();
        let role = front.role.as_ref().map(|field| field.value.clone());
        let byline = Byline { id: address.id.clone(), name, url: address.url.clone(), role, expertise };
        ((address.id.clone(), address.edition), Arc::new(byline))
    };
    addressed.iter().filter(|(_, address)| address.kind == Kind::Person).map(byline).collect()
}

/// Old addresses as site paths; what is no path is a finding.
fn aliases_of(document: &Document, findings: &mut Vec<Diagnostic>) -> Vec<UrlPath> {
    let mut aliases = Vec::new();
    for alias in document.front.aliases.iter().flat_map(|field| &field.value) {
        let Some(url) = alias_url(&alias.value) else {
            let place = Place::new(&document.path, alias.range.clone());
            let message = format!("`{}` is not a path of this site", alias.value.escape_debug());
            findings
                .push(Diagnostic::error("url-unusable", place, message).help("write an alias as the old path, such as `/old/address/`"));
            continue;
        };
        if !aliases.contains(&url) {
            aliases.push(url);
        }
    }
    aliases
}

/// Where a document says that this is an old address of its page.
pub fn alias_place(document: &Document, alias: &UrlPath) -> Option<Range<usize>> {
    let written = document.front.aliases.iter().flat_map(|field| &field.value);
    written.filter(|written| alias_url(&written.value).as_ref() == Some(alias)).map(|written| written.range.clone()).next()
}

fn alias_url(written: &str) -> Option<UrlPath> {
    let text = written.trim().trim_matches('/');
    let is_file = text.rsplit('/').next().is_some_and(|last| last.ends_with(".html") || last.ends_with(".htm"));
    let plain = crate::base::path::OutputPath::new(text).filter(|_| !text.contains(['?', '#', ':', '*']))?;
    Some(if is_file { UrlPath::file(&plain) } else { UrlPath::page(text.split('/')) })
}
