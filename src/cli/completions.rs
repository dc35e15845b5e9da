//! `sowhat completions`: a shell's completion script on standard output.

use super::Cli;
use super::console::Console;
use super::exit::{ExitStatus, Stop};
use clap::CommandFactory;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell to complete in
    shell: clap_complete::Shell,
}

pub fn run(args: &Args, console: Console) -> Result<ExitStatus, Stop> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "sowhat", &mut script);
    let mut out = console.stdout();
    out.write_all(&script)?;
    out.flush()?;
    Ok(ExitStatus::Clean)
}
