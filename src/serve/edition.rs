//! An edition: one outcome of the session with the outputs made from it so far.

use super::prover::{self, Proof};
use super::slot::Slot;
use crate::base::at_work::Job;
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::{OutputPath, SourcePath, UrlPath};
use crate::base::sources::Sources;
use crate::output::Texts;
use crate::pipeline::{Failure, Findings, Gate, Outcome};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Larger outputs are made anew for each request, so that a folder of videos does not fill the memory.
const MAX_KEPT: usize = 4 << 20;

/// When more bytes than these are kept, all are let go and made anew when they are asked for: whoever walks through
/// a large site, or leaves the preview open for days, does not fill the memory with it.
const MAX_KEPT_IN_ALL: usize = 64 << 20;

/// What the preview shows at one moment.
pub struct Edition {
    /// Counts from 1; 0 is the empty one before the first look.
    pub number: u64,
    /// The newest outcome; an older one while the configuration cannot be used.
    pub outcome: Option<Arc<Outcome>>,
    /// Everything found, in the one total order.
    pub findings: Findings,
    /// The texts they point into.
    pub sources: Sources,
    /// Whether a build would publish.
    pub gate: Gate,
    /// Why there is no newer outcome: faults of the configuration or of the disk.
    pub trouble: Vec<Diagnostic>,
    /// The last edition whose templates could be compiled, while those of this one cannot.
    pub fallback: Option<Arc<Edition>>,
    /// The files that changed since the edition before.
    pub changed: Vec<SourcePath>,
    made: Mutex<Kept>,
    proof: Mutex<Arc<Proof>>,
}

/// The outputs made so far.
#[derive(Default)]
struct Kept {
    by_path: BTreeMap<OutputPath, Arc<Slot>>,
    n_bytes: usize,
}

impl FromIterator<(OutputPath, Arc<Slot>)> for Kept {
    fn from_iter<I: IntoIterator<Item = (OutputPath, Arc<Slot>)>>(made: I) -> Self {
        let by_path: BTreeMap<OutputPath, Arc<Slot>> = made.into_iter().collect();
        let n_bytes = by_path.values().filter_map(|made| made.get()).map(|made| made.len()).sum();
        Self { by_path, n_bytes }
    }
}

/// An output, or why there is none.
#[derive(Clone)]
pub enum Made {
    Ready(Output),
    Failed(Vec<Diagnostic>),
}

impl Made {
    fn len(&self) -> usize {
        match self {
            Self::Ready(output) => output.bytes.len(),
            Self::Failed(_) => 0,
        }
    }
}

/// The bytes of an output.
#[derive(Clone)]
pub struct Output {
    pub bytes: Arc<[u8]>,
    /// Their hash: the entity tag.
    pub tag: Fingerprint,
    /// What was found while they were made.
    pub findings: Arc<[Diagnostic]>,
}

impl Edition {
    /// The edition before the first look.
    pub fn empty() -> Self {
        Self {
            number: 0,
            outcome: None,
            findings: Findings::default(),
            sources: Sources::default(),
            gate: Gate::Closed,
            trouble: Vec::new(),
            fallback: None,
            changed: Vec::new(),
            made: Mutex::default(),
            proof: Mutex::default(),
        }
    }

    /// The edition after `before` that a run came to; what it has in common with that one is taken over.
    pub fn of_outcome(outcome: Outcome, before: &Arc<Self>) -> Self {
        let edited = before.outcome.as_ref().and_then(|then| edited(&outcome, then));
        let made = edited.as_ref().map(|edited| before.still_good(edited)).unwrap_or_default();
        let proof = edited.as_ref().map(|edited| before.still_proved(edited)).unwrap_or_default();
        let changed = edited.unwrap_or_else(|| changed_documents(&outcome, before));
        Self::with_proof(outcome.into(), proof, Self { changed, made: Mutex::new(made), ..Self::after(before) })
    }

    /// The same edition with what was found while all its outputs were made.
    pub fn of_proof(proof: Proof, before: &Arc<Self>) -> Option<Self> {
        let outcome = before.outcome.clone()?;
        // The same outputs, those included that could not be made: they are not tried again.
        let made: Kept = before.lock().by_path.iter().map(|(path, made)| (path.clone(), Arc::clone(made))).collect();
        Some(Self::with_proof(outcome, proof, Self { changed: Vec::new(), made: Mutex::new(made), ..Self::after(before) }))
    }

    /// An empty edition, the next one.
    fn after(before: &Arc<Self>) -> Self {
        Self { number: before.number + 1, fallback: working(before), ..Self::empty() }
    }

    fn with_proof(outcome: Arc<Outcome>, proof: Proof, edition: Self) -> Self {
        let findings = outcome.findings_with(proof.found.iter().cloned());
        Self {
            gate: outcome.gate_of(&findings),
            findings,
            sources: outcome.sources.clone(),
            fallback: edition.fallback.clone().filter(|_| !outcome.can_produce()),
            proof: Mutex::new(Arc::new(proof)),
            outcome: Some(outcome),
            ..edition
        }
    }

    /// What is known of its outputs.
    pub fn proof(&self) -> Arc<Proof> {
        Arc::clone(&self.proof.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Keeps what another edition knows of the same outputs, where that changes nothing that was found.
    pub fn keep_proof_of(&self, other: &Self) {
        *self.proof.lock().unwrap_or_else(PoisonError::into_inner) = other.proof();
    }

    /// True if all its outputs are made in quiet moments, so that nothing stays unfound.
    pub fn is_proved_in_time(&self) -> bool {
        self.outcome.as_ref().is_none_or(|outcome| prover::is_small(outcome))
    }

    /// True for an output that depends on none of the edited pages.
    fn is_good<'a>(&'a self, edited: &'a [SourcePath]) -> impl Fn(&OutputPath) -> bool + 'a {
        move |path| {
            let Some(outcome) = &self.outcome else { return false };
            match outcome.plan.entries.get(path).map(|entry| entry.texts()) {
                Some(Texts::Page(id)) => !edited.contains(&outcome.site.page(id).source),
                Some(Texts::None) => true,
                Some(Texts::Feed(_) | Texts::All) | None => false,
            }
        }
    }

    /// The outputs made so far that depend on none of the edited pages.
    fn still_good(&self, edited: &[SourcePath]) -> Kept {
        let is_good = self.is_good(edited);
        let made = self.lock();
        made.by_path
            .iter()
            .filter(|(path, made)| matches!(made.get(), Some(Made::Ready(_))) && is_good(path))
            .map(|(path, made)| (path.clone(), Arc::clone(made)))
            .collect()
    }

    /// What is known of the outputs that depend on none of the edited pages.
    fn still_proved(&self, edited: &[SourcePath]) -> Proof {
        let is_good = self.is_good(edited);
        let proof = self.proof();
        let known = proof.known.iter().filter(|(path, _)| is_good(path)).map(|(path, found)| (path.clone(), Arc::clone(found)));
        // Of the others, what was found in pages that nobody edited holds until they are made: it must not come and go.
        let site = self.outcome.as_ref().map(|outcome| &outcome.site);
        let is_page = |path: &SourcePath| site.is_some_and(|site| site.by_source.contains_key(path));
        let holds = |finding: &&Diagnostic| is_page(&finding.place.path) && !edited.contains(&finding.place.path);
        Proof { known: known.collect(), found: proof.found.iter().filter(holds).cloned().collect() }
    }

    /// The edition after `before` when the site could not be run: the last good outcome and the reason.
    pub fn of_failure(failure: Failure, config: &SourcePath, before: &Self) -> Self {
        let (trouble, sources) = match failure {
            Failure::Config { findings, sources } => (findings, sources),
            Failure::NoConfig { .. } | Failure::Option(_) | Failure::World(_) => {
                let place = crate::base::diagnostic::Place::file(config);
                (vec![Diagnostic::error("file-unreadable", place, failure.to_string())], Sources::default())
            }
        };
        // What was found in the pages holds on: their panels show it, with its lines.
        let known = before.outcome.as_ref().map(|outcome| (outcome.findings().to_vec(), outcome.sources.clone()));
        let (found, mut all_sources) = known.unwrap_or_default();
        let found = found.into_iter().filter(|finding| finding.place.path != *config);
        all_sources.extend(sources);
        Self {
            number: before.number + 1,
            outcome: before.outcome.clone(),
            findings: found.chain(trouble.iter().cloned()).collect(),
            sources: all_sources,
            gate: Gate::Closed,
            trouble,
            fallback: before.fallback.clone(),
            changed: vec![config.clone()],
            made: Mutex::default(),
            proof: Mutex::new(before.proof()),
        }
    }

    /// False while its pages can be shown and have not been checked yet.
    pub fn is_checked(&self) -> bool {
        self.outcome.as_ref().is_none_or(|outcome| outcome.is_checked())
    }

    /// The number of findings of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.count(severity)
    }

    /// Makes an output, once: others who ask for it meanwhile wait for the one that makes it.
    pub fn make(&self, path: &OutputPath) -> Made {
        let Some(outcome) = &self.outcome else { return Made::Failed(self.trouble.clone()) };
        let slot = Arc::clone(self.lock().by_path.entry(path.clone()).or_default());
        let is_new = slot.take();
        if is_new {
            let (on_thread, to_fill, at) = (Arc::clone(outcome), Arc::clone(&slot), path.clone());
            let thread = std::thread::Builder::new().name("page".to_owned()).spawn(move || fill(&on_thread, &to_fill, &at));
            if thread.is_err() {
                fill(outcome, &slot, path);
            }
        }
        let made = slot.wait(outcome.at_work().limit(), || Made::Failed(overdue(outcome, path)));
        if is_new {
            self.lock().keep(path, made.len());
        }
        made
    }

    /// Where a page that stood at `url` in the edition `before` stands now.
    pub fn moves(&self, before: &Self) -> BTreeMap<UrlPath, UrlPath> {
        let (Some(now), Some(then)) = (&self.outcome, &before.outcome) else { return BTreeMap::new() };
        if Arc::ptr_eq(&now.site.frame, &then.site.frame) {
            return BTreeMap::new();
        }
        let gone = then.site.pages.iter().filter(|page| !now.site.by_url.contains_key(&page.url));
        let new_home = |page: &crate::model::Page| {
            let same_file = now.site.by_source.get(&page.document.path).map(|id| now.site.page(*id));
            let same_text = || {
                let is_new = |other: &&crate::model::Page| !then.site.by_source.contains_key(&other.document.path);
                let mut newcomers = now.site.pages.iter().filter(is_new);
                newcomers.rfind(|other| other.document.fingerprint == page.document.fingerprint)
            };
            same_file.or_else(same_text).map(|home| (page.url.clone(), home.url.clone()))
        };
        gone.filter_map(new_home).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    /// An output of so many bytes was made: what is too much is let go.
    fn keep(&mut self, path: &OutputPath, n_bytes: usize) {
        if n_bytes > MAX_KEPT {
            self.by_path.remove(path);
            return;
        }
        self.n_bytes += n_bytes;
        if self.n_bytes > MAX_KEPT_IN_ALL {
            // What is being made just now is waited for and stays.
            self.by_path.retain(|known, made| known == path || made.get().is_none());
            self.n_bytes = n_bytes;
        }
    }
}

/// Makes an output.
fn fill(outcome: &Outcome, slot: &Slot, path: &OutputPath) {
    slot.put(match outcome.try_produce(path) {
        Ok((bytes, findings)) => Made::Ready(Output { tag: Fingerprint::of(&bytes), bytes: bytes.into(), findings: findings.into() }),
        Err(findings) => Made::Failed(findings),
    });
}

/// Gives up an output that takes too long: the thread that makes it is left to itself, and ends when it next writes.
fn overdue(outcome: &Outcome, path: &OutputPath) -> Vec<Diagnostic> {
    let seconds = outcome.at_work().limit().unwrap_or_default().as_secs();
    let job = outcome.at_work().give_up(path.as_str());
    let place = outcome.plan.entries.get(path).map(|entry| Place::file(&entry.origin));
    let template = job.and_then(|Job { template, .. }| template);
    let (message, help) = match template {
        Some(template) => (
            format!("`{path}` was not made within {seconds} s: `{template}` is still being rendered"),
            "look in the template for loops in loops and for components that call themselves; `--time-limit` waits longer",
        ),
        None => (format!("`{path}` was not made within {seconds} s"), "`--time-limit` waits longer"),
    };
    place.map(|place| Diagnostic::error("template-error", place, message).help(help)).into_iter().collect()
}

/// The edition itself, or the one it fell back upon.
fn working(edition: &Arc<Edition>) -> Option<Arc<Edition>> {
    let works = edition.outcome.as_ref().is_some_and(|outcome| outcome.can_produce());
    if works { Some(Arc::clone(edition)) } else { edition.fallback.clone() }
}

/// The pages whose text is another one, if that is all that has changed between two outcomes.
fn edited(now: &Outcome, then: &Outcome) -> Option<Vec<SourcePath>> {
    if !now.is_edit_of(then) {
        return None;
    }
    let pairs = now.site.pages.iter().zip(&then.site.pages);
    Some(pairs.filter(|(now, then)| !Arc::ptr_eq(&now.document, &then.document)).map(|(now, _)| now.source.clone()).collect())
}

/// The documents that are new or say something else than before.
fn changed_documents(outcome: &Outcome, before: &Edition) -> Vec<SourcePath> {
    let Some(then) = &before.outcome else { return Vec::new() };
    let is_changed = |page: &&crate::model::Page| {
        let known = then.site.by_source.get(&page.document.path).map(|id| then.site.page(*id));
        known.is_none_or(|known| known.document.fingerprint != page.document.fingerprint)
    };
    outcome.site.pages.iter().filter(is_changed).map(|page| page.document.path.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(n_bytes: usize) -> Arc<Slot> {
        let output = Output { bytes: vec![0; n_bytes].into(), tag: Fingerprint::of(b""), findings: Vec::new().into() };
        let slot = Slot::default();
        assert!(slot.take() && slot.put(Made::Ready(output)));
        Arc::new(slot)
    }

    #[test]
    fn no_more_is_kept_than_there_is_room_for() {
        let mut kept = Kept::default();
        let paths: Vec<OutputPath> = (0..40).map(|idx| OutputPath::new(&format!("{idx}.html")).unwrap()).collect();
        let in_the_making = OutputPath::new("slow.html").unwrap();
        kept.by_path.insert(in_the_making.clone(), Arc::default());
        for path in &paths {
            kept.by_path.insert(path.clone(), made(MAX_KEPT));
            kept.keep(path, MAX_KEPT);
            let n_bytes: usize = kept.by_path.values().filter_map(|made| made.get()).map(|made| made.len()).sum();
            assert!(n_bytes <= MAX_KEPT_IN_ALL && n_bytes == kept.n_bytes, "{n_bytes}");
            assert!(kept.by_path.contains_key(path) && kept.by_path.contains_key(&in_the_making));
        }
        let large = OutputPath::new("film.mp4").unwrap();
        kept.by_path.insert(large.clone(), made(MAX_KEPT + 1));
        kept.keep(&large, MAX_KEPT + 1);
        assert!(!kept.by_path.contains_key(&large));
    }
}
