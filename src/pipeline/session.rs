//! A session: the pipeline run again and again over one site, each stage kept until its inputs change.

use super::caches::{Caches, Registered};
use super::darkroom::Darkroom;
use super::earlier::Reader;
use super::outcome::Outcome;
use super::run::{Checking, Progress, Run, Unchecked};
use super::{Failure, Options, Templating, stages};
use crate::base::date::Date;
use crate::base::kept_text::{KeptText, Shelf};
use crate::base::path::SourcePath;
use crate::base::sources::Sources;
use crate::config::{self, BaseUrl, Config};
use crate::editorial::Register;
use crate::editorial::baseline::Baseline;
use crate::editorial::records::SignOffs;
use crate::model::Site;
use crate::model::assemble::{self, Assembled, assemble};
use crate::model::face::Calendar;
use crate::output::links;
use crate::output::plan::{Plan, Planner};
use crate::output::registry::FORMATS;
use crate::parse::Document;
use crate::render::{Backdrop, Planned, Renderer};
use crate::world::cache::{Cache, NoCache};
use crate::world::snapshot::{Moved, Snapshot, is_page};
use crate::world::{self, World, WorldError};
use std::collections::BTreeSet;
use std::sync::Arc;

/// One site, watched over many runs. A fresh session and a long-lived one give the same outcome.
pub struct Session {
    world: Arc<dyn World>,
    darkroom: Arc<Darkroom>,
    options: Options,
    snapshot: Snapshot,
    /// Where pages are read from again, when they need not be in memory.
    shelf: Option<Arc<Shelf>>,
    /// The theme that the snapshot was taken with.
    theme: Option<String>,
    caches: Caches,
    last: Option<Box<Run>>,
    /// With as many files as these, pages are shown before all are checked.
    many_files: usize,
    /// What the site excuses, as it was when the whole site was last run.
    baseline: Option<Arc<Baseline>>,
}

/// What came of [`Session::complete_while`].
pub enum Completion {
    /// Nothing new was found.
    Nothing,
    Found(Box<Outcome>),
    /// Something more urgent came first: what is left is for another time.
    Interrupted,
}

/// With fewer files than these, a site is checked before anybody would notice.
const MANY_FILES: usize = 1000;

/// More pages than these, changed at once, are a reason to run the whole site.
const MAX_EDITED: usize = 16;

impl Session {
    /// A session that has run nothing yet.
    pub fn new(world: Arc<dyn World>, options: Options) -> Self {
        Self::with_cache(world, Arc::new(NoCache), options)
    }

    /// The same, with a place to keep what is costly to make.
    pub fn with_cache(world: Arc<dyn World>, cache: Arc<dyn Cache>, options: Options) -> Self {
        let shelf = options.lets_go.then(|| world::shelf(Arc::clone(&world)));
        let snapshot = Snapshot::remembered(&*cache, shelf.as_ref());
        let darkroom = Arc::new(Darkroom::new(Arc::clone(&world), cache));
        Self {
            world,
            darkroom,
            caches: Caches::new(&options.at_work),
            options,
            snapshot,
            shelf,
            theme: None,
            last: None,
            baseline: None,
            many_files: MANY_FILES,
        }
    }

    /// From how many files on pages are shown before all are checked.
    pub fn set_many_files(&mut self, many_files: usize) {
        self.many_files = many_files;
    }

    /// The day has turned: the next run is for this one.
    pub fn set_today(&mut self, today: Date) {
        if self.options.today != today {
            self.options.today = today;
            self.last = None;
        }
    }

    /// The options of this session.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Looks at the site as it is now and runs every stage short of producing bytes.
    ///
    /// When only the text of a few pages has changed since the last run, only what depends on it is
    /// run again.
    pub fn run(&mut self) -> Result<Outcome, Failure> {
        self.look()?;
        Ok(self.checked())
    }

    /// Looks at the site and runs it as far as its pages can be shown; whoever calls this calls
    /// [`Session::complete`] for what is to be found in them. A small site is checked at once.
    pub fn run_pages(&mut self) -> Result<Outcome, Failure> {
        self.look()?;
        match self.snapshot.below("content").count() < self.many_files {
            true => Ok(self.checked()),
            false => Ok(self.last_outcome().expect("a look leaves a run")),
        }
    }

    /// Takes in the site as it is now, as far as its pages can be made.
    fn look(&mut self) -> Result<(), Failure> {
        let last = self.last.take();
        let config = Arc::new(self.read_config()?);
        self.theme = Some(config.theme.clone());
        let snapshot = Snapshot::take(&*self.world, (&self.options.config, Some(&config.theme)), &self.snapshot, self.shelf.as_ref())?;
        let moved = snapshot.moved_since(&self.snapshot);
        self.snapshot = snapshot;
        self.last = last;
        match moved {
            Moved::Texts(texts) => self.edit_or_lay_out(&texts, config),
            Moved::Nothing => self.edit_or_lay_out(&[], config),
            Moved::Otherwise => self.lay_out(config, None),
        }
    }

    /// The run, once all is checked.
    fn checked(&mut self) -> Outcome {
        let completed = self.complete();
        completed.or_else(|| self.last_outcome()).expect("a look leaves a run")
    }

    /// Looks at these paths alone and runs what depends on them; `None` when nothing has changed there.
    ///
    /// Whoever calls this has word that nothing else has changed, and calls [`Session::complete`] when
    /// there is time: what is found elsewhere may be that of the run before.
    pub fn run_paths(&mut self, paths: &BTreeSet<SourcePath>) -> Result<Option<Outcome>, Failure> {
        let Some(config) = self.last.as_ref().map(|run| Arc::clone(&run.site.config)) else { return self.run_pages().map(Some) };
        let texts = match self.snapshot.refresh(&*self.world, paths) {
            Ok(Moved::Nothing) => return Ok(None),
            Ok(Moved::Texts(texts)) => texts,
            Ok(Moved::Otherwise) | Err(_) => {
                // The look may have taken in some of it, so the next one would find nothing moved.
                self.last = None;
                return self.run_pages().map(Some);
            }
        };
        self.edit_or_lay_out(&texts, config)?;
        Ok(self.last_outcome())
    }

    /// Checks what was left unchecked and lets the site-wide rules see the newest text; `None` if
    /// nothing new is found.
    pub fn complete(&mut self) -> Option<Outcome> {
        match self.complete_while(&|| true) {
            Completion::Found(outcome) => Some(*outcome),
            Completion::Nothing | Completion::Interrupted => None,
        }
    }

    /// The same, until something more urgent is to be done; what is checked by then stays checked.
    pub fn complete_while(&mut self, may_go_on: &dyn Fn() -> bool) -> Completion {
        let Some(run) = self.last.as_mut().filter(|run| !matches!(run.progress, Progress::Done)) else { return Completion::Nothing };
        let (before, was_checked) = (run.findings.clone(), run.is_checked());
        match run.check(&mut self.caches, may_go_on) {
            Checking::Interrupted => return Completion::Interrupted,
            Checking::Done => {}
        }
        let is_nothing = was_checked && run.findings.says_same(&before);
        // What came of a page that was lost under way is nothing to be written down.
        if self.shelf.as_ref().is_none_or(|shelf| shelf.lost().is_empty()) {
            self.caches.remember(self.darkroom.cache(), &self.options.program, &self.snapshot);
        }
        if is_nothing {
            return Completion::Nothing;
        }
        self.last_outcome().map_or(Completion::Nothing, |outcome| Completion::Found(Box::new(outcome)))
    }

    /// The short way where it leads there, else the whole site as far as its pages can be made; what was found in
    /// the run before stands until it is checked again.
    fn edit_or_lay_out(&mut self, texts: &[SourcePath], config: Arc<Config>) -> Result<(), Failure> {
        let Err(before) = self.edit(texts) else { return Ok(()) };
        self.lay_out(config, before)?;
        if let Some(run) = &mut self.last {
            run.judge_first(texts, &mut self.caches);
            run.settle();
        }
        Ok(())
    }

    /// The short way: the text of these pages has changed, and nothing else. Gives back the run before when the
    /// short way does not lead there.
    fn edit(&mut self, texts: &[SourcePath]) -> Result<(), Option<Box<Run>>> {
        let mut run = self.last.take().ok_or(None)?;
        if texts.len() > MAX_EDITED {
            return Err(Some(run));
        }
        let frame = Arc::clone(&run.site.frame);
        for path in texts {
            let file = self.snapshot.get(path).ok_or(None)?;
            let document = self.caches.document(path, file);
            if run.edit(&document, &mut self.caches).is_none() {
                return Err(Some(run));
            }
        }
        run.settle();
        run.renderer = run.templating.as_ref().zip(run.renderer.as_ref()).map(|(templating, before)| {
            let backdrop = match Arc::ptr_eq(&frame, &run.site.frame) {
                true => Arc::clone(before.backdrop()),
                false => Arc::new(before.backdrop().reworded(&run.site)),
            };
            self.renderer(&run.site, &run.plan, templating, backdrop)
        });
        self.last = Some(run);
        Ok(())
    }

    /// Runs the whole site as far as its pages can be made, and checks nothing yet; what was found in the run
    /// before stands until it is.
    fn lay_out(&mut self, config: Arc<Config>, before: Option<Box<Run>>) -> Result<(), Failure> {
        self.last = None;
        self.baseline = self.read_baseline(&config)?;
        stages::require_theme(&self.snapshot, &config)?;
        self.snapshot.remember(self.darkroom.cache());
        let reader = Reader { program: &self.options.program, lang: &config.language };
        self.caches.recall(self.darkroom.cache(), reader, &self.snapshot);
        let documents = self.caches.documents(&self.snapshot, &config);
        let sheets = self.caches.sheets(&self.snapshot, &config);
        let assets = stages::assets(&self.snapshot, &config, &sheets);
        let Options { today, drafts, future, .. } = self.options;
        let calendar = Calendar { today, drafts, future };
        let (strings, mut of_frame) = self.caches.strings(&self.snapshot, &config);
        let (style, of_style) = stages::style(&self.snapshot, &config);
        let style = Arc::new(style);
        of_frame.extend(of_style);
        of_frame.extend(sheets.findings.iter().cloned());
        let Assembled { site, context, findings: placing } = assemble(&assemble::Inputs {
            config: &config,
            strings: &strings,
            style: &style,
            documents: &documents,
            assets: &assets,
            calendar,
            theme_parts: stages::theme_parts(&self.snapshot, &config),
        });
        let site = Arc::new(site);
        let (plan, of_plan) = Planner::plan(&site, FORMATS);
        of_frame.extend(of_plan);
        of_frame.extend(stages::refused(&self.snapshot));
        of_frame.extend(stages::strays(&self.snapshot));
        of_frame.extend(links::unnamed_misfits(&site));
        of_frame.extend(self.shelf.iter().flat_map(|shelf| stages::lost(shelf)));
        self.caches.lets_go = self.shelf.is_some() && !stages::needs_all_prose(&site, &plan);
        let templating = self.caches.templates(&self.snapshot, &site).map_err(|broken| of_frame.extend(broken)).ok();
        let (records, in_tables) = stages::records(&self.snapshot, today);
        of_frame.extend(in_tables);
        let plan = Arc::new(plan);
        let backdrop = |templating: &Templating| {
            let wanted = templating.templates.wanted();
            Arc::new(Backdrop::new(&site, stages::data_files(&self.snapshot), wanted))
        };
        let renderer = templating.as_ref().map(|templating| self.renderer(&site, &plan, templating, backdrop(templating)));
        let sources = self.sources(&documents);
        let has_earlier_findings = before.as_ref().is_some_and(|before| before.is_checked());
        let (mut findings, of_site_rules) = before.map(|before| (before.findings, before.of_site_rules)).unwrap_or_default();
        findings.retain(|path| sources.get(path).is_some());
        findings.doubt(&config.path);
        let mut run = Run {
            context,
            register: Arc::new(Registered::new(Register { sign_offs: SignOffs::new(&site, &records), ..stages::register(&site) })),
            links: links::Checked::default(),
            templating,
            of_frame,
            of_site_rules,
            progress: Progress::Pages(Unchecked::new(documents.into_iter().zip(placing).collect())),
            has_related_topics: false,
            has_earlier_findings,
            site,
            plan,
            renderer,
            records: Arc::new(records),
            findings,
            sources,
            settings: stages::settings(&self.snapshot, &self.options),
        };
        run.put_frame();
        run.settle();
        self.last = Some(Box::new(run));
        Ok(())
    }

    fn last_outcome(&self) -> Option<Outcome> {
        let last = self.last.as_ref()?;
        Some(Outcome {
            site: Arc::clone(&last.site),
            records: Arc::clone(&last.records),
            plan: Arc::clone(&last.plan),
            renderer: last.renderer.clone(),
            findings: last.findings.clone(),
            shelf: self.shelf.clone(),
            sources: last.sources.clone(),
            world: Arc::clone(&self.world),
            darkroom: Arc::clone(&self.darkroom),
            card_fonts: stages::card_fonts(&self.snapshot, &last.site.config),
            at_work: Arc::clone(&self.options.at_work),
            deny_warnings: self.options.deny_warnings,
            is_checked: last.is_checked(),
            baseline: self.baseline.clone(),
            settings: last.settings,
        })
    }

    /// The baseline that the site names; none as long as it has not been written.
    fn read_baseline(&self, config: &Config) -> Result<Option<Arc<Baseline>>, Failure> {
        let Some(named) = &config.baseline else { return Ok(None) };
        let refuse = |reason: &str| Failure::Option(format!("`[check] baseline` names `{named}`: {reason}"));
        let path = SourcePath::new(named).ok_or_else(|| refuse("that is no file below the site's folder"))?;
        let Some(bytes) = self.world.read(&path)? else { return Ok(None) };
        let baseline = Baseline::parse(&String::from_utf8_lossy(&bytes)).map_err(|reason| refuse(&reason))?;
        Ok(Some(Arc::new(baseline)))
    }

    /// Whether the site is no longer as the last run found it: a look at every stamp, no more.
    pub fn has_moved(&self) -> Result<bool, WorldError> {
        self.snapshot.has_moved(&*self.world, &self.options.config, self.theme.as_deref())
    }

    /// The files of which a change may not show in their stamps.
    pub fn untrusted(&self) -> BTreeSet<SourcePath> {
        self.snapshot.untrusted()
    }

    /// True if the next change of any file will show in its stamp; false for a moment after a save.
    pub fn is_settled(&self) -> bool {
        self.snapshot.is_settled()
    }

    fn read_config(&self) -> Result<Config, Failure> {
        let path = &self.options.config;
        let Some(bytes) = self.world.read(path)? else { return Err(Failure::NoConfig { path: path.clone() }) };
        let text = String::from_utf8_lossy(&bytes);
        let failed = |findings| Failure::Config { findings, sources: Sources::from_iter([(path.clone(), KeptText::fixed(path, &text))]) };
        let mut config = config::read(path, &text).map_err(failed)?;
        if let Some(base_url) = &self.options.base_url {
            config.base_url = BaseUrl::parse(base_url).map_err(Failure::Option)?;
        }
        Ok(config)
    }

    fn renderer(&self, site: &Arc<Site>, plan: &Arc<Plan>, templating: &Templating, backdrop: Arc<Backdrop>) -> Arc<Renderer> {
        let planned: Arc<dyn Planned> = Arc::<Plan>::clone(plan);
        Arc::new(Renderer::new(crate::render::Inputs {
            site: Arc::clone(site),
            backdrop,
            planned,
            templates: Arc::clone(&templating.templates),
            directives: Arc::clone(&templating.directives),
            highlighter: Arc::clone(&self.caches.highlighter),
            bodies: Arc::clone(&self.caches.bodies),
        }))
    }

    /// The texts that findings may point into.
    fn sources(&self, documents: &[Arc<Document>]) -> Sources {
        let documents = documents.iter().map(|document| (document.path.clone(), document.text.clone()));
        let others = self.snapshot.all().filter(|(path, _)| !is_page(path));
        let others = others.filter_map(|(path, file)| Some((path.clone(), file.contents.as_ref()?.kept(path))));
        documents.chain(others).collect()
    }
}
