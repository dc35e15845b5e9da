//! The editorial judgement: rules that read a piece's brief and body and report findings.
//!
//! [`judge`] runs every rule of the [`registry`] on one page and returns what they found, as found.
//! [`SiteJudge`] does the same for what only shows across pieces, from a [`Digest`] of each.
//! `settle` is the one door to levels and suppressions: it takes the findings of every stage, so
//! that a suppression is known to be unused only when all of a document's findings are in.

pub mod audience;
pub mod baseline;
pub mod body;
mod case;
mod digest;
mod docs;
pub mod explain;
pub mod guidance;
mod judge;
pub mod leak;
pub mod lexicon;
pub mod options;
mod overlap;
pub mod placeholder;
pub mod presets;
pub mod prose;
mod reading;
pub mod records;
mod register;
pub mod registry;
mod rule;
mod rules;
mod settle;
mod site;
mod site_rules;
mod sketch;
mod sourcing;
#[cfg(test)]
mod testing;
mod words;

use crate::base::date::Date;
use crate::config::DeclaredAudience;
use crate::config::RuleSettings;
use crate::config::audience::AudienceSlots;
use crate::model::{Kind, State};
use crate::parse::Document;
use lexicon::Lexicons;
use std::collections::{BTreeMap, BTreeSet};

pub use case::Case;
pub use digest::Digest;
pub use judge::{closes_gate, judge};
pub use options::RuleOption;
pub use overlap::Overlap;
pub use register::judge_register;
pub use rule::{Example, Family, Rule, RuleDoc, Standing};
pub use settle::{apply_levels, apply_settings, check_settings};
pub use site::{Entry, Member, SiteCase, SiteJudge, SiteRule};

/// All that a rule may see of one piece: the key of the judge stage's cache.
#[derive(Debug, Clone, Copy)]
pub struct Piece<'a> {
    pub document: &'a Document,
    pub kind: Kind,
    pub state: State,
    /// The piece's language: its own, its section's, or the site's.
    pub lang: &'a str,
    pub register: &'a Register,
}

/// What is declared site-wide and a rule may hold a piece against.
#[derive(Debug, Clone)]
pub struct Register {
    pub audiences: BTreeMap<String, DeclaredAudience>,
    /// The site's language: that of the declared audiences.
    pub lang: String,
    pub outcomes: Vec<String>,
    /// Ids of the people in the site.
    pub people: BTreeSet<String>,
    /// Ids of those whose page says what they are expert in.
    pub experts: BTreeSet<String>,
    /// The publisher's name, host and product names.
    pub brands: Vec<String>,
    pub today: Date,
    pub rules: RuleSettings,
    /// The word lists, with what the site adds to them.
    pub lexicons: Lexicons,
    /// What `sowhat sign` has recorded.
    pub sign_offs: records::SignOffs,
}

/// The slots of an entry of `audience:`, wherever they stand.
pub type Slots = AudienceSlots;
