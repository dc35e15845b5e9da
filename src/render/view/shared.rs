//! The values that every page shares: the site itself, and one card per page.

use super::super::wanted::Wanted;
use super::object::{Object, list, text_or_none};
use super::{date, direction, feeds, href, image, languages, link, node, permalink};
use crate::base::typography::smarten;
use crate::config::editions::Edition;
use crate::model::{AudienceRef, Byline, Frame, Kind, Page, PageId, Site, State, Summary, Taxonomy, Term, TermRef, UrlPath, address};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tera::Value;

/// Values made once per run, when the first page asks, and cloned by reference into pages.
pub struct Shared {
    frame: Arc<Frame>,
    /// `site` as the pages of each edition see it.
    sites: Vec<Value>,
    cards: Vec<OnceLock<Value>>,
    /// What people's pages and bylines show of them, by the page of each.
    people: Vec<OnceLock<Value>>,
    mentions: Mentions,
    wanted: Arc<Wanted>,
}

/// The topics, authors and audiences that cards name: few, and each named by many.
#[derive(Default)]
struct Mentions {
    topics: Kept<Arc<TermRef>>,
    authors: Kept<Arc<Byline>>,
    audiences: Kept<Arc<AudienceRef>>,
}

/// Values under the page they lead to and what they were made from.
struct Kept<T>(Mutex<BTreeMap<UrlPath, Vec<(T, Value)>>>);

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone + PartialEq> Kept<T> {
    /// What was made of the same before, else what `make` makes of it.
    fn get_or_make(&self, url: &UrlPath, of: &T, make: impl FnOnce() -> Value) -> Value {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let known = kept.get(url).and_then(|known| known.iter().find(|(known, _)| known == of));
        if let Some((_, value)) = known {
            return value.clone();
        }
        let value = make();
        kept.entry(url.clone()).or_default().push((of.clone(), value.clone()));
        value
    }
}

impl Shared {
    /// Makes the values that pages of this site share.
    pub fn new(site: &Site, wanted: Arc<Wanted>) -> Self {
        let sites = site.config.editions().map(|edition| site_value(site, edition)).collect();
        let none_yet = || site.pages.iter().map(|_| OnceLock::new()).collect();
        Self { frame: Arc::clone(&site.frame), sites, cards: none_yet(), people: none_yet(), mentions: Mentions::default(), wanted }
    }

    /// `site`, as every template of an edition sees it.
    pub fn site(&self, edition: Edition) -> Value {
        self.sites[edition.0].clone()
    }

    /// `site` of every edition, the main one first.
    pub fn sites(&self) -> &[Value] {
        &self.sites
    }

    /// The values that templates ask for.
    pub fn wanted(&self) -> &Arc<Wanted> {
        &self.wanted
    }

    /// A value that is made if some template asks for it, and is `none` otherwise.
    pub fn if_wanted(&self, name: &str, make: impl FnOnce() -> Value) -> Value {
        if self.wanted.has(name) { make() } else { Value::none() }
    }

    /// A person as lists show them.
    pub fn person(&self, site: &Site, id: PageId) -> Value {
        self.people[id.0].get_or_init(|| person_card(site, site.page(id))).clone()
    }

    /// What lists show of a page.
    pub fn card(&self, id: PageId) -> Value {
        self.cards[id.0].get_or_init(|| card(&self.frame, &self.frame.face(id).summary, &self.mentions)).clone()
    }
}

/// How many keys a card has: there is one for each page, and a map that grows is twice as large.
const N_CARD_KEYS: usize = 15;

fn card(site: &Frame, summary: &Summary, mentions: &Mentions) -> Value {
    let series = summary.series.as_ref().map_or_else(Value::none, |series| {
        Object::new().with("title", series.title.as_str()).with("url", href(site, &series.url)).with("part", series.part).into()
    });
    let make_audience = |audience: &AudienceRef| -> Value {
        let url = audience.url.as_ref().map_or_else(Value::none, |url| Value::from(href(site, url)));
        let role = text_or_none(Some(&audience.role).filter(|role| !role.is_empty()).map(String::as_str));
        Object::new().with("title", audience.title.as_str()).with("role", role).with("url", url).into()
    };
    let audience = |audience: &Arc<AudienceRef>| match &audience.url {
        Some(url) => mentions.audiences.get_or_make(url, audience, || make_audience(audience)),
        None => make_audience(audience),
    };
    let author = |author: &Arc<Byline>| mentions.authors.get_or_make(&author.url, author, || link_of_author(site, author));
    let topic = |topic: &Arc<TermRef>| mentions.topics.get_or_make(&topic.url, topic, || link(site, &topic.title, &topic.url));
    Object::with_capacity(N_CARD_KEYS)
        .with("kind", summary.kind.as_str())
        .with("title", summary.title.as_str())
        .with("url", href(site, &summary.url))
        .with("description", text_or_none(summary.description.as_deref()))
        .with("so_what", text_or_none(summary.so_what.as_deref()))
        .with("date", date(site.strings.of(&summary.lang), summary.date.as_ref()))
        .with("authors", list(summary.authors.iter().map(author)))
        .with("audiences", list(summary.audiences.iter().map(audience)))
        .with("topics", list(summary.topics.iter().map(topic)))
        .with("series", series)
        .with("reading_minutes", summary.reading_minutes)
        .with("image", image(site, summary.image.as_ref()))
        .with("gated", summary.gated)
        .with("lang", summary.lang.as_str())
        .with("banner", banner(summary.state))
        .into()
}

fn link_of_author(site: &Frame, author: &Byline) -> Value {
    Object::new().with("name", author.name.as_str()).with("url", href(site, &author.url)).into()
}

/// The word over a page that is not public: empty for one that is.
pub fn banner(state: State) -> &'static str {
    match state {
        State::Live => "",
        State::Draft | State::Scheduled | State::Expired => state.as_str(),
    }
}

/// A person as lists show them, with a photograph if there is one.
pub fn person_card(site: &Site, page: &Page) -> Value {
    let front = &page.document.front;
    let id = address::id_of(&page.document.path, &site.config);
    Object::new()
        .with("id", id)
        .with("name", page.title.as_str())
        .with("title", page.title.as_str())
        .with("url", href(site, &page.url))
        .with("role", text_or_none(page.summary.role.as_deref()))
        .with("expertise", list(front.expertise.iter().flat_map(|field| &field.value).map(|entry| Value::from(entry.value.as_str()))))
        .with("description", text_or_none(page.summary.description.as_deref()))
        .with("email", text_or_none(front.email.as_ref().map(|field| field.value.as_str())))
        .with("links", list(front.links.iter().flat_map(|field| &field.value).map(|entry| Value::from(entry.value.as_str()))))
        .with("photo", image(site, page.summary.image.as_ref()))
        .into()
}

fn site_value(site: &Site, edition: Edition) -> Value {
    let config = &site.config;
    let (home, lang) = (config.edition_home(edition), config.edition_lang(edition));
    let listed_ids = site.listed_in(edition);
    let listed = listed_ids.iter().map(|id| site.page(*id));
    let gated_count = listed.filter(|page| page.is_gated()).count();
    let people = people_of(site, edition);
    let terms = |taxonomy| list(site.terms_of(edition, taxonomy).map(|term| term_value(site, term)));
    Object::new()
        .with("title", config.edition_title(edition))
        .with("description", config.edition_description(edition))
        .with("url", href(site, &home))
        .with("permalink", permalink(site, &home))
        .with("language", lang)
        .with("languages", languages::of_site(site, edition))
        .with("dir", direction(lang))
        .with("publisher", publisher(site))
        .with("nav", navigation(site, edition))
        .with("sections", sections(site, edition))
        .with("topics", terms(Taxonomy::Topic))
        .with("audiences", terms(Taxonomy::Audience))
        .with("series", terms(Taxonomy::Series))
        .with("years", terms(Taxonomy::Year))
        .with("people", list(people.into_iter().map(|page| person_card(site, page))))
        .with("piece_count", listed_ids.len())
        .with("ungated_count", listed_ids.len() - gated_count)
        .with("gated_count", gated_count)
        .with("feeds", feeds(site, site.edition_scope(edition)))
        .with("search_url", site.search_url().map_or_else(String::new, |url| href(site, &url)))
        .with("theme", node::value_or_empty(config.theme_options.as_ref()))
        .with("style_url", site.style.url().map_or_else(String::new, |url| href(site, &url)))
        .with("layout", layout(site))
        .with("paper", paper(site))
        .with("extra", node::value_or_empty(config.extra.as_ref()))
        .with("year", i64::from(site.today.day.year()))
        .with("generator", concat!("Sowhat ", env!("CARGO_PKG_VERSION")))
        .into()
}

/// Everyone who has a page, each as the edition knows them.
fn people_of(site: &Site, edition: Edition) -> Vec<&Page> {
    let mut people: Vec<&Page> = site.people.keys().filter_map(|id| Some(site.page(site.person(edition, id)?))).collect();
    people.sort_by_key(|page| page.id);
    people
}

/// The layout tokens of the theme, as set.
fn layout(site: &Site) -> Value {
    let pairs = site.style.layout.iter().map(|(name, value)| (tera::value::Key::from(name.clone()), Value::from(value.as_str())));
    Value::from(pairs.collect::<tera::Map>())
}

/// The colour behind everything, as `{light, dark}`, for the browser's own frame.
fn paper(site: &Site) -> Value {
    let (light, dark) = &site.style.paper;
    Object::new().with("light", text_or_none(light.as_deref())).with("dark", text_or_none(dark.as_deref())).into()
}

fn publisher(site: &Site) -> Value {
    let publisher = &site.config.publisher;
    let logo = site.config.theme_settings.logo.as_ref().or(publisher.logo.as_ref());
    let logo = logo.and_then(|logo| crate::base::path::OutputPath::new(logo.trim_start_matches('/')));
    let logo = logo.and_then(|path| site.assets.get(&UrlPath::file(&path)));
    Object::new()
        .with("name", publisher.name.as_str())
        .with("url", text_or_none(publisher.url.as_deref()))
        .with("logo", logo.map_or_else(Value::none, |asset| Value::from(href(site, &asset.output))))
        .with("email", text_or_none(publisher.email.as_deref()))
        .into()
}

/// The menu of an edition: its own, or the main one with its links led to this edition.
fn navigation(site: &Site, edition: Edition) -> Value {
    match site.config.edition_nav(edition) {
        Some(own) => list(own.iter().map(|entry| nav_link(site, &entry.title, &entry.url.value))),
        None => list(site.config.nav.iter().map(|entry| {
            let (title, url) = in_edition(site, edition, entry);
            nav_link(site, &title, &url)
        })),
    }
}

/// Title and address of the same page in an edition, where it has it.
fn in_edition(site: &Site, edition: Edition, entry: &crate::config::NavLink) -> (String, String) {
    let path = UrlPath::page(entry.url.value.split('/'));
    let translations = site.by_url.get(&path).map(|id| &site.page(*id).translations);
    let translated = translations.into_iter().flatten().map(|id| site.page(*id)).find(|page| page.edition == edition);
    if let Some(page) = translated {
        return (page.title.clone(), page.url.as_str().to_owned());
    }
    match Taxonomy::ALL.into_iter().find(|taxonomy| taxonomy.url() == path) {
        Some(taxonomy) => {
            let title = super::taxonomy_title(site.words(edition), taxonomy);
            (title.to_owned(), site.taxonomy_url(edition, taxonomy).as_str().to_owned())
        }
        None => (entry.title.clone(), entry.url.value.clone()),
    }
}

fn nav_link(site: &Site, title: &str, url: &str) -> Value {
    let is_external = !url.starts_with('/');
    let url = if is_external { url.to_owned() } else { site.config.base_url.href(url) };
    Object::new().with("title", title).with("url", url).with("external", is_external).into()
}

/// The sections directly below the home page.
fn sections(site: &Site, edition: Edition) -> Value {
    let is_top = |page: &&Page| page.kind == Kind::Section && page.edition == edition && !site.is_home(page) && page.ancestors.len() <= 1;
    let sections = site.pages.iter().filter(is_top);
    list(sections.map(|page| {
        Object::new().with("title", page.title.as_str()).with("url", href(site, &page.url)).with("count", page.pieces.len()).into()
    }))
}

/// A topic, audience, series or year, with its slots when it is an audience.
pub fn term_value(site: &Site, term: &Term) -> Value {
    Object::new()
        .with("id", term.id.as_str())
        .with("title", term.title.as_str())
        .with("description", text_or_none(term.description.as_deref()))
        .with("url", href(site, &term.url))
        .with("count", term.pieces.len())
        .and(audience_slots(site, term))
        .into()
}

/// `role`, `at`, `situation` and `challenges` of a declared audience; empty for any other term.
pub fn audience_slots(site: &Site, term: &Term) -> Object {
    let is_audience = term.taxonomy == Taxonomy::Audience;
    let declared = if is_audience { site.config.edition_audience(term.edition, &term.id) } else { None };
    let slots = declared.map(|declared| declared.slots).unwrap_or_default();
    let lang = site.config.edition_lang(term.edition);
    let is_typeset = site.config.markdown.smart_punctuation;
    let typeset = |text: &str| if is_typeset { smarten(text, lang).into_owned() } else { text.to_owned() };
    let text = |slot: Option<&crate::base::spanned::Spanned<String>>| text_or_none(slot.map(|slot| typeset(&slot.value)).as_deref());
    Object::new()
        .with("role", text(slots.role.as_ref()))
        .with("at", text(slots.at.as_ref()))
        .with("situation", text(slots.situation.as_ref()))
        .with("challenges", list(slots.challenges.iter().map(|challenge| Value::from(typeset(&challenge.value)))))
}
