//! The only door to the disk, the clock's stamps and the outside.
//!
//! A [`World`] is where a site is read from, a [`storage::Storage`] where its output is written; each has a
//! disk and a memory form, so that tests can edit a site and break a disk at will.

#![expect(clippy::disallowed_methods, reason = "this is the door to the disk")]

pub mod beacons;
pub mod cache;
pub mod disk;
pub mod embedded;
mod live;
pub mod memory;
mod own_folder;
pub mod sheets;
pub mod snapshot;
mod spare;
pub mod storage;
pub mod strays;
mod times;
mod trees;

use crate::base::kept_text::{self, Shelf};
use crate::base::path::SourcePath;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::Arc;

/// Where a site is read from.
pub trait World: Send + Sync {
    /// Every file below a folder, sorted by path; a folder that is not there has none.
    fn list(&self, folder: &SourcePath) -> Result<Listing, WorldError>;

    /// The stamp of one file, or `None` if it is not there.
    fn stamp(&self, path: &SourcePath) -> Result<Option<Stamp>, WorldError>;

    /// True if anything stands there: a file, a folder, a link that leads nowhere.
    fn exists(&self, path: &SourcePath) -> Result<bool, WorldError>;

    /// True for a file that editors leave beside the author's: no list names it.
    fn is_litter(&self, path: &SourcePath) -> bool;

    /// The bytes of one file, or `None` if it is not there.
    fn read(&self, path: &SourcePath) -> Result<Option<Vec<u8>>, WorldError>;
}

/// A shelf to fetch texts of a world from that were let go of.
pub fn shelf(world: Arc<dyn World>) -> Arc<Shelf> {
    struct Again(Arc<dyn World>);
    impl kept_text::Source for Again {
        fn read(&self, path: &SourcePath) -> Result<Option<Vec<u8>>, String> {
            self.0.read(path).map_err(|error| error.reason)
        }
    }
    Arc::new(Shelf::new(Arc::new(Again(world))))
}

/// What a folder holds.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Files that can be read, sorted.
    pub files: Vec<(SourcePath, Stamp)>,
    /// What stands there and is not read, with the reason.
    pub refused: Vec<Refused>,
    /// True if some of it is reached by a symbolic link: one file may have two names.
    pub has_links: bool,
}

/// Something in the site's folders that is not read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Refused {
    /// The nearest path that can be named.
    pub path: SourcePath,
    /// Why it is not read, starting with its name.
    pub reason: String,
}

/// What changes when a file does, as far as can be told without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Stamp {
    /// Its length in bytes.
    pub len: u64,
    /// When it was last modified, in nanoseconds since 1970.
    pub modified: i128,
    /// Which file it is: a file renamed over another has another one.
    pub identity: u64,
}

impl Stamp {
    /// Reads three words of what `to_string` wrote.
    pub fn read<'w>(words: &mut impl Iterator<Item = &'w str>) -> Option<Self> {
        let mut next = || words.next();
        Some(Self { len: next()?.parse().ok()?, modified: next()?.parse().ok()?, identity: next()?.parse().ok()? })
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { len, modified, identity } = self;
        write!(f, "{len} {modified} {identity}")
    }
}

/// The environment failed: no author's mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorldError {
    /// What was attempted: `read`, `write`, `replace` …
    pub action: &'static str,
    /// The path as the user would write it.
    pub path: String,
    /// The system's own reason.
    pub reason: String,
}

impl WorldError {
    /// Says what was attempted on which path, and the system's reason.
    pub fn new(action: &'static str, path: impl fmt::Display, reason: impl fmt::Display) -> Self {
        Self { action, path: path.to_string(), reason: reason.to_string() }
    }
}

impl fmt::Display for WorldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot {} `{}`: {}", self.action, self.path, self.reason)
    }
}

impl std::error::Error for WorldError {}
