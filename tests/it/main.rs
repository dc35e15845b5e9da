//! The one integration binary: what only shows when the whole is put together.

mod cli;
mod commonmark;
mod fixture;
mod incremental;
mod rule_names;
