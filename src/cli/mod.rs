//! The subcommands, one file each, and how their ends become exit codes.

#![expect(clippy::disallowed_methods, reason = "commands read the clock, the environment and the site's files")]

mod args;
mod baseline;
mod browser;
mod build;
mod check;
mod completions;
mod console;
mod exit;
mod explain;
mod init;
mod limits;
mod list;
mod memory;
mod new;
mod progress;
mod rate;
mod records;
mod report;
mod schema;
mod serve;
mod sign;
mod site;

use args::GlobalArgs;
use clap::{Parser, Subcommand};
use console::Console;
use exit::{ExitStatus, Stop};
use sowhat::report::{Format, Report};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// Builds an insights site from Markdown, and asks every piece "so what?" before it publishes.
#[derive(Debug, Parser)]
#[command(name = "sowhat", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(after_help = "Exit codes: 0 clean, 1 findings closed the gate, 2 could not run.\nManual: https://sowhat.example/manual/")]
struct Cli {
    #[command(flatten)]
    global: GlobalArgs,

    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new site that builds at once
    Init(init::Args),
    /// Make a new piece with its brief to fill in
    New(new::Args),
    /// Run everything short of writing, and print findings
    Check(check::Args),
    /// Check, then write the site; writes nothing if the gate is closed
    Build(build::Args),
    /// Show the site while you write; pages update as files change
    #[command(visible_aliases = ["preview", "dev"])]
    Serve(serve::Args),
    /// Say what a rule wants, why, and how to meet it
    Explain(explain::Args),
    /// List pieces by state
    List(list::Args),
    /// Record that somebody has read a piece and stands for it
    Sign(sign::Args),
    /// Have people rate a sample of the pieces, drawn by lot
    Rate(rate::Args),
    /// Report on every piece and on the publication as a whole, for the team
    Report(report::Args),
    /// Print the JSON Schema of the front matter or of site.toml
    Schema(schema::Args),
    /// Print a shell's completion script
    Completions(completions::Args),
}

/// Runs the command line to its exit code.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody is left to tell when this cannot be printed.
            let _ = error.print();
            let status = if error.use_stderr() { ExitStatus::CouldNotRun } else { ExitStatus::Clean };
            return status.into();
        }
    };
    let console = cli.global.console();
    // The panic hook has printed what went wrong and where by the time it is caught here.
    match catch_unwind(AssertUnwindSafe(|| run(&cli, console))) {
        Ok(Ok(status)) => status,
        Ok(Err(stop)) => say_why(stop, console),
        Err(_) => {
            console.error("this is a fault in sowhat, not in your site");
            console.help("please report it with the lines above at https://sowhat.example/issues/");
            ExitStatus::CouldNotRun
        }
    }
    .into()
}

fn run(cli: &Cli, console: Console) -> Result<ExitStatus, Stop> {
    let global = &cli.global;
    match &cli.command {
        Command::Init(args) => init::run(args, global, console),
        Command::New(args) => new::run(args, global, console),
        Command::Check(args) => check::run(args, global, console),
        Command::Build(args) => build::run(args, global, console),
        Command::Serve(args) => serve::run(args, global, console),
        Command::Explain(args) => explain::run(args, console),
        Command::List(args) => list::run(args, global, console),
        Command::Sign(args) => sign::run(args, global, console),
        Command::Rate(args) => rate::run(args, global, console),
        Command::Report(args) => report::run(args, global, console),
        Command::Schema(args) => schema::run(args, console),
        Command::Completions(args) => completions::run(args, console),
    }
}

fn say_why(stop: Stop, console: Console) -> ExitStatus {
    match stop {
        Stop::ReaderGone => ExitStatus::Clean,
        Stop::Trouble { message, help } => {
            console.error(message);
            if let Some(help) = help {
                console.help(help);
            }
            ExitStatus::CouldNotRun
        }
        Stop::BadConfig { findings, sources } => {
            let report = Report {
                findings: &findings,
                excused: &[],
                sources: &sources,
                rules: &[],
                scope: None,
                style: console.error_style(),
                most_of_a_rule: None,
                width: console.width(),
                path_prefix: "",
            };
            // Nobody is left to tell when standard error cannot be written to.
            let _ = report.write(Format::Text, &mut anstream::stderr().lock());
            let _ = anstream::stderr().flush();
            console.error("the configuration cannot be used, so nothing was done");
            ExitStatus::CouldNotRun
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        super::Cli::command().debug_assert();
    }
}
