//! A table in JSON: `[{"region": "North", "fees": 12}]` or `[["region", "fees"], ["North", 12]]`.
//!
//! Read here rather than by a library, so that every cell keeps its place.

use super::{Cell, Fault, Numerals, Table, csv};
use std::ops::Range;

const SHAPE: &str = "a table in JSON is a list of objects, or a list of lists";
const EXAMPLE: &str = "write `[{\"region\": \"North\", \"fees\": 12}, …]`, or a list of lists whose first names the columns";

pub(super) fn read(text: &str, range: Range<usize>) -> Result<Table, Fault> {
    let mut reader = Reader { text, at: range.start, end: range.end };
    if reader.rest().starts_with('\u{feff}') {
        reader.at += '\u{feff}'.len_utf8();
    }
    let mut table = Table { columns: Vec::new(), rows: Vec::new(), numerals: Numerals::PointDecimal, uneven: Vec::new() };
    let mut names_are_read = false;
    reader.expect_list()?;
    let mut is_first = true;
    while reader.next_of(']', &mut is_first)? {
        match reader.peek() {
            Some('{') => table.rows.push(reader.object(&mut table.columns)?),
            Some('[') if table.rows.is_empty() && !names_are_read => {
                table.columns = reader.list()?;
                names_are_read = true;
            }
            Some('[') => {
                let start = reader.at;
                let row = reader.list()?;
                if row.len() == table.columns.len() {
                    table.rows.push(row);
                } else {
                    let message = format!("this row has {} cells, and there are {} columns", row.len(), table.columns.len());
                    table.fit(row, Fault::malformed(start..start + 1, message, "write a cell for each column"));
                }
            }
            Some(_) | None => return Err(reader.unexpected(SHAPE)),
        }
        if table.rows.len() > super::MAX_ROWS || table.columns.len() > super::MAX_COLUMNS {
            break;
        }
    }
    csv::check_names(&table.columns)?;
    // Later objects may have brought columns that earlier rows lack.
    for row in &mut table.rows {
        row.resize_with(table.columns.len(), || Cell { text: String::new(), range: range.start..range.start });
    }
    Ok(table)
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    end: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..self.end]
    }

    fn peek(&mut self) -> Option<char> {
        self.at = self.end - self.rest().trim_start().len();
        self.rest().chars().next()
    }

    fn unexpected(&mut self, message: &str) -> Fault {
        match self.peek() {
            Some(c) => Fault::malformed(self.at..self.at + c.len_utf8(), message, EXAMPLE),
            None => Fault::malformed(self.end..self.end, "the text ends too early", EXAMPLE),
        }
    }

    fn sign(&mut self, sign: char) -> Result<(), Fault> {
        match self.peek() {
            Some(c) if c == sign => {
                self.at += c.len_utf8();
                Ok(())
            }
            Some(c) => Err(self.unexpected(&format!("`{c}` is not expected here"))),
            None => Err(self.unexpected("")),
        }
    }

    fn expect_list(&mut self) -> Result<(), Fault> {
        match self.peek() {
            Some('[') => self.sign('['),
            Some(_) | None => Err(self.unexpected(SHAPE)),
        }
    }

    /// Whether another element follows; takes the comma before it, or the closing sign.
    fn next_of(&mut self, close: char, is_first: &mut bool) -> Result<bool, Fault> {
        if self.peek() == Some(close) {
            self.sign(close)?;
            return Ok(false);
        }
        if !*is_first {
            self.sign(',')?;
            if self.peek() == Some(close) {
                return Err(self.unexpected(&format!("`{close}` is not expected here")));
            }
        }
        *is_first = false;
        Ok(true)
    }

    fn list(&mut self) -> Result<Vec<Cell>, Fault> {
        self.sign('[')?;
        let (mut cells, mut is_first) = (Vec::new(), true);
        while self.next_of(']', &mut is_first)? {
            cells.push(self.value()?);
        }
        Ok(cells)
    }

    /// An object's values, in the order of the columns; a key that is new becomes a column.
    fn object(&mut self, columns: &mut Vec<Cell>) -> Result<Vec<Cell>, Fault> {
        self.sign('{')?;
        let start = self.at;
        let (mut row, mut is_first) = (vec![Cell { text: String::new(), range: start..start }; columns.len()], true);
        while self.next_of('}', &mut is_first)? {
            let key = match self.peek() {
                Some('"') => self.string()?,
                Some(_) | None => return Err(self.unexpected("a key stands in quotes")),
            };
            self.sign(':')?;
            let value = self.value()?;
            match columns.iter().position(|column| column.text == key.text) {
                Some(idx) => row[idx] = value,
                None => {
                    columns.push(key);
                    row.push(value);
                }
            }
        }
        Ok(row)
    }

    fn value(&mut self) -> Result<Cell, Fault> {
        match self.peek() {
            Some('"') => self.string(),
            Some(c) if c == '-' || c.is_ascii_alphanumeric() => {
                let len = self.rest().find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c)).unwrap_or(self.rest().len());
                let word = &self.rest()[..len];
                let is_known = matches!(word, "true" | "false" | "null") || word.parse::<f64>().is_ok_and(f64::is_finite);
                let text = if word == "null" { String::new() } else { word.to_owned() };
                if !is_known {
                    let message = format!("`{word}` is neither text in quotes nor a number");
                    return Err(Fault::malformed(self.at..self.at + len, message, EXAMPLE));
                }
                self.at += len;
                Ok(Cell { text, range: self.at - len..self.at })
            }
            Some(_) | None => Err(self.unexpected("a cell holds text, a number, true, false or null")),
        }
    }

    fn string(&mut self) -> Result<Cell, Fault> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        while at < self.end && bytes[at] != b'"' {
            at += if bytes[at] == b'\\' { 2 } else { 1 };
        }
        if at >= self.end {
            self.at = self.end;
            return Err(self.unexpected(""));
        }
        self.at = at + 1;
        let range = start..self.at;
        let text: Result<String, _> = serde_json::from_str(&self.text[range.clone()]);
        match text {
            Ok(text) => Ok(Cell { text: text.trim().to_owned(), range }),
            Err(_) => Err(Fault::malformed(range, "this text has an escape or a sign that JSON does not know", EXAMPLE)),
        }
    }
}
