//! The only writer: outputs as they are made into a next folder, then one atomic step.
//!
//! Unchanged files keep their bytes and times, files that Sowhat did not write are kept, and only
//! files named in our own manifest are ever removed. Until [`Writer::finish`], and after any failure,
//! the live folder is as it was.

use crate::base::path::OutputPath;
use crate::output::plan::MANIFEST;
use crate::world::storage::{Live, Storage};
use crate::world::{Stamp, WorldError};
use std::collections::BTreeSet;
use std::sync::Mutex;

const MANIFEST_HEAD: &str = "# Files of this folder that Sowhat wrote and may remove.\n";

/// What publishing did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Published {
    /// New files and files with other bytes.
    pub written: usize,
    /// Files that kept their bytes and times.
    pub unchanged: usize,
    /// Files of an earlier build that are no longer made.
    pub removed: usize,
}

/// One publication in progress.
pub struct Writer<'a> {
    storage: &'a dyn Storage,
    live: Live,
    ours_before: BTreeSet<OutputPath>,
    done: Mutex<Done>,
}

#[derive(Default)]
struct Done {
    written: BTreeSet<OutputPath>,
    unchanged: BTreeSet<OutputPath>,
}

impl<'a> Writer<'a> {
    /// Takes the output folder's lock and looks at what stands there.
    pub fn begin(storage: &'a dyn Storage) -> Result<Self, WorldError> {
        storage.begin()?;
        let look = || {
            let live = storage.live()?;
            let manifest = storage.read_live(&manifest_path())?.unwrap_or_default();
            // Only the first line is a comment: a file's name may begin with `#`.
            let listed = String::from_utf8_lossy(&manifest).lines().skip(1).filter_map(OutputPath::new).collect();
            Ok((live, listed))
        };
        match look() {
            Ok((live, ours_before)) => Ok(Self { storage, live, ours_before, done: Mutex::default() }),
            Err(error) => {
                storage.abandon()?;
                Err(error)
            }
        }
    }

    /// How a file of the live folder stands there, unless it is somebody else's.
    pub fn stands(&self, path: &OutputPath) -> Option<Stamp> {
        self.live.files.get(path).copied().filter(|_| self.ours_before.contains(path))
    }

    /// Leaves a file of the live folder as it stands. May be called from many threads.
    pub fn leave(&self, path: &OutputPath) {
        self.done().unchanged.insert(path.clone());
    }

    /// Takes one output's bytes, and says how its file will stand. May be called from many threads.
    pub fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<Stamp, WorldError> {
        let same_length = self.live.files.get(path).filter(|stamp| stamp.len == bytes.len() as u64);
        if let Some(stamp) = same_length
            && self.storage.read_live(path)?.as_deref() == Some(bytes)
        {
            self.leave(path);
            return Ok(*stamp);
        }
        let stamp = self.storage.write(path, bytes)?;
        self.done().written.insert(path.clone());
        Ok(stamp)
    }

    fn done(&self) -> std::sync::MutexGuard<'_, Done> {
        self.done.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// Publishes what was put; when nothing changed, the live folder is not touched at all.
    pub fn finish(mut self) -> Result<Published, WorldError> {
        let done = std::mem::take(&mut *self.done());
        let manifest = manifest_path();
        let is_ours_now = |path: &OutputPath| done.written.contains(path) || done.unchanged.contains(path) || *path == manifest;
        let gone = self.ours_before.iter().filter(|path| !is_ours_now(path) && self.live.files.contains_key(*path));
        let published = Published { written: done.written.len(), unchanged: done.unchanged.len(), removed: gone.count() };
        let has_manifest = self.live.files.contains_key(&manifest);
        if published.written == 0 && published.removed == 0 && has_manifest {
            self.storage.abandon()?;
            return Ok(published);
        }
        let before = std::mem::take(&mut self.live);
        let outcome = self.publish(before, &done);
        if outcome.is_err() {
            // The first failure is the one to report; the next run clears what this could not.
            let _ = self.storage.abandon();
        }
        outcome.map(|()| published)
    }

    /// Throws everything away; the live folder is as it was.
    pub fn abandon(self) -> Result<(), WorldError> {
        self.storage.abandon()
    }

    fn publish(&self, before: Live, done: &Done) -> Result<(), WorldError> {
        // Looked at again: what someone put there while the site was being made is kept as well.
        let mut live = self.storage.live_again(before)?;
        let manifest_path = manifest_path();
        let is_ours = |path: &OutputPath| self.ours_before.contains(path) || done.unchanged.contains(path) || *path == manifest_path;
        let foreign: BTreeSet<&OutputPath> = live.files.keys().filter(|path| !is_ours(path)).collect();
        refuse_foreign(&foreign, &live.empty_folders, &done.written)?;
        if let Some(gone) = done.unchanged.iter().find(|path| !live.files.contains_key(*path)) {
            return Err(WorldError::new("keep", gone, "someone took it away while the site was being made; build again"));
        }
        live.files.retain(|path, _| done.unchanged.contains(path) || !is_ours(path));
        self.storage.keep(&live)?;
        let mut manifest = MANIFEST_HEAD.to_owned();
        for path in done.written.union(&done.unchanged) {
            manifest.push_str(path.as_str());
            manifest.push('\n');
        }
        self.storage.write(&manifest_path, manifest.as_bytes())?;
        self.storage.commit()
    }
}

/// What someone else put where an output belongs is not overwritten, be it a file or a folder.
fn refuse_foreign(
    files: &BTreeSet<&OutputPath>,
    empty_folders: &BTreeSet<OutputPath>,
    written: &BTreeSet<OutputPath>,
) -> Result<(), WorldError> {
    let file_names: BTreeSet<&str> = files.iter().map(|path| path.as_str()).collect();
    let folders = files.iter().copied().chain(empty_folders).flat_map(OutputPath::folders);
    let folder_names: BTreeSet<&str> = folders.chain(empty_folders.iter().map(OutputPath::as_str)).collect();
    for path in written {
        let itself = Some(path.as_str()).filter(|name| file_names.contains(name) || folder_names.contains(name));
        if let Some(taken) = itself.or_else(|| path.folders().find(|folder| file_names.contains(folder))) {
            let reason = format!("`{taken}` stands there, which Sowhat did not write; move it away or choose another output folder");
            return Err(WorldError::new("write", path, reason));
        }
    }
    Ok(())
}

fn manifest_path() -> OutputPath {
    OutputPath::new(MANIFEST).expect("a plain name")
}
