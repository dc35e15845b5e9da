//! Values to HTML: bodies, templates, and what templates may see.

pub mod chart;
pub mod directives;
pub mod functions;
pub mod highlight;
pub mod html;
pub mod makers;
pub mod markdown;
mod renderer;
pub mod search;
pub mod templates;
pub mod view;
mod wanted;

pub use wanted::Wanted;

pub use renderer::{Backdrop, Bodies, Inputs, Planned, Renderer};
