//! The tables behind charts and tables as CSV files beside the page: the same for all that were read from a
//! file or from the piece itself, and harmless in a spreadsheet.

use crate::base::diagnostic::Diagnostic;
use crate::model::Frame;
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop};
use crate::parse::data::{downloads, to_csv};
use crate::render::makers::table_of;

/// See the module.
pub struct Data;

impl Output for Data {
    fn name(&self) -> &'static str {
        "data"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        // A gated body is written nowhere, and neither are the figures in it.
        for page in frame.faces.iter().filter(|page| !page.is_gated()) {
            for (idx, file_name) in page.downloads.iter().enumerate() {
                planner.add_beside(&page.url, file_name, Subject::Data(page.id, idx), &page.source);
            }
        }
    }

    fn produce(&self, subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        let Subject::Data(page, idx) = subject else { unreachable!("only tables are planned here") };
        let document = &workshop.site.page(*page).document;
        let downloads = downloads(&document.directives);
        let directive = &document.directives[downloads[*idx].directive_idx];
        let found = table_of(document, directive, workshop.renderer.data()).map_err(|finding| vec![*finding])?.whole()?;
        Ok(Produced::Bytes(to_csv(&found.table).into_bytes()))
    }
}
