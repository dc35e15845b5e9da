//! The text of `site.toml` to a [`Config`], or to everything that is wrong with it.

use super::{Config, decode, schema, toml};
use crate::base::diagnostic::{self, Diagnostic};
use crate::base::file_text::FileText;
use crate::base::path::SourcePath;
use crate::base::shape;

/// Reads `site.toml`; the error holds every finding, sorted.
///
/// ```
/// use sowhat::base::path::SourcePath;
///
/// let path = SourcePath::new("site.toml").expect("a relative path");
/// let config = sowhat::config::read(&path, "title = \"T\"\nbase_url = \"https://example.com/\"\n").expect("it is complete");
/// assert_eq!((config.language.as_str(), config.paginate_by), ("en", 20));
///
/// let findings = sowhat::config::read(&path, "titel = \"T\"\n").expect_err("it is not");
/// assert_eq!(findings.len(), 3, "an unknown key, and two that are missing");
/// ```
pub fn read(path: &SourcePath, text: &str) -> Result<Config, Vec<Diagnostic>> {
    let source = FileText { path, text };
    let (root, mut findings) = toml::read(source);
    // What a damaged file seems to lack may be in the damage.
    if findings.is_empty() {
        findings.extend(shape::check(source, &root, schema::KEYS, &schema::RULE_NAMES));
        let (config, faults) = decode::config(source, &root);
        findings.extend(faults);
        if let Some(config) = config.filter(|_| findings.is_empty()) {
            return Ok(config);
        }
    }
    diagnostic::sort(&mut findings);
    Err(findings)
}

#[cfg(test)]
mod tests;
