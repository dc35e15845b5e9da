//! `table`: data from a file or a code block as a table that can be read, copied and taken away.

use super::data::table_of;
use super::{Call, Maker};
use crate::base::diagnostic::Diagnostic;
use crate::parse::data::{self, Number};
use crate::render::chart::{Figures, NumberFormat};
use crate::render::view::object::{Object, list};
use tera::Value;

/// The most rows that a page shows; all of them are in the download.
const MAX_SHOWN: usize = 500;

/// See the module.
pub struct Table;

impl Maker for Table {
    fn name(&self) -> &'static str {
        "table"
    }

    fn make(&self, call: &Call<'_>) -> Result<Object, Vec<Diagnostic>> {
        let found = table_of(call.document, call.directive, call.data).map_err(|finding| vec![*finding])?.whole()?;
        let names = data::downloads(&call.document.directives);
        let name = names.iter().find(|name| call.document.directives.get(name.directive_idx) == Some(call.directive));
        let name = name.expect("a table is a directive with data");
        Ok(Object::new()
            .with("id", name.id.as_str())
            .with("download", (call.beside)(&name.file_name))
            .and(table_values(&found.table, None)))
    }
}

/// `columns` and `rows` for a template: the first cell of a row is its name, and numbers are told apart.
pub fn table_values(table: &data::Table, format: Option<&NumberFormat>) -> Object {
    let is_numeric: Vec<bool> =
        (0..table.columns.len()).map(|idx| idx > 0 && table.rows.iter().all(|row| table.numerals.read(&row[idx].text).is_some())).collect();
    let column = |(idx, cell): (usize, &data::Cell)| -> Value {
        Object::new().with("name", cell.text.as_str()).with("numeric", is_numeric[idx]).into()
    };
    let shown = |idx: usize, cell: &data::Cell| match (format, table.numerals.read(&cell.text)) {
        (Some(format), Some(Number::Value { value, .. })) if idx > 0 => format.text(value),
        (Some(_), Some(Number::Missing)) if idx > 0 => "–".to_owned(),
        (Some(_) | None, _) => cell.text.clone(),
    };
    let row = |cells: &Vec<data::Cell>| -> Value {
        let cell = |(idx, cell): (usize, &data::Cell)| -> Value {
            Object::new().with("text", shown(idx, cell)).with("numeric", is_numeric[idx]).into()
        };
        list(cells.iter().enumerate().map(cell))
    };
    Object::new()
        .with("columns", list(table.columns.iter().enumerate().map(column)))
        .with("rows", list(table.rows.iter().take(MAX_SHOWN).map(row)))
        .with("row_count", table.rows.len())
        .with("is_cut", table.rows.len() > MAX_SHOWN)
}

/// The names of the series with their classes, for the key of a chart.
pub fn key_values(figures: &Figures) -> Value {
    let key = |(idx, series): (usize, &crate::render::chart::Series)| -> Value {
        Object::new().with("name", series.name.as_str()).with("class", format!("chart-{}", idx + 1)).into()
    };
    list(figures.series.iter().enumerate().map(key))
}
