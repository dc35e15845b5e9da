//! `robots.txt`: everything may be read, and here is the sitemap.

use crate::base::diagnostic::Diagnostic;
use crate::model::{Frame, Site};
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop};

/// See the module.
pub struct Robots;

const FILE_NAME: &str = "robots.txt";

impl Output for Robots {
    fn name(&self) -> &'static str {
        "robots"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        if !super::is_own_file(frame, FILE_NAME) {
            planner.add_root(FILE_NAME, Subject::Single);
        }
    }

    fn produce(&self, _subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        Ok(Produced::Bytes(write(workshop.site).into_bytes()))
    }
}

fn write(site: &Site) -> String {
    format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", site.config.base_url.absolute("/sitemap.xml"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::site;

    #[test]
    fn names_the_sitemap_by_its_full_address() {
        let text = write(&site("https://example.com/base/", Vec::new()));
        assert!(text.ends_with("\nSitemap: https://example.com/base/sitemap.xml\n"), "{text}");
    }
}
