//! Markdown as text: words put into it safely, and an author's body made to stand on its own.
//!
//! A body away from its page keeps the author's words and loses what only the site understands:
//! directive lines, editorial comments, addresses relative to the file.

use super::brief;
use super::feed::one_line;
use crate::model::{Page, Site, resolve};
use crate::parse::{Directive, Document, Link, LinkKind};
use std::collections::BTreeSet;
use std::ops::Range;

/// A replacement for bytes of the source text.
type Edit = (Range<usize>, String);

/// A page whose body is to stand elsewhere, and its text, which is at hand as long as this is.
struct Original<'a> {
    site: &'a Site,
    page: &'a Page,
    document: &'a Document,
    text: &'a str,
}

/// Plain text as one line of Markdown that means the same.
pub fn escape_inline(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in one_line(text).chars() {
        if matches!(c, '\\' | '[' | ']' | '*' | '`' | '<') {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// A URL as the destination of a Markdown link.
pub fn escape_url(url: &str) -> String {
    let mut escaped = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' => escaped.push_str("%28"),
            ')' => escaped.push_str("%29"),
            '<' => escaped.push_str("%3C"),
            '>' => escaped.push_str("%3E"),
            '\\' => escaped.push_str("%5C"),
            c if c.is_whitespace() || c.is_control() => escaped.push_str("%20"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// The body as its author wrote it, with absolute addresses, without directive lines and comments.
pub fn standalone_body(site: &Site, page: &Page) -> String {
    let document = &*page.document;
    let text = document.text();
    let original = Original { site, page, document, text: &text };
    let mut edits: Vec<Edit> = document.directives.iter().flat_map(|directive| directive_edits(&original, directive)).collect();
    edits.extend(document.links.iter().filter_map(|link| link_edit(&original, link)));
    edits.extend(line_edits(&original));
    apply(&original, edits)
}

fn apply(original: &Original, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|(range, _)| (range.start, range.end));
    let Original { document, text: source, .. } = original;
    let (mut text, mut at) = (String::new(), document.body.start);
    for (range, replacement) in edits {
        // What stands inside something dropped is dropped with it.
        if range.start >= at && range.end <= document.body.end {
            text.push_str(&source[at..range.start]);
            text.push_str(&replacement);
            at = range.end;
        }
    }
    text.push_str(&source[at..document.body.end]);
    text.replace("\r\n", "\n").trim().to_owned()
}

/// Drops the lines of a directive and keeps its title, which is the author's text; of one that points
/// elsewhere, the title leads there.
fn directive_edits(original: &Original, directive: &Directive) -> Vec<Edit> {
    let param = |wanted: &str| {
        let given = directive.params.iter().find(|(name, value)| name.value == wanted && !value.value.trim().is_empty());
        given.map(|(_, value)| value.value.trim())
    };
    let target = param("src").or(param("url")).and_then(|target| brief::absolute(original.site, original.page, target));
    let title = match (param("title"), target) {
        (Some(title), Some(target)) => format!("**[{}]({})**\n\n", escape_inline(title), escape_url(&target)),
        (Some(title), None) => format!("**{}**\n\n", escape_inline(title)),
        (None, _) => String::new(),
    };
    let open = (whole_line(original, &directive.open), title);
    let close = directive.close.as_ref().map(|close| (whole_line(original, close), String::new()));
    [open].into_iter().chain(close).collect()
}

/// A range with the rest of its line, if nothing else stands there: not for a marker in a list item.
fn whole_line(original: &Original, range: &Range<usize>) -> Range<usize> {
    let Original { document, text, .. } = original;
    let (before, rest) = (&text[document.body.start..range.start], &text[range.end..document.body.end]);
    let line_start = before.rfind('\n').map_or(0, |line_end| line_end + 1);
    let is_first = before[line_start..].trim().is_empty();
    let has_line_end = text[range.clone()].ends_with('\n');
    let line_end = if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with(['\n', '\r'])) };
    match (is_first, has_line_end) {
        (false, _) => range.clone(),
        (true, true) => document.body.start + line_start..range.end,
        (true, false) => document.body.start + line_start..range.end + line_end,
    }
}

/// Makes the destination of an inline link, or of an attribute of raw HTML, absolute.
fn link_edit(original: &Original, link: &Link) -> Option<Edit> {
    let Original { site, page, text, .. } = original;
    let source = text.get(link.range.clone())?;
    let Some(url) = absolute(original, &link.destination) else {
        // As on the page, what led to a page that has expired is text.
        let is_inline = link.kind == LinkKind::Link && source.starts_with('[') && source.len() > 1;
        let has_expired = || resolve::resolve(site, page, &link.destination, &|_| false).has_expired(site);
        return (is_inline && has_expired()).then(|| (link.range.clone(), escape_inline(&link.text)));
    };
    if unescape(source) == link.destination {
        return Some((link.range.clone(), url.replace('&', "&amp;").replace('"', "&quot;")));
    }
    // The last `](` is the link's own, unless its title holds one.
    let tokens = source.rmatch_indices("](").map(|(at, _)| destination_at(source, at + 2));
    let token = tokens.into_iter().find(|token| unescape(&source[token.clone()]) == link.destination)?;
    Some((link.range.start + token.start..link.range.start + token.end, url))
}

/// The absolute address to write instead; `None` for what works anywhere, or nowhere.
fn absolute(original: &Original, destination: &str) -> Option<String> {
    let url =
        brief::absolute(original.site, original.page, destination).filter(|url| url != destination && !destination.starts_with('#'))?;
    Some(escape_url(&url))
}

/// The bytes of the destination that begins at or after `at`, without its angle brackets.
fn destination_at(source: &str, at: usize) -> Range<usize> {
    let start = at + source[at..].len() - source[at..].trim_start().len();
    if source[start..].starts_with('<') {
        let end = source[start..].find('>').map_or(source.len(), |end| start + end);
        return start + 1..end;
    }
    let (mut depth, mut is_escaped) = (0_usize, false);
    for (offset, c) in source[start..].char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '(' => depth += 1,
            ')' if depth == 0 => return start..start + offset,
            ')' => depth -= 1,
            c if c.is_whitespace() => return start..start + offset,
            _ => {}
        }
    }
    start..source.len()
}

/// A destination as the parser reads it.
fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut chars = raw.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.peek() {
            Some(next) if c == '\\' && next.is_ascii_punctuation() => text.extend(chars.next()),
            _ => text.push(c),
        }
    }
    text.replace("&amp;", "&")
}

/// Drops comments that stand as blocks, and makes the addresses of link definitions absolute.
fn line_edits(original: &Original) -> Vec<Edit> {
    let Original { document, text: source, .. } = original;
    let by_reference = |link: &&Link| source.get(link.range.clone()).is_some_and(|source| source.ends_with(']'));
    let referenced: BTreeSet<&str> = document.links.iter().filter(by_reference).map(|link| link.destination.as_str()).collect();
    let mut edits: Vec<Edit> = Vec::new();
    for line in unfenced_lines(original) {
        let text = &source[line.clone()];
        let content = text.trim_start_matches(' ');
        let indent = text.len() - content.len();
        if indent > 3 {
            continue;
        }
        if content.starts_with("<!--") {
            let end = source[line.start..document.body.end].find("-->").map_or(document.body.end, |end| line.start + end + 3);
            edits.push((whole_line(original, &(line.start..end)), String::new()));
        } else if let Some(token) = definition(content) {
            let destination = unescape(&content[token.clone()]);
            let url = referenced.get(destination.as_str()).and_then(|destination| absolute(original, destination));
            let content_at = line.start + indent;
            edits.extend(url.map(|url| (content_at + token.start..content_at + token.end, url)));
        }
    }
    edits
}

/// The bytes of the destination in `[label]: destination`.
fn definition(line: &str) -> Option<Range<usize>> {
    let is_definition = line.starts_with('[') && !line.starts_with("[^");
    let colon = line.find("]:").filter(|_| is_definition)?;
    Some(destination_at(line, colon + 2)).filter(|token| !token.is_empty())
}

/// The lines of a body that are in no fenced code block.
fn unfenced_lines(original: &Original) -> Vec<Range<usize>> {
    let (mut lines, mut at) = (Vec::new(), original.document.body.start);
    let mut fence: Option<(char, usize)> = None;
    for line in original.text[original.document.body.clone()].split_inclusive('\n') {
        let content = line.trim();
        let mark = content.chars().next().filter(|c| matches!(c, '`' | '~'));
        let length = mark.map_or(0, |mark| content.chars().take_while(|c| *c == mark).count());
        match (fence, mark) {
            (None, Some(mark)) if length >= 3 => fence = Some((mark, length)),
            (None, _) => lines.push(at..at + line.trim_end_matches(['\n', '\r']).len()),
            (Some((open, opened)), Some(mark)) if mark == open && length >= opened && content.len() == length => fence = None,
            (Some(_), _) => {}
        }
        at += line.len();
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{piece, site, source};
    use crate::parse::parse;
    use std::sync::Arc;

    fn standalone(body: &str) -> String {
        let path = "content/insights/from.md";
        let mut from = piece(path, "From", "2026-11-02", "");
        from.document = Arc::new(parse(&source(path), format!("---\ntitle: From\n---\n{body}").as_bytes()));
        let site = site("https://example.com/base", vec![from, piece("content/insights/to (1).md", "To", "2026-11-02", "")]);
        standalone_body(&site, &site.pages[0])
    }

    /// In `expected`, `TO` stands for the absolute address of the other piece.
    fn check(body: &str, expected: &str) {
        let expected = expected.replace("TO", "https://example.com/base/insights/to%20%281%29/");
        assert_eq!(standalone(body), expected, "{body}");
    }

    #[test]
    fn addresses_become_absolute_where_the_author_wrote_them() {
        check("a [b](to%20\\(1\\).md#x) c", "a [b](TO#x) c");
        check("[b](<to (1).md> \"t ](\")", "[b](<TO> \"t ](\")");
        check("[![i](to%20(1).md)](/x/?a=1&amp;b)", "[![i](TO)](https://example.com/base/x/?a=1&b)");
        check(
            "[b][r] [r]\n\n[r]: to%20(1).md 'T'\n\n```\n[r]: to%20(1).md\n```",
            "[b][r] [r]\n\n[r]: TO 'T'\n\n```\n[r]: to%20(1).md\n```",
        );
        check("<img src=\"to%20(1).md\"> <a href='/x/?a=\"'>", "<img src=\"TO\"> <a href='https://example.com/base/x/?a=&quot;'>");
        check("- a\n\n  > [b](to%20(1).md)", "- a\n\n  > [b](TO)");
        for body in ["[b](#x) [c](https://example.org/) <https://example.org/>", "[b](gone.md) `[b](to%20(1).md)`"] {
            check(body, body);
        }
    }

    #[test]
    fn what_only_the_site_understands_is_dropped() {
        check("One\r\n\r\n:::note{title=\"Mind [this]\"}\r\nTwo\r\n:::\r\n\r\nThree", "One\n\n**Mind \\[this\\]**\n\nTwo\n\nThree");
        check("a\n\n::figure{src=\"x.svg\"}\n\nb", "a\n\n\nb");
        check("::::x\n:::y\nb\n:::\n::::", "b");
        check("<!-- allow: a because\nb -->\nc", "c");
        check(
            "~~~~\n```\n<!-- kept -->\n:::kept\n~~~~\n\n    <!-- kept -->",
            "~~~~\n```\n<!-- kept -->\n:::kept\n~~~~\n\n    <!-- kept -->",
        );
        check("<!-- never closed", "");
        check("- a\n\n  :::x\n  b\n  :::\n- c", "- a\n\n  b\n- c");
        check("- :::y\n  b\n  :::", "- \n  b");
    }

    proptest::proptest! {
        #[test]
        fn no_body_panics(body in "([a-c\\[\\]():<>`~\\\\! \"\\n\\r]|<!--|-->|\\]\\(|:::|::x|é|\\PC){0,60}") {
            standalone(&body);
        }
    }
}
