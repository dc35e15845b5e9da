//! Server-sent events: each open page hears of every new edition.

use super::edition::Edition;
use super::studio::Studio;
use serde_json::json;
use std::io::{self, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A word now and then, so that we notice a client that has gone, and a client a line that is dead.
const HEARTBEAT: Duration = Duration::from_secs(10);

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
    X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\nretry: 500\n\n";

/// Sends events until the client is gone or the preview ends.
///
/// `tiny_http` keeps what a response says until it ends, so this writes for itself.
pub fn stream(mut out: &TcpStream, studio: &Studio) -> io::Result<()> {
    out.write_all(HEAD.as_bytes())?;
    let edition = studio.current();
    let mut number = edition.number;
    out.write_all(event(&edition).as_bytes())?;
    while !studio.is_stopping() {
        match studio.next_after(number, HEARTBEAT) {
            Some(edition) => {
                number = edition.number;
                out.write_all(event(&edition).as_bytes())?;
            }
            None => out.write_all(b"event: beat\ndata:\n\n")?,
        }
    }
    Ok(())
}

/// An edition as an event: its number, and the pages that were edited.
fn event(edition: &Edition) -> String {
    const MAX_NAMED: usize = 5;
    let site = edition.outcome.as_ref().map(|outcome| &outcome.site);
    let page = |path| site.and_then(|site| Some((site, site.page(*site.by_source.get(path)?))));
    let changed: Vec<_> = edition.changed.iter().filter_map(page).take(MAX_NAMED).collect();
    let changed: Vec<_> = changed
        .into_iter()
        .map(|(site, page)| json!({"title": page.title, "href": site.config.base_url.href(page.url.as_str())}))
        .collect();
    format!("data: {}\n\n", json!({"edition": edition.number, "changed": changed}))
}
