//! Proof that all word of changes so far has come in.
//!
//! The system delivers events in order. A file made in a watched folder of our own, and the wait for
//! word of it, shows that whatever was saved before has been told of too.

use crate::world::beacons::{Beacons, Sighting};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Past this the system is too slow to wait for: a look is taken instead.
const MAX_WAIT: Duration = Duration::from_millis(50);

/// A folder in which files are made for no other reason than to hear of them.
pub struct Barrier {
    beacons: Beacons,
    n_made: AtomicU64,
    n_seen: Mutex<u64>,
    seen: Condvar,
}

impl Barrier {
    /// Makes the folder, beside those of other programs.
    pub fn new() -> std::io::Result<Self> {
        Ok(Self { beacons: Beacons::new(std::process::id())?, n_made: AtomicU64::new(0), n_seen: Mutex::new(0), seen: Condvar::new() })
    }

    /// The folder to be watched.
    pub fn beacons(&self) -> &Beacons {
        &self.beacons
    }

    /// Takes word of one of our own files.
    pub fn take(&self, sighting: Sighting) {
        if let Sighting::Beacon(number) = sighting {
            let mut n_seen = self.n_seen.lock().unwrap_or_else(PoisonError::into_inner);
            *n_seen = number.max(*n_seen);
            self.seen.notify_all();
        }
    }

    /// Waits until all word of what was saved before this call has come in; false if it takes too long.
    pub fn pass(&self) -> bool {
        let number = self.n_made.fetch_add(1, Ordering::Relaxed) + 1;
        if self.beacons.light(number).is_err() {
            return false;
        }
        let until = Instant::now() + MAX_WAIT;
        let mut n_seen = self.n_seen.lock().unwrap_or_else(PoisonError::into_inner);
        while *n_seen < number {
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            n_seen = self.seen.wait_timeout(n_seen, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        let has_passed = *n_seen >= number;
        drop(n_seen);
        self.beacons.put_out(number);
        has_passed
    }
}
