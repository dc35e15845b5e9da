//! Bodies with a slip and what is said of it, and bodies that only look like one.

use crate::base::path::SourcePath;
use crate::parse::front_matter::FrontMatter;
use crate::parse::markdown;
use std::sync::Arc;

/// Reads a body behind other text and shows each finding as `rule <its bytes>`.
fn check(body: &str, expected: &[&str]) {
    let text = format!("---\né: 1\n---\n{body}");
    let start = text.len() - body.len();
    let path = SourcePath::new("content/a.md").unwrap();
    let read = markdown::read(&path, &Arc::new(text.clone()), start..text.len(), &FrontMatter::default(), "");
    let shown: Vec<String> =
        read.findings.iter().map(|finding| format!("{} <{}>", finding.rule, &text[finding.place.start..finding.place.end])).collect();
    assert_eq!(shown, expected, "{body}");
}

#[test]
fn what_browsers_do_not_load_is_found() {
    for (body, expected) in [
        ("<iframe src=\"https://a.example/x\"></iframe>\n", &["html-blocked <<iframe src=\"https://a.example/x\">>"][..]),
        ("a <b onclick=\"x()\">b</b>\n", &["html-blocked <<b onclick=\"x()\">>"]),
        ("<script>x</script>\n", &["html-blocked <<script>>"]),
        ("<p style=\"color: red\">x</p>\n", &["html-blocked <<p style=\"color: red\">>"]),
        ("<script src=\"//a.example/x.js\"></script>\n", &["html-blocked <<script src=\"//a.example/x.js\">>"]),
        ("<script src=\"/x.js\"></script>\n\n<video src=\"x.mp4\"></video>\n\n`<script>`\n\n<b one=\"1\">x</b>\n", &[]),
    ] {
        check(body, expected);
    }
}

#[test]
fn what_swallows_the_rest_is_found_where_it_begins() {
    for (body, expected) in [
        ("a\n\n<!-- note -- >\n\nb\n", &["comment-unclosed <<!-- note -- >>"][..]),
        ("- <!-- note\n\nb\n", &["comment-unclosed <<!-- note>"]),
        ("a <!-- note -- > b\n", &["comment-unclosed <<!-- note -- > b>"]),
        ("<!-- a\n\nb -->\n\n<!---->\n\na <!-- b --> \\<!-- c, `<!--`\n", &[]),
        (
            "<!-- allow so-what-late because x -->\n\n<!--Allow: so-what-late because x-->\n",
            &[
                "suppression-not-read <<!-- allow so-what-late because x -->>",
                "suppression-not-read <<!--Allow: so-what-late because x-->>",
            ],
        ),
        ("<!-- allow: so-what-late because x -->\n\n<!-- allow the reader a pause -->\n\n<!-- allowed-by Maud -->\n", &[]),
        ("```sh\na\n\nb\n", &["code-fence-unclosed <```sh>"]),
        ("```", &["code-fence-unclosed <```>"]),
        ("````md\n```\n````x\n", &["code-fence-unclosed <````md>"]),
        ("> ```\n> a\n> ```  \n\n~~~~ x\n~~~\n~~~~~\n\n- ```\n  a\n  ```\n\n---\n\n    ```\n", &[]),
        ("- ```\n  a\n\nb\n", &["code-fence-unclosed <```>"]),
        ("```\r\na\r\n```\r\n\r\nb\r\n", &[]),
        ("<div>\n\na\n", &["html-unbalanced <<div>>"]),
        ("<div>\n\na <b>c</i> d\n\n</div>\n", &["html-unbalanced <</i>>", "html-unbalanced <<b>>"]),
        ("<div class=\"a>\n\nb\n", &["html-unbalanced <<div class=\"a>>"]),
        ("<script>\nif (a < b) {}\n", &["html-blocked <<script>>", "html-unbalanced <<script>>"]),
        ("<DIV><p>a<br><img src=\"https://a.b/c\"><ul><li>b</ul></div>\n\n<details>\n\na\n\n</details>\n", &[]),
        ("<svg><path d=\"M0 0\"/><g/></svg> <math/>\n", &[]),
        ("List<String> a\n", &["html-unbalanced <<String>>"]),
        ("`<div>`\n\n    <div>\n", &[]),
    ] {
        check(body, expected);
    }
}

/// What looks at each bracket or quotation looks at a few bytes around it.
#[test]
fn no_body_takes_long() {
    for part in ["](", "][", "[a](", ">", "</b>", "<b>", "a <!--", "| a |\n", "<a "] {
        let body = part.repeat(20_000);
        let path = SourcePath::new("content/a.md").unwrap();
        markdown::read(&path, &Arc::new(body.clone()), 0..body.len(), &FrontMatter::default(), "");
    }
}

#[test]
fn tables_that_lose_cells_or_are_none_are_found() {
    for (body, expected) in [
        ("| a | b |\n|---|---|\n| 1 | 2 | LOST |\n", &["table-cell-lost <LOST>"][..]),
        ("| a | b |\n|---|---|\n| 1 | `x | y` |\n", &["table-cell-lost <y`>"]),
        ("a | b\n--|--\n1 | 2 | 3 | 4\n\ntext\n", &["table-cell-lost <3 | 4>"]),
        ("| a | b |\n|---|---|\n| 1 | x \\| y |\n| 1 | 2 | |\n| 1 |\n", &[]),
        ("> | a | b |\n> |---|---|\n> | 1 | 2 |\n", &[]),
        ("| a | b |\n| 1 | 2 |\n", &["table-not-read <| a | b |>"]),
        ("| a | b | c |\n|---|---|\n| 1 | 2 | 3 |\n", &["table-not-read <|---|---|>"]),
        ("|---|---|\n| 1 | 2 |\n", &["table-not-read <|---|---|>"]),
        ("- | a | b |\n  | 1 | 2 |\n", &["table-not-read <| a | b |>"]),
        ("|x| is less than |y|\n\na | b\nc | d\n\n`| a |`\n`| b |`\n\n    | a |\n    | b |\n", &[]),
    ] {
        check(body, expected);
    }
}

#[test]
fn markup_that_is_printed_is_found() {
    for (body, expected) in [
        ("> [!NOTES]\n> a\n", &["alert-not-read <[!NOTES]>"][..]),
        ("> [!note] A title\n> a\n", &["alert-not-read <[!note]>"]),
        ("> [!NOTE]\n> a\n\n> [!tip]\n> a\n\n> [sic] he said\n\n> [!] a\n", &[]),
        ("[ref][undefined] and [x][]\n", &["link-not-read <[ref][undefined]>", "link-not-read <[x][]>"]),
        ("[**ref**][undefined]\n", &["link-not-read <][undefined]>"]),
        ("[ref][a] [a][] [a] [sic] [1][2] x[i][j] \\[a][b] `[a][b]` [^n][^m] ![a][a]\n\n[a]: https://b.c\n", &[]),
        ("[sp](my file.md)\n", &["link-not-read <[sp](my file.md)>"]),
        ("![sp](my file.png)\n", &["link-not-read <[sp](my file.png)>"]),
        ("[sp](a.md “title”)\n", &["link-not-read <[sp](a.md “title”)>"]),
        ("[sp](https://a.b/c\n", &["link-not-read <[sp](https://a.b/c>"]),
        ("[they](who met twice) [a](<my file.md>) \\[a](my b.md) f[x](a b.md) [ ] (x.md)\n", &[]),
        ("#No space\n", &["heading-not-read <#No space>"]),
        ("a\n##No space\n", &["heading-not-read <##No space>"]),
        ("#Introduction\n", &["heading-not-read <#Introduction>"]),
        (
            "#metoo changed how firms speak.\n\n#pricing\n\n#PriceIt #Sales\n\n#1 in sales\n\n\\#No space\n\n`#a b`\n\na #b c\n\n- #a b\n",
            &[],
        ),
        ("- [ ] a\n- [x] b [sic]\n", &[]),
    ] {
        check(body, expected);
    }
}
