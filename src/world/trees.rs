//! Folders with all that they hold: moved into each other, carried over, removed. No link is followed.

use super::WorldError;
use rayon::prelude::*;
use std::fs::{self, DirEntry, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// What a folder holds, read to the end before anything in it is moved or removed.
pub(super) fn entries(folder: &Path) -> std::io::Result<Vec<DirEntry>> {
    fs::read_dir(folder)?.collect()
}

/// Removes a folder with all that it holds, or what stands in its place; the larger parts of it at once, for a site is
/// many small files.
pub(super) fn remove_tree(folder: &Path) -> Result<(), WorldError> {
    let folders_in = |folder: &Path| -> Vec<PathBuf> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir())).map(|entry| entry.path()).collect()
    };
    let is_folder = fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_dir());
    let parts: Vec<PathBuf> = if is_folder { folders_in(folder).iter().flat_map(|part| folders_in(part)).collect() } else { Vec::new() };
    // What cannot be removed here is tried again below, where its failure counts.
    parts.par_iter().for_each(|part| drop(fs::remove_dir_all(part)));
    match if is_folder { fs::remove_dir_all(folder) } else { fs::remove_file(folder) } {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(WorldError::new("clear away", folder.display(), error)),
        _ => Ok(()),
    }
}

/// Moves all that a folder holds into another one, over the files that stand there, and removes the folder.
///
/// A folder that the other one does not have is moved in one step.
pub(super) fn move_into(from: &Path, to: &Path) -> std::io::Result<()> {
    entries(from)?.par_iter().try_for_each(|entry| {
        let target = to.join(entry.file_name());
        match fs::rename(entry.path(), &target) {
            Err(error) if matches!(error.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists) => {
                move_into(&entry.path(), &target)
            }
            moved => moved,
        }
    })?;
    fs::remove_dir(from)
}

/// Carries a file or a link over: as a second name where the disk has such, and otherwise as a copy.
pub(super) fn link_or_copy(source: &Path, target: &Path) -> std::io::Result<()> {
    match fs::hard_link(source, target) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::AlreadyExists) => Err(error),
        Err(_) => copy_with_times(source, target),
        Ok(()) => Ok(()),
    }
}

fn copy_with_times(source: &Path, target: &Path) -> std::io::Result<()> {
    let metadata = fs::symlink_metadata(source)?;
    if metadata.is_symlink() {
        return copy_link(source, target);
    }
    // A file that stands there may be another name of a file that is published: it is never opened.
    match fs::remove_file(target) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
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

/// Makes a rename itself durable; a file system that cannot is no reason to fail.
pub(super) fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}
