//! Values to HTML: bodies, templates, and what templates may see.

pub mod highlight;
pub mod html;
pub mod markdown;

use crate::base::diagnostic::Diagnostic;
use crate::model::PageId;
use std::sync::Arc;

/// Renders bodies and templates of one site; bodies that feeds share are made once.
pub struct Renderer {}

impl Renderer {
    /// A page's body with all `href` and `src` absolute, as feeds carry it.
    pub fn feed_body(&self, _page: PageId) -> Result<Arc<str>, Vec<Diagnostic>> {
        unreachable!("replaced before anything calls it")
    }
}
