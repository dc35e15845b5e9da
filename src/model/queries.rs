//! Questions about the frame of a site that more than one format asks.

use super::{Face, Frame, Kind, PageId, Scope, Taxonomy, UrlPath};
use crate::config::editions::Edition;
use crate::config::feeds::FeedScope;
use std::sync::Arc;

impl Frame {
    /// The listed pieces that a person wrote, newest first.
    pub fn pieces_by(&self, person: PageId) -> Vec<PageId> {
        self.listed.iter().filter(|piece| self.wrote(person, **piece)).copied().collect()
    }

    /// The listed pieces of an edition, newest first.
    pub fn listed_in(&self, edition: Edition) -> &[PageId] {
        self.editions.get(edition.0).map_or(&[], Vec::as_slice)
    }

    /// The scope of all pieces of an edition.
    pub fn edition_scope(&self, edition: Edition) -> Scope {
        let of_home = self.home(edition).filter(|_| edition != Edition::MAIN).map(|home| Scope::Section(home.id));
        of_home.unwrap_or(Scope::Site)
    }

    /// The edition that a scope's pieces are of.
    pub fn scope_edition(&self, scope: Scope) -> Edition {
        match scope {
            Scope::Site => Edition::MAIN,
            Scope::Section(page) | Scope::Person(page) => self.face(page).edition,
            Scope::Term(idx) => self.terms[idx].edition,
        }
    }

    /// The page of a person for readers of an edition.
    pub fn person(&self, edition: Edition, id: &str) -> Option<PageId> {
        let page = self.face(*self.people.get(id)?);
        let in_edition = page.translations.iter().find(|id| self.face(**id).edition == edition);
        Some(in_edition.copied().unwrap_or(page.id))
    }

    /// Every scope that has a feed: the site first, then sections, people and terms.
    pub fn feed_scopes(&self) -> Vec<Scope> {
        let of_page = |page: &Arc<Face>| match page.kind {
            Kind::Section => Some(Scope::Section(page.id)),
            Kind::Person => Some(Scope::Person(page.id)),
            Kind::Piece | Kind::Page => None,
        };
        let scopes = [Scope::Site].into_iter().chain(self.faces.iter().filter_map(of_page)).chain((0..self.terms.len()).map(Scope::Term));
        scopes.filter(|scope| self.has_feed(*scope)).collect()
    }

    /// The newest pieces of a scope, at most as many as a feed holds.
    pub fn feed_pieces(&self, scope: Scope) -> Vec<PageId> {
        let mut pieces = match scope {
            Scope::Site => return self.listed_in(Edition::MAIN).iter().take(self.config.feeds.items).copied().collect(),
            Scope::Person(person) => self.pieces_by(person),
            Scope::Section(section) => self.newest(&self.face(section).pieces),
            Scope::Term(idx) => self.newest(&self.terms[idx].pieces),
        };
        pieces.truncate(self.config.feeds.items);
        pieces
    }

    /// True if a scope has a feed of its own, unless the site wants none of it: the site always, a year and the home
    /// page never, another scope when it has pieces.
    pub fn has_feed(&self, scope: Scope) -> bool {
        self.wants_feed(scope)
            && match scope {
                Scope::Site => true,
                // The main home page's feed is the site's.
                Scope::Section(section) => self.face(section).url != UrlPath::home() && !self.face(section).pieces.is_empty(),
                Scope::Person(person) => self.listed.iter().any(|piece| self.wrote(person, *piece)),
                Scope::Term(idx) => !self.terms[idx].pieces.is_empty(),
            }
    }

    /// True if the site wants feeds of this kind; nobody follows a year.
    fn wants_feed(&self, scope: Scope) -> bool {
        let kind = match scope {
            Scope::Site => FeedScope::Site,
            Scope::Section(section) if self.is_home(self.face(section)) => FeedScope::Site,
            Scope::Section(_) => FeedScope::Sections,
            Scope::Person(_) => FeedScope::People,
            Scope::Term(idx) => match self.terms[idx].taxonomy {
                Taxonomy::Topic => FeedScope::Topics,
                Taxonomy::Audience => FeedScope::Audiences,
                Taxonomy::Series => FeedScope::Series,
                Taxonomy::Year => return false,
            },
        };
        self.config.feeds.of.contains(&kind)
    }

    /// The page that a scope's feeds stand beside.
    pub fn scope_url(&self, scope: Scope) -> UrlPath {
        match scope {
            Scope::Site => UrlPath::home(),
            Scope::Section(page) | Scope::Person(page) => self.face(page).url.clone(),
            Scope::Term(idx) => self.terms[idx].url.clone(),
        }
    }

    /// The newest few pieces that share a topic or an audience with a page, newest first.
    ///
    /// Bounded, so that a site of 100,000 pieces does not compare each with each.
    pub fn candidates_related_to(&self, page: &Face) -> Vec<PageId> {
        const PER_TERM: usize = 12;
        let mut candidates: Vec<PageId> = Vec::new();
        let topics = page.summary.topics.iter().map(|topic| (Taxonomy::Topic, topic.id.as_str()));
        let audiences = page.summary.audiences.iter().filter_map(|audience| Some((Taxonomy::Audience, audience.id.as_deref()?)));
        let series = page.summary.series.iter().map(|series| (Taxonomy::Series, series.id.as_str()));
        for (taxonomy, id) in series.chain(topics).chain(audiences) {
            candidates.extend(self.term(page.edition, taxonomy, id).into_iter().flat_map(|term| term.pieces.iter().take(PER_TERM)));
        }
        super::order::sort(&mut candidates, &self.faces, super::order::newest_first);
        candidates.dedup();
        candidates
    }

    /// Where a piece stands in a section's listing.
    pub fn place_in(&self, section: PageId, piece: PageId) -> Option<usize> {
        let pieces = &self.face(section).pieces;
        let order = |id: &PageId| super::order::by_weight_then_newest(self.face(*id), self.face(piece));
        pieces.binary_search_by(order).ok().filter(|at| pieces[*at] == piece)
    }

    fn wrote(&self, person: PageId, piece: PageId) -> bool {
        let url = &self.face(person).url;
        self.face(piece).summary.authors.iter().any(|author| author.url == *url)
    }

    /// A section may be ordered by weight and a series by part; a feed is not.
    fn newest(&self, pieces: &[PageId]) -> Vec<PageId> {
        let mut pieces = pieces.to_vec();
        super::order::sort(&mut pieces, &self.faces, super::order::newest_first);
        pieces
    }
}
