//! What templates may call: plain functions of values, none of which can walk the site.

mod asset;
mod date;
mod json;
mod words;

pub use json::safe_json;

use crate::base::fingerprint::{Fingerprint, FingerprintBuilder};
use crate::config::strings::Strings;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::Tera;

/// All that template functions depend on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionInputs {
    /// What `asset` answers: site path without its first slash → `href`.
    pub asset_hrefs: Arc<BTreeMap<String, String>>,
    /// What `words` answers.
    pub strings: Arc<Strings>,
}

impl FunctionInputs {
    /// The hash of everything the functions depend on.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut builder = FingerprintBuilder::default();
        for (path, href) in self.asset_hrefs.iter() {
            builder.add(path.as_bytes()).add(href.as_bytes());
        }
        builder.add(self.strings.fingerprint().as_bytes());
        builder.finish()
    }
}

/// Registers every function and filter; a new one is one file and one line here.
pub fn register(tera: &mut Tera, inputs: &FunctionInputs) {
    tera.register_function("asset", asset::function(inputs));
    tera.register_function("words", words::function(inputs));
    tera.register_filter("date", date::filter);
    tera.register_filter("json", json::filter);
}
