//! A page without comments, and with no more space than its reader sees.
//!
//! What is in `pre`, `code`, `textarea`, `script` and `style` stays as it is to the byte, and so do the values of
//! attributes. Elsewhere a run of space is one space, as browsers show it; beside what stands on lines of its own
//! it is none.

/// Elements whose text is kept to the byte.
const EXACT: &[&str] = &["pre", "code", "textarea", "script", "style", "kbd", "samp", "xmp", "svg", "math"];

/// Elements that stand on lines of their own, whatever a sheet makes of them, or that nobody sees.
const ALONE: &[&str] = &[
    "!doctype",
    "address",
    "article",
    "aside",
    "base",
    "blockquote",
    "body",
    "caption",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "link",
    "main",
    "meta",
    "nav",
    "ol",
    "p",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "ul",
];

/// The same page in fewer bytes.
///
/// ```
/// # use sowhat::output::minify::html;
/// let page = "<div>\n  <!-- x -->\n  <p>One\n  <em>two</em> </p>\n</div>";
/// assert_eq!(html(page), "<div><p>One <em>two</em></p></div>");
/// ```
pub fn html(text: &str) -> String {
    let mut out = Page { text: String::with_capacity(text.len()), has_space: false, is_after_alone: true };
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_text(&rest[..at]);
        rest = &rest[at..];
        let taken = match comment_len(rest) {
            Some(len) => len,
            None => out.push_markup(rest),
        };
        rest = &rest[taken..];
    }
    out.push_text(rest);
    out.text
}

struct Page {
    text: String,
    /// Space has been read that may have to be written.
    has_space: bool,
    /// What was written last stands on a line of its own.
    is_after_alone: bool,
}

impl Page {
    fn push_text(&mut self, text: &str) {
        for part in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let word = part.trim_end_matches(|c: char| c.is_ascii_whitespace());
            if !word.is_empty() {
                self.push_space();
                self.text.push_str(word);
                self.is_after_alone = false;
            }
            self.has_space |= word.len() < part.len();
        }
    }

    fn push_space(&mut self) {
        if self.has_space && !self.is_after_alone {
            self.text.push(' ');
        }
        self.has_space = false;
    }

    /// Writes what begins with `<`: a tag, with all that it holds if that is kept to the byte. Gives its length.
    fn push_markup(&mut self, text: &str) -> usize {
        let Some(tag_len) = tag_len(text) else {
            self.push_space();
            self.text.push('<');
            self.is_after_alone = false;
            return 1;
        };
        let name = name_of(&text[1..tag_len]);
        let is_alone = ALONE.contains(&name.as_str());
        if is_alone {
            self.has_space = false;
        }
        self.push_space();
        let is_open = !text.starts_with("</") && !text[..tag_len].ends_with("/>");
        if is_open && EXACT.contains(&name.as_str()) {
            let len = element_len(text, tag_len, &name);
            self.text.push_str(&text[..len]);
            self.is_after_alone = false;
            return len;
        }
        self.push_tag(&text[..tag_len]);
        self.is_after_alone = is_alone;
        tag_len
    }

    /// A tag with one space between its attributes.
    fn push_tag(&mut self, tag: &str) {
        let mut quote = None;
        let mut has_space = false;
        for c in tag.chars() {
            if quote.is_none() && c.is_ascii_whitespace() {
                has_space = true;
                continue;
            }
            if has_space && c != '>' {
                self.text.push(' ');
            }
            has_space = false;
            self.text.push(c);
            quote = match quote {
                Some(open) if open == c => None,
                None if c == '"' || c == '\'' => Some(c),
                other => other,
            };
        }
    }
}

/// The length of a comment; one that a server or an old browser acts upon is none.
fn comment_len(text: &str) -> Option<usize> {
    let inner = text.strip_prefix("<!--")?;
    if inner.starts_with('[') || inner.starts_with('#') || inner.starts_with('>') {
        return None;
    }
    inner.find("-->").map(|at| at + 7)
}

/// The length of a tag, quoted attributes and all; `None` for a `<` that begins none.
fn tag_len(text: &str) -> Option<usize> {
    if text.starts_with("<!--") {
        return text.find("-->").map(|at| at + 3);
    }
    let begins = text[1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic() || c == '!');
    let mut quote = None;
    for (at, c) in text.char_indices().filter(|_| begins) {
        match (quote, c) {
            (None, '>') => return Some(at + 1),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            (None | Some(_), _) => {}
        }
    }
    None
}

fn name_of(tag: &str) -> String {
    let name = tag.trim_start_matches('/');
    let end = name.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(name.len());
    name[..end].to_ascii_lowercase()
}

/// The length of an element that begins here, up to the end tag that closes it.
fn element_len(text: &str, tag_len: usize, name: &str) -> usize {
    let is_raw = matches!(name, "script" | "style" | "textarea" | "xmp");
    let mut depth = 1;
    let mut at = tag_len;
    while let Some(next) = text[at..].find('<') {
        at += next;
        let rest = &text[at..];
        let names = |prefix: usize| rest.get(prefix..prefix + name.len()).is_some_and(|word| word.eq_ignore_ascii_case(name));
        let ends = |prefix: usize| rest[prefix + name.len()..].starts_with(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/');
        if rest.starts_with("</") && names(2) && ends(2) {
            depth -= 1;
            if depth == 0 {
                return at + rest.find('>').map_or(rest.len(), |end| end + 1);
            }
        } else if !is_raw && names(1) && ends(1) {
            depth += 1;
        }
        at += 1;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::html;

    #[test]
    fn what_a_page_says_stays() {
        for (page, expected) in [
            ("a  b\n\tc", "a b c"),
            ("<p>\n a <b> c </b>\n d\n</p>\n<p>e</p>", "<p>a <b> c </b> d</p><p>e</p>"),
            ("<ul>\n  <li>a</li>\n  <li>b</li>\n</ul>", "<ul><li>a</li> <li>b</li></ul>"),
            ("<pre>\n  a\n\n  <b>x</b>  y\n</pre>\n<p>z", "<pre>\n  a\n\n  <b>x</b>  y\n</pre><p>z"),
            ("a <code> x  y </code> b", "a <code> x  y </code> b"),
            ("<code>a <code>b  c</code>  d</code>  e", "<code>a <code>b  c</code>  d</code> e"),
            ("<textarea>\n a  b </textarea>  c", "<textarea>\n a  b </textarea> c"),
            ("<script>if (a  < b) { '<pre>' }</script>\n  <p>x", "<script>if (a  < b) { '<pre>' }</script><p>x"),
            ("<scripted>a  b</scripted>", "<scripted>a b</scripted>"),
            ("<a  title=\"x  > y\"\n  href='#'  >z</a>", "<a title=\"x  > y\" href='#'>z</a>"),
            ("a<!-- b --> c<!---->d", "a cd"),
            ("a<!--[if IE]> <p>  x <![endif]-->b", "a<!--[if IE]> <p> x <![endif]-->b"),
            ("1 < 2  and <3", "1 < 2 and <3"),
            ("x &nbsp; y\u{a0}\u{a0}z", "x &nbsp; y\u{a0}\u{a0}z"),
            ("<svg>\n <text>a  b</text>\n</svg>", "<svg>\n <text>a  b</text>\n</svg>"),
            ("<br>\n<input>  <img>", "<br> <input> <img>"),
            ("<pre>unclosed  <b>", "<pre>unclosed  <b>"),
            ("<div", "<div"),
            ("a <!-- open", "a <!-- open"),
            ("", ""),
        ] {
            assert_eq!(html(page), expected, "{page}");
            assert_eq!(html(&html(page)), html(page), "twice: {page}");
        }
    }
}
