//! How a run of the command ends: its exit code, and why it stopped when it could not go on.

use sowhat::base::diagnostic::Diagnostic;
use sowhat::base::sources::Sources;
use sowhat::world::WorldError;
use std::fmt;
use std::io;
use std::process::ExitCode;

/// What the command tells the shell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExitStatus {
    /// All is well.
    Clean,
    /// Findings in the content closed the gate.
    GateClosed,
    /// It could not run: usage, configuration file, disk, port.
    CouldNotRun,
}

impl ExitStatus {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::GateClosed => 1,
            Self::CouldNotRun => 2,
        }
    }
}

impl From<ExitStatus> for ExitCode {
    fn from(status: ExitStatus) -> Self {
        Self::from(status.code())
    }
}

/// Why a command stopped before its end.
#[derive(Debug)]
pub enum Stop {
    /// Whoever read our output has enough (`sowhat explain | head -1`); that is no error.
    ReaderGone,
    /// The environment or the usage is wrong.
    Trouble {
        /// What could not be done; lower-case start, no final stop.
        message: String,
        /// What to do about it.
        help: Option<String>,
    },
    /// `site.toml` does not say what a site needs.
    BadConfig {
        /// What is wrong with it.
        findings: Vec<Diagnostic>,
        /// Its text.
        sources: Sources,
    },
}

impl Stop {
    /// Something could not be done.
    pub fn new(message: impl fmt::Display) -> Self {
        Self::Trouble { message: message.to_string(), help: None }
    }

    /// Something could not be done, and here is what to do about it.
    pub fn with_help(message: impl fmt::Display, help: impl Into<String>) -> Self {
        Self::Trouble { message: message.to_string(), help: Some(help.into()) }
    }
}

/// A failure to print: the only input and output whose errors are not given words where they arise.
impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ReaderGone,
            _ => Self::new(format_args!("cannot write to standard output: {error}")),
        }
    }
}

impl From<WorldError> for Stop {
    fn from(error: WorldError) -> Self {
        Self::new(error)
    }
}
