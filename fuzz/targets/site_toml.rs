//! Any `site.toml`: a configuration or findings at places of the file, never a panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sowhat::base::path::SourcePath;
use sowhat::config;

fuzz_target!(|text: &str| {
    match config::read(&SourcePath::new("site.toml").expect("a plain path"), text) {
        Ok(config) => {
            // What the rest of the program asks of every configuration that was let through.
            let address = config.base_url.absolute("/a/");
            assert!(address.starts_with("http://") || address.starts_with("https://"), "{address}");
            assert!(config.base_url.path().starts_with('/') || config.base_url.path().is_empty(), "{:?}", config.base_url);
        }
        Err(findings) => {
            assert!(!findings.is_empty(), "a refusal says why");
            for finding in &findings {
                let place = finding.place.start..finding.place.end;
                assert!(text.get(place.clone()).is_some(), "{place:?} is no place of the file: {finding:?}");
            }
        }
    }
});
