//! Files that are copied as they are: where each is written and under which name.
//!
//! Images of content, and styles and scripts, carry their fingerprint in the name, so that a host may
//! let browsers keep them for ever. All else keeps its name, for others link to it.

use super::address::{self, CONTENT};
use super::{Asset, Face, UrlPath};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::{OutputPath, SourcePath};
use std::collections::BTreeMap;

/// A file of the snapshot, as far as copying it goes.
#[derive(Debug, Clone)]
pub struct AssetSource {
    pub path: SourcePath,
    pub fingerprint: Fingerprint,
    pub dimensions: Option<(u32, u32)>,
}

/// The folders of bundles, with the URL that their files stand below: the first edition's.
fn bundles(faces: &[Face]) -> BTreeMap<&SourcePath, &UrlPath> {
    let mut bundles: BTreeMap<&SourcePath, &Face> = BTreeMap::new();
    for page in faces {
        let Some(bundle) = &page.bundle else { continue };
        let known = bundles.entry(bundle).or_insert(page);
        if page.edition < known.edition {
            *known = page;
        }
    }
    bundles.into_iter().map(|(folder, page)| (folder, &page.url)).collect()
}

/// The assets of a site by the site path that authors and templates know them by.
///
/// `static/` of the site shadows the theme's by path.
pub fn collect(sources: &[AssetSource], theme: &str, faces: &[Face]) -> BTreeMap<UrlPath, Asset> {
    let theme_static = format!("themes/{theme}/static");
    let bundles = bundles(faces);
    let mut assets = BTreeMap::new();
    for source in sources {
        let placed = if let Some(path) = source.path.strip(&theme_static) {
            Some((OutputPath::new(path), true))
        } else if let Some(path) = source.path.strip("static") {
            Some((OutputPath::new(path), has_extension(path, STYLES_AND_SCRIPTS)))
        } else if source.path.strip(CONTENT).is_some() {
            Some((content_path(&source.path, &bundles), has_extension(source.path.as_str(), IMAGES)))
        } else {
            None
        };
        let Some((Some(output), is_fingerprinted)) = placed else { continue };
        let site_path = UrlPath::file(&output);
        let named = if is_fingerprinted { with_fingerprint(&output, &source.fingerprint) } else { Some(output) };
        let Some(named) = named else { continue };
        let is_theme = source.path.strip("themes").is_some();
        if is_theme && assets.contains_key(&site_path) {
            continue;
        }
        let asset = Asset {
            source: source.path.clone(),
            fingerprint: source.fingerprint,
            output: UrlPath::file(&named),
            dimensions: source.dimensions,
        };
        assets.insert(site_path, asset);
    }
    assets
}

const IMAGES: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg"];
const STYLES_AND_SCRIPTS: &[&str] = &["css", "js", "mjs"];

fn has_extension(path: &str, known: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| known.iter().any(|name| name.eq_ignore_ascii_case(extension)))
}

/// A file of a bundle stands beside the bundle's page, wherever its slug put that.
fn content_path(path: &SourcePath, bundles: &BTreeMap<&SourcePath, &UrlPath>) -> Option<OutputPath> {
    let mut folder = path.parent();
    loop {
        if let Some(url) = bundles.get(&folder) {
            let below = path.strip(folder.as_str())?;
            return OutputPath::new(&format!("{}{below}", url.as_str().trim_start_matches('/')));
        }
        if folder.as_str() == CONTENT || folder.as_str().is_empty() {
            break;
        }
        folder = folder.parent();
    }
    let url = address::folder_url(path.parent());
    OutputPath::new(&format!("{}{}", url.as_str().trim_start_matches('/'), path.file_name()))
}

/// `a/main.css` → `a/main.1a2b3c4d.css`.
fn with_fingerprint(path: &OutputPath, fingerprint: &Fingerprint) -> Option<OutputPath> {
    let text = path.as_str();
    let name_at = text.rfind('/').map_or(0, |slash| slash + 1);
    let (folder, name) = text.split_at(name_at);
    let (stem, extension) = name.rsplit_once('.').unwrap_or((name, ""));
    OutputPath::new(&format!("{folder}{stem}.{}.{extension}", fingerprint.short()))
}
