//! The stages joined: a session that runs them again and again, and the writer of their outputs.

mod caches;
mod darkroom;
mod earlier;
pub mod findings;
mod made;
mod outcome;
mod run;
mod session;
mod stages;
pub mod writer;

pub use findings::Findings;
pub use outcome::{Counts, Gate, Outcome, Progress, Silent};
pub use session::{Completion, Session};
pub use stages::register;
pub use writer::Published;

use crate::base::at_work::AtWork;
use crate::base::date::Date;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::SourcePath;
use crate::base::sources::Sources;
use crate::render::directives::Directives;
use crate::render::templates::Templates;
use crate::world::WorldError;
use std::fmt;
use std::sync::Arc;

/// How a site is to be run: what the command line and the environment say.
#[derive(Debug, Clone)]
pub struct Options {
    /// The configuration file.
    pub config: SourcePath,
    /// Instead of the configuration's own.
    pub base_url: Option<String>,
    /// Publish drafts as well.
    pub drafts: bool,
    /// Publish scheduled pages as well.
    pub future: bool,
    /// Warnings close the gate as errors do.
    pub deny_warnings: bool,
    /// The day the site is built for.
    pub today: Date,
    /// Where it is noted what is being made.
    pub at_work: Arc<AtWork>,
    /// Which program this is: what another one made is made again.
    pub program: String,
    /// Pages that have been judged leave the memory, and are read again when they are made: for a run whose outputs are
    /// all made at its end. What has changed by then is found there, so whoever stops short of it keeps them.
    pub lets_go: bool,
}

impl Options {
    /// The plain options: `site.toml`, nothing that is not live.
    ///
    /// # Panics
    /// Never: the name is plain.
    pub fn new(today: Date) -> Self {
        let config = SourcePath::new("site.toml").expect("a plain name");
        Self {
            config,
            base_url: None,
            drafts: false,
            future: false,
            deny_warnings: false,
            today,
            at_work: Arc::default(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            lets_go: false,
        }
    }
}

/// The run could not be made at all: not a matter of content (exit 2).
#[derive(Debug)]
pub enum Failure {
    /// There is no configuration file.
    NoConfig { path: SourcePath },
    /// The configuration file has faults.
    Config { findings: Vec<Diagnostic>, sources: Sources },
    /// An option's value cannot be used.
    Option(String),
    /// The disk failed.
    World(WorldError),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoConfig { path } => write!(f, "there is no `{path}` here"),
            Self::Config { findings, .. } => write!(f, "the configuration has {} fault(s)", findings.len()),
            Self::Option(reason) => f.write_str(reason),
            Self::World(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for Failure {}

impl From<WorldError> for Failure {
    fn from(error: WorldError) -> Self {
        Self::World(error)
    }
}

/// A theme, compiled.
#[derive(Clone)]
struct Templating {
    templates: Arc<Templates>,
    directives: Arc<Directives>,
}
