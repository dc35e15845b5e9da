//! `sowhat report`: what can be seen of each piece, what people say of it, and how the whole stands. It is
//! for the team, so it is written beside the site and never into it.

use super::args::{DayArgs, GateBar, GlobalArgs, SiteArgs};
use super::baseline::write_whole;
use super::console::Console;
use super::exit::{ExitStatus, Stop};
use super::site::OpenSite;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use sowhat::output::plan::MANIFEST;
use sowhat::report::counted;
use sowhat::report::scorecard::{ReportFormat, Scorecard};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where the page goes unless told otherwise, below the site's root.
const PAGE: &str = "report/index.html";
/// Folders of a site in which no report belongs: they are published, or read as sources.
const FOLDERS: [&str; 6] = ["public", "content", "static", "templates", "themes", "data"];

#[derive(Debug, clap::Args)]
pub struct Args {
    /// How to print it
    #[arg(long, default_value = ReportFormat::Html.as_str(), value_parser = formats())]
    format: ReportFormat,

    /// Where to write it, `-` for standard output [default: report/index.html in the site's folder for html, else standard output]
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    #[command(flatten)]
    day: DayArgs,
}

pub fn run(args: &Args, global: &GlobalArgs, console: Console) -> Result<ExitStatus, Stop> {
    let site = OpenSite::open(global)?;
    let path = path(args, &site)?;
    let site_args = SiteArgs { base_url: None, drafts: false, future: false, day: args.day.clone() };
    let outcome = site.run(&site_args, GateBar::Errors)?;
    let scorecard = Scorecard::new(&outcome);
    let Some(path) = path else {
        let mut out = console.stdout();
        scorecard.write(args.format, &mut out)?;
        out.flush()?;
        return Ok(ExitStatus::Clean);
    };
    let mut text = Vec::new();
    scorecard.write(args.format, &mut text)?;
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| Stop::new(format_args!("cannot make the folder `{}`: {error}", folder.display())))?;
    }
    write_whole(&path, &String::from_utf8_lossy(&text))?;
    let pieces = counted(scorecard.pieces.len(), "piece");
    console.say(format_args!("Wrote {}: {pieces} as of {}", path.display(), scorecard.today));
    Ok(ExitStatus::Clean)
}

/// Where the report goes; `None` for standard output.
fn path(args: &Args, site: &OpenSite) -> Result<Option<PathBuf>, Stop> {
    let path = match (&args.output, args.format) {
        (Some(path), _) if path == Path::new("-") => return Ok(None),
        (Some(path), _) => path.clone(),
        (None, ReportFormat::Html) => {
            let page = site.root.join(PAGE);
            refuse_link(page.parent().unwrap_or(&page))?;
            page
        }
        (None, ReportFormat::Json | ReportFormat::Csv) => return Ok(None),
    };
    refuse_public(&path, site)?;
    Ok(Some(path))
}

/// A link in the site came with the site, and may lead anywhere: nobody asked to write there.
fn refuse_link(folder: &Path) -> Result<(), Stop> {
    if folder.is_symlink() {
        let help = "name the file with `--output`, or remove the link";
        return Err(Stop::with_help(format_args!("`{}` is a symbolic link", folder.display()), help));
    }
    Ok(())
}

/// A report that stands in the output of a build would be published with it.
fn refuse_public(path: &Path, site: &OpenSite) -> Result<(), Stop> {
    let refuse = |reason: &str| {
        let help = format!("name a place of its own, such as `{PAGE}`");
        Err(Stop::with_help(format_args!("cannot write the report to `{}`: {reason}", path.display()), help))
    };
    if path.is_dir() {
        return refuse("it is a folder");
    }
    let asked = std::path::absolute(path).map_err(|error| Stop::new(format_args!("`{}`: {error}", path.display())))?;
    let nearest = asked.ancestors().skip(1).find_map(|folder| Some((folder, folder.canonicalize().ok()?)));
    let Some((folder, real)) = nearest else { return refuse("no folder of its path is there") };
    let real = asked.strip_prefix(folder).map_or_else(|_| real.clone(), |rest| real.join(rest));
    let root = site.world().root();
    if FOLDERS.iter().any(|folder| real.starts_with(root.join(folder))) {
        return refuse("that folder is published, or read as part of the site");
    }
    if real.ancestors().skip(1).any(|folder| folder.join(MANIFEST).is_file()) {
        return refuse("that folder is the output of a build, and is published");
    }
    Ok(())
}

fn formats() -> impl TypedValueParser<Value = ReportFormat> {
    PossibleValuesParser::new(ReportFormat::ALL.map(ReportFormat::as_str)).map(|word| {
        let named = ReportFormat::ALL.into_iter().find(|format| format.as_str() == word);
        named.expect("the parser lets only the words of formats through")
    })
}
