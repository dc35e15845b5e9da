//! Rules of sources, citations and footnotes, checked on the plan of outputs. They are explained here.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

pub const CITATION_UNKNOWN: RuleDoc = RuleDoc {
    name: "citation-unknown",
    family: Family::Sources,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Every `[^id]` cites a source or a footnote that is there",
    why: "Strong research and data are one of the three marks of good thought leadership in the Edelman–LinkedIn study (3,500 managers, December 2023). A citation that leads nowhere is a claim without a source.",
    bad: &[Example::markdown("Half withheld business.[^edelman-2023]\n")],
    good: &[Example::markdown("Half withheld business.[^edelman-2024]\n")],
    mend: "Correct the id, or describe the source under `sources:`.",
};

pub const SOURCE_UNCITED: RuleDoc = RuleDoc {
    name: "source-uncited",
    family: Family::Sources,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "Every source of a piece is cited in its text",
    why: "A list of sources that carry no sentence is decoration.",
    bad: &[Example::yaml("sources:\n  edelman-2024: { title: B2B thought leadership impact report, publisher: Edelman and LinkedIn }\n")],
    good: &[Example::markdown("Half withheld business.[^edelman-2024]\n")],
    mend: "Cite it with `[^id]` where it carries a claim, or take it out.",
};

pub const FOOTNOTE_UNUSED: RuleDoc = RuleDoc {
    name: "footnote-unused",
    family: Family::Sources,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "Every footnote is referred to",
    why: "A footnote that nothing refers to is never shown.",
    bad: &[Example::markdown("Text.\n\n[^a]: A note.\n")],
    good: &[Example::markdown("Text.[^a]\n\n[^a]: A note.\n")],
    mend: "Refer to it with `[^id]`, or take it out.",
};

pub const FOOTNOTE_REPEATED: RuleDoc = RuleDoc {
    name: "footnote-repeated",
    family: Family::Sources,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "Every footnote is written once",
    why: "Only the first of two notes with one id is shown.",
    bad: &[Example::markdown("Text.[^a]\n\n[^a]: A note.\n\n[^a]: Another.\n")],
    good: &[Example::markdown("Text.[^a] More.[^b]\n\n[^a]: A note.\n\n[^b]: Another.\n")],
    mend: "Give one of them another id.",
};

pub const FOOTNOTE_SHADOWED: RuleDoc = RuleDoc {
    name: "footnote-shadowed",
    family: Family::Sources,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "No footnote has the id of a source",
    why: "`[^id]` then cites the source, and the note is never shown.",
    bad: &[Example::markdown("Text.[^edelman-2024]\n\n[^edelman-2024]: A note.\n")],
    good: &[Example::markdown("Text.[^edelman-2024][^a]\n\n[^a]: A note.\n")],
    mend: "Give the footnote another id.",
};
