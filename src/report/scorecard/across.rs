//! The publication as a whole: who is written for and why, how open it is, how old its sources are, who
//! stands for it and what falls due.

use super::evidence::{FRESH_MONTHS, age_in_months, is_walled};
use super::{PieceCard, SignOffCard, Tally};
use crate::base::date::Date;
use crate::config::sign_off::Capacity;
use crate::editorial::records::{Ledger, ObjectiveState, days_between};
use crate::model::{Site, State};
use crate::parse::records::Head;
use std::collections::{BTreeMap, BTreeSet};

/// Months that the upkeep calendar looks ahead.
const MONTHS_AHEAD: usize = 12;
/// A group of fewer pieces than this is listed and not compared.
pub const MIN_GROUP: usize = 5;

/// What is said of the site as a whole. Live pieces count, unless it says otherwise.
#[derive(Debug)]
pub struct Across {
    /// Pieces by state.
    pub n_by_state: Vec<(State, usize)>,
    /// How much of what is looked for is there, by head.
    pub heads: [Tally; Head::ALL.len()],
    /// The average of what people say of the pieces that enough of them rated, by head.
    pub human: Option<[f64; Head::ALL.len()]>,
    pub n_rated: usize,
    pub by_author: Vec<Group>,
    pub by_audience: Vec<Group>,
    pub by_topic: Vec<Group>,
    pub audience_by_outcome: Grid,
    pub audience_by_topic: Grid,
    pub ungated: Tally,
    /// Of the pieces of the last twelve months.
    pub ungated_of_year: Tally,
    pub gated: Vec<Gated>,
    pub source_ages: Ages,
    pub sign_offs: Vec<SignOffCounts>,
    /// How many pieces have a fresh word of none, one, two or all of expert, editor and marketing.
    pub partners: [usize; Capacity::PARTNERSHIP.len() + 1],
    /// What is overdue, then each month, then what comes later.
    pub upkeep: Vec<Month>,
    pub objectives: Vec<(ObjectiveState, usize)>,
}

/// Pieces that have something in common, by how much of what is looked for they have.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub id: String,
    pub title: String,
    pub n_pieces: usize,
    /// Of the shares of its pieces, from 0 to 1.
    pub median: f64,
    pub lowest: f64,
}

/// Pieces by two things at once.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    pub columns: Vec<String>,
    pub rows: Vec<(String, Vec<Cell>)>,
}

/// The pieces of one cell, by title.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    pub titles: Vec<String>,
}

/// A gated piece.
#[derive(Debug, Clone, PartialEq)]
pub struct Gated {
    pub title: String,
    pub reason: String,
    pub until: Option<Date>,
}

/// Sources by age.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ages {
    pub within_one_year: usize,
    pub within_three_years: usize,
    pub within_five_years: usize,
    pub older: usize,
    pub undated: usize,
    /// Of all of them, those behind a form or a bill.
    pub walled: usize,
}

impl Ages {
    /// The ages with their names, youngest first.
    pub fn bars(&self) -> [(&'static str, usize); 5] {
        [
            ("up to 1 year", self.within_one_year),
            ("1 to 3 years", self.within_three_years),
            ("3 to 5 years", self.within_five_years),
            ("over 5 years", self.older),
            ("no date", self.undated),
        ]
    }

    /// How many are from the last three years, of those with a date.
    pub fn fresh(&self) -> Tally {
        let have = self.within_one_year + self.within_three_years;
        Tally { have, of: have + self.within_five_years + self.older }
    }
}

/// How the pieces stand in one capacity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SignOffCounts {
    pub capacity: Capacity,
    pub fresh: usize,
    pub stale: usize,
    pub missing: usize,
}

/// What falls due in a month.
#[derive(Debug, Clone, PartialEq)]
pub struct Month {
    pub name: String,
    /// What, the day, and of which piece.
    pub due: Vec<(UpkeepKind, Date, String)>,
}

/// What falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UpkeepKind {
    Review,
    Expiry,
    GateOpens,
    Result,
}

impl UpkeepKind {
    /// Every kind, in the order of charts.
    pub const ALL: [Self; 4] = [Self::Review, Self::Result, Self::Expiry, Self::GateOpens];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Review => "review",
            Self::Expiry => "expiry",
            Self::GateOpens => "gate opens",
            Self::Result => "result",
        }
    }
}

impl Across {
    pub(super) fn new(pieces: &[PieceCard], ledger: &Ledger<'_>, site: &Site) -> Self {
        let live: Vec<&PieceCard> = pieces.iter().filter(|piece| piece.is_live()).collect();
        let states = [State::Live, State::Scheduled, State::Draft, State::Expired];
        let people = |id: &str| site.people.get(id).map_or_else(|| id.to_owned(), |page| site.page(*page).title.clone());
        let audience =
            |id: &str| site.config.audiences.get(id).and_then(|audience| audience.title.clone()).unwrap_or_else(|| id.to_owned());
        let topic = |id: &str| site.config.topics.get(id).and_then(|topic| topic.title.clone()).unwrap_or_else(|| id.to_owned());
        let declared: Vec<String> = site.config.audiences.keys().cloned().collect();
        let (human, n_rated) = human(&live);
        Self {
            n_by_state: states.map(|state| (state, pieces.iter().filter(|piece| piece.state == state).count())).to_vec(),
            heads: Head::ALL.map(|head| live.iter().map(|piece| piece.tally(head)).sum()),
            human,
            n_rated,
            by_author: groups(&live, |piece| &piece.authors, people),
            by_audience: groups(&live, |piece| &piece.audiences, audience),
            by_topic: groups(&live, |piece| &piece.topics, topic),
            audience_by_outcome: grid(&live, (&declared, &site.config.outcomes), |piece| piece.outcome.as_slice(), audience),
            audience_by_topic: grid(&live, (&declared, &[]), |piece| &piece.topics, audience),
            ungated: ungated(live.iter().copied()),
            ungated_of_year: ungated(
                live.iter().copied().filter(|piece| piece.date.is_some_and(|date| days_between(date, site.today) <= 365)),
            ),
            gated: gated(ledger),
            source_ages: ages(ledger),
            sign_offs: sign_offs(&live),
            partners: partners(&live),
            upkeep: upkeep(&live, site.today),
            objectives: ObjectiveState::ALL
                .map(|state| (state, live.iter().filter(|piece| piece.objective.state == state).count()))
                .to_vec(),
        }
    }
}

fn human(live: &[&PieceCard]) -> (Option<[f64; Head::ALL.len()]>, usize) {
    let means: Vec<[f64; Head::ALL.len()]> = live.iter().filter_map(|piece| piece.rated.and_then(|rated| rated.means)).collect();
    let mean = |idx: usize| means.iter().map(|means| means[idx]).sum::<f64>() / means.len() as f64;
    ((!means.is_empty()).then(|| std::array::from_fn(mean)), means.len())
}

fn groups(live: &[&PieceCard], ids: impl Fn(&PieceCard) -> &[String], title: impl Fn(&str) -> String) -> Vec<Group> {
    let mut shares: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
    for piece in live {
        for id in ids(piece).iter().collect::<BTreeSet<_>>() {
            shares.entry(id).or_default().push(piece.total().share());
        }
    }
    let group = |(id, mut shares): (&str, Vec<f64>)| {
        shares.sort_by(f64::total_cmp);
        let middle = shares.len() / 2;
        let median = if shares.len().is_multiple_of(2) { f64::midpoint(shares[middle - 1], shares[middle]) } else { shares[middle] };
        Group { id: id.to_owned(), title: title(id), n_pieces: shares.len(), median, lowest: shares[0] }
    };
    let mut groups: Vec<Group> = shares.into_iter().map(group).collect();
    groups.sort_by(|a, b| a.title.cmp(&b.title));
    groups
}

/// Audiences by something else; rows and columns that are declared are there although no piece is.
fn grid(
    live: &[&PieceCard],
    declared: (&[String], &[String]),
    columns_of: impl Fn(&PieceCard) -> &[String],
    title: impl Fn(&str) -> String,
) -> Grid {
    let (rows, columns) = declared;
    let mut rows: Vec<String> = rows.to_vec();
    let mut columns: Vec<String> = columns.to_vec();
    for piece in live {
        for (known, own) in [(&mut rows, piece.audiences.as_slice()), (&mut columns, columns_of(piece))] {
            let new: Vec<String> = own.iter().filter(|name| !known.contains(name)).cloned().collect();
            known.extend(new);
        }
    }
    let n_declared = declared.1.len().min(columns.len());
    columns[n_declared..].sort();
    let cell = |row: &String, column: &String| Cell {
        titles: live
            .iter()
            .filter(|piece| piece.audiences.contains(row) && columns_of(piece).contains(column))
            .map(|piece| piece.title.clone())
            .collect(),
    };
    let rows = rows.iter().map(|row| (title(row), columns.iter().map(|column| cell(row, column)).collect())).collect();
    Grid { columns, rows }
}

fn ungated<'a>(pieces: impl Iterator<Item = &'a PieceCard>) -> Tally {
    pieces.fold(Tally::default(), |tally, piece| Tally { have: tally.have + usize::from(!piece.gated), of: tally.of + 1 })
}

fn gated(ledger: &Ledger<'_>) -> Vec<Gated> {
    let live = ledger.pieces.values().filter(|entry| entry.state == State::Live);
    let gated = live.filter_map(|entry| {
        let gate = &entry.document.front.gate.as_ref()?.value;
        let reason = gate.reason.as_ref().map_or_else(String::new, |reason| reason.value.clone());
        Some(Gated { title: entry.title.to_owned(), reason, until: gate.until.as_ref().map(|until| until.value) })
    });
    gated.collect()
}

fn ages(ledger: &Ledger<'_>) -> Ages {
    let live = ledger.pieces.values().filter(|entry| entry.state == State::Live);
    let sources = live.flat_map(|entry| entry.document.front.sources.iter().flat_map(|field| &field.value));
    let mut ages = Ages::default();
    for source in sources {
        ages.walled += usize::from(is_walled(source));
        let bucket = match age_in_months(source, ledger.today) {
            None => &mut ages.undated,
            Some(..=12) => &mut ages.within_one_year,
            Some(..=FRESH_MONTHS) => &mut ages.within_three_years,
            Some(..=60) => &mut ages.within_five_years,
            Some(_) => &mut ages.older,
        };
        *bucket += 1;
    }
    ages
}

fn sign_offs(live: &[&PieceCard]) -> Vec<SignOffCounts> {
    let counts = |idx: usize, capacity: Capacity| {
        let mut counts = SignOffCounts { capacity, fresh: 0, stale: 0, missing: 0 };
        for piece in live {
            match piece.sign_offs[idx].1 {
                SignOffCard::Fresh { .. } => counts.fresh += 1,
                SignOffCard::Stale { .. } => counts.stale += 1,
                SignOffCard::Missing => counts.missing += 1,
            }
        }
        counts
    };
    Capacity::ALL.into_iter().enumerate().map(|(idx, capacity)| counts(idx, capacity)).collect()
}

fn partners(live: &[&PieceCard]) -> [usize; Capacity::PARTNERSHIP.len() + 1] {
    let mut partners = [0; Capacity::PARTNERSHIP.len() + 1];
    for piece in live {
        let fresh = piece
            .sign_offs
            .iter()
            .filter(|(capacity, card)| Capacity::PARTNERSHIP.contains(capacity) && matches!(card, SignOffCard::Fresh { .. }));
        partners[fresh.count()] += 1;
    }
    partners
}

fn upkeep(live: &[&PieceCard], today: Date) -> Vec<Month> {
    let mut months = vec![Month { name: "overdue".to_owned(), due: Vec::new() }];
    let first = today.day.first_of_month();
    for idx in 0..MONTHS_AHEAD {
        let month = first.saturating_add(jiff::Span::new().months(i64::try_from(idx).unwrap_or_default()));
        months.push(Month { name: month.strftime("%b %Y").to_string(), due: Vec::new() });
    }
    months.push(Month { name: "later".to_owned(), due: Vec::new() });
    for piece in live {
        let is_open = !matches!(piece.objective.state, ObjectiveState::Met | ObjectiveState::Missed);
        let dated = [
            (UpkeepKind::Review, piece.review_by),
            (UpkeepKind::Expiry, piece.expires_on),
            (UpkeepKind::GateOpens, piece.gate_until),
            (UpkeepKind::Result, piece.objective.by.filter(|_| is_open)),
        ];
        for (kind, day) in dated {
            let Some(day) = day else { continue };
            months[month_idx(day, today)].due.push((kind, day, piece.title.clone()));
        }
    }
    for month in &mut months {
        month.due.sort_by(|a, b| (a.1, a.0, &a.2).cmp(&(b.1, b.0, &b.2)));
    }
    months
}

/// Where a day stands in the calendar: 0 for overdue, then the months from this one on.
fn month_idx(day: Date, today: Date) -> usize {
    if day.day < today.day {
        return 0;
    }
    let months = (i64::from(day.day.year()) - i64::from(today.day.year())) * 12 + i64::from(day.day.month()) - i64::from(today.day.month());
    usize::try_from(months).map_or(MONTHS_AHEAD, |months| months.min(MONTHS_AHEAD)) + 1
}
