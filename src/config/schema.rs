//! What may be written in `site.toml`: every key, what it takes, and what it is for.

use super::audience::{AT, CHALLENGES, ROLE, SITUATION};
use super::feeds::{FeedFormat, FeedScope};
use super::rules;
use crate::base::diagnostic::Severity;
use crate::base::shape::Shape::{Any, Bool, Date, Either, Integer, Many, Map, MapOf, Number, OneOf, Text};
use crate::base::shape::{Key, RuleNames, Shape};

/// What the findings about `site.toml` are called.
pub(super) const RULE_NAMES: RuleNames = RuleNames {
    wrong_type: rules::WRONG_TYPE,
    unknown_key: rules::UNKNOWN_KEY,
    unknown_key_severity: Severity::Error,
    bad_date: rules::BAD_DATE,
    bad_word: |_| rules::BAD_VALUE,
    called_elsewhere: &[
        ("url", "base_url"),
        ("site_url", "base_url"),
        ("lang", "language"),
        ("locale", "language"),
        ("language_code", "language"),
        ("name", "title"),
    ],
};

/// Every key of `site.toml`.
pub const KEYS: &[Key] = &[
    key("title", Text, "The publication's name."),
    key("description", Text, "One sentence about it, for the home page and feeds."),
    key("base_url", Text, "Where the site will stand, such as `https://example.com/insights/`."),
    key("language", Text, "The language of its pieces as a tag such as `en-GB`, unless they say otherwise."),
    key("languages", MapOf(&Map(LANGUAGE)), "Editions in other languages, by tag: files named `name.TAG.md` belong to them."),
    key(
        "theme",
        Either(&[Text, Map(THEME)]),
        "The theme: a folder under `themes/`, or one that is built in, `insight` or `ledger`; as a table also its tokens.",
    ),
    key("paginate_by", Integer, "Items per page of listings, from 1 to 1000."),
    key("outcomes", Many(&Text), "Outcomes that objectives may name besides the four."),
    key("publisher", Map(PUBLISHER), "Who publishes."),
    key("nav", Many(&Map(NAV)), "The links of the main menu, in order."),
    key("audiences", MapOf(&Map(AUDIENCE)), "The audiences that pieces name, by id."),
    key("series", MapOf(&Map(NAMED)), "The titles of series, by id."),
    key("topics", MapOf(&Map(NAMED)), "The titles of topics, by slug."),
    key("feeds", Map(FEEDS), "What feeds hold."),
    key("images", Map(IMAGES), "How images beside pieces are published."),
    key("markdown", Map(MARKDOWN), "How Markdown is read."),
    key("build", Map(BUILD), "How pages are written."),
    key("check", Map(CHECK), "How findings are counted."),
    key("rules", MapOf(&Any), "The preset of rules, and settings of single rules."),
    key("lexicon", MapOf(&MapOf(&Many(&Text))), "Words to add to the word lists of the rules, by language and list."),
    key("sign_off", Map(SIGN_OFF), "Whose word a piece needs before it is published."),
    key("theme_options", MapOf(&Any), "Options for the theme's templates, as `site.theme`."),
    key("headers", MapOf(&Text), "HTTP headers for every path, for hosts that read `_headers`."),
    key("preview", Map(PREVIEW), "How the live preview behaves."),
    key("extra", MapOf(&Any), "Keys of your own, for templates to read as `site.extra`."),
];

const PUBLISHER: &[Key] = &[
    key("name", Text, "The publisher's name."),
    key("url", Text, "Its website."),
    key("products", Many(&Text), "Names of its brands and products: to buy them is no guidance."),
    key("logo", Text, "Its logo: a path in `static/`."),
    key("email", Text, "Where corrections and questions go."),
];

const NAV: &[Key] =
    &[key("title", Text, "What the link says."), key("url", Text, "Where it leads: a site path such as `/insights/`, or an absolute URL.")];

const THEME: &[Key] = &[
    key("name", Text, "The theme's folder under `themes/`, or one that is built in, `insight` or `ledger`."),
    key("logo", Text, "The logo in the masthead, if not the publisher's: a path in `static/`."),
    key("light", MapOf(&Text), "Colours of the light scheme, by the names in the theme's `theme.toml`."),
    key("dark", MapOf(&Text), "Colours of the dark scheme."),
    key("fonts", MapOf(&Text), "Font families, in their order."),
    key("layout", MapOf(&Text), "Lengths and choices of layout."),
];

const LANGUAGE: &[Key] = &[
    key("title", Text, "The publication's name in this language, if not the same."),
    key("description", Text, "One sentence about it in this language."),
    key("nav", Many(&Map(NAV)), "The main menu of this edition, if not the site's."),
    key("audiences", MapOf(&Map(AUDIENCE)), "The audiences as this edition's readers see them, by id."),
    key("series", MapOf(&Map(NAMED)), "The titles of series in this language, by id."),
    key("topics", MapOf(&Map(NAMED)), "The titles of topics in this language, by slug."),
];

const AUDIENCE: &[Key] = &[
    key("title", Text, "What readers see, if not the role and place."),
    ROLE,
    AT,
    SITUATION,
    CHALLENGES,
    key("agreed", Map(AGREED), "Who agreed that this is whom the firm writes for, and when."),
];

const AGREED: &[Key] = &[key("by", Text, "The id of the person who agreed."), key("on", Date, "The day.")];

const NAMED: &[Key] = &[key("title", Text, "What readers see."), key("description", Text, "One sentence about it.")];

const FEEDS: &[Key] = &[
    key("items", Integer, "Items per feed, from 1 to 1000."),
    key("formats", Many(&OneOf(&FeedFormat::WORDS)), "The formats that feeds are written in; all three if not said."),
    key("of", Many(&OneOf(&FeedScope::WORDS)), "What has feeds of its own; all of these if not said."),
];

const IMAGES: &[Key] = &[
    key("resize", Bool, "`false` publishes images in their own size only."),
    key("widths", Many(&Integer), "The widths of smaller copies in pixels, at most eight, from 64 to 4096."),
    key("max_width", Integer, "The width of the largest copy that is published, from 400 to 8192."),
    key("quality", Integer, "The quality of JPEG copies, from 30 to 100."),
    key("sizes", Text, "How wide images stand in the page, as the HTML attribute `sizes` says it."),
];

const BUILD: &[Key] = &[
    key("minify_html", Bool, "`true` writes pages without comments and needless space; code and `pre` stay as they are."),
    key("markdown_twins", Bool, "`false` writes no Markdown copy, `index.md`, beside the page of each piece."),
];

const CHECK: &[Key] =
    &[key("baseline", Text, "The file of findings that `check`, `build` and `serve` excuse; `--baseline` names another for one run.")];

const MARKDOWN: &[Key] = &[
    key("raw_html", Bool, "`false` escapes HTML in Markdown."),
    key("smart_punctuation", Bool, "`false` leaves straight quotes and dashes as they are."),
    key("highlight", Bool, "`false` leaves code blocks without colours."),
];

const SIGN_OFF: &[Key] = &[
    key("required", Many(&Text), "Who must sign every piece off: `expert`, `editor`, `marketing`, `sponsor`, `data`."),
    key("max_change", Number, "The share of a text that may change before a sign-off is stale, from 0 to 1."),
];

const PREVIEW: &[Key] =
    &[key("editor", Text, "How the live preview opens a file: `vscode`, `zed`, `idea`, or a URL with `{path}`, `{line}` and `{column}`.")];

const fn key(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, doc }
}
