//! Files that are served as they are: media types by their names, as static hosts give them, and large ones
//! read from the disk a part at a time.

use super::edition::Edition;
use super::head::Head;
use super::reply::Reply;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::OutputPath;
use crate::model::Asset;
use crate::output::Subject;
use crate::world::World;
use crate::world::disk::DiskWorld;

/// A file that is larger is never read whole: a player that seeks in a film asks for a part of it
/// with every move of the hand.
const LARGE: u64 = 1 << 20;

/// The file that an output is a copy of.
pub fn asset_of<'a>(path: &OutputPath, edition: &'a Edition) -> Option<&'a Asset> {
    let outcome = edition.outcome.as_ref()?;
    let Subject::Asset(url) = &outcome.plan.entries.get(path)?.subject else { return None };
    outcome.site.assets.get(url)
}

/// The reply with a large file of the site; `None` for everything else.
///
/// Its tag is made of what the plan knows of it and of its stamp, so that a change is seen without
/// reading the file once more.
pub fn large_file(path: &OutputPath, head: &Head, edition: &Edition, world: &DiskWorld) -> Option<Reply> {
    let asset = asset_of(path, edition).filter(|asset| asset.picture.is_none())?;
    let is_large = world.stamp(&asset.source).ok().flatten().is_some_and(|stamp| stamp.len > LARGE);
    let (file, stamp) = is_large.then(|| world.open(&asset.source).ok().flatten()).flatten()?;
    let (len, modified, identity) = (stamp.len.to_le_bytes(), stamp.modified.to_le_bytes(), stamp.identity.to_le_bytes());
    let tag = Fingerprint::of_parts([asset.fingerprint.as_bytes(), &len, &modified, &identity]);
    Some(Reply::of_file(media_type(path.as_str()), Box::new(file), stamp.len).with_tag(&tag.to_string(), head).with_range(head))
}

/// The media type of a file by the end of its name.
pub fn media_type(path: &str) -> &'static str {
    let extension = path.rsplit(['.', '/']).next().unwrap_or_default().to_ascii_lowercase();
    match extension.as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        // Browsers show feeds as text under their own types, or offer to save them.
        "xml" | "xsl" => "application/xml",
        "txt" | "_headers" | "_redirects" => "text/plain; charset=utf-8",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "mov" => "video/quicktime",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "flac" => "audio/flac",
        "vtt" => "text/vtt; charset=utf-8",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        "wasm" => "application/wasm",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "pptx" => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "epub" => "application/epub+zip",
        _ => "application/octet-stream",
    }
}
