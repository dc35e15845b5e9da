//! The HTML of topics, audiences, series and years: an index per taxonomy, a listing per term.

use super::render_page;
use crate::base::diagnostic::Diagnostic;
use crate::model::{Frame, Taxonomy, Term};
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop};
use crate::render::view::{self, Paginator};

/// `/topics/`, `/topics/pricing/`, `/topics/pricing/page/2/`, and so for each taxonomy.
pub struct Terms;

impl Output for Terms {
    fn name(&self) -> &'static str {
        "term"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        let origin = &frame.config.path;
        for edition in frame.config.editions() {
            for taxonomy in Taxonomy::ALL {
                // The index stands even when it is empty, so that a menu may always link to it.
                planner.add_page(&frame.taxonomy_url(edition, taxonomy), Subject::Taxonomy(edition, taxonomy), origin);
            }
        }
        for (idx, term) in frame.terms.iter().enumerate() {
            let paginator = paginator(frame, term, 1);
            for number in 1..=paginator.total() {
                planner.add_page(&paginator.url(number), Subject::Term(idx, number), origin);
            }
        }
    }

    fn produce(&self, subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        let (site, shared) = (workshop.site, workshop.renderer.shared());
        match subject {
            Subject::Taxonomy(edition, Taxonomy::Year) => {
                render_page(workshop, *edition, "archive", view::archive(site, shared, *edition), None)
            }
            Subject::Taxonomy(edition, taxonomy) => {
                render_page(workshop, *edition, "terms", view::taxonomy(site, *edition, *taxonomy), None)
            }
            Subject::Term(idx, number) => {
                let term = &site.terms[*idx];
                render_page(workshop, term.edition, "term", view::term(site, shared, term, &paginator(site, term, *number)), None)
            }
            other => unreachable!("terms plan no {other:?}"),
        }
    }
}

fn paginator<'a>(frame: &Frame, term: &'a Term, current: usize) -> Paginator<'a> {
    Paginator { base: &term.url, n_items: term.pieces.len(), per_page: frame.config.paginate_by, current }
}
