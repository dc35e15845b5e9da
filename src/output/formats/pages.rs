//! The HTML of pages that authors wrote: pieces, pages, people, sections with their listings.

use super::render_page;
use crate::base::diagnostic::Diagnostic;
use crate::model::{Face, Frame, Kind};
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop};
use crate::render::view::{self, Paginator};

/// One HTML file per page, and one per further page of a section's listing.
pub struct Pages;

impl Output for Pages {
    fn name(&self) -> &'static str {
        "page"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        for page in &frame.faces {
            let origin = &page.source;
            match page.kind {
                Kind::Piece | Kind::Page | Kind::Person => planner.add_page(&page.url, Subject::Page(page.id), origin),
                Kind::Section => {
                    let paginator = paginator(frame, page, 1);
                    for number in 1..=paginator.total() {
                        planner.add_page(&paginator.url(number), Subject::Section(page.id, number), origin);
                    }
                }
            }
        }
    }

    fn produce(&self, subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        let (id, number) = match subject {
            Subject::Page(id) => (*id, 1),
            Subject::Section(id, number) => (*id, *number),
            other => unreachable!("pages plan no {other:?}"),
        };
        let (site, shared) = (workshop.site, workshop.renderer.shared());
        let page = site.page(id);
        let body = workshop.renderer.body(id);
        let value = match page.kind {
            Kind::Piece => view::piece(site, shared, page, &body),
            Kind::Page | Kind::Person => view::plain(site, shared, page, &body),
            Kind::Section => view::section(site, shared, page, &body, &paginator(site, page, number)),
        };
        let rendered = render_page(workshop, page.edition, &page.template, value, Some(page));
        if body.findings.is_empty() {
            return rendered;
        }
        match rendered {
            Ok(Produced::Bytes(bytes)) => Ok(Produced::Doubtful(bytes, body.findings.clone())),
            Ok(other) => Ok(other),
            Err(more) => Err(body.findings.iter().cloned().chain(more).collect()),
        }
    }
}

fn paginator<'a>(frame: &Frame, face: &'a Face, current: usize) -> Paginator<'a> {
    // The home page shows the latest pieces and leads on; it has no second page.
    let n_items = if frame.is_home(face) { 0 } else { face.pieces.len() };
    Paginator { base: &face.url, n_items, per_page: face.paginate_by.unwrap_or(frame.config.paginate_by), current }
}
