//! The words that every other module speaks: places in text, paths, fingerprints, diagnostics, dates.
//!
//! Nothing here knows what a site is, and nothing here touches the disk.

pub mod at_work;
pub mod date;
pub mod diagnostic;
pub mod file_text;
pub mod fingerprint;
pub mod held;
pub mod json_schema;
pub mod kept_text;
pub mod map_reader;
pub mod node;
pub mod path;
pub mod shape;
pub mod slug;
pub mod sources;
pub mod spanned;
pub mod suggest;
pub mod text;
pub mod text_slice;
pub mod typography;
