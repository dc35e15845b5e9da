//! Rules of images that cannot be published as they are.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

pub const IMAGE_UNREADABLE: RuleDoc = RuleDoc {
    name: "image-unreadable",
    family: Family::Links,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Every image can be decoded",
    why: "A file that ends too early or is no image shows readers a broken frame, and what a photograph tells of where it was taken \
          can be taken out only of what can be read.",
    bad: &[],
    good: &[Example::markdown("![The desk where fees are set](desk.jpg)\n")],
    mend: "Open the image in an editor and save it again, or copy it once more from where it came from. A photograph of a telephone that \
           is HEIC under another name has to be exported as JPEG.",
};

pub const IMAGE_TOO_LARGE: RuleDoc = RuleDoc {
    name: "image-too-large",
    family: Family::Links,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "An image has no more pixels than can be decoded",
    why: "A small file can claim to hold more pixels than a machine has memory for.",
    bad: &[],
    good: &[Example::markdown("![The desk where fees are set](desk.jpg)\n")],
    mend: "Make the image smaller than a hundred megapixels; readers see at most a few of them.",
};

pub const IMAGE_ALT_MISSING: RuleDoc = RuleDoc {
    name: "image-alt-missing",
    family: Family::Links,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "Every image says in words what it shows",
    why: "Readers who do not see an image, and machines that read for others, get its text alternative and nothing else.",
    bad: &[Example::markdown("![](fees-by-region.png)\n"), Example::yaml("image: fees-by-region.png\n")],
    good: &[
        Example::markdown("![Fees fell in every region but the north](fees-by-region.png)\n"),
        Example::yaml("image: fees-by-region.png\nimage_alt: Fees fell in every region but the north\n"),
    ],
    mend: "Write what the image tells the reader between the brackets, or under `image_alt`; for one that only decorates, use HTML, `<img src=\"…\" alt=\"\">`, or `image_alt: \"\"`.",
};

pub const CARD_LETTERS_MISSING: RuleDoc = RuleDoc {
    name: "card-letters-missing",
    family: Family::Outputs,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "A social card shows every letter of its piece",
    why: "Letters that the card's fonts lack are drawn as empty boxes wherever the link is shared.",
    bad: &[],
    good: &[],
    mend: "Put a font that has the letters, as a `.ttf` or `.otf` file, into the `fonts/` folder of the theme, or give the piece an `image`.",
};
