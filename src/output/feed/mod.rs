//! What Atom, RSS and JSON Feed have in common: which feeds there are and what stands in them.
//!
//! Every address in a feed is absolute, every id is the piece's permalink, and every date comes from
//! the content: a feed is the same bytes until its pieces change.

mod content;

use super::plan::Planner;
use super::{Scope, Subject, Workshop};
use crate::base::date::Date;
use crate::base::diagnostic::Diagnostic;
use crate::config::feeds::FeedFormat;
use crate::model::{Frame, Page, PageId, Site};
use std::borrow::Cow;
use std::sync::Arc;

/// A feed, ready to be written in any format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    pub title: String,
    pub description: String,
    pub language: String,
    /// The site's home, absolute.
    pub base: String,
    /// The page that the feed follows, absolute.
    pub home_url: String,
    /// The feed itself, absolute.
    pub self_url: String,
    /// When its newest item changed; the day of the build when it has none.
    pub updated: Date,
    /// Who stands for the items that name no author.
    pub publisher: Author,
    /// Newest first.
    pub items: Vec<Item>,
}

/// A person, or the publisher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    pub name: String,
    pub url: String,
}

/// One piece in a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The permalink: its address and its id.
    pub url: String,
    pub title: String,
    pub summary: Option<String>,
    /// The full text, or what is open of a gated piece.
    pub html: String,
    pub image: Option<String>,
    pub published: Date,
    /// Never before `published`.
    pub updated: Date,
    pub authors: Vec<Author>,
    pub tags: Vec<String>,
    pub language: String,
}

/// Makes a page's body with absolute addresses.
pub type BodyOf<'a> = &'a dyn Fn(PageId) -> Result<Arc<str>, Vec<Diagnostic>>;

/// Plans one file beside every page that has a feed, if the site has feeds of this format.
pub fn plan(frame: &Frame, planner: &mut Planner<'_>, format: FeedFormat) {
    if !frame.config.feeds.formats.contains(&format) {
        return;
    }
    for scope in frame.feed_scopes() {
        let origin = match scope {
            Scope::Section(page) | Scope::Person(page) => &frame.face(page).source,
            Scope::Site | Scope::Term(_) => &frame.config.path,
        };
        planner.add_beside(&frame.scope_url(scope), format.file_name(), Subject::Feed(scope), origin);
    }
}

impl Feed {
    /// The feed that a planned subject stands for, with bodies from the renderer.
    pub fn of_subject(subject: &Subject, file_name: &str, workshop: &Workshop<'_>) -> Result<Self, Vec<Diagnostic>> {
        let Subject::Feed(scope) = subject else { unreachable!("feeds plan only feeds") };
        Self::new(workshop.site, *scope, file_name, &|page| workshop.renderer.feed_body(page))
    }

    /// The feed of a scope.
    pub fn new(site: &Site, scope: Scope, file_name: &str, body_of: BodyOf<'_>) -> Result<Self, Vec<Diagnostic>> {
        let config = &site.config;
        let about = About::of(site, scope);
        let items =
            site.feed_pieces(scope).into_iter().map(|piece| Item::new(site, site.page(piece), body_of)).collect::<Result<Vec<_>, _>>()?;
        let newest = items.iter().map(|item| item.updated).max_by_key(Date::timestamp);
        let home_url = config.base_url.absolute(site.scope_url(scope).as_str());
        let base = config.base_url.absolute("/");
        let publisher = [&config.publisher.name, &config.title].into_iter().find(|name| !name.trim().is_empty());
        Ok(Self {
            title: about.title,
            description: about.description.unwrap_or_else(|| config.description.clone()),
            language: about.language.to_owned(),
            self_url: format!("{home_url}{file_name}"),
            publisher: Author { name: publisher.cloned().unwrap_or_default(), url: base.clone() },
            base,
            home_url,
            updated: newest.unwrap_or(site.today.without_time()),
            items,
        })
    }
}

/// What a feed says of itself.
struct About<'a> {
    title: String,
    description: Option<String>,
    language: &'a str,
}

impl<'a> About<'a> {
    fn of(site: &'a Site, scope: Scope) -> Self {
        let config = &site.config;
        let name = config.edition_title(site.scope_edition(scope));
        let titled = |title: &str| format!("{title} – {name}");
        match scope {
            Scope::Site => Self { title: config.title.clone(), description: None, language: &config.language },
            Scope::Section(page) if site.is_home(site.page(page)) => {
                let edition = site.page(page).edition;
                let description = Some(config.edition_description(edition).to_owned());
                Self { title: config.edition_title(edition).to_owned(), description, language: config.edition_lang(edition) }
            }
            Scope::Section(page) | Scope::Person(page) => {
                let page = site.page(page);
                Self { title: titled(&page.title), description: page.summary.description.clone(), language: &page.lang }
            }
            Scope::Term(idx) => {
                let term = &site.terms[idx];
                let description = term.description.clone();
                Self { title: titled(&term.title), description, language: config.edition_lang(term.edition) }
            }
        }
    }
}

impl Item {
    fn new(site: &Site, page: &Page, body_of: BodyOf<'_>) -> Result<Self, Vec<Diagnostic>> {
        let (summary, base_url) = (&page.summary, &site.config.base_url);
        let html = match &page.document.front.gate {
            Some(gate) => content::gated_text(site, page, &gate.value),
            None => content::full_text(site, page, &body_of(page.id)?),
        };
        let published = published(site, page);
        let author = |byline: &Arc<crate::model::Byline>| Author { name: byline.name.clone(), url: base_url.absolute(byline.url.as_str()) };
        Ok(Self {
            url: base_url.absolute(page.url.as_str()),
            title: page.title.clone(),
            summary: summary.description.clone().or_else(|| summary.so_what.clone()),
            html,
            image: image(site, page).map(|(url, _)| url),
            published,
            updated: summary.updated.into_iter().chain([published]).max_by_key(Date::timestamp).unwrap_or(published),
            authors: summary.authors.iter().map(author).collect(),
            tags: summary.topics.iter().map(|topic| topic.title.clone()).collect(),
            language: page.lang.clone(),
        })
    }
}

/// The day of a piece; one without a date is an error that only the preview shows past.
fn published(site: &Site, page: &Page) -> Date {
    page.summary.date.or(page.summary.updated).unwrap_or(site.today.without_time())
}

/// The absolute address of the lead image as it is written, and its text alternative.
fn image<'a>(site: &Site, page: &'a Page) -> Option<(String, &'a str)> {
    let (path, alt) = page.summary.image.as_ref()?;
    let written = site.assets.get(path).map_or(path, |asset| &asset.output);
    Some((site.config.base_url.absolute(written.as_str()), alt))
}

/// One line of text: a title may have been written over several.
pub fn one_line(text: &str) -> Cow<'_, str> {
    let is_plain = !text.contains(['\n', '\r', '\t']) && text.trim() == text;
    if is_plain { Cow::Borrowed(text) } else { Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" ")) }
}

#[cfg(test)]
pub(crate) mod testing;

#[cfg(test)]
mod tests {
    use super::testing::{gated_feed, hostile_feed, small_site};
    use super::*;
    use crate::config::feeds::FeedScope;
    use crate::model::Taxonomy;
    use crate::model::testing::term;
    use crate::output::formats::atom::Atom;
    use crate::output::formats::rss::Rss;

    #[test]
    fn only_scopes_with_pieces_have_feeds_and_the_site_always() {
        let mut site = small_site();
        site.terms = std::sync::Arc::new(vec![
            term(Taxonomy::Topic, "pricing", vec![PageId(1)]),
            term(Taxonomy::Audience, "nobody", Vec::new()),
            term(Taxonomy::Year, "2026", vec![PageId(0)]),
        ]);
        let (plan, findings) = Planner::plan(&site, &[&Atom]);
        let paths: Vec<&str> = plan.entries.keys().map(crate::base::path::OutputPath::as_str).collect();
        assert_eq!(paths, ["atom.xml", "insights/atom.xml", "people/jane/atom.xml", "topics/pricing/atom.xml"]);
        assert_eq!(findings, []);
    }

    #[test]
    fn a_site_has_the_feeds_that_it_names() {
        let check = |formats: &[FeedFormat], of: &[FeedScope], expected: &[&str]| {
            let mut site = small_site();
            let config = std::sync::Arc::make_mut(&mut site.config);
            config.feeds.formats = formats.iter().copied().collect();
            config.feeds.of = of.iter().copied().collect();
            let (plan, _) = Planner::plan(&site, &[&Atom, &Rss]);
            let paths: Vec<&str> = plan.entries.keys().map(crate::base::path::OutputPath::as_str).collect();
            assert_eq!(paths, expected, "{formats:?} {of:?}");
        };
        check(&[FeedFormat::Rss], &[FeedScope::Site], &["rss.xml"]);
        check(&[FeedFormat::Atom], &[FeedScope::Sections, FeedScope::Topics], &["insights/atom.xml"]);
        check(&[FeedFormat::Atom, FeedFormat::Rss], &[FeedScope::People], &["people/jane/atom.xml", "people/jane/rss.xml"]);
        check(&[FeedFormat::Json], &FeedScope::ALL, &[]);
    }

    #[test]
    fn feeds_hold_the_newest_whatever_the_order_of_the_page() {
        let mut site = small_site();
        site.terms = std::sync::Arc::new(vec![term(Taxonomy::Series, "parts", vec![PageId(2), PageId(1), PageId(0)])]);
        let body = |_| Ok("".into());
        for (scope, titles) in [
            (Scope::Site, vec!["<]]>&\"\u{1}", "Second"]),
            (Scope::Section(PageId(4)), vec!["<]]>&\"\u{1}", "Second"]),
            (Scope::Term(0), vec!["<]]>&\"\u{1}", "Second"]),
            (Scope::Person(PageId(5)), vec!["<]]>&\"\u{1}", "Second"]),
        ] {
            let feed = Feed::new(&site, scope, "atom.xml", &body).unwrap();
            assert_eq!(feed.items.iter().map(|item| item.title.as_str()).collect::<Vec<_>>(), titles, "{scope:?}");
        }
    }

    #[test]
    fn a_site_without_pieces_is_dated_by_its_build() {
        let site = crate::model::testing::site("https://example.com/", Vec::new());
        let feed = Feed::new(&site, Scope::Site, "atom.xml", &|_| Ok("".into())).unwrap();
        assert_eq!(feed.updated, site.today.without_time());
    }

    #[test]
    fn full_text_holds_the_substance_of_the_page() {
        let html = &hostile_feed("atom.xml").items[0].html;
        let parts = ["<strong>So what?</strong> Hours are", "<p>The body of 0", "What to do", "Who: CFO", "A &lt;source&gt;</a>"];
        let places: Vec<Option<usize>> = parts.iter().map(|part| html.find(part)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?} {html}");
        assert!(html.contains("href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\""), "{html}");
    }

    #[test]
    fn a_gated_item_holds_what_its_page_holds() {
        let html = &gated_feed("atom.xml").items[0].html;
        for (part, held) in
            [("SECRET", false), ("The abstract", true), ("What to do", true), ("Hours are", true), ("forms.example.org", true)]
        {
            assert_eq!(html.contains(part), held, "{part}: {html}");
        }
    }
}
