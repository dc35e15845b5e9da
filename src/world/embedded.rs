//! The default theme, carried in the binary: `themes/insight/…` for sites that have no copy of it.

/// The name of the theme that every binary carries.
pub const THEME: &str = "insight";

/// Path and bytes of every file of the embedded theme, sorted by path.
pub fn files() -> &'static [(&'static str, &'static [u8])] {
    FILES
}

const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/theme_files.rs"));
