//! What became of an objective: target set, due, met, missed or unmeasured.

use super::ledger::Entry;
use super::metric::is_same;
use crate::base::date::Date;
use crate::parse::records::{Measured, ResultRecord};

/// From so many days before its day on, the result of a target is due …
const SOON: i64 = 30;
/// … until so many days after it.
const LATE: i64 = -30;

/// What became of an objective.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ObjectiveState {
    /// No metric and target to hold a result against.
    NoTarget,
    /// There is a target, and its day is more than a month away.
    Set,
    /// Its day is less than a month away, or was and no result is recorded yet.
    Due,
    /// A result has reached it.
    Met,
    /// Its day is past, and what was measured falls short.
    Missed,
    /// Its day is past by more than a month, and nothing that can be compared was recorded.
    Unmeasured,
}

impl ObjectiveState {
    /// Every state, in the order of reports.
    pub const ALL: [Self; 6] = [Self::Met, Self::Missed, Self::Unmeasured, Self::Due, Self::Set, Self::NoTarget];

    /// The words for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoTarget => "no target",
            Self::Set => "target set",
            Self::Due => "due",
            Self::Met => "met",
            Self::Missed => "missed",
            Self::Unmeasured => "unmeasured",
        }
    }
}

/// What a brief promises to measure.
#[derive(Debug, Clone, PartialEq)]
pub struct Target<'a> {
    pub metric: &'a str,
    /// As written.
    pub target: &'a str,
    pub by: Option<Date>,
    /// The last result of this metric.
    pub last: Option<&'a ResultRecord>,
    pub state: ObjectiveState,
}

/// The target of a piece with what became of it; `None` when there is no metric.
pub fn target_of<'a>(entry: &Entry<'a>, today: Date) -> Option<Target<'a>> {
    let measure = entry.measure()?;
    let metric = measure.metric.as_ref()?.value.as_str();
    let target = measure.target.as_ref().map_or("", |target| target.value.as_str());
    let by = measure.by.as_ref().map(|by| by.value);
    let results: Vec<&ResultRecord> = entry.results.iter().copied().filter(|result| is_same(&result.metric.value, metric)).collect();
    let last = results.last().copied();
    let verdicts: Vec<Option<bool>> = results.iter().map(|result| reaches(target, result.value.value)).collect();
    let state = match () {
        () if target.trim().is_empty() => ObjectiveState::NoTarget,
        () if verdicts.contains(&Some(true)) => ObjectiveState::Met,
        () => unreached(by, verdicts.contains(&Some(false)), today),
    };
    Some(Target { metric, target, by, last, state })
}

/// The state of a target that no result has reached.
fn unreached(by: Option<Date>, has_fallen_short: bool, today: Date) -> ObjectiveState {
    let Some(by) = by else { return ObjectiveState::Set };
    let days_left = days_between(today, by);
    match (days_left, has_fallen_short) {
        (..0, true) => ObjectiveState::Missed,
        (..LATE, false) => ObjectiveState::Unmeasured,
        (LATE..=SOON, _) => ObjectiveState::Due,
        (_, _) => ObjectiveState::Set,
    }
}

/// Days from one day to another; negative when the other is earlier.
pub fn days_between(from: Date, to: Date) -> i64 {
    from.day.until(to.day).map_or(0, |span| i64::from(span.get_days()))
}

/// Whether a result reaches a target as it is written; `None` when the two cannot be compared.
pub fn reaches(target: &str, measured: Measured) -> Option<bool> {
    match (number_in(target), measured) {
        (Some(wanted), Measured::Number(number)) => Some(if is_ceiling(target) { number <= wanted } else { number >= wanted }),
        (None, Measured::Happened(happened)) => Some(happened),
        (Some(_), Measured::Happened(_)) | (None, Measured::Number(_)) => None,
    }
}

/// The first number of a text; a comma between digits parts thousands.
fn number_in(text: &str) -> Option<f64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let end = text[start..].find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').map_or(text.len(), |end| start + end);
    text[start..end].trim_end_matches(['.', ',']).replace(',', "").parse().ok()
}

/// True for a target that is reached from above: "at most 5", "< 5".
fn is_ceiling(target: &str) -> bool {
    let target = target.to_lowercase();
    ["<", "≤", "at most", "under ", "below ", "fewer than", "less than", "no more than", "not more than", "up to "]
        .iter()
        .any(|word| target.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_result_is_held_against_the_target_as_written() {
        use Measured::{Happened, Number};
        for (target, measured, reached) in [
            ("12", Number(12.0), Some(true)),
            ("12", Number(11.5), Some(false)),
            ("at least 1,200 accounts", Number(1200.0), Some(true)),
            ("at most 5 days", Number(6.0), Some(false)),
            ("< 5 %", Number(4.0), Some(true)),
            ("named in two tenders", Happened(true), Some(true)),
            ("named in a tender", Happened(false), Some(false)),
            ("named in a tender", Number(2.0), None),
            ("12", Happened(true), None),
        ] {
            assert_eq!(reaches(target, measured), reached, "{target} {measured:?}");
        }
    }

    #[test]
    fn the_day_decides_what_an_unreached_target_is() {
        let today = Date::parse("2026-11-22").unwrap();
        for (by, short, state) in [
            (None, true, ObjectiveState::Set),
            (Some("2027-03-31"), true, ObjectiveState::Set),
            (Some("2026-12-01"), false, ObjectiveState::Due),
            (Some("2026-11-22"), true, ObjectiveState::Due),
            (Some("2026-11-21"), true, ObjectiveState::Missed),
            (Some("2026-11-01"), false, ObjectiveState::Due),
            (Some("2026-10-01"), false, ObjectiveState::Unmeasured),
            (Some("2024-10-01"), false, ObjectiveState::Unmeasured),
        ] {
            assert_eq!(unreached(by.map(|by| Date::parse(by).unwrap()), short, today), state, "{by:?}");
        }
    }
}
