//! The system's word that something in the site's folder has changed.
//!
//! Events only wake the looker and say where to look first: what changed is found by looking. So an editor may rename over, write
//! twice, leave backups or move whole folders, and an event may be late, doubled or of the wrong kind.

use super::barrier::Barrier;
use super::studio::{Studio, Where};
use crate::base::path::SourcePath;
use crate::world::disk::DiskWorld;
use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The folders that are watched whole. The root itself is watched for their coming and going alone:
/// a repository has folders beside them, such as `.git` or `target`, that are huge.
const FOLDERS: [&str; 6] = ["content", "templates", "static", "data", "i18n", "themes"];

/// A file that appears in a folder just made may come before the watch on the folder.
const AFTER_NEW_FOLDER: Duration = Duration::from_millis(150);

/// The watch on a site's folder.
pub struct Watch {
    studio: Arc<Studio>,
    watcher: Option<RecommendedWatcher>,
    flags: Arc<Flags>,
    barrier: Option<Arc<Barrier>>,
}

#[derive(Default)]
struct Flags {
    /// A watched folder came or went.
    is_outdated: AtomicBool,
    /// The system does not tell of all changes.
    is_blind: AtomicBool,
}

impl Watch {
    /// Watches the site's folder, as far as the system lets us.
    pub fn start(studio: &Arc<Studio>) -> Self {
        let flags = Arc::new(Flags::default());
        let barrier = Barrier::new().ok().map(Arc::new);
        let handler = Handler { studio: Arc::clone(studio), flags: Arc::clone(&flags), barrier: barrier.clone() };
        let watcher = notify::recommended_watcher(move |event| handler.handle(event));
        flags.is_blind.store(watcher.is_err(), Ordering::Relaxed);
        let mut watch = Self { studio: Arc::clone(studio), watcher: watcher.ok(), flags, barrier };
        watch.watch_all();
        watch
    }

    /// True when changes must be looked for.
    pub fn is_blind(&self) -> bool {
        self.flags.is_blind.load(Ordering::Relaxed)
    }

    /// What tells when all word of changes is in; `None` when that word cannot be relied upon.
    pub fn barrier(&self) -> Option<Arc<Barrier>> {
        self.barrier.clone().filter(|_| !self.is_blind())
    }

    /// Watches the folders anew if one of them came or went.
    pub fn renew(&mut self) {
        if self.flags.is_outdated.swap(false, Ordering::Relaxed) {
            self.watch_all();
        }
    }

    fn watch_all(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        let root = self.studio.world().root();
        let mut is_blind = watcher.watch(root, RecursiveMode::NonRecursive).is_err();
        for folder in FOLDERS {
            let folder = root.join(folder);
            // A watch on a folder that is gone would stand for the new one of its name.
            let _ = watcher.unwatch(&folder);
            match watcher.watch(&folder, RecursiveMode::Recursive) {
                Ok(()) => {}
                Err(error) if is_absence(&error) => {}
                Err(_) => is_blind = true,
            }
        }
        self.flags.is_blind.store(is_blind, Ordering::Relaxed);
        let is_heard =
            self.barrier.as_ref().is_some_and(|barrier| watcher.watch(barrier.beacons().folder(), RecursiveMode::NonRecursive).is_ok());
        if !is_heard {
            self.barrier = None;
        }
    }
}

fn is_absence(error: &notify::Error) -> bool {
    match &error.kind {
        notify::ErrorKind::PathNotFound => true,
        notify::ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        notify::ErrorKind::Generic(_)
        | notify::ErrorKind::WatchNotFound
        | notify::ErrorKind::InvalidConfig(_)
        | notify::ErrorKind::MaxFilesWatch => false,
    }
}

struct Handler {
    studio: Arc<Studio>,
    flags: Arc<Flags>,
    barrier: Option<Arc<Barrier>>,
}

impl Handler {
    fn handle(&self, event: notify::Result<Event>) {
        let Ok(event) = event else {
            self.flags.is_blind.store(true, Ordering::Relaxed);
            return self.studio.wake(Where::Everywhere);
        };
        if self.is_ours(&event) {
            return;
        }
        if !event.need_rescan() && !changes_something(event.kind) {
            return;
        }
        let root = self.studio.world().root();
        let at_top = event.paths.iter().any(|path| path.parent().is_none_or(|parent| parent == root));
        if event.need_rescan() || (at_top && !matches!(event.kind, EventKind::Modify(notify::event::ModifyKind::Data(_)))) {
            self.flags.is_outdated.store(true, Ordering::Relaxed);
        }
        let is_new_folder = || event.paths.iter().any(|path| path.is_dir());
        if matches!(event.kind, EventKind::Create(_) | EventKind::Modify(notify::event::ModifyKind::Name(_))) && is_new_folder() {
            self.studio.look_again_in(AFTER_NEW_FOLDER);
        }
        self.studio.wake(if event.need_rescan() { Where::Everywhere } else { place_of(&event, self.studio.world()) });
    }

    /// Whether an event is about the barrier's own files, and nothing else.
    fn is_ours(&self, event: &Event) -> bool {
        let Some(barrier) = &self.barrier else { return false };
        let sightings = event.paths.iter().map(|path| barrier.beacons().sight(path));
        let Some(sightings) = sightings.collect::<Option<Vec<_>>>() else { return false };
        sightings.iter().for_each(|sighting| barrier.take(*sighting));
        !sightings.is_empty()
    }
}

/// Where an event says that something has changed.
fn place_of(event: &Event, world: &DiskWorld) -> Where {
    let sources: Option<BTreeSet<SourcePath>> = event.paths.iter().map(|path| world.source_of(path)).collect();
    sources.filter(|sources| !sources.is_empty()).map_or(Where::Everywhere, Where::At)
}

/// Reading a file is an event as well: a preview that looked after each would never rest.
fn changes_something(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => true,
    }
}
