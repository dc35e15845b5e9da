//! `card.png` beside each piece: what social networks show of a link to it. Drawn from the theme's `card.svg`,
//! for pieces without an image of their own.

use crate::base::diagnostic::{Diagnostic, Place};
use crate::model::Frame;
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop};
use crate::render::view;

/// See the module.
pub struct Cards;

impl Output for Cards {
    fn name(&self) -> &'static str {
        "card"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        for page in frame.faces.iter().filter(|page| frame.has_card(page)) {
            planner.add_beside(&page.url, view::CARD, Subject::Card(page.id), &page.source);
        }
    }

    fn produce(&self, subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        let Subject::Card(id) = subject else { unreachable!("only cards are planned here") };
        let page = workshop.site.page(*id);
        let renderer = workshop.renderer;
        let values = [("site", renderer.shared().site(page.edition)), ("page", view::card_subject(workshop.site, page))];
        let svg = renderer.templates().render("card.svg", values)?;
        Ok(Produced::Card(svg, Place::file(&page.source)))
    }
}
