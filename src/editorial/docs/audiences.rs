//! The rules on the audiences that `site.toml` declares; the register's judge checks them.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

pub const AUDIENCE_NOT_AGREED: RuleDoc = RuleDoc {
    name: "audience-not-agreed",
    family: Family::Audience,
    level: Level::Off,
    standing: Standing::Editorial,
    summary: "Somebody has agreed to each audience in `site.toml`",
    why: "Walker Sands asked 150 marketing leaders and 50 other executives: near three quarters struggle to understand what the others want (O'Dwyer's, 1 March 2024). Whom the firm writes for is agreed once, by name, and not by each draft anew.",
    bad: &[Example::toml("[audiences.services-cfo]\nrole = \"CFO\"\nat = \"mid-size professional-services firms\"\n")],
    good: &[Example::toml(
        "[audiences.services-cfo]\nrole = \"CFO\"\nat = \"mid-size professional-services firms\"\nagreed = { by = \"jane-doe\", on = 2026-06-01 }\n",
    )],
    mend: "Let the person who answers for the programme read it, and add `agreed = { by = \"ID\", on = DATE }`.",
};

pub const AUDIENCE_AGREEMENT_STALE: RuleDoc = RuleDoc {
    name: "audience-agreement-stale",
    family: Family::Audience,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "An agreement on an audience names a person and a day, and is at most a year old",
    why: "Markets move, and a definition that nobody has looked at for a year describes last year's reader. An agreement by a person whom the site does not know, or on a day to come, is none.",
    bad: &[
        Example::toml("[audiences.services-cfo]\nrole = \"CFO\"\nat = \"law firms\"\nagreed = { by = \"jane-doe\", on = 2025-06-01 }\n"),
        Example::toml("[audiences.services-cfo]\nrole = \"CFO\"\nat = \"law firms\"\nagreed = { by = \"jane-doe\" }\n"),
    ],
    good: &[Example::toml(
        "[audiences.services-cfo]\nrole = \"CFO\"\nat = \"law firms\"\nagreed = { by = \"jane-doe\", on = 2026-06-01 }\n",
    )],
    mend: "Read the audience again, change what no longer holds, and set `agreed` to who did so and when.",
};
