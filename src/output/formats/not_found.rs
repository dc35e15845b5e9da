//! `404.html`: what hosts show when nothing stands at an address.

use super::render_page;
use crate::base::diagnostic::Diagnostic;
use crate::config::editions::Edition;
use crate::model::Frame;
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop};
use crate::render::view;

/// The one page for addresses that lead nowhere.
pub struct NotFound;

impl Output for NotFound {
    fn name(&self) -> &'static str {
        "404"
    }

    fn plan(&self, _: &Frame, planner: &mut Planner<'_>) {
        planner.add_root("404.html", Subject::Single);
    }

    fn produce(&self, _: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        render_page(workshop, Edition::MAIN, "404", view::not_found(workshop.site), None)
    }
}
