//! The records joined to the pieces that they are about.

use super::sign_off::{SignedOff, latest};
use crate::base::date::Date;
use crate::base::path::{SourcePath, UrlPath};
use crate::base::suggest::nearest;
use crate::config::sign_off::Capacity;
use crate::model::{Kind, Site, State};
use crate::parse::Document;
use crate::parse::front_matter::{Measure, Objective};
use crate::parse::records::{RatingRecord, Records, ResultRecord, SampleRecord, SignOffRecord};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// All records of a site by piece.
#[derive(Debug)]
pub struct Ledger<'a> {
    pub today: Date,
    /// Every piece, those that are not published among them, in the order of their paths.
    pub pieces: BTreeMap<&'a SourcePath, Entry<'a>>,
    pub names: PieceNames<'a>,
    /// Ids of the people of the site.
    pub people: BTreeSet<String>,
    /// Every record, also of pieces that are not there.
    pub records: &'a Records,
}

/// A piece with what is recorded of it.
#[derive(Debug)]
pub struct Entry<'a> {
    pub document: &'a Document,
    pub state: State,
    pub title: &'a str,
    pub url: &'a UrlPath,
    pub lang: &'a str,
    /// The latest word in each capacity.
    pub sign_offs: BTreeMap<Capacity, SignedOff<'a>>,
    /// By date, then in the order written.
    pub results: Vec<&'a ResultRecord>,
    /// The latest rating of each person in each sample.
    pub ratings: Vec<&'a RatingRecord>,
}

impl<'a> Entry<'a> {
    /// How its brief says that it will be measured.
    pub fn measure(&self) -> Option<&'a Measure> {
        match &self.document.front.objective.as_ref()?.value {
            Objective::Full(slots) => slots.measure.as_ref().map(|measure| &measure.value),
            Objective::Sentence(_) => None,
        }
    }

    /// Whether a person is one of its authors.
    pub fn is_by(&self, person: &str) -> bool {
        let authors = self.document.front.authors.iter().flat_map(|field| &field.value);
        authors.into_iter().any(|author| author.value == person)
    }
}

impl<'a> Ledger<'a> {
    /// Joins records and pieces.
    pub fn new(site: &'a Site, records: &'a Records) -> Self {
        let mut pieces = pieces(site);
        let names = PieceNames::new(pieces.values());
        let mut sign_offs: BTreeMap<&SourcePath, Vec<&'a SignOffRecord>> = BTreeMap::new();
        for record in &records.sign_offs {
            if let Some(path) = names.find(&record.piece.value) {
                sign_offs.entry(path).or_default().push(record);
            }
        }
        for (path, entry) in &mut pieces {
            entry.sign_offs = latest(entry.document, sign_offs.get(path).map_or(&[][..], Vec::as_slice), &site.config.sign_off);
        }
        for record in &records.results {
            if let Some(entry) = names.find(&record.piece.value).and_then(|path| pieces.get_mut(path)) {
                entry.results.push(record);
            }
        }
        for record in &records.ratings {
            if let Some(entry) = names.find(&record.piece.value).and_then(|path| pieces.get_mut(path)) {
                let same = |other: &&RatingRecord| other.sample.value == record.sample.value && other.by.value == record.by.value;
                entry.ratings.retain(|other| !same(other));
                entry.ratings.push(record);
            }
        }
        for entry in pieces.values_mut() {
            entry.results.sort_by_key(|record| record.date.value);
        }
        Self { today: site.today, pieces, names, people: people(site), records }
    }

    /// The piece that a record or a person at the command line names.
    pub fn piece(&self, name: &str) -> Option<&Entry<'a>> {
        self.pieces.get(self.names.find(name)?)
    }

    /// The samples that pieces are rated in, with their pieces, in the order drawn.
    pub fn samples(&self) -> BTreeMap<&'a str, Vec<&'a SampleRecord>> {
        let mut samples: BTreeMap<&str, Vec<&SampleRecord>> = BTreeMap::new();
        for record in &self.records.samples {
            samples.entry(&record.sample.value).or_default().push(record);
        }
        samples
    }
}

/// What pieces are called in records: by their path, with or without `content/` and `.md`, or by their
/// address.
#[derive(Debug)]
pub struct PieceNames<'a> {
    pieces: Vec<(&'a SourcePath, &'a UrlPath)>,
    /// Made when the first name is looked up.
    by_name: OnceLock<BTreeMap<String, &'a SourcePath>>,
}

impl<'a> PieceNames<'a> {
    fn new<'b>(entries: impl Iterator<Item = &'b Entry<'a>>) -> Self
    where
        'a: 'b,
    {
        Self { pieces: entries.map(|entry| (&entry.document.path, entry.url)).collect(), by_name: OnceLock::new() }
    }

    /// The path of the piece that a name stands for.
    pub fn find(&self, name: &str) -> Option<&'a SourcePath> {
        self.by_name().get(&bare(name)).copied()
    }

    /// The names nearest to one that stands for nothing.
    pub fn nearest(&self, name: &str) -> Vec<&str> {
        nearest(&bare(name), self.by_name().keys().map(String::as_str))
    }

    fn by_name(&self) -> &BTreeMap<String, &'a SourcePath> {
        self.by_name.get_or_init(|| {
            let by_url = self.pieces.iter().map(|(path, url)| (bare(url.as_str()), *path));
            let by_path = self.pieces.iter().map(|(path, _)| (bare(path.as_str()), *path));
            // Where the two meet, the path is meant.
            by_url.chain(by_path).collect()
        })
    }
}

/// A path or an address without what all of them have.
fn bare(name: &str) -> String {
    let name = name.trim().trim_start_matches("./").trim_matches('/');
    let name = name.strip_prefix("content/").unwrap_or(name);
    let name = name.strip_suffix(".md").unwrap_or(name);
    name.strip_suffix("/index").unwrap_or(name).to_owned()
}

fn pieces(site: &Site) -> BTreeMap<&SourcePath, Entry<'_>> {
    let site_lang = site.config.language.as_str();
    let published = site.pages.iter().filter(|page| page.kind == Kind::Piece).map(|page| Entry {
        document: &page.document,
        state: page.state,
        title: &page.title,
        url: &page.url,
        lang: &page.lang,
        sign_offs: BTreeMap::new(),
        results: Vec::new(),
        ratings: Vec::new(),
    });
    let withheld = site.withheld.iter().filter(|page| page.kind == Kind::Piece).map(|page| Entry {
        document: &page.document,
        state: page.state,
        title: &page.title,
        url: &page.url,
        lang: page.document.front.lang.as_ref().map_or(site_lang, |lang| &lang.value),
        sign_offs: BTreeMap::new(),
        results: Vec::new(),
        ratings: Vec::new(),
    });
    published.chain(withheld).map(|entry| (&entry.document.path, entry)).collect()
}

fn people(site: &Site) -> BTreeSet<String> {
    let withheld = site.withheld.iter().filter(|page| page.kind == Kind::Person);
    let withheld = withheld.map(|person| crate::model::address::id_of(&person.document.path, &site.config));
    site.people.keys().cloned().chain(withheld).collect()
}
