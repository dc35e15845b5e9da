//! The spare: the folder that was published before the one that is now, kept to become the next one.
//!
//! Most of its files are second names of files that are published. So nothing in it is ever opened for writing, and
//! nothing in it is trusted: what is not one of the very files that are to be kept is gone before it is used.

use super::disk::stamp_of;
use super::live::{Live, is_plain_disk};
use super::own_folder::{OWN_FOLDER, hide, is_folder_or_absent};
use super::trees::{entries, remove_tree};
use crate::base::fingerprint::Fingerprint;
use rayon::prelude::*;
use std::collections::HashSet;
use std::fs::{self, DirEntry, Metadata};
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

/// Where the spare of one output folder is put by: `.sowhat/spare/`, which holds one spare at a time.
///
/// Builds of one site into several folders share it, each with a lock of its own. So whatever stands there is taken
/// by one rename before it is touched: who gets it has it.
#[derive(Debug)]
pub(super) struct Shelf {
    own: PathBuf,
    folder: PathBuf,
    /// Named by the output folder that it belongs to.
    place: PathBuf,
    /// What is about to be removed: nobody takes a spare from here.
    gone: PathBuf,
    live: PathBuf,
}

/// What the name of a spare ends in while it is removed.
const GONE: &str = ".gone";

impl Shelf {
    /// The place for the spare of `live`; `None` where there can be none.
    ///
    /// Without a file's identity nothing proves that two names are one file.
    pub fn new(live: &Path, site: &Path) -> Option<Self> {
        let own = site.join(OWN_FOLDER);
        let folder = own.join("spare");
        let name = Fingerprint::of(live.as_os_str().as_encoded_bytes()).to_string();
        let (place, gone) = (folder.join(&name), folder.join(name + GONE));
        (cfg!(unix) && !live.starts_with(&own)).then_some(Self { own, folder, place, gone, live: live.to_owned() })
    }

    /// Moves the spare to `to`, where nothing stands; false if there is none.
    ///
    /// Nor is it taken where somebody's disk stands in the live folder: a file there may have the number of one of ours.
    pub fn take(&self, to: &Path) -> bool {
        if !self.is_ours() || holds_mount(&self.live) || fs::rename(&self.place, to).is_err() {
            return false;
        }
        let is_folder = fs::symlink_metadata(to).is_ok_and(|metadata| metadata.is_dir());
        if !is_folder {
            // A file or a link that somebody planted: what it leads to is not touched.
            let _ = fs::remove_file(to);
        }
        is_folder
    }

    /// Puts a folder by as the spare, in the place of any other; an error leaves it where it is.
    pub fn put(&self, tree: &Path) -> std::io::Result<()> {
        if !fs::symlink_metadata(tree)?.is_dir() || !self.is_ours() {
            return Err(Error::from(ErrorKind::NotADirectory));
        }
        // Not its parents: where there is no site, there is no spare.
        for folder in [&self.own, &self.folder] {
            match fs::create_dir(folder) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                _ => {}
            }
        }
        hide(&self.own)?;
        self.clear(&self.place);
        fs::rename(tree, &self.place)?;
        // The names that we give, and no others: other folders' spares, and what a killed run has not removed.
        let is_other = |name: &str| Fingerprint::parse(name.strip_suffix(GONE).unwrap_or(name)).is_some() && !self.place.ends_with(name);
        let others = entries(&self.folder).unwrap_or_default();
        others.iter().filter(|entry| entry.file_name().to_str().is_some_and(is_other)).for_each(|entry| self.clear(&entry.path()));
        Ok(())
    }

    /// Removes what stands on the shelf. Another build may take it at this moment: then it is not removed from under it.
    fn clear(&self, spare: &Path) {
        let _ = remove_tree(&self.gone);
        if fs::rename(spare, &self.gone).is_ok() {
            let _ = remove_tree(&self.gone);
        }
    }

    /// False when a folder on the way is a link or a file, or when somebody's disk stands in it.
    fn is_ours(&self) -> bool {
        is_folder_or_absent(&self.own) && is_folder_or_absent(&self.folder) && !holds_mount(&self.folder)
    }
}

/// True if something is mounted below a folder: what is removed there would be lost elsewhere.
#[cfg(target_os = "linux")]
fn holds_mount(folder: &Path) -> bool {
    let mounts = fs::read("/proc/self/mountinfo").unwrap_or_default();
    let mounts = String::from_utf8_lossy(&mounts);
    // Blanks and backslashes in a path are written as octal numbers.
    let plain = |path: &str| path.replace("\\040", " ").replace("\\011", "\t").replace("\\012", "\n").replace("\\134", "\\");
    mounts.lines().filter_map(|line| line.split(' ').nth(4)).any(|path| Path::new(&plain(path)).starts_with(folder))
}

#[cfg(not(target_os = "linux"))]
fn holds_mount(_folder: &Path) -> bool {
    false
}

/// Brings a spare as far up to date as it can be without adding to it: what is not one of the files of `live`, under
/// its name, is removed. Gives the files that stand.
///
/// `fresh` is a folder that was made just now: one of the spare that somebody else owns, or that others may enter than
/// may enter a new one, is removed with all that it holds.
pub(super) fn prune(spare: &Path, live: &Live, fresh: &Path) -> std::io::Result<HashSet<String>> {
    let paths = live.files.keys().flat_map(|path| path.folders()).chain(live.empty_folders.iter().flat_map(|path| path.folders()));
    let folders: HashSet<&str> = paths.chain(live.empty_folders.iter().map(|path| path.as_str())).collect();
    let fresh = Nature::of(&fs::symlink_metadata(fresh)?);
    let pruning = Pruning { live, folders, fresh, names_tell: is_plain_disk(spare) };
    if !pruning.is_as_new(&fs::symlink_metadata(spare)?) {
        return Err(Error::from(ErrorKind::PermissionDenied));
    }
    Ok(pruning.folder(spare, "")?.into_iter().collect())
}

/// One walk through a spare.
struct Pruning<'a> {
    live: &'a Live,
    /// The folders that will hold something, or are to be there though they hold nothing.
    folders: HashSet<&'a str>,
    fresh: Nature,
    /// What a folder says of a name is true: which file it is.
    names_tell: bool,
}

impl Pruning<'_> {
    /// The files that stand in a folder and below it; folders side by side are looked at at once.
    fn folder(&self, folder: &Path, prefix: &str) -> std::io::Result<Vec<String>> {
        let mut standing = Vec::new();
        let mut folders = Vec::new();
        for entry in entries(folder)? {
            let path = entry.file_name().to_str().map(|name| format!("{prefix}{name}"));
            if path.as_deref().is_some_and(|path| self.is_named(path, &entry)) {
                standing.extend(path);
                continue;
            }
            // Of the entry itself: a link is not followed.
            let metadata = entry.metadata()?;
            match path {
                Some(path) if metadata.is_dir() && self.folders.contains(&*path) && self.is_as_new(&metadata) => {
                    folders.push((entry.path(), path));
                }
                Some(path) if !metadata.is_dir() && self.is_kept(&path, &metadata) => standing.push(path),
                _ if metadata.is_dir() => remove_tree(&entry.path()).map_err(|error| Error::other(error.to_string()))?,
                _ => fs::remove_file(entry.path())?,
            }
        }
        let below = folders.par_iter().map(|(folder, path)| self.folder(folder, &format!("{path}/")));
        let below: Vec<std::io::Result<Vec<String>>> = below.collect();
        for below in below {
            standing.extend(below?);
        }
        Ok(standing)
    }

    /// True for a second name of the live file of this path, by word of the folder alone: nothing is mounted here, so
    /// it is on the folder's disk, and one file has one length and time.
    #[cfg(unix)]
    fn is_named(&self, path: &str, entry: &DirEntry) -> bool {
        let identity = std::os::unix::fs::DirEntryExt::ino(entry);
        self.names_tell && self.live.files.get(path).is_some_and(|stamp| stamp.identity == identity)
    }

    #[cfg(not(unix))]
    fn is_named(&self, _path: &str, _entry: &DirEntry) -> bool {
        false
    }

    /// The same, by a look at the file.
    fn is_kept(&self, path: &str, metadata: &Metadata) -> bool {
        self.live.files.get(path) == Some(&stamp_of(metadata)) && Nature::of(metadata).device == self.fresh.device
    }

    fn is_as_new(&self, metadata: &Metadata) -> bool {
        metadata.is_dir() && Nature::of(metadata) == self.fresh
    }
}

/// What tells a folder from one that we would make in its place.
#[derive(Debug, PartialEq, Eq, Default)]
struct Nature {
    device: u64,
    owner: (u32, u32),
    mode: u32,
}

impl Nature {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        Self { device: metadata.dev(), owner: (metadata.uid(), metadata.gid()), mode: metadata.mode() }
    }

    #[cfg(not(unix))]
    fn of(_metadata: &Metadata) -> Self {
        Self::default()
    }
}
