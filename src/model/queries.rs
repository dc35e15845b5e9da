//! Questions about an assembled site that more than one format asks.

use super::{PageId, Scope, Site, UrlPath};

impl Site {
    /// The listed pieces that a person wrote, newest first.
    pub fn pieces_by(&self, person: PageId) -> Vec<PageId> {
        let url = &self.page(person).url;
        let wrote = |id: &&PageId| self.page(**id).summary.authors.iter().any(|author| author.url == *url);
        self.listed.iter().filter(wrote).copied().collect()
    }

    /// The pieces of a feed's scope, newest first.
    pub fn scope_pieces(&self, scope: Scope) -> Vec<PageId> {
        match scope {
            Scope::Site => self.listed.clone(),
            Scope::Person(person) => self.pieces_by(person),
            Scope::Section(section) => self.newest(&self.page(section).pieces),
            Scope::Term(idx) => self.newest(&self.terms[idx].pieces),
        }
    }

    /// True if a scope has a feed of its own: the site always, a year and the home page never,
    /// another scope when it has pieces.
    pub fn has_feed(&self, scope: Scope) -> bool {
        match scope {
            Scope::Site => true,
            Scope::Section(section) => self.page(section).url != UrlPath::home() && !self.page(section).pieces.is_empty(),
            Scope::Person(person) => !self.pieces_by(person).is_empty(),
            Scope::Term(idx) => self.terms[idx].taxonomy != super::Taxonomy::Year && !self.terms[idx].pieces.is_empty(),
        }
    }

    /// The page that a scope's feeds stand beside.
    pub fn scope_url(&self, scope: Scope) -> UrlPath {
        match scope {
            Scope::Site => UrlPath::home(),
            Scope::Section(page) | Scope::Person(page) => self.page(page).url.clone(),
            Scope::Term(idx) => self.terms[idx].url.clone(),
        }
    }

    /// The newest few pieces that share a topic or an audience with a page, newest first.
    ///
    /// Bounded, so that a site of 100,000 pieces does not compare each with each.
    pub fn candidates_related_to(&self, page: &super::Page) -> Vec<PageId> {
        const PER_TERM: usize = 12;
        let mut candidates: Vec<PageId> = Vec::new();
        let topics = page.summary.topics.iter().map(|topic| (super::Taxonomy::Topic, topic.id.as_str()));
        let audiences = page.summary.audiences.iter().filter_map(|audience| Some((super::Taxonomy::Audience, audience.id.as_deref()?)));
        for (taxonomy, id) in topics.chain(audiences) {
            candidates.extend(self.term(taxonomy, id).into_iter().flat_map(|term| term.pieces.iter().take(PER_TERM)));
        }
        super::order::sort(&mut candidates, &self.pages, super::order::newest_first);
        candidates.dedup();
        candidates
    }

    /// Where a piece stands in a section's listing.
    pub fn place_in(&self, section: PageId, piece: PageId) -> Option<usize> {
        let pieces = &self.page(section).pieces;
        let order = |id: &PageId| super::order::by_weight_then_newest(self.page(*id), self.page(piece));
        pieces.binary_search_by(order).ok().filter(|at| pieces[*at] == piece)
    }

    fn newest(&self, pieces: &[PageId]) -> Vec<PageId> {
        let mut pieces = pieces.to_vec();
        super::order::sort(&mut pieces, &self.pages, super::order::newest_first);
        pieces
    }
}
