//! Findings for people, in the look of the Rust compiler: the author's line, carets under the words
//! meant, and how to mend it.

use super::{Report, Style, counted};
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::sources::SourceText;
use crate::base::text::floor_char_boundary;
use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Origin, Padding, Renderer, Snippet, normalize_untrusted_str};
use std::collections::BTreeMap;
use std::io;
use std::ops::Range;

/// A place on more lines than this shows its first line only.
const MAX_LINES: usize = 12;

/// Bytes of a line kept on each side of a place; the renderer crops the rest to the terminal.
const MAX_SIDE: usize = 2000;

/// Prints the findings, a blank line after each, what was left out, and the summary.
pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let renderer = match report.style {
        Style::Plain => Renderer::plain(),
        Style::Colored => Renderer::styled().hyperlink(false),
    };
    let renderer = renderer.term_width(report.width);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for diagnostic in report.findings {
        let count = counts.entry(diagnostic.rule).or_default();
        *count += usize::from(diagnostic.severity == Severity::Warning);
        if report.most_of_a_rule.is_some_and(|most| diagnostic.severity == Severity::Warning && *count > most) {
            continue;
        }
        writeln!(out, "{}\n", renderer.render(&groups(diagnostic, report)))?;
        if let Some((_, block)) = diagnostic.help.as_deref().and_then(help_with_block) {
            writeln!(out, "{}\n", normalize_untrusted_str(block))?;
        }
    }
    let beyond = |count: usize| count.saturating_sub(report.most_of_a_rule.unwrap_or(usize::MAX));
    for (rule, more) in counts.iter().map(|(rule, count)| (rule, beyond(*count))).filter(|(_, more)| *more > 0) {
        writeln!(out, "and {} of `{rule}`, which `sowhat check` shows\n", counted(more, "more warning"))?;
    }
    match report.scope {
        Some(_) => writeln!(out, "{}", summary(report)),
        None => Ok(()),
    }
}

/// `2 errors, 1 warning in 12 pieces (11 ungated)`.
fn summary(report: &Report<'_>) -> String {
    let (errors, warnings) = (report.count(Severity::Error), report.count(Severity::Warning));
    let findings = match (errors, warnings) {
        (0, 0) => "no findings".to_owned(),
        (0, _) => counted(warnings, "warning"),
        (_, 0) => counted(errors, "error"),
        (_, _) => format!("{}, {}", counted(errors, "error"), counted(warnings, "warning")),
    };
    let Some(scope) = report.scope else { return findings };
    let ungated = match scope.pieces - scope.ungated.min(scope.pieces) {
        0 => "all ungated".to_owned(),
        gated => format!("{} ungated, {gated} gated", scope.ungated),
    };
    let excused = match scope.excused {
        0 => String::new(),
        excused => format!("; {excused} excused by the baseline"),
    };
    match scope.pieces {
        0 => format!("{findings}; no pieces yet"),
        pieces => format!("{findings} in {} ({ungated}){excused}", counted(pieces, "piece")),
    }
}

/// The finding and its facts, then each second place in a group of its own.
fn groups<'a>(diagnostic: &'a Diagnostic, report: &Report<'a>) -> Vec<Group<'a>> {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let title = level.primary_title(one_line(&diagnostic.message)).id(diagnostic.rule);
    let main = title.elements(excerpt(&diagnostic.place, diagnostic.label.as_deref(), report));
    let placed = diagnostic.notes.iter().filter_map(|note| Some((note, note.place.as_ref()?)));
    let others: Vec<Group<'a>> = placed
        .map(|(note, place)| Level::NOTE.secondary_title(normalize_untrusted_str(&note.message)).elements(excerpt(place, None, report)))
        .collect();
    let last_words = footer(diagnostic, report);
    let mut groups = vec![main];
    groups.extend(others);
    let is_second_place = groups.len() > 1;
    let last = groups.pop().expect("the finding's own group is there");
    // The renderer parts the words from the excerpt by itself in the first group only.
    let gap = (is_second_place && !last_words.is_empty()).then_some(Padding);
    groups.push(last.elements(gap).elements(last_words));
    groups
}

/// Facts without a place, the help, and where to read why.
fn footer<'a>(diagnostic: &'a Diagnostic, report: &Report<'a>) -> Vec<Element<'a>> {
    let plain = diagnostic.notes.iter().filter(|note| note.place.is_none());
    let notes = plain.map(|note| Level::NOTE.message(normalize_untrusted_str(&note.message)));
    let why = report.has_rule(diagnostic.rule).then(|| Level::NOTE.with_name("why").message(format!("sowhat explain {}", diagnostic.rule)));
    let (help, block_follows) = match diagnostic.help.as_deref() {
        Some(help) => match help_with_block(help) {
            Some((first, _)) => (Some(first), true),
            None => (Some(help.trim_end()), false),
        },
        None => (None, false),
    };
    let help = help.map(|help| Level::HELP.message(normalize_untrusted_str(help)));
    // A block to paste stands below everything else, so the line that introduces it comes last.
    let tail = if block_follows { [why, help] } else { [help, why] };
    notes.chain(tail.into_iter().flatten()).map(Element::from).collect()
}

/// Parts help that holds a block to paste into the line before it and the block, which is printed
/// from the first column so that it can be copied.
fn help_with_block(help: &str) -> Option<(&str, &str)> {
    let (first, block) = help.trim_end().split_once('\n')?;
    Some((first, block.trim_matches('\n')))
}

/// The lines that a place covers, with the place marked.
fn excerpt<'a>(place: &Place, label: Option<&'a str>, report: &Report<'a>) -> Vec<Element<'a>> {
    let path = place.path.to_string();
    let Some(source) = report.sources.get(&place.path) else {
        return vec![Origin::path(path).into()];
    };
    let start = source.region(place).start;
    let excerpt = cut(source, place);
    let annotation: Annotation<'a> = AnnotationKind::Primary.span(excerpt.range).label(label.map(one_line));
    let snippet = Snippet::source(excerpt.text).line_start(start.line).annotation(annotation);
    match excerpt.left {
        LeftEdge::Whole => vec![snippet.path(path).into()],
        // The renderer would count the column from where the excerpt begins.
        LeftEdge::Cropped => vec![Origin::path(path).line(start.line).char_column(start.column).into(), snippet.into()],
    }
}

/// What the renderer gets to see of a file.
struct Excerpt {
    text: String,
    /// The marked bytes of `text`.
    range: Range<usize>,
    left: LeftEdge,
}

/// Whether an excerpt begins where its first line does.
enum LeftEdge {
    Whole,
    Cropped,
}

/// The text of the lines that a place covers, joined by `\n` whatever ended them in the file, and
/// the place within that text.
///
/// Only these lines reach the renderer, so that a finding costs the same in a file of any size.
fn cut(source: &SourceText, place: &Place) -> Excerpt {
    let text = source.text();
    let start = floor_char_boundary(text, place.start);
    let end = floor_char_boundary(text, place.end).max(start);
    let first = source.lines().position(text, start).line;
    // A place that ends just after a line break does not cover the next line.
    let last = source.lines().position(text, end.saturating_sub(1).max(start)).line;
    let last = if last - first >= MAX_LINES { first } else { last };
    let mut joined = String::new();
    let (mut joined_start, mut joined_end) = (0, 0);
    let mut left = LeftEdge::Whole;
    for line in first..=last {
        let line_range = line_range(source, line);
        let from = if line == first { start.min(line_range.end) } else { line_range.start };
        let to = if line == last { end.clamp(from, line_range.end) } else { line_range.end };
        let (window, marked) = crop(text, line_range.clone(), from..to);
        if line == first {
            joined_start = marked.start;
            left = if window.start == line_range.start { LeftEdge::Whole } else { LeftEdge::Cropped };
        } else {
            joined.push('\n');
        }
        joined_end = joined.len() + marked.end;
        joined.push_str(&text[window]);
    }
    Excerpt { text: joined, range: joined_start..joined_end.max(joined_start), left }
}

/// The bytes of a line, without what ends it.
fn line_range(source: &SourceText, line: usize) -> Range<usize> {
    let lines = source.lines();
    let start = lines.line_start(line);
    let end = if line < lines.line_count() { lines.line_start(line + 1) } else { source.text().len() };
    start..start + source.text()[start..end].trim_end_matches(['\n', '\r']).len()
}

/// The part of a very long line that is worth showing, and the marked range within that part.
fn crop(text: &str, line: Range<usize>, marked: Range<usize>) -> (Range<usize>, Range<usize>) {
    let from = floor_char_boundary(text, marked.start.saturating_sub(MAX_SIDE)).max(line.start);
    let marked_end = floor_char_boundary(text, marked.end.min(marked.start + MAX_SIDE));
    let to = floor_char_boundary(text, marked_end + MAX_SIDE).min(line.end);
    (from..to, marked.start - from..marked_end - from)
}

/// Text that stays on one line, whatever it quotes.
fn one_line(text: &str) -> String {
    text.split(['\n', '\r']).map(str::trim_end).collect::<Vec<_>>().join(" ")
}
