//! Lines over time, each named at its end.

use super::canvas::{Anchor, At, Canvas, NARROWEST, line_paint, room_for, series_paint, width_of};
use super::scale::{Scale, extent, tick_decimals, ticks};
use super::{Chart, Figures};
use crate::base::date::Date;

const TOP: f64 = 22.0;
const BOTTOM: f64 = 262.0;
const AXIS: f64 = 284.0;
/// The least distance between two names at the ends of lines.
const APART: f64 = 17.0;
/// A name that takes more pixels than this stands in the key and not at its line.
const NAME_ROOM: f64 = 116.0;

/// Draws the axis, the lines and their ends; true when each line carries its name.
pub fn draw(chart: &Chart<'_>, canvas: &mut Canvas) -> bool {
    let figures = chart.figures;
    let (low, high) = extent(figures);
    // Zero belongs on the axis unless all that happens is far from it.
    let low = if low >= 0.0 && high - low > low * 0.25 { 0.0 } else { low };
    let marks = ticks(low, high, 4);
    let y = Scale { from: (marks[0], marks[marks.len() - 1]), to: (BOTTOM, TOP) };
    let mark_format = chart.format.with_decimals(tick_decimals(&marks));
    let names: Vec<String> = figures.series.iter().map(|series| series.name.clone()).collect();
    let is_named = figures.series.len() > 1 && names.iter().all(|name| width_of(name) <= NAME_ROOM);
    let ends: Vec<String> = figures.series.iter().map(|series| end_label(chart, &series.values)).collect();
    let room = names.iter().filter(|_| is_named).chain(&ends).map(|text| width_of(text)).fold(0.0, f64::max);
    let x = Scale { from: (0.0, 1.0), to: (1.5, 100.0 - room_for(room).min(42.0)) };
    for mark in &marks {
        let class = if *mark == 0.0 { "class=\"chart-axis\" stroke=\"#767f87\"" } else { "class=\"chart-grid\" stroke=\"#d4d8da\"" };
        canvas.line(class, (0.0, y.at(*mark)), (x.to.1, y.at(*mark)));
    }
    let positions: Vec<f64> = positions(figures).into_iter().map(|share| x.at(share)).collect();
    name_points(figures, &positions, canvas);
    for (series_idx, series) in figures.series.iter().enumerate() {
        let is_muted = chart.highlight.is_some_and(|highlight| highlight != series.name);
        let points: Vec<Option<(f64, f64)>> =
            series.values.iter().zip(&positions).map(|(value, x)| value.map(|value| (*x, y.at(value)))).collect();
        draw_line(&points, series_idx, is_muted, canvas);
    }
    // Over the lines: a number that a line crosses must still be read.
    for mark in &marks {
        canvas.text("chart-tick", At { x: 0.0, y: y.at(*mark) - 4.0, dx: 0.0 }, Anchor::Start, &mark_format.text(*mark));
    }
    let lasts: Vec<(f64, usize)> = figures
        .series
        .iter()
        .enumerate()
        .filter_map(|(idx, series)| Some((y.at(series.values.iter().rev().flatten().next().copied()?), idx)))
        .collect();
    for (at, series_idx) in spread(lasts, if is_named { 2.0 * APART } else { APART }) {
        let is_muted = chart.highlight.is_some_and(|highlight| highlight != names[series_idx]);
        let class = format!("chart-end chart-{}{}", series_idx + 1, if is_muted { " chart-muted" } else { "" });
        let place = |y: f64| At { x: x.to.1, y, dx: 8.0 };
        canvas.text(&class, place(at + 4.5), Anchor::Start, &ends[series_idx]);
        if is_named {
            canvas.text(&class, place(at + 4.5 + APART - 3.0), Anchor::Start, &names[series_idx]);
        }
    }
    is_named
}

fn end_label(chart: &Chart<'_>, values: &[Option<f64>]) -> String {
    values.iter().rev().flatten().next().map_or_else(String::new, |value| chart.format.text(*value))
}

/// Where each category stands between 0 and 1: by its date or number if all have one, else evenly.
fn positions(figures: &Figures) -> Vec<f64> {
    let last = figures.categories.len().saturating_sub(1).max(1) as f64;
    let even = || (0..figures.categories.len()).map(|idx| idx as f64 / last).collect();
    let moments: Option<Vec<f64>> = figures.categories.iter().map(|category| moment(category)).collect();
    match moments {
        Some(moments) if moments.len() > 1 && moments.windows(2).all(|pair| pair[0] < pair[1]) => {
            let scale = Scale { from: (moments[0], moments[moments.len() - 1]), to: (0.0, 1.0) };
            moments.iter().map(|moment| scale.at(*moment)).collect()
        }
        Some(_) | None => even(),
    }
}

/// A year, a month (`2024-05`), a day or a plain number; two on one scale are as far apart as they look.
fn moment(category: &str) -> Option<f64> {
    let days =
        |text: &str| Date::parse(text).ok().map(|date| f64::from(i32::from(date.day.year()) * 366 + i32::from(date.day.day_of_year())));
    match category.len() {
        7 if category.as_bytes()[4] == b'-' => days(&format!("{category}-01")),
        10 if category.contains('-') => days(category),
        _ => category.parse().ok().filter(|number: &f64| number.is_finite()),
    }
}

/// Names as many points below the axis as fit, the first and the last among them.
fn name_points(figures: &Figures, positions: &[f64], canvas: &mut Canvas) {
    let widest = figures.categories.iter().map(|category| width_of(category)).fold(0.0, f64::max);
    let last = figures.categories.len() - 1;
    let span = (positions[last] - positions[0]) / 100.0 * NARROWEST;
    let n_steps = ((span / (widest + 14.0)).floor() as usize).clamp(1, last.max(1));
    // Equal steps between named points read as an axis; uneven ones read as a mistake.
    let step = (1..=last.max(1)).find(|step| last.is_multiple_of(*step) && last / step <= n_steps).unwrap_or(last.max(1));
    for idx in (0..=last).step_by(step) {
        let anchor = match idx {
            0 => Anchor::Start,
            idx if idx == last => Anchor::End,
            _ => Anchor::Middle,
        };
        let (x, anchor) = if last == 0 { (positions[0], Anchor::Start) } else { (positions[idx], anchor) };
        canvas.text("chart-tick", At { x, y: AXIS - 4.0, dx: 0.0 }, anchor, &figures.categories[idx]);
    }
}

fn draw_line(points: &[Option<(f64, f64)>], series_idx: usize, is_muted: bool, canvas: &mut Canvas) {
    let paint = line_paint(series_idx, is_muted);
    for (idx, point) in points.iter().enumerate() {
        let Some(point) = point else { continue };
        let before = idx.checked_sub(1).and_then(|before| points[before]);
        let after = points.get(idx + 1).copied().flatten();
        if let Some(before) = before {
            canvas.line(&paint, before, *point);
        }
        // What has no neighbour would not show, and the end is what the label speaks of.
        if after.is_none() && (before.is_none() || points[idx + 1..].iter().all(Option::is_none)) {
            canvas.circle(&series_paint(series_idx, is_muted), *point, 4.0);
        }
    }
}

/// Moves labels so far apart that none covers another, and keeps them in the drawing.
fn spread(mut labels: Vec<(f64, usize)>, apart: f64) -> Vec<(f64, usize)> {
    labels.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    for idx in 1..labels.len() {
        labels[idx].0 = labels[idx].0.max(labels[idx - 1].0 + apart);
    }
    let mut floor = BOTTOM - apart / 2.0 + 4.0;
    for label in labels.iter_mut().rev() {
        label.0 = label.0.min(floor);
        floor = label.0 - apart;
    }
    labels
}
