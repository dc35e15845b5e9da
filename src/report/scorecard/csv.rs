//! The report as a table, one line for each piece: what a spreadsheet opens.

use super::{PieceCard, Scorecard};
use crate::base::date::Date;
use crate::editorial::records::quoted;
use crate::parse::records::Head;
use std::io;

/// Prints the table.
pub(super) fn write(scorecard: &Scorecard, out: &mut dyn io::Write) -> io::Result<()> {
    let names: Vec<String> = columns(None).into_iter().map(|(name, _)| name).collect();
    writeln!(out, "{}", names.join(","))?;
    for piece in &scorecard.pieces {
        let fields: Vec<String> = columns(Some(piece)).into_iter().map(|(_, value)| quoted(&inert(&value))).collect();
        writeln!(out, "{}", fields.join(","))?;
    }
    Ok(())
}

/// The columns with the values of a piece, or without.
fn columns(piece: Option<&PieceCard>) -> Vec<(String, String)> {
    let text = |of: &dyn Fn(&PieceCard) -> String| piece.map_or_else(String::new, of);
    let day = |date: Option<Date>| date.map_or_else(String::new, |date| date.iso_day());
    let mut columns: Vec<(String, String)> = Vec::new();
    let mut push = |name: &str, value: String| columns.push((name.to_owned(), value));
    push("path", text(&|piece| piece.path.clone()));
    push("title", text(&|piece| piece.title.clone()));
    push("state", text(&|piece| piece.state.as_str().to_owned()));
    push("date", text(&|piece| day(piece.date)));
    push("words", text(&|piece| piece.words.to_string()));
    push("gated", text(&|piece| if piece.gated { "yes" } else { "no" }.to_owned()));
    push("authors", text(&|piece| piece.authors.join("; ")));
    push("audiences", text(&|piece| piece.audiences.join("; ")));
    push("outcome", text(&|piece| piece.outcome.clone().unwrap_or_default()));
    push("topics", text(&|piece| piece.topics.join("; ")));
    push("evidence_have", text(&|piece| piece.total().have.to_string()));
    push("evidence_of", text(&|piece| piece.total().of.to_string()));
    for head in Head::ALL {
        push(&format!("{}_have", head.as_str()), text(&|piece| piece.tally(head).have.to_string()));
        push(&format!("{}_of", head.as_str()), text(&|piece| piece.tally(head).of.to_string()));
    }
    push("raters", text(&|piece| piece.rated.map_or(0, |rated| rated.n_raters).to_string()));
    for head in Head::ALL {
        let mean = |piece: &PieceCard| piece.rated.and_then(|rated| rated.means).map(|means| format!("{:.2}", means[head as usize]));
        push(&format!("{}_rating", head.as_str()), text(&|piece| mean(piece).unwrap_or_default()));
    }
    push("objective", text(&|piece| piece.objective.state.as_str().to_owned()));
    push("metric", text(&|piece| piece.objective.metric.clone().unwrap_or_default()));
    push("target", text(&|piece| piece.objective.target.clone().unwrap_or_default()));
    push("target_by", text(&|piece| day(piece.objective.by)));
    push("last_value", text(&|piece| piece.objective.last.as_ref().map_or_else(String::new, |last| last.value.clone())));
    push("last_on", text(&|piece| day(piece.objective.last.as_ref().map(|last| last.on))));
    for (idx, capacity) in crate::config::sign_off::Capacity::ALL.into_iter().enumerate() {
        push(&format!("{}_signed", capacity.as_str()), text(&|piece| piece.sign_offs[idx].1.as_str().to_owned()));
    }
    push("review_by", text(&|piece| day(piece.review_by)));
    push("next", text(&|piece| piece.next().iter().map(|evidence| evidence.item.mend).collect::<Vec<_>>().join("; ")));
    columns
}

/// A field that no spreadsheet runs as a formula.
fn inert(value: &str) -> String {
    let is_number = value.parse::<f64>().is_ok();
    if value.starts_with(['=', '+', '-', '@', '\t']) && !is_number { format!("'{value}") } else { value.to_owned() }
}
