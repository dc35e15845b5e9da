//! The rules of reading `site.toml`. All are errors: there is no half-read configuration.

/// The file is not TOML.
pub const SYNTAX: &str = "config-syntax";
/// One table holds the same key twice.
pub const DUPLICATE_KEY: &str = "config-duplicate-key";
/// A value has another kind than its key takes.
pub const WRONG_TYPE: &str = "config-wrong-type";
/// A key means nothing to Sowhat.
pub const UNKNOWN_KEY: &str = "config-unknown-key";
/// A date does not exist.
pub const BAD_DATE: &str = "config-bad-date";
/// A value of the right kind that cannot be used.
pub const BAD_VALUE: &str = "config-bad-value";
/// A key that every site needs is missing.
pub const MISSING_KEY: &str = "config-missing-key";
