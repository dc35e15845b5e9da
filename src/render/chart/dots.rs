//! A dot for each figure on its category's line: before and after, or one group beside another.

use super::Chart;
use super::canvas::{Anchor, At, Canvas, room_for, series_paint, width_of};
use super::scale::{Scale, extent};

const NAME: f64 = 22.0;
const BASELINE: f64 = 15.0;
const ROW: f64 = 20.0;
const GAP: f64 = 12.0;
const RADIUS: f64 = 6.0;

/// The outer figures of each category carry their values.
pub fn draw(chart: &Chart<'_>, canvas: &mut Canvas) -> bool {
    let figures = chart.figures;
    let (low, high) = extent(figures);
    // A dot says where it stands, not how far from zero; so the scale may begin elsewhere.
    let low = if low >= 0.0 && low < high / 2.0 { 0.0 } else { low };
    let values = figures.series.iter().flat_map(|series| series.values.iter().flatten().copied());
    let room = room_for(values.map(|value| width_of(&chart.format.text(value))).fold(0.0, f64::max) + RADIUS);
    let scale = Scale { from: (low, high), to: (room.min(30.0), 100.0 - room) };
    let mut y = 0.0;
    for (category_idx, category) in figures.categories.iter().enumerate() {
        canvas.text("chart-name", At { x: 0.0, y: y + BASELINE, dx: 0.0 }, Anchor::Start, category);
        y += NAME;
        let middle = y + ROW / 2.0;
        let mut dots: Vec<(f64, usize)> =
            figures.series.iter().enumerate().filter_map(|(idx, series)| Some((series.values[category_idx]?, idx))).collect();
        dots.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        canvas.line("class=\"chart-track\" stroke=\"#d4d8da\"", (scale.to.0, middle), (scale.to.1, middle));
        if let (Some(first), Some(last)) = (dots.first(), dots.last()) {
            canvas.line("class=\"chart-span\" stroke=\"#767f87\"", (scale.at(first.0), middle), (scale.at(last.0), middle));
        }
        for (value, series_idx) in &dots {
            let is_muted =
                chart.highlight.is_some_and(|highlight| highlight != figures.series[*series_idx].name && highlight != category.as_str());
            canvas.circle(&series_paint(*series_idx, is_muted), (scale.at(*value), middle), RADIUS);
        }
        if let Some((value, _)) = dots.last() {
            let at = At { x: scale.at(*value), y: middle + 4.5, dx: RADIUS + 5.0 };
            canvas.text("chart-value", at, Anchor::Start, &chart.format.text(*value));
        }
        if let Some((value, _)) = dots.first().filter(|_| dots.len() > 1) {
            let at = At { x: scale.at(*value), y: middle + 4.5, dx: -RADIUS - 5.0 };
            canvas.text("chart-value", at, Anchor::End, &chart.format.text(*value));
        }
        y += ROW + GAP;
    }
    false
}
