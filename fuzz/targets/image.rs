//! Any file that says it is an image: its size, or none.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sowhat::base::path::SourcePath;
use sowhat::world::image_size::image_size;

const NAMES: [&str; 7] = ["a.png", "a.jpg", "a.gif", "a.webp", "a.avif", "a.svg", "a.txt"];

fuzz_target!(|bytes: &[u8]| {
    for name in NAMES {
        let size = image_size(&SourcePath::new(name).expect("a plain path"), bytes);
        assert!(size.is_none_or(|(width, height)| width > 0 && height > 0), "{size:?}");
    }
});
