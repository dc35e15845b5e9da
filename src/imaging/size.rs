//! The width and height of an image from the head of its file, so that pages keep room for it.

use super::exif;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

/// What is known of an image without decoding it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Head {
    /// Width and height in pixels, as it is seen.
    pub size: (u32, u32),
    /// It moves: a copy would stand still.
    pub is_animated: bool,
    /// The size of its file.
    pub n_bytes: u64,
}

/// The head of an image, by the extension of its name; `None` for a file that is no image or does not say.
pub fn head(file_name: &str, bytes: &[u8]) -> Option<Head> {
    let extension = file_name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let size = match extension.as_str() {
        "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" => pixels(bytes),
        "svg" => drawing(bytes),
        _ => None,
    };
    let size = size.filter(|(width, height)| *width > 0 && *height > 0)?;
    Some(Head { size, is_animated: moves(bytes), n_bytes: bytes.len() as u64 })
}

fn pixels(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    Some(if exif::orientation(bytes).is_turned() { (height, width) } else { (width, height) })
}

/// An animated PNG says so before its first picture.
fn moves(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    bytes.starts_with(b"\x89PNG") && head.windows(4).any(|kind| kind == b"acTL")
}

/// True for a text whose first element is `svg`.
pub fn is_drawing(bytes: &[u8]) -> bool {
    root(bytes).is_some()
}

/// The `svg` element that all of a drawing stands in.
fn root(bytes: &[u8]) -> Option<BytesStart<'_>> {
    let mut reader = Reader::from_reader(bytes);
    let root = loop {
        match reader.read_event().ok()? {
            Event::Start(element) | Event::Empty(element) => break element,
            Event::Eof => return None,
            _ => {}
        }
    };
    (root.local_name().as_ref() == "svg").then_some(root)
}

/// What the `svg` element says of itself: `width` and `height`, or else the size of its `viewBox`.
fn drawing(bytes: &[u8]) -> Option<(u32, u32)> {
    let root = root(bytes)?;
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
            assert_eq!(head("x.svg", text.as_bytes()).map(|head| head.size), expected, "{text}");
        }
    }
}
