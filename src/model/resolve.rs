//! What a link points at: the destination as an author wrote it, to a page, a file or nothing.
//!
//! The link check, the renderer and the Markdown twins all ask here, so that a link which passes
//! the check is a link that works. Suggestions for broken links are a separate, costlier question.

use super::{Page, PageId, Site, State, address};
use crate::base::path::{SourcePath, UrlPath, encode_path};
use crate::base::suggest::nearest;
use crate::parse::{Document, anchors as anchor};
use percent_encoding::percent_decode_str;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

/// A destination, taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    pub target: Target,
    /// What follows `?`, as written.
    pub query: Option<String>,
    /// What follows `#`, percent-decoded.
    pub fragment: Option<String>,
}

/// What a destination points at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page that is published in this run.
    Page(PageId),
    /// The page that the link stands on: `#part`.
    SamePage,
    /// Something that is planned but is no author's page: a listing, a term, a feed, an alias.
    Generated(UrlPath),
    /// A key of `Frame::assets`.
    Asset(UrlPath),
    /// A URL with a scheme, or one that begins with `//`: not checked here.
    External,
    /// The index in [`Site::withheld`] of a page that is not published in this run.
    Withheld(usize),
    /// Nothing stands there.
    Missing,
}

impl Resolved {
    fn bare(target: Target) -> Self {
        Self { target, query: None, fragment: None }
    }

    /// `?query#fragment`, as it follows the URL in `href`: empty when neither was written.
    pub fn suffix(&self) -> String {
        let mut suffix = String::new();
        if let Some(query) = &self.query {
            suffix.push('?');
            suffix.push_str(query);
        }
        if let Some(fragment) = &self.fragment {
            suffix.push('#');
            suffix.push_str(&encode_path(fragment));
        }
        suffix
    }

    /// True if it leads to a page that time has taken off the site. Its author could not have known: what they
    /// wrote is still text, and a link no more.
    pub fn has_expired(&self, site: &Site) -> bool {
        match self.target {
            Target::Withheld(idx) => site.withheld[idx].state == State::Expired,
            Target::Page(_) | Target::SamePage | Target::Generated(_) | Target::Asset(_) | Target::External | Target::Missing => false,
        }
    }

    /// The site path to link to: a page's URL, an asset's fingerprinted one. `None` for what has none.
    pub fn site_path<'a>(&'a self, site: &'a Site, from: &'a Page) -> Option<&'a UrlPath> {
        match &self.target {
            Target::Page(page) => Some(&site.page(*page).url),
            Target::SamePage => Some(&from.url),
            Target::Generated(url) => Some(url),
            Target::Asset(url) => site.assets.get(url).map(|asset| &asset.output),
            Target::External | Target::Withheld(_) | Target::Missing => None,
        }
    }
}

/// Finds what a destination points at, from the page it is written on.
///
/// Relative destinations are file paths beside the author's file; those that begin with `/` are
/// site paths. `is_planned` knows the generated URLs. Upper and lower case count: what works on one
/// file system alone is missing.
pub fn resolve(site: &Site, from: &Page, destination: &str, is_planned: &dyn Fn(&UrlPath) -> bool) -> Resolved {
    let destination = destination.trim();
    if is_external(destination) {
        return Resolved::bare(Target::External);
    }
    let (rest, fragment) = split_at_char(destination, '#');
    let (path, query) = split_at_char(rest, '?');
    let fragment = fragment.map(|fragment| decode(fragment).unwrap_or(Cow::Borrowed(fragment)).into_owned());
    let query = query.map(str::to_owned);
    let target = match decode(path) {
        None => Target::Missing,
        Some(path) if path.is_empty() && destination.is_empty() => Target::Missing,
        Some(path) if path.is_empty() => Target::SamePage,
        Some(path) if path.starts_with('/') => resolve_site_path(site, &path, is_planned),
        Some(path) => resolve_file_path(site, from, &path, is_planned),
    };
    Resolved { target, query, fragment }
}

/// True if a page with these anchors carries this one; the empty one and `top` are in every page.
pub fn fragment_exists(anchors: &BTreeSet<Cow<'_, str>>, fragment: &str) -> bool {
    fragment.is_empty() || fragment == "top" || anchors.contains(fragment)
}

/// What may have been meant by a destination that resolves to nothing, written as it would have to
/// be, best first.
///
/// Walks all pages: ask only for findings that will be shown.
pub fn nearest_destinations(site: &Site, from: &Page, destination: &str) -> Vec<String> {
    let (rest, _) = split_at_char(destination.trim(), '#');
    let (path, _) = split_at_char(rest, '?');
    let Some(path) = decode(path) else { return Vec::new() };
    if path.starts_with('/') { nearest_site_paths(site, &path) } else { nearest_files(site, from, &path) }
}

/// All anchors of a page: its sources, and of a body that is published, headings, raw HTML, citations
/// and footnotes.
pub fn anchors(page: &Page) -> BTreeSet<Cow<'_, str>> {
    let sources = page.document.front.sources.iter().flat_map(|sources| &sources.value);
    let sources = sources.map(|source| Cow::Owned(anchor::source(&source.id.value)));
    if page.is_gated() { sources.collect() } else { sources.chain(body_anchors(&page.document)).collect() }
}

/// True if a page has a part of this name which no reader sees, for the page is gated.
pub fn is_behind_gate(page: &Page, fragment: &str) -> bool {
    page.is_gated() && body_anchors(&page.document).iter().any(|anchor| anchor == fragment)
}

fn body_anchors(document: &Document) -> Vec<Cow<'_, str>> {
    let headings = document.headings.iter().map(|heading| Cow::Borrowed(heading.id.as_str()));
    let html_ids = document.html_ids.iter().map(|id| Cow::Borrowed(id.as_str()));
    let footnote_ids: BTreeSet<&str> = document.footnotes.iter().map(|id| id.value.as_str()).collect();
    let footnotes = footnote_ids.iter().map(|id| Cow::Owned(anchor::footnote(id)));
    let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
    let citations = document.citations.iter().map(|id| {
        let n = uses.entry(&id.value).and_modify(|n| *n += 1).or_insert(1);
        let is_footnote = footnote_ids.contains(id.value.as_str());
        Cow::Owned(if is_footnote { anchor::footnote_reference(&id.value, *n) } else { anchor::citation(&id.value, *n) })
    });
    // `id="…"` of a directive: themes put it on what they make.
    let params = document.directives.iter().flat_map(|directive| &directive.params).filter(|(key, _)| key.value == "id");
    let directive_ids = params.map(|(_, id)| Cow::Owned(crate::base::slug::slugify(&id.value)));
    headings.chain(directive_ids).chain(html_ids).chain(footnotes).chain(citations).collect()
}

/// True for a scheme of two letters or more (one letter is a Windows drive) and for `//host`.
fn is_external(destination: &str) -> bool {
    let before = destination.find(['/', '?', '#']).map_or(destination, |end| &destination[..end]);
    let scheme = before.split_once(':').map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| {
        scheme.len() > 1
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    };
    destination.starts_with("//") || scheme.is_some_and(is_scheme)
}

fn split_at_char(text: &str, separator: char) -> (&str, Option<&str>) {
    text.split_once(separator).map_or((text, None), |(before, after)| (before, Some(after)))
}

/// Percent-decodes; `None` when the result is no text or holds what no file name does.
fn decode(text: &str) -> Option<Cow<'_, str>> {
    let decoded = percent_decode_str(text).decode_utf8().ok()?;
    (!decoded.contains(['\0', '\\'])).then_some(decoded)
}

fn resolve_site_path(site: &Site, path: &str, is_planned: &dyn Fn(&UrlPath) -> bool) -> Target {
    let Some(spellings) = site_path_spellings(path) else { return Target::Missing };
    for url in &spellings {
        if let Some(page) = site.by_url.get(url) {
            return Target::Page(*page);
        }
        if site.assets.contains_key(url) {
            return Target::Asset(url.clone());
        }
        if is_planned(url) {
            return Target::Generated(url.clone());
        }
    }
    let withheld = site.withheld.iter().position(|withheld| spellings.contains(&withheld.url));
    withheld.map_or(Target::Missing, Target::Withheld)
}

/// The URLs that a host takes a path for: `/a` is a file or the folder `/a/`, and `/a/index.html`
/// is `/a/`. `None` if it leaves the site.
fn site_path_spellings(path: &str) -> Option<Vec<UrlPath>> {
    let plain = SourcePath::root().join(path)?;
    let segments = || plain.as_str().split('/');
    let folder = UrlPath::page(segments());
    let is_folder = path.ends_with('/') || path.ends_with("/.") || path.ends_with("/..") || plain.as_str().is_empty();
    if is_folder {
        return Some(vec![folder]);
    }
    let file = crate::base::path::OutputPath::new(plain.as_str()).map(|file| UrlPath::file(&file));
    if plain.file_name() == "index.html" {
        return Some(file.into_iter().chain([UrlPath::page(plain.parent().as_str().split('/'))]).collect());
    }
    Some(file.into_iter().chain([folder]).collect())
}

/// A file path: a page's own file, a folder that has a page, or an asset.
fn resolve_file_path(site: &Site, from: &Page, path: &str, is_planned: &dyn Fn(&UrlPath) -> bool) -> Target {
    let Some(source) = from.document.path.parent().join(path) else { return Target::Missing };
    let tag = site.config.edition_lang(from.edition);
    let names = ["index.md".to_owned(), "_index.md".to_owned(), format!("index.{tag}.md"), format!("_index.{tag}.md")];
    let own = source.as_str().strip_suffix(".md").and_then(|path| SourcePath::new(&format!("{path}.{tag}.md")));
    let candidates: Vec<SourcePath> =
        [Some(source.clone()), own].into_iter().chain(names.iter().map(|name| source.join(name))).flatten().collect();
    if let Some(page) = candidates.iter().find_map(|candidate| site.by_source.get(candidate)) {
        return Target::Page(in_language_of(site, from, *page));
    }
    if let Some(url) = asset_url(site, &source) {
        return Target::Asset(url);
    }
    let withheld = site.withheld.iter().position(|withheld| candidates.contains(&withheld.document.path));
    withheld.map_or(Target::Missing, |idx| successor(site, idx, is_planned).unwrap_or(Target::Withheld(idx)))
}

/// What stands at the URL of a page that has expired: one that took its place, or an alias that leads there.
fn successor(site: &Site, withheld: usize, is_planned: &dyn Fn(&UrlPath) -> bool) -> Option<Target> {
    let gone = site.withheld.get(withheld).filter(|page| page.state == State::Expired)?;
    let taken = site.by_url.get(&gone.url).map(|page| Target::Page(*page));
    taken.or_else(|| is_planned(&gone.url).then(|| Target::Generated(gone.url.clone())))
}

/// A file that names no language stands for the page in the reader's own, where there is one.
fn in_language_of(site: &Site, from: &Page, target: PageId) -> PageId {
    let page = site.page(target);
    let names_language = site.config.split_language(page.document.path.stem()).1.is_some();
    let mut translations = page.translations.iter().filter(|_| !names_language && page.edition != from.edition);
    translations.find(|id| site.page(**id).edition == from.edition).copied().unwrap_or(target)
}

/// The site path of an asset in `content/` or `static/`, found without a walk over all of them.
fn asset_url(site: &Site, source: &SourcePath) -> Option<UrlPath> {
    let is_it = |url: &UrlPath| site.assets.get(url).is_some_and(|asset| asset.source == *source);
    if let Some(path) = source.strip("static") {
        return crate::base::path::OutputPath::new(path).map(|file| UrlPath::file(&file)).filter(is_it);
    }
    // A bundle's files stand below its page, wherever a slug put that; all others where their folder says.
    let mut folder = source.parent();
    while !folder.as_str().is_empty() {
        if let Some(page) = bundle_page(site, &folder) {
            let below = page.url.beside(source.strip(folder.as_str())?)?;
            return Some(UrlPath::file(&below)).filter(is_it);
        }
        folder = folder.parent();
    }
    let beside = address::folder_url(source.parent()).beside(source.file_name())?;
    Some(UrlPath::file(&beside)).filter(is_it)
}

/// The page that the files of a bundle stand below: that of the first edition that has it.
fn bundle_page<'a>(site: &'a Site, folder: &SourcePath) -> Option<&'a Page> {
    let tags = site.config.editions().map(|edition| format!("index.{}.md", site.config.edition_lang(edition)));
    let names = ["index.md".to_owned()].into_iter().chain(tags);
    let pages = names.filter_map(|name| site.by_source.get(&folder.join(&name)?).map(|id| site.page(*id)));
    pages.min_by_key(|page| page.edition)
}

fn nearest_site_paths(site: &Site, path: &str) -> Vec<String> {
    let without_base = path.strip_prefix(site.config.base_url.path()).filter(|rest| rest.starts_with('/') && rest.len() < path.len());
    let page_at = |path: &str| {
        let url = site_path_spellings(path)?.into_iter().find(|url| site.by_url.contains_key(url))?;
        Some(url.to_string())
    };
    let of_source = || {
        let page = site.by_source.get(&SourcePath::root().join(&format!("content/{path}"))?)?;
        Some(site.page(*page).url.to_string())
    };
    if let Some(meant) = without_base.and_then(page_at).or_else(of_source) {
        return vec![meant];
    }
    let pages = site.by_url.keys().map(UrlPath::as_str);
    let assets = site.assets.keys().map(UrlPath::as_str);
    nearest(path, pages.chain(assets)).into_iter().map(str::to_owned).collect()
}

fn nearest_files(site: &Site, from: &Page, path: &str) -> Vec<String> {
    let folder = from.document.path.parent();
    let Some(wanted) = folder.join(path) else { return Vec::new() };
    let with_extension = SourcePath::new(&format!("{wanted}.md")).filter(|source| site.by_source.contains_key(source));
    if let Some(source) = with_extension {
        return vec![relative(&folder, &source)];
    }
    let pages = site.by_source.keys();
    let assets = site.assets.values().map(|asset| &asset.source);
    let sources = nearest(wanted.as_str(), pages.chain(assets).map(SourcePath::as_str));
    let mut found: Vec<SourcePath> = sources.into_iter().filter_map(SourcePath::new).collect();
    // A right name in the wrong folder is the commonest slip after a move.
    let same_name = site.by_source.keys().filter(|source| source.file_name() == wanted.file_name() && !is_index(source));
    if found.is_empty() {
        found = same_name.take(3).cloned().collect();
    }
    found.iter().map(|source| relative(&folder, source)).collect()
}

fn is_index(source: &SourcePath) -> bool {
    matches!(source.file_name(), "index.md" | "_index.md")
}

/// The path of a file as it is written in a file of `folder`.
fn relative(folder: &SourcePath, source: &SourcePath) -> String {
    let from: Vec<&str> = folder.as_str().split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = source.as_str().split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let path = ["../".repeat(from.len() - shared), to[shared..].join("/")].concat();
    encode_path(&path)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{asset, edit_document, field, page, piece, site, slot, source};
    use super::super::{Kind, State, Withheld};
    use super::*;
    use crate::parse::Heading;
    use crate::parse::front_matter::Source;

    fn small_site() -> Site {
        let mut renamed = piece("content/insights/first/index.md", "First", "2026-01-01", "");
        renamed.url = UrlPath::page(["insights", "renamed"]);
        edit_document(&mut renamed, |document| {
            document.headings.push(Heading { level: 2, id: "the-part".to_owned(), text: "The part".to_owned(), range: 0..0 });
            document.citations = vec![slot("edelman"), slot("edelman")];
            document.front.sources = Some(field(vec![Source { id: slot("edelman"), ..Source::default() }]));
        });
        let mut site = site(
            "https://example.com/base",
            vec![
                renamed,
                piece("content/insights/second one.md", "Second", "2026-01-01", ""),
                page("content/_index.md", Kind::Section, "Home", ""),
                page("content/insights/_index.md", Kind::Section, "Insights", ""),
            ],
        );
        let draft = piece("content/insights/draft.md", "Draft", "2026-01-01", "");
        let (document, url, title) = (draft.document.clone(), draft.url.clone(), draft.title.clone());
        site.withheld.push(Withheld { document, kind: Kind::Piece, state: State::Draft, url, title });
        for (key, path, output) in [
            ("insights/renamed/chart.svg", "content/insights/first/chart.svg", "insights/renamed/chart.0a1b2c3d.svg"),
            ("img/logo.svg", "static/img/logo.svg", "img/logo.svg"),
        ] {
            std::sync::Arc::make_mut(&mut site.assets)
                .insert(UrlPath::file(&crate::base::path::OutputPath::new(key).unwrap()), asset(path, output));
        }
        site
    }

    /// `destination` on the second piece leads to the `expected` site path with its suffix, or to a word.
    fn check(destination: &str, expected: &str) {
        let site = small_site();
        let from = &site.pages[1];
        let is_planned = |url: &UrlPath| ["/topics/", "/atom.xml"].contains(&url.as_str());
        let resolved = resolve(&site, from, destination, &is_planned);
        let actual = match (&resolved.target, resolved.site_path(&site, from)) {
            (_, Some(path)) => format!("{path}{}", resolved.suffix()),
            (target, None) => format!("{target:?}"),
        };
        assert_eq!(actual, expected, "{destination:?}");
    }

    #[test]
    fn destinations_lead_where_a_reader_arrives() {
        for (destination, expected) in [
            ("first/index.md#the-part", "/insights/renamed/#the-part"),
            ("./first/", "/insights/renamed/"),
            ("../_index.md", "/"),
            ("../", "/"),
            ("second%20one.md?a=b&c#x%20y", "/insights/second one/?a=b&c#x%20y"),
            ("first/chart.svg", "/insights/renamed/chart.0a1b2c3d.svg"),
            ("../../static/img/logo.svg", "/img/logo.svg"),
            ("/insights/renamed/", "/insights/renamed/"),
            ("/insights/renamed", "/insights/renamed/"),
            ("/insights/renamed/index.html", "/insights/renamed/"),
            ("/insights/../img/logo.svg", "/img/logo.svg"),
            ("/", "/"),
            ("/topics", "/topics/"),
            ("/atom.xml", "/atom.xml"),
            ("#the-part", "/insights/second one/#the-part"),
            ("?q=1", "/insights/second one/?q=1"),
            ("https://example.org/a.md", "External"),
            ("MAILTO:a@example.org", "External"),
            ("//example.org/", "External"),
            ("draft.md", "Withheld(0)"),
            ("/insights/draft/", "Withheld(0)"),
            ("", "Missing"),
            ("C:\\docs\\a.md", "Missing"),
            ("First/index.md", "Missing"),
            ("/IMG/logo.svg", "Missing"),
            ("../../../etc/passwd", "Missing"),
            ("/../insights/renamed/", "Missing"),
            ("%ff.md", "Missing"),
            ("%00", "Missing"),
        ] {
            check(destination, expected);
        }
    }

    #[test]
    fn what_was_meant_is_said_as_it_must_be_written() {
        let site = small_site();
        for (destination, expected) in [
            ("Second%20one.md", Some("second%20one.md")),
            ("second%20one#x", Some("second%20one.md")),
            ("../second%20one.md", Some("second%20one.md")),
            ("/Insights/Renamed/", Some("/insights/renamed/")),
            ("/base/insights/renamed/", Some("/insights/renamed/")),
            ("/insights/first/index.md", Some("/insights/renamed/")),
            ("/wholly/elsewhere/", None),
        ] {
            let found = nearest_destinations(&site, &site.pages[1], destination);
            assert_eq!(found.first().map(String::as_str), expected, "{destination:?}");
        }
    }

    #[test]
    fn relative_paths_climb_to_the_shared_folder() {
        assert_eq!(relative(&source("content/a/b"), &source("content/a/c.md")), "../c.md");
        assert_eq!(relative(&source(""), &source("content/c.md")), "content/c.md");
    }

    #[test]
    fn fragments_are_those_the_page_carries() {
        let site = small_site();
        for (fragment, exists) in [
            ("the-part", true),
            ("The-part", false),
            ("source-edelman", true),
            ("source-other", false),
            ("cite-edelman-2", true),
            ("", true),
            ("top", true),
        ] {
            assert_eq!(fragment_exists(&anchors(&site.pages[0]), fragment), exists, "{fragment}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_destination_leads_outside_or_panics(destination in "([./#?%a-z_ :]|insights|first|second|\\PC){0,24}") {
            let site = small_site();
            let from = &site.pages[1];
            let resolved = resolve(&site, from, &destination, &|_| false);
            resolved.site_path(&site, from);
            nearest_destinations(&site, from, &destination);
            proptest::prop_assert!(!matches!(resolved.target, Target::Generated(_)));
        }
    }
}
