//! The one integration binary: what only shows when the whole is put together.

#![expect(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests set the scene on the real disk and stop at the first surprise")]

mod cli;
mod commonmark;
mod determinism;
#[cfg(unix)]
mod disk;
mod earlier;
#[cfg(unix)]
mod faults;
mod fixture;
mod graph;
mod hostile;
mod incremental;
mod invariants;
mod leak;
mod let_go;
mod made;
mod manual;
mod own_site;
mod precision;
mod records;
mod rule_names;
#[cfg(unix)]
mod serve;
mod sites;
#[cfg(unix)]
mod spare;
mod tidy;
#[cfg(unix)]
mod writer;
