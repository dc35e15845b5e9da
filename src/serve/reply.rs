//! What is sent back: status, headers and bytes, with entity tags and ranges; a large file is read as it is sent.

use super::head::{Head, Method};
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::Arc;
use tiny_http::{HTTPVersion, Header, Response, StatusCode};

/// A whole reply.
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Body,
    /// The part of the body that is sent.
    part: Range<u64>,
}

/// What can be read from any place on: an open file.
pub trait ReadFrom: Read + Seek + Send {}

impl<T: Read + Seek + Send> ReadFrom for T {}

enum Body {
    Bytes(Arc<[u8]>),
    /// Read as it is sent, for it may be larger than the memory.
    Open(Box<dyn ReadFrom>),
}

impl Reply {
    pub fn new(status: u16, media_type: &str, bytes: Arc<[u8]>) -> Self {
        let len = bytes.len() as u64;
        Self::with_body(status, media_type, Body::Bytes(bytes), len)
    }

    /// A reply with the first `len` bytes of a file.
    pub fn of_file(media_type: &str, file: Box<dyn ReadFrom>, len: u64) -> Self {
        Self::with_body(200, media_type, Body::Open(file), len)
    }

    fn with_body(status: u16, media_type: &str, body: Body, len: u64) -> Self {
        // The preview shows what stands on the disk now; a browser's memory of it can only be wrong.
        let headers = vec![("Content-Type", media_type.to_owned()), ("Cache-Control", "no-store".to_owned())];
        Self { status, headers, part: 0..len, body }
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
        // Of the methods only GET knows ranges: HEAD tells of the whole.
        let has_ranges = self.status == 200 && is_same && head.method == Method::Get;
        let Some(wanted) = head.get("Range").filter(|_| has_ranges) else { return self };
        let len = self.part.end;
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
    pub fn write(self, out: &mut impl Write, method: Method) -> io::Result<()> {
        let header = |(name, value): &(&'static str, String)| {
            // A header that cannot be written is left out: the rest of the reply stands without it.
            Header::from_bytes(*name, value.as_str()).ok()
        };
        let mut headers: Vec<Header> = self.headers.iter().filter_map(header).collect();
        headers.extend(Header::from_bytes("Server", "sowhat").ok());
        headers.extend(Header::from_bytes("X-Content-Type-Options", "nosniff").ok());
        let len = self.part.end - self.part.start;
        let body: Box<dyn Read> = match self.body {
            Body::Bytes(bytes) => {
                let mut bytes = Cursor::new(bytes);
                bytes.set_position(self.part.start);
                Box::new(bytes)
            }
            Body::Open(mut file) => {
                file.seek(SeekFrom::Start(self.part.start))?;
                Box::new(file)
            }
        };
        let length = usize::try_from(len).map_err(io::Error::other)?;
        let response = Response::new(StatusCode(self.status), headers, Exactly { body, left: len }, Some(length), None);
        let response = response.with_chunked_threshold(usize::MAX);
        // One write for the head and the first bytes.
        let mut out = io::BufWriter::with_capacity(16 << 10, out);
        response.raw_print(&mut out, HTTPVersion(1, 1), &[], method == Method::Head, None)?;
        out.flush()
    }
}

/// As many bytes as the reply's head has announced, or an error, which ends the connection: a file that
/// has shrunk meanwhile must not leave the client waiting for the rest.
struct Exactly {
    body: Box<dyn Read>,
    left: u64,
}

impl Read for Exactly {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 || buffer.is_empty() {
            return Ok(0);
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let n_read = self.body.read(&mut buffer[..most])?;
        if n_read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        self.left -= n_read as u64;
        Ok(n_read)
    }
}

/// What a `Range` header asks for.
#[derive(Debug, PartialEq, Eq)]
enum Asked {
    /// Nothing that must be honoured.
    Whole,
    Part(Range<u64>),
    Outside,
}

/// Reads `bytes=0-99`, `bytes=100-` or `bytes=-100`; several ranges at once get the whole.
fn range(text: &str, len: u64) -> Asked {
    let Some((first, last)) = text.trim().strip_prefix("bytes=").filter(|text| !text.contains(',')).and_then(|text| text.split_once('-'))
    else {
        return Asked::Whole;
    };
    let (start, end) = match (first.trim().parse::<u64>(), last.trim().parse::<u64>()) {
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
