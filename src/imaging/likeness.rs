//! What a file is by its first bytes, where its name says that it is an image: what is another thing, or nothing whole,
//! cannot be decoded, and its metadata cannot be taken out.

use super::size::{head, is_drawing};

/// What stands in a file whose name is that of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Misfit {
    /// Nothing.
    Empty,
    /// The beginning of the image that it should be, and too little of it.
    Cut,
    /// An image of another kind, which another name would do for.
    Gif,
    Avif,
    Svg,
    Jpeg,
    Png,
    Webp,
    /// An image that few browsers show.
    Heic,
    Tiff,
    Bmp,
    JpegXl,
    /// What a failed download leaves.
    WebPage,
    /// What version control leaves when it fetches no large files.
    LfsPointer,
    Pdf,
    Unknown,
}

/// Each with the letter that a memory keeps it as.
const CODES: [(char, Misfit); 16] = [
    ('e', Misfit::Empty),
    ('c', Misfit::Cut),
    ('g', Misfit::Gif),
    ('a', Misfit::Avif),
    ('s', Misfit::Svg),
    ('j', Misfit::Jpeg),
    ('p', Misfit::Png),
    ('w', Misfit::Webp),
    ('h', Misfit::Heic),
    ('t', Misfit::Tiff),
    ('b', Misfit::Bmp),
    ('x', Misfit::JpegXl),
    ('d', Misfit::WebPage),
    ('l', Misfit::LfsPointer),
    ('f', Misfit::Pdf),
    ('u', Misfit::Unknown),
];

impl Misfit {
    /// A letter for it.
    pub fn code(self) -> char {
        let known = CODES.iter().find(|(_, misfit)| *misfit == self);
        known.map(|(code, _)| *code).expect("every kind has a letter")
    }

    /// What a letter stands for.
    pub fn from_code(code: char) -> Option<Self> {
        CODES.iter().find(|(known, _)| *known == code).map(|(_, misfit)| *misfit)
    }

    /// What is wrong with the file, and what to do about it.
    pub fn explain(self, file_name: &str) -> (String, String) {
        let (stem, extension) = file_name.rsplit_once('.').unwrap_or((file_name, ""));
        let named = kind_named(extension);
        let is = |what: &str| format!("`{file_name}` is {what}, not {named}");
        let rename = |extension: &str| format!("rename it to `{stem}.{extension}`, and what names it too");
        let export = || "export it as JPEG, which every browser shows, and name that file".to_owned();
        match self {
            Self::Empty => (format!("`{file_name}` is empty"), "copy it once more from where it came from".to_owned()),
            Self::Cut => (
                format!("`{file_name}` begins like {named} and does not go on: it cannot be decoded"),
                "copy it once more from where it came from, or open it in an image editor and save it again".to_owned(),
            ),
            Self::Gif => (is("GIF"), rename("gif")),
            Self::Avif => (is("AVIF"), rename("avif")),
            Self::Svg => (is("SVG"), rename("svg")),
            Self::Jpeg => (is("JPEG"), rename("jpg")),
            Self::Png => (is("PNG"), rename("png")),
            Self::Webp => (is("WebP"), rename("webp")),
            Self::Heic if named == "HEIC" => (format!("`{file_name}` is HEIC, which few browsers show"), export()),
            Self::Heic => (is("HEIC"), export()),
            Self::Tiff => (is("TIFF"), export()),
            Self::Bmp => (is("BMP"), "export it as PNG, and name that file".to_owned()),
            Self::JpegXl => (is("JPEG XL"), export()),
            Self::WebPage => (is("a web page"), "save the image itself: what stands here is the page around it".to_owned()),
            Self::LfsPointer => {
                (format!("`{file_name}` is a pointer of Git LFS; the image itself was not fetched"), "run `git lfs pull`".to_owned())
            }
            Self::Pdf => (is("PDF"), "export the page that readers are to see as PNG".to_owned()),
            Self::Unknown => (
                format!("`{file_name}` holds no {named}: it cannot be decoded"),
                "open it in an image editor and save it again, or copy it once more from where it came from".to_owned(),
            ),
        }
    }
}

/// What is wrong with a file whose name says that it is an image; `None` where its head fits, and for other names.
///
/// JPEG, PNG and WebP pass under each other's names: browsers look at the bytes, and so do we.
pub fn misfit(file_name: &str, bytes: &[u8]) -> Option<Misfit> {
    let (_, extension) = file_name.rsplit_once('.')?;
    let extension = extension.to_ascii_lowercase();
    let is_known = ["jpg", "jpeg", "png", "webp", "gif", "avif", "svg", "heic", "heif"].contains(&extension.as_str());
    if !is_known {
        return None;
    }
    let seen = seen(bytes);
    let fits = match seen {
        Misfit::Jpeg | Misfit::Png | Misfit::Webp => matches!(extension.as_str(), "jpg" | "jpeg" | "png" | "webp"),
        Misfit::Gif => extension == "gif",
        Misfit::Avif => extension == "avif",
        Misfit::Svg => extension == "svg",
        Misfit::Empty
        | Misfit::Cut
        | Misfit::Heic
        | Misfit::Tiff
        | Misfit::Bmp
        | Misfit::JpegXl
        | Misfit::WebPage
        | Misfit::LfsPointer
        | Misfit::Pdf
        | Misfit::Unknown => false,
    };
    let is_headless = fits && !matches!(extension.as_str(), "svg" | "avif") && head(file_name, bytes).is_none();
    if is_headless { Some(Misfit::Cut) } else { (!fits).then_some(seen) }
}

fn kind_named(extension: &str) -> &'static str {
    match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => "JPEG",
        "png" => "PNG",
        "webp" => "WebP",
        "gif" => "GIF",
        "avif" => "AVIF",
        "svg" => "SVG",
        _ => "HEIC",
    }
}

fn seen(bytes: &[u8]) -> Misfit {
    match bytes {
        [] => Misfit::Empty,
        [0xff, 0xd8, 0xff, ..] => Misfit::Jpeg,
        [0x89, b'P', b'N', b'G', ..] => Misfit::Png,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Misfit::Webp,
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Misfit::Gif,
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => of_brands(bytes),
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Misfit::Tiff,
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => Misfit::Bmp,
        [0xff, 0x0a, ..] | [0, 0, 0, 12, b'J', b'X', b'L', b' ', ..] => Misfit::JpegXl,
        [b'%', b'P', b'D', b'F', ..] => Misfit::Pdf,
        _ if [&b"\xff\xd8"[..], b"\x89", b"RIFF", b"GIF8"].iter().any(|head| bytes.starts_with(head)) => Misfit::Cut,
        _ if bytes.starts_with(b"version https://git-lfs") => Misfit::LfsPointer,
        _ if is_web_page(bytes) => Misfit::WebPage,
        _ if is_drawing(bytes) => Misfit::Svg,
        _ => Misfit::Unknown,
    }
}

/// HEIC and AVIF are one container: its first box says for whom it is.
fn of_brands(bytes: &[u8]) -> Misfit {
    let len = usize::try_from(u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])).unwrap_or(usize::MAX);
    let brands = bytes.get(8..len.min(bytes.len()).min(256)).unwrap_or_default();
    let mut brands = brands.chunks_exact(4).enumerate().filter(|(idx, _)| *idx != 1).map(|(_, brand)| brand);
    let main = brands.next().unwrap_or_default();
    match main {
        b"avif" | b"avis" => Misfit::Avif,
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" => Misfit::Heic,
        b"mif1" | b"msf1" if brands.any(|brand| brand == b"avif") => Misfit::Avif,
        b"mif1" | b"msf1" => Misfit::Heic,
        _ => Misfit::Unknown,
    }
}

fn is_web_page(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_ascii_lowercase();
    let head = head.trim_start_matches('\u{feff}').trim_start();
    head.starts_with("<!doctype html") || head.starts_with("<html")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEIC: &[u8] = b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic\0\0\0\0meta";

    #[test]
    fn a_file_is_what_its_bytes_say() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x04\0\0\0\x03\x08\x02\0\0\0";
        for (name, bytes, expected) in [
            ("x.png", &png[..], None),
            ("x.JPG", png, None),
            ("x.gif", png, Some(Misfit::Png)),
            ("x.txt", b"", None),
            ("x.png", b"", Some(Misfit::Empty)),
            ("x.jpg", b"notanimage\n", Some(Misfit::Unknown)),
            ("x.webp", b"RIFF", Some(Misfit::Cut)),
            ("x.png", &png[..8], Some(Misfit::Cut)),
            ("IMG_1.jpg", HEIC, Some(Misfit::Heic)),
            ("IMG_1.HEIC", HEIC, Some(Misfit::Heic)),
            ("x.avif", b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", None),
            ("x.avif", b"\0\0\0\x14ftypavif\0\0\0\0avif", None),
            ("x.gif", b"GIF89a\x01\0\x01\0\0\0\0", None),
            ("x.jpg", b"GIF89a\x01\0\x01\0\0\0\0", Some(Misfit::Gif)),
            ("x.svg", b"\xef\xbb\xbf<?xml version=\"1.0\"?>\n<!-- a --><svg:svg xmlns:svg=\"x\">", None),
            ("x.svg", b"<!DOCTYPE svg PUBLIC \"-\" \"x\"><svg/>", None),
            ("x.svg", b"notanimage", Some(Misfit::Unknown)),
            ("x.png", b"<svg/>", Some(Misfit::Svg)),
            ("x.png", b"<!doctype html><svg></svg>", Some(Misfit::WebPage)),
            ("x.png", b"version https://git-lfs.github.com/spec/v1\noid", Some(Misfit::LfsPointer)),
            ("x.jpg", b"II\x2a\0\x08", Some(Misfit::Tiff)),
            ("x.jpg", b"%PDF-1.7", Some(Misfit::Pdf)),
            ("x.jpg", b"\0\0\0\x08ftyp", Some(Misfit::Unknown)),
        ] {
            assert_eq!(misfit(name, bytes), expected, "{name} {}", bytes.escape_ascii());
        }
    }

    #[test]
    fn every_kind_is_remembered_as_itself() {
        for (code, misfit) in CODES {
            assert_eq!((misfit.code(), Misfit::from_code(code)), (code, Some(misfit)));
        }
    }

    #[test]
    fn what_is_seen_is_said_with_the_way_out() {
        let (message, help) = Misfit::Heic.explain("IMG_1.jpg");
        assert_eq!(message, "`IMG_1.jpg` is HEIC, not JPEG");
        assert!(help.starts_with("export it as JPEG"), "{help}");
        assert_eq!(Misfit::Gif.explain("a.b.png").1, "rename it to `a.b.gif`, and what names it too");
    }
}
