//! Rules that other stages check: their documentation, one file a family.

pub mod audiences;
pub mod configuration;
pub mod data;
pub mod directives;
pub mod front_matter;
pub mod images;
pub mod internal;
pub mod languages;
pub mod leaks;
pub mod links;
pub mod markdown;
pub mod outputs;
pub mod records;
pub mod sources;
pub mod suppressions;
pub mod themes;
