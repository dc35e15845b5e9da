//! CSV as RFC 4180 has it and as spreadsheets save it: commas, semicolons or tabs, `"` around cells.

use super::{Cell, Fault, Numerals, Table};
use std::ops::Range;

pub(super) fn read(text: &str, range: Range<usize>) -> Result<Table, Fault> {
    let start = range.start + if text[range.clone()].starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let separator = separator_of(&text[start..range.end]);
    let mut reader = Reader { text, at: start, end: range.end, separator };
    let Some(columns) = reader.row()? else {
        return Err(Fault::malformed(start..start, "there is no table here", "write the names of the columns on the first line"));
    };
    check_names(&columns)?;
    let numerals = if separator == ';' { Numerals::CommaDecimal } else { Numerals::PointDecimal };
    let mut table = Table { columns, rows: Vec::new(), numerals, uneven: Vec::new() };
    while let Some(row) = reader.row()? {
        if row.len() == table.columns.len() {
            table.rows.push(row);
        } else {
            let fault = uneven(&row, table.columns.len());
            table.fit(row, fault);
        }
        if table.rows.len() > super::MAX_ROWS {
            break;
        }
    }
    Ok(table)
}

/// The sign between cells: of those that spreadsheets write, the one most used in the first line.
fn separator_of(text: &str) -> char {
    let first_line = text.trim_start_matches(['\n', '\r']).lines().next().unwrap_or_default();
    let count = |separator: char| {
        let mut quoted = false;
        let outside = |c: &char| {
            quoted ^= *c == '"';
            !quoted && *c == separator
        };
        first_line.chars().filter(outside).count()
    };
    // At equal counts the last of these wins.
    ['\t', ';', ','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(',')
}

pub(super) fn check_names(columns: &[Cell]) -> Result<(), Fault> {
    for (idx, column) in columns.iter().enumerate() {
        // The corner of a table is often left blank.
        if column.text.is_empty() && idx > 0 {
            let message = format!("column {} has no name", idx + 1);
            return Err(Fault::malformed(column.range.clone(), message, "write the names of the columns on the first line"));
        }
        if columns[..idx].iter().any(|other| other.text == column.text) {
            let message = format!("two columns are named `{}`", column.text.escape_debug());
            return Err(Fault::malformed(column.range.clone(), message, "give each column a name of its own"));
        }
    }
    Ok(())
}

fn uneven(row: &[Cell], n_columns: usize) -> Fault {
    let place = row.get(n_columns).or(row.last()).map_or(0..0, |cell| cell.range.clone());
    let cells = if row.len() == 1 { "cell" } else { "cells" };
    let message = format!("this row has {} {cells}, and there are {n_columns} columns", row.len());
    Fault::malformed(place, message, "write a cell for each column; put quotes around a cell that holds a comma")
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    end: usize,
    separator: char,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..self.end]
    }

    /// The next row; empty lines are passed over.
    fn row(&mut self) -> Result<Option<Vec<Cell>>, Fault> {
        self.at = self.end - self.rest().trim_start_matches(['\n', '\r']).len();
        if self.rest().trim().is_empty() {
            return Ok(None);
        }
        let mut row = Vec::new();
        loop {
            row.push(self.cell()?);
            match self.rest().chars().next() {
                Some(c) if c == self.separator => self.at += c.len_utf8(),
                Some(_) | None => return Ok(Some(row)),
            }
        }
    }

    fn cell(&mut self) -> Result<Cell, Fault> {
        let blank = self.rest().len() - self.rest().trim_start_matches(' ').len();
        if self.rest()[blank..].starts_with('"') {
            self.at += blank;
            return self.quoted();
        }
        let separator = self.separator;
        let len = self.rest().find([separator, '\n', '\r']).unwrap_or(self.rest().len());
        let written = &self.rest()[..len];
        let text = written.trim();
        let start = self.at + written.len() - written.trim_start().len();
        let cell = Cell { text: text.to_owned(), range: start..start + text.len() };
        self.at += len;
        Ok(cell)
    }

    fn quoted(&mut self) -> Result<Cell, Fault> {
        let open = self.at;
        let mut text = String::new();
        self.at += 1;
        loop {
            let Some(len) = self.rest().find('"') else {
                let line_len = self.text[open..self.end].find(['\n', '\r']).unwrap_or(self.end - open);
                let help = "close it with `\"`; a quote inside a cell is written twice";
                return Err(Fault::malformed(open..open + line_len, "this cell's quote is not closed", help));
            };
            text.push_str(&self.rest()[..len]);
            self.at += len + 1;
            if !self.rest().starts_with('"') {
                break;
            }
            text.push('"');
            self.at += 1;
        }
        let range = open..self.at;
        let separator = self.separator;
        let len = self.rest().find([separator, '\n', '\r']).unwrap_or(self.rest().len());
        let after = self.rest()[..len].trim();
        if !after.is_empty() {
            let start = self.at + self.rest()[..len].find(after).unwrap_or(0);
            let message = format!("`{}` stands after the closing quote", after.escape_debug());
            return Err(Fault::malformed(start..start + after.len(), message, "write a quote inside a cell twice"));
        }
        self.at += len;
        Ok(Cell { text: text.trim().to_owned(), range })
    }
}
