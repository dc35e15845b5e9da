//! One run of a session, kept for the next: an edit of a few pages changes it where it stands.

use super::caches::{Caches, Registered, judged_pages};
use super::findings::{Findings, Source};
use super::{Templating, stages};
use crate::base::diagnostic::Diagnostic;
use crate::base::fingerprint::Fingerprint;
use crate::base::path::SourcePath;
use crate::base::sources::Sources;
use crate::editorial;
use crate::model::face::Context;
use crate::model::{Page, Site, assemble};
use crate::output::plan::Plan;
use crate::output::{collisions, links};
use crate::parse::Document;
use crate::parse::records::Records;
use crate::render::Renderer;
use rayon::prelude::*;
use std::sync::Arc;

/// So many pages are judged before something more urgent is let pass.
const AT_ONCE: usize = 64;

/// All that a run came to.
pub struct Run {
    pub context: Context,
    pub register: Arc<Registered>,
    pub links: links::Checked,
    pub templating: Option<Templating>,
    /// What was found about the site as a whole, and what its frame alone decides.
    pub of_frame: Vec<Diagnostic>,
    /// What the site-wide rules found.
    pub of_site_rules: Vec<Diagnostic>,
    pub progress: Progress,
    /// Some topics have one page that are written as if they were two: what is found of them names places in pages.
    pub has_related_topics: bool,
    /// True while what was found in an earlier run stands for what has not been checked yet.
    pub has_earlier_findings: bool,
    pub site: Arc<Site>,
    pub plan: Arc<Plan>,
    pub renderer: Option<Arc<Renderer>>,
    pub records: Arc<Records>,
    pub findings: Findings,
    pub sources: Sources,
    /// The hash of all that outputs are made from besides pages.
    pub settings: Fingerprint,
}

/// How far the check of a run has come.
pub enum Progress {
    /// Pages are checked, each by itself.
    Pages(Unchecked),
    /// The site-wide rules have not seen the newest text.
    Site,
    Done,
}

/// What is left of the check of every page.
pub struct Unchecked {
    /// The documents, in the order of their paths, with what was found in placing them, until that is taken in.
    placed: Vec<(Arc<Document>, Vec<Diagnostic>)>,
    /// How many pages the rules have judged.
    n_judged: usize,
}

impl Unchecked {
    pub fn new(placed: Vec<(Arc<Document>, Vec<Diagnostic>)>) -> Self {
        Self { placed, n_judged: 0 }
    }
}

/// What came of a check.
pub enum Checking {
    Done,
    /// Something more urgent came first.
    Interrupted,
}

impl Run {
    /// True once every page has been checked, or an earlier run's findings stand in.
    pub fn is_checked(&self) -> bool {
        self.has_earlier_findings || !matches!(self.progress, Progress::Pages(_))
    }

    /// Checks what is left, as long as `may_go_on`.
    pub fn check(&mut self, caches: &mut Caches, may_go_on: &dyn Fn() -> bool) -> Checking {
        if let Progress::Pages(mut unchecked) = std::mem::replace(&mut self.progress, Progress::Site) {
            if matches!(self.check_pages(&mut unchecked, caches, may_go_on), Checking::Interrupted) {
                self.progress = Progress::Pages(unchecked);
                return Checking::Interrupted;
            }
            self.put_frame();
        }
        if !matches!(self.progress, Progress::Done) {
            if !may_go_on() {
                return Checking::Interrupted;
            }
            let found = caches.judge_across(&self.site, &self.register, &self.records);
            if found != self.of_site_rules {
                self.findings.put_all(Source::Site, found.iter().cloned());
                self.of_site_rules = found;
            }
            self.progress = Progress::Done;
            self.has_earlier_findings = false;
        }
        self.settle();
        Checking::Done
    }

    /// Checks every page, each by itself.
    fn check_pages(&mut self, unchecked: &mut Unchecked, caches: &mut Caches, may_go_on: &dyn Fn() -> bool) -> Checking {
        self.put_placed(unchecked);
        let site = Arc::clone(&self.site);
        let pages = judged_pages(&site);
        while unchecked.n_judged < pages.len() {
            if !may_go_on() {
                return Checking::Interrupted;
            }
            let next = &pages[unchecked.n_judged..pages.len().min(unchecked.n_judged + AT_ONCE)];
            for (page, found) in next.iter().zip(caches.judge(next, &self.register)) {
                self.findings.put(Source::Rules, &page.document.path, found);
            }
            unchecked.n_judged += next.len();
        }
        caches.keep_judged(&pages);
        if !may_go_on() {
            return Checking::Interrupted;
        }
        self.links = links::check(&site, &self.plan);
        for (page, found) in site.pages.iter().zip(&self.links.by_page) {
            self.findings.put(Source::Links, &page.source, Arc::clone(found));
        }
        for page in &site.withheld {
            self.findings.put(Source::Links, &page.document.path, Vec::new().into());
        }
        self.of_frame.extend(self.links.nav.iter().cloned());
        let used = stages::used_audiences(&site);
        self.of_frame.extend(editorial::judge_register(&self.register.register, &site.config.path, &used));
        Checking::Done
    }

    fn put_placed(&mut self, unchecked: &mut Unchecked) {
        let placed = std::mem::take(&mut unchecked.placed);
        let found: Vec<Arc<[Diagnostic]>> = placed.par_iter().map(|(document, placing)| self.found_by_reading(document, placing)).collect();
        for ((document, _), found) in placed.iter().zip(found) {
            self.put_document(document, found);
        }
    }

    /// All that is found in a document by reading it.
    fn found_by_reading(&self, document: &Document, placing: &[Diagnostic]) -> Arc<[Diagnostic]> {
        let directives = self.templating.iter().flat_map(|templating| templating.directives.check(document));
        document.findings.iter().chain(placing).cloned().chain(directives).collect()
    }

    fn put_document(&mut self, document: &Document, found: Arc<[Diagnostic]>) {
        self.findings.put(Source::Document, &document.path, found);
        if !document.suppressions.is_empty() || document.front.allow.is_some() {
            self.findings.doubt(&document.path);
        }
    }

    /// What stages find that look at the frame of the site.
    pub fn put_frame(&mut self) {
        let of_site = stages::site_findings(&self.site, &self.plan);
        self.has_related_topics = of_site.iter().any(|finding| finding.rule == "topics-merged");
        self.findings.put_all(Source::Frame, of_site.into_iter().chain(self.of_frame.iter().cloned()));
    }

    /// Sets levels and applies suppressions, once stages have reported.
    pub fn settle(&mut self) {
        let site = &self.site;
        self.findings.settle(&site.config, |path| stages::document_of(site, path));
    }

    /// Takes in the new text of one page; `None` if more than lists of it depends on the change.
    pub fn edit(&mut self, document: &Arc<Document>, caches: &mut Caches) -> Option<()> {
        let before = self.site.page(*self.site.by_source.get(&document.path)?).clone();
        let (site, placing) = assemble::edit(&self.site, &self.context, document)?;
        self.site = Arc::new(site);
        if let Progress::Pages(mut unchecked) = std::mem::replace(&mut self.progress, Progress::Site) {
            // What was found in the text before must not come after what is found in this one.
            self.put_placed(&mut unchecked);
            self.progress = Progress::Pages(unchecked);
        }
        self.judge_page(self.site.page(before.id).clone(), placing, caches);
        let is_in_the_way = collisions::names(&self.site, &self.plan, before.id);
        let has_named_topics = self.has_related_topics && document.front.topics.is_some();
        if is_in_the_way || has_named_topics || is_related(document) || is_related(&before.document) {
            self.put_frame();
        }
        // While pages are checked, links have still to be.
        if !matches!(self.progress, Progress::Pages(_)) {
            for id in self.links.recheck(&self.site, &self.plan, before.id, &before) {
                self.findings.put(Source::Links, &self.site.page(id).source, Arc::clone(&self.links.by_page[id.0]));
            }
            self.progress = Progress::Site;
        }
        self.sources.insert(document.path.clone(), document.text.clone());
        Some(())
    }

    /// What is found in one page by looking at nothing else.
    fn judge_page(&mut self, page: Page, placing: Vec<Diagnostic>, caches: &mut Caches) {
        let judged = caches.judge_page(&page, &self.register);
        self.findings.put(Source::Rules, &page.source, judged);
        let found = self.found_by_reading(&page.document, &placing);
        self.put_document(&page.document, found);
        // The same findings may be allowed now, or no longer.
        self.findings.doubt(&page.source);
    }

    /// Judges these pages before all others.
    pub fn judge_first(&mut self, texts: &[SourcePath], caches: &mut Caches) {
        let Progress::Pages(unchecked) = &self.progress else { return };
        let placed = |path| unchecked.placed.binary_search_by(|(document, _)| document.path.cmp(path)).ok();
        let placing = |path| placed(path).map(|idx| unchecked.placed[idx].1.clone()).unwrap_or_default();
        let page = |path| self.site.by_source.get(path).map(|id| self.site.page(*id).clone());
        let first: Vec<(Page, Vec<Diagnostic>)> = texts.iter().filter_map(|path| Some((page(path)?, placing(path)))).collect();
        for (page, placing) in first {
            self.judge_page(page, placing, caches);
        }
    }
}

/// True for a document that others may name in what is found about them.
fn is_related(document: &Document) -> bool {
    document.front.series.is_some() || document.front.translation_of.is_some()
}
