//! Any head of a request: refused, or understood and answered by a reply whose parts agree.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sowhat::serve::head::{Head, Method};
use sowhat::serve::reply::Reply;

const BODY: &[u8] = b"0123456789";

fuzz_target!(|bytes: &[u8]| {
    let Ok(head) = Head::parse(bytes) else { return };
    assert!(head.path.starts_with('/') && !head.path.contains(['?', '#', ' ', '\r', '\n']), "{:?}", head.path);
    let reply = Reply::new(200, "text/html", BODY.into()).with_tag("abc", &head).with_range(&head);
    let mut sent = Vec::new();
    reply.write(&mut sent, head.method).expect("memory takes every byte");
    let end = sent.windows(4).position(|four| four == b"\r\n\r\n").expect("a reply has a head");
    let text = std::str::from_utf8(&sent[..end]).expect("a head is ASCII");
    let body = &sent[end + 4..];
    let length = text.lines().find_map(|line| line.to_ascii_lowercase().strip_prefix("content-length: ").map(str::to_owned));
    let length = length.and_then(|length| length.parse::<usize>().ok());
    let has_no_body = head.method == Method::Head || text.starts_with("HTTP/1.1 304");
    match (has_no_body, length) {
        (true, _) => assert!(body.is_empty(), "{text}"),
        (false, length) => assert_eq!(length, Some(body.len()), "{text}"),
    }
    if text.starts_with("HTTP/1.1 206") {
        assert!(BODY.windows(body.len().max(1)).any(|part| part == body), "a range is a part of the whole");
    }
});
