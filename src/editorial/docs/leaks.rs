//! The proof that a gated text is nowhere in the output, checked in the making. They are explained here.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

pub const GATE_BODY_LEAK: RuleDoc = RuleDoc {
    name: "gate-body-leak",
    family: Family::Gate,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "The text of a gated piece stands nowhere in the output",
    why: "A static host cannot guard a page: what a script hides is still in the file, as Google's documentation of paywalls warns. So a gated body is written nowhere, and the build proves it: no eight words in a row, save what the page says in the open and paragraphs that three open pages or more have too, such as a disclaimer.",
    bad: &[Example { fence: "html", text: "<p hidden>Eight words in a row of the gated text …</p>\n" }],
    good: &[Example::yaml(
        "gate:\n  reason: The survey partner holds the data until January\n  abstract: What the survey asked, and of whom.\n",
    )],
    mend: "Take the text out of the template, page or file that the finding names, or open the gate.",
};
