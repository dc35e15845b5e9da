//! `sowhat schema`: what may be written, as JSON Schema for editors.

use super::console::Console;
use super::exit::{ExitStatus, Stop};
use clap::ValueEnum;
use sowhat::base::json_schema::json_schema;
use sowhat::config;
use sowhat::parse::front_matter;
use std::io::Write;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Of which file
    #[arg(default_value = "front-matter")]
    of: Of,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Of {
    /// The header of a Markdown file
    FrontMatter,
    /// site.toml
    Site,
}

pub fn run(args: &Args, console: Console) -> Result<ExitStatus, Stop> {
    let schema = match args.of {
        Of::FrontMatter => json_schema("Front matter of a Sowhat page", front_matter::schema::KEYS),
        Of::Site => json_schema("Configuration of a Sowhat site", config::schema::KEYS),
    };
    let mut out = console.stdout();
    writeln!(out, "{schema:#}")?;
    out.flush()?;
    Ok(ExitStatus::Clean)
}
