//! The rules of reading records.

/// The file is not the table that it should be.
pub const MALFORMED: &str = "record-malformed";
/// A field says what cannot be.
pub const BAD_VALUE: &str = "record-bad-value";
/// A date does not exist, or has not come.
pub const BAD_DATE: &str = "record-bad-date";
