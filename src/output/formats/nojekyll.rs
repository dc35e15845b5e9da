//! `.nojekyll`: an empty file that keeps GitHub Pages from leaving out names that begin with `_`.

use crate::base::diagnostic::Diagnostic;
use crate::model::Frame;
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop};

/// See the module.
pub struct NoJekyll;

const FILE_NAME: &str = ".nojekyll";

impl Output for NoJekyll {
    fn name(&self) -> &'static str {
        "nojekyll"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        if !super::is_own_file(frame, FILE_NAME) {
            planner.add_root(FILE_NAME, Subject::Single);
        }
    }

    fn produce(&self, _subject: &Subject, _workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        Ok(Produced::Bytes(Vec::new()))
    }
}
