//! What a session keeps between runs, each under the fingerprint of all that it was made from.

use super::{Templating, stages};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::fingerprint::{Fingerprint, FingerprintBuilder};
use crate::base::path::SourcePath;
use crate::editorial::{self, Member, Piece, Register, SiteJudge};
use crate::model::{Kind, Site, State};
use crate::parse::{self, Document};
use crate::render::directives::Directives;
use crate::render::highlight::Highlighter;
use crate::render::templates::Templates;
use crate::render::{Bodies, templates};
use crate::world::snapshot::{Contents, File, Snapshot};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the rules found in a page, under the hash of all that they saw.
type Judged = (Fingerprint, Arc<[Diagnostic]>);

/// Results of earlier runs.
#[derive(Default)]
pub struct Caches {
    documents: BTreeMap<SourcePath, Arc<Document>>,
    judged: BTreeMap<SourcePath, Judged>,
    site_judge: SiteJudge,
    templating: Option<(Fingerprint, Templating)>,
    pub highlighter: Arc<Highlighter>,
    pub bodies: Arc<Bodies>,
}

impl Caches {
    /// Every document of a snapshot, in the order of their paths; only what moved is parsed.
    pub fn documents(&mut self, snapshot: &Snapshot) -> Vec<Arc<Document>> {
        let files = stages::markdown(snapshot);
        let known = &self.documents;
        let parse = |(path, file): &(&SourcePath, &File)| {
            let kept = known.get(*path).filter(|document| document.fingerprint == file.fingerprint);
            kept.cloned().unwrap_or_else(|| Arc::new(read_document(path, file)))
        };
        let mut documents: Vec<Arc<Document>> = files.par_iter().map(parse).collect();
        if let Some(home) = stages::missing_home(snapshot) {
            let at = documents.partition_point(|document| document.path < home);
            documents.insert(at, Arc::new(parse::parse(&home, b"")));
        }
        self.documents = documents.iter().map(|document| (document.path.clone(), Arc::clone(document))).collect();
        documents
    }

    /// What the rules find in every page, also in those that are not published.
    pub fn judge(&mut self, site: &Site) -> Vec<Diagnostic> {
        let register = stages::register(site);
        let register_key = Fingerprint::of(format!("{register:?}").as_bytes());
        let published = site.pages.iter().map(|page| (&page.document, page.kind, page.state, page.lang.as_str()));
        let lang = site.config.language.as_str();
        let withheld = site
            .withheld
            .iter()
            .map(|page| (&page.document, page.kind, page.state, page.document.front.lang.as_ref().map_or(lang, |field| &field.value)));
        let pages: Vec<(&Arc<Document>, Kind, State, &str)> = published.chain(withheld).collect();
        let known = &self.judged;
        let judge = |(document, kind, state, lang): &(&Arc<Document>, Kind, State, &str)| {
            let key = judge_key(document, *kind, *state, lang, register_key);
            let kept = known.get(&document.path).filter(|(known, _)| *known == key).map(|(_, findings)| Arc::clone(findings));
            let findings = kept.unwrap_or_else(|| judge_page(document, *kind, *state, lang, &register));
            (document.path.clone(), (key, findings))
        };
        let judged: Vec<(SourcePath, Judged)> = pages.par_iter().map(judge).collect();
        let mut findings: Vec<Diagnostic> = judged.iter().flat_map(|(_, (_, findings))| findings.iter().cloned()).collect();
        self.judged = judged.into_iter().collect();
        let members: Vec<Member<'_>> =
            pages.iter().map(|(document, kind, state, lang)| Member { document, kind: *kind, state: *state, lang }).collect();
        findings.extend(self.site_judge.judge(&members, &register, register_key));
        findings.extend(editorial::judge_register(&register, &site.config.path, &stages::used_audiences(site)));
        findings
    }

    /// The compiled templates and directives of a site.
    pub fn templates(&mut self, snapshot: &Snapshot, site: &Site) -> Result<Templating, Vec<Diagnostic>> {
        let sources = stages::templates(snapshot, &site.config);
        let inputs = stages::function_inputs(site);
        let key = templates::Templates::key(&sources, &inputs);
        if let Some((known, templating)) = &self.templating
            && *known == key
        {
            return Ok(templating.clone());
        }
        let templates = Templates::compile(&sources, &inputs)?;
        let directives = Directives::of(&templates)?;
        let templating = Templating { templates: Arc::new(templates), directives: Arc::new(directives) };
        self.templating = Some((key, templating.clone()));
        Ok(templating)
    }
}

/// Reads a document; when our own code fails on it, the document is empty and says so.
fn read_document(path: &SourcePath, file: &File) -> Document {
    let read = || match &file.contents {
        Some(Contents::Text(text)) => parse::parse_text(path, Arc::clone(text), file.fingerprint),
        Some(Contents::Undecodable(bytes)) => parse::parse(path, bytes),
        None => parse::parse(path, b""),
    };
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let mut document = parse::parse(path, b"");
        let finding = Diagnostic::error("internal-error", Place::file(path), format!("Sowhat itself failed while it read `{path}`"));
        document.findings = vec![finding.help("this is our fault, not yours: please report it with the file that shows it")];
        document.fingerprint = file.fingerprint;
        document
    })
}

fn judge_page(document: &Document, kind: Kind, state: State, lang: &str, register: &Register) -> Arc<[Diagnostic]> {
    editorial::judge(&Piece { document, kind, state, lang, register }).into()
}

fn judge_key(document: &Document, kind: Kind, state: State, lang: &str, register: Fingerprint) -> Fingerprint {
    let mut builder = FingerprintBuilder::default();
    builder.add(document.fingerprint.as_bytes()).add(document.path.as_str().as_bytes());
    builder.add(kind.as_str().as_bytes()).add(state.as_str().as_bytes()).add(lang.as_bytes()).add(register.as_bytes());
    builder.finish()
}
