//! Tables of data as authors keep them, CSV or JSON, to rows of cells with their places: what charts and
//! tables are drawn from, and what their downloads hold.

mod csv;
mod download;
mod inline;
mod json;
mod number;

pub use download::{Download, downloads};
pub use inline::{Inline, inline};
pub use number::{Number, Numerals};

use std::ops::Range;

/// The most bytes of a table: what a page shows is read by people.
pub const MAX_BYTES: usize = 1 << 20;
/// The most rows of a table.
pub const MAX_ROWS: usize = 5_000;
/// The most columns of a table.
pub const MAX_COLUMNS: usize = 60;

/// How a table is written down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// Cells with commas, semicolons or tabs between them; the first line tells which.
    Csv,
    /// A list of objects, or a list of lists whose first names the columns.
    Json,
}

impl Notation {
    /// The notation of a file name's extension or of a code block's language.
    pub fn of(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "csv" | "tsv" => Some(Self::Csv),
            "json" => Some(Self::Json),
            _ => None,
        }
    }
}

/// A cell: its text, and its bytes in the file that it was read from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    pub text: String,
    pub range: Range<usize>,
}

/// A table: every row has a cell for each column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<Cell>,
    pub rows: Vec<Vec<Cell>>,
    /// How its numbers are written.
    pub numerals: Numerals,
    /// Rows with a cell too few or too many, each made to fit: what is wrong in other rows is found as well.
    pub uneven: Vec<Fault>,
}

/// So many uneven rows of a table are told.
const MAX_UNEVEN: usize = 10;

impl Table {
    /// Makes a row fit, and remembers that it did not.
    fn fit(&mut self, mut row: Vec<Cell>, fault: Fault) {
        let end = row.last().map_or(0, |cell| cell.range.end);
        row.resize_with(self.columns.len(), || Cell { text: String::new(), range: end..end });
        self.rows.push(row);
        if self.uneven.len() < MAX_UNEVEN {
            self.uneven.push(fault);
        }
    }
}

/// Why a text is no table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub range: Range<usize>,
    pub kind: FaultKind,
    pub message: String,
    pub help: &'static str,
}

/// What is wrong with a text that is no table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    Malformed,
    TooLarge,
}

impl Fault {
    fn malformed(range: Range<usize>, message: impl Into<String>, help: &'static str) -> Self {
        Self { range, kind: FaultKind::Malformed, message: message.into(), help }
    }

    fn too_large(range: Range<usize>, message: impl Into<String>) -> Self {
        let help = "show readers the rows that carry the point, and link to the whole table";
        Self { range, kind: FaultKind::TooLarge, message: message.into(), help }
    }
}

/// Reads the table that stands at `range` of a file's text.
pub fn read(text: &str, range: Range<usize>, notation: Notation) -> Result<Table, Fault> {
    if range.len() > MAX_BYTES {
        let message = format!("this table has {} bytes; {MAX_BYTES} is the most", range.len());
        return Err(Fault::too_large(range.start..range.start, message));
    }
    let table = match notation {
        Notation::Csv => csv::read(text, range.clone()),
        Notation::Json => json::read(text, range.clone()),
    }?;
    let place = |cell: Option<&Cell>| cell.map_or(range.start..range.start, |cell| cell.range.clone());
    if let Some(row) = table.rows.get(MAX_ROWS) {
        let message = format!("this table has {} rows; {MAX_ROWS} is the most", table.rows.len());
        return Err(Fault::too_large(place(row.first()), message));
    }
    if table.columns.len() > MAX_COLUMNS {
        let message = format!("this table has {} columns; {MAX_COLUMNS} is the most", table.columns.len());
        return Err(Fault::too_large(place(table.columns.get(MAX_COLUMNS)), message));
    }
    if table.rows.is_empty() {
        let help = "write the names of the columns on the first line and the data below";
        return Err(Fault::malformed(place(table.columns.first()), "this table has no rows", help));
    }
    Ok(table)
}

/// The table as a CSV file that no spreadsheet runs: a cell that would be read as a formula is made text.
pub fn to_csv(table: &Table) -> String {
    let mut csv = String::new();
    for row in [&table.columns].into_iter().chain(&table.rows) {
        for (idx, cell) in row.iter().enumerate() {
            if idx > 0 {
                csv.push(',');
            }
            push_csv_cell(&mut csv, &harmless(&cell.text, table.numerals));
        }
        csv.push_str("\r\n");
    }
    csv
}

/// Spreadsheets run what begins with one of these signs; a number may begin with two of them.
fn harmless(text: &str, numerals: Numerals) -> String {
    let runs = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || text.starts_with(['\t', '\r', '\n']);
    let is_number = matches!(numerals.read(text), Some(Number::Value { .. }));
    if runs && !is_number { format!("'{text}") } else { text.to_owned() }
}

fn push_csv_cell(csv: &mut String, text: &str) {
    if text.contains(['"', ',', '\n', '\r', ';', '\t']) || text.starts_with(' ') || text.ends_with(' ') {
        csv.push('"');
        csv.push_str(&text.replace('"', "\"\""));
        csv.push('"');
    } else {
        csv.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, notation: Notation) -> String {
        match read(text, 0..text.len(), notation) {
            Ok(table) if !table.uneven.is_empty() => {
                let shown = |fault: &Fault| format!("{:?} @{:?}: {}", fault.kind, &text[fault.range.clone()], fault.message);
                table.uneven.iter().map(shown).collect::<Vec<_>>().join("; ")
            }
            Ok(table) => {
                let line = |row: &Vec<Cell>| row.iter().map(|cell| cell.text.clone()).collect::<Vec<_>>().join("|");
                [&table.columns].into_iter().chain(&table.rows).map(line).collect::<Vec<_>>().join("\n")
            }
            Err(fault) => format!("{:?} @{:?}: {}", fault.kind, &text[fault.range.clone()], fault.message),
        }
    }

    #[test]
    fn tables_are_read_and_faults_have_places() {
        for (text, notation, expected) in [
            ("a,b\n1,2\n", Notation::Csv, "a|b\n1|2"),
            ("\u{feff}a;b\r\n\"1,5\";\"x\"\"y\"\r\n\r\n", Notation::Csv, "a|b\n1,5|x\"y"),
            ("a\tb\n \"c\nd\" \t2", Notation::Csv, "a|b\nc\nd|2"),
            ("a,b\n1\n", Notation::Csv, "Malformed @\"1\": this row has 1 cell, and there are 2 columns"),
            ("a,b\n1,2,3,4\n", Notation::Csv, "Malformed @\"3\": this row has 4 cells, and there are 2 columns"),
            (
                "a,b\n1\n2,x\n3\n",
                Notation::Csv,
                "Malformed @\"1\": this row has 1 cell, and there are 2 columns; Malformed @\"3\": this row has 1 cell, and there are 2 columns",
            ),
            ("[[\"a\", \"b\"], [1], [2, 3]]", Notation::Json, "Malformed @\"[\": this row has 1 cells, and there are 2 columns"),
            ("a,b\n\"1,2\n3,4", Notation::Csv, "Malformed @\"\\\"1,2\": this cell's quote is not closed"),
            ("a,b\n\"1\"x,2\n", Notation::Csv, "Malformed @\"x\": `x` stands after the closing quote"),
            ("a,\n1,2\n", Notation::Csv, "Malformed @\"\": column 2 has no name"),
            ("a,a\n1,2\n", Notation::Csv, "Malformed @\"a\": two columns are named `a`"),
            ("a,b\n", Notation::Csv, "Malformed @\"a\": this table has no rows"),
            ("", Notation::Csv, "Malformed @\"\": there is no table here"),
            ("[{\"a\": \"x\\u00e9\", \"b\": 1.50}, {\"b\": null, \"c\": true}]", Notation::Json, "a|b|c\nxé|1.50|\n||true"),
            ("[[\"a\", \"b\"], [1, -2e3]]", Notation::Json, "a|b\n1|-2e3"),
            ("[{\"a\": [1]}]", Notation::Json, "Malformed @\"[\": a cell holds text, a number, true, false or null"),
            ("{\"a\": 1}", Notation::Json, "Malformed @\"{\": a table in JSON is a list of objects, or a list of lists"),
            ("[{\"a\": 1},]", Notation::Json, "Malformed @\"]\": `]` is not expected here"),
            ("[{\"a\": 1", Notation::Json, "Malformed @\"\": the text ends too early"),
        ] {
            assert_eq!(shown(text, notation), expected, "{text:?}");
        }
    }

    #[test]
    fn downloads_run_nothing() {
        let text = "name,value\n=1+1,-5\n@SUM(A1),\"+3.5%\"\n-cmd|' /C calc'!A0,\"a,\"\"b\"\n";
        let table = read(text, 0..text.len(), Notation::Csv).unwrap();
        assert_eq!(to_csv(&table), "name,value\r\n'=1+1,-5\r\n'@SUM(A1),+3.5%\r\n'-cmd|' /C calc'!A0,\"a,\"\"b\"\r\n");
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics_and_cells_keep_their_places(text in "([a-c,;\t\"\n\r =0-9.]|\\PC|[\\[\\]{}:\\\\]|null){0,60}") {
            for notation in [Notation::Csv, Notation::Json] {
                match read(&text, 0..text.len(), notation) {
                    Ok(table) => {
                        for cell in table.columns.iter().chain(table.rows.iter().flatten()) {
                            proptest::prop_assert!(text.get(cell.range.clone()).is_some());
                        }
                        proptest::prop_assert!(table.rows.iter().all(|row| row.len() == table.columns.len()));
                    }
                    Err(fault) => proptest::prop_assert!(text.get(fault.range.clone()).is_some()),
                }
            }
        }
    }
}
