//! All examples of the CommonMark specification, through our own writer.

const SPECIFICATION: &str = include_str!("../spec/commonmark-0.31.2.txt");
const FENCE: &str = "````````````````````````````````";

struct Example {
    number: usize,
    markdown: String,
    html: String,
}

/// The examples stand between fences of 32 back-ticks, Markdown and HTML apart by a dot; `→` is a tab.
fn examples() -> Vec<Example> {
    let mut examples = Vec::new();
    let mut rest = SPECIFICATION;
    let opening = format!("{FENCE} example\n");
    while let Some(start) = rest.find(&opening) {
        rest = &rest[start + opening.len()..];
        let end = rest.find(FENCE).expect("each example is closed");
        let text = rest[..end].replace('→', "\t");
        rest = &rest[end + FENCE.len()..];
        let (markdown, html) = match text.strip_prefix(".\n") {
            Some(html) => ("", html),
            None => text.split_once("\n.\n").expect("Markdown and HTML stand apart"),
        };
        examples.push(Example { number: examples.len() + 1, markdown: format!("{markdown}\n"), html: html.to_owned() });
    }
    examples
}

#[test]
fn every_example_of_the_specification_passes() {
    let examples = examples();
    assert_eq!(examples.len(), 652);
    let mut failures = String::new();
    for Example { number, markdown, html } in &examples {
        let rendered = sowhat::render::markdown::commonmark(markdown);
        if rendered != *html {
            failures += &format!("example {number}: {markdown:?}\n  expected {html:?}\n  rendered {rendered:?}\n");
        }
    }
    assert!(failures.is_empty(), "{failures}");
}
