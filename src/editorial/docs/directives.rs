//! Rules of directives and code blocks, checked while a body is read. They are explained here.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

pub const DIRECTIVE_UNKNOWN: RuleDoc = RuleDoc {
    name: "directive-unknown",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Every directive is one of the theme's",
    why: "A directive that nothing renders would print its own markup to readers.",
    bad: &[Example::markdown(":::calout\nText.\n:::\n")],
    good: &[Example::markdown(":::callout\nText.\n:::\n")],
    mend: "Correct the name as the finding suggests, or add `directives/NAME.html` to the site's templates.",
};

pub const DIRECTIVE_UNCLOSED: RuleDoc = RuleDoc {
    name: "directive-unclosed",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Every container directive is closed",
    why: "Without its closing line a block would swallow the rest of the page.",
    bad: &[Example::markdown(":::callout\nText.\n")],
    good: &[Example::markdown(":::callout\nText.\n:::\n")],
    mend: "Close it with as many colons as it was opened with.",
};

pub const DIRECTIVE_STRAY_CLOSE: RuleDoc = RuleDoc {
    name: "directive-stray-close",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Every closing line of colons closes a directive",
    why: "A `:::` that closes nothing means that an opening line was lost or mistyped.",
    bad: &[Example::markdown("Text.\n\n:::\n")],
    good: &[Example::markdown(":::callout\nText.\n:::\n")],
    mend: "Take the line out, or open the directive that it was to close.",
};

pub const DIRECTIVE_MALFORMED: RuleDoc = RuleDoc {
    name: "directive-malformed",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "A directive reads `:::name{key=\"value\"}`",
    why: "Half-read parameters would be dropped in silence.",
    bad: &[Example::markdown(":::callout{title=\"Fees}\nText.\n:::\n")],
    good: &[Example::markdown(":::callout{title=\"Fees\"}\nText.\n:::\n")],
    mend: "Close the braces and the quotation marks.",
};

pub const DIRECTIVE_NESTED_TOO_DEEP: RuleDoc = RuleDoc {
    name: "directive-nested-too-deep",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Directives nest to a depth that people write",
    why: "Time and memory are bounded whatever a file holds.",
    bad: &[],
    good: &[Example::markdown("::::callout\n:::callout\nText.\n:::\n::::\n")],
    mend: "Use fewer levels.",
};

pub const DIRECTIVE_PARAMETER_UNKNOWN: RuleDoc = RuleDoc {
    name: "directive-parameter-unknown",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "A directive is given only parameters that it declares",
    why: "A mistyped parameter is a setting that does nothing.",
    bad: &[Example::markdown(":::callout{titel=\"Fees\"}\nText.\n:::\n")],
    good: &[Example::markdown(":::callout{title=\"Fees\"}\nText.\n:::\n")],
    mend: "Correct the parameter as the finding suggests.",
};

pub const DIRECTIVE_PARAMETER_MISSING: RuleDoc = RuleDoc {
    name: "directive-parameter-missing",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "A directive is given every parameter that it needs",
    why: "A chart without data or a video without an address renders as nothing.",
    bad: &[Example::markdown("::chart\n")],
    good: &[Example::markdown("::chart{data=\"fees\"}\n")],
    mend: "Add the parameter that the finding names.",
};

pub const DIRECTIVE_PARAMETER_REPEATED: RuleDoc = RuleDoc {
    name: "directive-parameter-repeated",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "A directive is given each parameter once",
    why: "Which of two values you meant is not ours to guess.",
    bad: &[Example::markdown(":::callout{title=\"Fees\" title=\"Rates\"}\nText.\n:::\n")],
    good: &[Example::markdown(":::callout{title=\"Fees\"}\nText.\n:::\n")],
    mend: "Take one of the two out.",
};

pub const HEADING_ID_REPEATED: RuleDoc = RuleDoc {
    name: "heading-id-repeated",
    family: Family::Directives,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "No two headings of a page carry the same anchor",
    why: "A link to the anchor would lead to the first of them only.",
    bad: &[Example::markdown("## Fees {#fees}\n\n## Rates {#fees}\n")],
    good: &[Example::markdown("## Fees {#fees}\n\n## Rates {#rates}\n")],
    mend: "Give one of them another `{#id}`.",
};

pub const HEADING_ATTRIBUTE_UNKNOWN: RuleDoc = RuleDoc {
    name: "heading-attribute-unknown",
    family: Family::Directives,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "A heading's attributes are ones that a page can carry",
    why: "An attribute that is dropped in silence is a mistake that nobody sees.",
    bad: &[Example::markdown("## Fees {colour=red}\n")],
    good: &[Example::markdown("## Fees {#fees .wide}\n")],
    mend: "Write `{#id}` or `{.class}`.",
};

pub const CODE_LANGUAGE_UNKNOWN: RuleDoc = RuleDoc {
    name: "code-language-unknown",
    family: Family::Directives,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "The language of a code block is one that can be highlighted",
    why: "A mistyped language leaves the block without colours.",
    bad: &[Example::markdown("```rustt\nfn main() {}\n```\n")],
    good: &[Example::markdown("```rust\nfn main() {}\n```\n")],
    mend: "Correct the language, or write `text`.",
};
