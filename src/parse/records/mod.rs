//! What people record about pieces in `data/`: sign-offs, results, ratings, and the samples that ratings
//! are drawn from. Tables of comma-separated text, read strictly; `editorial::records` holds them against
//! the site.

pub mod csv;
mod read;
pub mod rules;
pub mod trace;

pub use read::read;

use crate::base::date::Date;
use crate::base::spanned::Spanned;
use crate::config::sign_off::Capacity;
use csv::{Cell, Column};
use std::ops::Range;
use trace::Trace;

/// Where sign-offs stand.
pub const SIGN_OFFS: &str = "data/sign-offs.csv";
/// Where results stand.
pub const RESULTS: &str = "data/results.csv";
/// Where ratings stand.
pub const RATINGS: &str = "data/ratings.csv";
/// Where the samples stand that pieces are rated in.
pub const SAMPLES: &str = "data/rating-samples.csv";

/// Every table.
pub const FILES: [&str; 4] = [SIGN_OFFS, RESULTS, RATINGS, SAMPLES];

/// The columns of sign-offs.
pub const SIGN_OFF_COLUMNS: &[Column] = &[required("piece"), required("as"), required("by"), required("on"), required("text")];
/// The columns of results.
pub const RESULT_COLUMNS: &[Column] = &[required("piece"), required("metric"), required("date"), required("value"), required("source")];
/// The columns of ratings.
pub const RATING_COLUMNS: &[Column] = &[
    required("sample"),
    required("piece"),
    required("by"),
    required("on"),
    required("different"),
    required("readable"),
    required("sound"),
    required("useful"),
    required("owned"),
    Column { name: "note", required: false },
];
/// The columns of samples.
pub const SAMPLE_COLUMNS: &[Column] = &[required("sample"), required("seed"), required("drawn"), required("piece")];

const fn required(name: &'static str) -> Column {
    Column { name, required: true }
}

/// Everything recorded, in the order written.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Records {
    pub sign_offs: Vec<SignOffRecord>,
    pub results: Vec<ResultRecord>,
    pub ratings: Vec<RatingRecord>,
    pub samples: Vec<SampleRecord>,
}

/// A person's word on a piece.
#[derive(Debug, Clone, PartialEq)]
pub struct SignOffRecord {
    pub range: Range<usize>,
    pub piece: Cell,
    pub capacity: Capacity,
    /// A person's id.
    pub by: Cell,
    pub on: Spanned<Date>,
    /// What it was given to.
    pub trace: Trace,
}

/// A figure that was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultRecord {
    pub range: Range<usize>,
    pub piece: Cell,
    pub metric: Cell,
    pub date: Spanned<Date>,
    pub value: Spanned<Measured>,
    /// Where the figure is from.
    pub source: Cell,
}

/// What was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Measured {
    /// A number, without its unit.
    Number(f64),
    /// Whether something happened.
    Happened(bool),
}

/// A person's rating of a piece.
#[derive(Debug, Clone, PartialEq)]
pub struct RatingRecord {
    pub range: Range<usize>,
    pub sample: Cell,
    pub piece: Cell,
    pub by: Cell,
    pub on: Spanned<Date>,
    /// A score for each head.
    pub scores: [f64; Head::ALL.len()],
    pub note: Option<String>,
}

/// A piece of a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct SampleRecord {
    pub range: Range<usize>,
    pub sample: Cell,
    pub seed: u64,
    pub drawn: Spanned<Date>,
    pub piece: Cell,
}

/// What a piece is looked at for, by the machine and by people alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Head {
    Different,
    Readable,
    Sound,
    Useful,
    Owned,
}

impl Head {
    /// Every head, in the order of columns and reports.
    pub const ALL: [Self; 5] = [Self::Different, Self::Readable, Self::Sound, Self::Useful, Self::Owned];
    /// The highest score; the lowest is 0, and halves may be given.
    pub const MAX_SCORE: f64 = 10.0;

    /// The word for it: a column, a key, a heading.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Different => "different",
            Self::Readable => "readable",
            Self::Sound => "sound",
            Self::Useful => "useful",
            Self::Owned => "owned",
        }
    }

    /// What a rater is asked.
    pub fn question(self) -> &'static str {
        match self {
            Self::Different => "Would a reader in this audience meet something they had not thought, or would dispute?",
            Self::Readable => "Would they read past the opening, and remember one thing of it a week later?",
            Self::Sound => "Is the reasoning right, and is the expertise real?",
            Self::Useful => "Could they act on it on Monday, without hiring us?",
            Self::Owned => "Did the expert own it, and did the editor truly challenge it?",
        }
    }
}

/// Reads a score: 0 to 10 in halves.
pub fn score(text: &str) -> Option<f64> {
    let score: f64 = text.trim().parse().ok()?;
    let fits = (0.0..=Head::MAX_SCORE).contains(&score) && (score * 2.0).fract() == 0.0;
    fits.then_some(score)
}
