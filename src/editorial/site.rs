//! The whole site before the rules that look across its pieces.
//!
//! [`SiteJudge`] keeps a [`Digest`] for each document and what the rules found; they run again only
//! when some digest, or what the site says of a piece, has changed.

use super::digest::Digest;
use super::overlap::{Overlap, OverlapIndex};
use super::prose::QuickMap;
use super::registry::SITE_RULES;
use super::{Register, RuleDoc, RuleOption};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::SourcePath;
use crate::model::{Kind, State};
use crate::parse::Document;
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// A rule that looks across the pieces of a site.
pub trait SiteRule: Sync {
    /// All that there is to say about it.
    fn doc(&self) -> &RuleDoc;

    /// What a site may set of it beside its level.
    fn options(&self) -> &'static [RuleOption] {
        &[]
    }

    /// Reports what is wrong across the site.
    fn check(&self, case: &SiteCase<'_>, findings: &mut Vec<Diagnostic>);
}

/// A document and what the site makes of it.
#[derive(Debug, Clone, Copy)]
pub struct Member<'a> {
    pub document: &'a Arc<Document>,
    pub kind: Kind,
    pub state: State,
    pub lang: &'a str,
}

/// What site-wide rules see of a piece.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    pub digest: &'a Digest,
    pub state: State,
    pub lang: &'a str,
}

impl Entry<'_> {
    /// True for a piece that the English word lists can read.
    pub fn is_english(&self) -> bool {
        super::lexicon::for_language(self.lang).is_some()
    }

    /// A place in the piece's file.
    pub fn place(&self, range: std::ops::Range<usize>) -> Place {
        Place::new(&self.digest.path, range)
    }
}

/// The whole site before the rules.
#[derive(Debug)]
pub struct SiteCase<'a> {
    /// Its pieces, in the order of their paths.
    pub pieces: Vec<Entry<'a>>,
    /// What is declared site-wide.
    pub register: &'a Register,
    /// Notes on what competitors have published, in the order of their paths.
    pub notes: &'a [Arc<Digest>],
    /// Texts that repeat each other: pieces and notes.
    pub overlaps: &'a [Overlap],
}

impl<'a> SiteCase<'a> {
    /// The piece of a path.
    pub fn piece(&self, path: &SourcePath) -> Option<&Entry<'a>> {
        let idx = self.pieces.binary_search_by(|entry| entry.digest.path.cmp(path)).ok()?;
        self.pieces.get(idx)
    }

    /// The note of a path.
    pub fn note(&self, path: &SourcePath) -> Option<&'a Digest> {
        self.notes.iter().find(|note| note.path == *path).map(Arc::as_ref)
    }
}

/// Judges a site again and again; a fresh one and a long-lived one find the same.
#[derive(Debug, Default)]
pub struct SiteJudge {
    digests: QuickMap<SourcePath, (Fingerprint, Arc<Digest>)>,
    index: OverlapIndex,
    last: Option<(u64, Vec<Diagnostic>)>,
}

impl SiteJudge {
    /// What the site-wide rules find; `notes` are those on competitors, and `register_key` stands for the register.
    pub fn judge(
        &mut self,
        members: &[Member<'_>],
        notes: &[Arc<Document>],
        (register, register_key): (&Register, Fingerprint),
    ) -> Vec<Diagnostic> {
        let mut members: Vec<&Member<'_>> = members.iter().filter(|member| member.kind == Kind::Piece).collect();
        members.sort_by(|a, b| a.document.path.cmp(&b.document.path));
        let documents: Vec<&Arc<Document>> = members.iter().map(|member| member.document).chain(notes).collect();
        let mut digests = self.digests(&documents);
        let notes = digests.split_off(members.len());
        let entry = |(member, digest)| -> Entry<'_> {
            let (member, digest): (&&Member<'_>, &Arc<Digest>) = (member, digest);
            Entry { digest, state: member.state, lang: member.lang }
        };
        let pieces: Vec<Entry<'_>> = members.iter().zip(&digests).map(entry).collect();
        let key = key(&pieces, &notes, register_key);
        if let Some((known, findings)) = &self.last
            && *known == key
        {
            return findings.clone();
        }
        // What has expired is no part of the archive any more: a new edition may say the same.
        let standing = members.iter().zip(&digests).filter(|(member, _)| member.state != State::Expired).map(|(_, digest)| digest);
        let standing = standing.chain(&notes);
        self.index.update(&standing.collect::<Vec<_>>());
        let overlaps = self.index.overlaps();
        let case = SiteCase { pieces, register, notes: &notes, overlaps: &overlaps };
        let mut findings = Vec::new();
        for rule in SITE_RULES {
            run(*rule, &case, &mut findings);
        }
        self.last = Some((key, findings.clone()));
        findings
    }

    /// Reads documents ahead, so that the judgement of them takes less time at once.
    pub fn learn(&mut self, documents: &[&Arc<Document>]) {
        let is_known =
            |document: &Document| self.digests.get(&document.path).is_some_and(|(fingerprint, _)| *fingerprint == document.fingerprint);
        let unknown: Vec<&Arc<Document>> = documents.iter().filter(|document| !is_known(document)).copied().collect();
        let learn = |document: &&Arc<Document>| (document.path.clone(), (document.fingerprint, Arc::new(Digest::of(document))));
        self.digests.extend(unknown.par_iter().map(learn).collect::<Vec<_>>());
    }

    /// What is known of a document.
    pub fn known(&self, path: &SourcePath) -> Option<&(Fingerprint, Arc<Digest>)> {
        self.digests.get(path)
    }

    /// Takes in what was learnt earlier of documents: the hash of each, and its digest.
    pub fn recall(&mut self, digests: impl IntoIterator<Item = (Fingerprint, Arc<Digest>)>) {
        self.digests.extend(digests.into_iter().map(|(fingerprint, digest)| (digest.path.clone(), (fingerprint, digest))));
    }

    /// The digests of documents, in order; only those of documents that changed are made.
    fn digests(&mut self, documents: &[&Arc<Document>]) -> Vec<Arc<Digest>> {
        self.learn(documents);
        if self.digests.len() > documents.len() {
            let standing: BTreeSet<&SourcePath> = documents.iter().map(|document| &document.path).collect();
            self.digests.retain(|path, _| standing.contains(path));
        }
        documents.iter().map(|document| Arc::clone(&self.digests[&document.path].1)).collect()
    }
}

/// Runs one rule; what it found before it broke is kept.
fn run(rule: &dyn SiteRule, case: &SiteCase<'_>, findings: &mut Vec<Diagnostic>) {
    let broke = catch_unwind(AssertUnwindSafe(|| rule.check(case, findings))).is_err();
    if let (true, Some(first)) = (broke, case.pieces.first()) {
        let message = format!("the rule `{}` broke on this site", rule.doc().name);
        let finding = Diagnostic::error(super::docs::internal::INTERNAL_ERROR.name, Place::file(&first.digest.path), message);
        findings.push(finding.help("this is a fault of Sowhat, not of your text; please report it with this site"));
    }
}

/// A hash of all that the rules see; it is compared within one session only.
fn key(pieces: &[Entry<'_>], notes: &[Arc<Digest>], register_key: Fingerprint) -> u64 {
    let mut hasher = DefaultHasher::new();
    register_key.hash(&mut hasher);
    for entry in pieces {
        (entry.digest.key, entry.state, entry.lang).hash(&mut hasher);
    }
    notes.iter().for_each(|note| note.key.hash(&mut hasher));
    hasher.finish()
}
