//! Figures to inline SVG that stays readable at any width: positions are percentages, heights and type are
//! pixels, so nothing is scaled and a telephone shows the same letters as a desk.
//!
//! Colours are classes; the theme's stylesheet says what they are, by day, by night and in print. The
//! attributes that stand beside them are for feed readers, which have no stylesheet.

mod bars;
mod canvas;
mod dots;
mod format;
mod line;
mod scale;

pub use format::NumberFormat;

use canvas::Canvas;

/// The most series: more colours cannot be told apart.
pub const MAX_SERIES: usize = 6;

/// What a chart shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Figures {
    /// The names of the rows, or the points in time of a line.
    pub categories: Vec<String>,
    pub series: Vec<Series>,
}

/// A column of figures: one for each category, or none where nothing is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    pub name: String,
    pub values: Vec<Option<f64>>,
}

/// How figures are drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A bar for each figure; several series stand below each other.
    Bar,
    /// The series of a category end to end.
    Stacked,
    /// The same, each category as parts of a hundred.
    Share,
    /// Each series as a line over time.
    Line,
    /// Each figure as a dot on its category's line.
    Dot,
}

impl Kind {
    /// Every kind, by the name that authors write.
    pub const ALL: [(&'static str, Self); 5] =
        [("bar", Self::Bar), ("stacked", Self::Stacked), ("share", Self::Share), ("line", Self::Line), ("dot", Self::Dot)];

    /// The name that authors write.
    pub fn as_str(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }

    /// The most categories that readers can take in.
    pub fn max_categories(self) -> usize {
        match self {
            Self::Bar | Self::Stacked | Self::Share | Self::Dot => 40,
            Self::Line => 500,
        }
    }
}

/// A chart to be drawn.
pub struct Chart<'a> {
    /// Names the parts of the drawing; unique in its page.
    pub id: &'a str,
    pub kind: Kind,
    pub title: &'a str,
    pub description: &'a str,
    pub figures: &'a Figures,
    pub format: &'a NumberFormat,
    /// The category or series that stands out; the others step back.
    pub highlight: Option<&'a str>,
}

/// A drawn chart.
pub struct Drawing {
    pub svg: String,
    /// True when the drawing names its series itself and needs no key beside it.
    pub names_series: bool,
}

/// Draws a chart.
pub fn draw(chart: &Chart<'_>) -> Drawing {
    let mut canvas = Canvas::new(chart);
    let names_series = match chart.kind {
        Kind::Bar => bars::draw(chart, &mut canvas),
        Kind::Stacked | Kind::Share => bars::draw_stacked(chart, &mut canvas),
        Kind::Line => line::draw(chart, &mut canvas),
        Kind::Dot => dots::draw(chart, &mut canvas),
    };
    Drawing { svg: canvas.finish(chart), names_series: names_series || chart.figures.series.len() == 1 }
}

/// What the figures say in one line, for those who do not see the drawing: all of them if they are few, else
/// where each series begins and ends.
pub fn in_words(figures: &Figures, format: &NumberFormat) -> String {
    let n_figures = figures.categories.len() * figures.series.len();
    let said = |category_idx: usize| {
        let category = &figures.categories[category_idx];
        let values = figures.series.iter().filter_map(|series| {
            let value = format.text(series.values[category_idx]?);
            Some(if figures.series.len() == 1 { value } else { format!("{} {value}", series.name) })
        });
        format!("{category}: {}", values.collect::<Vec<_>>().join(", "))
    };
    let last = figures.categories.len() - 1;
    match n_figures {
        0..=24 => (0..=last).map(said).collect::<Vec<_>>().join("; "),
        _ => format!("{} … {}", said(0), said(last)),
    }
}

#[cfg(test)]
mod tests;
