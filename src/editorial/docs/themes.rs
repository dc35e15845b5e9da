//! Rules of `[theme]`, checked when the theme's tokens are read. They are explained here.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

pub const THEME_TOKEN_UNKNOWN: RuleDoc = RuleDoc {
    name: "theme-token-unknown",
    family: Family::Configuration,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "`[theme]` sets tokens that the theme has",
    why: "A misspelt token changes nothing, without a word.",
    bad: &[Example::toml("[theme.light]\nlinc = \"#1c3f94\"\n")],
    good: &[Example::toml("[theme.light]\nlink = \"#1c3f94\"\n")],
    mend: "Correct the name as the finding suggests; `theme.toml` of the theme lists them.",
};

pub const THEME_TOKEN_INVALID: RuleDoc = RuleDoc {
    name: "theme-token-invalid",
    family: Family::Configuration,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Every token has a value that it can have",
    why: "A style sheet drops what it cannot read, and the page falls back to something nobody chose.",
    bad: &[Example::toml("[theme.light]\nlink = \"dark blue\"\n")],
    good: &[Example::toml("[theme.light]\nlink = \"#1c3f94\"\n")],
    mend: "Write colours as `#rrggbb`, lengths with their unit, and of a choice one of its words.",
};

pub const THEME_CONTRAST_LOW: RuleDoc = RuleDoc {
    name: "theme-contrast-low",
    family: Family::Configuration,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "Text can be read on its ground: a contrast of 4.5, as WCAG AA asks",
    why: "Readers with poor sight, and all readers in sunlight, lose what is written in faint colours.",
    bad: &[Example::toml("[theme.light]\nink = \"#9aa0a6\"\n")],
    good: &[Example::toml("[theme.light]\nink = \"#202124\"\n")],
    mend: "Make the text darker or its ground lighter, and the other way round for the dark scheme.",
};
