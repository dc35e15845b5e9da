//! The rules of reading a header. All but the unknown key are errors that nothing can lower.

/// The closing fence is missing.
pub const UNCLOSED: &str = "front-matter-unclosed";
/// Keys stand at the top of the file, and no fence opens them.
pub const UNOPENED: &str = "front-matter-unopened";
/// A value ends where ` #` begins a comment that looks like a part of it.
pub const CUT_SHORT: &str = "front-matter-cut-short";
/// The header is no YAML, or not YAML that front matter may hold.
pub const SYNTAX: &str = "front-matter-syntax";
/// One map holds the same key twice.
pub const DUPLICATE_KEY: &str = "front-matter-duplicate-key";
/// A value has another kind than its key takes.
pub const WRONG_TYPE: &str = "front-matter-wrong-type";
/// A date does not exist, or does not read as one.
pub const BAD_DATE: &str = "front-matter-bad-date";
/// A second YAML document begins before the closing fence.
pub const SECOND_DOCUMENT: &str = "front-matter-second-document";
/// Aliases would make a small header into a huge one.
pub const ALIAS_BOMB: &str = "front-matter-alias-bomb";
/// The header is too long, too deep, or holds too many values.
pub const TOO_LARGE: &str = "front-matter-too-large";
/// The header is TOML.
pub const TOML: &str = "front-matter-toml";
/// A key means nothing to Sowhat; a warning unless the site is strict.
pub const UNKNOWN_KEY: &str = "front-matter-unknown-key";
/// `kind` holds something that is no kind of page.
pub const KIND_UNKNOWN: &str = "kind-unknown";
/// The file's bytes are not UTF-8.
pub const NOT_UTF8: &str = "front-matter-not-utf8";
