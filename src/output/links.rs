//! Every internal link, anchor, image and menu entry held against the plan.

use super::plan::Plan;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::model::resolve::{self, Resolved, Target};
use crate::model::{Page, Site, State, UrlPath};
use crate::parse::{Document, LinkKind};
use rayon::prelude::*;
use std::ops::Range;

/// Finds the links of all pages that lead nowhere; of each document, in the order of their places.
pub fn check(site: &Site, plan: &Plan) -> Vec<Diagnostic> {
    let per_page: Vec<Vec<Diagnostic>> = site.pages.par_iter().map(|page| check_page(site, plan, page)).collect();
    let mut findings: Vec<Diagnostic> = per_page.into_iter().flatten().collect();
    findings.extend(site.config.nav.iter().filter_map(|entry| check_nav(site, plan, &entry.url)));
    findings
}

/// A destination somewhere in a document.
struct Use<'a> {
    destination: &'a str,
    range: Range<usize>,
    kind: LinkKind,
}

fn check_page(site: &Site, plan: &Plan, page: &Page) -> Vec<Diagnostic> {
    let document = &page.document;
    let body = document.links.iter().map(|link| Use { destination: &link.destination, range: link.range.clone(), kind: link.kind });
    let related = document.front.related.iter().flat_map(|field| &field.value);
    let related = related.map(|entry| Use { destination: &entry.value, range: entry.range.clone(), kind: LinkKind::Link });
    let image = document.front.image.iter().map(|field| Use { destination: &field.value, range: field.place(), kind: LinkKind::Image });
    let mut findings: Vec<Diagnostic> = body.chain(related).chain(image).filter_map(|link| check_link(site, plan, page, &link)).collect();
    findings.extend(check_citations(document));
    findings
}

fn check_link(site: &Site, plan: &Plan, page: &Page, link: &Use<'_>) -> Option<Diagnostic> {
    let is_planned = |url: &UrlPath| plan.contains(url);
    let resolved = resolve::resolve(site, page, link.destination, &is_planned);
    let place = || Place::new(&page.document.path, link.range.clone());
    let shown = link.destination.escape_debug();
    match &resolved.target {
        Target::Page(id) => check_fragment(site.page(*id), &resolved, place),
        Target::SamePage => check_fragment(page, &resolved, place),
        Target::Generated(_) | Target::Asset(_) | Target::External => None,
        Target::Withheld(idx) => {
            let withheld = &site.withheld[*idx];
            let message =
                format!("the link leads to `{}`, which is {} and not published", withheld.document.path, state_words(withheld.state));
            let finding = Diagnostic::error("link-to-withheld", place(), message);
            Some(finding.help("publish that page first, or take the link out"))
        }
        Target::Missing => {
            let (rule, message) = match link.kind {
                LinkKind::Link => ("link-broken", format!("the link `{shown}` leads nowhere")),
                LinkKind::Image => ("asset-missing", format!("there is no image `{shown}`")),
            };
            let nearest = resolve::nearest_destinations(site, page, link.destination);
            let help = nearest.first().map(|first| format!("did you mean `{first}`?"));
            let fallback = "link to a file by its path from this one, such as `../other.md`, or to a site path, such as `/about/`";
            Some(Diagnostic::error(rule, place(), message).help(help.unwrap_or_else(|| fallback.to_owned())))
        }
    }
}

fn check_fragment(target: &Page, resolved: &Resolved, place: impl Fn() -> Place) -> Option<Diagnostic> {
    let fragment = resolved.fragment.as_ref()?;
    if resolve::fragment_exists(target, fragment) {
        return None;
    }
    let message = format!("`{}` has no part `#{}`", target.document.path, fragment.escape_debug());
    let help = match resolve::nearest_fragments(target, fragment).first() {
        Some(first) => format!("did you mean `#{first}`?"),
        None => "link to a heading by its text in lower case with hyphens, or give the heading an id: `## Heading {#id}`".to_owned(),
    };
    Some(Diagnostic::error("link-anchor-missing", place(), message).help(help))
}

fn check_nav(site: &Site, plan: &Plan, url: &crate::base::spanned::Spanned<String>) -> Option<Diagnostic> {
    let home = site.pages.first()?;
    if !url.value.starts_with('/') {
        return None;
    }
    let resolved = resolve::resolve(site, home, &url.value, &|url| plan.contains(url));
    if resolved.target != Target::Missing {
        return None;
    }
    let message = format!("the menu leads to `{}`, where nothing stands", url.value.escape_debug());
    let nearest = resolve::nearest_destinations(site, home, &url.value);
    let finding = Diagnostic::error("link-broken", Place::new(&site.config.path, url.range.clone()), message);
    Some(finding.maybe_help(nearest.first().map(|first| format!("did you mean `{first}`?"))))
}

/// Citations of sources that are not listed, and sources that the body never cites.
fn check_citations(document: &Document) -> Vec<Diagnostic> {
    let sources: Vec<&crate::parse::front_matter::Source> = document.front.sources.iter().flat_map(|field| &field.value).collect();
    let is_footnote = |id: &str| document.footnotes.iter().any(|footnote| footnote.value == id);
    let mut findings = Vec::new();
    for citation in &document.citations {
        if sources.iter().all(|source| source.id.value != citation.value) && !is_footnote(&citation.value) {
            let message = format!("`[^{}]` cites neither a source nor a footnote", citation.value.escape_debug());
            let known =
                sources.iter().map(|source| source.id.value.as_str()).chain(document.footnotes.iter().map(|note| note.value.as_str()));
            let help = crate::base::suggest::did_you_mean(&citation.value, known)
                .unwrap_or_else(|| format!("add `{}: {{ title: …, publisher: …, url: … }}` under `sources:`", citation.value));
            findings.push(Diagnostic::error("citation-unknown", Place::new(&document.path, citation.range.clone()), message).help(help));
        }
    }
    for source in sources {
        if document.citations.iter().all(|citation| citation.value != source.id.value) {
            let message = format!("the source `{}` is never cited", source.id.value);
            let finding = Diagnostic::warning("source-uncited", Place::new(&document.path, source.id.range.clone()), message);
            findings.push(finding.help(format!("write `[^{}]` after the statement that rests on it, or take it out", source.id.value)));
        }
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
