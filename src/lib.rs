//! Sowhat: a static site generator that asks every piece "so what?" before it publishes.
//!
//! A build is a pure function from a snapshot of the site's files and its configuration to outputs
//! and findings.

#![forbid(unsafe_code)]

pub mod base;
pub mod config;
pub mod editorial;
pub mod imaging;
pub mod model;
pub mod output;
pub mod parse;
pub mod pipeline;
pub mod render;
pub mod report;
pub mod serve;
pub mod world;
