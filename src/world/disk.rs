//! The disk as a [`World`]: reads below one root and nowhere else.

use super::times::changed_at;
use super::{Listing, Refused, Stamp, World, WorldError};
use crate::base::path::SourcePath;
use std::collections::BTreeSet;
use std::fs::{self, File, Metadata};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

/// The longest chain of folders followed; deeper ones are refused, not followed.
const MAX_DEPTH: usize = 64;

/// A folder of the disk that holds a site.
#[derive(Debug, Clone)]
pub struct DiskWorld {
    root: PathBuf,
    /// The root, held open.
    #[cfg(target_os = "linux")]
    handle: std::sync::Arc<fs::File>,
}

impl DiskWorld {
    /// Opens a site's root; an error if it is no folder.
    pub fn new(root: &Path) -> Result<Self, WorldError> {
        let resolved = root.canonicalize().map_err(|error| WorldError::new("open", root.display(), error))?;
        if !resolved.is_dir() {
            return Err(WorldError::new("open", root.display(), "it is not a folder"));
        }
        #[cfg(target_os = "linux")]
        let handle = fs::File::open(&resolved).map_err(|error| WorldError::new("open", root.display(), error))?.into();
        Ok(Self {
            root: resolved,
            #[cfg(target_os = "linux")]
            handle,
        })
    }

    /// The root, with every symbolic link resolved.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The site's own name of a path on the disk; `None` if it stands elsewhere.
    pub fn source_of(&self, path: &Path) -> Option<SourcePath> {
        SourcePath::new(&path.strip_prefix(&self.root).ok()?.to_str()?.replace('\\', "/"))
    }

    /// Opens a plain file, for who wants a part of it; `None` if it is not there.
    pub fn open(&self, path: &SourcePath) -> Result<Option<(File, Stamp)>, WorldError> {
        let Some(located) = self.confine(path)? else { return Ok(None) };
        let failed = |error: std::io::Error| match is_absence(error.kind()) {
            true => Ok(None),
            false => Err(WorldError::new("read", path, error)),
        };
        // Opening a pipe would wait for ever.
        if fs::metadata(&located).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(WorldError::new("read", path, "it is not a plain file"));
        }
        match File::open(&located).and_then(|file| file.metadata().map(|metadata| (file, source_stamp_of(&metadata)))) {
            Ok(opened) => Ok(Some(opened)),
            Err(error) => failed(error),
        }
    }

    fn locate(&self, path: &SourcePath) -> PathBuf {
        self.root.join(path.as_str())
    }

    /// Where a path leads; `None` if it is not there, an error if a link on the way leaves the root.
    fn confine(&self, path: &SourcePath) -> Result<Option<PathBuf>, WorldError> {
        match self.locate(path).canonicalize() {
            Ok(resolved) if resolved.starts_with(&self.root) => Ok(Some(resolved)),
            Ok(_) => Err(WorldError::new("read", path, "a symbolic link leads out of the site")),
            Err(error) if is_absence(error.kind()) => Ok(None),
            Err(error) => Err(WorldError::new("read", path, error)),
        }
    }

    /// The bytes of a plain file, opened in one step that cannot leave the root; `None` if that did not
    /// come off, for whatever reason: then the long way tells.
    #[cfg(target_os = "linux")]
    fn read_beneath(&self, path: &SourcePath) -> Option<Vec<u8>> {
        use rustix::fs::{Mode, OFlags, ResolveFlags, openat2};
        use std::io::Read;
        // Opening a pipe would wait for ever.
        let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
        let file = openat2(&*self.handle, path.as_str(), flags, Mode::empty(), ResolveFlags::BENEATH).ok()?;
        let mut file = fs::File::from(file);
        let metadata = file.metadata().ok().filter(Metadata::is_file)?;
        let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).ok()?.saturating_add(1));
        file.read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    #[cfg(not(target_os = "linux"))]
    fn read_beneath(&self, _: &SourcePath) -> Option<Vec<u8>> {
        None
    }

    /// Where a path leads, or `None` if it leaves the root or is not there.
    fn resolve_inside(&self, path: &Path) -> Option<PathBuf> {
        path.canonicalize().ok().filter(|resolved| resolved.starts_with(&self.root))
    }
}

impl World for DiskWorld {
    fn list(&self, folder: &SourcePath) -> Result<Listing, WorldError> {
        let mut walk = Walk { world: self, listing: Listing::default(), open: BTreeSet::new() };
        let path = self.locate(folder);
        match fs::symlink_metadata(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Listing::default()),
            Err(error) => return Err(WorldError::new("read", folder, error)),
            Ok(metadata) => walk.top(&path, folder, metadata.is_symlink())?,
        }
        walk.listing.files.sort_by(|a, b| a.0.cmp(&b.0));
        walk.listing.refused.sort();
        Ok(walk.listing)
    }

    fn stamp(&self, path: &SourcePath) -> Result<Option<Stamp>, WorldError> {
        let Some(located) = self.confine(path)? else { return Ok(None) };
        match fs::metadata(located) {
            Ok(metadata) => Ok(metadata.is_file().then(|| source_stamp_of(&metadata))),
            Err(error) if is_absence(error.kind()) => Ok(None),
            Err(error) => Err(WorldError::new("read", path, error)),
        }
    }

    fn exists(&self, path: &SourcePath) -> Result<bool, WorldError> {
        match fs::symlink_metadata(self.locate(path)) {
            Ok(_) => Ok(true),
            Err(error) if is_absence(error.kind()) => Ok(false),
            Err(error) => Err(WorldError::new("read", path, error)),
        }
    }

    fn is_litter(&self, path: &SourcePath) -> bool {
        path.as_str().split('/').any(is_editor_litter)
    }

    fn read(&self, path: &SourcePath) -> Result<Option<Vec<u8>>, WorldError> {
        if let Some(bytes) = self.read_beneath(path) {
            return Ok(Some(bytes));
        }
        let Some(located) = self.confine(path)? else { return Ok(None) };
        // Opening a pipe would wait for ever.
        if fs::metadata(&located).is_ok_and(|metadata| !metadata.is_file()) {
            return Err(WorldError::new("read", path, "it is not a plain file"));
        }
        match fs::read(&located) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if is_absence(error.kind()) => Ok(None),
            Err(error) => Err(WorldError::new("read", path, error)),
        }
    }
}

fn is_absence(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// One walk through a folder.
struct Walk<'a> {
    world: &'a DiskWorld,
    listing: Listing,
    /// The real folders on the way down: a symbolic link back to one of them is a loop.
    open: BTreeSet<PathBuf>,
}

impl Walk<'_> {
    fn top(&mut self, path: &Path, name: &SourcePath, is_link: bool) -> Result<(), WorldError> {
        if is_link { self.linked_folder(path, name, 0) } else { self.folder(path, path, name, 0) }
    }

    /// A folder that a symbolic link leads to.
    fn linked_folder(&mut self, path: &Path, name: &SourcePath, depth: usize) -> Result<(), WorldError> {
        self.listing.has_links = true;
        match self.world.resolve_inside(path) {
            Some(real) => self.folder(path, &real, name, depth),
            None => {
                self.refuse(name, "is a symbolic link that leads out of the site, so it is not read");
                Ok(())
            }
        }
    }

    /// A folder whose real path is known: without a link on the way down it is the parent's and a name.
    fn folder(&mut self, path: &Path, real: &Path, name: &SourcePath, depth: usize) -> Result<(), WorldError> {
        if depth > MAX_DEPTH || !self.open.insert(real.to_owned()) {
            self.refuse(name, "is nested too deep or leads back into itself, so it is not read");
            return Ok(());
        }
        let entries = fs::read_dir(path).map_err(|error| WorldError::new("list", name, error))?;
        for entry in entries {
            let entry = entry.map_err(|error| WorldError::new("list", name, error))?;
            self.entry(&entry, real, name, depth)?;
        }
        self.open.remove(real);
        Ok(())
    }

    fn entry(&mut self, entry: &fs::DirEntry, real: &Path, folder: &SourcePath, depth: usize) -> Result<(), WorldError> {
        let file_name = entry.file_name();
        let Some(child) = file_name.to_str().filter(|name| !name.contains(char::is_control)).and_then(|name| folder.join(name)) else {
            let shown = file_name.to_string_lossy().escape_debug().to_string();
            self.refuse(folder, &format!("holds `{shown}`, whose name is not plain UTF-8 text, so it is not read"));
            return Ok(());
        };
        if is_editor_litter(child.file_name()) {
            return Ok(());
        }
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| WorldError::new("read", &child, error))?;
        if kind.is_dir() {
            return self.folder(&path, &real.join(&file_name), &child, depth + 1);
        }
        self.listing.has_links |= kind.is_symlink();
        if kind.is_symlink() && self.world.resolve_inside(&path).is_none() {
            self.refuse(&child, "is a symbolic link that leads out of the site or nowhere, so it is not read");
            return Ok(());
        }
        match fs::metadata(&path) {
            Ok(metadata) if metadata.is_dir() => self.linked_folder(&path, &child, depth + 1),
            Ok(metadata) if metadata.is_file() => {
                self.listing.files.push((child, source_stamp_of(&metadata)));
                Ok(())
            }
            Ok(_) => {
                self.refuse(&child, "is neither a file nor a folder, so it is not read");
                Ok(())
            }
            // It went between the listing and now: the next look tells.
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => Err(WorldError::new("read", &child, error)),
        }
    }

    fn refuse(&mut self, path: &SourcePath, reason: &str) {
        self.listing.refused.push(Refused { path: path.clone(), reason: format!("`{path}` {reason}") });
    }
}

/// Files that editors and systems leave behind, never content: backups, locks, swap files, `.DS_Store`. They come and
/// go while somebody writes.
///
/// `.well-known` is the one hidden name that sites publish on purpose.
fn is_editor_litter(name: &str) -> bool {
    let hidden = name.starts_with('.') && name != ".well-known" && name != ".htaccess" && name != ".nojekyll";
    let is_lock = name.starts_with("~$") || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_temporary = ["swp", "swo", "swx", "tmp"].iter().any(|known| extension.eq_ignore_ascii_case(known));
    hidden || is_lock || is_temporary || matches!(name, "Thumbs.db" | "desktop.ini" | "4913")
}

#[cfg(unix)]
fn identity_of(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn identity_of(_metadata: &Metadata) -> u64 {
    0
}

/// The stamp of a file that people write: whoever sets back the time of its last modification moves that of its last
/// change, which nobody can set.
fn source_stamp_of(metadata: &Metadata) -> Stamp {
    let stamp = stamp_of(metadata);
    Stamp { identity: stamp.identity.rotate_left(32) ^ changed_at(metadata) as u64, ..stamp }
}

pub(super) fn stamp_of(metadata: &Metadata) -> Stamp {
    let modified = metadata.modified().ok();
    let since = |moment: std::time::SystemTime| match moment.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    };
    Stamp { len: metadata.len(), modified: modified.map_or(0, since), identity: identity_of(metadata) }
}
