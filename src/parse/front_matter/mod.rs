//! The header of a Markdown file, typed: what the author said, each value with its place.
//!
//! `fence` finds the header, `yaml` reads it into nodes, `schema` says what may be written, `decode`
//! makes this, and `read` is all of them in a row. A value of the wrong kind is a finding and left
//! out here; nothing is guessed.

mod decode;
mod fence;
mod opening;
mod read;
pub mod rules;
pub mod schema;
mod yaml;

pub use read::{not_utf8, read};

use crate::base::date::Date;
use crate::base::node::Node;
use crate::base::spanned::{Field, Spanned};
pub use crate::config::audience::{AudienceSlots, Slot};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Everything a header can say. `None`: the key is not there, or held a value of the wrong kind.
///
/// What few pieces say is in a box: a site keeps the headers of all its pieces in memory.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct FrontMatter {
    /// The opening fence line, where findings about missing keys point; empty when there is no header.
    pub fence: Range<usize>,
    /// True when the header could not be read as a map: no key is known to be missing then.
    pub unreadable: bool,
    /// Every top-level key that was written, with its place, also when its value was wrong or null.
    pub keys: Vec<Slot>,
    pub kind: Option<Box<Field<Kind>>>,
    pub title: Option<Field<String>>,
    pub description: Option<Field<String>>,
    pub date: Option<Field<Date>>,
    pub updated: Option<Box<Field<Date>>>,
    pub publish_on: Option<Box<Field<Date>>>,
    pub expires_on: Option<Box<Field<Date>>>,
    pub review_by: Option<Box<Field<Date>>>,
    pub authors: Option<Field<Vec<Slot>>>,
    pub audience: Option<Field<Vec<AudienceEntry>>>,
    pub objective: Option<Field<Objective>>,
    pub so_what: Option<Field<String>>,
    pub guidance: Option<Field<Vec<GuidanceItem>>>,
    /// `type`: what sort of piece it is.
    pub sort: Option<Box<Field<Sort>>>,
    /// Which challenges of its audience it helps with.
    pub challenge_addressed: Option<Box<Field<Vec<Slot>>>>,
    pub evidence: Option<Field<Vec<Evidence>>>,
    pub difference: Option<Box<Field<String>>>,
    pub competitors: Option<Box<Field<CompetitorLook>>>,
    pub hypotheses: Option<Box<Field<Vec<Hypothesis>>>>,
    pub rare_answer: Option<Box<Field<RareAnswer>>>,
    pub launch: Option<Box<Field<Launch>>>,
    /// What changed with each update.
    pub changes: Option<Box<Field<Vec<Change>>>>,
    pub topics: Option<Field<Vec<Slot>>>,
    pub series: Option<Box<Field<SeriesEntry>>>,
    /// In the order written; citations number them by first use.
    pub sources: Option<Field<Vec<Source>>>,
    pub signoff: Option<Box<Field<Vec<SignOff>>>>,
    pub gate: Option<Box<Field<GateEntry>>>,
    pub slug: Option<Box<Field<String>>>,
    pub aliases: Option<Box<Field<Vec<Slot>>>>,
    pub draft: Option<Box<Field<bool>>>,
    pub unlisted: Option<Box<Field<bool>>>,
    pub weight: Option<Box<Field<i64>>>,
    pub image: Option<Box<Field<String>>>,
    pub image_alt: Option<Box<Field<String>>>,
    pub template: Option<Box<Field<String>>>,
    pub lang: Option<Box<Field<String>>>,
    /// The source path or site path of the page that this one says in another language.
    pub translation_of: Option<Box<Field<String>>>,
    /// Source paths or site paths of pieces to read next.
    pub related: Option<Box<Field<Vec<Slot>>>>,
    pub corrections: Option<Box<Field<Vec<Correction>>>>,
    /// `allow: {rule-name: reason}`.
    pub allow: Option<Box<Field<Vec<Allowed>>>>,
    /// `defaults:` of a section, for what lies below it.
    pub defaults: Option<Box<Field<Defaults>>>,
    /// A person's role.
    pub role: Option<Box<Field<String>>>,
    /// A person's fields of expertise.
    pub expertise: Option<Box<Field<Vec<Slot>>>>,
    /// A person's e-mail address, shown on the profile.
    pub email: Option<Box<Field<String>>>,
    /// A person's other profiles: URLs.
    pub links: Option<Box<Field<Vec<Slot>>>>,
    /// Items per page of a section listing.
    pub paginate_by: Option<Box<Field<i64>>>,
    /// Free-form, for templates.
    pub extra: Option<Box<Field<Node>>>,
}

/// A rule that the author allows to be broken, and the reason.
pub type Allowed = (Slot, Slot);

impl FrontMatter {
    /// The place of a top-level key, if it was written.
    pub fn key(&self, name: &str) -> Option<&Slot> {
        self.keys.iter().find(|key| key.value == name)
    }
}

/// What a Markdown file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// Thought leadership: gated by the rules, listed, in feeds.
    Piece,
    /// An ordinary page: exempt, never in feeds or listings.
    Page,
    /// A person: a profile page and bylines.
    Person,
    /// A folder's own page, `_index.md`.
    Section,
}

impl Kind {
    /// The word for it in front matter and templates.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Piece => "piece",
            Self::Page => "page",
            Self::Person => "person",
            Self::Section => "section",
        }
    }
}

/// One entry of `audience:`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum AudienceEntry {
    /// The id of an audience in `site.toml` (possibly blank or a placeholder).
    Id(Slot),
    /// An audience described here.
    Inline(Spanned<AudienceSlots>),
    /// A null entry, or one of another kind (already a finding when of another kind).
    Other(Range<usize>),
}

/// What the piece is to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Objective {
    /// The one-line form.
    Sentence(Slot),
    /// The full form.
    Full(ObjectiveSlots),
}

/// The slots of an objective.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ObjectiveSlots {
    pub outcome: Option<Slot>,
    pub change: Option<Slot>,
    pub measure: Option<Field<Measure>>,
}

/// How the change will be seen.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Measure {
    pub metric: Option<Slot>,
    /// As written: a number or text.
    pub target: Option<Slot>,
    pub by: Option<Spanned<Date>>,
}

/// One thing that the reader is told to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidanceItem {
    /// The whole entry.
    pub range: Range<usize>,
    /// True for the one-line string form, where the sentence alone must pin it down.
    pub one_line: bool,
    /// The instruction; `None` when missing or null.
    pub deed: Option<Slot>,
    pub who: Option<Slot>,
    pub by: Option<Slot>,
    pub done_when: Option<Slot>,
    pub because: Option<Slot>,
}

/// What sort of piece it is: `type`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Sort {
    /// It argues a point.
    #[default]
    Argument,
    /// It reports research of one's own.
    Research,
    /// It tells one case.
    Case,
    /// It shows how something is done.
    Guide,
    /// It retells a talk, a chat or an event.
    Recap,
}

/// Something expected before the research.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hypothesis {
    /// The whole entry.
    pub range: Range<usize>,
    pub statement: Option<Slot>,
    pub method: Option<Slot>,
    pub status: Option<Spanned<HypothesisStatus>>,
    pub evidence: Option<Slot>,
}

/// What came of a hypothesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HypothesisStatus {
    Open,
    Supported,
    Refuted,
    Mixed,
    Abandoned,
}

/// `rare_answer: {question, common_answer, our_answer}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RareAnswer {
    pub question: Option<Slot>,
    pub common_answer: Option<Slot>,
    pub our_answer: Option<Slot>,
}

/// `launch:`, the piece treated as a product.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Launch {
    pub message: Option<Slot>,
    pub pr: Option<Field<LaunchPlan>>,
    pub paid: Option<Field<LaunchPlan>>,
    pub internal: Option<Field<LaunchPlan>>,
    pub sales_enablement: Option<Field<LaunchPlan>>,
}

/// One plan of a launch, or the reason for having none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LaunchPlan {
    pub plan: Option<Slot>,
    pub who: Option<Slot>,
    pub on: Option<Spanned<Date>>,
    /// Why nothing of this kind is planned.
    pub none: Option<Slot>,
}

/// What changed with an update.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    pub on: Option<Spanned<Date>>,
    pub what: Option<Slot>,
}

impl GuidanceItem {
    /// The day that `by` names, when it is one.
    pub fn day(&self) -> Option<Date> {
        self.by.as_ref().and_then(|by| Date::parse(&by.value).ok())
    }
}

/// `series: {id, part}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeriesEntry {
    pub id: Slot,
    pub part: Option<Spanned<i64>>,
}

/// Who may read a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Access {
    /// Open to all.
    Open,
    /// Behind a registration form.
    Registration,
    /// Behind a payment.
    Paid,
}

/// One entry of `sources:`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// The id that `[^id]` cites.
    pub id: Slot,
    pub title: Option<Slot>,
    pub publisher: Option<Slot>,
    /// As written: `2024-03`, `2024`, or a full date.
    pub date: Option<Slot>,
    pub url: Option<Slot>,
    /// Sample size, as written.
    pub sample: Option<Slot>,
    pub population: Option<Slot>,
    pub fielded: Option<Slot>,
    pub access: Option<Spanned<Access>>,
    pub kind: Option<Spanned<SourceKind>>,
    /// Where the original stands, of what is read at second hand.
    pub original: Option<Slot>,
    /// Whether its age takes nothing from it.
    pub timeless: bool,
}

/// What a source is, where rules ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum SourceKind {
    /// People were asked.
    Survey,
    /// Something was counted or measured.
    Data,
    /// Anything else.
    Other,
}

/// Something that the author or the firm has seen, asked, measured or done itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The whole entry.
    pub range: Range<usize>,
    pub kind: Option<Spanned<EvidenceKind>>,
    /// The sentence, or the whole of the one-line form.
    pub what: Option<Slot>,
    pub situation: Option<Slot>,
    pub did: Option<Slot>,
    pub result: Option<Slot>,
    /// Why a case cannot be told in full.
    pub confidential: Option<Slot>,
}

/// How something is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum EvidenceKind {
    FirstHand,
    Case,
    Interview,
    Field,
    OwnData,
}

/// The look at what others have published: `competitors`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct CompetitorLook {
    pub looked_on: Option<Spanned<Date>>,
    /// Names of notes in `data/competitors`.
    pub notes: Vec<Slot>,
    pub others_say: Option<Slot>,
    /// Why there was nothing to look at.
    pub none: Option<Slot>,
}

/// A recorded judgement by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignOff {
    pub range: Range<usize>,
    /// `as`: the capacity, such as `editor`.
    pub capacity: Option<Slot>,
    /// `by`: a person's id.
    pub by: Option<Slot>,
    pub on: Option<Spanned<Date>>,
}

/// `gate: {reason, until, form_url, abstract}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct GateEntry {
    pub reason: Option<Slot>,
    pub until: Option<Spanned<Date>>,
    pub form_url: Option<Slot>,
    pub summary: Option<Slot>,
}

/// Something that was wrong and was put right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    pub on: Option<Spanned<Date>>,
    pub note: Slot,
}

/// `defaults:` of a section.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Defaults {
    pub kind: Option<Spanned<Kind>>,
    pub template: Option<Slot>,
    pub lang: Option<Slot>,
}
