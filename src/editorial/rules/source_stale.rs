//! A measurement that was old when the piece was written.

use super::survey_undescribed::is_survey;
use crate::base::diagnostic::Diagnostic;
use crate::base::spanned::Spanned;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};
use crate::parse::front_matter::{Source, SourceKind};

const MONTHS: RuleOption = RuleOption::count("max_months", 36, "How many months before the piece a measurement may have been made.");

pub struct SourceStale;

const DOC: RuleDoc = RuleDoc {
    name: "source-stale",
    family: Family::Research,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A survey or a set of figures is not more than three years older than the piece",
    why: "Figures are quoted long after what they measured has changed: 58% of a group of buyers in 2012 says nothing of buyers now. A survey of \
          3,500 managers that its article dates to December 2023 can be weighed; one without a date, or with an old one, is passed on for years.",
    bad: &[
        Example::yaml("sources:\n  buyers: { title: Buyer survey, sample: 400, population: buyers, fielded: 2021-03 }\n"),
        Example::yaml("sources:\n  prices: { title: Prices of steel, kind: data, date: 2019 }\n"),
    ],
    good: &[
        Example::yaml("sources:\n  buyers: { title: Buyer survey, sample: 400, population: buyers, fielded: 2024-03 }\n"),
        Example::yaml("sources:\n  broder: { title: On the resemblance of documents, date: 1997 }\n"),
        Example::yaml("sources:\n  census: { title: Census, kind: data, date: 2011, timeless: true }\n"),
    ],
    mend: "Look for the latest wave. Where the old figure is the point, because you compare with it, say `timeless: true` of the source.",
};

impl Rule for SourceStale {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[MONTHS]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let front = case.front();
        let Some(written) = front.updated.as_deref().or(front.date.as_ref()).map(|date| date.value.day) else { return };
        let written = i64::from(written.year()) * 12 + i64::from(written.month());
        let max = i64::try_from(case.count(&DOC, &MONTHS)).unwrap_or(i64::MAX);
        for source in front.sources.iter().flat_map(|field| &field.value).filter(|source| is_measured(source) && !source.timeless) {
            let Some((slot, made)) = made_in(source) else { continue };
            let age = written - made;
            if age > max {
                let message = format!("`{}` was {} years old when this was written", source.id.value, age / 12);
                let help = "look for a later wave, or say `timeless: true` where its age is the point";
                findings.push(DOC.warning(case.place(slot.range.clone()), message).help(help));
            }
        }
    }
}

fn is_measured(source: &Source) -> bool {
    is_survey(source) || source.kind.as_ref().is_some_and(|kind| kind.value == SourceKind::Data)
}

/// When the measurement was made, in months since year 0; of a year alone, its end.
fn made_in(source: &Source) -> Option<(&Spanned<String>, i64)> {
    let slots = [source.fielded.as_ref(), source.date.as_ref()];
    slots.into_iter().flatten().find_map(|slot| Some((slot, months(&slot.value)?)))
}

fn months(text: &str) -> Option<i64> {
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let year_idx = numbers.iter().rposition(|part| part.len() == 4)?;
    let year: i64 = numbers[year_idx].parse().ok()?;
    let month = numbers.get(year_idx + 1).and_then(|part| part.parse::<i64>().ok()).filter(|month| (1..=12).contains(month));
    Some(year * 12 + month.unwrap_or(12))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        for (text, expected) in [
            ("2021-03", Some(2021 * 12 + 3)),
            ("2021", Some(2021 * 12 + 12)),
            ("March 2021", Some(2021 * 12 + 12)),
            ("2020 to 2021-05-01", Some(2021 * 12 + 5)),
            ("last spring", None),
        ] {
            assert_eq!(months(text), expected, "{text}");
        }
    }
}
