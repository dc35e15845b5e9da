//! `--baseline` and `--write-baseline`: findings of an old archive that are excused, in a file.

use super::console::Console;
use super::exit::Stop;
use sowhat::editorial::baseline::{Baseline, Judged};
use sowhat::pipeline::Outcome;
use sowhat::report::counted;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

#[derive(Debug, Clone, clap::Args)]
pub struct BaselineArgs {
    /// Excuse the findings that FILE holds; those of the gate only in files that were not edited since
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write the findings of this run into FILE and excuse them; a FILE that is there only loses what is mended
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
}

impl BaselineArgs {
    /// Reads the baseline before anything else is done; `None` when none is asked for.
    pub fn read(&self) -> Result<Option<Baseline>, Stop> {
        match (&self.baseline, &self.write_baseline) {
            (Some(path), _) => match read(path)? {
                Some(baseline) => Ok(Some(baseline)),
                None => Err(Stop::with_help(
                    format_args!("there is no baseline `{}`", path.display()),
                    format!("`sowhat check --write-baseline {}` writes one", path.display()),
                )),
            },
            (None, Some(path)) => read(path),
            (None, None) => Ok(None),
        }
    }

    /// True if a baseline is to be written, for which every finding must be known first.
    pub fn writes(&self) -> bool {
        self.write_baseline.is_some()
    }

    /// Writes what was asked for and says so; all findings are in.
    pub fn write(&self, outcome: &mut Outcome, known: Option<&Baseline>, console: Console) -> Result<(), Stop> {
        let Some(path) = &self.write_baseline else { return Ok(()) };
        let findings = outcome.findings().to_vec();
        let (baseline, dropped) = match known {
            Some(known) => {
                let judged = known.judge(findings, &outcome.sources);
                (judged.shrunk, judged.stale)
            }
            None => (Baseline::of(&findings, &outcome.sources), 0),
        };
        write_whole(path, &baseline.to_string())?;
        let holds = format!("{} in {}", counted(baseline.len(), "finding"), counted(baseline.n_files(), "file"));
        match dropped {
            0 => console.say(format_args!("Wrote {}: it excuses {holds}", path.display())),
            dropped => console.say(format_args!("Wrote {}: {dropped} mended or edited went out, it excuses {holds}", path.display())),
        }
        outcome.excuse(baseline);
        Ok(())
    }

    /// Says what the baseline hides and what it holds in vain.
    pub fn say(&self, judged: &Judged, console: Console) {
        if judged.excused_gate > 0 {
            let gate = counted(judged.excused_gate, "finding");
            console.say(format_args!("{gate} of the gate excused in files that stand as they were: an edit brings them back"));
        }
        if let (true, Some(path)) = (judged.stale > 0, &self.baseline) {
            let entries = if judged.stale == 1 { "1 entry".to_owned() } else { format!("{} entries", judged.stale) };
            let path = path.display();
            console.say(format_args!(
                "{entries} of the baseline excuse nothing any more; `sowhat check --write-baseline {path}` takes them out"
            ));
        }
    }
}

/// A baseline from a file; `None` when the file is not there.
fn read(path: &Path) -> Result<Option<Baseline>, Stop> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Stop::new(format_args!("cannot read `{}`: {error}", path.display()))),
    };
    let refuse = |reason: String| {
        let help = "restore it, or delete it and write it anew with `sowhat check --write-baseline FILE`";
        Stop::with_help(format_args!("`{}` is not a baseline: {reason}", path.display()), help)
    };
    Baseline::parse(&text).map(Some).map_err(refuse)
}

/// Replaces a file in one step: a killed run leaves the old one.
pub fn write_whole(path: &Path, text: &str) -> Result<(), Stop> {
    let failed = |error: std::io::Error| Stop::new(format_args!("cannot write `{}`: {error}", path.display()));
    let name = path.file_name().ok_or_else(|| Stop::new(format_args!("`{}` is not a file", path.display())))?;
    let beside = path.with_file_name(format!(".{}.sowhat-next", name.to_string_lossy()));
    // What a killed run left there goes, and so does a link that somebody planted there.
    let _ = fs::remove_file(&beside);
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(&beside).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    fs::rename(&beside, path).map_err(|error| {
        // What could not be put in place is of no use.
        let _ = fs::remove_file(&beside);
        failed(error)
    })
}
