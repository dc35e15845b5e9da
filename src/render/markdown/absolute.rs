//! A rendered body with every URL absolute, as feeds carry it.
//!
//! One walk over the tags of the finished HTML, so that links, footnotes, what directives made and raw
//! HTML are all treated alike, and the body is rendered once for page and feeds.

use crate::parse::raw_html::{self, Part};
use crate::render::html::push_text;

/// Makes `href`, `src`, `srcset` and the like absolute.
///
/// `page_url` is the absolute URL of the page that the body stands on, such as
/// `https://example.com/insights/price/`.
///
/// ```
/// use sowhat::render::markdown::absolutize;
/// let html = r##"<a href="#x">1</a> <a href="/a/">2</a> <img src="b.png" alt="">"##;
/// assert_eq!(
///     absolutize(html, "https://e.com/p/"),
///     r##"<a href="https://e.com/p/#x">1</a> <a href="https://e.com/a/">2</a> <img src="https://e.com/p/b.png" alt="">"##
/// );
/// ```
pub fn absolutize(html: &str, page_url: &str) -> String {
    let mut absolute = String::with_capacity(html.len() + html.len() / 8);
    let mut at = 0;
    for part in raw_html::parts(html) {
        let Part::Tag(tag) = part else { continue };
        for (_, url) in raw_html::urls(html, &tag) {
            let written = raw_html::decode(&html[url.clone()]);
            let Some(joined) = join(page_url, &written) else { continue };
            absolute.push_str(&html[at..url.start]);
            push_text(&mut absolute, &joined);
            at = url.end;
        }
    }
    absolute.push_str(&html[at..]);
    absolute
}

/// A URL as a browser on `page_url` would follow it; `None` when it is absolute already.
fn join(page_url: &str, url: &str) -> Option<String> {
    let (scheme, rest) = page_url.split_once("://")?;
    let origin_len = scheme.len() + "://".len() + rest.find('/').unwrap_or(rest.len());
    let (origin, path) = page_url.split_at(origin_len);
    if let Some(host) = url.strip_prefix("//") {
        return Some(format!("{scheme}://{host}"));
    }
    if has_scheme(url) {
        return None;
    }
    if url.starts_with('/') {
        return Some(format!("{origin}{}", without_dots(url)));
    }
    if url.starts_with('#') {
        return Some(format!("{page_url}{url}"));
    }
    if url.starts_with('?') {
        return Some(format!("{}{url}", page_url.split(['?', '#']).next().unwrap_or_default()));
    }
    let folder = path.rfind('/').map_or("/", |end| &path[..=end]);
    Some(format!("{origin}{}", without_dots(&format!("{folder}{url}"))))
}

fn has_scheme(url: &str) -> bool {
    let Some((scheme, _)) = url.split_once(':') else { return false };
    scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// Follows `.` and `..` in the path of a URL that begins with `/`.
fn without_dots(url: &str) -> String {
    let (path, suffix) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
    let mut parts: Vec<&str> = Vec::new();
    let mut pieces = path.split('/').skip(1).peekable();
    while let Some(part) = pieces.next() {
        let is_last = pieces.peek().is_none();
        match part {
            "." | ".." => {
                if part == ".." {
                    parts.pop();
                }
                if is_last {
                    parts.push("");
                }
            }
            name => parts.push(name),
        }
    }
    format!("/{}{suffix}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_joined_as_browsers_do() {
        for (url, expected) in [
            ("#a", Some("https://e.com/x/p/#a")),
            ("?q", Some("https://e.com/x/p/?q")),
            ("/a/../b?c=/../d", Some("https://e.com/b?c=/../d")),
            ("../y/", Some("https://e.com/x/y/")),
            ("..", Some("https://e.com/x/")),
            ("a:b", None),
            ("./a:b", Some("https://e.com/x/p/a:b")),
            ("../../../../z", Some("https://e.com/z")),
            ("//cdn.e/x", Some("https://cdn.e/x")),
            ("mailto:a@b", None),
            ("https://f.com", None),
        ] {
            assert_eq!(join("https://e.com/x/p/", url).as_deref(), expected, "{url}");
        }
        assert_eq!(join("https://e.com", "a").as_deref(), Some("https://e.com/a"));
    }

    #[test]
    fn code_and_scripts_are_left_alone() {
        let html = "<pre>&lt;a href=\"x\"&gt;</pre><script>'<a href=\"y\">'</script><img srcset=\"a.png 1x, /b.png?c&amp;d 2x\">";
        let expected = "<pre>&lt;a href=\"x\"&gt;</pre><script>'<a href=\"y\">'</script><img srcset=\"https://e.com/a.png 1x, https://e.com/b.png?c&amp;d 2x\">";
        assert_eq!(absolutize(html, "https://e.com/"), expected);
    }
}
