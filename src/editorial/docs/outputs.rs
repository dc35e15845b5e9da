//! Rules of files, templates and outputs, checked on the plan of outputs and in the making. They are explained here.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

pub const OUTPUT_COLLISION: RuleDoc = RuleDoc {
    name: "output-collision",
    family: Family::Outputs,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "No two pages or files are written to one path",
    why: "One would overwrite the other, and which one would depend on chance.",
    bad: &[Example::yaml("slug: price-the-outcome   # in two files of one section\n")],
    good: &[Example::yaml("slug: price-the-outcome-2026\n")],
    mend: "Give one of the two sources that the finding names another `slug`, file name or alias.",
};

pub const URL_UNUSABLE: RuleDoc = RuleDoc {
    name: "url-unusable",
    family: Family::Outputs,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "Every address can be written as a file on any host",
    why: "Names that are empty, too long or reserved cannot be served everywhere.",
    bad: &[Example::yaml("slug: \"///\"\n")],
    good: &[Example::yaml("slug: price-the-outcome\n")],
    mend: "Write a `slug` of letters, digits and hyphens.",
};

pub const TEMPLATE_ERROR: RuleDoc = RuleDoc {
    name: "template-error",
    family: Family::Outputs,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "Every template renders",
    why: "A page with half a template is not published; the last good build stays.",
    bad: &[Example { fence: "html", text: "{{ page.titel }}\n" }],
    good: &[Example { fence: "html", text: "{{ page.title }}\n" }],
    mend: "Mend the template at the line that the finding names.",
};

pub const SASS_ERROR: RuleDoc = RuleDoc {
    name: "sass-error",
    family: Family::Outputs,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "Every style sheet in Sass compiles",
    why: "A page without its sheet is a page that nobody designed; the last good build stays.",
    bad: &[Example { fence: "scss", text: ".lead { color: $ink; }\n" }],
    good: &[Example { fence: "scss", text: "@use \"tokens\";\n\n.lead { color: tokens.$ink; }\n" }],
    mend: "Mend the sheet at the line that the finding names; it can use what stands in `static/` of the site and of its theme.",
};

pub const HEADER_INVALID: RuleDoc = RuleDoc {
    name: "header-invalid",
    family: Family::Outputs,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "Every line of `[headers]` is an HTTP header",
    why: "A malformed line would break the host's configuration for every page.",
    bad: &[Example::toml("[headers]\n\"X Frame\" = \"DENY\"\n")],
    good: &[Example::toml("[headers]\nX-Frame-Options = \"DENY\"\n")],
    mend: "Write the name without spaces and the value on one line.",
};

pub const FILE_UNREADABLE: RuleDoc = RuleDoc {
    name: "file-unreadable",
    family: Family::Outputs,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "Every file of the site can be read",
    why: "A file that is skipped in silence is a page that goes missing.",
    bad: &[],
    good: &[],
    mend: "Check the file's permissions; replace links that lead out of the site by the files themselves.",
};

pub const MARKDOWN_UNREAD: RuleDoc = RuleDoc {
    name: "markdown-unread",
    family: Family::Outputs,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "Every Markdown file of the content ends in `.md`",
    why: "A draft in `x.MD` or `x.markdown` is judged by no rule, and copied as it is its brief would be on the web. \
          Neither happens; but nobody would see the piece either.",
    bad: &[],
    good: &[],
    mend: "Rename the file so that it ends in `.md`. MDX, Quarto and R Markdown hold code that Sowhat does not run: write the text as \
           plain Markdown. A Markdown file that readers are to load as it is belongs into `static/`.",
};

pub const FILE_PUT_ASIDE: RuleDoc = RuleDoc {
    name: "file-put-aside",
    family: Family::Outputs,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "No copy of an older version lies between the files of the content",
    why: "`x.md.bak` holds a brief and perhaps a draft; whoever guesses its address would read it. It is not published, \
          and whoever put it there should know.",
    bad: &[],
    good: &[],
    mend: "Remove the copy: version control keeps older versions. Left out are names that end in `.bak`, `.backup`, `.orig`, `.rej`, \
           `.old` or `.save`, and copies of a page such as `x.md.txt`. In `static/` every file is copied under any name.",
};

pub const SERIES_PART_REPEATED: RuleDoc = RuleDoc {
    name: "series-part-repeated",
    family: Family::Outputs,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "No two pieces are the same part of a series",
    why: "Readers of \"part 2 of 3\" would find two of them.",
    bad: &[Example::yaml("series: { id: pricing-without-hours, part: 2 }   # in two pieces\n")],
    good: &[Example::yaml("series: { id: pricing-without-hours, part: 3 }\n")],
    mend: "Give one of them another `part`.",
};
