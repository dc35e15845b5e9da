//! What earlier runs found in each page, kept in the cache: a page that stands as it stood is not judged again.
//!
//! Nothing in the cache is trusted. An entry counts only for the very file that it was made from, as that file stood
//! on this disk: its stamp tells which file it is and when it was written, which nobody who hands on a site together
//! with a cache can know beforehand.

use super::caches::Judged;
use crate::base::diagnostic::{Diagnostic, Note, Place, Severity};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::SourcePath;
use crate::editorial::{Digest, registry};
use crate::world::Stamp;
use crate::world::cache::Cache;
use crate::world::snapshot::Snapshot;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::LazyLock;

/// The key under which it is kept, but for the number of the part. The number counts changes of its form.
const MEMORY: &str = "judged1";

/// An edit of one page writes one part anew.
const N_PARTS: usize = 16;

/// What is known of one page.
pub struct Entry {
    pub judged: Judged,
    /// The hash of its text, and the digest made of it, for a piece.
    pub digest: Option<(Fingerprint, Arc<Digest>)>,
}

/// What is written down, by which it is told whether there is more to write.
#[derive(Default)]
pub struct Earlier {
    parts: Vec<BTreeMap<SourcePath, Mark>>,
    is_written: bool,
}

/// What an entry was made from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    stamp: Stamp,
    judged: Fingerprint,
    digested: Option<Fingerprint>,
}

impl Earlier {
    /// Reads what was written down of the files of a snapshot, by this very program.
    pub fn recall(cache: &dyn Cache, program: &str, snapshot: &Snapshot) -> (Self, Vec<(SourcePath, Entry)>) {
        let parts: Vec<Vec<(SourcePath, Mark, Entry)>> =
            (0..N_PARTS).into_par_iter().map(|number| recall_part(cache, number, program, snapshot)).collect();
        let marks = parts.iter().map(|part| part.iter().map(|(path, mark, _)| (path.clone(), *mark)).collect()).collect();
        let entries = parts.into_iter().flatten().map(|(path, _, entry)| (path, entry)).collect();
        (Self { parts: marks, is_written: false }, entries)
    }

    /// Writes down what is known of the files of a snapshot, once; parts in which nothing is new stay as they are.
    pub fn remember(&mut self, cache: &dyn Cache, program: &str, snapshot: &Snapshot, entries: &BTreeMap<&SourcePath, Entry>) {
        if self.is_written || !cache.keeps() {
            return;
        }
        self.is_written = true;
        let mut parts: Vec<BTreeMap<&SourcePath, (Mark, &Entry)>> = vec![BTreeMap::new(); N_PARTS];
        for (path, entry) in entries {
            let Some(stamp) = snapshot.get(path).and_then(|file| file.stamp()) else { continue };
            let digested = entry.digest.as_ref().map(|(fingerprint, _)| *fingerprint);
            parts[part_of(path)].insert(path, (Mark { stamp, judged: entry.judged.0, digested }, entry));
        }
        let nothing = BTreeMap::new();
        parts.par_iter().enumerate().for_each(|(number, part)| {
            let before = self.parts.get(number).unwrap_or(&nothing);
            let is_same = part.len() == before.len() && part.iter().all(|(path, (mark, _))| before.get(*path) == Some(mark));
            if !is_same {
                let lines: String = part.iter().map(|(path, (mark, entry))| line_of(path, mark, entry)).collect();
                cache.put(&key(number), format!("{program}\n{lines}").as_bytes());
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

fn recall_part(cache: &dyn Cache, number: usize, program: &str, snapshot: &Snapshot) -> Vec<(SourcePath, Mark, Entry)> {
    let memory = cache.get(&key(number)).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
    let Some(lines) = memory.strip_prefix(program).and_then(|rest| rest.strip_prefix('\n')) else { return Vec::new() };
    lines.par_lines().filter_map(|line| entry_of(line, snapshot)).collect()
}

/// One page as it is written down: a line of JSON.
#[derive(Serialize, Deserialize)]
struct Line<'l> {
    #[serde(borrow)]
    path: Cow<'l, str>,
    stamp: Cow<'l, str>,
    judged: Cow<'l, str>,
    #[serde(borrow)]
    found: Vec<Found<'l>>,
    digest: Option<(Cow<'l, str>, Cow<'l, Digest>)>,
}

/// A finding. A path is left out where it is that of the page.
#[derive(Serialize, Deserialize)]
struct Found<'l> {
    #[serde(borrow)]
    rule: Cow<'l, str>,
    is_error: bool,
    #[serde(borrow)]
    place: KeptPlace<'l>,
    #[serde(borrow)]
    message: Cow<'l, str>,
    #[serde(borrow)]
    label: Option<Cow<'l, str>>,
    #[serde(borrow)]
    notes: Vec<(Cow<'l, str>, Option<KeptPlace<'l>>)>,
    #[serde(borrow)]
    help: Option<Cow<'l, str>>,
}

#[derive(Serialize, Deserialize)]
struct KeptPlace<'l>(usize, usize, #[serde(borrow)] Option<Cow<'l, str>>);

fn line_of(path: &SourcePath, mark: &Mark, entry: &Entry) -> String {
    let place = |place: &'_ Place| KeptPlace(place.start, place.end, (place.path != *path).then(|| place.path.to_string().into()));
    let found = |finding: &'_ Diagnostic| Found {
        rule: finding.rule.into(),
        is_error: finding.severity == Severity::Error,
        place: place(&finding.place),
        message: finding.message.to_string().into(),
        label: finding.label.as_ref().map(|label| label.to_string().into()),
        notes: finding.notes.iter().map(|note| (note.message.to_string().into(), note.place.as_ref().map(place))).collect(),
        help: finding.help.as_ref().map(|help| help.to_string().into()),
    };
    let (judged, findings) = &entry.judged;
    let line = Line {
        path: path.as_str().into(),
        stamp: mark.stamp.to_string().into(),
        judged: judged.to_string().into(),
        found: findings.iter().map(found).collect(),
        digest: entry.digest.as_ref().map(|(fingerprint, digest)| (fingerprint.to_string().into(), Cow::Borrowed(&**digest))),
    };
    let mut line = serde_json::to_string(&line).expect("a line is numbers and texts");
    line.push('\n');
    line
}

/// Reads a line back; `None` for one of another file than stands there, and for one that could never have been written.
fn entry_of(line: &str, snapshot: &Snapshot) -> Option<(SourcePath, Mark, Entry)> {
    let line: Line<'_> = serde_json::from_str(line).ok()?;
    let path = SourcePath::new(&line.path)?;
    let stamp = Stamp::read(&mut line.stamp.split(' '))?;
    let file = snapshot.get(&path).filter(|file| file.stamp() == Some(stamp))?;
    let place = |kept: KeptPlace<'_>| {
        let KeptPlace(start, end, elsewhere) = kept;
        let path = elsewhere.map_or_else(|| Some(path.clone()), |path| SourcePath::new(&path))?;
        let text = snapshot.get(&path)?.contents.as_ref()?.text();
        text.get(start..end)?;
        Some(Place { path, start, end })
    };
    let found = |found: Found<'_>| {
        let note = |(message, at): (Cow<'_, str>, Option<KeptPlace<'_>>)| {
            let at = at.map(|at| place(at).ok_or(())).transpose().ok()?;
            Some(Note { message: message.into(), place: at })
        };
        Some(Diagnostic {
            place: place(found.place)?,
            severity: if found.is_error { Severity::Error } else { Severity::Warning },
            rule: rule_named(&found.rule)?,
            message: found.message.into(),
            label: found.label.map(Arc::from),
            notes: found.notes.into_iter().map(note).collect::<Option<_>>()?,
            help: found.help.map(Arc::from),
        })
    };
    let key = Fingerprint::parse(&line.judged)?;
    let findings: Vec<Diagnostic> = line.found.into_iter().map(found).collect::<Option<_>>()?;
    let digest = match line.digest {
        Some((fingerprint, digest)) => {
            let fingerprint = Fingerprint::parse(&fingerprint).filter(|fingerprint| *fingerprint == file.fingerprint)?;
            Some((fingerprint, Arc::new(digest.into_owned().read_back(&path))))
        }
        None => None,
    };
    let mark = Mark { stamp, judged: key, digested: digest.as_ref().map(|(fingerprint, _)| *fingerprint) };
    Some((path, mark, Entry { judged: (key, findings.into()), digest }))
}

fn rule_named(name: &str) -> Option<&'static str> {
    static NAMES: LazyLock<HashMap<&'static str, &'static str>> =
        LazyLock::new(|| registry::docs().map(|doc| (doc.name, doc.name)).collect());
    NAMES.get(name).copied()
}
