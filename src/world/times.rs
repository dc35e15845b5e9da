//! Times as this machine's clock and its disks count them, in nanoseconds since 1970.

use std::fs::Metadata;
use std::time::{SystemTime, UNIX_EPOCH};

/// A file system's clock ticks a few milliseconds apart: two changes within one tick cannot be told apart by their times.
pub const TICK: i128 = 20_000_000;

/// This moment.
pub fn now() -> i128 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_nanos() as i128)
}

/// When a file or folder was last changed by the system's own account, which nobody can set.
#[cfg(unix)]
pub fn changed_at(metadata: &Metadata) -> i128 {
    use std::os::unix::fs::MetadataExt;
    i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec())
}

/// The same, of a system that keeps no such account.
#[cfg(not(unix))]
pub fn changed_at(_metadata: &Metadata) -> i128 {
    0
}
