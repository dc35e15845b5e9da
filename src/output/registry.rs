//! Every output format, in the order in which they claim paths.

use super::Output;
use super::formats::{atom::Atom, json_feed::JsonFeed, rss::Rss};

/// The formats; a new one is one file and one line here.
pub const FORMATS: &[&dyn Output] = &[&Atom, &Rss, &JsonFeed];
