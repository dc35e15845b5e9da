//! Raw HTML that browsers do not load from a published site: `_headers` forbids frames, scripts and styles that a page
//! brings with it, and the preview sends no such policy, so the writer would not see it.

use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::parse::markdown::nodes::HtmlRun;
use crate::parse::raw_html::{self, Tag, TagKind};

/// How the attributes begin that are scripts.
const EVENTS: &[&str] = &[
    "onblur",
    "onchange",
    "onclick",
    "ondblclick",
    "onerror",
    "onfocus",
    "oninput",
    "onkey",
    "onload",
    "onmouse",
    "onpointer",
    "onscroll",
    "onsubmit",
    "ontoggle",
    "ontouch",
];

/// The finding of a tag that the policy of the site keeps browsers from following.
pub fn tag(path: &SourcePath, run: &HtmlRun<'_>, tag: &Tag<'_>) -> Option<Diagnostic> {
    let (what, help) = blocked(&run.text, tag).filter(|_| tag.kind != TagKind::End)?;
    let message = format!("browsers do not load {what}: the site's security policy forbids it");
    Some(Diagnostic::warning("html-blocked", Place::new(path, run.in_file(tag.range.clone())), message).help(help))
}

/// What is blocked, and what to write instead.
fn blocked(html: &str, tag: &Tag<'_>) -> Option<(&'static str, &'static str)> {
    let value = |wanted: &str| {
        let attribute = tag.attributes.iter().find(|attribute| attribute.name.eq_ignore_ascii_case(wanted))?;
        Some(raw_html::decode(&html[attribute.value.clone()]).trim().to_ascii_lowercase())
    };
    let is_elsewhere = |url: &str| url.starts_with("//") || url.contains("://");
    let acts = || {
        let mut names = tag.attributes.iter().map(|attribute| attribute.name.to_ascii_lowercase());
        names.any(|name| EVENTS.iter().any(|event| name.starts_with(event)))
    };
    match tag.name.to_ascii_lowercase().as_str() {
        "iframe" | "object" | "embed" => {
            Some(("this frame", "write `::embed{url=\"…\" title=\"…\"}`, which the policy lets in and which asks the reader first"))
        }
        "script" if value("src").is_none_or(|url| is_elsewhere(&url)) => {
            Some(("this script", "put it into a file below `static/` and point `src` at that"))
        }
        "style" => Some(("this style", "put the rules into a style sheet of the site")),
        "video" | "audio" if value("src").is_some_and(|url| is_elsewhere(&url)) => {
            Some(("this file", "put the file beside the piece, or write `::embed{url=\"…\" title=\"…\"}`"))
        }
        _ if value("style").is_some() => {
            Some(("the style of this tag", "give it a class, and write the rules into a style sheet of the site"))
        }
        _ if acts() => Some(("what this tag is to do", "put the script into a file below `static/`")),
        _ => None,
    }
}
