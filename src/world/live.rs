//! What stands in the live folder, whoever put it there: listed whole once, and looked over again.

use super::disk::stamp_of;
use super::times::{TICK, changed_at, now};
use super::{Stamp, WorldError};
use crate::base::path::OutputPath;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

/// What stands in a live folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Live {
    /// Every file with its stamp; links count as files.
    pub files: BTreeMap<OutputPath, Stamp>,
    /// The folders that hold nothing: never ours, but some tools need theirs (`.git/refs`).
    pub empty_folders: BTreeSet<OutputPath>,
    /// Every folder, as it was before it was listed; none where folders do not tell of what changes in them.
    folders: Vec<(PathBuf, Moment)>,
}

impl Live {
    /// Lists a folder and all below it; nothing stands in one that is not there.
    pub(super) fn list(folder: &Path) -> Result<Self, WorldError> {
        if !folder.is_dir() {
            return Ok(Self::default());
        }
        let began = now();
        let failed = |error| WorldError::new("list", folder.display(), error);
        let mut standing = Standing::default();
        standing.folders.push((folder.to_owned(), Moment::of(&fs::symlink_metadata(folder).map_err(failed)?)));
        standing.extend(Standing::list(folder, "")?);
        // Put in order once, at the end: on the way up each file would be looked for its place again.
        let Standing { files, empty_folders, mut folders } = standing;
        let disk = folders[0].1.identity.0;
        if !is_plain_disk(folder) || !folders.iter().all(|(_, moment)| moment.identity.0 == disk && moment.is_before(began)) {
            folders.clear();
        }
        Ok(Self { files: files.into_iter().collect(), empty_folders: empty_folders.into_iter().collect(), folders })
    }

    /// True if this is the list of `folder`, and as [`Live::is_as_listed`].
    fn is_still_of(&self, folder: &Path) -> bool {
        self.folders.first().is_some_and(|(root, _)| root == folder) && self.is_as_listed()
    }

    /// True if nothing has come, gone or been put in another's place since the folder was listed; false when in doubt.
    ///
    /// Whatever is done to a name moves the times of its folder, of which one cannot be set back. What is written into
    /// a file that stands moves none: the stamps are those of the listing.
    pub(super) fn is_as_listed(&self) -> bool {
        let stands = |(folder, moment): &(PathBuf, Moment)| fs::symlink_metadata(folder).is_ok_and(|now| Moment::of(&now) == *moment);
        !self.folders.is_empty() && self.folders.par_iter().all(stands)
    }
}

/// A look at an output folder that was begun before anybody knew whether something will be written there. It changes
/// nothing and refuses nothing: what it could not see is looked for in its time.
#[derive(Debug)]
pub struct Ahead(JoinHandle<Option<Live>>);

impl Ahead {
    /// Begins to look at a folder, which need not be there, beside whatever else is done.
    pub fn look(folder: &Path) -> Self {
        let folder = folder.to_owned();
        Self(std::thread::spawn(move || Live::list(&folder.canonicalize().ok()?).ok()))
    }

    /// What stands in `folder`, if it was looked at and nothing has come or gone since.
    pub(super) fn live(self, folder: &Path) -> Option<Live> {
        self.0.join().ok().flatten().filter(|live| live.is_still_of(folder))
    }
}

/// What stands in a folder, in no order.
#[derive(Default)]
struct Standing {
    files: Vec<(OutputPath, Stamp)>,
    empty_folders: Vec<OutputPath>,
    folders: Vec<(PathBuf, Moment)>,
}

impl Standing {
    /// What stands in a folder and below it; folders side by side are looked at at once.
    fn list(folder: &Path, prefix: &str) -> Result<Self, WorldError> {
        let failed = |error| WorldError::new("list", folder.display(), error);
        let mut standing = Self::default();
        let mut names = Vec::new();
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            let path = entry.file_name().to_str().and_then(|name| OutputPath::new(&format!("{prefix}{name}")));
            let Some(path) = path else {
                let shown = entry.path().display().to_string();
                return Err(WorldError::new("keep", shown.escape_debug(), "its name is not plain text; move it out of the output folder"));
            };
            let metadata = entry.metadata().map_err(failed)?;
            if metadata.is_dir() {
                standing.folders.push((entry.path(), Moment::of(&metadata)));
                names.push(path);
            } else {
                standing.files.push((path, stamp_of(&metadata)));
            }
        }
        let look = |((folder, _), path): (&(PathBuf, Moment), &OutputPath)| Self::list(folder, &format!("{path}/"));
        let below: Vec<Result<Self, WorldError>> = standing.folders.par_iter().zip(&names).map(look).collect();
        for (below, path) in below.into_iter().zip(names) {
            let below = below?;
            if below.files.is_empty() && below.empty_folders.is_empty() {
                standing.empty_folders.push(path);
            }
            standing.extend(below);
        }
        Ok(standing)
    }

    fn extend(&mut self, other: Self) {
        self.files.extend(other.files);
        self.empty_folders.extend(other.empty_folders);
        self.folders.extend(other.folders);
    }
}

/// Which folder it is, and when a name in it was last given, taken or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Moment {
    /// Its device and its number there.
    identity: (u64, u64),
    /// In nanoseconds since 1970.
    modified: i128,
    /// The same by the system's own account, which nobody can set.
    changed: i128,
}

impl Moment {
    #[cfg(unix)]
    fn of(metadata: &Metadata) -> Self {
        use std::os::unix::fs::MetadataExt;
        let identity = (metadata.dev(), metadata.ino());
        Self { identity, modified: stamp_of(metadata).modified, changed: changed_at(metadata) }
    }

    #[cfg(not(unix))]
    fn of(_metadata: &Metadata) -> Self {
        Self { identity: (0, 0), modified: 0, changed: 0 }
    }

    /// True if whatever is done from `moment` on gives other times. Whole seconds are those of a disk that knows no others.
    fn is_before(&self, moment: i128) -> bool {
        self.modified.max(self.changed) + TICK <= moment && self.changed % 1_000_000_000 != 0
    }
}

/// True on file systems of this machine that are known to move a folder's times with each name that is given or taken in
/// it, and to say in it which file a name is. One that is shared over a network may tell of a while ago.
#[cfg(target_os = "linux")]
pub(super) fn is_plain_disk(folder: &Path) -> bool {
    /// As `statfs` numbers them: ext4, XFS, Btrfs, F2FS, ZFS, tmpfs and overlayfs.
    const KNOWN: [u32; 7] = [0xEF53, 0x5846_5342, 0x9123_683E, 0xF2F5_2010, 0x2FC1_2FC1, 0x0102_1994, 0x794C_7630];
    rustix::fs::statfs(folder).is_ok_and(|system| KNOWN.contains(&(system.f_type as u32)))
}

#[cfg(not(target_os = "linux"))]
pub(super) fn is_plain_disk(_folder: &Path) -> bool {
    false
}
