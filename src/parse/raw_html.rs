//! Raw HTML as authors write it: its comments, its tags and what they point at, in one linear walk.
//!
//! This is no HTML parser. It knows what a browser would read as a tag, an attribute, a comment or the text
//! of a script, so that links in raw HTML are checked and rewritten like all others.

use super::LinkKind;
use std::borrow::Cow;
use std::ops::Range;

/// A piece of raw HTML: a comment, a tag, or a tag that never ends; text between them is not told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'a> {
    /// `<!-- … -->`, or `<? … ?>`.
    Comment(Range<usize>),
    /// `<name attribute="value">` or `</name>`.
    Tag(Tag<'a>),
    /// A tag without its `>`, which swallows the rest, as it does in a browser.
    Cut(Range<usize>),
}

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TagKind {
    /// `<name>`.
    Begin,
    /// `<name/>`.
    Whole,
    /// `</name>`.
    End,
}

/// A tag of raw HTML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag<'a> {
    /// As written, without the slash of an end tag.
    pub name: &'a str,
    /// Whether it begins an element or ends one.
    pub kind: TagKind,
    /// Its bytes, from `<` to `>`.
    pub range: Range<usize>,
    /// In the order written.
    pub attributes: Vec<Attribute<'a>>,
}

/// An attribute of a tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// As written.
    pub name: &'a str,
    /// Where its name begins.
    pub start: usize,
    /// The bytes of the value inside its quotes; empty when there is none.
    pub value: Range<usize>,
}

/// Walks the comments and tags of raw HTML.
pub fn parts(html: &str) -> impl Iterator<Item = Part<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            at += html[at..].find('<')?;
            let rest = &html[at..];
            if let Some(len) = comment_len(rest) {
                let range = at..at + len;
                at = range.end;
                return Some(Part::Comment(range));
            }
            match tag_at(html, at) {
                Scan::Tag(tag) => {
                    let end = tag.range.end;
                    at = match tag.kind {
                        TagKind::Begin | TagKind::Whole => end + raw_text_len(tag.name, &html[end..]),
                        TagKind::End => end,
                    };
                    return Some(Part::Tag(tag));
                }
                Scan::NoTag => at += 1,
                Scan::Unclosed => {
                    let range = at..html.len();
                    at = html.len();
                    return Some(Part::Cut(range));
                }
            }
        }
    })
}

/// The URLs that a tag points at: the bytes of each, and whether it is an image.
pub fn urls(html: &str, tag: &Tag<'_>) -> Vec<(LinkKind, Range<usize>)> {
    let mut urls = Vec::new();
    for attribute in &tag.attributes {
        let (element, name) = (tag.name.to_ascii_lowercase(), attribute.name.to_ascii_lowercase());
        match (element.as_str(), name.as_str()) {
            ("a" | "area", "href") | ("video" | "audio" | "source" | "track" | "iframe" | "embed", "src") | ("object", "data") => {
                urls.push((LinkKind::Link, trimmed(html, attribute.value.clone())));
            }
            ("img", "src") | ("video", "poster") => urls.push((LinkKind::Image, trimmed(html, attribute.value.clone()))),
            ("img" | "source", "srcset") => urls.extend(candidates(html, attribute.value.clone()).map(|url| (LinkKind::Image, url))),
            (_, _) => {}
        }
    }
    urls.retain(|(_, url)| !url.is_empty());
    urls
}

impl Attribute<'_> {
    /// The bytes of all of it, with its quotes.
    pub fn whole(&self, html: &str) -> Range<usize> {
        let is_quoted = html[self.start..self.value.start].ends_with(['"', '\'']);
        self.start..self.value.end + usize::from(is_quoted)
    }
}

/// The value of an attribute with its character references resolved, as far as URLs and ids use them.
pub fn decode(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    let mut decoded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find('&') {
        decoded.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, len) = reference(rest).unwrap_or(('&', 1));
        decoded.push(c);
        rest = &rest[len..];
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let c = match name {
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        "lt" => '<',
        "gt" => '>',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        }
    };
    Some((c, end + 1))
}

fn comment_len(rest: &str) -> Option<usize> {
    let (opening, ending) = if rest.starts_with("<!--") {
        // `<!-->` and `<!--->` are whole comments.
        if let Some(len) = ["<!-->", "<!--->"].iter().find(|short| rest.starts_with(**short)).map(|short| short.len()) {
            return Some(len);
        }
        (4, "-->")
    } else if rest.starts_with("<?") {
        (1, "?>")
    } else {
        return None;
    };
    Some(rest[opening..].find(ending).map_or(rest.len(), |at| opening + at + ending.len()))
}

/// The bytes up to the end tag of an element whose content is no HTML.
fn raw_text_len(name: &str, rest: &str) -> usize {
    let is_raw = ["script", "style", "textarea", "title"].iter().any(|raw| name.eq_ignore_ascii_case(raw));
    if !is_raw {
        return 0;
    }
    let mut at = 0;
    while let Some(found) = rest[at..].find("</") {
        at += found;
        let closes = rest.as_bytes().get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name.as_bytes()));
        if closes {
            return at;
        }
        at += 2;
    }
    rest.len()
}

enum Scan<'a> {
    Tag(Tag<'a>),
    NoTag,
    Unclosed,
}

fn tag_at(html: &str, start: usize) -> Scan<'_> {
    let bytes = html.as_bytes();
    let is_end = bytes.get(start + 1) == Some(&b'/');
    let mut at = start + 1 + usize::from(is_end);
    if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
        return Scan::NoTag;
    }
    let is_space = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
    let run = |mut at: usize, stop: &[u8]| {
        while at < bytes.len() && !bytes[at].is_ascii_whitespace() && !stop.contains(&bytes[at]) {
            at += 1;
        }
        at
    };
    let name_end = run(at, b"/>");
    let kind = if is_end { TagKind::End } else { TagKind::Begin };
    let mut tag = Tag { name: &html[at..name_end], kind, range: start..start, attributes: Vec::new() };
    at = name_end;
    loop {
        while is_space(at) || bytes.get(at) == Some(&b'/') {
            at += 1;
        }
        match bytes.get(at) {
            None => return Scan::Unclosed,
            Some(b'>') => {
                tag.range.end = at + 1;
                if !is_end && bytes[at - 1] == b'/' {
                    tag.kind = TagKind::Whole;
                }
                return Scan::Tag(tag);
            }
            Some(_) => {}
        }
        let key_end = run(at + 1, b"=/>");
        let (key, key_start) = (&html[at..key_end], at);
        at = key_end;
        while is_space(at) {
            at += 1;
        }
        if bytes.get(at) != Some(&b'=') {
            tag.attributes.push(Attribute { name: key, start: key_start, value: key_end..key_end });
            continue;
        }
        at += 1;
        while is_space(at) {
            at += 1;
        }
        let value = match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => match bytes[at + 1..].iter().position(|byte| byte == quote) {
                Some(len) => at + 1..at + 1 + len,
                None => return Scan::Unclosed,
            },
            Some(_) => at..run(at, b">"),
            None => return Scan::Unclosed,
        };
        let quoted = value.start > at;
        at = value.end + usize::from(quoted);
        tag.attributes.push(Attribute { name: key, start: key_start, value });
    }
}

fn trimmed(html: &str, range: Range<usize>) -> Range<usize> {
    let value = &html[range.clone()];
    let start = range.start + (value.len() - value.trim_start().len());
    start..start + value.trim().len()
}

/// The URLs of a `srcset`: each up to white space, after a comma that follows white space or a descriptor.
fn candidates(html: &str, range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let rest = &html[at..range.end];
        let start = at + (rest.len() - rest.trim_start_matches(|c: char| c == ',' || c.is_ascii_whitespace()).len());
        let url = html[start..range.end].split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default();
        let after_url = start + url.len();
        let bare = url.trim_end_matches(',');
        at = if bare.len() < url.len() {
            after_url
        } else {
            html[after_url..range.end].find(',').map_or(range.end, |comma| after_url + comma)
        };
        (!bare.is_empty()).then_some(start..start + bare.len())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &[&str]) {
        let mut shown = Vec::new();
        for part in parts(html) {
            match part {
                Part::Comment(range) => shown.push(format!("comment {}", &html[range])),
                Part::Tag(tag) => shown.extend(urls(html, &tag).into_iter().map(|(kind, url)| format!("{kind:?} {}", &html[url]))),
                Part::Cut(range) => shown.push(format!("cut {}", &html[range])),
            }
        }
        assert_eq!(shown, expected, "{html:?}");
    }

    #[test]
    fn finds_what_raw_html_points_at() {
        check(r#"<a class=x href="../a.md">x</a><IMG SRC=b.png alt>"#, &["Link ../a.md", "Image b.png"]);
        check(r#"<img srcset="a.png 1x, b.png 2x,c.png" src=' d.png '>"#, &["Image a.png", "Image b.png", "Image c.png", "Image d.png"]);
        check(r#"<!-- <a href="x"> --><a href='y'>"#, &[r#"comment <!-- <a href="x"> -->"#, "Link y"]);
        check(r#"<script>"<a href='x'>"</script><a href=z>"#, &["Link z"]);
        check(r#"a < b <3 <a href="x"#, &[r#"cut <a href="x"#]);
        check("<video poster=p.png><source src=v.mp4></video>", &["Image p.png", "Link v.mp4"]);
        check("<é href=x><a é=1 href=é>", &["Link é"]);
        check("<!--><a href=x>", &["comment <!-->", "Link x"]);
    }

    #[test]
    fn references_are_decoded() {
        assert_eq!(decode("a?b=1&amp;c=&#x41;&#66;&nope;&"), "a?b=1&c=AB&nope;&");
    }
}
