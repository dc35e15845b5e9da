//! Files that authors and themes bring: images beside pieces in more than one size, and `static/`, the
//! theme's styles and scripts as they are.

use crate::base::diagnostic::Diagnostic;
use crate::model::Frame;
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop};

/// See the module.
pub struct Assets;

impl Output for Assets {
    fn name(&self) -> &'static str {
        "assets"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        for (url, asset) in frame.assets.iter().filter(|(_, asset)| asset.is_published()) {
            planner.add_page(&asset.output, Subject::Asset(url.clone()), &asset.source);
            for (idx, copy) in asset.picture.iter().flat_map(|picture| picture.copies.iter().enumerate()) {
                planner.add_page(&copy.output, Subject::Copy(url.clone(), idx), &asset.source);
            }
        }
    }

    fn produce(&self, subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        let (url, copy_idx) = match subject {
            Subject::Asset(url) => (url, None),
            Subject::Copy(url, idx) => (url, Some(*idx)),
            other => unreachable!("assets plan no {other:?}"),
        };
        let asset = workshop.site.assets.get(url).expect("a planned asset is one of the site's");
        if let Some(made) = &asset.made {
            return Ok(Produced::Bytes(made.as_bytes().to_vec()));
        }
        Ok(match (&asset.picture, copy_idx) {
            (None, _) => Produced::Copy(asset.source.clone()),
            (Some(picture), None) => Produced::Picture(url.clone(), picture.reduced),
            (Some(picture), Some(idx)) => Produced::Picture(url.clone(), Some(picture.copies[idx].job)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::{OutputPath, UrlPath};
    use crate::model::testing::{asset, site, source};

    #[test]
    fn each_is_written_under_its_own_name() {
        let mut site = site("https://example.com/", Vec::new());
        let key = UrlPath::file(&OutputPath::new("css/main.css").unwrap());
        std::sync::Arc::make_mut(&mut site.assets).insert(key, asset("themes/insight/static/css/main.css", "css/main.0a1b2c3d.css"));
        let (plan, _) = Planner::plan(&site, &[&Assets]);
        let entry = &plan.entries[&OutputPath::new("css/main.0a1b2c3d.css").unwrap()];
        assert_eq!(entry.origin, source("themes/insight/static/css/main.css"));
    }
}
