//! Documents to a [`Site`]: which page stands where, who wrote it, for whom, in which lists and in
//! which order. Sequential and cheap; every sort order of the product lives in `order`.

pub mod address;
pub mod assemble;
pub mod assets;
pub mod face;
pub mod mentions;
pub mod order;
mod queries;
pub mod resolve;
pub mod summary;
pub mod terms;
#[cfg(test)]
pub(crate) mod testing;
pub mod translations;

use crate::base::date::Date;
use crate::base::path::SourcePath;
pub use crate::base::path::UrlPath;
use crate::config::Config;
use crate::config::editions::Edition;
use crate::config::strings::{Strings, Words};
use crate::config::tokens::Style;
use crate::imaging::{Job, Misfit};
use crate::parse::Document;
pub use crate::parse::front_matter::Kind;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::Arc;

/// The index of a page in [`Site::pages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct PageId(pub usize);

/// The whole publication, assembled: its frame, and the text that stands in it.
#[derive(Debug, Clone)]
pub struct Site {
    /// Every page that is published in this run, in the order of their source paths.
    pub pages: Vec<Page>,
    /// Pages that are not published in this run, with the reason: for `list` and for link findings. In the order of
    /// their source paths.
    pub withheld: Vec<Withheld>,
    pub frame: Arc<Frame>,
}

impl Site {
    /// The page of an id.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0]
    }

    /// The page of a file that is not published in this run.
    pub fn withheld_at(&self, path: &SourcePath) -> Option<&Withheld> {
        let idx = self.withheld.binary_search_by(|withheld| withheld.document.path.cmp(path)).ok()?;
        self.withheld.get(idx)
    }
}

/// A site has all that its frame has.
impl Deref for Site {
    type Target = Frame;

    fn deref(&self) -> &Frame {
        &self.frame
    }
}

/// All of a publication but the text of its pages: which there are, where they stand, what lists show
/// of them. What is written is planned from it alone, so an edit that leaves it as it was moves no
/// other page.
///
/// Cheap to clone: an edit of what lists show of one page moves nothing in the maps.
#[derive(Debug, Clone)]
pub struct Frame {
    pub config: Arc<Config>,
    /// What the site and its theme say themselves, by language.
    pub strings: Arc<Strings>,
    /// The theme's tokens as the site sets them.
    pub style: Arc<Style>,
    /// The day the site is built for.
    pub today: Date,
    /// The faces of [`Site::pages`].
    pub faces: Vec<Arc<Face>>,
    /// Published pages by URL.
    pub by_url: Arc<BTreeMap<UrlPath, PageId>>,
    /// Published pages by source path.
    pub by_source: Arc<BTreeMap<SourcePath, PageId>>,
    /// People by id (the file stem or bundle folder), in the main edition if they are there.
    pub people: Arc<BTreeMap<String, PageId>>,
    /// Listed pieces of all languages, newest first.
    pub listed: Arc<Vec<PageId>>,
    /// Listed pieces of each edition, newest first; the main edition comes first.
    pub editions: Arc<Vec<Vec<PageId>>>,
    /// Topics, audiences, series and years that have listed pieces (declared audiences always).
    pub terms: Arc<Vec<Term>>,
    /// Files of `content/` that are not Markdown, `static/` and the theme's `static/`, by site path.
    pub assets: Arc<BTreeMap<UrlPath, Asset>>,
    /// What the theme has beyond what every theme must have.
    pub theme_parts: ThemeParts,
}

/// What a theme may have: with the template comes what it is for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ThemeParts {
    /// `card.svg`: pieces get a social card.
    pub card: bool,
    /// `search.html`: the site gets a search page and its index.
    pub search: bool,
}

impl Frame {
    /// True for a page that gets a social card: a piece without an image of its own.
    pub fn has_card(&self, face: &Face) -> bool {
        self.theme_parts.card && face.kind == Kind::Piece && face.summary.image.is_none()
    }

    /// Where readers search, if the theme has a page for it and no author wrote one.
    pub fn search_url(&self) -> Option<UrlPath> {
        let url = UrlPath::page(["search"]);
        (self.theme_parts.search && !self.by_url.contains_key(&url)).then_some(url)
    }

    /// The face of a page.
    pub fn face(&self, id: PageId) -> &Face {
        &self.faces[id.0]
    }

    /// The terms of one taxonomy in an edition, in their order.
    pub fn terms_of(&self, edition: Edition, taxonomy: Taxonomy) -> impl Iterator<Item = &Term> {
        self.terms.iter().filter(move |term| term.edition == edition && term.taxonomy == taxonomy)
    }

    /// One term.
    pub fn term(&self, edition: Edition, taxonomy: Taxonomy, id: &str) -> Option<&Term> {
        self.terms_of(edition, taxonomy).find(|term| term.id == id)
    }

    /// The URL of a taxonomy's index page in an edition.
    pub fn taxonomy_url(&self, edition: Edition, taxonomy: Taxonomy) -> UrlPath {
        self.config.edition_url(edition, &taxonomy.url())
    }

    /// The words of an edition's language.
    pub fn words(&self, edition: Edition) -> &Words {
        self.strings.of(self.config.edition_lang(edition))
    }

    /// The home page of an edition, which always stands.
    pub fn home(&self, edition: Edition) -> Option<&Face> {
        self.by_url.get(&self.config.edition_home(edition)).map(|id| self.face(*id))
    }

    /// True for the home page of its edition.
    pub fn is_home(&self, page: &Face) -> bool {
        page.url == self.config.edition_home(page.edition)
    }
}

/// A Markdown file with its place in the site.
#[derive(Debug, Clone)]
pub struct Page {
    pub face: Arc<Face>,
    pub document: Arc<Document>,
}

/// A page has all that its face has.
impl Deref for Page {
    type Target = Face;

    fn deref(&self) -> &Face {
        &self.face
    }
}

/// What is known of a page without its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Face {
    pub id: PageId,
    pub kind: Kind,
    /// The author's file.
    pub source: SourcePath,
    pub url: UrlPath,
    pub title: String,
    /// The page's language: that of its file's name, its own, its section's, or the site's.
    pub lang: String,
    pub edition: Edition,
    /// The same page in every language that it has, itself included, the main edition's first; empty
    /// when it has but one.
    pub translations: Vec<PageId>,
    pub state: State,
    /// The section pages above it, outermost (home) first; for a section, without itself.
    pub ancestors: Vec<PageId>,
    /// The folder whose other files are its assets, for a bundle.
    pub bundle: Option<SourcePath>,
    /// The template that renders it, without `.html`.
    pub template: String,
    /// Listed pieces below it, newest first (or by `weight`), for a section.
    pub pieces: Vec<PageId>,
    /// Pages of kind `page` and sub-sections directly below it, by weight then title, for a section.
    pub children: Vec<PageId>,
    /// How many pieces a listing page of a section shows, if it is not as many as elsewhere.
    pub paginate_by: Option<usize>,
    /// True for a piece that tells its reader to do something by a certain day.
    pub has_dated_actions: bool,
    /// Old addresses that lead here, as site paths.
    pub aliases: Vec<UrlPath>,
    /// The files of the tables that its body shows, beside the page.
    pub downloads: Vec<String>,
    /// The files of the site that it names, as [`mentions`] has them.
    pub files: Vec<String>,
    /// All that other pages see of it.
    pub summary: Arc<Summary>,
}

impl Face {
    /// True for a piece whose body is kept out of the output.
    pub fn is_gated(&self) -> bool {
        self.kind == Kind::Piece && self.summary.gated
    }

    /// True for a piece that stands in listings and feeds.
    pub fn is_listed(&self) -> bool {
        self.kind == Kind::Piece && !self.summary.unlisted
    }

    /// The face of a piece without the words that lists show of it: what its place in every order, the
    /// terms and the plan rest on. Of a page of another kind it is the face as it is.
    pub fn without_words(&self) -> Self {
        let mut face = self.clone();
        if face.kind == Kind::Piece {
            face.title.clear();
            face.summary = Arc::new(face.summary.without_words());
        }
        face
    }
}

/// All that other pages see of a page: an edit that leaves it unchanged changes no other page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub kind: Kind,
    pub edition: Edition,
    pub url: UrlPath,
    pub title: String,
    pub description: Option<String>,
    pub so_what: Option<String>,
    pub date: Option<Date>,
    pub updated: Option<Date>,
    pub lang: String,
    pub state: State,
    pub gated: bool,
    pub unlisted: bool,
    pub weight: i64,
    pub reading_minutes: usize,
    /// People's pages, in byline order.
    pub authors: Vec<Arc<Byline>>,
    /// Who it is for, in the order written.
    pub audiences: Vec<Arc<AudienceRef>>,
    pub topics: Vec<Arc<TermRef>>,
    pub series: Option<SeriesRef>,
    /// Site path of the lead image, with its text alternative.
    pub image: Option<(UrlPath, String)>,
    /// A person's role, for lists of people.
    pub role: Option<String>,
}

impl Summary {
    fn without_words(&self) -> Self {
        let wordless = |audience: &Arc<AudienceRef>| {
            let word = String::new;
            Arc::new(AudienceRef { title: word(), role: word(), at: word(), situation: word(), ..AudienceRef::clone(audience) })
        };
        Self {
            title: String::new(),
            description: None,
            so_what: None,
            reading_minutes: 0,
            // One described in place has no page, and nothing hangs on how many there are.
            audiences: self.audiences.iter().filter(|audience| audience.id.is_some()).map(wordless).collect(),
            image: self.image.as_ref().map(|(url, _)| (url.clone(), String::new())),
            ..self.clone()
        }
    }
}

/// An author of a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Byline {
    pub id: String,
    pub name: String,
    pub url: UrlPath,
    pub role: Option<String>,
    pub expertise: Vec<String>,
}

/// Who a piece is for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AudienceRef {
    /// `None` for an audience described inline.
    pub id: Option<String>,
    /// A plain phrase: the declared title, or role and place.
    pub title: String,
    pub role: String,
    pub at: String,
    pub situation: String,
    /// The audience's page.
    pub url: Option<UrlPath>,
}

/// A term that a piece carries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TermRef {
    pub id: String,
    pub title: String,
    pub url: UrlPath,
}

/// The series of a piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeriesRef {
    pub id: String,
    pub title: String,
    pub url: UrlPath,
    pub part: i64,
}

/// What lists are made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Taxonomy {
    Topic,
    Audience,
    Series,
    /// The archive, by year.
    Year,
}

impl Taxonomy {
    /// Every taxonomy, in the order of [`Frame::terms`].
    pub const ALL: [Self; 4] = [Self::Topic, Self::Audience, Self::Series, Self::Year];

    /// The first segment of its URLs.
    pub fn segment(self) -> &'static str {
        match self {
            Self::Topic => "topics",
            Self::Audience => "audiences",
            Self::Series => "series",
            Self::Year => "archive",
        }
    }

    /// The word for it in templates.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Audience => "audience",
            Self::Series => "series",
            Self::Year => "year",
        }
    }

    /// The URL of its index page in the main edition.
    pub fn url(self) -> UrlPath {
        UrlPath::page([self.segment()])
    }
}

/// Which pieces a feed carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// All listed pieces.
    Site,
    /// Those of a section.
    Section(PageId),
    /// Those of the term at this index in [`Frame::terms`].
    Term(usize),
    /// Those of an author.
    Person(PageId),
}

/// One topic, audience, series or year, with its listed pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub edition: Edition,
    pub taxonomy: Taxonomy,
    /// The slug or id: the last segment of its URL.
    pub id: String,
    pub title: String,
    pub description: Option<String>,
    pub url: UrlPath,
    /// Newest first; a series in the order of its parts.
    pub pieces: Vec<PageId>,
}

/// Whether a page is public on the day of the build.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum State {
    Live,
    /// `draft: true`.
    Draft,
    /// `publish_on` or `date` is after the day of the build.
    Scheduled,
    /// `expires_on` is on or before the day of the build.
    Expired,
}

impl State {
    /// The word for it in `list`, templates and the preview.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Draft => "draft",
            Self::Scheduled => "scheduled",
            Self::Expired => "expired",
        }
    }
}

/// A page that is left out of this run's outputs.
#[derive(Debug, Clone)]
pub struct Withheld {
    pub document: Arc<Document>,
    pub kind: Kind,
    pub state: State,
    pub url: UrlPath,
    pub title: String,
}

/// A file that is copied as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// Where its bytes are; a theme's embedded file stands under `themes/<name>/`.
    pub source: SourcePath,
    /// The hash of its bytes.
    pub fingerprint: crate::base::fingerprint::Fingerprint,
    /// Where it is written: with its fingerprint in the name, unless readers must find it under its own.
    pub output: UrlPath,
    /// Width and height of what is published, for an image whose header could be read.
    pub dimensions: Option<(u32, u32)>,
    /// What becomes of it, if it is a picture of `content/`; anything else is copied as it is.
    pub picture: Option<Picture>,
    /// Its bytes, if they are made from those of `source`: a style sheet in Sass.
    pub made: Option<Arc<str>>,
    /// Why it is no image that can be shown, though its name says so: it is not written.
    pub misfit: Option<Misfit>,
    /// It goes with gated or unpublished pages alone, and is not written.
    pub is_withheld: bool,
}

impl Asset {
    /// True for a file that is written.
    pub fn is_published(&self) -> bool {
        !self.is_withheld && self.misfit.is_none()
    }
}

/// A picture that is published without its metadata, and in more than one size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// It is too large, and this is published in its place.
    pub reduced: Option<Job>,
    pub copies: Vec<Copy>,
}

impl Picture {
    /// Every copy that is made of it.
    pub fn jobs(&self) -> impl Iterator<Item = Job> {
        self.reduced.into_iter().chain(self.copies.iter().map(|copy| copy.job))
    }
}

/// A smaller copy of a picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copy {
    pub job: Job,
    pub output: UrlPath,
}
