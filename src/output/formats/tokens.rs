//! `css/theme.….css`: the tokens that a site sets, as custom properties over the theme's own.

use crate::base::diagnostic::Diagnostic;
use crate::model::Frame;
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop};

/// See the module.
pub struct Tokens;

impl Output for Tokens {
    fn name(&self) -> &'static str {
        "tokens"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        if let Some(url) = frame.style.url() {
            planner.add_page(&url, Subject::Single, &frame.config.path);
        }
    }

    fn produce(&self, _subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        Ok(Produced::Bytes(workshop.site.style.css.clone().into_bytes()))
    }
}
