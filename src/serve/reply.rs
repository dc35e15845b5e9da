//! What is sent back: status, headers and bytes, with entity tags and ranges.

use super::head::{Head, Method};
use std::io::{self, Write};
use std::ops::Range;
use std::sync::Arc;
use tiny_http::{HTTPVersion, Header, Response, StatusCode};

/// A whole reply.
#[derive(Debug, Clone)]
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    bytes: Arc<[u8]>,
    /// The part of the bytes that is sent.
    part: Range<usize>,
}

impl Reply {
    pub fn new(status: u16, media_type: &str, bytes: Arc<[u8]>) -> Self {
        // The preview shows what stands on the disk now; a browser's memory of it can only be wrong.
        let headers = vec![("Content-Type", media_type.to_owned()), ("Cache-Control", "no-store".to_owned())];
        Self { status, headers, part: 0..bytes.len(), bytes }
    }

    /// A few words.
    pub fn text(status: u16, words: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", words.as_bytes().into())
    }

    /// Leads elsewhere on this server.
    pub fn redirect(location: String) -> Self {
        let mut reply = Self::text(302, "");
        reply.headers.push(("Location", location));
        reply
    }

    /// Names the version of the bytes, and answers a client that has it already.
    #[must_use]
    pub fn with_tag(mut self, tag: &str, head: &Head) -> Self {
        let tag = format!("\"{tag}\"");
        let knows =
            |known: &str| known.split(',').map(|known| known.trim().trim_start_matches("W/")).any(|known| known == tag || known == "*");
        if self.status == 200 && head.get("If-None-Match").is_some_and(knows) {
            self.status = 304;
        }
        self.headers.push(("ETag", tag));
        self
    }

    /// Sends the part that a player or a resumed download asks for.
    #[must_use]
    pub fn with_range(mut self, head: &Head) -> Self {
        self.headers.push(("Accept-Ranges", "bytes".to_owned()));
        let tag = self.headers.iter().find(|(name, _)| *name == "ETag").map(|(_, tag)| tag.as_str());
        let is_same = head.get("If-Range").is_none_or(|known| Some(known) == tag);
        let Some(wanted) = head.get("Range").filter(|_| self.status == 200 && is_same) else { return self };
        let len = self.bytes.len();
        match range(wanted, len) {
            Asked::Whole => {}
            Asked::Part(part) => {
                self.status = 206;
                self.headers.push(("Content-Range", format!("bytes {}-{}/{len}", part.start, part.end - 1)));
                self.part = part;
            }
            Asked::Outside => {
                self.status = 416;
                self.headers.push(("Content-Range", format!("bytes */{len}")));
                self.part = 0..0;
            }
        }
        self
    }

    /// Sends the reply; to HEAD without its bytes.
    pub fn write(&self, out: &mut impl Write, method: Method) -> io::Result<()> {
        let bytes = &self.bytes[self.part.clone()];
        let header = |(name, value): &(&'static str, String)| {
            // A header that cannot be written is left out: the rest of the reply stands without it.
            Header::from_bytes(*name, value.as_str()).ok()
        };
        let mut headers: Vec<Header> = self.headers.iter().filter_map(header).collect();
        headers.extend(Header::from_bytes("Server", "sowhat").ok());
        headers.extend(Header::from_bytes("X-Content-Type-Options", "nosniff").ok());
        let response = Response::new(StatusCode(self.status), headers, bytes, Some(bytes.len()), None);
        let response = response.with_chunked_threshold(usize::MAX);
        // One write for the head and the first bytes.
        let mut out = io::BufWriter::with_capacity(16 << 10, out);
        response.raw_print(&mut out, HTTPVersion(1, 1), &[], method == Method::Head, None)?;
        out.flush()
    }
}

/// What a `Range` header asks for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// Nothing that must be honoured.
    Whole,
    Part(Range<usize>),
    Outside,
}

/// Reads `bytes=0-99`, `bytes=100-` or `bytes=-100`; several ranges at once get the whole.
fn range(text: &str, len: usize) -> Asked {
    let Some((first, last)) = text.trim().strip_prefix("bytes=").filter(|text| !text.contains(',')).and_then(|text| text.split_once('-'))
    else {
        return Asked::Whole;
    };
    let (start, end) = match (first.trim().parse::<usize>(), last.trim().parse::<usize>()) {
        (Ok(first), Ok(last)) if last < first => return Asked::Whole,
        (Ok(first), Ok(last)) => (first, last.saturating_add(1).min(len)),
        (Ok(first), Err(_)) if last.trim().is_empty() => (first, len),
        (Err(_), Ok(n_last)) if first.trim().is_empty() => (len - n_last.min(len), len),
        (Ok(_) | Err(_), Ok(_) | Err(_)) => return Asked::Whole,
    };
    if start < end { Asked::Part(start..end) } else { Asked::Outside }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_stay_inside_the_bytes() {
        for (text, expected) in [
            ("bytes=0-1", Asked::Part(0..2)),
            ("bytes=4-", Asked::Part(4..10)),
            ("bytes=-3", Asked::Part(7..10)),
            ("bytes=-99", Asked::Part(0..10)),
            ("bytes=8-99", Asked::Part(8..10)),
            ("bytes=0-18446744073709551615", Asked::Part(0..10)),
            ("bytes=10-", Asked::Outside),
            ("bytes=-0", Asked::Outside),
            ("bytes=5-4", Asked::Whole),
            ("bytes=0-1,3-4", Asked::Whole),
            ("bytes=a-b", Asked::Whole),
            ("lines=0-1", Asked::Whole),
        ] {
            assert_eq!(range(text, 10), expected, "{text}");
        }
    }
}
