//! `asset(path="css/main.css")`: the address of a file, with its fingerprint.

use super::FunctionInputs;
use crate::base::suggest::did_you_mean;
use std::sync::Arc;
use tera::{Error, Kwargs, State, TeraResult, Value};

/// The function for one site's assets; a path that is not there is an error at its line.
pub fn function(inputs: &FunctionInputs) -> impl Fn(Kwargs, &State<'_>) -> TeraResult<Value> + Send + Sync + 'static {
    let hrefs = Arc::clone(&inputs.asset_hrefs);
    move |kwargs: Kwargs, _: &State<'_>| {
        let path: &str = kwargs.must_get("path")?;
        let found = hrefs.get(path.trim_start_matches('/'));
        found.map(|href| Value::from(href.as_str())).ok_or_else(|| {
            let hint = did_you_mean(path, hrefs.keys().map(String::as_str)).unwrap_or_else(|| "put it into `static/`".to_owned());
            Error::message(format!("there is no asset `{path}`; {hint}"))
        })
    }
}
