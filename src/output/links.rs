//! Every internal link, anchor, image and menu entry held against the plan.

use super::plan::Plan;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::spanned::Spanned;
use crate::base::suggest::nearest;
use crate::model::address;
use crate::model::resolve::{self, Resolved, Target};
use crate::model::{Asset, Frame, Kind, Page, PageId, Site, State, UrlPath, Withheld};
use crate::parse::{Document, LinkKind};
use crate::render::Planned;
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// To say what was meant, all of the site is compared: only so many findings of a run get that help.
const MAX_SUGGESTIONS: usize = 100;

/// The links of a site, checked; an edit is checked against it.
#[derive(Clone, Default)]
pub struct Checked {
    /// What was found on each page, in the order of their places.
    pub by_page: Vec<Arc<[Diagnostic]>>,
    /// What was found in the menu.
    pub nav: Vec<Diagnostic>,
    /// The pages that link to a part of this page.
    linked_from: Arc<BTreeMap<PageId, BTreeSet<PageId>>>,
}

/// Checks the links of all pages.
pub fn check(site: &Site, plan: &Plan) -> Checked {
    let checker = Checker::new(site, plan);
    let per_page: Vec<Vec<Fault<'_>>> = site.pages.par_iter().map(|page| checker.page(page)).collect();
    let mut first = 0;
    let numbered = per_page.into_iter().map(|faults| {
        let begin = first;
        first += faults.len();
        (begin, faults)
    });
    let numbered: Vec<(usize, Vec<Fault<'_>>)> = numbered.collect();
    let by_page = numbered.into_par_iter().map(|(first, faults)| checker.helped(first, faults)).collect();
    let mut linked_from: BTreeMap<PageId, BTreeSet<PageId>> = BTreeMap::new();
    let targets: Vec<BTreeSet<PageId>> = site.pages.par_iter().map(|page| checker.parts_linked_to(page)).collect();
    for (page, targets) in site.pages.iter().zip(targets) {
        for target in targets {
            linked_from.entry(target).or_default().insert(page.id);
        }
    }
    let menus = site.config.editions().filter_map(|edition| site.config.edition_nav(edition));
    let nav = menus.flatten().filter_map(|entry| check_nav(site, plan, &entry.url)).collect();
    Checked { by_page, nav, linked_from: Arc::new(linked_from) }
}

impl Checked {
    /// Checks again after an edit that left the frame and the plan as they were; names the pages that
    /// were looked at.
    pub fn recheck(&mut self, site: &Site, plan: &Plan, edited: PageId, before: &Page) -> Vec<PageId> {
        let checker = Checker::new(site, plan);
        let page = site.page(edited);
        let parts: BTreeSet<PageId> = checker.parts_linked_to(page);
        let parts_before: BTreeSet<PageId> = checker.parts_linked_to(before);
        if parts != parts_before {
            let linked_from = Arc::make_mut(&mut self.linked_from);
            for target in &parts_before {
                linked_from.entry(*target).or_default().remove(&edited);
            }
            for target in &parts {
                linked_from.entry(*target).or_default().insert(edited);
            }
        }
        let mut again = BTreeSet::from([edited]);
        if resolve::anchors(page) != resolve::anchors(before) {
            again.extend(self.linked_from.get(&edited).into_iter().flatten());
        }
        let found: Vec<(PageId, Vec<Fault<'_>>)> = again.iter().map(|id| (*id, checker.page(site.page(*id)))).collect();
        let is_as_many = |(id, faults): &(PageId, Vec<Fault<'_>>)| self.by_page[id.0].len() == faults.len();
        let n_faults: usize = self.by_page.iter().map(|faults| faults.len()).sum();
        let n_found: usize = found.iter().map(|(_, faults)| faults.len()).sum();
        if n_faults + n_found > MAX_SUGGESTIONS && !found.iter().all(is_as_many) {
            // Which findings get a suggestion depends on how many stand before them.
            *self = check(site, plan);
            return site.pages.iter().map(|page| page.id).collect();
        }
        for (id, faults) in found {
            let first = self.by_page[..id.0].iter().map(|faults| faults.len()).sum();
            self.by_page[id.0] = checker.helped(first, faults);
        }
        again.into_iter().collect()
    }
}

/// A destination somewhere in a document.
struct Use<'a> {
    destination: &'a str,
    range: Range<usize>,
    kind: LinkKind,
}

/// A finding, and what it takes to say what was meant.
struct Fault<'a> {
    finding: Diagnostic,
    meant: Meant<'a>,
}

enum Meant<'a> {
    /// The finding says it all.
    Said,
    /// A destination on a page that leads nowhere.
    Destination(&'a Page, &'a str),
    /// An anchor that a page does not carry.
    Anchor(PageId, String),
}

impl Meant<'_> {
    fn suggest(&self, checker: &Checker<'_>) -> Option<String> {
        let nearest = match self {
            Self::Said => None,
            Self::Destination(page, destination) => resolve::nearest_destinations(checker.site, page, destination).into_iter().next(),
            Self::Anchor(page, anchor) => {
                let nearest = nearest(anchor, checker.anchors(*page).iter().map(|known| &**known));
                nearest.first().map(|nearest| format!("#{nearest}"))
            }
        };
        nearest.map(|nearest| format!("did you mean `{nearest}`?"))
    }
}

struct Checker<'a> {
    site: &'a Site,
    plan: &'a Plan,
    /// The anchors of each page, found when the first link asks.
    anchors: Vec<OnceLock<BTreeSet<Cow<'a, str>>>>,
    has_misfits: bool,
}

impl<'a> Checker<'a> {
    fn new(site: &'a Site, plan: &'a Plan) -> Self {
        let has_misfits = site.assets.values().any(|asset| asset.misfit.is_some());
        Self { site, plan, anchors: site.pages.iter().map(|_| OnceLock::new()).collect(), has_misfits }
    }

    /// The faults of a page as findings, where `first` stand on pages before it.
    fn helped(&self, first: usize, faults: Vec<Fault<'a>>) -> Arc<[Diagnostic]> {
        let helped = faults.into_iter().enumerate().map(|(idx, fault)| {
            let help = if first + idx < MAX_SUGGESTIONS { fault.meant.suggest(self) } else { None };
            fault.finding.maybe_help(help)
        });
        helped.collect()
    }

    /// The other pages of which a page links to a part: their anchors are its business.
    fn parts_linked_to(&self, page: &Page) -> BTreeSet<PageId> {
        let related = page.document.front.related.iter().flat_map(|field| &field.value).map(|entry| &*entry.value);
        let written = page.document.links.iter().map(|link| &*link.destination).chain(related);
        let to_parts = written.filter(|destination| destination.contains('#') && !destination.starts_with('#'));
        let is_planned = |url: &UrlPath| self.plan.contains(url);
        let targets = to_parts.filter_map(|destination| match resolve::resolve(self.site, page, destination, &is_planned).target {
            Target::Page(id) => Some(id),
            Target::SamePage | Target::Generated(_) | Target::Asset(_) | Target::External | Target::Withheld(_) | Target::Missing => None,
        });
        targets.collect()
    }

    fn anchors(&self, page: PageId) -> &BTreeSet<Cow<'a, str>> {
        self.anchors[page.0].get_or_init(|| resolve::anchors(self.site.page(page)))
    }

    fn page(&self, page: &'a Page) -> Vec<Fault<'a>> {
        let document = &*page.document;
        let body = document.links.iter().map(|link| Use { destination: &link.destination, range: link.range.clone(), kind: link.kind });
        let related = document.front.related.iter().flat_map(|field| &field.value);
        let related = related.map(|entry| Use { destination: &entry.value, range: entry.range.clone(), kind: LinkKind::Link });
        let image = document.front.image.iter();
        let image = image.map(|field| Use { destination: &field.value, range: field.place(), kind: LinkKind::Image });
        let mut faults: Vec<Fault<'a>> = body.chain(related).chain(image).filter_map(|link| self.link(page, &link)).collect();
        let others = self
            .shown_by_directives(page)
            .into_iter()
            .chain(self.bylines(document))
            .chain(image_without_words(page))
            .chain(check_web_addresses(document))
            .chain(check_citations(document));
        faults.extend(others.map(|finding| Fault { finding, meant: Meant::Said }));
        faults
    }

    fn link(&self, page: &'a Page, link: &Use<'a>) -> Option<Fault<'a>> {
        let is_planned = |url: &UrlPath| self.plan.contains(url);
        let resolved = resolve::resolve(self.site, page, link.destination, &is_planned);
        let place = Place::new(&page.document.path, link.range.clone());
        match &resolved.target {
            Target::Page(id) => self.fragment(*id, &resolved, place),
            Target::SamePage => self.fragment(page.id, &resolved, place),
            Target::Generated(_) => None,
            Target::Asset(url) => misfit(self.site.assets.get(url)?, place).map(|finding| Fault { finding, meant: Meant::Said }),
            Target::External => runs_a_script(link.destination).then(|| {
                let message = format!("the link `{}` is a script, which no page of this site runs", link.destination.escape_debug());
                let finding = Diagnostic::error("link-broken", place, message).help("link to a page, or write the text without a link");
                Fault { finding, meant: Meant::Said }
            }),
            Target::Withheld(idx) if resolved.has_expired(self.site) => {
                let message = format!("the link leads to `{}`, which has expired", self.site.withheld[*idx].document.path);
                let finding = Diagnostic::warning("link-to-expired", place, message);
                let help = "the page shows its text without a link; lead to what took its place, or take the link out";
                Some(Fault { finding: finding.help(help), meant: Meant::Said })
            }
            Target::Withheld(idx) => {
                let withheld = &self.site.withheld[*idx];
                let message =
                    format!("the link leads to `{}`, which is {} and not published", withheld.document.path, state_words(withheld.state));
                let finding = Diagnostic::error("link-to-withheld", place, message).help("publish that page first, or take the link out");
                Some(Fault { finding, meant: Meant::Said })
            }
            Target::Missing => Some(match whole_address(link.destination) {
                Some(address) => {
                    let help = format!("an address of another site is written whole: `{address}`");
                    Fault { finding: missing(link, place).help(help), meant: Meant::Said }
                }
                None => Fault { finding: missing(link, place), meant: Meant::Destination(page, link.destination) },
            }),
        }
    }

    /// Images in the parameters of directives that are none; whether a file is there, directives say.
    fn shown_by_directives(&self, page: &Page) -> Vec<Diagnostic> {
        let directives = page.document.directives.iter().filter(|_| self.has_misfits);
        let params = directives.flat_map(|directive| &directive.params);
        let finding = |(_, value): &(Spanned<String>, Spanned<String>)| {
            let Target::Asset(url) = resolve::resolve(self.site, page, &value.value, &|_| false).target else { return None };
            misfit(self.site.assets.get(&url)?, Place::new(&page.document.path, value.range.clone()))
        };
        params.filter_map(finding).collect()
    }

    /// Authors whose own pages are not published: the piece would stand without their names.
    fn bylines(&self, document: &Document) -> Vec<Diagnostic> {
        let authors = document.front.authors.iter().flat_map(|field| &field.value);
        let unknown = authors.filter(|author| !self.site.people.contains_key(&author.value));
        let finding = |author: &Spanned<String>| {
            let is_author = |withheld: &&Withheld| {
                withheld.kind == Kind::Person && address::id_of(&withheld.document.path, &self.site.config) == author.value
            };
            let withheld = self.site.withheld.iter().find(is_author)?;
            let place = Place::new(&document.path, author.range.clone());
            if withheld.state == State::Expired {
                let message = format!("the author's page `{}` has expired, so the byline is empty", withheld.document.path);
                return Some(
                    Diagnostic::warning("link-to-expired", place, message).help("take `expires_on` off that page, or name another author"),
                );
            }
            let (path, state) = (&withheld.document.path, state_words(withheld.state));
            let message = format!("the author's page `{path}` is {state} and not published, so the byline would be empty");
            Some(Diagnostic::error("link-to-withheld", place, message).help("publish that page first, or name another author"))
        };
        unknown.filter_map(finding).collect()
    }

    fn fragment(&self, target: PageId, resolved: &Resolved, place: Place) -> Option<Fault<'a>> {
        let fragment = resolved.fragment.as_ref()?;
        if resolve::fragment_exists(self.anchors(target), fragment) {
            return None;
        }
        if resolve::is_behind_gate(self.site.page(target), fragment) {
            // What stands behind the gate leads to what stands there too: neither is published.
            if resolved.target == Target::SamePage {
                return None;
            }
            let path = &self.site.page(target).document.path;
            let message = format!("`{path}` is gated, so its part `#{}` is on no page", fragment.escape_debug());
            let help = "link to the piece without the part after `#`, or take `gate:` off that piece";
            return Some(Fault { finding: Diagnostic::error("link-anchor-missing", place, message).help(help), meant: Meant::Said });
        }
        let message = format!("`{}` has no part `#{}`", self.site.page(target).document.path, fragment.escape_debug());
        let finding = Diagnostic::error("link-anchor-missing", place, message)
            .help("link to a heading by its text in lower case with hyphens, or give the heading an id: `## Heading {#id}`");
        Some(Fault { finding, meant: Meant::Anchor(target, fragment.clone()) })
    }
}

fn check_nav(site: &Site, plan: &Plan, url: &Spanned<String>) -> Option<Diagnostic> {
    let home = site.pages.first()?;
    if !url.value.starts_with('/') {
        return None;
    }
    let resolved = resolve::resolve(site, home, &url.value, &|url| plan.contains(url));
    let place = Place::new(&site.config.path, url.range.clone());
    if let Target::Withheld(idx) = resolved.target {
        let path = &site.withheld[idx].document.path;
        return Some(if resolved.has_expired(site) {
            let finding = Diagnostic::warning("link-to-expired", place, format!("the menu leads to `{path}`, which has expired"));
            finding.help("take it out of the menu")
        } else {
            let state = state_words(site.withheld[idx].state);
            let finding =
                Diagnostic::error("link-to-withheld", place, format!("the menu leads to `{path}`, which is {state} and not published"));
            finding.help("publish that page first, or take it out of the menu")
        });
    }
    if resolved.target != Target::Missing {
        return None;
    }
    let message = format!("the menu leads to `{}`, where nothing stands", url.value.escape_debug());
    let nearest = resolve::nearest_destinations(site, home, &url.value);
    let finding = Diagnostic::error("link-broken", place, message);
    Some(finding.maybe_help(nearest.first().map(|first| format!("did you mean `{first}`?"))))
}

fn missing(link: &Use<'_>, place: Place) -> Diagnostic {
    let shown = link.destination.escape_debug();
    match link.kind {
        LinkKind::Link => Diagnostic::error("link-broken", place, format!("the link `{shown}` leads nowhere"))
            .help("link to a file by its path from this one, such as `../other.md`, or to a site path, such as `/about/`"),
        LinkKind::Image => Diagnostic::error("asset-missing", place, format!("there is no image `{shown}`"))
            .help("name a file by its path from this one, such as `chart.svg`, or one of `static/` by its site path, such as `/logo.svg`"),
    }
}

/// A file that has the name of an image and is none that can be shown.
pub fn misfit(asset: &Asset, place: Place) -> Option<Diagnostic> {
    let (message, help) = asset.misfit?.explain(asset.source.file_name());
    Some(Diagnostic::error("image-unreadable", place, message).help(help))
}

/// Those that no published page names: at the file itself.
pub fn unnamed_misfits(frame: &Frame) -> Vec<Diagnostic> {
    let misfits: Vec<(&UrlPath, &Asset)> = frame.assets.iter().filter(|(_, asset)| asset.misfit.is_some() && !asset.is_withheld).collect();
    if misfits.is_empty() {
        return Vec::new();
    }
    let named: BTreeSet<&str> = frame.faces.iter().flat_map(|face| &face.files).map(String::as_str).collect();
    let is_named = |url: &UrlPath, asset: &Asset| named.contains(asset.source.as_str()) || named.contains(url.as_str());
    let unnamed = misfits.into_iter().filter(|(url, asset)| !is_named(url, asset));
    unnamed.filter_map(|(_, asset)| misfit(asset, Place::file(&asset.source))).collect()
}

/// The address that was meant by one without its scheme, such as `www.example.com` or `maud@example.com`.
fn whole_address(destination: &str) -> Option<String> {
    let host = destination.split(['/', '?', '#']).next()?;
    let ending = host.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())?;
    let is_plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'@' | b'+' | b'_'));
    let has_ending = ["com", "org", "net", "edu", "gov", "eu", "uk", "io"].contains(&ending.as_str());
    let address = match host.split_once('@') {
        Some((name, at)) if is_plain && !name.is_empty() && at.contains('.') => format!("mailto:{destination}"),
        None if is_plain && (host.starts_with("www.") || has_ending) => format!("https://{destination}"),
        Some(_) | None => return None,
    };
    Some(address.escape_debug().to_string())
}

/// A destination that browsers take for a program.
fn runs_a_script(destination: &str) -> bool {
    let scheme = destination.trim().split(':').next().unwrap_or_default().to_ascii_lowercase();
    ["javascript", "vbscript"].contains(&scheme.as_str())
}

/// The image at the head of a piece is shown to readers; whoever writes `image_alt: ""` has decided that it says nothing.
fn image_without_words(page: &Page) -> Option<Diagnostic> {
    let front = &page.document.front;
    let image =
        front.image.as_ref().filter(|image| page.kind == Kind::Piece && !image.value.trim().is_empty() && front.image_alt.is_none())?;
    let place = Place::new(&page.document.path, image.place());
    let finding =
        Diagnostic::warning("image-alt-missing", place, "nothing says what this image shows, which stands at the head of the piece");
    Some(finding.help("write it below, as in `image_alt: Fees fell in every region`, or `image_alt: \"\"` if it only decorates"))
}

/// The addresses in the header that templates print as links: of sources, of the form, of profiles.
fn check_web_addresses(document: &Document) -> Vec<Diagnostic> {
    let front = &document.front;
    let sources = front.sources.iter().flat_map(|field| &field.value).filter_map(|source| source.url.as_ref());
    let form = front.gate.iter().filter_map(|field| field.value.form_url.as_ref());
    let profiles = front.links.iter().flat_map(|field| &field.value);
    let is_web = |url: &str| ["https://", "http://", "mailto:"].iter().any(|scheme| url.trim().to_ascii_lowercase().starts_with(scheme));
    let finding = |url: &Spanned<String>| {
        let message = format!("`{}` is not the address of a web page", url.value.escape_debug());
        Diagnostic::error("link-broken", Place::new(&document.path, url.range.clone()), message)
            .help("write it whole, as in `https://example.com/report/`")
    };
    let addresses = sources.chain(form).chain(profiles);
    addresses.filter(|url| !url.value.trim().is_empty() && !is_web(&url.value)).map(finding).collect()
}

/// Citations of sources that are not listed, and sources that the body never cites.
fn check_citations(document: &Document) -> Vec<Diagnostic> {
    // What an unreadable header lists, nobody knows.
    if document.front.unreadable {
        return Vec::new();
    }
    let sources: Vec<&crate::parse::front_matter::Source> = document.front.sources.iter().flat_map(|field| &field.value).collect();
    let footnotes = document.footnotes.iter().map(|note| note.value.as_str());
    let known: BTreeSet<&str> = sources.iter().map(|source| source.id.value.as_str()).chain(footnotes).collect();
    let cited: BTreeSet<&str> = document.citations.iter().map(|citation| citation.value.as_str()).collect();
    let mut findings = Vec::new();
    for citation in document.citations.iter().filter(|citation| !known.contains(citation.value.as_str())) {
        let message = format!("`[^{}]` cites neither a source nor a footnote", citation.value.escape_debug());
        let suggestion = || crate::base::suggest::did_you_mean(&citation.value, known.iter().copied());
        let suggestion = if findings.len() < MAX_SUGGESTIONS { suggestion() } else { None };
        let help = suggestion.unwrap_or_else(|| {
            let id = &citation.value;
            format!(
                "add `{id}: {{ title: …, publisher: …, url: … }}` under `sources:`, or write the note: `[^{id}]: …` on a line of its own"
            )
        });
        findings.push(Diagnostic::error("citation-unknown", Place::new(&document.path, citation.range.clone()), message).help(help));
    }
    for source in sources.iter().filter(|source| !cited.contains(source.id.value.as_str())) {
        let message = format!("the source `{}` is never cited", source.id.value);
        let finding = Diagnostic::warning("source-uncited", Place::new(&document.path, source.id.range.clone()), message);
        findings.push(finding.help(format!("write `[^{}]` after the statement that rests on it, or take it out", source.id.value)));
    }
    findings
}

fn state_words(state: State) -> &'static str {
    match state {
        State::Live => "live",
        State::Draft => "a draft",
        State::Scheduled => "scheduled",
        State::Expired => "expired",
    }
}
