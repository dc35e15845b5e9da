//! One image to its smaller copies: decoded once, turned upright, made smaller step by step.

use super::exif::{self, Orientation};
use super::{Encoding, Job, MAX_PIXELS};
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::imageops::{self, FilterType};
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Why there is no copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// It has more pixels than are decoded.
    TooLarge,
    /// It cannot be decoded, and why.
    Unreadable(String),
}

/// Larger colour profiles describe printers.
const MAX_PROFILE: usize = 64 << 10;

/// The most memory that decoding takes beside the picture.
const MAX_SCRATCH: u64 = 1 << 30;

struct Source {
    image: DynamicImage,
    /// Width and height before it was halved, as stored.
    full: (u32, u32),
    orientation: Orientation,
    profile: Option<Vec<u8>>,
}

/// Makes the copies of an image, in the order of the jobs. The same bytes give the same copies.
pub fn derive(bytes: &[u8], jobs: &[Job]) -> Result<Vec<Vec<u8>>, Fault> {
    let mut source = decode(bytes)?;
    let mut order: Vec<usize> = (0..jobs.len()).collect();
    order.sort_by_key(|idx| std::cmp::Reverse(jobs[*idx].width));
    let mut copies = vec![Vec::new(); jobs.len()];
    for idx in order {
        let job = &jobs[idx];
        let copy = resized(&mut source, job.width);
        copies[idx] = encode(&copy, job, source.profile.as_deref())?;
    }
    Ok(copies)
}

/// Decodes an image and makes nothing of it: whether it can be shown at all.
pub fn try_decode(bytes: &[u8]) -> Result<(), Fault> {
    decode(bytes).map(drop)
}

fn decode(bytes: &[u8]) -> Result<Source, Fault> {
    let unreadable = |error: image::ImageError| Fault::Unreadable(error.to_string());
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| Fault::Unreadable(error.to_string()))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_SCRATCH);
    reader.limits(limits);
    let is_jpeg = reader.format() == Some(ImageFormat::Jpeg);
    let mut decoder = reader.into_decoder().map_err(unreadable)?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(Fault::TooLarge);
    }
    let profile = decoder.icc_profile().ok().flatten().filter(|profile| profile.len() <= MAX_PROFILE);
    // The decoders are not ours, and one panics at samplings that no camera writes.
    let decoded = catch_unwind(AssertUnwindSafe(|| DynamicImage::from_decoder(decoder)));
    let decoded = decoded.map_err(|_| Fault::Unreadable("its decoder failed at it".to_owned()))?;
    let image = decoded.map_err(unreadable)?;
    let image =
        if image.color().has_alpha() { DynamicImage::ImageRgba8(image.into_rgba8()) } else { DynamicImage::ImageRgb8(image.into_rgb8()) };
    let orientation = if is_jpeg { exif::orientation(bytes) } else { Orientation::UPRIGHT };
    Ok(Source { full: (image.width(), image.height()), image, orientation, profile })
}

/// The image at a width, upright. It is halved as long as it is at least twice as wide, which is fast, and that is kept
/// for the copies that are smaller still: so a copy is the same whichever others are made beside it.
fn resized(source: &mut Source, width: u32) -> DynamicImage {
    let is_turned = source.orientation.is_turned();
    let (stored_width, stored_height) = source.full;
    let size = |wanted: u32| {
        let (seen_width, seen_height) = if is_turned { (stored_height, stored_width) } else { (stored_width, stored_height) };
        let wanted = wanted.min(seen_width).max(1);
        let height = (u64::from(seen_height) * u64::from(wanted) / u64::from(seen_width.max(1))).max(1);
        let height = u32::try_from(height).unwrap_or(u32::MAX);
        if is_turned { (height, wanted) } else { (wanted, height) }
    };
    let seen_width = |image: &DynamicImage| if is_turned { image.height() } else { image.width() };
    while seen_width(&source.image) / 2 >= width.max(1) {
        let (half_width, half_height) = size(seen_width(&source.image) / 2);
        source.image = source.image.thumbnail_exact(half_width, half_height);
    }
    let (to_width, to_height) = size(width);
    let copy = match &source.image {
        image if (image.width(), image.height()) == (to_width, to_height) => image.clone(),
        DynamicImage::ImageRgb8(image) => DynamicImage::ImageRgb8(imageops::resize(image, to_width, to_height, FilterType::CatmullRom)),
        image => image.resize_exact(to_width, to_height, FilterType::CatmullRom),
    };
    let mut copy = copy;
    if let Some(orientation) = image::metadata::Orientation::from_exif(source.orientation.0) {
        copy.apply_orientation(orientation);
    }
    copy
}

fn encode(image: &DynamicImage, job: &Job, profile: Option<&[u8]>) -> Result<Vec<u8>, Fault> {
    let mut bytes = Vec::new();
    match job.encoding {
        Encoding::Jpeg => jpeg(image, job.quality, profile, &mut bytes)?,
        Encoding::Png => write(PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, PngFilter::Adaptive), image, profile)?,
        Encoding::Webp => write(image::codecs::webp::WebPEncoder::new_lossless(&mut bytes), image, profile)?,
    }
    Ok(bytes)
}

fn write(mut encoder: impl image::ImageEncoder, image: &DynamicImage, profile: Option<&[u8]>) -> Result<(), Fault> {
    if let Some(profile) = profile {
        // An encoder that has no place for a profile writes the picture without it.
        let _ = encoder.set_icc_profile(profile.to_vec());
    }
    image.write_with_encoder(encoder).map_err(|error| Fault::Unreadable(error.to_string()))
}

fn jpeg(image: &DynamicImage, quality: u8, profile: Option<&[u8]>, bytes: &mut Vec<u8>) -> Result<(), Fault> {
    let unreadable = |error: jpeg_encoder::EncodingError| Fault::Unreadable(error.to_string());
    let rgb = image.to_rgb8();
    let (width, height) = match (u16::try_from(rgb.width()), u16::try_from(rgb.height())) {
        (Ok(width), Ok(height)) => (width, height),
        (Ok(_) | Err(_), Ok(_) | Err(_)) => return Err(Fault::TooLarge),
    };
    let mut encoder = jpeg_encoder::Encoder::new(bytes, quality);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_2_2);
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    if let Some(profile) = profile {
        encoder.add_icc_profile(profile).map_err(unreadable)?;
    }
    encoder.encode(&rgb, width, height, jpeg_encoder::ColorType::Rgb).map_err(unreadable)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::{Rgb, RgbImage};

    /// Red on the left half, blue on the right.
    fn picture(width: u32, height: u32) -> DynamicImage {
        let colour = |x: u32| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) };
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, _| colour(x)))
    }

    fn encoded(image: &DynamicImage, encoding: Encoding) -> Vec<u8> {
        encode(image, &Job { width: image.width(), encoding, quality: 90 }, None).unwrap()
    }

    fn job(width: u32, encoding: Encoding) -> Job {
        Job { width, encoding, quality: 80 }
    }

    #[test]
    fn a_copy_is_the_same_whichever_others_are_made() {
        let noisy = |x: u32, y: u32| Rgb([(x * 7 + y * 3) as u8, (x ^ y) as u8, (x * y / 9) as u8]);
        let bytes = encoded(&DynamicImage::ImageRgb8(RgbImage::from_fn(1000, 333, noisy)), Encoding::Png);
        let jobs: Vec<Job> = [64, 120, 240, 249, 400, 500, 800].map(|width| Job { width, encoding: Encoding::Png, quality: 80 }).into();
        let together = derive(&bytes, &jobs).unwrap();
        for (job, copy) in jobs.iter().zip(&together) {
            assert!(derive(&bytes, &[*job]).unwrap()[0] == *copy, "{}", job.width);
        }
    }

    #[test]
    fn copies_have_the_widths_asked_for() {
        let png = encoded(&picture(200, 100), Encoding::Png);
        let jobs = [job(20, Encoding::Webp), job(90, Encoding::Jpeg), job(50, Encoding::Png)];
        let copies = derive(&png, &jobs).unwrap();
        let sizes: Vec<(u32, u32)> =
            copies.iter().map(|copy| image::load_from_memory(copy).map(|copy| (copy.width(), copy.height())).unwrap()).collect();
        assert_eq!(sizes, [(20, 10), (90, 45), (50, 25)]);
        assert_eq!(derive(&png, &jobs).unwrap(), copies, "the same bytes give the same copies");
    }

    #[test]
    fn photographs_are_turned_upright() {
        let mut jpeg = encoded(&picture(80, 40), Encoding::Jpeg);
        jpeg.splice(2..2, exif::segment(Orientation(6)));
        let copy = derive(&jpeg, &[job(20, Encoding::Png)]).unwrap().remove(0);
        let copy = image::load_from_memory(&copy).unwrap().to_rgb8();
        assert_eq!((copy.width(), copy.height()), (20, 40));
        // Turned clockwise by a quarter, what was on the left is on top.
        assert!(copy.get_pixel(10, 5)[0] > 150 && copy.get_pixel(10, 35)[2] > 150);
        assert_eq!(super::super::head("x.jpg", &jpeg).unwrap().size, (40, 80));
    }

    /// A photograph whose colours are sampled as no camera does; found by fuzzing.
    const SAMPLED: &str = "\
        ffd8ffe000104a46494600010100000100010000ffdb004300100b0c0e0c0a100e0d0e1211101318281a181616183123251d283a333d3c\
        3933383740485c4e404457453738506d51575f626768673e4d71797064785c656763ffdb0043011112121815182f1a1a2f5f4238426363\
        63636363636363636363636363636363636363636363636363636363636363636363636363636363636363632e636363ffc20011080008\
        0002030111000c2201032101ffffffffffffffffffffffffffffffffffffffffffffffffffff0000000000b110ffda0008010100013f10\
        2c3fffd9";

    #[test]
    fn broken_and_boundless_images_are_faults() {
        let mut png = encoded(&picture(40, 40), Encoding::Png);
        let whole = png.clone();
        png.truncate(60);
        assert!(matches!(derive(&png, &[job(20, Encoding::Png)]), Err(Fault::Unreadable(_))));
        assert!(matches!(derive(b"GIF89a", &[]), Err(Fault::Unreadable(_))));
        let mut bomb = whole;
        bomb[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        assert!(derive(&bomb, &[job(20, Encoding::Png)]).is_err());
        // Found by fuzzing: its decoder panics.
        let bytes = |hex: &str| (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect::<Vec<_>>();
        assert!(matches!(derive(&bytes(SAMPLED), &[job(1, Encoding::Jpeg)]), Err(Fault::Unreadable(_))));
    }
}
