//! The preview's script put into a page, at serving only: what is built never has it.

/// What begins the script tag; the version of the page stands between it and [`END`].
const START: &str = "<script type=\"module\" src=\"/_sowhat/client.js\" data-sowhat=\"";
const END: &str = "\"></script>";

/// A page with the script at the end of its body.
pub fn inject(html: &[u8], tag: &str) -> Vec<u8> {
    let at = end_of_body(html);
    [&html[..at], START.as_bytes(), tag.as_bytes(), END.as_bytes(), &html[at..]].concat()
}

/// Before the last `</body>`, or at the very end.
fn end_of_body(html: &[u8]) -> usize {
    const CLOSE: &[u8] = b"</body>";
    html.windows(CLOSE.len()).rposition(|window| window.eq_ignore_ascii_case(CLOSE)).unwrap_or(html.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_is_all_that_is_added() {
        for (html, before) in [("<body>a</BODY>\n", "<body>a"), ("<p>a", "<p>a"), ("", ""), ("</body>é</body>", "</body>é")] {
            let injected = String::from_utf8(inject(html.as_bytes(), "t")).unwrap();
            assert_eq!(injected.replace(&format!("{START}t{END}"), ""), html);
            assert_eq!(injected.find(START), Some(before.len()));
        }
    }
}
