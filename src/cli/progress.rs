//! A line on standard error that counts while long work goes on, on terminals only.

use super::console::Console;
use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Work that ends sooner needs no counter.
const PATIENCE: Duration = Duration::from_millis(500);

/// The least time between two versions of the line.
const INTERVAL_MS: u64 = 100;

/// Counts files as they are made.
pub struct Counter {
    shown: bool,
    /// What is being done, as the line begins.
    doing: &'static str,
    started: Instant,
    /// When the line was last printed, in milliseconds since the start; zero for never.
    printed_ms: AtomicU64,
}

impl Counter {
    /// A counter that shows itself only where a person sees it; `started` is when they began to wait.
    pub fn new(console: Console, doing: &'static str, started: Instant) -> Self {
        Self { shown: console.shows_progress(), doing, started, printed_ms: AtomicU64::new(0) }
    }

    /// Takes the line away.
    pub fn clear(&self) {
        if self.printed_ms.load(Ordering::Relaxed) > 0 {
            let _ = write!(anstream::stderr().lock(), "\r\x1b[K");
        }
    }
}

impl sowhat::pipeline::Progress for Counter {
    fn advance(&self, done: usize, total: usize) {
        let elapsed = self.started.elapsed();
        if !self.shown || elapsed < PATIENCE {
            return;
        }
        let now_ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
        let before_ms = self.printed_ms.load(Ordering::Relaxed);
        let due = now_ms >= before_ms.saturating_add(INTERVAL_MS);
        // Whichever thread moves the time first prints the line.
        let mine = due && self.printed_ms.compare_exchange(before_ms, now_ms, Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if mine {
            let _ = write!(anstream::stderr().lock(), "\r\x1b[K{} {done} of {total} files", self.doing);
        }
    }
}
