//! `sowhat init`: a new site that builds at once.

use super::args::{DayArgs, GlobalArgs};
use super::console::Console;
use super::exit::{ExitStatus, Stop};
use sowhat::base::date::Date;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to put it; made if it is not there [default: here]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,

    #[command(flatten)]
    day: DayArgs,
}

/// The files of the new site; `{today}` and `{in_six_months}` stand for dates.
const FILES: [(&str, &str); 6] = [
    ("site.toml", include_str!("starter/site.toml")),
    ("content/_index.md", include_str!("starter/content/_index.md")),
    ("content/about.md", include_str!("starter/content/about.md")),
    ("content/insights/_index.md", include_str!("starter/content/insights/_index.md")),
    ("content/insights/decide-what-the-reader-will-do.md", include_str!("starter/content/insights/decide-what-the-reader-will-do.md")),
    ("content/people/alex-morgan.md", include_str!("starter/content/people/alex-morgan.md")),
];

/// A version-control file: one that is already there is left alone.
const IGNORE_FILE: (&str, &str) = (".gitignore", include_str!("starter/gitignore"));

pub fn run(args: &Args, global: &GlobalArgs, console: Console) -> Result<ExitStatus, Stop> {
    let folder = args.folder.clone().or_else(|| global.root.clone()).unwrap_or_else(|| PathBuf::from("."));
    let today = args.day.today()?;
    if let Some((path, _)) = FILES.iter().find(|(path, _)| stands(&folder.join(path))) {
        let there = folder.join(path);
        return Err(Stop::with_help(
            format_args!("`{}` is already there, and `init` overwrites nothing", there.display()),
            "name a folder without a site in it, as in `sowhat init my-site`",
        ));
    }
    for (path, text) in FILES {
        write_new(&folder.join(path), &dated(text, today))?;
    }
    let ignore_file = folder.join(IGNORE_FILE.0);
    let keeps_own_ignore_file = stands(&ignore_file);
    if !keeps_own_ignore_file {
        write_new(&ignore_file, IGNORE_FILE.1)?;
    }
    say_what_next(&folder, console);
    if keeps_own_ignore_file {
        console.say(format_args!("`{}` was left as it is; `/public/` belongs in it", ignore_file.display()));
    }
    Ok(ExitStatus::Clean)
}

fn say_what_next(folder: &Path, console: Console) {
    let here = folder == Path::new(".");
    console.say(if here { "Created a site here".to_owned() } else { format!("Created a site in {}", folder.display()) });
    console.say("next:");
    if !here {
        console.say(format_args!("  cd {}", folder.display()));
    }
    console.say("  sowhat build                              the site, into public/");
    console.say("  sowhat new insights/my-first-piece        a piece with its brief to fill in");
    console.say("  site.toml                                 your name, address and audiences");
}

fn dated(text: &str, today: Date) -> String {
    let in_six_months = today.day.saturating_add(jiff::Span::new().months(6));
    text.replace("{today}", &today.iso_day()).replace("{in_six_months}", &in_six_months.to_string())
}

/// True if anything has that name, a dangling link included.
pub fn stands(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Writes a file that is not there yet, and the folders above it.
pub fn write_new(path: &Path, text: &str) -> Result<(), Stop> {
    let failed = |error: std::io::Error| Stop::new(format_args!("cannot write `{}`: {error}", path.display()));
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sowhat::base::path::SourcePath;

    #[test]
    fn every_starter_file_can_be_read() {
        for (path, text) in FILES {
            let path = SourcePath::new(path).unwrap();
            let text = dated(text, Date::parse("2026-08-31").unwrap());
            let findings = match path.extension() {
                "toml" => sowhat::config::read(&path, &text).err().unwrap_or_default(),
                _ => sowhat::parse::front_matter::read(&path, &text).2,
            };
            assert!(findings.is_empty(), "{findings:#?}");
        }
    }

    #[test]
    fn half_a_year_after_the_end_of_august_is_the_end_of_february() {
        assert_eq!(dated("{today} {in_six_months}", Date::parse("2026-08-31").unwrap()), "2026-08-31 2027-02-28");
    }
}
