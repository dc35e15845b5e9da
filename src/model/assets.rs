//! Files that are copied as they are: where each is written and under which name.
//!
//! Images of content, and styles and scripts, carry their fingerprint in the name, so that a host may
//! let browsers keep them for ever. All else keeps its name, for others link to it.

use super::address::{self, CONTENT};
use super::mentions::Closed;
use super::{Asset, Copy, Face, Picture, UrlPath, Withheld};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::{OutputPath, SourcePath};
use crate::config::Config;
use crate::imaging::{self, Head, Job, Misfit};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A file of the snapshot, as far as copying it goes.
#[derive(Debug, Clone)]
pub struct AssetSource {
    pub path: SourcePath,
    pub fingerprint: Fingerprint,
    pub image: Option<Head>,
    /// Why it is no image that can be shown, though its name says so.
    pub misfit: Option<Misfit>,
    /// What is published in its place: the CSS of a sheet in Sass, of which `fingerprint` is the hash then.
    pub made: Option<Arc<str>>,
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
pub fn collect(sources: &[AssetSource], config: &Config, faces: &[Face], withheld: &[Withheld]) -> BTreeMap<UrlPath, Asset> {
    let closed = Closed::new(faces, withheld, config);
    let theme_static = format!("themes/{}/static", config.theme);
    let bundles = bundles(faces);
    let mut assets = BTreeMap::new();
    for source in sources {
        let placed = if let Some(path) = source.path.strip(&theme_static) {
            Some((OutputPath::new(&published_name(path, source)), true))
        } else if let Some(path) = source.path.strip("static") {
            let name = published_name(path, source);
            Some((OutputPath::new(&name), has_extension(&name, STYLES_AND_SCRIPTS)))
        } else if source.path.strip(CONTENT).is_some() {
            Some((content_path(&source.path, &bundles), has_extension(source.path.as_str(), IMAGES)))
        } else {
            None
        };
        let Some((Some(output), is_fingerprinted)) = placed else { continue };
        let site_path = UrlPath::file(&output);
        let picture = picture(source, &output, config);
        let reduced = picture.as_ref().and_then(|picture| picture.reduced);
        let named = match (is_fingerprinted, reduced) {
            (true, Some(job)) => with_fingerprint(&output, &fingerprint_of(source, &job)),
            (true, None) => with_fingerprint(&output, &source.fingerprint),
            (false, _) => Some(output),
        };
        let Some(named) = named else { continue };
        let is_theme = source.path.strip("themes").is_some();
        if is_theme && assets.contains_key(&site_path) {
            continue;
        }
        let asset = Asset {
            source: source.path.clone(),
            fingerprint: source.fingerprint,
            output: UrlPath::file(&named),
            dimensions: source.image.map(|head| reduced.map_or(head.size, |job| scaled(head.size, job.width))),
            picture,
            made: source.made.clone(),
            misfit: source.misfit,
            is_withheld: closed.holds(&source.path, &site_path),
        };
        assets.insert(site_path, asset);
    }
    assets
}

/// The name below `static/` that a file is known by: a sheet in Sass is one in CSS to all others.
fn published_name(path: &str, source: &AssetSource) -> String {
    match (&source.made, path.rsplit_once('.')) {
        (Some(_), Some((stem, _))) => format!("{stem}.css"),
        (None, _) | (_, None) => path.to_owned(),
    }
}

/// What becomes of an image of `content/`; files of `static/` are copied as they are.
fn picture(source: &AssetSource, output: &OutputPath, config: &Config) -> Option<Picture> {
    let in_content = source.path.strip(CONTENT).is_some();
    let extension = source.path.extension().to_ascii_lowercase();
    if !in_content || !matches!(extension.as_str(), "jpg" | "jpeg" | "png" | "webp") {
        return None;
    }
    let plan = source.image.map(|head| imaging::plan(&extension, &head, &config.images)).unwrap_or_default();
    let copy = |job: Job| {
        let text = output.as_str();
        let (stem, _) = text.rsplit_once('.')?;
        let name = format!("{stem}-{}.{}.{}", job.width, fingerprint_of(source, &job).short(), job.encoding.extension());
        Some(Copy { job, output: UrlPath::file(&OutputPath::new(&name)?) })
    };
    Some(Picture { reduced: plan.reduced, copies: plan.copies.into_iter().filter_map(copy).collect() })
}

/// A copy has other bytes when it is made in another way.
fn fingerprint_of(source: &AssetSource, job: &Job) -> Fingerprint {
    Fingerprint::of_parts([source.fingerprint.as_bytes(), job.key().as_bytes()])
}

/// The size of a copy of this width.
pub fn scaled((width, height): (u32, u32), to_width: u32) -> (u32, u32) {
    let to_height = u64::from(height) * u64::from(to_width) / u64::from(width.max(1));
    (to_width, u32::try_from(to_height.max(1)).unwrap_or(u32::MAX))
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
