//! One file per output format.

pub mod atom;
pub mod json_feed;
pub mod rss;
