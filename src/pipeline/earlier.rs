//! What earlier runs read and found in each page, kept in the cache: a page that stands as it stood is neither read
//! nor judged again.
//!
//! Nothing in the cache is trusted. An entry counts only for the very file that it was made from, as that file stood
//! on this disk: its stamp tells which file it is and when it was written, which nobody who hands on a site together
//! with a cache can know beforehand.

use super::caches::Judged;
use crate::base::diagnostic::{Diagnostic, Note, Place, Severity};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::SourcePath;
use crate::editorial::{Digest, registry};
use crate::parse::Document;
use crate::world::Stamp;
use crate::world::cache::Cache;
use crate::world::snapshot::{Contents, File, Snapshot};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

/// The key under which it is kept, but for the number of the part. The number counts changes of its form.
const MEMORY: &str = "pages2";

/// An edit of one page writes one part anew.
const N_PARTS: usize = 16;

/// What is known of one page.
pub struct Entry {
    pub judged: Judged,
    /// The hash of its text, and the digest made of it, for a piece.
    pub digest: Option<(Fingerprint, Arc<Digest>)>,
    /// The page itself, unless something was wrong with its file.
    pub document: Option<Arc<Document>>,
}

/// By whom, and in which language of the site, pages were read and judged.
#[derive(Clone, Copy, Serialize, Deserialize, PartialEq, Eq)]
pub struct Reader<'r> {
    pub program: &'r str,
    pub lang: &'r str,
}

/// What is written down, by which it is told whether there is more to write.
pub struct Earlier {
    parts: Vec<BTreeMap<SourcePath, Mark>>,
}

/// What an entry was made from, and which of its parts there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    stamp: Stamp,
    text: Fingerprint,
    judged: Fingerprint,
    is_digested: bool,
    is_sound: bool,
}

impl Earlier {
    /// Takes up what was written down of the files of a snapshot.
    pub fn recall(cache: &dyn Cache, reader: Reader<'_>, snapshot: &Snapshot) -> (Self, Vec<(SourcePath, Entry)>) {
        let parts: Vec<Vec<(SourcePath, Mark, Entry)>> =
            (0..N_PARTS).into_par_iter().map(|number| recall_part(cache, number, reader, snapshot)).collect();
        let marks = parts.iter().map(|part| part.iter().map(|(path, mark, _)| (path.clone(), *mark)).collect()).collect();
        let entries = parts.into_iter().flatten().map(|(path, _, entry)| (path, entry)).collect();
        (Self { parts: marks }, entries)
    }

    /// Writes down what is known of the files of a snapshot; parts in which nothing is new stay as they are.
    pub fn remember(self, cache: &dyn Cache, reader: Reader<'_>, snapshot: &Snapshot, entries: &[(&SourcePath, Entry)]) {
        let mut parts: Vec<Vec<(&SourcePath, Mark, &Entry)>> = vec![Vec::new(); N_PARTS];
        for (path, entry) in entries {
            let Some((file, stamp)) = snapshot.get(path).and_then(|file| Some((file, file.stamp()?))) else { continue };
            let is_digested = entry.digest.as_ref().is_some_and(|(text, _)| *text == file.fingerprint);
            let is_of_it = |document: &Arc<Document>| document.fingerprint == file.fingerprint && document.findings.is_empty();
            let is_sound = entry.document.as_ref().is_some_and(is_of_it);
            let mark = Mark { stamp, text: file.fingerprint, judged: entry.judged.0, is_digested, is_sound };
            parts[part_of(path)].push((path, mark, entry));
        }
        parts.par_iter().zip(&self.parts).enumerate().for_each(|(number, (part, before))| {
            let is_same = part.len() == before.len() && part.iter().all(|(path, mark, _)| before.get(*path) == Some(mark));
            if !is_same {
                let head = postcard::to_stdvec(&reader).unwrap_or_default();
                let pages: Vec<Vec<u8>> = part.par_iter().filter_map(|(path, mark, entry)| written(path, *mark, entry)).collect();
                cache.put(&key(number), &frames(std::iter::once(&head).chain(&pages)));
            }
        });
    }
}

fn key(number: usize) -> String {
    format!("{MEMORY}-{number}")
}

fn part_of(path: &SourcePath) -> usize {
    let hash = Fingerprint::of(path.as_str().as_bytes());
    usize::from(hash.as_bytes()[0]) % N_PARTS
}

/// Runs of bytes, each after its length.
fn frames<'f>(parts: impl Iterator<Item = &'f Vec<u8>> + Clone) -> Vec<u8> {
    let mut frames = Vec::with_capacity(parts.clone().map(|part| part.len() + size_of::<u64>()).sum());
    for part in parts {
        frames.extend((part.len() as u64).to_le_bytes());
        frames.extend(part);
    }
    frames
}

/// The runs that [`frames`] joined, as far as they are whole.
fn framed(bytes: &[u8]) -> Vec<&[u8]> {
    let mut rest = bytes;
    let mut parts = Vec::new();
    while let Some((len, after)) = rest.split_first_chunk() {
        let len = usize::try_from(u64::from_le_bytes(*len)).ok();
        let Some((part, after)) = len.and_then(|len| after.split_at_checked(len)) else { break };
        parts.push(part);
        rest = after;
    }
    parts
}

fn recall_part(cache: &dyn Cache, number: usize, reader: Reader<'_>, snapshot: &Snapshot) -> Vec<(SourcePath, Mark, Entry)> {
    let bytes = cache.get(&key(number)).unwrap_or_default();
    let frames = framed(&bytes);
    let Some((head, pages)) = frames.split_first() else { return Vec::new() };
    match postcard::from_bytes::<Reader<'_>>(head) {
        Ok(known) if known == reader => pages.par_iter().filter_map(|page| read_back(page, snapshot)).collect(),
        Ok(_) | Err(_) => Vec::new(),
    }
}

/// One page as it is written down.
#[derive(Serialize, Deserialize)]
struct Written<'w> {
    path: &'w str,
    mark: Mark,
    #[serde(borrow)]
    found: Vec<Found<'w>>,
    digest: Option<Cow<'w, Digest>>,
    document: Option<Cow<'w, Document>>,
}

/// A finding. A path is left out where it is that of the page.
#[derive(Serialize, Deserialize)]
struct Found<'w> {
    rule: &'w str,
    is_error: bool,
    #[serde(borrow)]
    place: KeptPlace<'w>,
    message: &'w str,
    label: Option<&'w str>,
    #[serde(borrow)]
    notes: Vec<(&'w str, Option<KeptPlace<'w>>)>,
    help: Option<&'w str>,
}

#[derive(Serialize, Deserialize)]
struct KeptPlace<'w>(usize, usize, #[serde(borrow)] Option<&'w str>);

/// `None` for a page that cannot be written down.
fn written(path: &SourcePath, mark: Mark, entry: &Entry) -> Option<Vec<u8>> {
    fn place<'w>(place: &'w Place, path: &SourcePath) -> KeptPlace<'w> {
        KeptPlace(place.start, place.end, (place.path != *path).then(|| place.path.as_str()))
    }
    let found = |finding| {
        let Diagnostic { place: at, severity, rule, message, label, notes, help }: &Diagnostic = finding;
        Found {
            rule,
            is_error: *severity == Severity::Error,
            place: place(at, path),
            message,
            label: label.as_deref(),
            notes: notes.iter().map(|note| (&*note.message, note.place.as_ref().map(|at| place(at, path)))).collect(),
            help: help.as_deref(),
        }
    };
    let (_, findings) = &entry.judged;
    let document = entry.document.as_ref().filter(|_| mark.is_sound).map(|document| Cow::Borrowed(&**document));
    let digest = entry.digest.as_ref().filter(|_| mark.is_digested).map(|(_, digest)| Cow::Borrowed(&**digest));
    let page = Written { path: path.as_str(), mark, found: findings.iter().map(found).collect(), digest, document };
    postcard::to_stdvec(&page).ok()
}

/// Reads a page back; `None` for one of another file than stands there, and for one that could never have been written.
fn read_back(bytes: &[u8], snapshot: &Snapshot) -> Option<(SourcePath, Mark, Entry)> {
    let Written { path, mark, found, digest, document } = postcard::from_bytes(bytes).ok()?;
    let path = SourcePath::new(path)?;
    let is_that_file = |file: &&File| file.stamp() == Some(mark.stamp) && file.fingerprint == mark.text;
    let file = snapshot.get(&path).filter(is_that_file)?;
    let Some(Contents::Text(text)) = &file.contents else { return None };
    let text = text.clone();
    let findings: Option<Vec<Diagnostic>> = found.into_iter().map(|found| finding(found, (&path, text.len()), snapshot)).collect();
    let document = document.map(|document| Arc::new(document.into_owned().read_back(&path, text, mark.text)));
    let digest = digest.map(|digest| (mark.text, Arc::new(digest.into_owned().read_back(&path))));
    Some((path, mark, Entry { judged: (mark.judged, findings?.into()), digest, document }))
}

fn finding(found: Found<'_>, (page, len): (&SourcePath, usize), snapshot: &Snapshot) -> Option<Diagnostic> {
    let place = |KeptPlace(start, end, elsewhere): KeptPlace<'_>| {
        let other = |path: &str| {
            let path = SourcePath::new(path)?;
            let len = snapshot.get(&path)?.contents.as_ref()?.size();
            Some((path, len))
        };
        let (path, len) = elsewhere.map_or_else(|| Some((page.clone(), len)), other)?;
        (start <= end && end <= len).then_some(Place { path, start, end })
    };
    let note = |(message, at): (&str, Option<KeptPlace<'_>>)| {
        let at = at.map(|at| place(at).ok_or(())).transpose().ok()?;
        Some(Note { message: message.into(), place: at })
    };
    Some(Diagnostic {
        place: place(found.place)?,
        severity: if found.is_error { Severity::Error } else { Severity::Warning },
        rule: rule_named(found.rule)?,
        message: found.message.into(),
        label: found.label.map(Arc::from),
        notes: found.notes.into_iter().map(note).collect::<Option<_>>()?,
        help: found.help.map(Arc::from),
    })
}

fn rule_named(name: &str) -> Option<&'static str> {
    static NAMES: LazyLock<HashMap<&'static str, &'static str>> =
        LazyLock::new(|| registry::docs().map(|doc| (doc.name, doc.name)).collect());
    NAMES.get(name).copied()
}
