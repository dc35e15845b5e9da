//! Everything found in a run, kept by the file it stands in: an edit settles one file anew.

use crate::base::diagnostic::{self, Diagnostic, Severity};
use crate::base::path::SourcePath;
use crate::config::{Config, RuleSettings};
use crate::editorial;
use crate::parse::Document;
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Who found something: each replaces what it found before, and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// Stages that read one document: parse, placing, directives.
    Document,
    /// The rules that judge one document.
    Rules,
    /// The link check.
    Links,
    /// Stages that look at the frame of the site.
    Frame,
    /// Rules that look across the site, and its records.
    Site,
    /// The making of outputs.
    Making,
}

const N_SOURCES: usize = 6;

/// All findings of a run.
///
/// Cheap to clone: lists are shared.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    by_path: BTreeMap<SourcePath, Found>,
    /// The files whose findings have changed since they were settled.
    unsettled: BTreeSet<SourcePath>,
}

/// What was found in one file.
#[derive(Debug, Clone, Default)]
struct Found {
    raised: [Option<Arc<[Diagnostic]>>; N_SOURCES],
    /// Levels set, suppressions applied, in order.
    settled: Arc<[Diagnostic]>,
}

impl Findings {
    /// Sets what one source has found in one file.
    pub fn put(&mut self, source: Source, path: &SourcePath, found: Arc<[Diagnostic]>) {
        let found = (!found.is_empty()).then_some(found);
        if found.is_none() && !self.by_path.contains_key(path) {
            return;
        }
        let entry = self.by_path.entry(path.clone()).or_default();
        if entry.raised[source as usize] != found {
            entry.raised[source as usize] = found;
            self.unsettled.insert(path.clone());
        }
    }

    /// Sets all that one source has found, wherever it stands.
    pub fn put_all(&mut self, source: Source, found: impl IntoIterator<Item = Diagnostic>) {
        let by_path = by_path(found);
        let had = |found: &Found| found.raised[source as usize].is_some();
        let gone = self.by_path.iter().filter(|(path, found)| had(found) && !by_path.contains_key(*path));
        let gone: Vec<SourcePath> = gone.map(|(path, _)| path.clone()).collect();
        for path in gone {
            self.put(source, &path, Vec::new().into());
        }
        for (path, found) in by_path {
            self.put(source, &path, found.into());
        }
    }

    /// Adds to what one source has found.
    pub fn add(&mut self, source: Source, found: impl IntoIterator<Item = Diagnostic>) {
        for (path, found) in by_path(found) {
            let known = self.by_path.get(&path).and_then(|found| found.raised[source as usize].clone());
            let all: Vec<Diagnostic> = known.iter().flat_map(|known| known.iter().cloned()).chain(found).collect();
            self.put(source, &path, all.into());
        }
    }

    /// Forgets the files that are no longer there.
    pub fn retain(&mut self, is_there: impl Fn(&SourcePath) -> bool) {
        self.by_path.retain(|path, _| is_there(path));
    }

    /// A document's suppressions may have changed, or be unused.
    pub fn doubt(&mut self, path: &SourcePath) {
        self.unsettled.insert(path.clone());
    }

    /// Sets levels and applies suppressions in every file that has changed.
    pub fn settle<'a>(&mut self, config: &Config, document_of: impl Fn(&SourcePath) -> Option<&'a Document> + Sync) {
        let unsettled: Vec<SourcePath> = std::mem::take(&mut self.unsettled).into_iter().collect();
        let settle = |path: &SourcePath| {
            let raised = self.by_path.get(path).map(Found::all).unwrap_or_default();
            let mut settled = settle(raised, &config.rules, document_of(path));
            if *path == config.path {
                settled.extend(editorial::check_settings(&config.rules, &config.path));
            }
            diagnostic::sort(&mut settled);
            Arc::from(settled)
        };
        let settled: Vec<Arc<[Diagnostic]>> = unsettled.par_iter().map(settle).collect();
        for (path, settled) in unsettled.into_iter().zip(settled) {
            let is_raised = self.by_path.get(&path).is_some_and(|found| found.raised.iter().any(Option::is_some));
            if settled.is_empty() && !is_raised {
                self.by_path.remove(&path);
            } else {
                self.by_path.entry(path).or_default().settled = settled;
            }
        }
    }

    /// Every finding, in the one total order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.by_path.values().flat_map(|found| found.settled.iter())
    }

    /// Every finding, in the one total order, for those who print them.
    pub fn to_vec(&self) -> Vec<Diagnostic> {
        self.iter().cloned().collect()
    }

    /// The findings in one file.
    pub fn of(&self, path: &SourcePath) -> &[Diagnostic] {
        self.by_path.get(path).map_or(&[], |found| &found.settled)
    }

    /// The rules that something in one file was found by, whatever level the site has set for them.
    pub fn raised_in(&self, path: &SourcePath) -> BTreeSet<&'static str> {
        let raised = self.by_path.get(path).into_iter().flat_map(|found| found.raised.iter().flatten());
        raised.flat_map(|found| found.iter().map(|finding| finding.rule)).collect()
    }

    /// The files that have findings, with them.
    pub fn by_path(&self) -> impl Iterator<Item = (&SourcePath, &[Diagnostic])> {
        self.by_path.iter().filter(|(_, found)| !found.settled.is_empty()).map(|(path, found)| (path, &*found.settled))
    }

    /// True if what was found, with levels and suppressions, is the same.
    pub fn says_same(&self, other: &Self) -> bool {
        let is_same = |((a, mine), (b, theirs)): ((&SourcePath, &Found), (&SourcePath, &Found))| {
            a == b && (Arc::ptr_eq(&mine.settled, &theirs.settled) || mine.settled == theirs.settled)
        };
        self.by_path.len() == other.by_path.len() && self.by_path.iter().zip(&other.by_path).all(is_same)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_path.values().map(|found| found.settled.len()).sum()
    }

    /// True if nothing was found.
    pub fn is_empty(&self) -> bool {
        self.by_path.values().all(|found| found.settled.is_empty())
    }

    /// The number of findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.iter().filter(|finding| finding.severity == severity).count()
    }
}

impl Found {
    fn all(&self) -> Vec<Diagnostic> {
        self.raised.iter().flatten().flat_map(|found| found.iter().cloned()).collect()
    }
}

fn by_path(found: impl IntoIterator<Item = Diagnostic>) -> BTreeMap<SourcePath, Vec<Diagnostic>> {
    let mut by_path: BTreeMap<SourcePath, Vec<Diagnostic>> = BTreeMap::new();
    for finding in found {
        by_path.entry(finding.place.path.clone()).or_default().push(finding);
    }
    by_path
}

fn settle(raised: Vec<Diagnostic>, settings: &RuleSettings, document: Option<&Document>) -> Vec<Diagnostic> {
    match document {
        Some(document) => editorial::apply_settings(raised, settings, document),
        None => editorial::apply_levels(raised, settings),
    }
}

/// The findings of a run that has no site, such as those of a configuration that cannot be used.
impl FromIterator<Diagnostic> for Findings {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(found: I) -> Self {
        let mut findings = Self::default();
        findings.put_all(Source::Site, found);
        findings.unsettled.clear();
        for found in findings.by_path.values_mut() {
            let mut all = found.all();
            diagnostic::sort(&mut all);
            found.settled = all.into();
        }
        findings
    }
}
