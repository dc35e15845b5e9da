//! What may be written in front matter: every key, what it takes, and what it is for.
//!
//! The table checks headers, suggests keys, and prints itself as JSON Schema and in the manual.

use crate::base::diagnostic::Severity;
use crate::base::shape::Shape::{Any, Bool, Date, Either, Integer, Many, Map, MapOf, OneOf, Text};
use crate::base::shape::{Key, RuleNames, Shape};
use crate::config::audience::{AT, CHALLENGES, ROLE, SITUATION};

use super::rules;

/// The kinds that an author may write; a section is one by its file name.
pub const KINDS: &[&str] = &["piece", "page", "person"];

/// What the findings about headers are called.
pub(super) const RULE_NAMES: RuleNames = RuleNames {
    wrong_type: rules::WRONG_TYPE,
    unknown_key: rules::UNKNOWN_KEY,
    unknown_key_severity: Severity::Warning,
    bad_date: rules::BAD_DATE,
    bad_word: |key| if key == "kind" { rules::KIND_UNKNOWN } else { rules::WRONG_TYPE },
    called_elsewhere: CALLED_ELSEWHERE,
};

/// What other generators, systems and people call these keys.
const CALLED_ELSEWHERE: &[(&str, &str)] = &[
    ("headline", "title"),
    ("name", "title"),
    ("summary", "description"),
    ("excerpt", "description"),
    ("teaser", "description"),
    ("subtitle", "description"),
    ("abstract", "description"),
    ("published", "date"),
    ("pub_date", "date"),
    ("created", "date"),
    ("lastmod", "updated"),
    ("modified", "updated"),
    ("last_modified", "updated"),
    ("last_modified_at", "updated"),
    ("last_updated", "updated"),
    ("byline", "authors"),
    ("tags", "topics"),
    ("tag", "topics"),
    ("categories", "topics"),
    ("category", "topics"),
    ("keywords", "topics"),
    ("publish_date", "publish_on"),
    ("go_live", "publish_on"),
    ("expiry_date", "expires_on"),
    ("expires", "expires_on"),
    ("redirect_from", "aliases"),
    ("redirects", "aliases"),
    ("permalink", "slug"),
    ("url", "slug"),
    ("hidden", "unlisted"),
    ("order", "weight"),
    ("position", "weight"),
    ("cover", "image"),
    ("cover_image", "image"),
    ("featured_image", "image"),
    ("feature_image", "image"),
    ("hero", "image"),
    ("banner", "image"),
    ("thumbnail", "image"),
    ("photo", "image"),
    ("picture", "image"),
    ("portrait", "image"),
    ("avatar", "image"),
    ("alt", "image_alt"),
    ("image_caption", "image_alt"),
    ("layout", "template"),
    ("language", "lang"),
    ("locale", "lang"),
    ("job_title", "role"),
    ("mail", "email"),
    ("references", "sources"),
    ("citations", "sources"),
    ("goal", "objective"),
    ("persona", "audience"),
    ("target_audience", "audience"),
    ("reader", "audience"),
    ("takeaways", "guidance"),
    ("actions", "guidance"),
    // In an item of guidance.
    ("action", "do"),
    ("task", "do"),
    ("step", "do"),
    ("instruction", "do"),
    ("owner", "who"),
    ("responsible", "who"),
    ("deadline", "by"),
    ("due", "by"),
    ("when", "by"),
    ("why", "because"),
    ("reason", "because"),
    ("done", "done_when"),
    // In a gate, a sign-off, a source.
    ("why", "reason"),
    ("form", "form_url"),
    ("url", "form_url"),
    ("summary", "abstract"),
    ("when", "on"),
    ("date", "on"),
    ("name", "by"),
    ("who", "by"),
    ("author", "publisher"),
    ("year", "date"),
    ("link", "url"),
    ("n", "sample"),
];

const TEXTS: Shape = Many(&Text);

/// Every key of front matter, by what it is about.
pub const KEYS: &[Key] = &[
    // What it is.
    key("kind", OneOf(KINDS), "What the file is: a `piece` (the default, held to the gate), an ordinary `page`, or a `person`."),
    key("title", Text, "The title; a person's name."),
    key("description", Text, "One sentence for listings, feeds and search results."),
    key("date", Date, "When the piece was first published."),
    key("updated", Date, "When its substance last changed."),
    key("authors", TEXTS, "The ids of its authors: file names in `content/people`."),
    // The brief.
    key("audience", Many(&AUDIENCE), "Who it is for: ids from `site.toml`, or audiences described here."),
    key("objective", Either(&[Text, Map(OBJECTIVE)]), "What the piece is to change, as a sentence or in full."),
    key("so_what", Text, "Why the reader should care, in one sentence."),
    key("guidance", Many(&GUIDANCE), "What the reader is told to do."),
    key("sources", MapOf(&Map(SOURCE)), "The sources that `[^id]` cites in the body, by id."),
    key("signoff", Many(&Map(SIGNOFF)), "Judgements by people, recorded: who, in which capacity, when."),
    key("allow", MapOf(&Text), "Warnings that are accepted in this file: the rule's name, and why."),
    key("evidence", Many(&EVIDENCE), "What the author or the firm has seen, asked, measured or done itself."),
    key("difference", Text, "What this piece says that others do not."),
    key("competitors", Map(COMPETITORS), "The look at what others have published on this: when, and what they say."),
    key("type", OneOf(TYPES), "What sort of piece it is: an `argument` (the default), `research`, a `case`, a `guide` or a `recap`."),
    key("challenge_addressed", TEXTS, "Which of its audience's challenges it helps with, in the words of `challenges`."),
    key("hypotheses", Many(&HYPOTHESIS), "What was expected before the research, and what was found."),
    key("rare_answer", Map(RARE_ANSWER), "The question it answers, the common answer to it, and ours."),
    key("challenge", Any, "The strongest objection, and the answer to it."),
    key("launch", Map(LAUNCH), "How the piece will reach its audience: a plan, or a reason for none, of each kind."),
    // Where it belongs.
    key("topics", TEXTS, "Its topics."),
    key("series", Either(&[Text, Map(SERIES)]), "The series it is part of."),
    key("related", TEXTS, "Pieces to read next: source paths or site paths."),
    key("changes", Many(&CHANGE), "What changed with each update."),
    key("corrections", Many(&CORRECTION), "What was wrong and was put right."),
    // When and where it appears.
    key("slug", Text, "The last part of its URL, if not the file's name."),
    key("aliases", TEXTS, "Site paths that lead here, from earlier days."),
    key("draft", Bool, "`true` keeps it unpublished; it is checked and closes no gate."),
    key("publish_on", Date, "The day from which it is published."),
    key("expires_on", Date, "The day from which it is no longer published."),
    key("review_by", Date, "The day by which someone is to read it again."),
    key("unlisted", Bool, "`true` publishes it without listing it anywhere."),
    key("weight", Integer, "Its place in listings that are sorted by weight: smaller comes first."),
    key("gate", Map(GATE), "Why it is gated. Without this key it is published whole."),
    key("gated", Bool, "`false` is accepted from other tools and means nothing; see `gate`."),
    // How it looks.
    key("image", Text, "An image for the head of the page and for sharing; a person's portrait."),
    key("image_alt", Text, "What the image shows, for those who do not see it."),
    key("template", Text, "The template that renders it, if not its kind's own."),
    key("lang", Text, "Its language as a tag such as `en-GB`, if not the site's."),
    key("translation_of", Text, "The page that this one says in another language: a source path or a site path."),
    // A section, in its `_index.md`.
    key("defaults", Map(DEFAULTS), "What holds for the files below this section unless they say otherwise."),
    key("paginate_by", Integer, "Items per page of this section's listing."),
    // A person.
    key("role", Text, "A person's role."),
    key("expertise", TEXTS, "What a person knows about."),
    key("email", Text, "A person's e-mail address, shown on their page."),
    key("links", TEXTS, "A person's other profiles: URLs."),
    key("extra", MapOf(&Any), "Keys of your own, for templates to read as `page.extra`."),
];

const AUDIENCE: Shape = Either(&[Text, Map(&[ROLE, AT, SITUATION, CHALLENGES])]);

const OBJECTIVE: &[Key] = &[
    key("outcome", Text, "The business outcome it serves: one of the four, or the site's own."),
    key("change", Text, "What the audience will do or think differently."),
    key("measure", Map(MEASURE), "How the change will be seen."),
];

const MEASURE: &[Key] =
    &[key("metric", Text, "What is counted."), key("target", Text, "How many, or how much."), key("by", Date, "By which day.")];

const GUIDANCE: Shape = Either(&[
    Text,
    Map(&[
        key("do", Text, "The instruction to the reader, with its object."),
        key("who", Text, "Who does it."),
        key("by", Text, "By when: a date or an event."),
        key("done_when", Text, "What shows that it is done."),
        key("because", Text, "Why it is worth doing."),
    ]),
]);

const SERIES: &[Key] =
    &[key("id", Text, "The series' id, as in `[series.ID]` of `site.toml`."), key("part", Integer, "Which part this is, from 1.")];

const SOURCE: &[Key] = &[
    key("title", Text, "Its title."),
    key("publisher", Text, "Who published it."),
    key("date", Text, "When: a year, a month or a day."),
    key("url", Text, "Where it can be read."),
    key("sample", Text, "How many were asked or measured."),
    key("population", Text, "Who was asked or measured."),
    key("fielded", Text, "When they were asked."),
    key("access", OneOf(ACCESS), "Who may read it: `open` to all, after a `registration`, or `paid`."),
    key("kind", OneOf(SOURCE_KINDS), "What it is, where the title does not say so: a `survey`, say."),
    key("original", Text, "Where the original stands, of what is read at second hand."),
    key("timeless", Bool, "`true` for a source whose age takes nothing from it."),
];

/// The words of a source's `kind`.
pub(super) const SOURCE_KINDS: &[&str] = &["survey", "data", "report", "study", "book", "article", "law", "talk", "other"];

const EVIDENCE: Shape = Either(&[
    Text,
    Map(&[
        key("kind", OneOf(EVIDENCE_KINDS), "What it is: `first-hand`, a `case`, an `interview`, `field` work or `own-data`."),
        key("what", Text, "What was seen, asked, measured or done, in a sentence."),
        key("situation", Text, "Of a case: what they faced."),
        key("did", Text, "Of a case: what they did."),
        key("result", Text, "Of a case: what came of it, as somebody else could see it."),
        key("confidential", Text, "Why a case cannot be told in full."),
    ]),
]);

/// The words of `kind` of a piece of evidence.
pub(super) const EVIDENCE_KINDS: &[&str] = &["first-hand", "case", "interview", "field", "own-data"];

const COMPETITORS: &[Key] = &[
    key("looked_on", Date, "The day of the look."),
    key("notes", TEXTS, "What was read: the names of notes in `data/competitors`, without `.md`."),
    key("others_say", Text, "What others say on this, in a sentence."),
    key("none", Text, "Why there was nothing to look at."),
];

/// The words of `access`.
pub(super) const ACCESS: &[&str] = &["open", "registration", "paid"];

const SIGNOFF: &[Key] = &[
    key("as", Text, "The capacity in which they judged, such as `editor`."),
    key("by", Text, "The id of the person."),
    key("on", Date, "The day."),
];

const GATE: &[Key] = &[
    key("reason", Text, "Why this piece may not be read openly."),
    key("until", Date, "The day from which it is open."),
    key("form_url", Text, "Where the reader asks for it."),
    key("abstract", Text, "What the page shows in place of the text."),
];

const CORRECTION: Shape =
    Either(&[Text, Map(&[key("on", Date, "The day of the correction."), key("note", Text, "What was wrong, and what is right.")])]);

/// The words of `type`.
pub(super) const TYPES: &[&str] = &["argument", "research", "case", "guide", "recap"];

const HYPOTHESIS: Shape = Either(&[
    Text,
    Map(&[
        key("statement", Text, "What was expected, as a sentence that could turn out wrong."),
        key("method", Text, "How it was tested."),
        key("status", OneOf(STATUSES), "What came of it: `open`, `supported`, `refuted`, `mixed` or `abandoned`."),
        key("evidence", Text, "What decided it: the id of a source, or a sentence."),
    ]),
]);

/// The words of a hypothesis' `status`.
pub(super) const STATUSES: &[&str] = &["open", "supported", "refuted", "mixed", "abandoned"];

const RARE_ANSWER: &[Key] = &[
    key("question", Text, "The question that readers ask."),
    key("common_answer", Text, "What everybody answers."),
    key("our_answer", Text, "What this piece answers instead."),
];

const LAUNCH: &[Key] = &[
    key("message", Text, "What every channel is to carry, in one sentence."),
    key("pr", PLAN, "The plan for the press."),
    key("paid", PLAN, "The plan for paid media."),
    key("internal", PLAN, "The plan for telling the firm's own people."),
    key("sales_enablement", PLAN, "The plan for those who speak with clients."),
];

const PLAN: Shape = Either(&[
    Text,
    Map(&[
        key("plan", Text, "What will be done."),
        key("who", Text, "Who does it."),
        key("on", Date, "On which day."),
        key("none", Text, "Why nothing of this kind is planned."),
    ]),
]);

const CHANGE: Shape = Either(&[Text, Map(&[key("on", Date, "The day of the update."), key("what", Text, "What changed.")])]);

const DEFAULTS: &[Key] = &[
    key("kind", OneOf(KINDS), "What the files below are."),
    key("template", Text, "The template that renders them."),
    key("lang", Text, "Their language."),
];

const fn key(name: &'static str, shape: Shape, doc: &'static str) -> Key {
    Key { name, shape, doc }
}
