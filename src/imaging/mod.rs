//! Images: bytes to their size, to the same bytes without what they tell of the photographer, and to smaller
//! copies. Pure functions; who calls them keeps the results.

pub mod card;
mod derive;
mod exif;
mod job;
mod likeness;
mod size;
mod strip;

pub use derive::{Fault, derive, try_decode};
pub use job::{Encoding, Job, Plan, Settings, plan};
pub use likeness::{Misfit, misfit};
pub use size::{Head, head};
pub use strip::strip;

/// More pixels than this are not decoded: a small file can claim to hold more than any memory does.
pub const MAX_PIXELS: u64 = 100_000_000;
