//! The assembly: parsed documents, the configuration and the list of assets become one [`Site`].

use super::address::{self, Address, SectionDefaults};
use super::assets::{self, AssetSource};
use super::{Byline, Kind, Page, PageId, Site, State, UrlPath, Withheld, order, summary, terms};
use crate::base::date::Date;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::config::Config;
use crate::parse::Document;
use std::collections::BTreeMap;
use std::sync::Arc;

/// All that an assembly depends on.
pub struct Inputs<'a> {
    pub config: Arc<Config>,
    /// In the order of their paths.
    pub documents: &'a [Arc<Document>],
    pub assets: &'a [AssetSource],
    pub today: Date,
    /// Publish drafts as well.
    pub drafts: bool,
    /// Publish scheduled pages as well.
    pub future: bool,
}

/// Assembles a site; the findings name addresses and series that cannot stand as written.
pub fn assemble(inputs: &Inputs<'_>) -> (Site, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let sections = address::sections(inputs.documents.iter().map(Arc::as_ref));
    let addressed: Vec<(&Arc<Document>, Address)> =
        inputs.documents.iter().map(|document| (document, address::of(document, &sections, &mut findings))).collect();
    let people = bylines(&addressed);
    let topic_titles = terms::topic_titles(inputs.documents.iter().map(Arc::as_ref), &inputs.config);
    let mut pages = Vec::new();
    let mut withheld = Vec::new();
    for (document, address) in &addressed {
        let state = state_of(document, address.kind, &inputs.today);
        let lang = lang_of(document, &sections, address, &inputs.config);
        let title = title_of(document, address, &inputs.config);
        if !is_published(state, inputs) {
            withheld.push(Withheld { document: Arc::clone(document), kind: address.kind, state, url: address.url.clone(), title });
            continue;
        }
        let summary_inputs = summary::Inputs {
            document,
            address,
            config: &inputs.config,
            people: &people,
            topic_titles: &topic_titles,
            state,
            lang: &lang,
            title: &title,
        };
        pages.push(Page {
            id: PageId(pages.len()),
            kind: address.kind,
            document: Arc::clone(document),
            url: address.url.clone(),
            template: template_of(document, address, &sections),
            lang: lang.clone(),
            state,
            ancestors: Vec::new(),
            bundle: address.bundle.clone(),
            pieces: Vec::new(),
            children: Vec::new(),
            aliases: aliases_of(document, &mut findings),
            summary: Arc::new(summary::of(&summary_inputs)),
            title,
        });
    }
    let folders: Vec<SourcePath> = pages.iter().map(|page| folder_of(&addressed, page)).collect();
    relate(&mut pages, &folders);
    find_repeated_parts(&pages, &mut findings);
    (finish(inputs, pages, withheld), findings)
}

fn finish(inputs: &Inputs<'_>, pages: Vec<Page>, withheld: Vec<Withheld>) -> Site {
    let mut listed: Vec<PageId> = pages.iter().filter(|page| page.is_listed()).map(|page| page.id).collect();
    order::sort(&mut listed, &pages, order::newest_first);
    Site {
        by_url: pages.iter().rev().map(|page| (page.url.clone(), page.id)).collect(),
        by_source: pages.iter().map(|page| (page.document.path.clone(), page.id)).collect(),
        people: pages.iter().filter(|page| page.kind == Kind::Person).map(|page| (address::id_of(&page.document.path), page.id)).collect(),
        terms: terms::collect(&pages, &listed, &inputs.config),
        assets: assets::collect(inputs.assets, &inputs.config.theme, &pages),
        config: Arc::clone(&inputs.config),
        today: inputs.today,
        listed,
        pages,
        withheld,
    }
}

fn is_published(state: State, inputs: &Inputs<'_>) -> bool {
    match state {
        State::Live => true,
        State::Draft => inputs.drafts,
        State::Scheduled => inputs.future,
        State::Expired => false,
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
    let starts = front.publish_on.as_ref().or(own_date);
    if starts.is_some_and(|field| field.value.timestamp() > now) { State::Scheduled } else { State::Live }
}

fn lang_of(document: &Document, sections: &SectionDefaults<'_>, address: &Address, config: &Config) -> String {
    let own = document.front.lang.as_ref().map(|field| field.value.clone());
    let default = |section: &Document| section.front.defaults.as_ref()?.value.lang.as_ref().map(|lang| lang.value.clone());
    own.or_else(|| address::inherited(sections, &address.folder, default)).unwrap_or_else(|| config.language.clone())
}

fn title_of(document: &Document, address: &Address, config: &Config) -> String {
    let said = document.front.title.as_ref().map(|field| field.value.trim().to_owned()).filter(|title| !title.is_empty());
    said.unwrap_or_else(|| match &address.url {
        url if *url == UrlPath::home() => config.title.clone(),
        _ => address.id.replace(['-', '_'], " "),
    })
}

fn template_of(document: &Document, address: &Address, sections: &SectionDefaults<'_>) -> String {
    let own = document.front.template.as_ref().map(|field| field.value.clone());
    let default = |section: &Document| section.front.defaults.as_ref()?.value.template.as_ref().map(|template| template.value.clone());
    let inherited = || match address.kind {
        Kind::Section => None,
        Kind::Piece | Kind::Page | Kind::Person => address::inherited(sections, &address.folder, default),
    };
    let named = own.or_else(inherited);
    match named {
        Some(name) => name.trim_end_matches(".html").to_owned(),
        None if address.url == UrlPath::home() => "home".to_owned(),
        None => address.kind.as_str().to_owned(),
    }
}

fn bylines(addressed: &[(&Arc<Document>, Address)]) -> BTreeMap<String, Byline> {
    let people = addressed.iter().filter(|(_, address)| address.kind == Kind::Person);
    let byline = |(document, address): &(&Arc<Document>, Address)| {
        let front = &document.front;
        let name = front.title.as_ref().map_or_else(|| address.id.replace('-', " "), |field| field.value.clone());
        let expertise = front.expertise.iter().flat_map(|field| &field.value).map(|entry| entry.value.clone()).collect();
        let role = front.role.as_ref().map(|field| field.value.clone());
        (address.id.clone(), Byline { id: address.id.clone(), name, url: address.url.clone(), role, expertise })
    };
    people.map(byline).collect()
}

/// Old addresses as site paths; what is no path is a finding.
fn aliases_of(document: &Document, findings: &mut Vec<Diagnostic>) -> Vec<UrlPath> {
    let mut aliases = Vec::new();
    for alias in document.front.aliases.iter().flat_map(|field| &field.value) {
        let text = alias.value.trim().trim_matches('/');
        let is_file = text.rsplit('/').next().is_some_and(|last| last.ends_with(".html") || last.ends_with(".htm"));
        let plain = crate::base::path::OutputPath::new(text).filter(|_| !text.contains(['?', '#', ':', '*']));
        let Some(plain) = plain else {
            let place = Place::new(&document.path, alias.range.clone());
            let message = format!("`{}` is not a path of this site", alias.value.escape_debug());
            findings
                .push(Diagnostic::error("url-unusable", place, message).help("write an alias as the old path, such as `/old/address/`"));
            continue;
        };
        let url = if is_file { UrlPath::file(&plain) } else { UrlPath::page(text.split('/')) };
        if !aliases.contains(&url) {
            aliases.push(url);
        }
    }
    aliases
}

fn folder_of(addressed: &[(&Arc<Document>, Address)], page: &Page) -> SourcePath {
    let at = addressed.binary_search_by(|(document, _)| document.path.cmp(&page.document.path));
    at.map_or_else(|_| SourcePath::root(), |idx| addressed[idx].1.folder.clone())
}

/// Fills in who stands below whom.
fn relate(pages: &mut [Page], folders: &[SourcePath]) {
    let section_of: BTreeMap<SourcePath, PageId> =
        pages.iter().filter(|page| page.kind == Kind::Section).map(|page| (page.document.path.parent(), page.id)).collect();
    for idx in 0..pages.len() {
        let mut folder = folders[idx].clone();
        let mut ancestors = Vec::new();
        loop {
            let section = section_of.get(&folder).filter(|section| section.0 != idx);
            ancestors.extend(section.copied());
            if folder.as_str() == address::CONTENT || folder.as_str().is_empty() {
                break;
            }
            folder = folder.parent();
        }
        ancestors.reverse();
        pages[idx].ancestors = ancestors;
    }
    let mut below: Vec<(PageId, PageId, bool)> = Vec::new();
    for page in pages.iter() {
        if page.is_listed() {
            below.extend(page.ancestors.iter().map(|section| (*section, page.id, true)));
        } else if page.kind != Kind::Piece {
            below.extend(page.ancestors.last().map(|section| (*section, page.id, false)));
        }
    }
    for (section, page, is_piece) in below {
        let section = &mut pages[section.0];
        if is_piece { section.pieces.push(page) } else { section.children.push(page) }
    }
    for idx in 0..pages.len() {
        let (mut pieces, mut children) = (std::mem::take(&mut pages[idx].pieces), std::mem::take(&mut pages[idx].children));
        order::sort(&mut pieces, pages, order::by_weight_then_newest);
        order::sort(&mut children, pages, order::by_weight_then_title);
        pages[idx].pieces = pieces;
        pages[idx].children = children;
    }
}

fn find_repeated_parts(pages: &[Page], findings: &mut Vec<Diagnostic>) {
    let mut taken: BTreeMap<(&str, i64), &Page> = BTreeMap::new();
    for page in pages {
        let (Some(series), Some(entry)) = (&page.summary.series, &page.document.front.series) else { continue };
        let Some(first) = taken.get(&(series.id.as_str(), series.part)) else {
            taken.insert((&series.id, series.part), page);
            continue;
        };
        let place = Place::new(&page.document.path, entry.place());
        let first_place = Place::new(&first.document.path, first.document.front.series.as_ref().map_or(0..0, |field| field.place()));
        let message = format!("the series `{}` already has a part {}", series.id, series.part);
        findings.push(
            Diagnostic::warning("series-part-repeated", place, message)
                .note_at(first_place, "it is here")
                .help("number the parts 1, 2, 3 …"),
        );
    }
}
