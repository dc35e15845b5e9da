//! The flags that several subcommands share.

use super::console::{Console, Verbosity};
use super::exit::Stop;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use jiff::Timestamp;
use sowhat::base::date::Date;
use sowhat::report::Format;
use std::ffi::OsString;
use std::path::PathBuf;

/// The part of the help that every subcommand has.
const GLOBAL: &str = "Global options";

/// Flags of every subcommand.
#[derive(Debug, Clone, Args)]
pub struct GlobalArgs {
    /// The site's folder [default: the nearest one up from here with a site.toml]
    #[arg(short, long, value_name = "DIR", global = true, help_heading = GLOBAL)]
    pub root: Option<PathBuf>,

    /// The configuration file, relative to the site's folder
    #[arg(short, long, value_name = "FILE", global = true, default_value = "site.toml", help_heading = GLOBAL)]
    pub config: String,

    /// Print results and errors only
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = GLOBAL)]
    quiet: bool,

    /// Print details of what is done
    #[arg(short, long, global = true, help_heading = GLOBAL)]
    verbose: bool,

    /// When to use colours
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto", help_heading = GLOBAL)]
    color: ColorWhen,
}

impl GlobalArgs {
    /// The console as the flags want it.
    pub fn console(&self) -> Console {
        let verbosity = match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, true) => Verbosity::Verbose,
            (false, false) => Verbosity::Normal,
        };
        match self.color {
            // `NO_COLOR` and whether there is a terminal decide.
            ColorWhen::Auto => anstream::ColorChoice::Auto,
            ColorWhen::Always => anstream::ColorChoice::Always,
            ColorWhen::Never => anstream::ColorChoice::Never,
        }
        .write_global();
        Console { verbosity }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ColorWhen {
    Auto,
    Always,
    Never,
}

/// The day of the run.
#[derive(Debug, Clone, Args)]
pub struct DayArgs {
    /// The day to act as if it were [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, value_name = "DATE", value_parser = Date::parse, global = true)]
    now: Option<Date>,
}

impl DayArgs {
    /// The day asked for, the one of `SOURCE_DATE_EPOCH`, or the clock's.
    pub fn today(&self) -> Result<Date, Stop> {
        if let Some(now) = self.now {
            return Ok(now);
        }
        let Some(epoch) = source_date_epoch() else { return Ok(this_moment()) };
        let seconds: Option<i64> = epoch.to_str().and_then(|epoch| epoch.parse().ok());
        seconds.and_then(|seconds| Timestamp::from_second(seconds).ok()).map(Date::from_timestamp).ok_or_else(|| {
            Stop::new(format_args!("`SOURCE_DATE_EPOCH` is `{}`, which is no number of seconds since 1970", epoch.to_string_lossy()))
        })
    }

    /// The clock itself, for a run that outlives the day; `None` if the day was given.
    pub fn clock(&self) -> Option<fn() -> Date> {
        (self.now.is_none() && source_date_epoch().is_none()).then_some(this_moment)
    }
}

fn source_date_epoch() -> Option<OsString> {
    std::env::var_os("SOURCE_DATE_EPOCH").filter(|epoch| !epoch.is_empty())
}

fn this_moment() -> Date {
    Date::from_timestamp(Timestamp::now())
}

/// What is part of the site in this run.
#[derive(Debug, Clone, Args)]
pub struct SiteArgs {
    /// Where the site will stand, instead of the configuration's base_url
    #[arg(short = 'u', long, value_name = "URL")]
    pub base_url: Option<String>,

    /// Publish drafts too
    #[arg(short = 'D', long)]
    pub drafts: bool,

    /// Publish what is scheduled for later too
    #[arg(short = 'F', long)]
    pub future: bool,

    #[command(flatten)]
    pub day: DayArgs,
}

/// How findings are printed and what they do.
#[derive(Debug, Clone, Args)]
pub struct FindingsArgs {
    /// How to print findings
    #[arg(long, default_value = Format::Text.as_str(), value_parser = formats())]
    pub format: Format,

    /// Let warnings close the gate as errors do
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
}

impl FindingsArgs {
    /// What closes the gate.
    pub fn gate(&self) -> GateBar {
        match self.deny {
            None => GateBar::Errors,
            Some(Deny::Warnings) => GateBar::Warnings,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Deny {
    Warnings,
}

/// The least finding that closes the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GateBar {
    Errors,
    Warnings,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::as_str)).map(|word| {
        let named = Format::ALL.into_iter().find(|format| format.as_str() == word);
        named.expect("the parser lets only the words of formats through")
    })
}
