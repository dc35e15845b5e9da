//! Style sheets and scripts without what only their authors read: comments and blank space.
//!
//! A full parser would cost more than it saves here (lightningcss alone compiles for a minute, and is
//! MPL). What this leaves alone is left alone on purpose: it must never change what a sheet means.

mod html;

pub use html::html;

/// A style sheet without comments, and with no more space than its tokens need.
///
/// ```
/// # use sowhat::output::minify::css;
/// assert_eq!(css("/* x */\na , b {\n  color: red;\n}\n"), "a,b{color:red}");
/// assert_eq!(css("a::before { content: \"/* { */\" / \"\"; }"), "a::before{content:\"/* { */\" / \"\"}");
/// ```
pub fn css(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut has_space = false;
    while let Some(c) = rest.chars().next() {
        let taken = match c {
            '/' if rest.starts_with("/*") => {
                has_space = true;
                rest = rest[2..].split_once("*/").map_or("", |(_, after)| after);
                continue;
            }
            c if c.is_whitespace() => {
                has_space = true;
                rest = &rest[c.len_utf8()..];
                continue;
            }
            '"' | '\'' => string_len(rest, c),
            // An address without quotes may hold what looks like a comment.
            'u' | 'U' if rest.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("url(")) => {
                rest.find(')').map_or(rest.len(), |at| at + 1)
            }
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            c => c.len_utf8(),
        };
        if has_space && !out.ends_with(['{', '}', ';', ',', ':']) && !out.is_empty() && !"{};,".contains(c) {
            out.push(' ');
        }
        has_space = false;
        if c == '}' && out.ends_with(';') {
            out.pop();
        }
        out.push_str(&rest[..taken]);
        rest = &rest[taken..];
    }
    out
}

/// A script without its comment lines, blank lines and indentation; one with text over several lines
/// stays as it is.
///
/// ```
/// # use sowhat::output::minify::js;
/// assert_eq!(js("// x\nconst a = 1;\n\n  call('//'); // stays\n"), "const a = 1;\ncall('//'); // stays\n");
/// assert_eq!(js("const a = `\n  // text`;\n"), "const a = `\n  // text`;\n");
/// ```
pub fn js(text: &str) -> String {
    if text.lines().any(|line| line.matches('`').count() % 2 == 1) || text.contains("\\\n") {
        return text.to_owned();
    }
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines.map(|line| format!("{line}\n")).collect()
}

fn string_len(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::css;

    #[test]
    fn what_a_sheet_means_stays() {
        for (sheet, expected) in [
            ("a :hover > b + c { margin: 0 auto ; }", "a :hover > b + c{margin:0 auto}"),
            (
                "@media (min-width: 40rem) and (x) { a { b: calc( 1px + 2px ) } }",
                "@media (min-width:40rem) and (x){a{b:calc( 1px + 2px )}}",
            ),
            ("a{b:url( data:image/svg+xml,/*x*/ )}", "a{b:url( data:image/svg+xml,/*x*/ )}"),
            (":root { --a : ; --b: \"x  y\" }", ":root{--a :;--b:\"x  y\"}"),
            ("a { content: \"\\\"  /*\" } /* open", "a{content:\"\\\"  /*\"}"),
            (".a\\:b { c: d }", ".a\\:b{c:d}"),
            ("a{b:c}/**/d{e:f}", "a{b:c}d{e:f}"),
            ("a/**/b { c: d }", "a b{c:d}"),
            ("", ""),
        ] {
            assert_eq!(css(sheet), expected, "{sheet}");
            assert_eq!(css(&css(sheet)), css(sheet), "twice: {sheet}");
        }
    }
}
