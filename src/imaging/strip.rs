//! An image without what it tells beside the picture: where it was taken, by whom, with which machine.
//! Not a pixel changes; colour profiles stay, and so does which way up it is.

use super::exif::{self, Orientation};
use std::borrow::Cow;

/// The same image without its metadata; the bytes as they are where there is none, or where they are no
/// image that is known here.
pub fn strip(bytes: &[u8]) -> Cow<'_, [u8]> {
    let stripped = if bytes.starts_with(&[0xff, 0xd8]) {
        jpeg(bytes)
    } else if bytes.starts_with(PNG) {
        png(bytes)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        webp(bytes)
    } else {
        None
    };
    stripped.filter(|stripped| stripped.len() != bytes.len()).map_or(Cow::Borrowed(bytes), Cow::Owned)
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Keeps JFIF, colour profiles and Adobe's word on colours; drops EXIF, XMP, IPTC and comments.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut stripped = vec![0xff, 0xd8];
    let orientation = exif::orientation(bytes);
    let mut has_orientation = orientation == Orientation::UPRIGHT;
    let mut at = 2;
    for (marker, content) in exif::segments(bytes) {
        // Where the segment ends: padding before it is dropped.
        at = content.as_ptr() as usize - bytes.as_ptr() as usize + content.len();
        let is_kept = match marker {
            0xe0 | 0xee => true,
            0xe2 => content.starts_with(b"ICC_PROFILE\0"),
            0xe1 | 0xe3..=0xed | 0xef | 0xfe => false,
            _ => true,
        };
        if is_kept {
            stripped.extend([0xff, marker]);
            stripped.extend(u16::try_from(content.len() + 2).ok()?.to_be_bytes());
            stripped.extend(content);
        }
        if !has_orientation && (marker == 0xe0 || marker == 0xe1) {
            stripped.extend(exif::segment(orientation));
            has_orientation = true;
        }
    }
    // What follows the end of the picture (a film, a second picture with its own EXIF) is no part of it.
    let scans = bytes.get(at..)?;
    let end = end_of_picture(scans).unwrap_or(scans.len());
    stripped.extend(&scans[..end]);
    Some(stripped)
}

/// The end of the first `EOI` that is no part of a segment.
fn end_of_picture(scans: &[u8]) -> Option<usize> {
    let mut at = 0;
    loop {
        at += scans.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        match scans.get(at + 1)? {
            0xd9 => return Some(at + 2),
            0x00 | 0x01 | 0xd0..=0xd7 => at += 2,
            0xff => at += 1,
            _ => at += 2 + usize::from(u16::from_be_bytes([*scans.get(at + 2)?, *scans.get(at + 3)?])),
        }
    }
}

/// Drops texts, EXIF and times.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut stripped = PNG.to_vec();
    let mut at = PNG.len();
    while at < bytes.len() {
        let len = usize::try_from(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?)).ok()?;
        let kind = bytes.get(at + 4..at + 8)?;
        let end = at.checked_add(12)?.checked_add(len)?;
        let chunk = bytes.get(at..end)?;
        if !matches!(kind, b"tEXt" | b"zTXt" | b"iTXt" | b"eXIf" | b"tIME") {
            stripped.extend(chunk);
        }
        at = end;
        if kind == b"IEND" {
            break;
        }
    }
    Some(stripped)
}

/// Drops the chunks `EXIF` and `XMP `, and the flags that announce them.
fn webp(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut stripped = bytes.get(..12)?.to_vec();
    let mut at = 12;
    while at + 8 <= bytes.len() {
        let len = usize::try_from(u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?)).ok()?;
        let end = at.checked_add(8)?.checked_add(len)?.checked_add(len & 1)?;
        let chunk = bytes.get(at..end.min(bytes.len()))?;
        match &chunk[..4] {
            b"EXIF" | b"XMP " => {}
            b"VP8X" => {
                stripped.extend(chunk);
                let flags = stripped.len() - chunk.len() + 8;
                *stripped.get_mut(flags)? &= !0x0c;
            }
            _ => stripped.extend(chunk),
        }
        at = end;
    }
    let len = u32::try_from(stripped.len() - 8).ok()?;
    stripped[4..8].copy_from_slice(&len.to_le_bytes());
    Some(stripped)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg_with(segments: &[(u8, &[u8])], tail: &[u8]) -> Vec<u8> {
        let mut jpeg = vec![0xff, 0xd8];
        for (marker, content) in segments {
            jpeg.extend([0xff, *marker]);
            jpeg.extend(u16::try_from(content.len() + 2).unwrap().to_be_bytes());
            jpeg.extend(*content);
        }
        jpeg.extend(b"\xff\xda\0\x02scan\xff\0scan\xff\xd9");
        jpeg.extend(tail);
        jpeg
    }

    #[test]
    fn photographs_keep_their_picture_and_lose_their_story() {
        let exif = &exif::segment(Orientation(6))[4..];
        let bytes =
            jpeg_with(&[(0xe0, b"JFIF"), (0xe1, exif), (0xe1, b"http://ns.adobe.com/xap"), (0xfe, b"Ann"), (0xdb, b"t")], b"second");
        let expected = jpeg_with(&[(0xe0, b"JFIF"), (0xe1, exif), (0xdb, b"t")], b"");
        // The place in memory of a segment is what tells where it ends, so the orientation may move before others.
        assert_eq!(strip(&bytes).into_owned(), expected);
        let upright = jpeg_with(&[(0xe1, b"Exif\0\0MM\0\x2a\0\0\0\x08\0\0GPS"), (0xe2, b"ICC_PROFILE\0p"), (0xe2, b"MPF\0")], b"");
        assert_eq!(strip(&upright).into_owned(), jpeg_with(&[(0xe2, b"ICC_PROFILE\0p")], b""));
    }

    #[test]
    fn other_images_lose_theirs_too() {
        let chunk = |kind: &[u8], content: &[u8]| {
            let mut chunk = u32::try_from(content.len()).unwrap().to_be_bytes().to_vec();
            chunk.extend(kind);
            chunk.extend(content);
            chunk.extend(b"crc!");
            chunk
        };
        let with = [PNG.to_vec(), chunk(b"IHDR", b"x"), chunk(b"eXIf", b"GPS"), chunk(b"tEXt", b"Ann"), chunk(b"IEND", b"")].concat();
        let without = [PNG.to_vec(), chunk(b"IHDR", b"x"), chunk(b"IEND", b"")].concat();
        assert_eq!(strip(&with).into_owned(), without);
        let webp = b"RIFF\x2e\0\0\0WEBPVP8X\x04\0\0\0\x1c\0\0\0EXIF\x03\0\0\0GPS\0VP8 \x02\0\0\0xx";
        assert_eq!(strip(webp).into_owned(), b"RIFF\x1a\0\0\0WEBPVP8X\x04\0\0\0\x10\0\0\0VP8 \x02\0\0\0xx");
        for other in [
            &b"GIF89a"[..],
            b"\xff\xd8\xff\xe1\xff\xff",
            b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR",
            b"RIFF\0\0\0\0WEBPVP8X\xff\xff\xff\xff",
            b"",
        ] {
            strip(other);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_panic(mut bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..64), head in 0..4) {
            let head: &[u8] = [&b"\xff\xd8"[..], PNG, b"RIFF\0\0\0\0WEBP", b""][head as usize];
            bytes.splice(0..0, head.iter().copied());
            strip(&bytes);
            crate::imaging::head("x.jpg", &bytes);
        }
    }
}
