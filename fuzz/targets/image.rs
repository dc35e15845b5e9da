//! Any file that says it is an image: its size, or none; the same picture without what it tells beside it; and,
//! where it claims no more than a thumbnail's pixels, smaller copies or a reason.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sowhat::imaging::{Encoding, Job, derive, head, strip};

const NAMES: [&str; 7] = ["a.png", "a.jpg", "a.gif", "a.webp", "a.avif", "a.svg", "a.txt"];
const JOBS: [Job; 3] = [
    Job { width: 40, encoding: Encoding::Jpeg, quality: 80 },
    Job { width: 7, encoding: Encoding::Png, quality: 80 },
    Job { width: 1, encoding: Encoding::Webp, quality: 80 },
];
/// Larger pictures are decoded as well, and slowly.
const MAX_PIXELS: u64 = 100_000;

/// The product catches what a decoder panics at; libFuzzer would end at it.
fn tolerate_decoders() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let is_decoder = panic.location().is_some_and(|place| place.file().contains("/zune-jpeg-"));
        if !is_decoder {
            before(panic);
        }
    }));
}

fuzz_target!(init: tolerate_decoders(), |bytes: &[u8]| {
    let heads: Vec<_> = NAMES.iter().filter_map(|name| head(name, bytes)).collect();
    assert!(heads.iter().all(|head| head.size.0 > 0 && head.size.1 > 0), "{heads:?}");
    // The orientation may be written anew; nothing else is added.
    let stripped = strip(bytes);
    assert!(stripped.len() <= bytes.len() + 40, "{} bytes became {}", bytes.len(), stripped.len());
    let is_small = heads.iter().all(|head| u64::from(head.size.0) * u64::from(head.size.1) <= MAX_PIXELS);
    if is_small
        && !heads.is_empty()
        && let Ok(copies) = derive(&stripped, &JOBS)
    {
        assert_eq!(copies.len(), JOBS.len());
    }
});
