//! What a session keeps between runs, each under the fingerprint of all that it was made from.

use super::earlier::{Earlier, Entry, Reader};
use super::{Templating, stages};
use crate::base::at_work::AtWork;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::fingerprint::{Fingerprint, FingerprintBuilder};
use crate::base::path::SourcePath;
use crate::config::Config;
use crate::config::strings::{self, Strings};
use crate::editorial::records::Ledger;
use crate::editorial::{self, Member, Piece, Register, SiteJudge};
use crate::model::{Kind, Page, Site, State};
use crate::parse::records::Records;
use crate::parse::{self, Document};
use crate::render::directives::Directives;
use crate::render::highlight::Highlighter;
use crate::render::templates::Templates;
use crate::render::{Bodies, templates};
use crate::world::cache::Cache;
use crate::world::sheets::{self, Sheets};
use crate::world::snapshot::{Contents, File, Snapshot};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the rules found in a page, under the hash of all that they saw.
pub type Judged = (Fingerprint, Arc<[Diagnostic]>);

/// Results of earlier runs.
#[derive(Default)]
pub struct Caches {
    documents: BTreeMap<SourcePath, Arc<Document>>,
    /// Pages that have been judged leave the memory.
    pub lets_go: bool,
    /// The site's language, in which they were read.
    lang: String,
    judged: BTreeMap<SourcePath, Judged>,
    site_judge: SiteJudge,
    /// What earlier processes wrote down, from when it was taken up until it is written anew.
    earlier: Option<Earlier>,
    is_recalled: bool,
    strings: Option<(Fingerprint, Arc<Strings>, Vec<Diagnostic>)>,
    /// Notes on competitors, in the order of their paths.
    notes: Vec<Arc<Document>>,
    templating: Option<(Fingerprint, Templating)>,
    sheets: Option<(Fingerprint, Arc<Sheets>)>,
    pub highlighter: Arc<Highlighter>,
    pub bodies: Arc<Bodies>,
    at_work: Arc<AtWork>,
}

impl Caches {
    /// Nothing yet; what is rendered later is noted there.
    pub fn new(at_work: &Arc<AtWork>) -> Self {
        Self { at_work: Arc::clone(at_work), ..Self::default() }
    }

    /// Every document of a snapshot, in the order of their paths; only what moved is parsed.
    pub fn documents(&mut self, snapshot: &Snapshot, config: &Config) -> Vec<Arc<Document>> {
        let files = stages::markdown(snapshot);
        if self.lang != config.language {
            self.lang.clone_from(&config.language);
            self.documents.clear();
        }
        let (known, lang) = (&self.documents, &self.lang);
        let parse = |((path, file), is_at_hand): (&(&SourcePath, &File), &bool)| {
            let kept = known.get(*path).filter(|document| document.fingerprint == file.fingerprint);
            let document = kept.cloned().unwrap_or_else(|| Arc::new(read_document(path, file, lang)));
            if !is_at_hand {
                document.let_go();
            }
            document
        };
        let mut documents: Vec<Arc<Document>> = files.par_iter().zip(&at_hand(&files)).map(parse).collect();
        for home in stages::missing_homes(snapshot, config) {
            let at = documents.partition_point(|document| document.path < home);
            documents.insert(at, Arc::new(parse::parse(&home, b"")));
        }
        self.documents = documents.iter().map(|document| (document.path.clone(), Arc::clone(document))).collect();
        self.bodies.retain(|path| self.documents.contains_key(path));
        self.notes = stages::competitor_notes(snapshot).map(|(path, file)| Arc::new(read_document(path, file, lang))).collect();
        documents
    }

    /// Takes up what earlier processes knew of the files of a snapshot, unless that was done before.
    pub fn recall(&mut self, cache: &dyn Cache, reader: Reader<'_>, snapshot: &Snapshot) {
        if std::mem::replace(&mut self.is_recalled, true) {
            return;
        }
        let (earlier, entries) = Earlier::recall(cache, reader, snapshot);
        self.earlier = Some(earlier);
        reader.lang.clone_into(&mut self.lang);
        let mut digests = Vec::with_capacity(entries.len());
        for (path, entry) in entries {
            digests.extend(entry.digest);
            self.documents.extend(entry.document.map(|document| (path.clone(), document)));
            self.judged.insert(path, entry.judged);
        }
        self.site_judge.recall(digests);
    }

    /// Writes down what is known, for later processes; once in a session.
    pub fn remember(&mut self, cache: &dyn Cache, program: &str, snapshot: &Snapshot) {
        let Some(earlier) = self.earlier.take().filter(|_| cache.keeps()) else { return };
        let entry = |(path, judged): (_, &Judged)| {
            let digest = self.site_judge.known(path).cloned();
            (path, Entry { judged: judged.clone(), digest, document: self.documents.get(path).cloned() })
        };
        let entries: Vec<(&SourcePath, Entry)> = self.judged.iter().map(entry).collect();
        earlier.remember(cache, Reader { program, lang: &self.lang }, snapshot, &entries);
    }

    /// What the rules find in these pages, in order; what the site-wide rules have to know of them is learnt on the way.
    pub fn judge(&mut self, pages: &[Judging<'_>], register: &Registered) -> Vec<Arc<[Diagnostic]>> {
        let known = &self.judged;
        let judge = |page: &Judging<'_>| {
            let key = page.key(register);
            if let Some((_, findings)) = known.get(&page.document.path).filter(|(known, _)| *known == key) {
                return ((key, Arc::clone(findings)), None);
            }
            // Held on to until all rules have seen it.
            let read = (page.document.text(), page.document.blocks());
            ((key, page.judge(register)), Some(read))
        };
        let (judged, _read): (Vec<Judged>, Vec<_>) = pages.par_iter().map(judge).unzip();
        self.judged.extend(pages.iter().map(|page| page.document.path.clone()).zip(judged.iter().cloned()));
        let pieces = pages.iter().filter(|page| page.kind == Kind::Piece).map(|page| page.document);
        self.site_judge.learn(&pieces.collect::<Vec<_>>());
        if self.lets_go {
            pages.iter().for_each(|page| page.document.let_go());
        }
        judged.into_iter().map(|(_, findings)| findings).collect()
    }

    /// Forgets what was found in all other pages.
    pub fn keep_judged(&mut self, pages: &[Judging<'_>]) {
        if self.judged.len() > pages.len() {
            let paths: BTreeSet<&SourcePath> = pages.iter().map(|page| &page.document.path).collect();
            self.judged.retain(|path, _| paths.contains(path));
        }
    }

    /// What the site-wide rules find, and what is found when records are held against pieces.
    pub fn judge_across(&mut self, site: &Site, register: &Registered, records: &Records) -> Vec<Diagnostic> {
        let members: Vec<Member<'_>> = judged_pages(site).into_iter().map(Judging::member).collect();
        let mut findings = self.site_judge.judge(&members, &self.notes, (&register.register, register.key));
        findings.extend(editorial::records::judge(&Ledger::new(site, records), &site.config));
        findings
    }

    /// What the rules find in one page.
    pub fn judge_page(&mut self, page: &Page, register: &Registered) -> Arc<[Diagnostic]> {
        let judging = Judging::of(page);
        let findings = judging.judge(register);
        self.judged.insert(page.document.path.clone(), (judging.key(register), Arc::clone(&findings)));
        findings
    }

    /// One document, read anew.
    pub fn document(&mut self, path: &SourcePath, file: &File) -> Arc<Document> {
        let document = Arc::new(read_document(path, file, &self.lang));
        self.documents.insert(path.clone(), Arc::clone(&document));
        document
    }

    /// The words of the theme and the site, and what is wrong with them.
    pub fn strings(&mut self, snapshot: &Snapshot, config: &Config) -> (Arc<Strings>, Vec<Diagnostic>) {
        let files = stages::strings(snapshot, config);
        let named = |edition| (config.edition_lang(edition).to_owned(), Place::new(&config.path, config.edition_place(edition)));
        let langs: Vec<(String, Place)> = config.editions().map(named).collect();
        let mut builder = FingerprintBuilder::default();
        for part in files.iter().flat_map(|file| [file.path.as_str(), &*file.text]) {
            builder.add(part.as_bytes());
        }
        builder.add(format!("{langs:?}").as_bytes());
        let key = builder.finish();
        if let Some((known, strings, findings)) = &self.strings
            && *known == key
        {
            return (Arc::clone(strings), findings.clone());
        }
        let (strings, findings) = strings::load(&files, &langs);
        let strings = Arc::new(strings);
        self.strings = Some((key, Arc::clone(&strings), findings.clone()));
        (strings, findings)
    }

    /// The style sheets of the site and its theme that are written in Sass.
    pub fn sheets(&mut self, snapshot: &Snapshot, config: &Config) -> Arc<Sheets> {
        let files = stages::sheet_files(snapshot, config);
        let parts = files.iter().flat_map(|file| [file.path.as_str().as_bytes(), file.text.as_bytes()]);
        let key = Fingerprint::of_parts(parts);
        if let Some((known, sheets)) = &self.sheets
            && *known == key
        {
            return Arc::clone(sheets);
        }
        let sheets = Arc::new(sheets::compile(&files, &self.at_work));
        self.sheets = Some((key, Arc::clone(&sheets)));
        sheets
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
        let templates = Templates::compile(&sources, &inputs)?.noted_in(&self.at_work);
        let directives = Directives::of(&templates)?;
        let templating = Templating { templates: Arc::new(templates), directives: Arc::new(directives) };
        self.templating = Some((key, templating.clone()));
        Ok(templating)
    }
}

/// So many bytes of text stay in memory from the reading of a site until it is judged; on a larger one what is beyond
/// them is read once more, if there is a shelf.
const AT_HAND: usize = 64 << 20;

/// For each file in order, whether it stays at hand until it is judged.
fn at_hand(files: &[(&SourcePath, &File)]) -> Vec<bool> {
    let so_far = files.iter().scan(0, |so_far, (_, file)| {
        *so_far += file.contents.as_ref().map_or(0, Contents::size);
        Some(*so_far)
    });
    so_far.map(|so_far| so_far <= AT_HAND).collect()
}

/// Reads a document; when our own code fails on it, the document is empty and says so.
fn read_document(path: &SourcePath, file: &File, lang: &str) -> Document {
    let read = || match &file.contents {
        Some(Contents::Text(text)) => parse::parse_text(path, text.clone(), file.fingerprint, lang),
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

/// A register with the hash of all it says.
pub struct Registered {
    pub register: Register,
    key: Fingerprint,
}

impl Registered {
    pub fn new(register: Register) -> Self {
        let key = Fingerprint::of(format!("{register:?}").as_bytes());
        Self { register, key }
    }
}

/// Every page that is judged: also those that are not published.
pub fn judged_pages(site: &Site) -> Vec<Judging<'_>> {
    let published = site.pages.iter().map(Judging::of);
    let lang = site.config.language.as_str();
    let withheld = site.withheld.iter().map(|page| {
        let named = site.config.split_language(page.document.path.stem()).1;
        let lang = named.unwrap_or_else(|| page.document.front.lang.as_ref().map_or(lang, |field| &field.value));
        Judging { document: &page.document, kind: page.kind, state: page.state, lang }
    });
    published.chain(withheld).collect()
}

/// A page as the rules see it.
pub struct Judging<'a> {
    pub document: &'a Arc<Document>,
    kind: Kind,
    state: State,
    lang: &'a str,
}

impl<'a> Judging<'a> {
    fn of(page: &'a Page) -> Self {
        Self { document: &page.document, kind: page.kind, state: page.state, lang: &page.lang }
    }

    fn member(self) -> Member<'a> {
        Member { document: self.document, kind: self.kind, state: self.state, lang: self.lang }
    }

    fn judge(&self, register: &Registered) -> Arc<[Diagnostic]> {
        let Self { document, kind, state, lang } = *self;
        editorial::judge(&Piece { document, kind, state, lang, register: &register.register }).into()
    }

    /// The hash of all that the rules see.
    fn key(&self, register: &Registered) -> Fingerprint {
        let mut builder = FingerprintBuilder::default();
        builder.add(self.document.fingerprint.as_bytes()).add(self.document.path.as_str().as_bytes());
        builder.add(self.kind.as_str().as_bytes()).add(self.state.as_str().as_bytes()).add(self.lang.as_bytes());
        builder.add(register.key.as_bytes());
        builder.finish()
    }
}
