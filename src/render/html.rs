//! Text and URLs as they stand in HTML.

/// Appends text with `&`, `<`, `>` and `"` escaped: fit for content and for quoted attributes.
pub fn push_text(html: &mut String, text: &str) {
    let mut kept = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escape = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[kept..at]);
        html.push_str(escape);
        kept = at + 1;
    }
    html.push_str(&text[kept..]);
}

/// Appends a URL as the value of a quoted attribute: what no URL may hold is percent-encoded.
pub fn push_href(html: &mut String, url: &str) {
    // Writing to a string cannot fail.
    let _ = pulldown_cmark_escape::escape_href(html, url);
}

/// Text with `&`, `<`, `>` and `"` escaped.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    push_text(&mut html, text);
    html
}
