//! Rules of suppressions, checked when all findings of a document are known. They are explained here.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

pub const SUPPRESSION_NOT_READ: RuleDoc = RuleDoc {
    name: "suppression-not-read",
    family: Family::Suppressions,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "A comment that is to allow a finding is written as one",
    why: "Without its colon the comment is a note among authors: it allows nothing, and whoever wrote it thinks that it does.",
    bad: &[Example::markdown("<!-- allow heading-id-repeated because both lead to one table -->\n## Fees {#fees}\n")],
    good: &[Example::markdown("<!-- allow: heading-id-repeated because both lead to one table -->\n## Fees {#fees}\n")],
    mend: "Write `allow:`, the rule, `because` and the reason.",
};

pub const SUPPRESSION_WITHOUT_REASON: RuleDoc = RuleDoc {
    name: "suppression-without-reason",
    family: Family::Suppressions,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "Whoever allows a finding says why",
    why: "A finding that is allowed is a decision, and a decision has a reason that the next editor can read. Without one it stays.",
    bad: &[
        Example::yaml("allow: { description-missing: \"\" }\n"),
        Example::markdown("<!-- allow: heading-id-repeated -->\n## Fees {#fees}\n"),
    ],
    good: &[Example::markdown("<!-- allow: heading-id-repeated because both lead to one table -->\n## Fees {#fees}\n")],
    mend: "Write `because …` and the reason.",
};

pub const SUPPRESSION_UNKNOWN_RULE: RuleDoc = RuleDoc {
    name: "suppression-unknown-rule",
    family: Family::Suppressions,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "Only rules that exist are allowed",
    why: "A mistyped name allows nothing.",
    bad: &[Example::yaml("allow: { description-mising: the listing shows none }\n")],
    good: &[Example::yaml("allow: { description-missing: the listing shows none }\ndescription: -\n")],
    mend: "Correct the name as the finding suggests.",
};

pub const SUPPRESSION_UNUSED: RuleDoc = RuleDoc {
    name: "suppression-unused",
    family: Family::Suppressions,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "What is allowed is there",
    why: "A suppression that outlives its finding hides the next one.",
    bad: &[Example::yaml("allow: { description-missing: the listing shows none }\n")],
    good: &[Example::yaml("allow: { description-missing: the listing shows none }\ndescription: -\n")],
    mend: "Take it out.",
};

pub const SUPPRESSION_OF_GATE_RULE: RuleDoc = RuleDoc {
    name: "suppression-of-gate-rule",
    family: Family::Suppressions,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "The gate cannot be talked out of its rules",
    why: "An audience or an instruction that is missing is missed by readers whatever the reason. The way out of a false alarm is to say more.",
    bad: &[Example::yaml("allow: { audience-missing: this one is for everybody }\n")],
    good: &[Example::yaml("audience: { role: Parents, situation: choosing a school after a move }\n")],
    mend: "Take the suppression out and mend what the rule found.",
};
