//! A session: the pipeline run again and again over one site, each stage kept until its inputs change.

use super::caches::Caches;
use super::outcome::{Outcome, Parts};
use super::{Failure, Options, Templating, stages};
use crate::base::date::Date;
use crate::base::path::SourcePath;
use crate::base::sources::Sources;
use crate::config::{self, BaseUrl, Config};
use crate::model::assemble::{self, assemble};
use crate::output::links;
use crate::output::plan::Planner;
use crate::output::registry::FORMATS;
use crate::render::Renderer;
use crate::world::snapshot::Snapshot;
use crate::world::{World, WorldError};
use std::sync::Arc;

/// One site, watched over many runs. A fresh session and a long-lived one give the same outcome.
pub struct Session {
    world: Arc<dyn World>,
    options: Options,
    snapshot: Snapshot,
    /// The theme that the snapshot was taken with.
    theme: Option<String>,
    caches: Caches,
}

impl Session {
    /// A session that has run nothing yet.
    pub fn new(world: Arc<dyn World>, options: Options) -> Self {
        Self { world, options, snapshot: Snapshot::default(), theme: None, caches: Caches::default() }
    }

    /// The options of this session.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// The day has turned: the next run is for this one.
    pub fn set_today(&mut self, today: Date) {
        self.options.today = today;
    }

    /// Looks at the site as it is now and runs every stage short of producing bytes.
    pub fn run(&mut self) -> Result<Outcome, Failure> {
        let config = Arc::new(self.read_config()?);
        self.theme = Some(config.theme.clone());
        self.snapshot = Snapshot::take(&*self.world, &self.options.config, Some(&config.theme), &self.snapshot)?;
        stages::require_theme(&self.snapshot, &config)?;
        let documents = self.caches.documents(&self.snapshot);
        let assets = stages::assets(&self.snapshot, &config);
        let inputs = assemble::Inputs {
            config: Arc::clone(&config),
            documents: &documents,
            assets: &assets,
            today: self.options.today,
            drafts: self.options.drafts,
            future: self.options.future,
        };
        let (site, mut findings) = assemble(&inputs);
        let site = Arc::new(site);
        findings.extend(stages::refused(&self.snapshot));
        findings.extend(documents.iter().flat_map(|document| document.findings.iter().cloned()));
        findings.extend(self.caches.judge(&site));
        let (plan, collisions) = Planner::plan(&site, FORMATS);
        findings.extend(collisions);
        findings.extend(links::check(&site, &plan));
        let templating = match self.caches.templates(&self.snapshot, &site) {
            Ok(templating) => Some(templating),
            Err(broken) => {
                findings.extend(broken);
                None
            }
        };
        findings.extend(templating.iter().flat_map(|templating| stages::check_directives(&site, templating)));
        let plan = Arc::new(plan);
        let renderer = templating.map(|templating| self.renderer(&site, &plan, &templating));
        let sources = self.sources(&documents);
        Ok(Outcome::new(Parts {
            site,
            plan,
            renderer,
            findings,
            sources,
            world: Arc::clone(&self.world),
            deny_warnings: self.options.deny_warnings,
        }))
    }

    /// Whether the site is no longer as the last run found it: a look at every stamp, no more.
    pub fn has_moved(&self) -> Result<bool, WorldError> {
        self.snapshot.has_moved(&*self.world, &self.options.config, self.theme.as_deref())
    }

    /// True if the next change of any file will show in its stamp; false for a moment after a save.
    pub fn is_settled(&self) -> bool {
        self.snapshot.is_settled()
    }

    fn read_config(&self) -> Result<Config, Failure> {
        let path = &self.options.config;
        let Some(bytes) = self.world.read(path)? else { return Err(Failure::NoConfig { path: path.clone() }) };
        let text = String::from_utf8_lossy(&bytes);
        let failed = |findings| Failure::Config { findings, sources: Sources::from_iter([(path.clone(), Arc::from(&*text))]) };
        let mut config = config::read(path, &text).map_err(failed)?;
        if let Some(base_url) = &self.options.base_url {
            config.base_url = BaseUrl::parse(base_url).map_err(Failure::Option)?;
        }
        Ok(config)
    }

    fn renderer(&self, site: &Arc<crate::model::Site>, plan: &Arc<crate::output::plan::Plan>, templating: &Templating) -> Arc<Renderer> {
        let planned = plan.entries.keys().cloned().collect();
        Arc::new(Renderer::new(crate::render::Inputs {
            site: Arc::clone(site),
            planned,
            templates: Arc::clone(&templating.templates),
            directives: Arc::clone(&templating.directives),
            highlighter: Arc::clone(&self.caches.highlighter),
            bodies: Arc::clone(&self.caches.bodies),
        }))
    }

    /// The texts that findings may point into.
    fn sources(&self, documents: &[Arc<crate::parse::Document>]) -> Sources {
        let documents = documents.iter().map(|document| (document.path.clone(), Arc::clone(&document.text)));
        let others = ["templates", "themes"].into_iter().flat_map(|folder| self.snapshot.below(folder));
        let others = others.filter_map(|(path, file)| Some((path.clone(), stages::text_of(file)?)));
        let config: Vec<(SourcePath, Arc<str>)> = self
            .snapshot
            .get(&self.options.config)
            .and_then(stages::text_of)
            .map(|text| (self.options.config.clone(), text))
            .into_iter()
            .collect();
        documents.chain(others).chain(config).collect()
    }
}
