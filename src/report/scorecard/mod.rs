//! The editorial report: what can be seen of each piece under five heads, what people say of it, and how
//! the publication as a whole stands. Counts and shares only; what ranks says by what it ranks.
//!
//! [`Scorecard::new`] makes the values, one file each prints them: `html`, `json`, `csv`.

mod across;
mod csv;
pub mod evidence;
mod html;
mod json;

pub use across::{Across, Ages, Cell, Gated, Grid, Group, Month, SignOffCounts, UpkeepKind};
pub use evidence::{Evidence, Presence};

use crate::base::date::Date;
use crate::config::sign_off::Capacity;
use crate::editorial::records::rating::{Agreements, Rated, agreements, rated};
use crate::editorial::records::{Entry, Ledger, ObjectiveState, Target, is_channel_figure, target_of};
use crate::model::{Site, State};
use crate::parse::front_matter::{AudienceEntry, Objective};
use crate::parse::records::{Head, Measured};
use crate::pipeline::Outcome;
use evidence::{Look, look_for_all};
use std::io;

/// How a report is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReportFormat {
    /// One page for people, with charts.
    Html,
    /// One object for programs.
    Json,
    /// One line for each piece, for spreadsheets.
    Csv,
}

impl ReportFormat {
    /// Every format, the default first.
    pub const ALL: [Self; 3] = [Self::Html, Self::Json, Self::Csv];

    /// The word for it on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Json => "json",
            Self::Csv => "csv",
        }
    }
}

/// All that the report says.
#[derive(Debug)]
pub struct Scorecard {
    pub title: String,
    /// The language of the publication.
    pub lang: String,
    pub today: Date,
    /// Every piece: live ones first, those with the largest share of evidence at the top.
    pub pieces: Vec<PieceCard>,
    pub across: Across,
    /// How far the raters agree, over all samples.
    pub agreements: Agreements,
}

/// What the report says of one piece.
#[derive(Debug)]
pub struct PieceCard {
    pub path: String,
    pub url: String,
    pub title: String,
    pub state: State,
    pub date: Option<Date>,
    pub words: usize,
    pub gated: bool,
    pub authors: Vec<String>,
    pub audiences: Vec<String>,
    pub outcome: Option<String>,
    pub topics: Vec<String>,
    /// What was looked for, in the order of the heads.
    pub evidence: Vec<Evidence>,
    /// What people say; `None` when nobody has rated it.
    pub rated: Option<Rated>,
    pub objective: ObjectiveCard,
    /// Figures of channels: shown, and ranking nothing.
    pub channel_figures: Vec<Figure>,
    /// How it stands in each capacity, in the order of [`Capacity::ALL`].
    pub sign_offs: Vec<(Capacity, SignOffCard)>,
    pub review_by: Option<Date>,
    pub expires_on: Option<Date>,
    pub gate_until: Option<Date>,
}

/// What became of the objective of a piece.
#[derive(Debug)]
pub struct ObjectiveCard {
    pub state: ObjectiveState,
    pub metric: Option<String>,
    pub target: Option<String>,
    pub by: Option<Date>,
    pub last: Option<Figure>,
}

/// A figure that was recorded.
#[derive(Debug, Clone)]
pub struct Figure {
    pub metric: String,
    pub value: String,
    pub on: Date,
    pub source: String,
}

/// How a piece stands in one capacity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignOffCard {
    Fresh { by: String, on: Date },
    Stale { by: String, on: Date },
    Missing,
}

impl SignOffCard {
    /// The word for it.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Fresh { .. } => "fresh",
            Self::Stale { .. } => "stale",
            Self::Missing => "missing",
        }
    }
}

/// So many of so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    pub have: usize,
    pub of: usize,
}

impl Tally {
    /// The share, from 0 to 1; 0 of nothing is 0.
    pub fn share(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.have as f64 / self.of as f64 }
    }

    /// The share in whole hundredths.
    pub fn percent(self) -> usize {
        (self.share() * 100.0).round() as usize
    }
}

impl std::ops::Add for Tally {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { have: self.have + other.have, of: self.of + other.of }
    }
}

impl std::iter::Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), std::ops::Add::add)
    }
}

/// Things to do next, at most.
const MAX_NEXT: usize = 3;

impl PieceCard {
    /// How much of what is looked for under a head is there; what was not judged does not count.
    pub fn tally(&self, head: Head) -> Tally {
        let judged = self.evidence.iter().filter(|evidence| evidence.item.head == head && evidence.presence != Presence::NotJudged);
        judged.fold(Tally::default(), |tally, evidence| Tally {
            have: tally.have + usize::from(evidence.presence == Presence::There),
            of: tally.of + 1,
        })
    }

    /// The same under all heads.
    pub fn total(&self) -> Tally {
        Head::ALL.into_iter().map(|head| self.tally(head)).sum()
    }

    /// What would raise it most: what is missing, the heads with the smallest share first.
    pub fn next(&self) -> Vec<&Evidence> {
        let mut missing: Vec<&Evidence> = self.evidence.iter().filter(|evidence| evidence.presence == Presence::Missing).collect();
        missing.sort_by(|a, b| self.tally(a.item.head).share().total_cmp(&self.tally(b.item.head).share()));
        missing.truncate(MAX_NEXT);
        missing
    }

    /// Whether it counts across the site.
    pub fn is_live(&self) -> bool {
        self.state == State::Live
    }
}

impl Scorecard {
    /// Looks at a whole site.
    pub fn new(outcome: &Outcome) -> Self {
        let site = &outcome.site;
        let ledger = Ledger::new(site, &outcome.records);
        let mut pieces: Vec<PieceCard> = ledger.pieces.values().map(|entry| card(entry, site, outcome)).collect();
        pieces.sort_by(|a, b| {
            let by_share = b.total().share().total_cmp(&a.total().share());
            b.is_live().cmp(&a.is_live()).then(by_share).then_with(|| a.path.cmp(&b.path))
        });
        let across = Across::new(&pieces, &ledger, site);
        let agreements = agreements(&ledger, None);
        Self { title: site.config.title.clone(), lang: site.config.language.clone(), today: site.today, pieces, across, agreements }
    }

    /// Prints it.
    pub fn write(&self, format: ReportFormat, out: &mut dyn io::Write) -> io::Result<()> {
        match format {
            ReportFormat::Html => html::write(self, out),
            ReportFormat::Json => json::write(self, out),
            ReportFormat::Csv => csv::write(self, out),
        }
    }

    /// The live pieces.
    pub fn live(&self) -> impl Iterator<Item = &PieceCard> {
        self.pieces.iter().filter(|piece| piece.is_live())
    }
}

fn card(entry: &Entry<'_>, site: &Site, outcome: &Outcome) -> PieceCard {
    let front = &entry.document.front;
    let target = target_of(entry, site.today);
    let raised = outcome.findings().raised_in(&entry.document.path);
    let look = Look { entry, site, today: site.today, raised: &raised, target: target.as_ref() };
    let texts = |slots: Option<&Vec<_>>| -> Vec<String> {
        slots.into_iter().flatten().map(|slot: &crate::base::spanned::Spanned<String>| slot.value.clone()).collect()
    };
    PieceCard {
        path: entry.document.path.as_str().to_owned(),
        url: entry.url.as_str().to_owned(),
        title: entry.title.to_owned(),
        state: entry.state,
        date: front.date.as_ref().map(|date| date.value),
        words: entry.document.word_count,
        gated: front.gate.is_some(),
        authors: texts(front.authors.as_ref().map(|field| &field.value)),
        audiences: audiences(entry),
        outcome: outcome_of(entry),
        topics: texts(front.topics.as_ref().map(|field| &field.value)),
        evidence: look_for_all(&look),
        rated: rated(&entry.ratings),
        objective: objective(target.as_ref()),
        channel_figures: channel_figures(entry),
        sign_offs: Capacity::ALL.into_iter().map(|capacity| (capacity, sign_off(entry, capacity))).collect(),
        review_by: front.review_by.as_ref().map(|field| field.value),
        expires_on: front.expires_on.as_ref().map(|field| field.value),
        gate_until: front.gate.as_ref().and_then(|gate| gate.value.until.as_ref()).map(|until| until.value),
    }
}

/// The ids of declared audiences, and the roles of those described in the piece.
fn audiences(entry: &Entry<'_>) -> Vec<String> {
    let written = entry.document.front.audience.iter().flat_map(|field| &field.value);
    let name = |audience: &AudienceEntry| match audience {
        AudienceEntry::Id(id) => Some(id.value.clone()),
        AudienceEntry::Inline(slots) => slots.value.role.as_ref().map(|role| role.value.clone()),
        AudienceEntry::Other(_) => None,
    };
    written.filter_map(name).collect()
}

fn outcome_of(entry: &Entry<'_>) -> Option<String> {
    match &entry.document.front.objective.as_ref()?.value {
        Objective::Full(slots) => slots.outcome.as_ref().map(|outcome| outcome.value.clone()),
        Objective::Sentence(_) => None,
    }
}

fn objective(target: Option<&Target<'_>>) -> ObjectiveCard {
    let Some(target) = target else {
        return ObjectiveCard { state: ObjectiveState::NoTarget, metric: None, target: None, by: None, last: None };
    };
    let last = target.last.map(figure);
    let wanted = (!target.target.is_empty()).then(|| target.target.to_owned());
    ObjectiveCard { state: target.state, metric: Some(target.metric.to_owned()), target: wanted, by: target.by, last }
}

fn channel_figures(entry: &Entry<'_>) -> Vec<Figure> {
    entry.results.iter().filter(|result| is_channel_figure(&result.metric.value)).map(|result| figure(result)).collect()
}

fn figure(result: &crate::parse::records::ResultRecord) -> Figure {
    let value = match result.value.value {
        Measured::Number(number) => number.to_string(),
        Measured::Happened(true) => "yes".to_owned(),
        Measured::Happened(false) => "no".to_owned(),
    };
    Figure { metric: result.metric.value.clone(), value, on: result.date.value, source: result.source.value.clone() }
}

fn sign_off(entry: &Entry<'_>, capacity: Capacity) -> SignOffCard {
    match entry.sign_offs.get(&capacity) {
        None => SignOffCard::Missing,
        Some(signed) if signed.is_fresh() => SignOffCard::Fresh { by: signed.by.value.clone(), on: signed.on },
        Some(signed) => SignOffCard::Stale { by: signed.by.value.clone(), on: signed.on },
    }
}
