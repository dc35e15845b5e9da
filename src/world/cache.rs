//! The door for what is costly to make and can be made again: images and cards, pages and what was found in them, by the
//! hash of all that they are made from. Nothing in it is needed, and nothing in it is trusted: an entry that is not whole is none.

use super::own_folder::{self, OWN_FOLDER};
use crate::base::fingerprint::Fingerprint;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

/// Keeps bytes under keys of letters, digits and `-`, between runs or within one.
pub trait Cache: Send + Sync {
    /// What is kept under a key.
    fn get(&self, key: &str) -> Option<Vec<u8>>;

    /// Keeps bytes; false if they could not be kept.
    fn put(&self, key: &str, bytes: &[u8]) -> bool;

    /// False if nothing that is put will be there later: then only what is needed now is worth making.
    fn keeps(&self) -> bool;

    /// Throws away what has not been asked for in a long time.
    fn prune(&self);
}

/// Keeps nothing.
pub struct NoCache;

impl Cache for NoCache {
    fn get(&self, _: &str) -> Option<Vec<u8>> {
        None
    }

    fn put(&self, _: &str, _: &[u8]) -> bool {
        false
    }

    fn keeps(&self) -> bool {
        false
    }

    fn prune(&self) {}
}

/// Keeps what it is given for as long as it lives.
#[derive(Default)]
pub struct MemoryCache(Mutex<BTreeMap<String, Vec<u8>>>);

impl Cache for MemoryCache {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn put(&self, key: &str, bytes: &[u8]) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key.to_owned(), bytes.to_vec());
        true
    }

    fn keeps(&self) -> bool {
        true
    }

    fn prune(&self) {}
}

/// A folder in the site, `.sowhat/cache/`, which version control passes over.
pub struct DiskCache {
    root: PathBuf,
    /// Tells the unfinished files of one moment apart.
    n_written: AtomicU64,
    /// The disk is full or must not be written to.
    has_failed: AtomicBool,
}

/// Entries that nobody asked for in this time are thrown away.
const MAX_AGE: Duration = Duration::from_secs(30 * 24 * 3600);

/// How old the note of the last use may grow before it is renewed.
const NOTE_AGE: Duration = Duration::from_secs(24 * 3600);

impl DiskCache {
    /// The cache of the site at `root`. Nothing is made before something is kept.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_path_buf(), n_written: AtomicU64::new(0), has_failed: AtomicBool::new(false) }
    }

    fn folders(&self) -> [PathBuf; 2] {
        let own = self.root.join(OWN_FOLDER);
        let cache = own.join("cache");
        [own, cache]
    }

    fn cache(&self) -> PathBuf {
        let [_, cache] = self.folders();
        cache
    }

    /// False when a folder on the way is a link or a file: it came with the site, and could lead anywhere.
    fn is_ours(&self, key: &str) -> bool {
        let shelf = self.cache().join(shelf(key));
        let is_plain = key.len() >= 4 && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        is_plain && self.folders().iter().chain([&shelf]).all(|folder| own_folder::is_folder_or_absent(folder))
    }

    fn path(&self, key: &str) -> PathBuf {
        self.cache().join(shelf(key)).join(key)
    }

    fn write(&self, key: &str, bytes: &[u8]) -> std::io::Result<()> {
        let path = self.path(key);
        let folder = path.parent().unwrap_or(&self.root);
        if !folder.is_dir() {
            fs::create_dir_all(folder)?;
            let [own, _] = self.folders();
            own_folder::hide(&own)?;
        }
        let number = self.n_written.fetch_add(1, Ordering::Relaxed);
        let moment = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_or(0, |now| now.as_nanos());
        let unfinished = folder.join(format!("{key}.{moment}.{number}.part"));
        // Whoever reads sees the whole entry or none: two builds at once make the same bytes.
        let written =
            fs::write(&unfinished, [Fingerprint::of(bytes).as_bytes(), bytes].concat()).and_then(|()| fs::rename(&unfinished, &path));
        if written.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        written
    }
}

impl Cache for DiskCache {
    fn get(&self, key: &str) -> Option<Vec<u8>> {
        if !self.is_ours(key) {
            return None;
        }
        let path = self.path(key);
        let metadata = fs::symlink_metadata(&path).ok().filter(fs::Metadata::is_file)?;
        let mut bytes = fs::read(&path).ok()?;
        let hash_len = Fingerprint::default().as_bytes().len();
        if bytes.len() < hash_len || Fingerprint::of(&bytes[hash_len..]).as_bytes() != &bytes[..hash_len] {
            return None;
        }
        let is_old = metadata.modified().is_ok_and(|modified| modified.elapsed().is_ok_and(|age| age > NOTE_AGE));
        if is_old {
            // The time of the file is the note of its last use; one that cannot be renewed is made again some day.
            let _ = fs::File::options().write(true).open(&path).and_then(|file| file.set_modified(SystemTime::now()));
        }
        bytes.drain(..hash_len);
        Some(bytes)
    }

    fn put(&self, key: &str, bytes: &[u8]) -> bool {
        let is_kept = self.is_ours(key) && self.write(key, bytes).is_ok();
        if !is_kept {
            self.has_failed.store(true, Ordering::Relaxed);
        }
        is_kept
    }

    fn keeps(&self) -> bool {
        !self.has_failed.load(Ordering::Relaxed)
    }

    fn prune(&self) {
        if !self.is_ours("none") {
            return;
        }
        let shelves = fs::read_dir(self.cache()).into_iter().flatten().flatten();
        let shelves = shelves.filter(|shelf| shelf.file_type().is_ok_and(|kind| kind.is_dir()));
        for entry in shelves.flat_map(|shelf| fs::read_dir(shelf.path()).into_iter().flatten().flatten()) {
            let is_stale = |metadata: fs::Metadata| -> std::io::Result<bool> {
                Ok(metadata.is_file() && metadata.modified()?.elapsed().is_ok_and(|age| age > MAX_AGE))
            };
            if entry.metadata().and_then(is_stale).unwrap_or(false) {
                let _ = fs::remove_file(entry.path());
            }
        }
    }
}

/// The folder of a key: a few hundred files stand in each.
fn shelf(key: &str) -> &str {
    key.get(..2).unwrap_or("xx")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_comes_back_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let cache = DiskCache::new(folder.path());
        assert_eq!(cache.get("abcd-1"), None);
        assert!(cache.put("abcd-1", b"bytes"));
        assert_eq!(cache.get("abcd-1").as_deref(), Some(b"bytes".as_slice()));
        assert_eq!(fs::read_to_string(folder.path().join(".sowhat/.gitignore")).unwrap(), "*\n");
        let file = folder.path().join(".sowhat/cache/ab/abcd-1");
        let whole = fs::read(&file).unwrap();
        for broken in [&whole[..whole.len() - 1], &whole[..4], b""] {
            fs::write(&file, broken).unwrap();
            assert_eq!(cache.get("abcd-1"), None);
        }
        for key in ["../../abcd", "ab/cd", "a", ""] {
            assert!(!cache.put(key, b"x"), "{key}");
        }
        let old = SystemTime::now() - MAX_AGE * 2;
        fs::File::options().write(true).open(&file).unwrap().set_modified(old).unwrap();
        assert!(cache.put("abce-1", b"young"));
        cache.prune();
        assert!(!file.exists() && cache.get("abce-1").is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_came_with_the_site_is_not_followed() {
        let (site, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        std::os::unix::fs::symlink(elsewhere.path(), site.path().join(".sowhat")).unwrap();
        assert!(!DiskCache::new(site.path()).put("abcd", b"x"));
        let other = tempfile::tempdir().unwrap();
        fs::create_dir(other.path().join(".sowhat")).unwrap();
        std::os::unix::fs::symlink(elsewhere.path().join("new"), other.path().join(".sowhat/.gitignore")).unwrap();
        assert!(DiskCache::new(other.path()).put("abcd", b"x"));
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }
}
