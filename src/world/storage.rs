//! The door for writing: a live folder, a next one beside it, and one atomic step between them.
//!
//! Everything is written into the next folder; [`Storage::commit`] exchanges the two. Whenever the
//! process dies, the live folder is the old one or the new one, whole. The one that was live before
//! is put by as a spare, so that the build after has little to do where little has changed.

use super::disk::stamp_of;
pub use super::live::{Ahead, Live};
use super::spare::{self, Shelf};
use super::trees::{link_or_copy, move_into, remove_tree, sync_folder};
use super::{Stamp, WorldError};
use crate::base::path::OutputPath;
use rayon::prelude::*;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Where a site's output is written.
pub trait Storage: Send + Sync {
    /// Takes the lock, clears what a killed run left behind, and makes an empty next folder.
    fn begin(&self) -> Result<(), WorldError>;

    /// What stands in the live folder.
    fn live(&self) -> Result<Live, WorldError>;

    /// What stands there now, with what it was a while ago. A file that was written to in place since may have the
    /// stamp that it had.
    fn live_again(&self, before: Live) -> Result<Live, WorldError>;

    /// The bytes of a live file, or `None` if it is not there.
    fn read_live(&self, path: &OutputPath) -> Result<Option<Vec<u8>>, WorldError>;

    /// Writes a new file into the next folder; its stamp there is the one that it will have.
    fn write(&self, path: &OutputPath, bytes: &[u8]) -> Result<Stamp, WorldError>;

    /// Takes these of the live files over into the next folder, beside what was written: same bytes, same times.
    /// Folders that hold nothing are made there.
    fn keep(&self, kept: &Live) -> Result<(), WorldError>;

    /// Makes the next folder the live one, in one step, and puts the old one by or clears it away.
    fn commit(&self) -> Result<(), WorldError>;

    /// Throws the next folder away; the live one is as it was.
    fn abandon(&self) -> Result<(), WorldError>;
}

/// A folder of the disk as a [`Storage`].
#[derive(Debug)]
pub struct DiskStorage {
    live: PathBuf,
    next: PathBuf,
    /// Where the old folder stands between two renames, on file systems that cannot exchange.
    aside: PathBuf,
    /// Where the spare stands while it becomes the next folder.
    renewed: PathBuf,
    shelf: Option<Shelf>,
    /// Holds the lock on the parent folder for as long as the storage lives.
    lock: Mutex<Option<File>>,
    /// A look at the live folder that was begun before this.
    ahead: Mutex<Option<Ahead>>,
}

impl DiskStorage {
    /// Prepares to write `output`, a folder that need not exist yet; its parents are made.
    ///
    /// `site` is the site's root: an output folder that would swallow it, or that is one of its
    /// source folders, is refused. So is one that a symbolic link inside the site leads to: the link
    /// came with the site, and who builds a site that others wrote has not asked to write there.
    pub fn new(output: &Path, site: &Path) -> Result<Self, WorldError> {
        let refuse = |reason: &str| WorldError::new("write to", output.display(), reason);
        let live = resolve(output).map_err(|error| WorldError::new("write to", output.display(), error))?;
        let (Some(parent), Some(name)) = (live.parent(), live.file_name()) else {
            return Err(refuse("the output cannot be the root of the disk"));
        };
        let sources = ["content", "templates", "static", "themes", "data", "i18n"].map(|folder| site.join(folder));
        if site.starts_with(&live) || sources.iter().any(|source| live.starts_with(source)) {
            return Err(refuse("the output would overwrite the site's own files; name a folder of its own"));
        }
        if is_led_away(output, site, &live) {
            return Err(refuse("a symbolic link in the site leads elsewhere; name the folder itself with `--output-dir`"));
        }
        if live.exists() && !live.is_dir() {
            return Err(refuse("it is a file, not a folder"));
        }
        fs::create_dir_all(parent).map_err(|error| WorldError::new("make the folder", parent.display(), error))?;
        let beside = |what: &str| parent.join(format!(".{}.sowhat-{what}", name.to_string_lossy()));
        let (next, aside, renewed) = (beside("next"), beside("old"), beside("spare"));
        let shelf = Shelf::new(&live, site);
        Ok(Self { live, next, aside, renewed, shelf, lock: Mutex::default(), ahead: Mutex::default() })
    }

    /// Takes over a look at the output folder that was begun before, if one was: the first question for what stands
    /// there is answered with it, as long as it holds.
    pub fn with(self, ahead: Option<Ahead>) -> Self {
        Self { ahead: Mutex::new(ahead), ..self }
    }

    /// Ends what was begun, from any thread: whatever is written from now on, nothing is published.
    pub fn give_up(&self) {
        // What other threads still write, the next run clears.
        let _ = self.abandon();
    }

    /// The lock on the parent folder; nobody gives up while it is held.
    fn lock(&self) -> MutexGuard<'_, Option<File>> {
        self.lock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn parent(&self) -> &Path {
        self.live.parent().unwrap_or(&self.live)
    }

    /// Brings the spare up to date for what is kept: gives the files that stand in it, or `None` if there is no spare.
    fn renew(&self, kept: &Live) -> Option<HashSet<String>> {
        let is_taken = self.shelf.as_ref().is_some_and(|shelf| shelf.take(&self.renewed));
        if !is_taken {
            return None;
        }
        let standing = spare::prune(&self.renewed, kept, &self.next);
        if standing.is_err() {
            // It was only a spare. What of it cannot be cleared now, the next run clears.
            let _ = remove_tree(&self.renewed);
        }
        standing.ok()
    }

    /// Puts a folder by as the spare; where that cannot be, it is removed.
    fn put_by(&self, folder: &Path) -> Result<(), WorldError> {
        let is_put = self.shelf.as_ref().is_some_and(|shelf| shelf.put(folder).is_ok());
        if is_put { Ok(()) } else { remove_tree(folder) }
    }

    /// Clears the next folder away, and puts the spare back.
    fn clear(&self) -> Result<(), WorldError> {
        remove_tree(&self.next)?;
        if fs::symlink_metadata(&self.renewed).is_ok() { self.put_by(&self.renewed) } else { Ok(()) }
    }

    /// A run that was killed between two renames left the old folder aside: it goes back.
    fn recover(&self) -> Result<(), WorldError> {
        if self.aside.is_dir() && !self.live.exists() {
            return fs::rename(&self.aside, &self.live).map_err(|error| WorldError::new("restore", self.live.display(), error));
        }
        remove_tree(&self.aside)
    }
}

impl Storage for DiskStorage {
    fn begin(&self) -> Result<(), WorldError> {
        let parent = self.parent();
        let failed = |error: std::io::Error| WorldError::new("lock", parent.display(), error);
        let folder = File::open(parent).map_err(failed)?;
        // A second build into the same folder waits here for the first one to end.
        lock(&folder).map_err(failed)?;
        *self.lock() = Some(folder);
        self.recover()?;
        self.clear()?;
        fs::create_dir(&self.next).map_err(|error| WorldError::new("make the folder", self.next.display(), error))
    }

    fn live(&self) -> Result<Live, WorldError> {
        let ahead = self.ahead.lock().unwrap_or_else(PoisonError::into_inner).take();
        ahead.and_then(|ahead| ahead.live(&self.live)).map_or_else(|| Live::list(&self.live), Ok)
    }

    fn live_again(&self, before: Live) -> Result<Live, WorldError> {
        if before.is_as_listed() { Ok(before) } else { self.live() }
    }

    fn read_live(&self, path: &OutputPath) -> Result<Option<Vec<u8>>, WorldError> {
        let file = self.live.join(path.as_str());
        match fs::symlink_metadata(&file).map(|metadata| metadata.is_file()) {
            Ok(true) => fs::read(&file).map(Some).map_err(|error| WorldError::new("read", file.display(), error)),
            Ok(false) => Ok(None),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(WorldError::new("read", file.display(), error)),
        }
    }

    fn write(&self, path: &OutputPath, bytes: &[u8]) -> Result<Stamp, WorldError> {
        let write = |target: &Path| {
            let mut file = File::options().write(true).create_new(true).open(target)?;
            file.write_all(bytes)?;
            Ok(stamp_of(&file.metadata()?))
        };
        make_at(&self.next.join(path.as_str()), write)
            .map_err(|error| WorldError::new("write", self.live.join(path.as_str()).display(), error))
    }

    fn keep(&self, kept: &Live) -> Result<(), WorldError> {
        // Held to the end: nobody gives up while folders change their names.
        let lock = self.lock();
        if lock.is_none() {
            return Err(WorldError::new("keep", self.live.display(), GIVEN_UP));
        }
        let standing = self.renew(kept);
        let folder = if standing.is_some() { &self.renewed } else { &self.next };
        let stands = |path: &OutputPath| standing.as_ref().is_some_and(|standing| standing.contains(path.as_str()));
        let missing: Vec<&OutputPath> = kept.files.keys().filter(|path| !stands(path)).collect();
        let failed = |path: &OutputPath, error| WorldError::new("keep", self.live.join(path.as_str()).display(), error);
        missing.par_iter().try_for_each(|path| {
            let source = self.live.join(path.as_str());
            make_at(&folder.join(path.as_str()), |target| link_or_copy(&source, target)).map_err(|error| failed(path, error))
        })?;
        for path in &kept.empty_folders {
            fs::create_dir_all(folder.join(path.as_str())).map_err(|error| failed(path, error))?;
        }
        if standing.is_some() {
            let renewed = move_into(&self.next, &self.renewed).and_then(|()| fs::rename(&self.renewed, &self.next));
            renewed.map_err(|error| WorldError::new("write", self.live.display(), error))?;
        }
        Ok(())
    }

    fn commit(&self) -> Result<(), WorldError> {
        let failed = |error: std::io::Error| {
            WorldError::new(
                "replace",
                self.live.display(),
                format!("{error}; the output folder must stand on the same disk as its parent and not be mounted itself"),
            )
        };
        // Held to the end: nobody gives up between the two steps.
        let mut lock = self.lock();
        if lock.is_none() {
            return Err(WorldError::new("replace", self.live.display(), GIVEN_UP));
        }
        if self.live.exists() {
            exchange(self).map_err(failed)?;
            sync_folder(self.parent());
            // The site is published: what of the old one cannot be cleared now, the next run clears.
            let _ = self.put_by(&self.next);
        } else {
            fs::rename(&self.next, &self.live).map_err(failed)?;
            sync_folder(self.parent());
        }
        *lock = None;
        Ok(())
    }

    fn abandon(&self) -> Result<(), WorldError> {
        let mut lock = self.lock();
        // What was given up is cleared away; another build may have begun since.
        match lock.take() {
            Some(_held) => self.clear(),
            None => Ok(()),
        }
    }
}

/// Why nothing is published after [`DiskStorage::give_up`].
const GIVEN_UP: &str = "the run was given up";

/// Makes a new file at a path, and the folders above it if they are not there yet.
///
/// Most files stand beside another one, so the attempt comes first and costs nothing more. What stands there is removed:
/// it may be another name of a live file, which is never opened for writing.
fn make_at<T>(target: &Path, make: impl Fn(&Path) -> std::io::Result<T>) -> std::io::Result<T> {
    match make(target) {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(target.parent().unwrap_or(target))?;
            make(target)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::remove_file(target)?;
            make(target)
        }
        made => made,
    }
}

/// True if the way to `output` goes through the site's root and a symbolic link below it.
fn is_led_away(output: &Path, site: &Path, live: &Path) -> bool {
    let Ok(asked) = std::path::absolute(output) else { return false };
    let below = asked.ancestors().find(|folder| folder.canonicalize().is_ok_and(|real| real == site));
    let below = below.and_then(|root| asked.strip_prefix(root).ok());
    let is_plain = |below: &&Path| below.components().all(|part| matches!(part, std::path::Component::Normal(_)));
    below.filter(is_plain).is_some_and(|below| live != site.join(below))
}

/// The real path of a folder that need not exist: its nearest existing parent resolved.
fn resolve(path: &Path) -> std::io::Result<PathBuf> {
    if let Ok(real) = path.canonicalize() {
        return Ok(real);
    }
    if fs::symlink_metadata(path).is_ok() {
        return Err(std::io::Error::new(ErrorKind::NotFound, "it is a symbolic link that leads nowhere"));
    }
    let absolute = std::path::absolute(path)?;
    match (absolute.parent(), absolute.file_name()) {
        (Some(parent), Some(name)) => Ok(resolve(parent)?.join(name)),
        _ => Ok(absolute),
    }
}

#[cfg(unix)]
fn lock(folder: &File) -> std::io::Result<()> {
    rustix::fs::flock(folder, rustix::fs::FlockOperation::LockExclusive).map_err(Into::into)
}

#[cfg(not(unix))]
fn lock(_folder: &File) -> std::io::Result<()> {
    Ok(())
}

#[cfg(any(target_os = "linux", target_os = "macos"))]
fn exchange(storage: &DiskStorage) -> std::io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    match renameat_with(CWD, &storage.next, CWD, &storage.live, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(()),
        Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::NOTSUP) => exchange_in_two_steps(storage),
        Err(error) => Err(error.into()),
    }
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn exchange(storage: &DiskStorage) -> std::io::Result<()> {
    exchange_in_two_steps(storage)
}

/// For file systems that cannot exchange: between the two renames there is no live folder, never a
/// mix, and the next run puts the old one back if this one dies there.
fn exchange_in_two_steps(storage: &DiskStorage) -> std::io::Result<()> {
    let DiskStorage { live, next, aside, .. } = storage;
    fs::rename(live, aside)?;
    if let Err(error) = fs::rename(next, live) {
        fs::rename(aside, live)?;
        return Err(error);
    }
    fs::rename(aside, next)
}
