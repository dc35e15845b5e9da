//! Rules of reading a file's header, checked while it is parsed. They are explained here.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

pub const FRONT_MATTER_UNCLOSED: RuleDoc = RuleDoc {
    name: "front-matter-unclosed",
    family: Family::FrontMatter,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "The front matter ends with a closing fence",
    why: "What cannot be read cannot be judged, and nothing is ever dropped or guessed in silence. Without the closing fence the whole text would be taken for keys, or the keys for text.",
    bad: &[Example::markdown("---\ntitle: Price the outcome\n\nText.\n")],
    good: &[Example::markdown("---\ntitle: Price the outcome\ndate: 2026-11-02\n---\nText.\n")],
    mend: "Close the front matter with `---` on a line of its own.",
};

pub const FRONT_MATTER_UNOPENED: RuleDoc = RuleDoc {
    name: "front-matter-unopened",
    family: Family::FrontMatter,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "The front matter begins with an opening fence",
    why: "Without `---` alone on the first line, keys are text like any other: readers would see the brief, and a draft would be published.",
    bad: &[
        Example::markdown("--\ntitle: Price the outcome\ndraft: true\n---\nText.\n"),
        Example::markdown("title: Price the outcome\ndate: 2026-11-02\n---\nText.\n"),
    ],
    good: &[Example::markdown("---\ntitle: Price the outcome\ndate: 2026-11-02\n---\nText.\n")],
    mend: "Begin the file with `---` on a line of its own, from the first column, and put everything else below it.",
};

pub const FRONT_MATTER_CUT_SHORT: RuleDoc = RuleDoc {
    name: "front-matter-cut-short",
    family: Family::FrontMatter,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "No value loses what stands behind a `#`",
    why: "In YAML a `#` after a space begins a comment, so that a title such as `Why we are #1` is read as `Why we are`; \
          nothing is ever dropped in silence. A comment that has a space behind its `#` is taken for one.",
    bad: &[Example::markdown("---\ntitle: Why we are #1 in pricing\n---\nText.\n")],
    good: &[
        Example::markdown("---\ntitle: \"Why we are #1 in pricing\"\n---\nText.\n"),
        Example::markdown("---\ndate: 2026-11-02 # to be agreed\n---\nText.\n"),
    ],
    mend: "Put the value between quotation marks, or a space behind the `#` if it is a comment.",
};

pub const FRONT_MATTER_SYNTAX: RuleDoc = RuleDoc {
    name: "front-matter-syntax",
    family: Family::FrontMatter,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "The front matter is YAML that front matter may hold",
    why: "What cannot be read cannot be judged, and nothing is ever dropped or guessed in silence.",
    bad: &[
        Example::markdown("---\ntitle: [Price the outcome\n---\nText.\n"),
        Example::markdown("---\ntitle: Price: the outcome\n---\nText.\n"),
    ],
    good: &[Example::markdown("---\ntitle: \"Price: the outcome\"\n---\nText.\n")],
    mend: "Mend the line that the finding points at; a value with a colon or a leading quote goes into quotation marks.",
};

pub const FRONT_MATTER_DUPLICATE_KEY: RuleDoc = RuleDoc {
    name: "front-matter-duplicate-key",
    family: Family::FrontMatter,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "No map holds one key twice",
    why: "Many readers of YAML take the last of two values without a word; which one you meant is not theirs to guess.",
    bad: &[Example::markdown("---\ntitle: Price the outcome\ntitle: Price the hour\n---\nText.\n")],
    good: &[Example::markdown("---\ntitle: Price the outcome\ndate: 2026-11-02\n---\nText.\n")],
    mend: "Take one of the two out.",
};

pub const FRONT_MATTER_WRONG_TYPE: RuleDoc = RuleDoc {
    name: "front-matter-wrong-type",
    family: Family::FrontMatter,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "Every value has the kind that its key takes",
    why: "`draft: yes` is text in YAML 1.2, and a list in place of a map means something else than you wrote. Guessing would publish drafts.",
    bad: &[Example::markdown("---\ntitle: Price the outcome\ndraft: yes\n---\nText.\n")],
    good: &[Example::markdown("---\ntitle: 2026\ndraft: true\n---\nText.\n")],
    mend: "Write the value in the form that the finding names. Numbers and dates stand for text where text is wanted; nothing else is converted.",
};

pub const FRONT_MATTER_BAD_DATE: RuleDoc = RuleDoc {
    name: "front-matter-bad-date",
    family: Family::FrontMatter,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "Every date exists and reads as one",
    why: "A date that is read wrongly publishes too early, too late or never.",
    bad: &[
        Example::markdown("---\ntitle: Price the outcome\ndate: 2026-02-30\n---\nText.\n"),
        Example::markdown("---\ntitle: Price the outcome\ndate: 02/11/2026\n---\nText.\n"),
    ],
    good: &[
        Example::markdown("---\ntitle: Price the outcome\ndate: 2026-11-02\n---\nText.\n"),
        Example::markdown("---\ntitle: Price the outcome\ndate: 2026-11-02 09:30\n---\nText.\n"),
    ],
    mend: "Write `2026-11-02`, or with a time `2026-11-02T09:30:00+01:00`.",
};

pub const FRONT_MATTER_SECOND_DOCUMENT: RuleDoc = RuleDoc {
    name: "front-matter-second-document",
    family: Family::FrontMatter,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "The front matter is one YAML document",
    why: "A second document inside the header is read by some programs and not by others, and its keys would be lost.",
    bad: &[Example::markdown("---\ntitle: Price the outcome\n--- # more\ndate: 2026-11-02\n---\nText.\n")],
    good: &[Example::markdown("---\ntitle: Price the outcome\ndate: 2026-11-02\n---\nText.\n")],
    mend: "Take the inner `---` out.",
};

pub const FRONT_MATTER_ALIAS_BOMB: RuleDoc = RuleDoc {
    name: "front-matter-alias-bomb",
    family: Family::FrontMatter,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "Aliases repeat a bounded amount of text",
    why: "A few lines of anchors and aliases can stand for gigabytes. A repository from elsewhere may hold such a file.",
    bad: &[Example::markdown(
        "---\nextra:\n  a: &a [x, x, x, x, x, x, x, x, x, x]\n  b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n  c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\n  d: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\n  e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]\n---\nText.\n",
    )],
    good: &[Example::markdown("---\nextra: { quarter: &quarter Q3 }\ntitle: Prices in Q3\ndescription: *quarter\n---\nText.\n")],
    mend: "Write the values out, or keep large data in a file under `data/`.",
};

pub const FRONT_MATTER_TOO_LARGE: RuleDoc = RuleDoc {
    name: "front-matter-too-large",
    family: Family::FrontMatter,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "The front matter is of a size that people write",
    why: "Time and memory are bounded whatever a file holds.",
    bad: &[],
    good: &[Example::markdown("---\ntitle: Price the outcome\ndate: 2026-11-02\n---\nText.\n")],
    mend: "Check that the closing `---` is where it should be; keep large data in a file under `data/`.",
};

pub const FRONT_MATTER_TOML: RuleDoc = RuleDoc {
    name: "front-matter-toml",
    family: Family::FrontMatter,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "The front matter is YAML, between `---` fences",
    why: "One form of header means one set of rules, places and examples. Files from Hugo and Zola may have TOML between `+++`.",
    bad: &[Example::markdown("+++\ntitle = \"Price the outcome\"\n+++\nText.\n")],
    good: &[Example::markdown("---\ntitle: Price the outcome\ndate: 2026-11-02\n---\nText.\n")],
    mend: "Turn `+++` into `---` and `key = value` into `key: value`.",
};

pub const FRONT_MATTER_NOT_UTF8: RuleDoc = RuleDoc {
    name: "front-matter-not-utf8",
    family: Family::FrontMatter,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "Every content file is UTF-8",
    why: "Bytes in another encoding show as wrong letters to some readers and break feeds for others.",
    bad: &[],
    good: &[Example::markdown("---\ntitle: Price the outcome\ndate: 2026-11-02\n---\nText.\n")],
    mend: "Save the file as UTF-8; the finding names the encoding it looks like and the command that converts it.",
};

pub const FRONT_MATTER_UNKNOWN_KEY: RuleDoc = RuleDoc {
    name: "front-matter-unknown-key",
    family: Family::FrontMatter,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "Every key means something",
    why: "A mistyped key is a setting that silently does nothing. Under the preset `strict` it is an error.",
    bad: &[Example::markdown("---\ntitle: Price the outcome\naudiense: services-cfo\n---\nText.\n")],
    good: &[Example::markdown("---\ntitle: Price the outcome\nextra: { colour: red }\n---\nText.\n")],
    mend: "Correct the key as the finding suggests, or put values of your own under `extra`.",
};

pub const LIST_AS_TEXT: RuleDoc = RuleDoc {
    name: "list-as-text",
    family: Family::FrontMatter,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Several topics, aliases or related pieces are a list",
    why: "To YAML a text with commas is one text: `topics: pricing, fees` would be one topic with a page of its own.",
    bad: &[Example::markdown("---\ntitle: Price the outcome\ntopics: pricing, fees\n---\nText.\n")],
    good: &[
        Example::markdown("---\ntitle: Price the outcome\ntopics: [pricing, fees]\n---\nText.\n"),
        Example::markdown("---\ntitle: Price the outcome\ntopics: \"mergers, acquisitions\"   # one topic\n---\nText.\n"),
    ],
    mend: "Put the entries between brackets, or quotation marks around a text whose comma is meant.",
};

pub const TOPIC_UNUSABLE: RuleDoc = RuleDoc {
    name: "topic-unusable",
    family: Family::FrontMatter,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "Every topic has a letter or digit",
    why: "A topic has a page, and its address is made of its letters and digits; one without any would go missing.",
    bad: &[Example::markdown("---\ntitle: Price the outcome\ntopics: [pricing, '!!!']\n---\nText.\n")],
    good: &[Example::markdown("---\ntitle: Price the outcome\ntopics: [pricing, C++]\n---\nText.\n")],
    mend: "Write the topic as a word, or take it out.",
};

pub const TOPICS_MERGED: RuleDoc = RuleDoc {
    name: "topics-merged",
    family: Family::FrontMatter,
    level: Level::Warning,
    standing: Standing::Basic,
    summary: "Topics that are written differently have different pages",
    why: "The address of a topic is made of its letters and digits, so `R&D` and `R/D` have one page, under the name that is written first. \
          Upper and lower case, spaces and hyphens tell no topics apart.",
    bad: &[],
    good: &[Example::markdown("---\ntitle: Price the outcome\ntopics: [C, C++, C#]   # c, c-plus-plus and c-sharp\n---\nText.\n")],
    mend: "Write the topic alike everywhere, or give one of the two another name.",
};

pub const KIND_UNKNOWN: RuleDoc = RuleDoc {
    name: "kind-unknown",
    family: Family::FrontMatter,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "`kind` is `piece`, `page` or `person`",
    why: "The kind decides whether a file is judged by the gate; a kind that does not exist must not be a way around it.",
    bad: &[Example::markdown("---\ntitle: About us\nkind: article\n---\nText.\n")],
    good: &[Example::markdown("---\ntitle: About us\nkind: page\n---\nText.\n")],
    mend: "Write `piece`, `page` or `person`, or take the key out: every file is a piece unless it says otherwise.",
};
