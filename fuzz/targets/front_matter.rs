//! Any header: read without a panic, in bounded time, with every finding at a place of the file.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sowhat::base::path::SourcePath;
use sowhat::base::text::LineIndex;
use sowhat::parse::parse;

fuzz_target!(|header: &[u8]| {
    let file = [b"---\n", header, b"\n---\n\nText of the piece.\n"].concat();
    let document = parse(&SourcePath::new("content/piece.md").expect("a plain path"), &file);
    let text = document.text();
    let lines = LineIndex::new(&text);
    for finding in &document.findings {
        let place = finding.place.start..finding.place.end;
        assert!(text.get(place.clone()).is_some(), "{place:?} is no place of the file: {finding:?}");
        lines.position(&text, place.start);
        lines.position(&text, place.end);
    }
    assert!(text.get(document.body.clone()).is_some(), "the body stands in the file");
});
