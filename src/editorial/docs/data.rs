//! Rules of the tables behind charts, and of what charts and embeds can show.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

pub const DIRECTIVE_PARAMETER_INVALID: RuleDoc = RuleDoc {
    name: "directive-parameter-invalid",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "A parameter holds what its directive can use",
    why: "What a directive cannot use would be dropped in silence, or shown to readers as it stands.",
    bad: &[Example::markdown("::embed{url=\"http://example.org/talk\" title=\"The talk\"}\n")],
    good: &[Example::markdown("::embed{url=\"https://example.org/talk\" title=\"The talk\"}\n")],
    mend: "Write one of the values that the finding names.",
};

pub const DATA_MISSING: RuleDoc = RuleDoc {
    name: "data-missing",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "A chart or table has its data",
    why: "A figure without figures shows readers an empty frame.",
    bad: &[Example::markdown("::chart{title=\"Fees fell\"}\n")],
    good: &[Example::markdown("::chart{title=\"Fees fell\" src=\"fees.csv\"}\n")],
    mend: "Put a `.csv`, `.tsv` or `.json` file beside the piece and name it with `src`, or put the table into a code block of the language `csv` inside the directive.",
};

pub const DATA_MALFORMED: RuleDoc = RuleDoc {
    name: "data-malformed",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "A table of data has a named column for every cell",
    why: "A row with a cell too many or too few shifts every figure after it, and nobody sees it in the drawing.",
    bad: &[Example::markdown(":::chart{title=\"Fees\"}\n```csv\nRegion,2024,2025\nNorth,12\n```\n:::\n")],
    good: &[Example::markdown(":::chart{title=\"Fees\"}\n```csv\nRegion,2024,2025\nNorth,12,9\n```\n:::\n")],
    mend: "Mend the row that the finding points at; put quotes around a cell that holds a comma, and leave a cell empty where nothing is known.",
};

pub const DATA_NOT_A_NUMBER: RuleDoc = RuleDoc {
    name: "data-not-a-number",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "What a chart draws is numbers",
    why: "A cell that is no number would be left out of the drawing, or drawn as zero.",
    bad: &[Example::markdown(":::chart{title=\"Fees\"}\n```csv\nRegion,2024\nNorth,about 12\n```\n:::\n")],
    good: &[Example::markdown(":::chart{title=\"Fees\"}\n```csv\nRegion,2024\nNorth,12\nSouth,n/a\n```\n:::\n")],
    mend: "Write plain numbers and name the unit with `unit=\"…\"`; leave a cell empty, or write `n/a`, where nothing is known.",
};

pub const DATA_TOO_LARGE: RuleDoc = RuleDoc {
    name: "data-too-large",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "A table of data is one that people can read",
    why: "A page is read by people: more than a megabyte or five thousand rows belongs into a download.",
    bad: &[],
    good: &[Example::markdown("::table{title=\"The ten largest\" src=\"ten-largest.csv\"}\n")],
    mend: "Show the rows that carry the point, and link to the whole file.",
};

pub const CHART_IMPOSSIBLE: RuleDoc = RuleDoc {
    name: "chart-impossible",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "A chart shows what its kind can show",
    why: "Parts below zero have no place in a whole, seven colours cannot be told apart, and a hundred bars are no picture.",
    bad: &[Example::markdown(":::chart{title=\"Fees\" type=\"share\"}\n```csv\nRegion,Kept,Lost\nNorth,12,-3\n```\n:::\n")],
    good: &[Example::markdown(":::chart{title=\"Fees\" type=\"bar\"}\n```csv\nRegion,Kept,Lost\nNorth,12,-3\n```\n:::\n")],
    mend: "Choose another `type`, show fewer rows or series, or use a `table`.",
};
