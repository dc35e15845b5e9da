//! The width and height of an image from the head of its file, so that pages keep room for it.

use crate::base::path::SourcePath;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// Width and height in pixels; `None` for a file that is no image or does not say.
pub fn image_size(path: &SourcePath, bytes: &[u8]) -> Option<(u32, u32)> {
    let size = match path.extension().to_ascii_lowercase().as_str() {
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" => pixels(bytes),
        "svg" => drawing(bytes),
        _ => None,
    };
    size.filter(|(width, height)| *width > 0 && *height > 0)
}

fn pixels(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    Some((u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?))
}

/// What the `svg` element says of itself: `width` and `height`, or else the size of its `viewBox`.
fn drawing(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut reader = Reader::from_reader(bytes);
    let root = loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) => break element,
            Event::Eof => return None,
            _ => {}
        }
    };
    if root.local_name().as_ref() != "svg" {
        return None;
    }
    let stated = |name: &str| length(&attribute(&root, name)?);
    let view_box = || {
        let text = attribute(&root, "viewBox")?;
        let mut numbers = text.split([' ', ',', '\t', '\n', '\r']).filter(|part| !part.is_empty());
        Some((length(numbers.nth(2)?)?, length(numbers.next()?)?))
    };
    stated("width").zip(stated("height")).or_else(view_box)
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    Some(element.try_get_attribute(name).ok()??.value.into_owned())
}

/// `640`, `640px`, `640.5`; no other unit, for `100%` and `10em` depend on the page.
fn length(text: &str) -> Option<u32> {
    let text = text.trim();
    let number: f64 = text.strip_suffix("px").unwrap_or(text).parse().ok()?;
    // Whole pixels; more than a page has is no size.
    (number.is_finite() && (0.5..100_000.0).contains(&number)).then(|| number.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_say_their_size_in_their_first_element() {
        let path = SourcePath::new("content/x.svg").unwrap();
        for (text, expected) in [
            ("<svg width=\"4\" height=\"3\"/>", Some((4, 3))),
            ("<?xml version=\"1.0\"?><!-- <svg width=\"9\"> --><svg width='640px' height='480.4'>", Some((640, 480))),
            ("<svg width=\"100%\" height=\"3\" viewBox=\"0 0 12 8\">", Some((12, 8))),
            ("<svg:svg xmlns:svg=\"x\" viewBox=\"-1,-1, 12,8\">", Some((12, 8))),
            ("<svg>", None),
            ("<svg width=\"NaN\" height=\"1e99\">", None),
            ("<svg width=\"-4\" height=\"3\">", None),
            ("<html><svg width=\"4\" height=\"3\"/></html>", None),
            ("no drawing", None),
            ("<svg width=", None),
        ] {
            assert_eq!(image_size(&path, text.as_bytes()), expected, "{text}");
        }
    }
}
