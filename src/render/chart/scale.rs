//! Values to positions, and the round numbers that an axis names.

use super::Figures;

/// Maps a range of values onto a range of positions.
#[derive(Debug, Clone, Copy)]
pub struct Scale {
    pub from: (f64, f64),
    pub to: (f64, f64),
}

impl Scale {
    pub fn at(&self, value: f64) -> f64 {
        let (low, high) = self.from;
        let (start, end) = self.to;
        if high <= low { start } else { start + (value - low) / (high - low) * (end - start) }
    }
}

/// The least and the greatest figure; zeros when there is none.
pub fn extent(figures: &Figures) -> (f64, f64) {
    let values = figures.series.iter().flat_map(|series| series.values.iter().flatten().copied());
    let found = values.fold(None, |found: Option<(f64, f64)>, value| {
        let (low, high) = found.unwrap_or((value, value));
        Some((low.min(value), high.max(value)))
    });
    found.unwrap_or((0.0, 0.0))
}

/// Round numbers that reach over a range, with about `wanted` steps.
pub fn ticks(low: f64, high: f64, wanted: usize) -> Vec<f64> {
    let span = if high > low { high - low } else { 1.0 };
    let rough = span / wanted.max(1) as f64;
    let magnitude = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|factor| factor * magnitude).find(|step| *step >= rough).unwrap_or(rough);
    let first = (low / step).floor() as i64;
    let last = ((high / step).ceil() as i64).max(first + 1).min(first + 40);
    (first..=last).map(|n| n as f64 * step).collect()
}

/// How many decimals it takes to tell these ticks apart.
pub fn tick_decimals(ticks: &[f64]) -> usize {
    let step = ticks.windows(2).map(|pair| pair[1] - pair[0]).fold(f64::MAX, f64::min);
    (0..6).find(|decimals| ((step * 10_f64.powi(*decimals)).fract() - 0.5).abs() > 0.4999).map_or(6, |decimals| decimals as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_reach_over_the_range() {
        for (low, high, expected, decimals) in [
            (0.0, 97.0, vec![0.0, 25.0, 50.0, 75.0, 100.0], 0),
            (-3.0, 4.0, vec![-4.0, -2.0, 0.0, 2.0, 4.0], 0),
            (0.0, 0.9, vec![0.0, 0.25, 0.5, 0.75, 1.0], 2),
            (5.0, 5.0, vec![5.0, 5.25, 5.5, 5.75, 6.0], 2),
        ] {
            let found = ticks(low, high, 4);
            assert_eq!(found[..2.min(found.len())], expected[..2], "{low}..{high}: {found:?}");
            assert!(found[0] <= low && *found.last().unwrap() >= high, "{found:?}");
            assert_eq!(tick_decimals(&found), decimals, "{found:?}");
        }
    }
}
