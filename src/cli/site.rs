//! The site that a command works on: found on the disk, run through the pipeline, reported.

use super::args::{DayArgs, FindingsArgs, GateBar, GlobalArgs, SiteArgs};
use super::console::{Console, Verbosity};
use super::exit::{ExitStatus, Stop};
use sowhat::base::at_work::AtWork;
use sowhat::base::date::Date;
use sowhat::base::diagnostic::{Diagnostic, Severity};
use sowhat::base::path::SourcePath;
use sowhat::base::sources::Sources;

use sowhat::editorial::baseline::Judged;
use sowhat::editorial::registry;
use sowhat::editorial::{Family, RuleDoc};
use sowhat::model::{Kind, Site};
use sowhat::pipeline::{Failure, Options, Outcome, Session};
use sowhat::report::{Format, Report, RuleMeta, Scope, counted};
use sowhat::world::World;
use sowhat::world::cache::DiskCache;
use sowhat::world::disk::DiskWorld;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder with a site in it.
pub struct OpenSite {
    /// The folder as the user would write it.
    pub root: PathBuf,
    world: Arc<DiskWorld>,
    config: SourcePath,
}

impl OpenSite {
    /// Takes the folder that `--root` names, or the nearest one upwards that holds a configuration.
    pub fn open(global: &GlobalArgs) -> Result<Self, Stop> {
        let config = SourcePath::root().join(&global.config).filter(|path| *path != SourcePath::root() && !global.config.starts_with('/'));
        let config = config.ok_or_else(|| Stop::new(format_args!("`{}` is not a file below the site's folder", global.config)))?;
        let root = match &global.root {
            Some(root) => root.clone(),
            None => nearest_root(&config)?,
        };
        let world = Arc::new(DiskWorld::new(&root)?);
        if !root.join(config.as_str()).is_file() {
            return Err(no_config(&root, &config));
        }
        Ok(Self { root, world, config })
    }

    /// Runs everything short of writing.
    pub fn run(&self, args: &SiteArgs, bar: GateBar) -> Result<Outcome, Stop> {
        self.run_with(args, bar, self.options(args.day.today()?))
    }

    /// The same for commands that make all outputs after it, with a note of what is being made.
    pub fn run_to_make(&self, args: &SiteArgs, bar: GateBar, at_work: Arc<AtWork>) -> Result<Outcome, Stop> {
        let options = self.options(args.day.today()?);
        self.run_with(args, bar, Options { at_work, lets_go: true, ..options })
    }

    fn run_with(&self, args: &SiteArgs, bar: GateBar, mut options: Options) -> Result<Outcome, Stop> {
        options.base_url = args.base_url.clone();
        options.drafts = args.drafts;
        options.future = args.future;
        options.deny_warnings = bar == GateBar::Warnings;
        let world: Arc<dyn World> = self.world.clone();
        let cache = Arc::new(DiskCache::new(self.world.root()));
        let mut session = Session::with_cache(world, cache, options);
        let outcome = session.run().map_err(|failure| self.explain_failure(failure));
        // What it keeps for a next run, and nobody asks for, is freed beside what comes now.
        rayon::spawn(move || drop(session));
        outcome
    }

    /// The plain options of this site on a day.
    pub fn options(&self, today: Date) -> Options {
        Options { config: self.config.clone(), program: program(), ..Options::new(today) }
    }

    /// Why the pipeline could not run, for the shell.
    pub fn explain_failure(&self, failure: Failure) -> Stop {
        match failure {
            Failure::Config { findings, sources } => Stop::BadConfig { findings, sources },
            Failure::NoConfig { path } => no_config(&self.root, &path),
            Failure::Option(reason) => Stop::new(reason),
            Failure::World(error) => error.into(),
        }
    }

    /// The assembled site, for commands that look at it and judge nothing.
    pub fn read(&self, day: &DayArgs) -> Result<Arc<Site>, Stop> {
        let args = SiteArgs { base_url: None, drafts: false, future: false, day: day.clone() };
        self.run(&args, GateBar::Errors).map(|outcome| outcome.site)
    }

    /// The world that the site is read from.
    pub fn world(&self) -> &DiskWorld {
        &self.world
    }

    /// The same, to be shared with threads.
    pub fn shared_world(&self) -> Arc<DiskWorld> {
        Arc::clone(&self.world)
    }

    /// The way from the working directory down to the site, with a slash at its end; empty when the
    /// site is there, or elsewhere.
    fn path_prefix(&self) -> String {
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok();
        let below = here.and_then(|here| Some(self.world.root().strip_prefix(here).ok()?.to_str()?.replace('\\', "/")));
        below.filter(|below| !below.is_empty()).map_or_else(String::new, |below| format!("{below}/"))
    }
}

/// Which program this is: its version, and its file, for between two versions it is built many times.
fn program() -> String {
    let file = std::env::current_exe().and_then(std::fs::metadata);
    let modified = file.as_ref().ok().and_then(|file| file.modified().ok());
    format!("{} {:?} {:?}", env!("CARGO_PKG_VERSION"), file.map(|file| file.len()).ok(), modified)
}

/// The nearest folder, from the working directory upwards, that holds the configuration.
fn nearest_root(config: &SourcePath) -> Result<PathBuf, Stop> {
    let here = std::env::current_dir().map_err(|error| Stop::new(format_args!("cannot tell the working directory: {error}")))?;
    let found = here.ancestors().find(|folder| folder.join(config.as_str()).is_file());
    match found {
        Some(folder) if folder == here => Ok(PathBuf::from(".")),
        Some(folder) => Ok(folder.to_path_buf()),
        None => Err(no_config(Path::new("."), config)),
    }
}

fn no_config(root: &Path, config: &SourcePath) -> Stop {
    let place = if root == Path::new(".") { "here or in any folder above".to_owned() } else { format!("in `{}`", root.display()) };
    let folder = if root == Path::new(".") { String::new() } else { format!(" {}", root.display()) };
    Stop::with_help(
        format_args!("there is no `{config}` {place}"),
        format!("`sowhat init{folder}` makes a site; `--root DIR` names one that is elsewhere"),
    )
}

/// The findings of a run, and whether they let the site out.
pub struct Findings {
    list: Vec<Diagnostic>,
    /// What a baseline excuses.
    excused: Vec<Diagnostic>,
    sources: Sources,
    /// The path of the configuration.
    config: SourcePath,
    /// `None` when the configuration could not be used.
    scope: Option<Scope>,
}

impl Findings {
    /// Those of a run that came to an end.
    pub fn of_outcome(outcome: &Outcome, judged: Judged) -> Self {
        let scope = Scope { excused: judged.excused.len(), ..scope(&outcome.site) };
        let mut list = judged.findings;
        for finding in list.iter_mut().filter(|finding| finding.severity == Severity::Error) {
            if let Some(why) = outcome.why_closes_nothing(&finding.place.path) {
                *finding = finding.clone().note(why);
            }
        }
        let config = outcome.site.config.path.clone();
        Self { list, excused: judged.excused, sources: outcome.sources.clone(), config, scope: Some(scope) }
    }

    /// Those of a configuration that cannot be used.
    pub fn of_config(findings: Vec<Diagnostic>, sources: Sources) -> Self {
        Self { list: findings, excused: Vec::new(), sources, config: SourcePath::root(), scope: None }
    }

    /// Prints them to standard output in the format asked for.
    pub fn print(&self, site: &OpenSite, args: &FindingsArgs, console: Console) -> Result<(), Stop> {
        self.print_most(None, site, args, console)
    }

    /// The same, with no more warnings of a rule for people than `most_of_a_rule`.
    pub fn print_most(&self, most_of_a_rule: Option<usize>, site: &OpenSite, args: &FindingsArgs, console: Console) -> Result<(), Stop> {
        let rules = rule_metas();
        let wants_summary = args.format != Format::Text || console.verbosity > Verbosity::Quiet;
        let report = Report {
            findings: &self.list,
            excused: &self.excused,
            sources: &self.sources,
            rules: &rules,
            scope: self.scope.filter(|_| wants_summary),
            style: console.style(),
            most_of_a_rule,
            width: console.width(),
            path_prefix: &site.path_prefix(),
        };
        let mut out = console.stdout();
        match report.write(args.format, &mut out).and_then(|()| out.flush()) {
            // Whether the gate is open does not depend on who listens.
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            printed => Ok(printed?),
        }
    }

    /// What a closed gate tells the shell: where an error in the configuration closed it, whoever looks after the site is asked.
    pub fn of_closed_gate(&self) -> ExitStatus {
        let is_of_config = |finding: &Diagnostic| registry::find(finding.rule).is_some_and(|doc| doc.family == Family::Configuration);
        let is_faulty = |finding: &Diagnostic| finding.severity == Severity::Error && finding.place.path == self.config;
        let has_faults = self.list.iter().any(|finding| is_faulty(finding) && is_of_config(finding));
        if has_faults { ExitStatus::CouldNotRun } else { ExitStatus::GateClosed }
    }

    /// `2 errors and 1 warning`; what closed the gate.
    pub fn counted(&self) -> String {
        let count = |severity: Severity| self.list.iter().filter(|finding| finding.severity == severity).count();
        let text = |count: usize, noun: &str| (count > 0).then(|| counted(count, noun));
        let parts = [text(count(Severity::Error), "error"), text(count(Severity::Warning), "warning")];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" and ")
    }
}

fn scope(site: &Site) -> Scope {
    let published = site.pages.iter().map(|page| (page.kind, &page.document));
    let withheld = site.withheld.iter().map(|page| (page.kind, &page.document));
    let pieces = published.chain(withheld).filter(|(kind, _)| *kind == Kind::Piece);
    pieces.fold(Scope { pieces: 0, ungated: 0, excused: 0 }, |scope, (_, document)| Scope {
        pieces: scope.pieces + 1,
        ungated: scope.ungated + usize::from(document.front.gate.is_none()),
        excused: 0,
    })
}

/// What reports say about each rule; one that is off until the site switches it on would warn.
fn rule_metas() -> Vec<RuleMeta> {
    let meta = |doc: &RuleDoc| {
        let severity = doc.level.severity().unwrap_or(Severity::Warning);
        RuleMeta { name: doc.name, summary: doc.summary, severity }
    };
    registry::docs().map(meta).collect()
}
