//! Tables that lose cells, and tables that Markdown does not take for one.

use super::lines;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::parse::markdown::blocks::is_escaped;
use std::ops::Range;

/// The finding of a table row; `rest` is what stands in it after the last cell of the last column.
pub fn cells_lost(path: &SourcePath, text: &str, rest: Range<usize>) -> Option<Diagnostic> {
    let written = text.get(rest.clone())?;
    let said = written.trim_matches(['|', ' ', '\t', '\r', '\n']);
    if said.is_empty() {
        return None;
    }
    let start = rest.start + written.find(said)?;
    let place = Place::new(path, start..start + said.len());
    let finding =
        Diagnostic::error("table-cell-lost", place, "this row has more cells than the table has columns, and these are not shown");
    Some(finding.help("give the table a column more, in its head and in the line below it, or write `\\|` for a sign that parts no cells"))
}

/// The finding of a run of prose in which an author meant a table.
pub fn not_read(path: &SourcePath, text: &str, range: &Range<usize>) -> Option<Diagnostic> {
    if !text.get(range.clone())?.contains('|') {
        return None;
    }
    let lines: Vec<(usize, &str)> = lines(text, range).collect();
    let fault = match lines.iter().position(|(_, line)| is_delimiter(line)) {
        Some(0) => (lines[0], "this table has no head: its first line says where the columns stand".to_owned(), NO_HEAD.to_owned()),
        Some(idx) => {
            let (n_named, n_drawn) = (n_cells(text, lines[idx - 1]), n_cells(text, lines[idx]));
            let (message, help) = if n_named == n_drawn {
                ("this table stands in a paragraph, which prints it as it is written".to_owned(), "leave a line blank before it".to_owned())
            } else {
                let message = format!("the head of this table has {}, and the line below it {n_drawn}", columns(n_named));
                (message, "write one `---` for each column, with `|` between them".to_owned())
            };
            (lines[idx], message, help)
        }
        None => {
            // A line may begin with the sign of a value, as in `|x|`; two that begin and end with it are rows.
            let is_row = |(_, line): &(usize, &str)| line.len() > 1 && line.starts_with('|') && line.ends_with('|');
            let idx = lines.windows(2).position(|pair| pair.iter().all(is_row))?;
            let message = "this table has no line below its head, so it is printed as it is written";
            let delimiter = " --- |".repeat(n_cells(text, lines[idx]).min(40));
            (lines[idx], message.to_owned(), format!("write `|{delimiter}` below the first line"))
        }
    };
    let ((start, line), message, help) = fault;
    Some(Diagnostic::warning("table-not-read", Place::new(path, start..start + line.len()), message).help(help))
}

const NO_HEAD: &str = "write the names of the columns on the line above it";

/// `| --- | :-: |`.
fn is_delimiter(line: &str) -> bool {
    line.contains('|') && line.contains('-') && line.bytes().all(|byte| matches!(byte, b'|' | b'-' | b':' | b' ' | b'\t'))
}

fn n_cells(text: &str, (start, line): (usize, &str)) -> usize {
    let is_bar = |(at, byte): &(usize, u8)| *byte == b'|' && !is_escaped(text, start + at);
    let bars = line.bytes().enumerate().filter(is_bar).count();
    let at_ends = usize::from(line.starts_with('|')) + usize::from(line.len() > 1 && line.ends_with('|') && !line.ends_with("\\|"));
    (bars + 1).saturating_sub(at_ends)
}

fn columns(n: usize) -> String {
    if n == 1 { "1 column".to_owned() } else { format!("{n} columns") }
}
