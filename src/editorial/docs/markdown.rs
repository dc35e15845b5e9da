//! Rules of slips over which Markdown says nothing, found as a body is read. They are explained here.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

pub const COMMENT_UNCLOSED: RuleDoc = RuleDoc {
    name: "comment-unclosed",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Every comment ends where it should",
    why: "A comment that nothing closes takes the rest of the piece with it: no page, no feed and no check ever sees that text. Inside a paragraph it is the other way round, and readers see the comment.",
    bad: &[Example::markdown("<!-- check this with Maud -- >\n\nFees fell in every region.\n")],
    good: &[Example::markdown("<!-- check this with Maud -->\n\nFees fell in every region.\n")],
    mend: "Write `-->` where the comment ends.",
};

pub const CODE_FENCE_UNCLOSED: RuleDoc = RuleDoc {
    name: "code-fence-unclosed",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Every code fence is closed",
    why: "A fence that nothing closes prints all that follows as code: headings, links and sources with it.",
    bad: &[Example::markdown("```sh\nsowhat build\n\nThe site then stands in `public/`.\n")],
    good: &[Example::markdown("```sh\nsowhat build\n```\n\nThe site then stands in `public/`.\n")],
    mend: "Close it with as many signs as it opens with, on a line of their own.",
};

pub const HTML_UNBALANCED: RuleDoc = RuleDoc {
    name: "html-unbalanced",
    family: Family::Directives,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "Raw HTML in a text closes what it opens, and nothing else",
    why: "An element that is left open takes in the rest of the page, and an end tag too many closes an element of the theme: what stands below is out of its place, and checkers of pages report it.",
    bad: &[
        Example::markdown("<details>\n<summary>The method</summary>\n\nWe asked 40 firms.\n"),
        Example::markdown("The type is List<String> in both.\n"),
    ],
    good: &[
        Example::markdown("<details>\n<summary>The method</summary>\n\nWe asked 40 firms.\n\n</details>\n"),
        Example::markdown("The type is `List<String>` in both.\n"),
    ],
    mend: "Write the end tag where the element ends, or take out the one that closes nothing. What is meant as text stands in code, or with `&lt;`.",
};

pub const HTML_BLOCKED: RuleDoc = RuleDoc {
    name: "html-blocked",
    family: Family::Directives,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "No text brings a frame, a script or a style that browsers do not load",
    why: "The site is published with a content security policy, in `_headers`, that lets in only what is its own: a script that somebody pasted \
          can read what readers do. Hosts that send the policy leave a hole where the frame stood, and the writer's preview shows it.",
    bad: &[
        Example::markdown("<iframe src=\"https://www.youtube.com/embed/x\"></iframe>\n"),
        Example::markdown("<script>document.title = 'x'</script>\n"),
    ],
    good: &[Example::markdown("::embed{url=\"https://www.youtube.com/watch?v=x\" title=\"How the ledger is read\"}\n")],
    mend: "Write the directive that the finding names, or put the script or style into a file of the site. A site that sets a policy of its own \
           under `[headers]` can switch the rule off.",
};

pub const TABLE_CELL_LOST: RuleDoc = RuleDoc {
    name: "table-cell-lost",
    family: Family::Directives,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "No row of a table has more cells than the table has columns",
    why: "Markdown drops the cells beyond the last column, so readers never see them.",
    bad: &[Example::markdown("| Year | Fees |\n| --- | --- |\n| 2025 | 410 | 12 % more |\n")],
    good: &[Example::markdown("| Year | Fees | Change |\n| --- | --- | --- |\n| 2025 | 410 | 12 % more |\n")],
    mend: "Give the table a column more, in its head and in the line below it. A `|` that is text is written `\\|`, in code as well.",
};

pub const TABLE_NOT_READ: RuleDoc = RuleDoc {
    name: "table-not-read",
    family: Family::Directives,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "What is written as a table is one",
    why: "A table needs a head, a line below it with `---` for each column, and a blank line before it. Otherwise readers get a paragraph full of `|`.",
    bad: &[
        Example::markdown("| Year | Fees |\n| 2025 | 410 |\n"),
        Example::markdown("| Year | Fees | Change |\n| --- | --- |\n| 2025 | 410 | 12 % |\n"),
    ],
    good: &[Example::markdown("| Year | Fees |\n| --- | --- |\n| 2025 | 410 |\n")],
    mend: "Write the line below the head with one `---` for each column.",
};

pub const ALERT_NOT_READ: RuleDoc = RuleDoc {
    name: "alert-not-read",
    family: Family::Directives,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "The mark of an alert is one of the five, alone on its line",
    why: "Any other mark is printed, brackets and all, at the head of a plain quotation.",
    bad: &[
        Example::markdown("> [!NOTES]\n> The figures are of 2025.\n"),
        Example::markdown("> [!NOTE] The figures\n> They are of 2025.\n"),
    ],
    good: &[Example::markdown("> [!NOTE]\n> The figures are of 2025.\n")],
    mend: "Write `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]` or `[!CAUTION]`, and the text on the lines below.",
};

pub const LINK_NOT_READ: RuleDoc = RuleDoc {
    name: "link-not-read",
    family: Family::Directives,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "What is written as a link is one",
    why: "A link to a name that is not defined, or to a path with a space in it, is printed with its brackets, and leads nowhere.",
    bad: &[
        Example::markdown("See [the survey](our survey.md).\n"),
        Example::markdown("See [the survey][survey-2025].\n\n[survey-2026]: https://example.com/2026/\n"),
    ],
    good: &[
        Example::markdown("See [the survey](<our survey.md>).\n"),
        Example::markdown("See [the survey][survey-2026].\n\n[survey-2026]: https://example.com/2026/\n"),
        Example::markdown("“They [the board] met twice [sic]”.\n"),
    ],
    mend: "Write a path with a space in angle brackets, define the name, or write `\\[` for a bracket that is text.",
};

pub const HEADING_NOT_READ: RuleDoc = RuleDoc {
    name: "heading-not-read",
    family: Family::Directives,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "What is written as a heading is one",
    why: "Without a space after its signs a heading is a paragraph, which prints them, and no list of contents names it.",
    bad: &[Example::markdown("##What it costs\n\nA day.\n")],
    good: &[Example::markdown("## What it costs\n\nA day.\n"), Example::markdown("#pricing is what they file it under.\n")],
    mend: "Write a space after the `#` signs; a sign that is text is written `\\#`.",
};
