//! The SVG that a chart is written on: widths in percent, heights in pixels, every text escaped.

use super::{Chart, MAX_SERIES};
use crate::render::html::push_text;
use std::fmt::Write;

/// What series look like where there is no stylesheet.
const PLAIN_COLOURS: [&str; MAX_SERIES] = ["#1c3f94", "#b4530a", "#2f6b3a", "#7a2e7a", "#5b6470", "#8a6d00"];

/// The narrowest drawing that labels are laid out for, in pixels.
pub const NARROWEST: f64 = 300.0;
/// The width of a letter of a label, in pixels: digits and lower case, on the safe side.
const LETTER: f64 = 7.6;

/// Which end of a text stands at its position.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// A text's place: percent across, pixels down, and pixels aside.
#[derive(Clone, Copy)]
pub struct At {
    pub x: f64,
    pub y: f64,
    pub dx: f64,
}

/// A drawing in progress.
pub struct Canvas {
    svg: String,
    height: f64,
}

impl Canvas {
    pub fn new(chart: &Chart<'_>) -> Self {
        let mut svg = String::new();
        let id = chart.id;
        let _ = write!(svg, "<title id=\"{id}-title\">");
        push_text(&mut svg, chart.title);
        let _ = write!(svg, "</title><desc id=\"{id}-desc\">");
        push_text(&mut svg, chart.description);
        svg.push_str("</desc>");
        Self { svg, height: 0.0 }
    }

    /// The drawing reaches down to here at least.
    pub fn reach(&mut self, y: f64) {
        self.height = self.height.max(y);
    }

    pub fn rect(&mut self, series: &str, (x, width): (f64, f64), (y, height): (f64, f64)) {
        self.reach(y + height);
        let _ = write!(
            self.svg,
            "<rect {series} x=\"{}%\" y=\"{}\" width=\"{}%\" height=\"{}\"/>",
            short(x),
            short(y),
            short(width),
            short(height)
        );
    }

    pub fn line(&mut self, class: &str, (x1, y1): (f64, f64), (x2, y2): (f64, f64)) {
        self.reach(y1.max(y2));
        let (x1, y1, x2, y2) = (short(x1), short(y1), short(x2), short(y2));
        let _ = write!(self.svg, "<line {class} x1=\"{x1}%\" y1=\"{y1}\" x2=\"{x2}%\" y2=\"{y2}\"/>");
    }

    pub fn circle(&mut self, series: &str, (x, y): (f64, f64), radius: f64) {
        self.reach(y + radius);
        let _ = write!(self.svg, "<circle {series} cx=\"{}%\" cy=\"{}\" r=\"{}\"/>", short(x), short(y), short(radius));
    }

    pub fn text(&mut self, class: &str, at: At, anchor: Anchor, text: &str) {
        self.reach(at.y + 4.0);
        let _ = write!(self.svg, "<text class=\"{class}\" x=\"{}%\" y=\"{}\"", short(at.x), short(at.y));
        if at.dx != 0.0 {
            let _ = write!(self.svg, " dx=\"{}\"", short(at.dx));
        }
        match anchor {
            Anchor::Start => {}
            Anchor::Middle => self.svg.push_str(" text-anchor=\"middle\""),
            Anchor::End => self.svg.push_str(" text-anchor=\"end\""),
        }
        self.svg.push('>');
        push_text(&mut self.svg, text);
        self.svg.push_str("</text>");
    }

    pub fn finish(self, chart: &Chart<'_>) -> String {
        let (id, height) = (chart.id, self.height.ceil());
        format!(
            "<svg class=\"chart-drawing\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" width=\"100%\" height=\"{height}\" \
             fill=\"#15181c\" font-family=\"sans-serif\" font-size=\"14\">{}</svg>",
            self.svg
        )
    }
}

/// How the series at an index is painted: by its class, or plainly where no stylesheet is.
pub fn series_paint(series_idx: usize, is_muted: bool) -> String {
    let muted = if is_muted { " chart-muted" } else { "" };
    format!("class=\"chart-{}{muted}\" fill=\"{}\"", series_idx + 1, PLAIN_COLOURS[series_idx % MAX_SERIES])
}

/// How the line of a series is painted.
pub fn line_paint(series_idx: usize, is_muted: bool) -> String {
    let muted = if is_muted { " chart-muted" } else { "" };
    format!("class=\"chart-line chart-{}{muted}\" stroke=\"{}\"", series_idx + 1, PLAIN_COLOURS[series_idx % MAX_SERIES])
}

/// The pixels that a label takes.
pub fn width_of(text: &str) -> f64 {
    let wide = text.chars().filter(|c| u32::from(*c) > 0x2e80).count();
    LETTER * (text.chars().count() + wide) as f64
}

/// The percentage of the narrowest drawing that labels of up to so many pixels take.
pub fn room_for(width: f64) -> f64 {
    ((width + 10.0) / NARROWEST * 100.0).min(45.0)
}

/// A number with at most two decimals, and no `-0`.
fn short(number: f64) -> String {
    let text = format!("{number:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}
