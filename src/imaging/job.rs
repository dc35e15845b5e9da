//! Which copies of an image are worth making: decided from its head alone, so that they can be planned
//! before anything is decoded.

use super::Head;

/// What a site says of its images.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Settings {
    /// False publishes images as they are, but for what they tell of the photographer.
    pub resize: bool,
    /// The widths of smaller copies, in pixels, rising.
    pub widths: Vec<u32>,
    /// The width of the largest copy that is published.
    pub max_width: u32,
    /// The quality of JPEG copies, from 1 to 100.
    pub quality: u8,
    /// How wide an image stands in the page, as the attribute `sizes` says it.
    pub sizes: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            resize: true,
            widths: vec![480, 800, 1200, 1600],
            max_width: 2400,
            quality: 80,
            sizes: "(min-width: 50rem) 46rem, 94vw".to_owned(),
        }
    }
}

/// How a copy is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Encoding {
    Jpeg,
    Png,
    /// WebP that loses nothing: smaller than PNG for what PNG is used for.
    Webp,
}

impl Encoding {
    pub fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
        }
    }
}

/// One copy to make.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Job {
    /// The width of the copy as it is seen.
    pub width: u32,
    pub encoding: Encoding,
    /// The quality of JPEG; of no matter elsewhere.
    pub quality: u8,
}

impl Job {
    /// What a copy depends on besides the bytes it is made from. The number counts changes of the way copies are made.
    pub fn key(&self) -> String {
        format!("3-{}-{}-{}", self.width, self.encoding.extension(), self.quality)
    }
}

/// What becomes of an image.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The copy that stands in for the image itself, which is too large to publish.
    pub reduced: Option<Job>,
    /// Smaller copies, by encoding and then by width.
    pub copies: Vec<Job>,
}

/// The copies of an image with this file extension.
pub fn plan(extension: &str, head: &Head, settings: &Settings) -> Plan {
    let own = match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => Encoding::Jpeg,
        "png" => Encoding::Png,
        // What is WebP or AVIF already was made for the page; GIF moves, SVG scales.
        _ => return Plan::default(),
    };
    if !settings.resize || head.is_animated {
        return Plan::default();
    }
    let (width, _) = head.size;
    let job = |width: u32, encoding: Encoding| Job { width, encoding, quality: settings.quality };
    let reduced = (width > settings.max_width).then(|| job(settings.max_width, own));
    let full = width.min(settings.max_width);
    let is_drawing = head.n_bytes < u64::from(width) * u64::from(head.size.1);
    // A copy that is nearly as wide as the whole saves nobody anything; one of a drawing, whose edges a smaller size
    // blurs into many colours, must be much smaller to be smaller.
    let (encoding, also_full, tenths) = match own {
        Encoding::Jpeg => (Encoding::Jpeg, None, 9),
        Encoding::Png | Encoding::Webp if is_drawing => (Encoding::Png, None, 6),
        Encoding::Png | Encoding::Webp => (Encoding::Webp, Some(full), 9),
    };
    let smaller = settings.widths.iter().copied().filter(|smaller| u64::from(*smaller) * 10 <= u64::from(full) * tenths);
    let copies = smaller.chain(also_full.filter(|full| *full >= 64)).map(|width| job(width, encoding)).collect();
    Plan { reduced, copies }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_made_where_they_save_something() {
        let widths = |extension: &str, width: u32, is_animated: bool| {
            let is_drawing = extension.starts_with("drawing.");
            let n_bytes = u64::from(width) * if is_drawing { 9 } else { 30 };
            let head = Head { size: (width, 10), is_animated, n_bytes };
            let plan = plan(extension.trim_start_matches("drawing."), &head, &Settings::default());
            let copies: Vec<String> = plan.copies.iter().map(|job| format!("{}{}", job.width, job.encoding.extension())).collect();
            format!("{:?} {}", plan.reduced.map(|job| job.width), copies.join(" "))
        };
        for (extension, width, is_animated, expected) in [
            ("jpg", 4000, false, "Some(2400) 480jpg 800jpg 1200jpg 1600jpg"),
            ("JPEG", 1300, false, "None 480jpg 800jpg"),
            ("jpg", 300, false, "None "),
            ("png", 1000, false, "None 480webp 800webp 1000webp"),
            ("drawing.png", 2000, false, "None 480png 800png 1200png"),
            ("drawing.png", 700, false, "None "),
            ("png", 1000, true, "None "),
            ("png", 32, false, "None "),
            ("svg", 4000, false, "None "),
            ("webp", 4000, false, "None "),
        ] {
            assert_eq!(widths(extension, width, is_animated), expected, "{extension} {width}");
        }
    }
}
