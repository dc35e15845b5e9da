//! `chart`: a table to a drawing, with the table itself beside it for those who do not see the drawing.

use super::data::{Found, table_of};
use super::table::{key_values, table_values};
use super::{Call, Maker};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::suggest::did_you_mean;
use crate::parse::data::{self, Cell, Number};
use crate::render::chart::{self, Figures, Kind, MAX_SERIES, NumberFormat, Series};
use crate::render::view::object::Object;
use tera::Value;

/// See the module.
pub struct Chart;

impl Maker for Chart {
    fn name(&self) -> &'static str {
        "chart"
    }

    fn make(&self, call: &Call<'_>) -> Result<Object, Vec<Diagnostic>> {
        let kind = call.word("type", &Kind::ALL, Kind::Bar);
        let decimals = decimals(call);
        let found = table_of(call.document, call.directive, call.data);
        let (kind, decimals, found) = match (kind, decimals, found) {
            (Ok(kind), Ok(decimals), Ok(found)) => (kind, decimals, found),
            (kind, decimals, found) => {
                return Err([kind.err(), decimals.err(), found.err()].into_iter().flatten().map(|finding| *finding).collect());
            }
        };
        let (figures, written) = figures(&found)?;
        let findings = check(call, kind, &found, &figures);
        if !findings.is_empty() {
            return Err(findings);
        }
        let unit = call.text("unit");
        let format = NumberFormat::new(call.lang, unit, decimals.unwrap_or(written));
        let drawn_format = if kind == Kind::Share { NumberFormat::percent(call.lang) } else { format.clone() };
        let names = data::downloads(&call.document.directives);
        let name = names.iter().find(|name| call.document.directives.get(name.directive_idx) == Some(call.directive));
        let name = name.expect("a chart is a directive with data");
        let said = Some(call.text("description")).filter(|text| !text.is_empty());
        let description = said.map_or_else(|| chart::in_words(&figures, &format), str::to_owned);
        let drawing = chart::draw(&chart::Chart {
            id: &name.id,
            kind,
            title: call.text("title"),
            description: &description,
            figures: &figures,
            format: &drawn_format,
            highlight: call.param("highlight").map(|value| value.value.trim()),
        });
        let keys = if drawing.names_series { Value::from(Vec::<Value>::new()) } else { key_values(&figures) };
        Ok(Object::new()
            .with("id", name.id.as_str())
            .with("kind", kind.as_str())
            .with("svg", Value::safe_string(&drawing.svg))
            .with("keys", keys)
            .with("unit", if NumberFormat::is_beside(unit) { "" } else { unit })
            .with("download", (call.beside)(&name.file_name))
            .and(table_values(&found.table, Some(&format))))
    }
}

/// How many decimals are asked for.
fn decimals(call: &Call<'_>) -> Result<Option<usize>, Box<Diagnostic>> {
    let Some(value) = call.param("decimals") else { return Ok(None) };
    match value.value.trim().parse() {
        Ok(decimals @ 0..=6) => Ok(Some(decimals)),
        Ok(_) | Err(_) => {
            let message = format!("`{}` is no number of decimals", value.value.escape_debug());
            Err(call.invalid(value, message).help("write a number from 0 to 6").into())
        }
    }
}

/// The first column names the categories, each other one is a series. Also the most decimals written.
fn figures(found: &Found) -> Result<(Figures, usize), Vec<Diagnostic>> {
    let table = &found.table;
    let mut findings = Vec::new();
    let mut most_decimals = 0;
    let mut value = |row: &[Cell], idx: usize| match table.numerals.read(&row[idx].text) {
        Some(Number::Value { value, decimals }) => {
            most_decimals = most_decimals.max(decimals);
            Some(value)
        }
        Some(Number::Missing) => None,
        None => {
            let message = format!("`{}` is not a number", row[idx].text.escape_debug());
            let column = table.columns[idx].text.escape_debug();
            let finding = Diagnostic::error("data-not-a-number", Place::new(&found.path, row[idx].range.clone()), message);
            findings.push(
                finding
                    .note(format!("it stands in the column `{column}`"))
                    .help("write plain numbers, units in `unit=\"…\"`; leave a cell empty where nothing is known"),
            );
            None
        }
    };
    let series = table
        .columns
        .iter()
        .enumerate()
        .skip(1)
        .map(|(idx, column)| Series { name: column.text.clone(), values: table.rows.iter().map(|row| value(row, idx)).collect() });
    let series: Vec<Series> = series.collect();
    let categories = table.rows.iter().map(|row| row[0].text.clone()).collect();
    findings.truncate(10);
    findings.extend(found.uneven());
    if findings.is_empty() { Ok((Figures { categories, series }, most_decimals)) } else { Err(findings) }
}

/// What no drawing of this kind can show.
fn check(call: &Call<'_>, kind: Kind, found: &Found, figures: &Figures) -> Vec<Diagnostic> {
    let table = &found.table;
    let impossible = |place: Place, message: String| Diagnostic::error("chart-impossible", place, message);
    let at = |cell: &Cell| Place::new(&found.path, cell.range.clone());
    let mut findings = Vec::new();
    if figures.series.is_empty() {
        let finding = impossible(at(&table.columns[0]), "a chart needs a column of numbers beside the column of names".to_owned());
        findings.push(finding.help("write the names in the first column and the numbers in those after it"));
    }
    if let Some(column) = table.columns.get(MAX_SERIES + 1) {
        let finding = impossible(at(column), format!("this chart has {} series; {MAX_SERIES} are the most", figures.series.len()));
        findings.push(finding.help("show the series that carry the point; a table has room for all"));
    }
    if let Some(row) = table.rows.get(kind.max_categories()) {
        let message = format!("this chart has {} rows; {} are the most for `{}`", table.rows.len(), kind.max_categories(), kind.as_str());
        findings.push(impossible(at(&row[0]), message).help("show the rows that carry the point; a table has room for all"));
    }
    let values = figures.series.iter().flat_map(|series| &series.values);
    if !figures.series.is_empty() && values.flatten().next().is_none() {
        findings.push(impossible(at(&table.columns[0]), "this chart has no numbers".to_owned()));
    }
    match kind {
        Kind::Stacked | Kind::Share => findings.extend(negative(found, figures, kind).map(|(cell, message)| impossible(at(cell), message))),
        Kind::Bar | Kind::Line | Kind::Dot => {}
    }
    findings.extend(call.param("highlight").and_then(|value| {
        let known = figures.series.iter().map(|series| series.name.as_str()).chain(figures.categories.iter().map(String::as_str));
        let is_known = known.clone().any(|name| name == value.value.trim());
        let message = || format!("no series and no row is named `{}`", value.value.escape_debug());
        (!is_known).then(|| call.invalid(value, message()).maybe_help(did_you_mean(&value.value, known)))
    }));
    if call.text("title").is_empty() {
        let finding =
            Diagnostic::error("directive-parameter-missing", call.name_place(), "a chart without a title says nothing to most readers");
        findings.push(finding.help("say what it shows: `title=\"Fees fell in every region\"`"));
    }
    findings
}

/// The first part below zero: parts of a whole cannot be.
fn negative<'a>(found: &'a Found, figures: &Figures, kind: Kind) -> Option<(&'a Cell, String)> {
    let cells = figures
        .series
        .iter()
        .enumerate()
        .flat_map(|(column_idx, series)| series.values.iter().enumerate().map(move |(row_idx, value)| (row_idx, column_idx, *value)));
    let (row_idx, column_idx, _) = cells.into_iter().find(|(.., value)| value.is_some_and(|value| value < 0.0))?;
    let cell = &found.table.rows[row_idx][column_idx + 1];
    Some((cell, format!("`{}` cannot be a part of a whole; draw these figures as `bar` and not as `{}`", cell.text, kind.as_str())))
}
