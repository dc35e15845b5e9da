//! What the rendering of a body asks of the site around it: links and directives.

use crate::base::diagnostic::Diagnostic;
use crate::parse::{Directive, Link};

/// Knows where links lead.
pub trait Links {
    /// Where a link or image of the body leads, as it goes into `href` or `src`.
    ///
    /// A broken link is another stage's finding: it resolves to its destination as written.
    fn resolve(&self, link: &Link) -> Resolved;
}

/// Renders directives by the theme's templates.
pub trait DirectiveRenderer {
    /// The HTML of a directive around its rendered content, which is empty for a leaf; else everything
    /// that is wrong with it.
    fn render(&self, directive: &Directive, content_html: &str) -> Result<String, Vec<Diagnostic>>;
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The URL, not yet escaped for HTML.
    pub href: String,
    /// What stands there.
    pub kind: Target,
    /// Width and height of an image, in pixels, when known.
    pub size: Option<(u32, u32)>,
    /// The sizes that a picture of this site can be had in.
    pub picture: Option<Picture>,
}

/// The sizes that a picture can be had in, as `srcset` says them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Those in the picture's own encoding; empty if there is only one.
    pub own: String,
    /// Those in another encoding, with its media type.
    pub other: Option<(&'static str, String)>,
    /// How wide it stands in the page.
    pub sizes: String,
}

/// What a link leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// A page of this site.
    Internal,
    /// Another site.
    External,
    /// A file of this site.
    Asset,
}

impl Resolved {
    /// A destination taken as written: external if it names a scheme or a host.
    pub fn as_written(destination: &str) -> Self {
        let kind = if names_host(destination) { Target::External } else { Target::Internal };
        Self { href: destination.to_owned(), kind, size: None, picture: None }
    }
}

/// True for `https://…`, `http://…` and `//…`, where another site answers.
fn names_host(destination: &str) -> bool {
    let lower = destination.get(..8).unwrap_or(destination).to_ascii_lowercase();
    ["https://", "http://", "//"].iter().any(|start| lower.starts_with(start))
}

/// True for URLs that run as script where they stand; a body whose raw HTML is not trusted may not hold them.
pub fn runs_script(destination: &str) -> bool {
    let plain: String = destination.chars().filter(|c| !c.is_whitespace() && !c.is_control()).take(24).collect();
    let plain = plain.to_ascii_lowercase();
    let is_image = plain.starts_with("data:image/") && !plain.starts_with("data:image/svg");
    ["javascript:", "vbscript:", "data:"].iter().any(|scheme| plain.starts_with(scheme)) && !is_image
}
