//! A small HTML page at every old address, for hosts that do not read `_redirects`.

use super::render_page;
use crate::base::diagnostic::Diagnostic;
use crate::model::Frame;
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop};
use crate::render::view;

/// One page per alias, which leads on at once and says where to.
pub struct Aliases;

impl Output for Aliases {
    fn name(&self) -> &'static str {
        "alias"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        for page in &frame.faces {
            for (idx, alias) in page.aliases.iter().enumerate() {
                planner.add_page(alias, Subject::Alias(page.id, idx), &page.source);
            }
        }
    }

    fn produce(&self, subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        let Subject::Alias(id, idx) = subject else { unreachable!("aliases plan no {subject:?}") };
        let page = workshop.site.page(*id);
        render_page(workshop, page.edition, "alias", view::alias(workshop.site, page, &page.aliases[*idx]), None)
    }
}
