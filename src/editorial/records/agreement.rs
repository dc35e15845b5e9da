//! How far raters agree: Krippendorff's alpha for interval data.
//!
//! 1 is perfect agreement, 0 what chance would give, less than 0 worse than chance. It takes any number
//! of raters and does not mind pieces that some of them have not rated (Krippendorff, "Content Analysis",
//! chapter 11).

/// The agreement of raters over some units.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    /// `None` when it cannot be told: fewer than two units with two raters, or no score differs.
    pub alpha: Option<f64>,
    /// Units that at least two raters scored.
    pub n_units: usize,
    /// Scores of those units.
    pub n_scores: usize,
}

/// The alpha of units, each with the scores that raters gave it.
pub fn alpha(units: &[Vec<f64>]) -> Agreement {
    let units: Vec<&Vec<f64>> = units.iter().filter(|scores| scores.len() > 1).collect();
    let n_scores = units.iter().map(|scores| scores.len()).sum::<usize>();
    let observed: f64 = units.iter().map(|scores| squared_differences(scores) / (scores.len() - 1) as f64).sum();
    let all: Vec<f64> = units.iter().flat_map(|scores| scores.iter().copied()).collect();
    let expected = squared_differences(&all);
    let can_be_told = units.len() > 1 && expected > 0.0;
    let alpha = can_be_told.then(|| 1.0 - (n_scores - 1) as f64 * observed / expected);
    Agreement { alpha, n_units: units.len(), n_scores }
}

/// The sum of the squared differences of all ordered pairs.
fn squared_differences(scores: &[f64]) -> f64 {
    let n_scores = scores.len() as f64;
    let (sum, squares) = scores.iter().fold((0.0, 0.0), |(sum, squares), score| (sum + score, squares + score * score));
    2.0 * (n_scores * squares - sum * sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alpha_is_what_the_literature_says() {
        // Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), example C: interval, four observers.
        let units = [
            vec![1.0, 1.0, 1.0],
            vec![2.0, 2.0, 3.0, 2.0],
            vec![3.0, 3.0, 3.0, 3.0],
            vec![3.0, 3.0, 3.0, 3.0],
            vec![2.0, 2.0, 2.0, 2.0],
            vec![1.0, 2.0, 3.0, 4.0],
            vec![4.0, 4.0, 4.0, 4.0],
            vec![1.0, 1.0, 2.0, 1.0],
            vec![2.0, 2.0, 2.0, 2.0],
            vec![5.0, 5.0, 5.0],
            vec![1.0, 1.0],
            vec![3.0],
        ];
        let agreement = alpha(&units);
        assert_eq!((agreement.n_units, agreement.n_scores), (11, 40));
        assert!((agreement.alpha.unwrap() - 0.849).abs() < 0.001, "{agreement:?}");
    }

    #[test]
    fn what_cannot_be_told_is_not_told() {
        assert_eq!(alpha(&[]).alpha, None);
        assert_eq!(alpha(&[vec![1.0, 2.0]]).alpha, None);
        assert_eq!(alpha(&[vec![5.0, 5.0], vec![5.0, 5.0]]).alpha, None);
        assert_eq!(alpha(&[vec![1.0], vec![2.0], vec![3.0]]).alpha, None);
        assert_eq!(alpha(&[vec![1.0, 1.0], vec![9.0, 9.0]]).alpha, Some(1.0));
    }
}
