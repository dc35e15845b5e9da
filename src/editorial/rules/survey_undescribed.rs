//! A survey that does not say how many were asked, who they were, and when.

use crate::base::diagnostic::Diagnostic;
use crate::base::spanned::Spanned;
use crate::config::Level;
use crate::editorial::body::{Body, Group};
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::{Source, SourceKind};

pub struct SurveyUndescribed;

const DOC: RuleDoc = RuleDoc {
    name: "survey-undescribed",
    family: Family::Research,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A survey says how many were asked, who they were, and when",
    why: "An article of the Content Marketing Institute tells of its survey in one clause all that a reader needs to weigh it: 3,500 \
          management-level professionals, December 2023. Source Global Research marks a clear description of the method under resilience, the \
          reason to trust a piece. Without the three, a percentage is a colour.",
    bad: &[
        Example::yaml("sources:\n  buyers: { title: The buyer survey, publisher: Chamber of Buyers, date: 2026-05 }\n"),
        Example::yaml("sources:\n  buyers: { title: What buyers read, kind: survey, sample: 412, fielded: 2026-03 }\n"),
        Example::markdown("We surveyed finance directors about their covenants. Most had not read them.\n"),
    ],
    good: &[
        Example::yaml(
            "sources:\n  buyers: { title: The buyer survey, date: 2026-05, sample: 412, population: buyers in hospital groups, fielded: 2026-03 }\n",
        ),
        Example::yaml("sources:\n  act: { title: The Procurement Act, date: 2023 }\n"),
        Example::markdown("We surveyed 212 finance directors about their covenants in March. Most had not read them.\n"),
    ],
    mend: "Give the source `sample`, `population` and `fielded`, or say there that its publisher does not tell; of a survey of your own, say in the text how many you asked, whom and when.",
};

impl Rule for SurveyUndescribed {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let sources = case.front().sources.iter().flat_map(|field| &field.value);
        for source in sources.filter(|source| is_survey(source)) {
            let says = |slot: &Option<Spanned<String>>| case.says_something(slot.as_ref());
            let slots = [("sample", says(&source.sample)), ("population", says(&source.population)), ("fielded", says(&source.fielded))];
            let missing: Vec<String> = slots.iter().filter(|(_, said)| !said).map(|(name, _)| format!("`{name}`")).collect();
            if !missing.is_empty() {
                let message = format!("the survey `{}` does not say {}", source.id.value, missing.join(", "));
                let help = "say how many were asked, who they were, and when; or that its publisher does not say";
                findings.push(DOC.warning(case.place(source.id.range.clone()), message).help(help));
            }
        }
        let Some(body) = case.body() else { return };
        let untold = body.hits_of(Group::OwnSurvey).next().filter(|_| !is_counted(body));
        if let Some(hit) = untold.filter(|hit| !body.is_quoted(&hit.range)) {
            let message = format!("`{}`, but nothing says how many", body.slice(&hit.range));
            findings.push(DOC.warning(case.place_in(body, &hit.range), message).help("say how many you asked, whom and when"));
        }
    }
}

/// A source that says it is a survey, or is called one, or says of a survey what only surveys have.
pub fn is_survey(source: &Source) -> bool {
    let says_so = source.kind.as_ref().map(|kind| kind.value == SourceKind::Survey);
    let is_called_so = || {
        let title = source.title.as_ref().map(|title| title.value.to_lowercase()).unwrap_or_default();
        title.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "survey" | "poll" | "barometer"))
    };
    says_so.unwrap_or_else(|| source.sample.is_some() || source.fielded.is_some() || is_called_so())
}

/// Whether some sentence that tells of the survey, or one beside it, holds a number of those asked.
fn is_counted(body: &Body) -> bool {
    let number = |word: &str| {
        let digits = word.trim_matches(|c: char| !c.is_ascii_digit()).replace(',', "");
        let is_year = digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"));
        !digits.is_empty() && !word.contains('%') && !is_year && digits.parse::<u32>().is_ok_and(|number| number >= 3)
    };
    let words = ["dozen", "hundred", "thousand", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "twelve"];
    let in_words = |word: &str| words.iter().any(|number| word.to_ascii_lowercase().starts_with(number));
    body.hits_of(Group::OwnSurvey).filter_map(|hit| body.sentence_at(hit.range.start)).any(|idx| {
        let first = idx.saturating_sub(2);
        let near = body.span(first..(idx + 3).min(body.sentences.len()));
        body.slice(&near).split([' ', '\n']).any(|word| number(word) || in_words(word))
    })
}
