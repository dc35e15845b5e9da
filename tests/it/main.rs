//! The one integration binary: what only shows when the whole is put together.

mod cli;
mod commonmark;
mod determinism;
#[cfg(unix)]
mod disk;
mod fixture;
mod hostile;
mod incremental;
mod manual;
mod rule_names;
#[cfg(unix)]
mod writer;
