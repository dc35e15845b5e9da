//! Which way up a photograph is: the one thing in its EXIF data that a reader needs.

/// How the stored rows turn into the picture, as EXIF numbers it from 1 to 8; 1 for upright.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Orientation(pub u8);

impl Orientation {
    pub const UPRIGHT: Self = Self(1);

    /// True if width and height change places.
    pub fn is_turned(self) -> bool {
        (5..=8).contains(&self.0)
    }
}

/// The segments of a JPEG file before its picture: marker, and the bytes after the length.
pub fn segments(bytes: &[u8]) -> impl Iterator<Item = (u8, &[u8])> {
    let mut at = if bytes.starts_with(&[0xff, 0xd8]) { 2 } else { bytes.len() };
    std::iter::from_fn(move || {
        while bytes.get(at) == Some(&0xff) && bytes.get(at + 1) == Some(&0xff) {
            at += 1;
        }
        let (mark, marker) = (*bytes.get(at)?, *bytes.get(at + 1)?);
        // The picture itself begins with a scan.
        if mark != 0xff || marker == 0xda || marker == 0xd9 {
            return None;
        }
        let len = usize::from(u16::from_be_bytes([*bytes.get(at + 2)?, *bytes.get(at + 3)?]));
        let content = bytes.get(at + 4..at + 2 + len)?;
        at += 2 + len;
        Some((marker, content))
    })
}

/// The orientation of a JPEG file.
pub fn orientation(bytes: &[u8]) -> Orientation {
    let exif = segments(bytes).take(64).find_map(|(marker, content)| content.strip_prefix(b"Exif\0\0").filter(|_| marker == 0xe1));
    exif.and_then(of_tiff).filter(|orientation| (1..=8).contains(orientation)).map_or(Orientation::UPRIGHT, Orientation)
}

/// Tag 0x0112 of the first directory.
fn of_tiff(tiff: &[u8]) -> Option<u8> {
    let is_little = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = [*tiff.get(at)?, *tiff.get(at + 1)?];
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let (first, second) = (u32::from(short(at)?), u32::from(short(at + 2)?));
        Some(if is_little { first | second << 16 } else { first << 16 | second })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    let n_entries = usize::from(short(directory)?).min(512);
    let entry = (0..n_entries).map(|idx| directory + 2 + idx * 12).find(|entry| short(*entry) == Some(0x0112))?;
    u8::try_from(short(entry + 8)?).ok()
}

/// A segment that says the orientation and nothing else.
pub fn segment(orientation: Orientation) -> Vec<u8> {
    let mut segment = vec![0xff, 0xe1, 0, 34];
    segment.extend(b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    segment.extend([orientation.0, 0, 0, 0, 0, 0, 0]);
    segment
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orientation_is_read_whatever_the_byte_order() {
        for number in 1..=8 {
            let mut jpeg = vec![0xff, 0xd8];
            jpeg.extend(segment(Orientation(number)));
            jpeg.extend([0xff, 0xda]);
            assert_eq!(orientation(&jpeg), Orientation(number));
            assert_eq!(segments(&jpeg).count(), 1);
        }
        let little = b"\xff\xd8\xff\xe1\0\x22Exif\0\0II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
        assert_eq!(orientation(little), Orientation(6));
        for broken in [&b"\xff\xd8\xff\xe1\0\x10Exif\0\0II\x2a\0\xff\xff\xff\xff"[..], b"\xff\xd8\xff\xe1\0\0", b"\xff\xd8\xff\xe1", b""] {
            assert_eq!(orientation(broken), Orientation::UPRIGHT);
        }
    }
}
