//! Lines added to the tables of `data/`: what `sign` and `rate` record. Nothing there is ever changed.

use super::exit::Stop;
use super::site::OpenSite;
use sowhat::base::suggest::did_you_mean;
use sowhat::editorial::records::{Entry, Ledger, quoted};
use sowhat::parse::records::csv::{self, Column};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

/// The fields of a record by the names of their columns.
pub type Fields<'a> = Vec<(&'static str, &'a str)>;

/// Adds records to the end of a table; the table is made when it is not there.
pub fn append(site: &OpenSite, table: &str, columns: &'static [Column], records: &[Fields<'_>]) -> Result<(), Stop> {
    let path = site.root.join(table);
    refuse_leaving(&path, site.world().root())?;
    let failed = |error: std::io::Error| Stop::new(format_args!("cannot write `{}`: {error}", path.display()));
    let known = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => return Err(failed(error)),
    };
    let names = match csv::names(&known) {
        Some(names) => names,
        None => columns.iter().map(|column| column.name.to_owned()).collect(),
    };
    if let Some(lacking) = columns.iter().find(|column| column.required && !names.iter().any(|name| name == column.name)) {
        let help = "`sowhat check` shows what is wrong with it";
        return Err(Stop::with_help(format_args!("`{table}` has no column `{}`, so nothing was added", lacking.name), help));
    }
    let mut text = String::new();
    if known.trim().is_empty() {
        text.push_str(&names.join(","));
        text.push('\n');
    } else if !known.ends_with(['\n', '\r']) {
        text.push('\n');
    }
    for record in records {
        let field = |name: &String| record.iter().find(|(column, _)| column == name).map_or_else(String::new, |(_, value)| quoted(value));
        text.push_str(&names.iter().map(field).collect::<Vec<_>>().join(","));
        text.push('\n');
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let mut file = OpenOptions::new().create(true).append(true).open(&path).map_err(failed)?;
    file.write_all(text.as_bytes()).map_err(failed)
}

/// A link in the site that leads elsewhere came with the site: nobody asked to write there.
fn refuse_leaving(path: &Path, root: &Path) -> Result<(), Stop> {
    let nearest = path.ancestors().find(|part| part.symlink_metadata().is_ok());
    let stays = nearest.is_none_or(|part| part.canonicalize().is_ok_and(|real| real.starts_with(root)));
    if stays { Ok(()) } else { Err(Stop::new(format_args!("`{}` leads out of the site", path.display()))) }
}

/// The piece that somebody names.
pub fn piece<'l, 'a>(ledger: &'l Ledger<'a>, name: &str) -> Result<&'l Entry<'a>, Stop> {
    ledger.piece(name).ok_or_else(|| {
        let near = ledger.names.nearest(name).first().map(|near| format!("did you mean `{near}`?"));
        let help = near.unwrap_or_else(|| "`sowhat list` shows every piece with its path".to_owned());
        Stop::with_help(format_args!("there is no piece `{}`", name.escape_debug()), help)
    })
}

/// Refuses a name that has no page among the people.
pub fn require_person(ledger: &Ledger<'_>, id: &str) -> Result<(), Stop> {
    if ledger.people.contains(id) {
        return Ok(());
    }
    let known: Vec<&str> = ledger.people.iter().map(String::as_str).collect();
    let help = did_you_mean(id, known.iter().copied()).unwrap_or_else(|| match known.is_empty() {
        true => format!("make the page `content/people/{}.md` first", id.escape_debug()),
        false => format!("the site has {}", known.join(", ")),
    });
    Err(Stop::with_help(format_args!("there is no person `{}` in `content/people`", id.escape_debug()), help))
}
