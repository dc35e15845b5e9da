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

    /// Waits for what another thread makes. The first of those who wait longer than the limit says what stands in its
    /// place, and all get that.
    pub fn wait(&self, limit: Option<Duration>, give_up: impl FnOnce() -> Made) -> Made {
        let began = Instant::now();
        let mut state = self.lock();
        loop {
            if let State::Done(made) = &*state {
                return made.clone();
            }
            let left = limit.map_or(Duration::from_secs(3600), |limit| limit.saturating_sub(began.elapsed()));
            if left.is_zero() {
                let made = give_up();
                *state = State::Done(made.clone());
                self.changed.notify_all();
                return made;
            }
            state = self.changed.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::{Diagnostic, Place};
    use crate::base::path::SourcePath;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn of_all_who_have_waited_too_long_one_gives_up_for_all() {
        let slot = Slot::default();
        assert!(slot.take());
        let n_given_up = AtomicUsize::new(0);
        let failed = |message: &str| {
            Made::Failed(vec![Diagnostic::error("template-error", Place::file(&SourcePath::new("content/a.md").unwrap()), message)])
        };
        let give_up = || failed(&format!("given up {}", n_given_up.fetch_add(1, Ordering::Relaxed)));
        std::thread::scope(|scope| {
            let waiting: Vec<_> = (0..16).map(|_| scope.spawn(|| slot.wait(Some(Duration::from_millis(20)), give_up))).collect();
            for thread in waiting {
                let Made::Failed(findings) = thread.join().unwrap() else { panic!("nothing was made") };
                assert_eq!(findings[0].message, "given up 0".into());
            }
        });
        assert!(!slot.put(failed("made in the end")), "nobody waits any longer");
    }
}
