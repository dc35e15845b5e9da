//! A request's head to a reply: an output of the plan, or one of the preview's own files under
//! `/_sowhat/`. Nothing else is reachable.

use super::edition::{Edition, Made, Output};
use super::excerpt::Editor;
use super::head::Head;
use super::inject::inject;
use super::media::{asset_of, large_file, media_type};
use super::query::Query;
use super::reply::Reply;
use super::studio::Studio;
use super::{brief, panel, site_view};
use crate::base::path::{OutputPath, UrlPath, encode_path};
use crate::pipeline::Outcome;
use percent_encoding::percent_decode_str;
use std::sync::Arc;

/// Where the preview's own files stand.
const OWN: &str = "/_sowhat/";

/// The page that hosts show when there is none.
const NOT_FOUND: &str = "404.html";

const JS: &str = "text/javascript; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";

/// The files of `client/`, by their name below [`OWN`].
const CLIENT: &[(&str, &str, &str)] = &[
    ("brief.js", JS, include_str!("client/brief.js")),
    ("client.js", JS, include_str!("client/client.js")),
    ("dom.js", JS, include_str!("client/dom.js")),
    ("images.js", JS, include_str!("client/images.js")),
    ("morph.js", JS, include_str!("client/morph.js")),
    ("panel.js", JS, include_str!("client/panel.js")),
    ("room.js", JS, include_str!("client/room.js")),
    ("panel.css", CSS, include_str!("client/panel.css")),
    ("site.css", CSS, include_str!("client/site.css")),
    ("site.js", JS, include_str!("client/site.js")),
    ("", "text/html; charset=utf-8", include_str!("client/site.html")),
];

/// How many images of a page are looked at.
const MAX_ALSO: usize = 64;

/// Shown when there has been no page yet to show a fault over.
const EMPTY_PAGE: &str = "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">\
    <title>Preview</title></head><body></body></html>\n";

/// What becomes of a request.
pub enum Answer {
    Reply(Reply),
    /// The connection stays open for events.
    Events,
}

/// Answers a request.
pub fn answer(head: &Head, studio: &Studio) -> Answer {
    let Some(path) = decode(&head.path) else {
        return Answer::Reply(Reply::text(400, "this path leads nowhere\n"));
    };
    match path.strip_prefix(OWN) {
        Some("events") => Answer::Events,
        Some(own) => Answer::Reply(own_file(own, head, studio)),
        None if path == OWN.trim_end_matches('/') => Answer::Reply(Reply::redirect(OWN.to_owned())),
        None => Answer::Reply(page(&path, head, studio)),
    }
}

/// A target's path, percent-decoded once; `None` if it could mean a way out.
fn decode(path: &str) -> Option<String> {
    let path = percent_decode_str(path).decode_utf8().ok()?;
    let is_plain = path.len() <= 4096
        && path.starts_with('/')
        && !path.contains(['\\', '\0', '\n', '\r'])
        && path.split('/').all(|part| part != "." && part != "..");
    is_plain.then(|| path.into_owned())
}

fn own_file(name: &str, head: &Head, studio: &Studio) -> Reply {
    let json = |value: serde_json::Value| Reply::new(200, "application/json", value.to_string().into_bytes().into());
    let query = Query(&head.query);
    let editor = |edition: &Edition| Editor::of(edition, studio.world().root().display().to_string());
    match name {
        "site" => {
            let edition = studio.fresh();
            json(site_view::of(&edition, &editor(&edition), &query))
        }
        "page" => {
            let asked = query.first("path").and_then(|path| decode(&path));
            let Some(path) = asked else { return Reply::text(400, "`path` is missing\n") };
            let edition = studio.fresh();
            let mut state = page_state(&path, &edition, studio, &editor(&edition));
            state["also"] =
                query.all("also").take(MAX_ALSO).map(|path| versioned(path, &edition)).collect::<serde_json::Map<_, _>>().into();
            json(state)
        }
        name => match CLIENT.iter().find(|(known, ..)| *known == name) {
            Some((_, media_type, text)) => Reply::new(200, media_type, text.as_bytes().into()),
            None => Reply::text(404, "the preview has no such file\n"),
        },
    }
}

/// An image that a page shows, with the version that stands now: its address may stay.
fn versioned(path: String, edition: &Edition) -> (String, serde_json::Value) {
    let version = match decode(&path).map(|path| resolve(&path, edition)) {
        Some(Found::Output(output)) => asset_of(&output, edition).map(|asset| asset.fingerprint.to_string()),
        Some(Found::Redirect(_) | Found::Missing) | None => None,
    };
    (path, version.into())
}

/// What stands at a path of the server.
enum Found {
    Output(OutputPath),
    /// A page whose address ends in a slash.
    Redirect(String),
    Missing,
}

fn resolve(path: &str, edition: &Edition) -> Found {
    let Some(outcome) = &edition.outcome else { return Found::Missing };
    let base = outcome.site.config.base_url.path();
    let below = path.strip_prefix(base).filter(|below| below.starts_with('/'));
    let Some(below) = below else {
        let is_base = path == "/" || path == base;
        return if is_base { Found::Redirect(outcome.site.config.base_url.href("/")) } else { Found::Missing };
    };
    let below = below.trim_start_matches('/');
    let holds = |path: &str| OutputPath::new(path).filter(|path| outcome.plan.entries.contains_key(path));
    if below.is_empty() || below.ends_with('/') {
        return holds(&format!("{below}index.html")).map_or(Found::Missing, Found::Output);
    }
    match holds(below) {
        Some(path) => Found::Output(path),
        None if holds(&format!("{below}/index.html")).is_some() => Found::Redirect(encode_path(&format!("{path}/"))),
        None => Found::Missing,
    }
}

fn page(path: &str, head: &Head, studio: &Studio) -> Reply {
    let edition = studio.fresh();
    match resolve(path, &edition) {
        Found::Output(output) => output_reply(&output, head, &edition, studio),
        Found::Redirect(to) if head.query.is_empty() => Reply::redirect(to),
        Found::Redirect(to) => Reply::redirect(format!("{to}?{}", head.query)),
        Found::Missing => not_found(head, &edition, studio),
    }
}

fn output_reply(path: &OutputPath, head: &Head, edition: &Edition, studio: &Studio) -> Reply {
    if let Some(reply) = large_file(path, head, edition, studio.world()) {
        return reply;
    }
    let media_type = media_type(path.as_str());
    let is_page = media_type.starts_with("text/html");
    let (status, output) = match shown(path, edition, studio) {
        Some(output) => (200, output),
        None if is_page => return fault_page(),
        None => return Reply::text(500, "this file cannot be made; see /_sowhat/\n"),
    };
    let tag = output.tag.to_string();
    match is_page {
        true => Reply::new(status, media_type, inject(&output.bytes, &tag).into()).with_tag(&tag, head),
        false => Reply::new(status, media_type, output.bytes).with_tag(&tag, head).with_range(head),
    }
}

/// An output as it is, or as it was when it could last be made.
fn shown(path: &OutputPath, edition: &Edition, studio: &Studio) -> Option<Output> {
    match edition.make(path) {
        Made::Ready(output) => {
            if edition.trouble.is_empty() && path.as_str().ends_with(".html") {
                studio.keep_good(path, edition.number, &output);
            }
            Some(output)
        }
        Made::Failed(_) => match edition.fallback.as_ref().map(|fallback| fallback.make(path)) {
            Some(Made::Ready(output)) => Some(output),
            Some(Made::Failed(_)) | None => studio.last_good(path),
        },
    }
}

/// A page that shows nothing but the overlay that its script brings, and goes when there is one.
fn fault_page() -> Reply {
    Reply::new(500, "text/html; charset=utf-8", inject(EMPTY_PAGE.as_bytes(), "").into())
}

/// The site's own page for what is not there.
fn not_found(head: &Head, edition: &Edition, studio: &Studio) -> Reply {
    if edition.outcome.is_none() {
        return fault_page();
    }
    let Some(output) = OutputPath::new(NOT_FOUND).and_then(|path| shown(&path, edition, studio)) else {
        return Reply::new(404, "text/html; charset=utf-8", inject(EMPTY_PAGE.as_bytes(), "").into());
    };
    let tag = output.tag.to_string();
    Reply::new(404, "text/html; charset=utf-8", inject(&output.bytes, &tag).into()).with_tag(&tag, head)
}

/// What the script of an open page needs to know of the page.
fn page_state(path: &str, edition: &Edition, studio: &Studio, editor: &Editor) -> serde_json::Value {
    let found = resolve(path, edition);
    let (status, output) = match &found {
        Found::Output(output) => ("here", Some(output.clone())),
        Found::Redirect(_) => ("moved", None),
        Found::Missing => ("missing", OutputPath::new(NOT_FOUND)),
    };
    let is_planned = |path: &&OutputPath| edition.outcome.as_ref().is_some_and(|outcome| outcome.plan.entries.contains_key(*path));
    let planned = output.as_ref().filter(is_planned);
    let tag = planned.and_then(|path| shown(path, edition, studio)).map(|output| output.tag.to_string());
    let moved_to = match found {
        Found::Redirect(to) => Some(to),
        Found::Missing => edition.outcome.as_ref().and_then(|outcome| moved_to(path, outcome, studio)),
        Found::Output(_) => None,
    };
    let page = output.as_ref().and_then(|output| panel::page_of(output, edition));
    let found_in_making = match planned.map(|path| edition.make(path)) {
        Some(Made::Ready(output)) => output.findings,
        Some(Made::Failed(findings)) => findings.into(),
        None => Arc::from([]),
    };
    serde_json::json!({
        "edition": edition.number,
        "status": if edition.outcome.is_none() { "stopped" } else { status },
        "tag": tag,
        "moved_to": moved_to,
        "faults": panel::faults(page, &found_in_making, edition, editor),
        "brief": page.map(|page| brief::of(page, &found_in_making, edition, editor)),
        "site": panel::site_state(edition),
    })
}

fn moved_to(path: &str, outcome: &Outcome, studio: &Studio) -> Option<String> {
    let base_url = &outcome.site.config.base_url;
    let below = path.strip_prefix(base_url.path())?.trim_matches('/');
    let url = UrlPath::page(below.split('/').filter(|part| *part != "index.html"));
    studio.moved_to(&url).map(|url| base_url.href(url.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leads_out() {
        for (path, expected) in [
            ("/a%20b/", Some("/a b/")),
            ("/%C3%A9", Some("/é")),
            ("/%252e%252e/", Some("/%2e%2e/")),
            ("/../x", None),
            ("/a/%2e%2e/x", None),
            ("/a/%2E%2E", None),
            ("/.", None),
            ("/a%5c..%5cb", None),
            ("/a%00b", None),
            ("/a%0d%0ab", None),
            ("/%ff", None),
        ] {
            assert_eq!(decode(path).as_deref(), expected, "{path}");
        }
    }
}
