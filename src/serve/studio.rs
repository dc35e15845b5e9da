//! Where the looker leaves each edition and everybody else takes it from: the one lock of the preview.

use super::barrier::Barrier;
use super::edition::{Edition, Output};
use super::prover::Proof;
use crate::base::path::{OutputPath, SourcePath, UrlPath};
use crate::world::disk::DiskWorld;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Events are gathered until none has come for this long …
const QUIET: Duration = Duration::from_millis(15);

/// … but no longer than this: a checkout of a thousand files shows its first pages meanwhile.
const STARVE: Duration = Duration::from_millis(100);

/// The longest that a reply waits for a look at the disk.
const MAX_WAIT: Duration = Duration::from_secs(2);

/// A look that costs less is taken for every request, whatever the system tells of changes.
const CHEAP: Duration = Duration::from_millis(4);

/// What takes its time is left until nothing else has been asked for so long.
const IDLE: Duration = Duration::from_millis(150);

/// What no browser has asked for is made when an edition has stood so long.
const REST: Duration = Duration::from_secs(1);

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
    stands_since: Instant,
    /// What the prover has found, and in which edition.
    proof: Option<(u64, Proof)>,
    /// Looks are counted: one that began after a request came in has seen all that was saved before.
    n_begun: u64,
    n_done: u64,
    /// The look that some request waits for.
    n_wanted: u64,
    /// When the first and the last event came that no look has followed yet, and where to look.
    events: Option<(Instant, Instant)>,
    where_to: Where,
    /// When to look at everything without being asked.
    look_at: Option<Instant>,
    /// When to look at a few files again, and at which.
    look_closer_at: Option<(Instant, BTreeSet<SourcePath>)>,
    /// When to do what was left for a quiet moment.
    complete_at: Option<Instant>,
    /// The system's word of changes can be relied upon, and this tells when all of it is in.
    barrier: Option<Arc<Barrier>>,
    look_cost: Duration,
    is_stopping: bool,
    last_good: BTreeMap<OutputPath, (u64, Output)>,
    moves: BTreeMap<UrlPath, UrlPath>,
}

/// Where changes are to be looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Where {
    Everywhere,
    /// Here, and nowhere else.
    At(BTreeSet<SourcePath>),
}

impl Where {
    fn nowhere() -> Self {
        Self::At(BTreeSet::new())
    }

    fn add(&mut self, more: Self) {
        match (&mut *self, more) {
            (Self::Everywhere, _) => {}
            (Self::At(paths), Self::At(more)) => paths.extend(more),
            (Self::At(_), Self::Everywhere) => *self = Self::Everywhere,
        }
    }
}

/// What the looker is to do next.
pub enum Task {
    /// The look of this number.
    Look(u64, Where),
    /// What was left for a quiet moment.
    Complete,
    /// What was found while the outputs of the edition of this number were made.
    Proved(u64, Proof),
}

impl Studio {
    pub fn new(world: Arc<DiskWorld>) -> Self {
        let state = State {
            edition: Arc::new(Edition::empty()),
            stands_since: Instant::now(),
            proof: None,
            n_begun: 0,
            n_done: 0,
            n_wanted: 1,
            events: None,
            where_to: Where::nowhere(),
            look_at: None,
            look_closer_at: None,
            complete_at: None,
            barrier: None,
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
    /// the system's word of changes is relied upon, and a look taken where it says there are some.
    pub fn fresh(&self) -> Arc<Edition> {
        let barrier = {
            let state = self.lock();
            state.barrier.clone().filter(|_| state.look_cost > CHEAP)
        };
        let is_told_all = barrier.is_some_and(|barrier| barrier.pass());
        let mut state = self.lock();
        if is_told_all && state.events.is_none() && state.n_begun == state.n_done {
            return Arc::clone(&state.edition);
        }
        let target = state.n_begun + 1;
        if !is_told_all {
            state.where_to.add(Where::Everywhere);
        }
        state.n_wanted = state.n_wanted.max(target);
        self.changed.notify_all();
        let until = Instant::now() + MAX_WAIT;
        while state.n_done < target && !state.is_stopping {
            let left = until.saturating_duration_since(Instant::now());
            // Before the first edition there is nothing to reply with.
            if left.is_zero() && state.n_done > 0 {
                break;
            }
            state = self.wait(state, left.max(Duration::from_millis(100)));
        }
        Arc::clone(&state.edition)
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

    /// Waits until an edition other than this one is checked and has stood for a while; `None` at the end.
    pub fn next_to_prove(&self, number: u64) -> Option<Arc<Edition>> {
        let mut state = self.lock();
        loop {
            if state.is_stopping {
                return None;
            }
            let is_next = state.edition.number != number && state.edition.is_checked();
            let left = REST.saturating_sub(state.stands_since.elapsed());
            if is_next && left.is_zero() {
                return Some(Arc::clone(&state.edition));
            }
            state = self.wait(state, if is_next { left } else { Duration::from_secs(3600) });
        }
    }

    /// Leaves what was found in the outputs of an edition for the looker.
    pub fn put_proof(&self, number: u64, proof: Proof) {
        self.lock().proof = Some((number, proof));
        self.changed.notify_all();
    }

    /// Something may have changed there.
    pub fn wake(&self, place: Where) {
        let now = Instant::now();
        let mut state = self.lock();
        state.events = Some((state.events.map_or(now, |(first, _)| first), now));
        state.where_to.add(place);
        self.changed.notify_all();
    }

    /// From now on the system's word of changes is relied upon, or no longer.
    pub fn rely_on(&self, barrier: Option<Arc<Barrier>>) {
        self.lock().barrier = barrier;
    }

    /// Look everywhere again after this long, event or none.
    pub fn look_again_in(&self, pause: Duration) {
        let at = Instant::now() + pause;
        let mut state = self.lock();
        state.look_at = Some(state.look_at.map_or(at, |known| known.min(at)));
        self.changed.notify_all();
    }

    /// Look at these files again after this long.
    pub fn look_closer_in(&self, pause: Duration, paths: BTreeSet<SourcePath>) {
        self.lock().look_closer_at = Some((Instant::now() + pause, paths));
    }

    /// Something was left for a quiet moment.
    pub fn complete_when_idle(&self) {
        self.lock().complete_at = Some(Instant::now() + IDLE);
    }

    /// Waits until there is something to do, and says that it has begun; `None` at the end.
    pub fn next_task(&self) -> Option<Task> {
        let mut state = self.lock();
        loop {
            if state.is_stopping {
                return None;
            }
            let now = Instant::now();
            let is_due = |at: &Instant| *at <= now;
            let is_wanted = state.n_wanted > state.n_begun;
            let look_due = state.look_due();
            let closer_at = state.look_closer_at.as_ref().map(|(at, _)| *at);
            if state.look_at.as_ref().is_some_and(is_due) {
                state.look_at = None;
                state.where_to.add(Where::Everywhere);
                return Some(state.begin());
            }
            if closer_at.as_ref().is_some_and(is_due) {
                let paths = state.look_closer_at.take().map(|(_, paths)| paths).unwrap_or_default();
                state.where_to.add(Where::At(paths));
                return Some(state.begin());
            }
            if is_wanted || look_due.as_ref().is_some_and(is_due) {
                return Some(state.begin());
            }
            if state.complete_at.as_ref().is_some_and(is_due) {
                state.complete_at = None;
                return Some(Task::Complete);
            }
            if let Some((number, proof)) = state.proof.take() {
                return Some(Task::Proved(number, proof));
            }
            let next = [look_due, state.complete_at].into_iter().flatten().min();
            let pause = next.map_or(Duration::from_secs(3600), |next| next.saturating_duration_since(now));
            state = self.wait(state, pause);
        }
    }

    /// True when something other than what was left for a quiet moment is to be done.
    pub fn has_task(&self) -> bool {
        let state = self.lock();
        let is_due = state.look_due().is_some_and(|due| due <= Instant::now());
        state.is_stopping || state.n_wanted > state.n_begun || is_due
    }

    /// The look is done; `edition` is what it brought, if anything had changed.
    pub fn end_look(&self, look: u64, edition: Option<Edition>, cost: Option<Duration>) -> Arc<Edition> {
        let mut state = self.lock();
        let before = edition.map(|edition| state.replace(edition));
        state.n_done = look;
        state.look_cost = cost.unwrap_or(state.look_cost);
        self.changed.notify_all();
        let edition = Arc::clone(&state.edition);
        drop(state);
        // Taking a large edition apart must keep nobody waiting.
        drop(before);
        edition
    }

    /// An edition that no look has brought.
    pub fn publish(&self, edition: Edition) -> Arc<Edition> {
        let mut state = self.lock();
        let before = state.replace(edition);
        self.changed.notify_all();
        let edition = Arc::clone(&state.edition);
        drop(state);
        drop(before);
        edition
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

impl State {
    /// When the next look is due that no request has asked for: at everything, at a few files, or once the events
    /// that came have been gathered.
    fn look_due(&self) -> Option<Instant> {
        let settled = self.events.map(|(first, last)| (last + QUIET).min(first + STARVE));
        let closer_at = self.look_closer_at.as_ref().map(|(at, _)| *at);
        [settled, self.look_at, closer_at].into_iter().flatten().min()
    }

    fn begin(&mut self) -> Task {
        self.events = None;
        self.n_begun += 1;
        // The first look has nothing to go by.
        let place = if self.n_begun == 1 { Where::Everywhere } else { std::mem::replace(&mut self.where_to, Where::nowhere()) };
        Task::Look(self.n_begun, place)
    }

    /// Puts an edition in the place of the one that stood, which is returned.
    fn replace(&mut self, edition: Edition) -> Arc<Edition> {
        let moves = edition.moves(&self.edition);
        if self.moves.len() + moves.len() > MAX_MOVES {
            self.moves.clear();
        }
        self.moves.extend(moves);
        self.stands_since = Instant::now();
        std::mem::replace(&mut self.edition, Arc::new(edition))
    }
}
