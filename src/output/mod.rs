//! What is written: the plan of all outputs, and one format per file that fills it.
//!
//! The plan is complete before anything is rendered. Collisions, links and redirects are checked on
//! it; `build` produces all of it, the preview what a browser asks for.

mod brief;
pub mod collisions;
pub mod feed;
pub mod formats;
pub mod links;
mod markdown;
pub mod minify;
pub mod plan;
pub mod registry;
mod xml;

use crate::base::diagnostic::Diagnostic;
use crate::config::editions::Edition;
pub use crate::model::Scope;
use crate::model::{Frame, PageId, Site, Taxonomy};
use crate::render::Renderer;
use plan::Planner;

/// A kind of output: pages, feeds, the sitemap …
pub trait Output: Sync {
    /// Its name, for messages: `atom`, `sitemap`.
    fn name(&self) -> &'static str;

    /// Adds an entry for each file of this kind. A plan knows no text: what it depends on stands in the frame.
    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>);

    /// Whose texts a planned file is made from, besides what the frame says of all pages.
    fn texts(&self, subject: &Subject) -> Texts {
        subject.texts()
    }

    /// Makes the bytes of one planned file.
    fn produce(&self, subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>>;
}

/// Everything that producing an output may read.
#[derive(Clone, Copy)]
pub struct Workshop<'a> {
    pub site: &'a Site,
    pub renderer: &'a Renderer,
}

/// What became of a planned file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Produced {
    /// Bytes made here.
    Bytes(Vec<u8>),
    /// Bytes made here, and what was found wrong on the way; the gate decides what that means.
    Doubtful(Vec<u8>, Vec<Diagnostic>),
    /// A copy of a source file, byte for byte.
    Copy(crate::base::path::SourcePath),
    /// A social card, to be drawn from this SVG; where a fault is to be mended, and what page it is about.
    Card(String, crate::base::diagnostic::Place),
    /// The picture of [`Frame::assets`] without its metadata, or a copy of it.
    Picture(crate::base::path::UrlPath, Option<crate::imaging::Job>),
}

/// What one output is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A page's own file, or something beside it.
    Page(PageId),
    /// Listing page `number` (from 1) of a section.
    Section(PageId, usize),
    /// Listing page `number` (from 1) of the term at this index in [`Frame::terms`].
    Term(usize, usize),
    /// The index page of a taxonomy in an edition.
    Taxonomy(Edition, Taxonomy),
    /// A feed's contents.
    Feed(Scope),
    /// The old address at `index` in a page's aliases.
    Alias(PageId, usize),
    /// The table at `index` in a page's downloads.
    Data(PageId, usize),
    /// A file of [`Frame::assets`].
    Asset(crate::base::path::UrlPath),
    /// The copy at `index` of a picture of [`Frame::assets`].
    Copy(crate::base::path::UrlPath, usize),
    /// Part `number` (from 1) of a file that is too large for one.
    Part(usize),
    /// The social card of a page.
    Card(PageId),
    /// A file of the search index.
    Search(crate::render::search::SearchFile),
    /// The one file of its kind: `robots.txt`, `404.html` …
    Single,
}

/// Whose texts an output is made from, besides what the frame says of all pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texts {
    None,
    Page(PageId),
    /// Those of the pieces that a feed carries.
    Feed(Scope),
    /// It may be those of every page.
    All,
}

impl Subject {
    /// The page whose file it is, or beside whose file it stands.
    pub fn page(&self) -> Option<PageId> {
        match self {
            Self::Page(id) | Self::Section(id, _) | Self::Alias(id, _) | Self::Data(id, _) | Self::Card(id) => Some(*id),
            Self::Term(..)
            | Self::Taxonomy(..)
            | Self::Feed(_)
            | Self::Asset(_)
            | Self::Copy(..)
            | Self::Part(_)
            | Self::Search(_)
            | Self::Single => None,
        }
    }

    /// Whose texts it is made from, unless its format knows better.
    fn texts(&self) -> Texts {
        match self {
            Self::Page(id) | Self::Section(id, _) | Self::Alias(id, _) | Self::Data(id, _) | Self::Card(id) => Texts::Page(*id),
            Self::Feed(scope) => Texts::Feed(*scope),
            Self::Term(..) | Self::Taxonomy(..) | Self::Asset(_) | Self::Copy(..) => Texts::None,
            Self::Part(_) | Self::Search(_) | Self::Single => Texts::All,
        }
    }
}
