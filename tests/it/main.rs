//! The one integration binary: what only shows when the whole is put together.

mod cli;
mod commonmark;
mod rule_names;
