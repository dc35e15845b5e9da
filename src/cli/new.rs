//! `sowhat new`: a piece with its brief to fill in. It fails the gate until that is done.

use super::args::{DayArgs, GlobalArgs};
use super::console::Console;
use super::exit::{ExitStatus, Stop};
use super::init::{stands, write_new};
use super::site::OpenSite;
use sowhat::base::slug::slugify;
use sowhat::base::suggest::nearest;
use sowhat::config::Config;
use std::path::Path;

/// Ids listed in a comment of the brief, at most.
const MAX_IDS: usize = 12;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where it goes below content/, as in insights/price-the-outcome
    path: String,

    /// Who it is for: the id of an audience in site.toml
    #[arg(short, long, value_name = "ID")]
    audience: Option<String>,

    /// Make a folder with an index.md, so that pictures and data can stand beside the text
    #[arg(short, long)]
    bundle: bool,

    #[command(flatten)]
    day: DayArgs,
}

pub fn run(args: &Args, global: &GlobalArgs, console: Console) -> Result<ExitStatus, Stop> {
    let place = NewPlace::parse(&args.path)?;
    let open = OpenSite::open(global)?;
    let site = open.read(&args.day)?;
    if let Some(id) = &args.audience {
        refuse_unknown_audience(id, &site.config)?;
    }
    let content = open.root.join("content");
    let (file, bundle) = (content.join(place.file()), content.join(place.bundle_file()));
    if let Some(there) = [&file, &bundle].into_iter().find(|path| stands(path)) {
        return Err(Stop::new(format_args!("`{}` is already there, and `new` overwrites nothing", there.display())));
    }
    let folder = content.join(&place.folder).join(&place.stem);
    let is_section = stands(&folder.join("_index.md"));
    if is_section || (stands(&folder) && !args.bundle) {
        let what = if is_section { "a section of the site" } else { "a folder already" };
        let message = format!("`{}` is {what}, and a piece needs a name of its own", folder.display());
        let help = format!("name the piece in it, as in `sowhat new {}{}/price-the-outcome`", place.folder, place.stem);
        return Err(Stop::with_help(message, help));
    }
    let path = if args.bundle { bundle } else { file };
    refuse_leaving(&path, &content)?;
    let date = args.day.today()?.iso_day();
    let people: Vec<&str> = site.people.keys().map(String::as_str).collect();
    write_new(&path, &Brief { title: &place.title, date: &date, audience: args.audience.as_deref(), people: &people }.text(&site.config))?;
    console.say(format_args!("Created {}", path.strip_prefix(".").unwrap_or(&path).display()));
    console.say("next:");
    console.say("  fill in the brief at its top, then write the piece below it");
    console.say("  sowhat check                 says what is still missing");
    console.say("  sowhat explain RULE          says why, with examples");
    Ok(ExitStatus::Clean)
}

/// Where a new piece goes, and what it is called.
#[derive(Debug, PartialEq, Eq)]
struct NewPlace {
    /// Below `content/`: empty, or with a slash at its end.
    folder: String,
    stem: String,
    title: String,
}

impl NewPlace {
    /// Reads `insights/price-the-outcome`, with or without `content/` before it and `.md` or
    /// `/index.md` after it; the last name may be a title as people write it.
    fn parse(path: &str) -> Result<Self, Stop> {
        let refuse = |reason: &str| {
            let message = format!("`{}` {reason}", path.escape_debug());
            Stop::with_help(message, "name a place below `content/`, as in `sowhat new insights/price-the-outcome`")
        };
        if path.starts_with(['/', '~']) || path.contains(':') && !path.contains(' ') {
            return Err(refuse("is not a path below `content/`"));
        }
        let trimmed = path.trim_start_matches("./").trim_end_matches('/');
        let trimmed = trimmed.strip_prefix("content/").unwrap_or(trimmed);
        let trimmed = trimmed.strip_suffix("/index.md").or_else(|| trimmed.strip_suffix(".md")).unwrap_or(trimmed);
        if trimmed.split('/').any(|part| part == ".." || part == ".") {
            return Err(refuse("leaves `content/`"));
        }
        if trimmed.contains(|c: char| c == '\\' || c.is_control()) {
            return Err(refuse("holds a character that no path of a site can hold"));
        }
        let (folder, name) = trimmed.rsplit_once('/').map_or(("", trimmed), |(folder, name)| (folder, name));
        let stem = slugify(name);
        if stem.is_empty() || stem == "index" || name.starts_with('_') || folder.split('/').any(|part| part.starts_with('.')) {
            return Err(refuse("does not name a piece"));
        }
        if !folder.is_empty() && folder.split('/').any(str::is_empty) {
            return Err(refuse("has an empty part"));
        }
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        Ok(Self { folder, stem, title: title_of(name) })
    }

    fn file(&self) -> String {
        format!("{}{}.md", self.folder, self.stem)
    }

    fn bundle_file(&self) -> String {
        format!("{}{}/index.md", self.folder, self.stem)
    }
}

/// `2026-11-02-price-the-outcome` → `Price the outcome`; a name with spaces is a title already.
fn title_of(name: &str) -> String {
    let is_title = name.contains(' ');
    let dated =
        name.len() > 11 && sowhat::base::date::Date::parse(name.get(..10).unwrap_or_default()).is_ok() && name[10..].starts_with('-');
    let name = if dated { &name[11..] } else { name };
    let words = if is_title { name.to_owned() } else { name.replace(['-', '_'], " ") };
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn refuse_unknown_audience(id: &str, config: &Config) -> Result<(), Stop> {
    let declared = &config.audiences;
    if declared.contains_key(id) {
        return Ok(());
    }
    let ids: Vec<&str> = declared.keys().map(String::as_str).collect();
    let help = match (nearest(id, ids.iter().copied()).first(), ids.is_empty()) {
        (Some(near), _) => format!("did you mean `{near}`?"),
        (None, true) => format!("declare it there:\n\n[audiences.{id}]\nrole = \"…\"\nat = \"…\"\nsituation = \"…\""),
        (None, false) => format!("these are declared: {}", ids.join(", ")),
    };
    Err(Stop::with_help(format_args!("audience `{id}` is not declared in `{}`", config.path), help))
}

/// Refuses a folder that is a symbolic link to somewhere else: what stands there is not read.
fn refuse_leaving(path: &Path, content: &Path) -> Result<(), Stop> {
    let nearest = path.ancestors().skip(1).find(|ancestor| stands(ancestor));
    let real_content = content.canonicalize().unwrap_or_else(|_| content.to_path_buf());
    let inside = |folder: &Path| match folder.canonicalize() {
        Ok(real) => real.starts_with(&real_content) || real_content.starts_with(&real),
        Err(_) => false,
    };
    match nearest {
        Some(folder) if !inside(folder) => Err(Stop::new(format_args!("`{}` leads out of `content/`", folder.display()))),
        Some(_) | None => Ok(()),
    }
}

/// What a new brief says from the start.
struct Brief<'a> {
    title: &'a str,
    date: &'a str,
    audience: Option<&'a str>,
    people: &'a [&'a str],
}

impl Brief<'_> {
    /// The text of the new file.
    fn text(&self, config: &Config) -> String {
        let authors = match self.people {
            [only] => format!("[{only}]"),
            [] => "[]".to_owned(),
            several => format!("[] # {}", listed(several)),
        };
        let ids: Vec<&str> = config.audiences.keys().map(String::as_str).collect();
        let audience_hint = match ids.as_slice() {
            [] => "a role, and where they work or what they face.".to_owned(),
            some => format!("an id from {} ({}),\n# or a role, and where they work or what they face.", config.path, listed(some)),
        };
        let audience = match self.audience {
            Some(id) => format!("audience: {id}"),
            None => "audience:\n  role:\n  at:\n  situation:".to_owned(),
        };
        [
            ("{outcomes}", config.outcomes.join(", ")),
            ("{audience_hint}", audience_hint),
            ("{audience}", audience),
            ("{authors}", authors),
            ("{today}", self.date.to_owned()),
            ("{title}", quoted(self.title)),
        ]
        .iter()
        .fold(include_str!("starter/brief.md").to_owned(), |text, (slot, value)| text.replace(slot, value))
    }
}

fn listed(ids: &[&str]) -> String {
    let more = if ids.len() > MAX_IDS { ", …" } else { "" };
    format!("{}{more}", ids.iter().copied().take(MAX_IDS).collect::<Vec<_>>().join(", "))
}

/// Text as a YAML scalar: plain where nothing in it means anything to YAML.
fn quoted(text: &str) -> String {
    let plain = text.starts_with(char::is_alphabetic) && text.chars().all(|c| c.is_alphanumeric() || c == ' ');
    let word = ["true", "false", "null"].contains(&text.to_lowercase().as_str());
    if plain && !word { text.to_owned() } else { format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sowhat::base::path::SourcePath;
    use sowhat::parse::front_matter::read;

    #[test]
    fn a_path_names_a_file_and_a_title() {
        let check = |path: &str, file: &str, title: &str| {
            let place = NewPlace::parse(path).unwrap();
            assert_eq!((place.file().as_str(), place.title.as_str()), (file, title), "{path}");
        };
        check("insights/price-the-outcome", "insights/price-the-outcome.md", "Price the outcome");
        check("./content/insights/price.md", "insights/price.md", "Price");
        check("content/a/b/index.md", "a/b.md", "B");
        check("insights/Price the Outcome: now", "insights/price-the-outcome-now.md", "Price the Outcome: now");
        check("2026-11-02-élan", "2026-11-02-elan.md", "Élan");
    }

    #[test]
    fn a_path_stays_below_content() {
        for path in ["../x", "a/../../x", "/etc/x", "a\\b", "C:/x", "", "_index.md", "a/_index", "a//b", "¿?", "index.md", ".git/x"] {
            assert!(NewPlace::parse(path).is_err(), "{path:?}");
        }
    }

    #[test]
    fn a_brief_can_be_read_and_leaves_its_slots_empty() {
        let path = SourcePath::new("site.toml").unwrap();
        let config =
            sowhat::config::read(&path, "title = \"T\"\nbase_url = \"https://example.com/\"\n[audiences.a]\nrole = \"CFO\"\n").unwrap();
        let check = |title: &str, audience: Option<&str>, people: &[&str]| {
            let text = Brief { title, date: "2026-11-22", audience, people }.text(&config);
            let (front, _, findings) = read(&SourcePath::new("content/x.md").unwrap(), &text);
            assert!(findings.is_empty(), "{findings:#?}\n{text}");
            assert_eq!(front.title.unwrap().value, title);
            assert!(front.so_what.is_none_or(|so_what| so_what.value.is_empty()));
            assert_eq!(front.authors.unwrap().value.len(), usize::from(people.len() == 1));
        };
        check("Price the outcome", None, &[]);
        check("Say \"no\": {today} # 1", Some("a"), &["jane-doe"]);
        check("Null", None, &["jane-doe", "john-roe"]);
    }

    #[test]
    fn titles_are_yaml() {
        assert_eq!(quoted("Price the outcome"), "Price the outcome");
        assert_eq!(quoted("Null"), "\"Null\"");
        assert_eq!(quoted("2026"), "\"2026\"");
        assert_eq!(quoted("Say \"no\": now"), "\"Say \\\"no\\\": now\"");
    }
}
