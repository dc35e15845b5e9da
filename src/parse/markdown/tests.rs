//! What is read of a body, held against one-line descriptions.

use super::*;
use crate::parse::BlockKind;
use proptest::prelude::*;
use std::fmt::Write as _;

fn path() -> SourcePath {
    SourcePath::new("content/a.md").unwrap()
}

/// Reads a body behind eleven bytes of other text, so that offsets which forget the body's start show.
fn read_text(body: &str) -> (String, Body) {
    let text = format!("---\né: 1\n---\n{body}");
    let start = text.len() - body.len();
    let read = read(&path(), &Arc::new(text.clone()), start..text.len(), &FrontMatter::default(), "");
    (text, read)
}

fn check(what: impl Fn(&str, &Body) -> Vec<String>, body: &str, expected: &[&str]) {
    let (text, read) = read_text(body);
    assert_eq!(what(&text, &read), expected, "{body}");
}

fn blocks(text: &str, body: &Body) -> Vec<String> {
    body.blocks.iter().map(|block| format!("{:?} {} <{}>", block.kind, block.text, &text[block.range.clone()])).collect()
}

fn links(text: &str, body: &Body) -> Vec<String> {
    body.links.iter().map(|link| format!("{:?} {} ({}) <{}>", link.kind, link.destination, link.text, &text[link.range.clone()])).collect()
}

fn citations(text: &str, body: &Body) -> Vec<String> {
    body.citations.iter().map(|id| format!("{} <{}>", id.value, &text[id.range.clone()])).collect()
}

fn headings(text: &str, body: &Body) -> Vec<String> {
    body.headings
        .iter()
        .map(|heading| format!("{} {} {} <{}>", heading.level, heading.id, heading.text, &text[heading.range.clone()]))
        .collect()
}

fn directives(text: &str, body: &Body) -> Vec<String> {
    let content = |directive: &Directive| directive.content.as_ref().map(|content| format!("{:?}", &text[content.clone()]));
    let close = |directive: &Directive| directive.close.as_ref().map(|close| format!("{:?}", &text[close.clone()]));
    let shown = body.directives.iter().map(|directive| {
        let (content, close) = (content(directive).unwrap_or_default(), close(directive).unwrap_or_default());
        format!("{} {content} {close}", directive.name.value)
    });
    shown.chain(findings(text, body)).collect()
}

fn findings(text: &str, body: &Body) -> Vec<String> {
    body.findings.iter().map(|finding| format!("{} <{}>", finding.rule, &text[finding.place.start..finding.place.end])).collect()
}

fn suppressions(text: &str, body: &Body) -> Vec<String> {
    let shown = body.suppressions.iter().map(|allowed| {
        let mut shown = format!("{}={}", allowed.rule.value, &text[allowed.rule.range.clone()]);
        let _ = write!(shown, " {:?} {:?}", allowed.reason.as_deref().unwrap_or_default(), &text[allowed.covers.clone()]);
        shown
    });
    shown.collect()
}

#[test]
fn prose_is_plain_text_with_its_place() {
    for (body, expected) in [
        (
            "# A *b* `c` {#x}\n\nd\ne <!-- f --> <i>g</i>\n",
            &["Heading A b c <A *b* `c`>", "Paragraph d e  g <d\ne <!-- f --> <i>g</i>>"][..],
        ),
        ("- a\n- b\n\n  c\n  - d\n> e\n> > f\n", &["Item a <a>", "Item b <b>", "Item c <c>", "Item d <d>", "Quote e <e>", "Quote f <f>"]),
        ("> [!NOTE]\n> a\n\nT\n: d\n\nz\n", &["Paragraph a <a>", "Item T <T>", "Item d <d>", "Paragraph z <z>"]),
        ("| a | b |\n|---|---|\n| c |  |\n\n```rs\nx\n```\n\n    y\n\n<p>z</p>\n", &["Cell a <a>", "Cell b <b>", "Cell c <c>"]),
        ("![alt](x.png \"t\") a [b](c)\n\n# ![logo](x)\n", &["Paragraph a b <![alt](x.png \"t\") a [b](c)>", "Heading logo <![logo](x)>"]),
        ("a [^s] b[^t].\n\n[^t]: note &amp; \\*\n", &["Paragraph a b. <a [^s] b[^t].>", "Paragraph note & * <note &amp; \\*>"]),
        (":::note\na\n\n- b\n:::\nc\n", &["Paragraph a <a>", "Item b <b>", "Paragraph c <c>"]),
        ("- a\n  ::x\n  b\n", &["Item a <a>", "Item b <b>"]),
        ("`a\n      :::x\n      :::\nb`\n", &["Paragraph a       :::x       ::: b <`a\n      :::x\n      :::\nb`>"]),
        ("a\n      :::x\n", &["Paragraph a :::x <a\n      :::x>"]),
    ] {
        check(blocks, body, expected);
    }
}

#[test]
fn links_of_all_kinds_have_places() {
    for (body, expected) in [
        (
            "[a *b*](c.md#d \"t\") <http://e.f>\n",
            &["Link c.md#d (a b) <[a *b*](c.md#d \"t\")>", "Link http://e.f (http://e.f) <<http://e.f>>"][..],
        ),
        ("[![x](y.png)][r]\n\n[r]: /z&amp;1\n", &["Link /z&1 (x) <[![x](y.png)][r]>", "Image y.png (x) <![x](y.png)>"]),
        (
            "> <a href=\"q.md\n> \">\n> <img\n> src=é.png alt='A &amp; b'>\n",
            &["Link q.md () <<a href=\"q.md\n> \">>", "Image é.png (A & b) <<img\n> src=é.png alt='A &amp; b'>>"],
        ),
        ("> <div><a href=\"é.md\">\n> <img src=b.png>\n", &["Link é.md () <é.md>", "Image b.png () <b.png>"]),
        ("a <img src=b.png alt=c> <me@x.y>\n", &["Image b.png (c) <b.png>", "Link mailto:me@x.y (me@x.y) <<me@x.y>>"]),
        ("![a ![b](c) [d](e)](f)\n", &["Image f (a b d) <![a ![b](c) [d](e)](f)>"]),
        ("`[a](b)`\n\n    [c](d)\n", &[]),
    ] {
        check(links, body, expected);
    }
}

#[test]
fn citations_are_found_in_text_and_not_in_code() {
    for (body, expected) in [
        ("a[^x] *b [^y_z_1]* [^f]\n\n[^f]: c [^x]\n", &["x <[^x]>", "y_z_1 <[^y_z_1]>", "f <[^f]>", "x <[^x]>"][..]),
        ("`[^x]` \\[^y] [^z](u) \\\\[^w]\n\n    [^v]\n", &["w <[^w]>"]),
        ("# A [^x]\n\n| [^y] |\n|---|\n| b |\n", &["x <[^x]>", "y <[^y]>"]),
        ("\"a\"[^b--c] &amp;[^d]\n", &["b--c <[^b--c]>", "d <[^d]>"]),
    ] {
        check(citations, body, expected);
    }
    let (_, body) = read_text("[^a]: x\n\n[^a]: y\n\n[^b]: z\n\nq[^b]\n");
    assert_eq!(body.findings.iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["footnote-unused", "footnote-repeated"]);
}

#[test]
fn anchors_are_unique_and_authors_come_first() {
    for (body, expected) in [
        (
            "# Part\n\n## Part {#part .c}\n\nPart\n====\n",
            &["1 part-1 Part <# Part>", "2 part Part <## Part {#part .c}>", "1 part-2 Part <Part\n====>"][..],
        ),
        ("<a id=\"x\"></a>\n\n# X\n\n# `x` & !\n\n# !\n", &["1 x-1 X <# X>", "1 x-2 x & ! <# `x` & !>", "1 section ! <# !>"]),
        ("# Fn a [^a]\n\n[^a]: b\n", &["1 fn-a-1 Fn a <# Fn a [^a]>"]),
        (":::note\n# In\n:::\n", &["1 in In <# In>"]),
    ] {
        check(headings, body, expected);
    }
    check(
        findings,
        "# A {#x}\n# B {#x}\n# C {onclick=y data-z=1}\n",
        &["heading-attribute-unknown <# C {onclick=y data-z=1}>", "heading-id-repeated <# B {#x}>"],
    );
}

#[test]
fn directives_nest_and_faults_are_found() {
    for (body, expected) in [
        ("::::a\n:::b\nx\n:::\n::::\n", &[r#"a "\n:::b\nx\n:::\n" "::::""#, r#"b "\nx\n" ":::""#][..]),
        (":::a\n:::b\nx\n:::\n:::\n", &[r#"a "\n:::b\nx\n:::\n" ":::""#, r#"b "\nx\n" ":::""#]),
        (":::a\n::b{c=1}\n::::\n", &[r#"a "\n::b{c=1}\n" "::::""#, "b  "]),
        ("> - :::a\n>   x\n>   :::\n", &[r#"a "\n>   x\n>   " ":::""#]),
        ("```\n:::a\n```\n\n    :::b\n\n<!--\n:::c\n-->\n\n`:::`\n", &[]),
        ("> ```\n> :::a\n", &["code-fence-unclosed <```>"]),
        (":::a\nx\n", &[r#"a "\nx\n" "#, "directive-unclosed <:::a>"]),
        ("::::a\n:::b\n::::\n", &[r#"a "\n:::b\n" "::::""#, r#"b "\n" "#, "directive-unclosed <:::b>"]),
        ("x\n:::\n", &["directive-stray-close <:::>"]),
        ("- :::a\n  x\n\n:::\n", &[r#"a "\n  x" "#, "directive-unclosed <:::a>", "directive-stray-close <:::>"]),
        ("::::a\n:::\n", &[r#"a "\n:::\n" "#, "directive-stray-close <:::>", "directive-unclosed <::::a>"]),
    ] {
        check(directives, body, expected);
    }
}

#[test]
fn references_work_across_directives() {
    check(links, ":::a\n[x]\n:::\n\n[x]: y.md\n", &["Link y.md (x) <[x]>"]);
    check(links, "[x]\n\n:::a\n[x]: y.md\n:::\n", &["Link y.md (x) <[x]>"]);
}

#[test]
fn suppressions_cover_the_next_block() {
    for (body, expected) in [
        ("<!-- allow: r-s because it is so -->\n# A\n\nb\n", &[r##"r-s=r-s "it is so" "# A""##][..]),
        ("<!-- allow: a -->\n<!-- allow: b because\nlong -->\n\nx\ny\n\nz\n", &[r#"a=a "" "x\ny""#, r#"b=b "long" "x\ny""#]),
        ("<!-- allow: a because b -->\n- x\n- y\n\nz\n", &[r#"a=a "b" "- x\n- y""#]),
        ("<!-- allow: a because b -->\n:::n\nx\n:::\nz\n", &[r#"a=a "b" ":::n\nx\n:::""#]),
        ("<!-- allow: a because b -->\nT\n: d\n\nz\n", &[r#"a=a "b" "T\n: d""#]),
        ("p <!-- allow: a because b --> q\n\nz\n", &[r#"a=a "b" "p <!-- allow: a because b --> q""#]),
        ("- <!-- allow: a because b -->\n  x\n- y\n", &[r#"a=a "b" "x""#]),
        ("<!-- allow: a because b -->\n```\nx\n```\n", &[r#"a=a "b" "```\nx\n```""#]),
        ("<!-- allow: a because b -->\n<p>x</p>\n", &[r#"a=a "b" "<p>x</p>""#]),
        ("> x\n> <!-- allow: a because b -->\n\nz\n", &[r#"a=a "b" """#]),
        ("<!-- allow: a because b -->\n", &[r#"a=a "b" """#]),
        ("<!-- allow: -->\nx\n", &[r#"=<!-- allow: --> "" "x""#]),
        ("<!-- allowance -->\n`<!-- allow: a -->`\n", &[]),
    ] {
        check(suppressions, body, expected);
    }
}

#[test]
fn words_leave_out_code_and_comments() {
    let (_, body) = read_text("# Two words\n\n<!-- no -->\n\n```\nno no\n```\n\nthree *more* words![no](x)\n");
    assert_eq!(body.word_count, 5);
    assert_eq!(body.blocks[0].kind, BlockKind::Heading);
}

#[test]
fn hostile_bodies_are_read_fast() {
    let long = |piece: &str, times: usize| piece.repeat(times);
    for (name, body) in [
        ("brackets", long("[", 50_000)),
        ("images", long("![", 50_000) + &long("](a)", 50_000)),
        ("quotes", long(">", 50_000)),
        ("nested list", (0..2_000).map(|depth| " ".repeat(depth) + "- x\n").collect()),
        ("citations", long("[^", 100_000)),
        ("links", long("[a](b) ", 100_000)),
        ("directives", long(":::a\n", 100_000)),
        ("closings", long(":::a\n::::b\n:::::\n::::::\n", 50_000)),
        ("markers in code", format!("`a\n{}`", long("      :::\n", 50_000))),
        ("tags", long("<a href=\"", 100_000)),
        ("comments", long("<!-- ", 100_000)),
        ("suppressions", long("<!-- allow: a because b -->\n\n", 30_000)),
        ("headings", long("# a\n", 30_000)),
        ("footnotes", (0..20_000).map(|n| format!("a[^{n}]\n\n[^{n}]: b\n\n")).collect()),
    ] {
        let (_, read) = read_text(&body);
        assert!(read.findings.len() <= body.len(), "{name}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_body_is_read_and_every_place_is_a_place(
        body in "(:::|:::n|::x|\\{a=\"|\"\\}|\n|\n\n|\r\n| |    |\t|> |- |1. |```|`|\\[\\^a\\]|\\[\\^a\\]: |\\[|\\]\\(|\\)|!\\[|é|x|# |\\*|<!-- allow: r because q -->|<!--|-->|<a href=\"é\">|<a |>|<\\?|\\||---|: |&amp;|\\\\|\\{#i\\}|価){0,40}"
    ) {
        let (text, read) = read_text(&body);
        for shown in [blocks(&text, &read), links(&text, &read), citations(&text, &read), headings(&text, &read), directives(&text, &read), suppressions(&text, &read)] {
            prop_assert!(shown.len() <= text.len());
        }
    }
}
