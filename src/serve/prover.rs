//! The thread that makes, in quiet moments, what no browser has asked for: some faults show only when an output is
//! made, such as an image that ends too early or a gated sentence in a template, and nobody is to read "publishable"
//! of a site that a build refuses.

use super::edition::{Edition, Made};
use super::studio::Studio;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::OutputPath;
use crate::output::Subject;
use crate::pipeline::Outcome;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A site of more outputs is left to `sowhat check`: a preview is to leave the machine to whoever writes.
const MAX_OUTPUTS: usize = 2000;

/// What was found while outputs were made.
#[derive(Debug, Clone, Default)]
pub struct Proof {
    /// By the output, also where nothing was found.
    pub known: BTreeMap<OutputPath, Arc<[Diagnostic]>>,
    /// All that was found; in what is not published, too.
    pub found: Vec<Diagnostic>,
}

/// True for a site whose outputs are all made in quiet moments.
pub fn is_small(outcome: &Outcome) -> bool {
    outcome.plan.entries.len() <= MAX_OUTPUTS
}

/// Starts the thread.
pub fn spawn(studio: Arc<Studio>) -> std::io::Result<()> {
    std::thread::Builder::new().name("prover".to_owned()).spawn(move || run(&studio)).map(drop)
}

fn run(studio: &Studio) {
    let mut number = 0;
    while let Some(edition) = studio.next_to_prove(number) {
        number = edition.number;
        if let Some(proof) = prove(&edition, studio) {
            studio.put_proof(number, proof);
        }
    }
}

/// Makes all outputs that are not known yet; `None` when there is a newer edition before it is done, or nothing can
/// be made.
fn prove(edition: &Edition, studio: &Studio) -> Option<Proof> {
    let outcome = edition.outcome.as_ref().filter(|outcome| edition.trouble.is_empty() && outcome.can_produce() && is_small(outcome))?;
    let before = edition.proof();
    let guard = outcome.leak_guard();
    let mut proof = Proof { found: outcome.found_in_unpublished(), ..Proof::default() };
    for (path, _) in outcome.plan.entries.iter().filter(|(_, entry)| !is_mere_copy(outcome, &entry.subject)) {
        if studio.current().number != edition.number || studio.is_stopping() {
            return None;
        }
        let found = before.known.get(path).cloned().unwrap_or_else(|| match edition.make(path) {
            Made::Ready(output) => match guard.check(path, &output.bytes) {
                Some(leak) => output.findings.iter().cloned().chain([leak]).collect(),
                None => output.findings,
            },
            Made::Failed(findings) => findings.into(),
        });
        proof.found.extend(found.iter().cloned());
        proof.known.insert(path.clone(), found);
    }
    Some(proof)
}

/// A file that is published as it is: it may be a film, and there is nothing to go wrong.
fn is_mere_copy(outcome: &Outcome, subject: &Subject) -> bool {
    let Subject::Asset(url) = subject else { return false };
    outcome.site.assets.get(url).is_some_and(|asset| asset.picture.is_none() && asset.made.is_none())
}
