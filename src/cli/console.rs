//! What is printed where: results on standard output, everything about the run on standard error.

use anstream::{AutoStream, ColorChoice};
use clap::builder::styling::{AnsiColor, Style};
use sowhat::report;
use std::fmt::Display;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// Columns assumed where there is no terminal to ask.
const DEFAULT_WIDTH: usize = 100;

/// How much is said about the run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Results and errors only.
    Quiet,
    /// A line about what was done.
    Normal,
    /// Details of what was done.
    Verbose,
}

/// The terminal, pipe or file that the command talks to.
#[derive(Debug, Clone, Copy)]
pub struct Console {
    pub verbosity: Verbosity,
}

impl Console {
    /// Standard output, buffered: flush it at the end.
    pub fn stdout(self) -> BufWriter<AutoStream<StdoutLock<'static>>> {
        BufWriter::new(AutoStream::auto(io::stdout().lock()))
    }

    /// Whether results may be coloured, by `--color`, `NO_COLOR` and what standard output is.
    pub fn style(self) -> report::Style {
        style_of(AutoStream::choice(&io::stdout()))
    }

    /// The same for what goes to standard error.
    pub fn error_style(self) -> report::Style {
        style_of(AutoStream::choice(&io::stderr()))
    }

    /// Columns to print results in.
    pub fn width(self) -> usize {
        let asked = io::stdout().is_terminal().then(terminal_size::terminal_size).flatten();
        asked.map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0).max(40))
    }

    /// True if a line that rewrites itself would be seen by a person.
    pub fn shows_progress(self) -> bool {
        self.verbosity > Verbosity::Quiet && io::stderr().is_terminal()
    }

    /// Prints a line about the run unless it is to be quiet.
    pub fn say(self, line: impl Display) {
        if self.verbosity > Verbosity::Quiet {
            print_line(line);
        }
    }

    /// Prints a line that only those who asked for details want.
    pub fn say_details(self, line: impl Display) {
        if self.verbosity == Verbosity::Verbose {
            print_line(line);
        }
    }

    /// Prints why the command could not do what was asked.
    pub fn error(self, message: impl Display) {
        let style = AnsiColor::BrightRed.on_default().bold();
        print_line(format_args!("{style}error{style:#}: {message}"));
    }

    /// Prints what to do about it.
    pub fn help(self, message: impl Display) {
        let style = AnsiColor::BrightCyan.on_default().bold();
        print_line(format_args!("{style}help{style:#}: {message}"));
    }
}

/// The style of what is said in passing.
pub const DIM: Style = Style::new().dimmed();

fn style_of(choice: ColorChoice) -> report::Style {
    match choice {
        ColorChoice::Never => report::Style::Plain,
        ColorChoice::Auto | ColorChoice::AlwaysAnsi | ColorChoice::Always => report::Style::Colored,
    }
}

/// There is nobody to tell when standard error cannot be written to.
fn print_line(line: impl Display) {
    let _ = writeln!(anstream::stderr().lock(), "{line}");
}
