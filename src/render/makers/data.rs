//! The table behind a chart or table: found in the directive itself or in a file of the site, and named for
//! its download.

use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::base::suggest::nearest;
use crate::parse::data::{self, Fault, FaultKind, Notation, Table};
use crate::parse::{Directive, Document};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The site's files of data by path; `None` for one that is too large to be read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DataFiles(pub BTreeMap<SourcePath, Option<Arc<String>>>);

impl DataFiles {
    /// The file that a directive names by `src`, from the document's own folder.
    pub fn path(document: &Document, directive: &Directive) -> Option<SourcePath> {
        document.path.parent().join(directive.param("src")?.value.trim())
    }
}

/// A table, and the file that its places are in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub table: Table,
    pub path: SourcePath,
}

impl Found {
    /// The table, if each of its rows has a cell for each column; else what is wrong with them.
    pub fn whole(self) -> Result<Self, Vec<Diagnostic>> {
        let findings = self.uneven();
        if findings.is_empty() { Ok(self) } else { Err(findings) }
    }

    /// What is wrong with the rows that have a cell too few or too many.
    pub fn uneven(&self) -> Vec<Diagnostic> {
        self.table.uneven.iter().map(|fault| *finding(&self.path, fault.clone())).collect()
    }
}

/// Reads the table of a directive, in which a row may still lack cells; else says what is wrong with it, and where.
pub fn table_of(document: &Document, directive: &Directive, files: &DataFiles) -> Result<Found, Box<Diagnostic>> {
    let text = document.text();
    let inline = directive.content.clone().and_then(|content| data::inline(&text, content));
    match (directive.param("src"), inline) {
        (Some(src), Some(_)) => {
            let place = Place::new(&document.path, src.range.clone());
            let message = format!("this {} names a file and holds a table as well", directive.name.value);
            Err(Diagnostic::error("directive-parameter-invalid", place, message).help("take one of the two out").into())
        }
        (None, Some(inline)) => {
            let table = data::read(&text, inline.range, inline.notation).map_err(|fault| finding(&document.path, fault))?;
            Ok(Found { table, path: document.path.clone() })
        }
        (Some(src), None) => of_file(document, directive, &src.value, files),
        (None, None) => {
            let place = Place::new(&document.path, directive.name.range.clone());
            let message = format!("this {} has no data", directive.name.value);
            let help = "name a file beside the piece with `src=\"fees.csv\"`, or put the table into a code block:\n```csv\nRegion,Fees\nNorth,12\n```";
            Err(Diagnostic::error("data-missing", place, message).help(help).into())
        }
    }
}

fn of_file(document: &Document, directive: &Directive, src: &str, files: &DataFiles) -> Result<Found, Box<Diagnostic>> {
    let place = || {
        let range = directive.param("src").map_or(directive.name.range.clone(), |src| src.range.clone());
        Place::new(&document.path, range)
    };
    let src = src.trim();
    let path = DataFiles::path(document, directive);
    let known = path.as_ref().and_then(|path| files.0.get_key_value(path));
    let (Some((path, contents)), Some(notation)) = (known, path.as_ref().and_then(|path| Notation::of(path.extension()))) else {
        let message = format!("there is no data file `{}`", src.escape_debug());
        let folder = document.path.parent();
        let beside: Vec<&str> = files.0.keys().filter_map(|path| path.strip(folder.as_str())).collect();
        let help = nearest(src, beside).first().map(|near| format!("did you mean `{near}`?"));
        let help = help.unwrap_or_else(|| "name a `.csv`, `.tsv` or `.json` file by its path from this file".to_owned());
        return Err(Diagnostic::error("data-missing", place(), message).help(help).into());
    };
    let Some(text) = contents else {
        let message = format!("`{}` is larger than {} MB", src.escape_debug(), data::MAX_BYTES >> 20);
        let help = "show readers the rows that carry the point, and link to the whole file";
        return Err(Diagnostic::error("data-too-large", place(), message).help(help).into());
    };
    let table = data::read(text, 0..text.len(), notation).map_err(|fault| finding(path, fault))?;
    Ok(Found { table, path: path.clone() })
}

fn finding(path: &SourcePath, fault: Fault) -> Box<Diagnostic> {
    let rule = match fault.kind {
        FaultKind::Malformed => "data-malformed",
        FaultKind::TooLarge => "data-too-large",
    };
    Box::new(Diagnostic::error(rule, Place::new(path, fault.range), fault.message).help(fault.help))
}
