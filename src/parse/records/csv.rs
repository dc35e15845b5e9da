//! Comma-separated text to a table of named columns, every cell with its bytes. Strict: what is not as
//! it should be is a finding at its place, and nothing is guessed.

use super::rules;
use crate::base::diagnostic::Diagnostic;
use crate::base::file_text::FileText;
use crate::base::spanned::Spanned;
use crate::base::suggest::did_you_mean;
use std::ops::Range;

/// A cell, with its place.
pub type Cell = Spanned<String>;

/// A column that a table may have.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    pub name: &'static str,
    /// Whether the file has to have it.
    pub required: bool,
}

/// One record: its cells by the names of their columns.
#[derive(Debug, Clone)]
pub struct Row {
    /// The whole record.
    pub range: Range<usize>,
    cells: Vec<(&'static str, Cell)>,
}

impl Row {
    /// A cell that says something.
    pub fn get(&self, column: &str) -> Option<&Cell> {
        self.cells.iter().find(|(name, _)| *name == column).map(|(_, cell)| cell).filter(|cell| !cell.value.is_empty())
    }

    /// A cell that has to say something; one that does not is a finding.
    pub fn require(&self, column: &str, source: FileText<'_>, findings: &mut Vec<Diagnostic>) -> Option<&Cell> {
        let cell = self.get(column);
        if cell.is_none() {
            let place = source.place(self.range.clone());
            let finding = Diagnostic::error(rules::MALFORMED, place, format!("this record has no `{column}`"));
            findings.push(finding.help("fill it in, or take the record out"));
        }
        cell
    }
}

/// Reads a table. A record that cannot be read is a finding and left out.
pub fn read(source: FileText<'_>, columns: &'static [Column]) -> (Vec<Row>, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let lines = lines(source, &mut findings);
    let mut lines = lines.into_iter();
    let Some(head) = lines.next() else { return (Vec::new(), findings) };
    let Some(names) = header(source, &head, columns, &mut findings) else { return (Vec::new(), findings) };
    let mut rows = Vec::new();
    for line in lines {
        if line.cells.len() != names.len() {
            let message = format!("this record has {} fields, and the first line names {}", line.cells.len(), names.len());
            let finding = Diagnostic::error(rules::MALFORMED, source.place(line.range), message);
            findings.push(finding.help("a field that holds a comma stands between double quotes"));
            continue;
        }
        findings.extend(line.cells.iter().filter(|cell| is_formula(&cell.value)).map(|cell| formula(source, cell)));
        let cells = names.iter().copied().zip(line.cells).filter(|(name, _)| !name.is_empty()).collect();
        rows.push(Row { range: line.range, cells });
    }
    (rows, findings)
}

/// The names that the first line of a table gives; `None` when it has no such line.
pub fn names(text: &str) -> Option<Vec<String>> {
    let path = crate::base::path::SourcePath::root();
    let head = lines(FileText { path: &path, text }, &mut Vec::new()).into_iter().next()?;
    Some(head.cells.into_iter().map(|cell| cell.value).collect())
}

/// A record as written.
struct Line {
    range: Range<usize>,
    cells: Vec<Cell>,
}

/// The records that are neither blank nor a comment.
fn lines(source: FileText<'_>, findings: &mut Vec<Diagnostic>) -> Vec<Line> {
    let text = source.text;
    let mut at = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut lines = Vec::new();
    while at < text.len() {
        let rest = &text[at..];
        let plain_end = at + rest.find(['\n', '\r']).unwrap_or(rest.len());
        let is_skipped = text[at..plain_end].trim().is_empty() || rest.starts_with('#');
        let end = if is_skipped {
            plain_end
        } else {
            let mut cursor = Cursor { source, at, findings };
            let cells = cursor.cells();
            let end = cursor.at;
            lines.extend(cells.map(|cells| Line { range: at..end, cells }));
            end
        };
        let rest = &text[end..];
        at = end + if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
    }
    lines
}

struct Cursor<'a> {
    source: FileText<'a>,
    at: usize,
    findings: &'a mut Vec<Diagnostic>,
}

impl Cursor<'_> {
    /// The cells of one record; leaves the cursor at its end. `None` when it cannot be read.
    fn cells(&mut self) -> Option<Vec<Cell>> {
        let mut cells = Vec::new();
        let mut is_sound = true;
        loop {
            match self.cell() {
                Some(cell) => cells.push(cell),
                None => is_sound = false,
            }
            if !self.source.text[self.at..].starts_with(',') {
                return is_sound.then_some(cells);
            }
            self.at += 1;
        }
    }

    fn cell(&mut self) -> Option<Cell> {
        let text = self.source.text;
        let gap = text[self.at..].len() - text[self.at..].trim_start_matches([' ', '\t']).len();
        if text[self.at + gap..].starts_with('"') {
            self.at += gap;
            return self.quoted();
        }
        let end = self.at + text[self.at..].find([',', '\n', '\r']).unwrap_or(text.len() - self.at);
        let written = &text[self.at..end];
        let start = self.at + (written.len() - written.trim_start().len());
        let value = written.trim();
        self.at = end;
        if let Some(quote) = value.find('"') {
            let place = self.source.place(start + quote..start + quote + 1);
            let finding = Diagnostic::error(rules::MALFORMED, place, "a double quote stands inside a field that does not begin with one");
            self.findings.push(finding.help("put the whole field between double quotes, and double those inside it"));
            return None;
        }
        Some(Cell::new(value.to_owned(), start..start + value.len()))
    }

    fn quoted(&mut self) -> Option<Cell> {
        let text = self.source.text;
        let open = self.at;
        let mut value = String::new();
        let mut at = open + 1;
        loop {
            let Some(quote) = text[at..].find('"') else {
                let place = self.source.place(open..open + 1);
                let finding = Diagnostic::error(rules::MALFORMED, place, "this double quote is never closed; the file was read no further");
                self.findings.push(finding.help("close it at the end of the field; a quote inside a field is written twice"));
                self.at = text.len();
                return None;
            };
            value.push_str(&text[at..at + quote]);
            at += quote + 1;
            if !text[at..].starts_with('"') {
                break;
            }
            value.push('"');
            at += 1;
        }
        let rest = &text[at..];
        let tail = &rest[..rest.find([',', '\n', '\r']).unwrap_or(rest.len())];
        self.at = at + tail.len();
        if !tail.trim().is_empty() {
            let place = self.source.place(at..at + tail.len());
            self.findings.push(Diagnostic::error(rules::MALFORMED, place, "text stands after the closing quote of this field"));
            return None;
        }
        Some(Cell::new(value.trim().to_owned(), open..at))
    }
}

/// The known name of each column, empty for one that is not known; `None` when nothing can be read
/// under these names.
fn header(source: FileText<'_>, head: &Line, columns: &'static [Column], findings: &mut Vec<Diagnostic>) -> Option<Vec<&'static str>> {
    let wanted: Vec<&str> = columns.iter().map(|column| column.name).collect();
    let n_before = findings.len();
    if let [only] = head.cells.as_slice()
        && columns.len() > 1
        && let Some(other) = [';', '\t'].into_iter().find(|other| only.value.contains(*other))
    {
        let shown = if other == ';' { "`;`" } else { "tabs" };
        let message = format!("the fields of this file are parted by {shown}, not by commas");
        let finding = Diagnostic::error(rules::MALFORMED, source.place(only.range.clone()), message);
        findings.push(finding.help("save it as CSV with commas"));
        return None;
    }
    let mut names: Vec<&'static str> = Vec::new();
    for cell in &head.cells {
        let name = columns.iter().map(|column| column.name).find(|name| *name == cell.value);
        if name.is_some_and(|name| names.contains(&name)) {
            let message = format!("the column `{}` is there twice", cell.value);
            findings.push(Diagnostic::error(rules::MALFORMED, source.place(cell.range.clone()), message));
        } else if name.is_none() {
            let message = format!("there is no column `{}` here", cell.value);
            let help =
                did_you_mean(&cell.value, wanted.iter().copied()).unwrap_or_else(|| format!("the columns are {}", wanted.join(", ")));
            findings.push(Diagnostic::error(rules::MALFORMED, source.place(cell.range.clone()), message).help(help));
        }
        names.push(name.unwrap_or_default());
    }
    for column in columns.iter().filter(|column| column.required && !names.contains(&column.name)) {
        let message = format!("the first line names no column `{}`", column.name);
        let finding = Diagnostic::error(rules::MALFORMED, source.place(head.range.clone()), message);
        findings.push(finding.help(format!("let the file begin with the line\n{}", wanted.join(","))));
    }
    (findings.len() == n_before).then_some(names)
}

/// True for what a spreadsheet would run when it opens the file.
fn is_formula(value: &str) -> bool {
    let mut letters = value.chars();
    match letters.next() {
        Some('=' | '@') => true,
        Some('+' | '-') => letters.next().is_some_and(|next| next.is_alphabetic() || next == '('),
        _ => false,
    }
}

fn formula(source: FileText<'_>, cell: &Cell) -> Diagnostic {
    let message = format!("`{}` is a formula: a spreadsheet would run it", cell.value.escape_debug());
    Diagnostic::error(rules::BAD_VALUE, source.place(cell.range.clone()), message).help("write the value that it comes to")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SourcePath;

    const COLUMNS: &[Column] =
        &[Column { name: "a", required: true }, Column { name: "b", required: true }, Column { name: "c", required: false }];

    /// The rows as `a|b|c` and the findings as `byte message`.
    fn shown(text: &str) -> (Vec<String>, Vec<String>) {
        let path = SourcePath::new("data/x.csv").unwrap();
        let (rows, findings) = read(FileText { path: &path, text }, COLUMNS);
        let cell = |row: &Row, name: &str| row.get(name).map_or_else(String::new, |cell| cell.value.clone());
        let rows = rows.iter().map(|row| ["a", "b", "c"].map(|name| cell(row, name)).join("|")).collect();
        (rows, findings.iter().map(|finding| format!("{} {}", finding.place.start, finding.message)).collect())
    }

    #[track_caller]
    fn check(text: &str, rows: &[&str]) {
        assert_eq!(shown(text), (rows.iter().map(|row| (*row).to_owned()).collect(), Vec::new()), "{text:?}");
    }

    #[track_caller]
    fn check_fault(text: &str, rows: &[&str], at: usize, part: &str) {
        let (read, faults) = shown(text);
        assert_eq!(read, rows, "{text:?}");
        assert_eq!(faults.len(), 1, "{text:?}: {faults:?}");
        assert!(faults[0].starts_with(&format!("{at} ")) && faults[0].contains(part), "{text:?}: {}", faults[0]);
    }

    #[test]
    fn reads_what_spreadsheets_write() {
        check("", &[]);
        check("a,b\n", &[]);
        check("\u{feff}a,b\r\n1,2\r\n\r\n3,4", &["1|2|", "3|4|"]);
        check("a,b\n1,2\n\n\n# a remark, with \"quotes\nx\n".trim_end_matches("x\n"), &["1|2|"]);
        check("c,b,a\nz,y,x\n", &["x|y|z"]);
        check("a,b\n\"1, and \"\"more\"\"\", \"two\nlines\" \n3,4\n", &["1, and \"more\"|two\nlines|", "3|4|"]);
        check("a,b\n -3 ,é\n", &["-3|é|"]);
        check("a,b\r1,2\r", &["1|2|"]);
    }

    #[test]
    fn says_what_is_wrong_at_its_place() {
        check_fault("a,b\n1\n2,3\n", &["2|3|"], 4, "has 1 fields");
        check_fault("a,b\n\"1,2\n3,4\n", &[], 4, "never closed");
        check_fault("a,b\n\"1\"x,2\n3,4\n", &["3|4|"], 7, "after the closing quote");
        check_fault("a,b\n1\"x,2\n3,4\n", &["3|4|"], 5, "inside a field");
        check_fault("a;b;c\n1;2;3\n", &[], 0, "parted by `;`");
        check_fault("a,b,d\n1,2,3\n", &[], 4, "no column `d`");
        check_fault("a,b,a\n1,2,3\n", &[], 4, "there twice");
        check_fault("a,c\n1,2\n", &[], 0, "no column `b`");
        check_fault("a,b\n=SUM(A1),2\n", &["=SUM(A1)|2|"], 4, "is a formula");
        check_fault("a,b\n1,-cmd\n", &["1|-cmd|"], 6, "is a formula");
    }

    #[test]
    fn no_text_makes_it_run_on_or_fall_over() {
        for text in ["\"", "\r", ",", ",,\n,,", "a,b\n\"", "#", "#\n", "\u{feff}", "a,b\n\"\"\"", "é\"", "a,b\n1,2\n\r\n\r\r\n3,4"] {
            let _ = shown(text);
        }
    }
}
