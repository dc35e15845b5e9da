//! `/search/`: the page that readers search on, and the index beside it.

use super::render_page;
use crate::base::diagnostic::Diagnostic;
use crate::config::editions::Edition;
use crate::model::Frame;
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop};
use crate::render::search::{SearchFile, is_searched};
use crate::render::view;

/// See the module.
pub struct Search;

impl Output for Search {
    fn name(&self) -> &'static str {
        "search"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        let Some(url) = frame.search_url() else { return };
        let origin = &frame.config.path;
        planner.add_page(&url, Subject::Single, origin);
        let n_pages = frame.faces.iter().filter(|page| is_searched(page.kind, page.summary.unlisted)).count();
        for file in SearchFile::all(n_pages) {
            planner.add_beside(&url, &file.name(), Subject::Search(file), origin);
        }
    }

    fn produce(&self, subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        let Subject::Search(file) = subject else {
            return render_page(workshop, Edition::MAIN, "search", view::search(workshop.site), None);
        };
        let index = workshop.renderer.search_index();
        let text = index.file(*file).expect("the plan counts the pages that the index holds");
        Ok(Produced::Bytes(text.as_bytes().to_vec()))
    }
}
