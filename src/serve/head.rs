//! The head of a request to [`Head`]: strict, for whatever is unclear here is understood in two ways
//! elsewhere.

use tiny_http::{HTTPVersion, Header};

/// What may be done with a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    Get,
    Head,
}

/// The head of a request that may be answered.
#[derive(Debug, Clone)]
pub struct Head {
    pub method: Method,
    /// The target up to its query, as sent.
    pub path: String,
    /// What follows the `?`, as sent.
    pub query: String,
    pub host: String,
    /// Whether another request may follow on the connection.
    pub keep_alive: bool,
    headers: Vec<Header>,
}

/// Why a request is refused; the connection ends with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeadError {
    Malformed,
    TooLarge,
    TooSlow,
    Method,
    Version,
    /// It has, or may have, a body.
    Body,
}

impl HeadError {
    /// The status, and words for the client.
    pub fn reply(self) -> (u16, &'static str) {
        match self {
            Self::Malformed => (400, "this is no request that can be understood\n"),
            Self::TooLarge => (431, "the head of this request is too large\n"),
            Self::TooSlow => (408, "this request took too long to arrive\n"),
            Self::Method => (405, "only GET and HEAD are answered here\n"),
            Self::Version => (505, "HTTP/1.0 and HTTP/1.1 are spoken here\n"),
            Self::Body => (413, "requests with a body are not taken here\n"),
        }
    }
}

impl Head {
    /// Reads a head without the empty line that ends it.
    pub fn parse(bytes: &[u8]) -> Result<Self, HeadError> {
        let text = std::str::from_utf8(bytes).ok().filter(|text| text.is_ascii()).ok_or(HeadError::Malformed)?;
        let mut lines = text.split("\r\n");
        let mut words = lines.next().unwrap_or_default().split(' ');
        let (Some(method), Some(target), Some(version), None) = (words.next(), words.next(), words.next(), words.next()) else {
            return Err(HeadError::Malformed);
        };
        let version = match version {
            "HTTP/1.1" => HTTPVersion(1, 1),
            "HTTP/1.0" => HTTPVersion(1, 0),
            other if other.starts_with("HTTP/") => return Err(HeadError::Version),
            _ => return Err(HeadError::Malformed),
        };
        let headers: Vec<Header> = lines.map(header).collect::<Result<_, _>>()?;
        let method = match method.parse::<tiny_http::Method>() {
            Ok(tiny_http::Method::Get) => Method::Get,
            Ok(tiny_http::Method::Head) => Method::Head,
            Ok(_) => return Err(HeadError::Method),
            Err(()) => return Err(HeadError::Malformed),
        };
        let head = Self { method, path: String::new(), query: String::new(), host: String::new(), keep_alive: true, headers };
        if head.get("Transfer-Encoding").is_some() || head.all("Content-Length").any(|length| length != "0") {
            return Err(HeadError::Body);
        }
        head.with_target(target, &version)
    }

    /// Fills in what follows from the target and the version.
    fn with_target(mut self, target: &str, version: &HTTPVersion) -> Result<Self, HeadError> {
        if self.all("Host").count() > 1 {
            return Err(HeadError::Malformed);
        }
        let host = self.get("Host").map(str::to_owned);
        if host.is_none() && *version == HTTPVersion(1, 1) {
            return Err(HeadError::Malformed);
        }
        // A proxy's form of the target: its own host counts.
        let (host, target) = match target.strip_prefix("http://") {
            Some(rest) => {
                let at = rest.find('/').ok_or(HeadError::Malformed)?;
                (rest[..at].to_owned(), &rest[at..])
            }
            None => (host.unwrap_or_else(|| "localhost".to_owned()), target),
        };
        // A lone carriage return ends a line for some readers of logs and heads.
        let is_plain = target.starts_with('/') && !target.contains('#') && target.bytes().all(|byte| byte.is_ascii_graphic());
        if !is_plain {
            return Err(HeadError::Malformed);
        }
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        (self.path, self.query, self.host) = (path.to_owned(), query.to_owned(), host);
        let connection = self.get("Connection").unwrap_or_default().to_ascii_lowercase();
        self.keep_alive = match *version == HTTPVersion(1, 1) {
            true => !connection.contains("close"),
            false => connection.contains("keep-alive"),
        };
        Ok(self)
    }

    /// The first header of a name.
    pub fn get(&self, name: &'static str) -> Option<&str> {
        self.all(name).next()
    }

    fn all(&self, name: &'static str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |header| header.field.equiv(name)).map(|header| header.value.as_str())
    }
}

fn header(line: &str) -> Result<Header, HeadError> {
    let (name, value) = line.split_once(':').ok_or(HeadError::Malformed)?;
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    let is_plain = !name.is_empty() && name.bytes().all(is_token) && value.bytes().all(|byte| byte == b'\t' || !byte.is_ascii_control());
    if !is_plain {
        return Err(HeadError::Malformed);
    }
    Header::from_bytes(name, value.trim()).map_err(|()| HeadError::Malformed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_understood_in_one_way_is_read() {
        let check = |text: &str, expected: Result<(&str, &str, &str), HeadError>| {
            let parsed = Head::parse(text.as_bytes());
            let parsed = parsed.as_ref().map(|head| (head.path.as_str(), head.query.as_str(), head.host.as_str()));
            assert_eq!(parsed.map_err(|error| *error), expected, "{text:?}");
        };
        check("GET /a/?b=c HTTP/1.1\r\nHost: x", Ok(("/a/", "b=c", "x")));
        check("HEAD / HTTP/1.0", Ok(("/", "", "localhost")));
        check("GET http://y/z HTTP/1.1\r\nHost: x", Ok(("/z", "", "y")));
        check("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 0", Ok(("/", "", "x")));
        check("GET / HTTP/1.1", Err(HeadError::Malformed));
        check("GET / HTTP/1.1\r\nHost: x\r\nHost: y", Err(HeadError::Malformed));
        check("GET / HTTP/1.1\nHost: x", Err(HeadError::Malformed));
        check("GET / HTTP/1.1\r\nHost : x", Err(HeadError::Malformed));
        check("GET / HTTP/1.1\r\nHost: x\r\n folded", Err(HeadError::Malformed));
        check("GET  / HTTP/1.1\r\nHost: x", Err(HeadError::Malformed));
        check("GET a HTTP/1.1\r\nHost: x", Err(HeadError::Malformed));
        check("GET / HTTP/2.0\r\nHost: x", Err(HeadError::Version));
        check("POST / HTTP/1.1\r\nHost: x", Err(HeadError::Method));
        check("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999", Err(HeadError::Body));
        check("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: +4", Err(HeadError::Body));
        check("GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked", Err(HeadError::Body));
        check("GET /\u{e9} HTTP/1.1\r\nHost: x", Err(HeadError::Malformed));
        check("GET /a\rb HTTP/1.1\r\nHost: x", Err(HeadError::Malformed));
        check("GET /a\0b HTTP/1.1\r\nHost: x", Err(HeadError::Malformed));
        check("", Err(HeadError::Malformed));
    }
}
