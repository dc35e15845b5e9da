//! A site held in memory: for tests, and for trying a site without a disk.

use super::{Listing, Stamp, World, WorldError};
use crate::base::path::SourcePath;
use std::collections::BTreeMap;
use std::sync::{PoisonError, RwLock};

/// Files in memory; every write gives a file a new stamp.
#[derive(Debug, Default)]
pub struct MemoryWorld {
    files: RwLock<Files>,
}

#[derive(Debug, Default)]
struct Files {
    by_path: BTreeMap<SourcePath, (Vec<u8>, Stamp)>,
    n_writes: u64,
}

impl MemoryWorld {
    /// A world that holds these files.
    pub fn new<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let world = Self::default();
        for (path, text) in files {
            world.write(path, text.as_bytes());
        }
        world
    }

    /// Writes a file.
    ///
    /// # Panics
    /// When the path is not relative and plain.
    pub fn write(&self, path: &str, bytes: &[u8]) {
        let path = SourcePath::new(path).expect("a plain relative path");
        let mut files = self.files.write().unwrap_or_else(PoisonError::into_inner);
        files.n_writes += 1;
        let stamp = Stamp { len: bytes.len() as u64, modified: i128::from(files.n_writes), identity: 0 };
        files.by_path.insert(path, (bytes.to_vec(), stamp));
    }

    /// Removes a file, if it is there.
    pub fn remove(&self, path: &str) {
        if let Some(path) = SourcePath::new(path) {
            self.files.write().unwrap_or_else(PoisonError::into_inner).by_path.remove(&path);
        }
    }

    fn get<T>(&self, path: &SourcePath, read: impl FnOnce(&(Vec<u8>, Stamp)) -> T) -> Option<T> {
        self.files.read().unwrap_or_else(PoisonError::into_inner).by_path.get(path).map(read)
    }
}

impl World for MemoryWorld {
    fn list(&self, folder: &SourcePath) -> Result<Listing, WorldError> {
        let files = self.files.read().unwrap_or_else(PoisonError::into_inner);
        let below = files.by_path.iter().filter(|(path, _)| path.strip(folder.as_str()).is_some());
        Ok(Listing { files: below.map(|(path, (_, stamp))| (path.clone(), *stamp)).collect(), ..Listing::default() })
    }

    fn stamp(&self, path: &SourcePath) -> Result<Option<Stamp>, WorldError> {
        Ok(self.get(path, |(_, stamp)| *stamp))
    }

    fn exists(&self, path: &SourcePath) -> Result<bool, WorldError> {
        let files = self.files.read().unwrap_or_else(PoisonError::into_inner);
        Ok(files.by_path.keys().any(|known| known == path || known.strip(path.as_str()).is_some()))
    }

    fn is_litter(&self, _: &SourcePath) -> bool {
        false
    }

    fn read(&self, path: &SourcePath) -> Result<Option<Vec<u8>>, WorldError> {
        Ok(self.get(path, |(bytes, _)| bytes.clone()))
    }
}
