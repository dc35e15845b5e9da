//! Whose word stands for a piece, and whether it is still about the text as it is.

use super::ledger::Ledger;
use crate::base::date::Date;
use crate::base::path::SourcePath;
use crate::base::spanned::Spanned;
use crate::config::sign_off::{Capacity, SignOffSettings};
use crate::model::Site;
use crate::parse::Document;
use crate::parse::front_matter::SignOff;
use crate::parse::records::trace::Change;
use crate::parse::records::{Records, SignOffRecord};
use std::collections::BTreeMap;

/// The latest word of anybody in one capacity.
#[derive(Debug, Clone)]
pub struct SignedOff<'a> {
    /// A person's id.
    pub by: &'a Spanned<String>,
    pub on: Date,
    /// Where it is written down.
    pub origin: Origin<'a>,
    pub standing: Standing,
}

/// Where a sign-off is written down.
#[derive(Debug, Clone, Copy)]
pub enum Origin<'a> {
    /// A line of `data/sign-offs.csv`.
    Record(&'a SignOffRecord),
    /// `signoff:` in the piece.
    Header(&'a SignOff),
}

/// Whether a sign-off is about the text as it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Standing {
    /// It is.
    Fresh,
    /// Too much has changed since.
    Stale(Change),
    /// It is in the piece's header, and the piece was updated on a later day.
    Outdated,
}

impl SignedOff<'_> {
    /// Whether it is still about the text.
    pub fn is_fresh(&self) -> bool {
        self.standing == Standing::Fresh
    }

    /// Whether it was given to this very text.
    pub fn is_of_this_text(&self, document: &Document) -> bool {
        match self.origin {
            Origin::Record(record) => record.trace.change_to(document.trace()) == Change { brief: false, body: 0.0 },
            Origin::Header(_) => false,
        }
    }
}

/// What is recorded in `data/sign-offs.csv`, by piece, and how long it holds: what rules of a single piece see of the records.
#[derive(Debug, Clone, Default)]
pub struct SignOffs {
    by_piece: BTreeMap<SourcePath, Vec<SignOffRecord>>,
    settings: SignOffSettings,
}

impl SignOffs {
    /// Sorts the records of a site by piece.
    pub fn new(site: &Site, records: &Records) -> Self {
        let mut by_piece: BTreeMap<SourcePath, Vec<SignOffRecord>> = BTreeMap::new();
        if !records.sign_offs.is_empty() {
            let ledger = Ledger::new(site, records);
            for record in &records.sign_offs {
                if let Some(path) = ledger.names.find(&record.piece.value) {
                    by_piece.entry(path.clone()).or_default().push(record.clone());
                }
            }
        }
        Self { by_piece, settings: site.config.sign_off.clone() }
    }

    /// The latest word on a document in each capacity, recorded or in its header.
    pub fn latest<'a>(&'a self, document: &'a Document) -> BTreeMap<Capacity, SignedOff<'a>> {
        let records: Vec<&SignOffRecord> = self.by_piece.get(&document.path).into_iter().flatten().collect();
        latest(document, &records, &self.settings)
    }
}

/// The latest word in each capacity: of the records, which know the text, and of the header, which does
/// not.
pub fn latest<'a>(document: &'a Document, records: &[&'a SignOffRecord], settings: &SignOffSettings) -> BTreeMap<Capacity, SignedOff<'a>> {
    let mut latest: BTreeMap<Capacity, SignedOff<'a>> = BTreeMap::new();
    let declared = document.front.signoff.iter().flat_map(|field| &field.value);
    for sign in declared {
        let capacity = sign.capacity.as_ref().and_then(|capacity| Capacity::parse(&capacity.value));
        let (Some(capacity), Some(by), Some(on)) = (capacity, &sign.by, &sign.on) else { continue };
        let is_outdated = document.front.updated.as_ref().is_some_and(|updated| updated.value.day > on.value.day);
        let standing = if is_outdated { Standing::Outdated } else { Standing::Fresh };
        offer(&mut latest, capacity, SignedOff { by, on: on.value, origin: Origin::Header(sign), standing });
    }
    for record in records {
        let signed = SignedOff { by: &record.by, on: record.on.value, origin: Origin::Record(record), standing: Standing::Fresh };
        offer(&mut latest, record.capacity, signed);
    }
    for signed in latest.values_mut() {
        if let Origin::Record(record) = signed.origin {
            let change = record.trace.change_to(document.trace());
            if change.brief || change.body > settings.max_change {
                signed.standing = Standing::Stale(change);
            }
        }
    }
    latest
}

/// Keeps the later one of two; of one day, the one that is written later.
fn offer<'a>(latest: &mut BTreeMap<Capacity, SignedOff<'a>>, capacity: Capacity, signed: SignedOff<'a>) {
    let is_later = latest.get(&capacity).is_none_or(|known| known.on.day <= signed.on.day);
    if is_later {
        latest.insert(capacity, signed);
    }
}
