//! Raw HTML on its way to the page: links resolved, comments left out, or all of it escaped.

use super::BodyInputs;
use super::links::{Resolved, runs_script};
use crate::parse::markdown::nodes::HtmlRun;
use crate::parse::raw_html::{self, Part};
use crate::parse::{Document, Link, LinkKind};
use crate::render::html::{push_href, push_text};
use std::ops::Range;

/// Raw HTML as it is published. Comments are for authors and stay out of the page.
pub fn published(run: &HtmlRun<'_>, inputs: &BodyInputs<'_>) -> String {
    let mut html = String::with_capacity(run.text.len());
    let mut at = 0;
    for part in raw_html::parts(&run.text) {
        match part {
            Part::Comment(range) => {
                html.push_str(&run.text[at..range.start]);
                at = range.end;
            }
            Part::Tag(tag) => {
                for (kind, url) in raw_html::urls(&run.text, &tag) {
                    let destination = raw_html::decode(&run.text[url.clone()]);
                    let resolved = resolve(inputs, kind, &destination, &run.in_file(url.clone()));
                    let is_gone = kind == LinkKind::Link && resolved.href.is_empty();
                    let attribute = tag.attributes.iter().find(|attribute| is_gone && attribute.value.end >= url.end);
                    if let Some(attribute) = attribute.map(|attribute| attribute.whole(&run.text)) {
                        html.push_str(&run.text[at..attribute.start]);
                        at = attribute.end;
                        continue;
                    }
                    html.push_str(&run.text[at..url.start]);
                    push_href(&mut html, &resolved.href);
                    at = url.end;
                }
            }
            Part::Cut(_) => {}
        }
    }
    html.push_str(&run.text[at..]);
    html
}

/// Raw HTML as text, for sites whose authors are not trusted; comments still stay out.
pub fn escaped(run: &HtmlRun<'_>) -> String {
    let mut html = String::with_capacity(run.text.len());
    let mut at = 0;
    for part in raw_html::parts(&run.text) {
        if let Part::Comment(range) = part {
            push_text(&mut html, &run.text[at..range.start]);
            at = range.end;
        }
    }
    push_text(&mut html, &run.text[at..]);
    html
}

/// Where a link leads that stands at `range`; a URL that runs script leads nowhere if raw HTML does not pass.
pub fn resolve(inputs: &BodyInputs<'_>, kind: LinkKind, destination: &str, range: &Range<usize>) -> Resolved {
    if !inputs.options.raw_html && runs_script(destination) {
        return Resolved::as_written("");
    }
    match link_at(inputs.document, destination, range.start) {
        Some(link) => inputs.links.resolve(link),
        None => inputs.links.resolve(&Link { kind, destination: destination.to_owned(), text: String::new(), range: range.clone() }),
    }
}

/// The link of a document that begins at `start`; links are in the order of their starts.
fn link_at<'a>(document: &'a Document, destination: &str, start: usize) -> Option<&'a Link> {
    let first = document.links.partition_point(|link| link.range.start < start);
    let here = document.links[first..].iter().take_while(|link| link.range.start == start);
    here.take(16).find(|link| link.destination == destination)
}
