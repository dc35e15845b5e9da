//! A folder of our own outside the site, in which files are made for no other reason than to hear of them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// Files with a number for a name, beside those of other programs; cleared when it is dropped.
#[derive(Debug)]
pub struct Beacons {
    folder: PathBuf,
}

/// What a path has to do with a folder of beacons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sighting {
    /// The file of this number.
    Beacon(u64),
    /// The folder, or something else in it.
    Other,
}

impl Beacons {
    /// Makes the folder, under a name that no other process has than this one.
    pub fn new(process: u32) -> io::Result<Self> {
        static N_FOLDERS: AtomicU64 = AtomicU64::new(0);
        let number = N_FOLDERS.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().canonicalize()?.join(format!("sowhat-{process}-{number}"));
        fs::create_dir(&folder)?;
        Ok(Self { folder })
    }

    /// The folder to be watched.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What a path of an event is to us; `None` if it is none of ours.
    pub fn sight(&self, path: &Path) -> Option<Sighting> {
        if path == self.folder {
            return Some(Sighting::Other);
        }
        let name = path.strip_prefix(&self.folder).ok()?.to_str();
        Some(name.and_then(|name| name.parse().ok()).map_or(Sighting::Other, Sighting::Beacon))
    }

    /// Makes the file of a number.
    pub fn light(&self, number: u64) -> io::Result<()> {
        fs::write(self.folder.join(number.to_string()), "")
    }

    /// Removes the file of a number; one that is left behind is cleared with the folder.
    pub fn put_out(&self, number: u64) {
        let _ = fs::remove_file(self.folder.join(number.to_string()));
    }
}

impl Drop for Beacons {
    fn drop(&mut self) {
        // The system's temporary folder is cleared by the system.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_its_own_files_are_sighted() {
        let (beacons, other) = (Beacons::new(std::process::id()).unwrap(), Beacons::new(std::process::id()).unwrap());
        let folder = beacons.folder().to_owned();
        beacons.light(7).unwrap();
        assert!(folder.join("7").is_file());
        for (path, expected) in [
            (folder.clone(), Some(Sighting::Other)),
            (folder.join("7"), Some(Sighting::Beacon(7))),
            (folder.join("x"), Some(Sighting::Other)),
            (other.folder().join("7"), None),
            (PathBuf::from("/"), None),
        ] {
            assert_eq!(beacons.sight(&path), expected, "{path:?}");
        }
        beacons.put_out(7);
        assert!(!folder.join("7").is_file());
        drop(beacons);
        assert!(!folder.is_dir());
    }
}
