//! Where the looker leaves each edition and everybody else takes it from: the one lock of the preview.

use super::edition::{Edition, Output};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::{OutputPath, UrlPath};
use crate::output::Subject;
use crate::world::World;
use crate::world::disk::DiskWorld;
use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Events are gathered until none has come for this long …
const QUIET: Duration = Duration::from_millis(15);

/// … but no longer than this: a checkout of a thousand files shows its first pages meanwhile.
const STARVE: Duration = Duration::from_millis(100);

/// The longest that a reply waits for a look at the disk.
const MAX_WAIT: Duration = Duration::from_secs(2);

/// A look that costs less is taken for every request, so that no reply can be stale.
const CHEAP: Duration = Duration::from_millis(8);

/// How long a reply on a large site waits for word of a save that has just been made.
const GRACE: Duration = Duration::from_millis(2);

/// How many pages are kept for the time when they cannot be made.
const MAX_LAST_GOOD: usize = 64;

/// How many moved pages are remembered.
const MAX_MOVES: usize = 4096;

/// What the threads of a preview share.
pub struct Studio {
    world: Arc<DiskWorld>,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    edition: Arc<Edition>,
    /// Looks are counted: one that began after a request came in has seen all that was saved before.
    n_begun: u64,
    n_done: u64,
    /// The look that some request waits for.
    n_wanted: u64,
    /// When the first and the last event came that no look has followed yet.
    events: Option<(Instant, Instant)>,
    /// When to look without being asked.
    look_at: Option<Instant>,
    look_cost: Duration,
    is_stopping: bool,
    last_good: BTreeMap<OutputPath, (u64, Output)>,
    moves: BTreeMap<UrlPath, UrlPath>,
}

impl Studio {
    pub fn new(world: Arc<DiskWorld>) -> Self {
        let state = State {
            edition: Arc::new(Edition::empty()),
            n_begun: 0,
            n_done: 0,
            n_wanted: 1,
            events: None,
            look_at: None,
            look_cost: Duration::MAX,
            is_stopping: false,
            last_good: BTreeMap::new(),
            moves: BTreeMap::new(),
        };
        Self { world, state: Mutex::new(state), changed: Condvar::new() }
    }

    /// The site's folder.
    pub fn world(&self) -> &DiskWorld {
        &self.world
    }

    /// The edition as it stands.
    pub fn current(&self) -> Arc<Edition> {
        Arc::clone(&self.lock().edition)
    }

    /// The edition that holds everything saved before this call, unless that takes too long.
    ///
    /// On a site that is looked at in no time, the disk is looked at for every request. On a large one
    /// the file asked for is, and for the rest word of the save is waited for.
    pub fn fresh(&self, asked_for: impl Fn(&Edition) -> Option<OutputPath>) -> Arc<Edition> {
        let edition = self.current();
        let is_cheap = self.lock().look_cost <= CHEAP;
        if !is_cheap {
            let is_stale = asked_for(&edition).is_some_and(|path| self.has_other_text(&edition, &path));
            if !is_stale {
                std::thread::sleep(GRACE);
                let state = self.lock();
                if state.events.is_none() && state.n_begun == state.n_done {
                    return Arc::clone(&state.edition);
                }
            }
        }
        let mut state = self.lock();
        let target = state.n_begun + 1;
        state.n_wanted = state.n_wanted.max(target);
        self.changed.notify_all();
        let until = Instant::now() + MAX_WAIT;
        while state.n_done < target && !state.is_stopping {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            state = self.wait(state, left);
        }
        Arc::clone(&state.edition)
    }

    /// Whether the file behind an output has changed since the edition.
    fn has_other_text(&self, edition: &Edition, path: &OutputPath) -> bool {
        let Some(outcome) = &edition.outcome else { return true };
        let Some(Subject::Page(id)) = outcome.plan.entries.get(path).map(|entry| entry.subject.clone()) else { return false };
        let document = &outcome.site.page(id).document;
        let bytes = self.world.read(&document.path).ok().flatten();
        bytes.is_none_or(|bytes| Fingerprint::of(&bytes) != document.fingerprint)
    }

    /// Waits until there is an edition other than this one; `None` when `timeout` has passed.
    pub fn next_after(&self, number: u64, timeout: Duration) -> Option<Arc<Edition>> {
        let until = Instant::now() + timeout;
        let mut state = self.lock();
        loop {
            if state.edition.number != number || state.is_stopping {
                return Some(Arc::clone(&state.edition));
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return None;
            }
            state = self.wait(state, left);
        }
    }

    /// Something in the site's folder may have changed.
    pub fn wake(&self) {
        let now = Instant::now();
        let mut state = self.lock();
        state.events = Some((state.events.map_or(now, |(first, _)| first), now));
        self.changed.notify_all();
    }

    /// Look again after this long, event or none.
    pub fn look_again_in(&self, pause: Duration) {
        let at = Instant::now() + pause;
        let mut state = self.lock();
        state.look_at = Some(state.look_at.map_or(at, |known| known.min(at)));
    }

    /// Waits until there is a reason to look, and says that the look has begun; `None` at the end.
    pub fn begin_look(&self) -> Option<u64> {
        let mut state = self.lock();
        loop {
            if state.is_stopping {
                return None;
            }
            let now = Instant::now();
            let settled = state.events.map(|(first, last)| (last + QUIET).min(first + STARVE));
            let due = [settled, state.look_at].into_iter().flatten().min();
            if state.n_wanted > state.n_begun || due.is_some_and(|due| due <= now) {
                state.events = None;
                state.look_at = None;
                state.n_begun += 1;
                return Some(state.n_begun);
            }
            let pause = due.map_or(Duration::from_secs(3600), |due| due.saturating_duration_since(now));
            state = self.wait(state, pause);
        }
    }

    /// The look is done; `edition` is what it brought, if anything had changed.
    pub fn end_look(&self, look: u64, edition: Option<Edition>, cost: Option<Duration>) -> Arc<Edition> {
        let mut state = self.lock();
        if let Some(edition) = edition {
            let moves = edition.moves(&state.edition);
            if state.moves.len() + moves.len() > MAX_MOVES {
                state.moves.clear();
            }
            state.moves.extend(moves);
            state.edition = Arc::new(edition);
        }
        state.n_done = look;
        state.look_cost = cost.unwrap_or(state.look_cost);
        self.changed.notify_all();
        Arc::clone(&state.edition)
    }

    pub fn wait_for_first_edition(&self) {
        let mut state = self.lock();
        while state.n_done == 0 && !state.is_stopping {
            state = self.wait(state, Duration::from_secs(3600));
        }
    }

    pub fn stop(&self) {
        self.lock().is_stopping = true;
        self.changed.notify_all();
    }

    pub fn is_stopping(&self) -> bool {
        self.lock().is_stopping
    }

    /// Remembers a page, for the time when it cannot be made.
    pub fn keep_good(&self, path: &OutputPath, number: u64, output: &Output) {
        let mut state = self.lock();
        state.last_good.insert(path.clone(), (number, output.clone()));
        if state.last_good.len() > MAX_LAST_GOOD {
            let oldest = state.last_good.iter().min_by_key(|(_, (number, _))| *number).map(|(path, _)| path.clone());
            oldest.and_then(|path| state.last_good.remove(&path));
        }
    }

    /// The page as it was when it could last be made.
    pub fn last_good(&self, path: &OutputPath) -> Option<Output> {
        self.lock().last_good.get(path).map(|(_, output)| output.clone())
    }

    /// Where a page that once stood at `url` stands now, however often it moved.
    pub fn moved_to(&self, url: &UrlPath) -> Option<UrlPath> {
        let state = self.lock();
        let mut target = state.moves.get(url)?;
        for _ in 0..16 {
            match state.moves.get(target) {
                Some(next) => target = next,
                None => break,
            }
        }
        Some(target.clone())
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>, timeout: Duration) -> MutexGuard<'a, State> {
        self.changed.wait_timeout(state, timeout).unwrap_or_else(PoisonError::into_inner).0
    }
}
