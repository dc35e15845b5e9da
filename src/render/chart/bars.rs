//! Bars that lie: each category has a line of its own for its name, so that long names fit a telephone.

use super::canvas::{Anchor, At, Canvas, NARROWEST, room_for, series_paint, width_of};
use super::scale::{Scale, extent};
use super::{Chart, Kind};

/// The height of a category's name, and its baseline.
const NAME: f64 = 22.0;
const BASELINE: f64 = 15.0;
const BAR: f64 = 18.0;
/// Between the bars of one category, and between categories.
const BETWEEN: f64 = 3.0;
const GAP: f64 = 12.0;

/// A bar for each figure, its value at its end.
pub fn draw(chart: &Chart<'_>, canvas: &mut Canvas) -> bool {
    let figures = chart.figures;
    let (low, high) = extent(figures);
    let (low, high) = (low.min(0.0), high.max(0.0));
    let label_width = |is_wanted: fn(f64) -> bool| {
        let values = figures.series.iter().flat_map(|series| series.values.iter().flatten().copied()).filter(|value| is_wanted(*value));
        values.map(|value| width_of(&chart.format.text(value))).fold(0.0, f64::max)
    };
    let right = 100.0 - room_for(label_width(|value| value >= 0.0));
    let left = if low < 0.0 { room_for(label_width(|value| value < 0.0)) } else { 0.0 };
    let scale = Scale { from: (low, high), to: (left, right) };
    let zero = scale.at(0.0);
    let is_name_of_category = figures.categories.iter().any(|category| Some(category.as_str()) == chart.highlight);
    let mut y = 0.0;
    for (category_idx, category) in figures.categories.iter().enumerate() {
        canvas.text("chart-name", At { x: 0.0, y: y + BASELINE, dx: 0.0 }, Anchor::Start, category);
        y += NAME;
        let top = y;
        for (series_idx, series) in figures.series.iter().enumerate() {
            let named = if is_name_of_category { category } else { &series.name };
            let is_muted = chart.highlight.is_some_and(|highlight| highlight != named);
            let baseline = y + BAR - 4.5;
            match series.values[category_idx] {
                Some(value) => {
                    let end = scale.at(value);
                    canvas.rect(&series_paint(series_idx, is_muted), (zero.min(end), (end - zero).abs().max(0.15)), (y, BAR));
                    let (dx, anchor) = if value < 0.0 { (-5.0, Anchor::End) } else { (5.0, Anchor::Start) };
                    canvas.text("chart-value", At { x: end, y: baseline, dx }, anchor, &chart.format.text(value));
                }
                None => canvas.text("chart-value", At { x: zero, y: baseline, dx: 5.0 }, Anchor::Start, "–"),
            }
            y += BAR + BETWEEN;
        }
        canvas.line("class=\"chart-axis\" stroke=\"#767f87\"", (zero, top - 2.0), (zero, y - BETWEEN + 2.0));
        y += GAP - BETWEEN;
    }
    false
}

/// One bar for each category, its parts end to end; a part that is wide enough carries its value.
pub fn draw_stacked(chart: &Chart<'_>, canvas: &mut Canvas) -> bool {
    let figures = chart.figures;
    let of = |category_idx: usize| figures.series.iter().map(move |series| series.values[category_idx].unwrap_or(0.0));
    let totals: Vec<f64> = (0..figures.categories.len()).map(|idx| of(idx).sum()).collect();
    let greatest = totals.iter().copied().fold(0.0, f64::max);
    let is_share = chart.kind == Kind::Share;
    let room = totals.iter().map(|total| width_of(&chart.format.text(*total))).fold(0.0, f64::max);
    let end = if is_share { 100.0 } else { 100.0 - room_for(room) };
    let height = BAR + 6.0;
    let mut y = 0.0;
    for (category_idx, category) in figures.categories.iter().enumerate() {
        canvas.text("chart-name", At { x: 0.0, y: y + BASELINE, dx: 0.0 }, Anchor::Start, category);
        y += NAME;
        let total = totals[category_idx];
        let whole = if is_share { total } else { greatest };
        let scale = Scale { from: (0.0, whole), to: (0.0, end) };
        let mut sum = 0.0;
        for (series_idx, value) in of(category_idx).enumerate() {
            let is_muted = chart.highlight.is_some_and(|highlight| highlight != figures.series[series_idx].name);
            let (start, width) = (scale.at(sum), scale.at(sum + value) - scale.at(sum));
            sum += value;
            if value <= 0.0 {
                continue;
            }
            canvas.rect(&series_paint(series_idx, is_muted), (start, width), (y, height));
            let label = chart.format.text(if is_share { value / total * 100.0 } else { value });
            if width * NARROWEST / 100.0 >= width_of(&label) + 6.0 {
                let class = format!("chart-inside chart-on-{}{}", series_idx + 1, if is_muted { " chart-muted" } else { "" });
                canvas.text(&class, At { x: start + width / 2.0, y: y + height - 7.5, dx: 0.0 }, Anchor::Middle, &label);
            }
        }
        if !is_share {
            let at = At { x: scale.at(total), y: y + height - 7.5, dx: 5.0 };
            canvas.text("chart-value", at, Anchor::Start, &chart.format.text(total));
        }
        y += height + GAP;
    }
    false
}
