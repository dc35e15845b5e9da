//! Bodies rendered for a page, each held against its HTML.

use super::*;
use crate::base::diagnostic::Place;
use crate::base::path::SourcePath;
use crate::parse::{self, Directive, Link, LinkKind};
use proptest::prelude::*;

/// Links to `.md` files become pages; images are 4 by 3.
struct TestLinks;

impl Links for TestLinks {
    fn resolve(&self, link: &Link) -> Resolved {
        match (link.kind, link.destination.strip_suffix(".md")) {
            (LinkKind::Image, _) => {
                Resolved { href: format!("/{}", link.destination), kind: Target::Asset, size: Some((4, 3)), picture: None }
            }
            (LinkKind::Link, Some(page)) => Resolved { href: format!("/{page}/"), kind: Target::Internal, size: None, picture: None },
            (LinkKind::Link, None) => Resolved::as_written(&link.destination),
        }
    }
}

/// Shows a directive as an element of its name; `bad` cannot be rendered.
struct TestDirectives;

impl DirectiveRenderer for TestDirectives {
    fn render(&self, directive: &Directive, content_html: &str) -> Result<String, Vec<Diagnostic>> {
        let name = &directive.name.value;
        if name == "bad" {
            let path = SourcePath::new("content/a.md").unwrap();
            let place = Place::new(&path, directive.open.clone());
            return Err(vec![Diagnostic::error("directive-unknown", place, "no such directive")]);
        }
        let params: String = directive.params.iter().map(|(key, value)| format!(" {}={:?}", key.value, value.value)).collect();
        Ok(format!("<{name}{params}>\n{content_html}</{name}>"))
    }
}

const PAGE: MarkdownOptions = MarkdownOptions { raw_html: true, smart_punctuation: false, highlight: true };
const HEADER: &str = "---\ntitle: T\nsources:\n  s-1: { title: One }\n  s-2: { title: Two }\n---\n";

fn render_text(body: &str, options: MarkdownOptions, lang: &str) -> Body {
    let document = parse::parse(&SourcePath::new("content/a.md").unwrap(), format!("{HEADER}{body}").as_bytes());
    let citations = number_citations(&document);
    let highlighter = Highlighter::new();
    let inputs = BodyInputs {
        document: &document,
        text: &document.text(),
        options,
        lang,
        links: &TestLinks,
        directives: &TestDirectives,
        citations: &citations,
        highlighter: &highlighter,
    };
    render(inputs)
}

fn check(body: &str, html: &str) {
    assert_eq!(render_text(body, PAGE, "en").html, html, "{body}");
}

#[test]
fn headings_carry_the_anchors_of_the_document() {
    check(
        "# A *b* {.c lang=de onclick=x}\n## A b\n",
        "<h1 id=\"a-b\" class=\"c\" lang=\"de\">A <em>b</em></h1>\n<h2 id=\"a-b-1\">A b</h2>\n",
    );
    let body = render_text("# A *b* `c`\n\nText\n\n> ## \"D\" [^s-1]\n", MarkdownOptions { smart_punctuation: true, ..PAGE }, "de");
    let toc: Vec<_> = body.toc.iter().map(|entry| format!("{} {} {}", entry.level, entry.id, entry.text.trim())).collect();
    assert_eq!(toc, ["1 a-b-c A b c", "2 d „D“"]);
}

#[test]
fn links_and_images_are_resolved() {
    for (body, html) in [
        (
            "[a](b.md \"t\") <https://e.f>",
            "<p><a href=\"/b/\" title=\"t\">a</a> <a href=\"https://e.f\" rel=\"noopener\">https://e.f</a></p>\n",
        ),
        ("<me@e.f>", "<p><a href=\"mailto:me@e.f\">me@e.f</a></p>\n"),
        (
            "a ![b *c* ![d](e)](f.png \"t\")",
            "<p>a <img src=\"/f.png\" alt=\"b c d\" width=\"4\" height=\"3\" loading=\"lazy\" decoding=\"async\" title=\"t\"></p>\n",
        ),
        (
            "[![b](f.png \"A & b\")](c.md)",
            "<figure><a href=\"/c/\"><img src=\"/f.png\" alt=\"b\" width=\"4\" height=\"3\" loading=\"lazy\" decoding=\"async\"></a><figcaption>A &amp; b</figcaption></figure>\n",
        ),
        (
            "![b](f.png \"A & b\")",
            "<figure><img src=\"/f.png\" alt=\"b\" width=\"4\" height=\"3\" loading=\"lazy\" decoding=\"async\"><figcaption>A &amp; b</figcaption></figure>\n",
        ),
        ("<a href='b.md'>x</a><!-- no -->", "<p><a href='/b/'>x</a></p>\n"),
        ("<div>\n<img src=\"c.png\"><!-- no\nno -->\n</div>\n", "<div>\n<img src=\"/c.png\">\n</div>\n"),
        ("<!-- no -->\n\n<script>\nif (a < b) \"<a href='x.md'>\"\n</script>\n", "<script>\nif (a < b) \"<a href='x.md'>\"\n</script>\n"),
    ] {
        check(body, html);
    }
}

#[test]
fn raw_html_is_escaped_when_it_does_not_pass() {
    let options = MarkdownOptions { raw_html: false, ..PAGE };
    for (body, html) in [
        ("a <b onclick=x>c</b>", "<p>a &lt;b onclick=x&gt;c&lt;/b&gt;</p>\n"),
        ("<script>\nx\n</script>\n\n<!-- no -->\n", "<p>&lt;script&gt;\nx\n&lt;/script&gt;</p>\n"),
        (
            "[a](JavaScript:x) [b](<java script:x>) ![c](data:text/html,x)",
            "<p>a b <img src=\"\" alt=\"c\" loading=\"lazy\" decoding=\"async\"></p>\n",
        ),
    ] {
        assert_eq!(render_text(body, options, "en").html, html, "{body}");
    }
}

#[test]
fn footnotes_are_gathered_and_linked_both_ways() {
    check(
        "a[^n 1] b[^x] c[^X]\n\n[^x]: *d*\n\n    e[^s-1]\n[^unused]: f\n",
        concat!(
            "<p>a[^n 1] b<sup class=\"footnote-ref\"><a href=\"#fn-x\" id=\"fnref-x\" role=\"doc-noteref\">1</a></sup> ",
            "c<sup class=\"footnote-ref\"><a href=\"#fn-x\" id=\"fnref-x-2\" role=\"doc-noteref\">1</a></sup></p>\n",
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Footnotes\">\n<ol>\n",
            "<li id=\"fn-x\"><p><em>d</em></p>\n<p>e<sup class=\"citation\"><a href=\"#source-s-1\" id=\"cite-s-1-1\" role=\"doc-biblioref\">[1]</a></sup>",
            " <a href=\"#fnref-x\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to reference 1\">↩</a>",
            " <a href=\"#fnref-x-2\" class=\"footnote-back\" role=\"doc-backlink\" aria-label=\"Back to reference 2\">↩</a></p></li>\n",
            "</ol>\n</section>\n",
        ),
    );
}

#[test]
fn sources_are_cited_by_number_of_first_use() {
    let cited = |id: &str, n: usize, number: usize| {
        format!("<sup class=\"citation\"><a href=\"#source-{id}\" id=\"cite-{id}-{n}\" role=\"doc-biblioref\">[{number}]</a></sup>")
    };
    let expected =
        format!("<p>a{} b{} <em>c{}</em> [^none] <code>[^s-1]</code></p>\n", cited("s-2", 1, 1), cited("s-1", 1, 2), cited("s-2", 2, 1));
    check("a[^s-2] b[^s-1] *c[^s-2]* [^none] `[^s-1]`", &expected);
}

#[test]
fn directives_wrap_their_content_wherever_they_stand() {
    for (body, html) in [
        ("a\n:::box{k=\"v w\"}\n*b*\n:::\nc\n", "<p>a</p>\n<box k=\"v w\">\n<p><em>b</em></p>\n</box>\n<p>c</p>\n"),
        ("::::out\n:::in\n- a\n:::\n::leaf\n::::\n", "<out>\n<in>\n<ul>\n<li>a</li>\n</ul>\n</in>\n<leaf>\n</leaf>\n</out>\n"),
        ("- a\n  :::box\n  b\n  :::\n- c\n", "<ul>\n<li>a\n<box>\nb</box>\n</li>\n<li>c</li>\n</ul>\n"),
        ("> :::box\n> b\n> :::\n", "<blockquote>\n<box>\n<p>b</p>\n</box>\n</blockquote>\n"),
        ("```\n:::box\n```\n", "<pre tabindex=\"0\"><code>:::box\n</code></pre>\n"),
        ("- :::box\n  a\n\nb\n", "<ul>\n<li>\n<box>\na</box>\n</li>\n</ul>\n<p>b</p>\n"),
        ("x\n:::\ny\n", "<p>x</p>\n<p>y</p>\n"),
    ] {
        check(body, html);
    }
    let body = render_text(":::bad\n*a*\n:::\n", PAGE, "en");
    assert_eq!(body.html, "<p><em>a</em></p>\n");
    assert_eq!(body.findings[0].rule, "directive-unknown");
}

#[test]
fn tables_alerts_and_tasks_are_accessible() {
    for (body, html) in [
        (
            "| | b |\n|---|--:|\n| c | d |\n",
            "<section class=\"table-scroll\" aria-label=\"Table 1\" tabindex=\"0\">\n<table>\n<thead>\n<tr><td></td><th scope=\"col\" class=\"align-right\">b</th></tr>\n</thead>\n<tbody>\n<tr><td>c</td><td class=\"align-right\">d</td></tr>\n</tbody>\n</table>\n</section>\n",
        ),
        ("> [!TIP]\n> a\n", "<div class=\"alert alert-tip\" role=\"note\">\n<p class=\"alert-title\">Tip</p>\n<p>a</p>\n</div>\n"),
        (
            "- [x] a\n- [ ] b\n",
            "<ul>\n<li><input type=\"checkbox\" disabled checked aria-label=\"Done\"> a</li>\n<li><input type=\"checkbox\" disabled aria-label=\"To do\"> b</li>\n</ul>\n",
        ),
        ("T\n: d\n", "<dl>\n<dt>T</dt>\n<dd>d</dd>\n</dl>\n"),
        ("~~a~~  \nb\n\n---\n", "<p><del>a</del><br>\nb</p>\n<hr>\n"),
    ] {
        check(body, html);
    }
}

#[test]
fn code_is_coloured_titled_and_numbered() {
    for (body, html) in [
        ("```rust\nfn\n```\n", "<pre tabindex=\"0\"><code class=\"language-rust\"><span class=\"hl-kw\">fn</span>\n</code></pre>\n"),
        ("    <a>\n", "<pre tabindex=\"0\"><code>&lt;a&gt;\n</code></pre>\n"),
        (
            "```text,linenos title=\"a & b\"\nx\n\n```\n",
            "<figure class=\"code\">\n<figcaption>a &amp; b</figcaption>\n<pre tabindex=\"0\"><code class=\"language-text linenos\"><span class=\"line\">x</span>\n<span class=\"line\"></span>\n</code></pre>\n</figure>\n",
        ),
    ] {
        check(body, html);
    }
    let body = render_text("a\n\n```pyhton x\ny\n```\n", PAGE, "en");
    let finding = &body.findings[0];
    assert_eq!((finding.rule, finding.help.as_deref()), ("code-language-unknown", Some("did you mean `python`?")));
    assert_eq!(finding.place.start..finding.place.end, HEADER.len() + 3..HEADER.len() + "a\n\n```pyhton x".len());
    assert!(body.has_code);
}

#[test]
fn quotation_marks_follow_the_language() {
    let options = MarkdownOptions { smart_punctuation: true, ..PAGE };
    for (lang, html) in [
        ("en", "<p>“a” – ‘b’ don’t… <code>&quot;c&quot;</code></p>\n"),
        ("de", "<p>„a“ – ‚b‘ don’t… <code>&quot;c&quot;</code></p>\n"),
        ("fr-FR", "<p>«\u{202f}a\u{202f}» – “b” don’t… <code>&quot;c&quot;</code></p>\n"),
    ] {
        assert_eq!(render_text("\"a\" -- 'b' don't... `\"c\"`", options, lang).html, html);
    }
}

#[test]
fn hostile_bodies_are_rendered_fast() {
    let long = |piece: &str, times: usize| piece.repeat(times);
    for body in [
        long("![", 50_000) + &long("](a)", 50_000),
        long(">", 50_000),
        long("[a](b) ", 100_000),
        long(":::a\n", 100_000),
        long(":::a\nb\n:::\n", 50_000),
        long("<a href=x>", 100_000),
        long("a[^s-1] ", 50_000),
        long("\"'", 100_000),
    ] {
        let rendered = render_text(&body, MarkdownOptions { smart_punctuation: true, ..PAGE }, "de");
        assert!(!rendered.html.is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_body_is_rendered_and_its_blocks_are_balanced(
        body in "(:::|:::n|::x|\\{a=\"|\"\\}|\n|\n\n|\r\n| |    |\t|> |- |1. |```|`|\\[\\^s-1\\]|\\[\\^a\\]|\\[\\^a\\]: |\\[|\\]\\(|\\)|!\\[|é|x|# |\\*|--|\\.\\.\\.|'|\"|\\||---|: |&amp;|\\\\|\\{#i\\}|价|- \\[ \\] ){0,40}"
    ) {
        let options = MarkdownOptions { raw_html: false, smart_punctuation: true, highlight: true };
        let html = render_text(&body, options, "de").html;
        for (open, close) in [("<p>", "</p>"), ("<li", "</li>"), ("<blockquote", "</blockquote>"), ("<n", "</n"), ("<em>", "</em>"), ("<table", "</table>"), ("<section", "</section>")] {
            prop_assert_eq!(html.matches(open).count(), html.matches(close).count(), "{} in {}", open, html);
        }
    }
}
