//! Rules of links and assets, checked on the plan of outputs. They are explained here.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

pub const LINK_BROKEN: RuleDoc = RuleDoc {
    name: "link-broken",
    family: Family::Links,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Every internal link leads to a page or file of the site",
    why: "A dead link costs the reader the proof or the next step. Links are written as paths of files or of the site, so that each can be checked.",
    bad: &[Example::markdown("See [the survey](../survey-2025.md).\n")],
    good: &[Example::markdown("See [the survey](../survey-2026.md) or [all insights](/insights/).\n")],
    mend: "Correct the path as the finding suggests; write it relative to the file, or from the site's root.",
};

pub const LINK_ANCHOR_MISSING: RuleDoc = RuleDoc {
    name: "link-anchor-missing",
    family: Family::Links,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Every link to a part of a page leads to a part that is there",
    why: "A link with a stale anchor drops its reader at the top of a long page.",
    bad: &[Example::markdown("See [the method](../survey-2026.md#metod).\n")],
    good: &[Example::markdown("See [the method](../survey-2026.md#method).\n")],
    mend: "Correct the anchor; headings have anchors made from their text, or their own with `{#id}`.",
};

pub const LINK_TO_WITHHELD: RuleDoc = RuleDoc {
    name: "link-to-withheld",
    family: Family::Links,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "No published page links to one that is not published",
    why: "Drafts and scheduled pages are not in the output; a link to them is broken for readers.",
    bad: &[Example::markdown("See [next month's piece](../scheduled.md).\n")],
    good: &[Example::markdown("See [last month's piece](../published.md).\n")],
    mend: "Take the link out until the page is published, or publish it.",
};

pub const LINK_TO_EXPIRED: RuleDoc = RuleDoc {
    name: "link-to-expired",
    family: Family::Links,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "No published page links to one that has expired",
    why: "On the day a page expires it leaves the site by itself. What led to it is then shown as text, it is no longer among the related pieces, and the reader misses what it was to prove; but what only a day brings about stops no build.",
    bad: &[Example::markdown("See [the offer of last year](../offer-2025.md).\n")],
    good: &[Example::markdown("See [the offer of this year](../offer-2026.md).\n")],
    mend: "Link to what took its place, or take the link out. A page that names the old address under `aliases:` is linked to by itself.",
};

pub const ASSET_MISSING: RuleDoc = RuleDoc {
    name: "asset-missing",
    family: Family::Links,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Every image and file that a page shows is there",
    why: "A missing image is a hole in the argument, and the card that others share has none.",
    bad: &[Example::markdown("![Fees by quarter](fees.png)\n")],
    good: &[Example::markdown("![Fees by quarter](fees.svg)\n")],
    mend: "Put the file beside the page, or correct its path.",
};
