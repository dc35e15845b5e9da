//! One output of an edition: made once, on a thread of its own, and given up when that takes too long.

use super::edition::Made;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Where an output stands once it is made.
#[derive(Default)]
pub struct Slot {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
enum State {
    #[default]
    Empty,
    Making,
    Done(Made),
}

impl Slot {
    /// What was made, if it is.
    pub fn get(&self) -> Option<Made> {
        match &*self.lock() {
            State::Done(made) => Some(made.clone()),
            State::Empty | State::Making => None,
        }
    }

    /// True for the one caller that is to make it.
    pub fn take(&self) -> bool {
        let mut state = self.lock();
        let is_empty = matches!(*state, State::Empty);
        if is_empty {
            *state = State::Making;
        }
        is_empty
    }

    /// Puts in what was made; false when others have stopped waiting for it.
    pub fn put(&self, made: Made) -> bool {
        let mut state = self.lock();
        let is_awaited = matches!(*state, State::Making);
        if is_awaited {
            *state = State::Done(made);
            self.changed.notify_all();
        }
        is_awaited
    }

    /// Waits for what another thread makes; `None` when it takes longer than the limit.
    pub fn wait(&self, limit: Option<Duration>) -> Option<Made> {
        let began = Instant::now();
        let mut state = self.lock();
        loop {
            if let State::Done(made) = &*state {
                return Some(made.clone());
            }
            let left = limit.map_or(Duration::from_secs(3600), |limit| limit.saturating_sub(began.elapsed()));
            if left.is_zero() {
                return None;
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
