//! The door for writing: a live folder, a next one beside it, and one atomic step between them.
//!
//! Everything is written into the next folder; [`Storage::commit`] exchanges the two. Whenever the
//! process dies, the live folder is the old one or the new one, whole.

use super::disk::stamp_of;
use super::{Stamp, WorldError};
use crate::base::path::OutputPath;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// Where a site's output is written.
pub trait Storage: Send + Sync {
    /// Takes the lock, clears what a killed run left behind, and makes an empty next folder.
    fn begin(&self) -> Result<(), WorldError>;

    /// What stands in the live folder.
    fn live(&self) -> Result<Live, WorldError>;

    /// The bytes of a live file, or `None` if it is not there.
    fn read_live(&self, path: &OutputPath) -> Result<Option<Vec<u8>>, WorldError>;

    /// Writes a file into the next folder; its stamp there is the one that it will have.
    fn write(&self, path: &OutputPath, bytes: &[u8]) -> Result<Stamp, WorldError>;

    /// Takes a live file over into the next folder: same bytes, same times.
    fn keep(&self, path: &OutputPath) -> Result<(), WorldError>;

    /// Makes a folder in the next folder that holds nothing.
    fn keep_folder(&self, path: &OutputPath) -> Result<(), WorldError>;

    /// Makes the next folder the live one, in one step, and clears the old one away.
    fn commit(&self) -> Result<(), WorldError>;

    /// Throws the next folder away; the live one is as it was.
    fn abandon(&self) -> Result<(), WorldError>;
}

/// What stands in a live folder, whoever put it there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Live {
    /// Every file with its stamp; links count as files.
    pub files: BTreeMap<OutputPath, Stamp>,
    /// The folders that hold nothing: never ours, but some tools need theirs (`.git/refs`).
    pub empty_folders: BTreeSet<OutputPath>,
}

/// A folder of the disk as a [`Storage`].
#[derive(Debug)]
pub struct DiskStorage {
    live: PathBuf,
    next: PathBuf,
    /// Where the old folder stands between two renames, on file systems that cannot exchange.
    aside: PathBuf,
    /// Holds the lock on the parent folder for as long as the storage lives.
    lock: std::sync::Mutex<Option<File>>,
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
        let (next, aside) = (beside("next"), beside("old"));
        Ok(Self { live, next, aside, lock: std::sync::Mutex::new(None) })
    }

    /// Ends what was begun, from any thread: whatever is written from now on, nothing is published.
    pub fn give_up(&self) {
        let mut lock = self.lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if lock.is_some() {
            // What other threads still write, the next run clears.
            let _ = remove_tree(&self.next);
            *lock = None;
        }
    }

    fn parent(&self) -> &Path {
        self.live.parent().unwrap_or(&self.live)
    }

    /// Makes something in the next folder, and the folders above it if they are not there yet.
    ///
    /// Most files stand beside another one, so the attempt comes first and costs nothing more.
    fn in_next<T>(&self, path: &OutputPath, make: impl Fn(&Path) -> std::io::Result<T>) -> std::io::Result<T> {
        let target = self.next.join(path.as_str());
        match make(&target) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(target.parent().unwrap_or(&self.next))?;
                make(&target)
            }
            made => made,
        }
    }

    /// What stands in a folder and below it; folders side by side are looked at at once.
    fn collect(folder: &Path, prefix: &str) -> Result<Live, WorldError> {
        let failed = |error| WorldError::new("list", folder.display(), error);
        let mut live = Live::default();
        let mut folders = Vec::new();
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.file_name().to_str().and_then(|name| OutputPath::new(&format!("{prefix}{name}")));
            let Some(path) = path else {
                let shown = entry.path().display().to_string();
                return Err(WorldError::new("keep", shown.escape_debug(), "its name is not plain text; move it out of the output folder"));
            };
            if entry.file_type().map_err(failed)?.is_dir() {
                folders.push((entry.path(), path));
            } else {
                live.files.insert(path, stamp_of(&entry.metadata().map_err(failed)?));
            }
        }
        let look = |(folder, path): &(PathBuf, OutputPath)| Self::collect(folder, &format!("{path}/"));
        let below: Vec<Result<Live, WorldError>> = folders.par_iter().map(look).collect();
        for (below, (_, path)) in below.into_iter().zip(folders) {
            let below = below?;
            if below.files.is_empty() && below.empty_folders.is_empty() {
                live.empty_folders.insert(path);
            }
            live.files.extend(below.files);
            live.empty_folders.extend(below.empty_folders);
        }
        Ok(live)
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
        *self.lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(folder);
        self.recover()?;
        remove_tree(&self.next)?;
        fs::create_dir(&self.next).map_err(|error| WorldError::new("make the folder", self.next.display(), error))
    }

    fn live(&self) -> Result<Live, WorldError> {
        if self.live.is_dir() { Self::collect(&self.live, "") } else { Ok(Live::default()) }
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
            let mut file = File::create(target)?;
            file.write_all(bytes)?;
            Ok(stamp_of(&file.metadata()?))
        };
        self.in_next(path, write).map_err(|error| WorldError::new("write", self.live.join(path.as_str()).display(), error))
    }

    fn keep(&self, path: &OutputPath) -> Result<(), WorldError> {
        let source = self.live.join(path.as_str());
        let link = |target: &Path| match fs::hard_link(&source, target) {
            Err(error) if error.kind() == ErrorKind::NotFound => Err(error),
            Err(_) => copy_with_times(&source, target),
            Ok(()) => Ok(()),
        };
        self.in_next(path, link).map_err(|error| WorldError::new("keep", source.display(), error))
    }

    fn keep_folder(&self, path: &OutputPath) -> Result<(), WorldError> {
        let target = self.next.join(path.as_str());
        fs::create_dir_all(&target).map_err(|error| WorldError::new("keep", self.live.join(path.as_str()).display(), error))
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
        let mut lock = self.lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if lock.is_none() {
            return Err(WorldError::new("replace", self.live.display(), "the run was given up"));
        }
        if self.live.exists() {
            exchange(self).map_err(failed)?;
            sync_folder(self.parent());
            // The site is published: what of the old one cannot be cleared now, the next run clears.
            let _ = remove_tree(&self.next);
        } else {
            fs::rename(&self.next, &self.live).map_err(failed)?;
            sync_folder(self.parent());
        }
        *lock = None;
        Ok(())
    }

    fn abandon(&self) -> Result<(), WorldError> {
        remove_tree(&self.next)?;
        *self.lock.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = None;
        Ok(())
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

/// Removes a folder with all that it holds; its larger parts at once, for a site is many small files.
fn remove_tree(folder: &Path) -> Result<(), WorldError> {
    let folders_in = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).collect()
    };
    let is_folder = fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_dir());
    let parts: Vec<PathBuf> = if is_folder { folders_in(folder).iter().flat_map(|part| folders_in(part)).collect() } else { Vec::new() };
    // What cannot be removed here is tried again below, where its failure counts.
    parts.par_iter().for_each(|part| drop(fs::remove_dir_all(part)));
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(WorldError::new("clear away", folder.display(), error)),
        _ => Ok(()),
    }
}

fn copy_with_times(source: &Path, target: &Path) -> std::io::Result<()> {
    let metadata = fs::symlink_metadata(source)?;
    if metadata.is_symlink() {
        return copy_link(source, target);
    }
    fs::copy(source, target)?;
    let times = fs::FileTimes::new().set_modified(metadata.modified()?);
    File::options().write(true).open(target)?.set_times(times)
}

#[cfg(unix)]
fn copy_link(source: &Path, target: &Path) -> std::io::Result<()> {
    std::os::unix::fs::symlink(fs::read_link(source)?, target)
}

#[cfg(not(unix))]
fn copy_link(source: &Path, target: &Path) -> std::io::Result<()> {
    fs::copy(source, target).map(|_| ())
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

/// Makes the rename itself durable; a file system that cannot is no reason to fail.
fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
