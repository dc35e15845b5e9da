//! A small site made by hand, for the tests of what reads a [`Site`].

use super::{Asset, Byline, Face, Frame, Kind, Page, PageId, Site, State, Summary, Taxonomy, Term};
use crate::base::date::Date;
use crate::base::fingerprint::Fingerprint;
use crate::base::held::Held;
use crate::base::kept_text::KeptText;
use crate::base::path::{SourcePath, UrlPath};
use crate::base::spanned::{Field, Spanned};
use crate::config::editions::Edition;
use crate::config::feeds::Feeds;
use crate::config::{BaseUrl, Config, MarkdownOptions, Publisher, RuleSettings};
use crate::parse::Document;
use crate::parse::front_matter::{FrontMatter, GateEntry, GuidanceItem};
use std::collections::BTreeMap;
use std::ops::DerefMut;
use std::sync::{Arc, OnceLock};

/// A path that is known to be good.
pub(crate) fn source(path: &str) -> SourcePath {
    SourcePath::new(path).expect("a plain path")
}

/// A value with a place that no test asks for.
pub(crate) fn field<T>(value: T) -> Field<T> {
    Field { key: 0..0, value, range: 0..0 }
}

/// A text with a place that no test asks for.
pub(crate) fn slot(text: &str) -> Spanned<String> {
    Spanned::new(text.to_owned(), 0..0)
}

/// A page whose URL is its path.
pub(crate) fn page(path: &str, kind: Kind, title: &str, body: &str) -> Page {
    let source = source(path);
    let stem = path.trim_start_matches("content/").trim_end_matches(".md");
    let url = UrlPath::page(stem.split('/').filter(|part| !matches!(*part, "index" | "_index")));
    let front = FrontMatter { title: Some(field(title.to_owned())), ..FrontMatter::default() };
    let document = Document {
        path: source.clone(),
        text: KeptText::fixed(&SourcePath::root(), body),
        fingerprint: Fingerprint::of(body.as_bytes()),
        front,
        body: 0..body.len(),
        headings: Vec::new(),
        links: Vec::new(),
        citations: Vec::new(),
        footnotes: Vec::new(),
        directives: Vec::new(),
        html_ids: Vec::new(),
        code_languages: Vec::new(),
        suppressions: Vec::new(),
        blocks: Held::kept(Arc::default()),
        word_count: body.split_whitespace().count(),
        findings: Vec::new(),
        trace: OnceLock::new(),
    };
    let bundle = (source.file_name() == "index.md").then(|| source.parent());
    let face = Face {
        id: PageId(0),
        kind,
        source,
        summary: Arc::new(summary(kind, &url, title)),
        url,
        title: title.to_owned(),
        lang: "en-GB".to_owned(),
        edition: Edition::MAIN,
        translations: Vec::new(),
        state: State::Live,
        ancestors: Vec::new(),
        bundle,
        template: kind.as_str().to_owned(),
        pieces: Vec::new(),
        children: Vec::new(),
        paginate_by: None,
        has_dated_actions: false,
        aliases: Vec::new(),
        downloads: Vec::new(),
        files: Vec::new(),
    };
    Page { face: Arc::new(face), document: Arc::new(document) }
}

/// Tests make their sites by hand.
impl DerefMut for Page {
    fn deref_mut(&mut self) -> &mut Face {
        Arc::make_mut(&mut self.face)
    }
}

/// Tests make their sites by hand; a face is changed on its page, and then [`reframe`] brings it into the frame.
impl DerefMut for Site {
    fn deref_mut(&mut self) -> &mut Frame {
        Arc::make_mut(&mut self.frame)
    }
}

/// A piece of a day, with all that feeds show of it.
pub(crate) fn piece(path: &str, title: &str, date: &str, body: &str) -> Page {
    let mut page = page(path, Kind::Piece, title, body);
    let day = Date::parse(date).expect("a good date");
    edit_front(&mut page, |front| {
        front.date = Some(field(day));
        front.so_what = Some(field("Hours are the wrong unit.".to_owned()));
        front.guidance = Some(field(vec![guidance("Re-quote your three largest renewals", "CFO")]));
    });
    edit_summary(&mut page, |summary| {
        summary.date = Some(day);
        summary.so_what = Some("Hours are the wrong unit.".to_owned());
        summary.authors = vec![std::sync::Arc::new(Byline {
            id: "jane".to_owned(),
            name: "Jane <Doe>".to_owned(),
            url: UrlPath::page(["people", "jane"]),
            role: None,
            expertise: Vec::new(),
        })];
    });
    page
}

/// Puts a piece behind a gate.
pub(crate) fn gate(page: &mut Page, form_url: &str, summary: &str) {
    let gate = GateEntry { form_url: Some(slot(form_url)), summary: Some(slot(summary)), ..GateEntry::default() };
    edit_front(page, |front| front.gate = Some(Box::new(field(gate))));
    edit_summary(page, |summary| summary.gated = true);
}

pub(crate) fn guidance(deed: &str, who: &str) -> GuidanceItem {
    let (deed, who) = (Some(slot(deed)), Some(slot(who)));
    GuidanceItem { range: 0..0, one_line: false, deed, who, by: None, done_when: None, because: None }
}

pub(crate) fn edit_document(page: &mut Page, edit: impl FnOnce(&mut Document)) {
    edit(Arc::make_mut(&mut page.document));
}

pub(crate) fn edit_front(page: &mut Page, edit: impl FnOnce(&mut FrontMatter)) {
    edit_document(page, |document| edit(&mut document.front));
}

pub(crate) fn edit_summary(page: &mut Page, edit: impl FnOnce(&mut Summary)) {
    edit(Arc::make_mut(&mut page.summary));
}

/// A term of these pieces.
pub(crate) fn term(taxonomy: Taxonomy, id: &str, pieces: Vec<PageId>) -> Term {
    let url = taxonomy.url().child(id);
    Term { edition: Edition::MAIN, taxonomy, id: id.to_owned(), title: id.to_owned(), description: None, url, pieces }
}

/// An asset that keeps its name, or gets its fingerprint into it.
pub(crate) fn asset(path: &str, output: &str) -> Asset {
    let output = UrlPath::file(&crate::base::path::OutputPath::new(output).expect("a plain path"));
    Asset {
        source: source(path),
        fingerprint: Fingerprint::of(path.as_bytes()),
        output,
        dimensions: None,
        picture: None,
        made: None,
        misfit: None,
        is_withheld: false,
    }
}

/// The site of these pages, in the order given; pieces are listed newest first as given.
pub(crate) fn site(base_url: &str, pages: Vec<Page>) -> Site {
    let mut frame = Frame {
        config: Arc::new(config(base_url)),
        strings: Arc::new(crate::config::strings::load(&[], &[]).0),
        style: Arc::default(),
        today: Date::parse("2026-12-01").expect("a good date"),
        faces: Vec::new(),
        by_url: Arc::default(),
        by_source: Arc::default(),
        people: Arc::default(),
        listed: Arc::default(),
        editions: Arc::default(),
        terms: Arc::default(),
        assets: Arc::default(),
        theme_parts: super::ThemeParts::default(),
    };
    let mut pages = pages;
    for (idx, page) in pages.iter_mut().enumerate() {
        page.id = PageId(idx);
        Arc::make_mut(&mut frame.by_url).insert(page.url.clone(), page.id);
        Arc::make_mut(&mut frame.by_source).insert(page.document.path.clone(), page.id);
        if page.kind == Kind::Person {
            Arc::make_mut(&mut frame.people).insert(page.document.path.stem().to_owned(), page.id);
        }
        if page.is_listed() {
            Arc::make_mut(&mut frame.listed).push(page.id);
        }
    }
    frame.editions = Arc::new(vec![frame.listed.to_vec()]);
    let listed: Vec<(PageId, UrlPath)> = frame.listed.iter().map(|id| (*id, pages[id.0].url.clone())).collect();
    for section in pages.iter_mut().filter(|page| page.kind == Kind::Section) {
        let below = listed.iter().filter(|(_, url)| url.as_str().starts_with(section.url.as_str()));
        section.pieces = below.map(|(id, _)| *id).collect();
    }
    frame.faces = pages.iter().map(|page| Arc::clone(&page.face)).collect();
    Site { pages, withheld: Vec::new(), frame: Arc::new(frame) }
}

/// Brings the frame up to faces that were changed on their pages.
pub(crate) fn reframe(site: &mut Site) {
    site.faces = site.pages.iter().map(|page| Arc::clone(&page.face)).collect();
}

fn config(base_url: &str) -> Config {
    Config {
        path: source("site.toml"),
        places: crate::config::Places::default(),
        title: "Sowhat & Sons".to_owned(),
        description: "Worth reading".to_owned(),
        base_url: BaseUrl::parse(base_url).expect("a good base URL"),
        language: "en-GB".to_owned(),
        languages: Vec::new(),
        publisher: Publisher::default(),
        theme: "insight".to_owned(),
        theme_settings: crate::config::tokens::Settings::default(),
        nav: Vec::new(),
        audiences: BTreeMap::new(),
        series: BTreeMap::new(),
        topics: BTreeMap::new(),
        outcomes: Vec::new(),
        feeds: Feeds::all(2),
        paginate_by: 10,
        images: crate::imaging::Settings::default(),
        markdown: MarkdownOptions { raw_html: true, smart_punctuation: true, highlight: true },
        baseline: None,
        minify_html: false,
        markdown_twins: true,
        rules: RuleSettings::default(),
        sign_off: Default::default(),
        theme_options: None,
        headers: Vec::new(),
        preview_editor: None,
        extra: None,
    }
}

fn summary(kind: Kind, url: &UrlPath, title: &str) -> Summary {
    Summary {
        kind,
        edition: Edition::MAIN,
        url: url.clone(),
        title: title.to_owned(),
        description: None,
        so_what: None,
        date: None,
        updated: None,
        lang: "en-GB".to_owned(),
        state: State::Live,
        gated: false,
        unlisted: false,
        weight: 0,
        reading_minutes: 1,
        authors: Vec::new(),
        audiences: Vec::new(),
        topics: Vec::new(),
        series: None,
        image: None,
        role: None,
    }
}
