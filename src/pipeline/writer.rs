//! The only writer: outputs as they are made into a next folder, then one atomic step.
//!
//! Unchanged files keep their bytes and times, files that Sowhat did not write are kept, and only
//! files named in our own manifest are ever removed. Until [`Writer::finish`], and after any failure,
//! the live folder is as it was.

use crate::base::path::OutputPath;
use crate::world::WorldError;
use crate::world::storage::Storage;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

/// The list of files that Sowhat wrote, kept in the output folder.
const MANIFEST: &str = ".sowhat-manifest";
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
    live: BTreeMap<OutputPath, u64>,
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
            let live = storage.live_files()?;
            let manifest = storage.read_live(&manifest_path())?.unwrap_or_default();
            let listed =
                String::from_utf8_lossy(&manifest).lines().filter(|line| !line.starts_with('#')).filter_map(OutputPath::new).collect();
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

    /// Takes one output's bytes. May be called from many threads.
    pub fn put(&self, path: &OutputPath, bytes: &[u8]) -> Result<(), WorldError> {
        let same_length = self.live.get(path) == Some(&(bytes.len() as u64));
        let unchanged = same_length && self.storage.read_live(path)?.as_deref() == Some(bytes);
        if !unchanged {
            self.refuse_foreign(path)?;
            self.storage.write(path, bytes)?;
        }
        let mut done = self.done.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if unchanged {
            done.unchanged.insert(path.clone())
        } else {
            done.written.insert(path.clone())
        };
        Ok(())
    }

    /// Publishes what was put; when nothing changed, the live folder is not touched at all.
    pub fn finish(self) -> Result<Published, WorldError> {
        let done = std::mem::take(&mut *self.done.lock().unwrap_or_else(std::sync::PoisonError::into_inner));
        let manifest = manifest_path();
        let is_ours_now = |path: &OutputPath| done.written.contains(path) || done.unchanged.contains(path) || *path == manifest;
        let gone = self.ours_before.iter().filter(|path| self.live.contains_key(*path) && !is_ours_now(path));
        let published = Published { written: done.written.len(), unchanged: done.unchanged.len(), removed: gone.count() };
        let has_manifest = self.live.contains_key(&manifest);
        if published.written == 0 && published.removed == 0 && has_manifest {
            self.storage.abandon()?;
            return Ok(published);
        }
        let outcome = self.publish(&done, is_ours_now);
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

    fn publish(&self, done: &Done, is_ours_now: impl Fn(&OutputPath) -> bool) -> Result<(), WorldError> {
        for path in self.live.keys() {
            let is_foreign = !self.ours_before.contains(path) && !is_ours_now(path);
            if is_foreign || done.unchanged.contains(path) {
                self.storage.keep(path)?;
            }
        }
        let mut manifest = MANIFEST_HEAD.to_owned();
        let ours: BTreeSet<&OutputPath> = done.written.iter().chain(&done.unchanged).collect();
        for path in ours {
            manifest.push_str(path.as_str());
            manifest.push('\n');
        }
        self.storage.write(&manifest_path(), manifest.as_bytes())?;
        self.storage.commit()
    }

    /// A file that someone else put where an output belongs is not overwritten.
    fn refuse_foreign(&self, path: &OutputPath) -> Result<(), WorldError> {
        let is_foreign = self.live.contains_key(path) && !self.ours_before.contains(path);
        match is_foreign {
            true => Err(WorldError::new(
                "write",
                path,
                "a file that Sowhat did not write stands there; move it away or choose another output folder",
            )),
            false => Ok(()),
        }
    }
}

fn manifest_path() -> OutputPath {
    OutputPath::new(MANIFEST).expect("a plain name")
}
