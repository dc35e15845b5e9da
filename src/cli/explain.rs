//! `sowhat explain`: what a rule wants, why, what raises it and what does not.

use super::console::Console;
use super::exit::{ExitStatus, Stop};
use clap::ValueEnum;
use sowhat::editorial::explain::{explain, explain_all, manual_page, manual_section, nearest_rules};
use std::io::Write;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The rule's name, as it stands in findings; all rules if none is named
    rule: Option<String>,

    /// How to print it: for the terminal, or as the manual has it
    #[arg(long, default_value = "text")]
    format: ExplainFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ExplainFormat {
    Text,
    Markdown,
}

pub fn run(args: &Args, console: Console) -> Result<ExitStatus, Stop> {
    let text = match (&args.rule, args.format) {
        (None, ExplainFormat::Text) => explain_all(),
        (None, ExplainFormat::Markdown) => manual_page(),
        (Some(name), ExplainFormat::Text) => explain(name).ok_or_else(|| no_such_rule(name))?,
        (Some(name), ExplainFormat::Markdown) => manual_section(name).ok_or_else(|| no_such_rule(name))?,
    };
    let mut out = console.stdout();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(ExitStatus::Clean)
}

fn no_such_rule(name: &str) -> Stop {
    let help = match nearest_rules(name).as_slice() {
        [] => "`sowhat explain` lists them all".to_owned(),
        [near] => format!("did you mean `{near}`?"),
        several => format!("did you mean one of `{}`?", several.join("`, `")),
    };
    Stop::with_help(format_args!("there is no rule `{}`", name.escape_debug()), help)
}
