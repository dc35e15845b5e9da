//! A measure that leaves open how much, or by when.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::lexicon::Lexicon;
use crate::editorial::prose::Prose;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::Objective;

pub struct ObjectiveNotMeasurable;

const DOC: RuleDoc = RuleDoc {
    name: "objective-not-measurable",
    family: Family::Objective,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A measure says how much, and by when",
    why: "SiriusDecisions defines high-performance marketing by measurable value: the CMO in its case answered every request within a day, and nobody could say what that was worth. A metric without a figure and a day can never be missed, so it can never be met.",
    bad: &[
        Example::yaml("objective: { outcome: build-reputation, measure: { metric: invitations to bid } }\n"),
        Example::yaml("objective: { outcome: build-reputation, measure: { metric: invitations to bid, target: more, by: 2027-06-30 } }\n"),
        Example::yaml("objective: { outcome: build-reputation, measure: { metric: invitations to bid, target: 4 } }\n"),
    ],
    good: &[
        Example::yaml("objective: { outcome: build-reputation, measure: { metric: invitations to bid, target: 4, by: 2027-06-30 } }\n"),
        Example::yaml(
            "objective: { outcome: build-reputation, measure: { metric: the regulator cites the method, target: once, by: 2027-06-30 } }\n",
        ),
    ],
    mend: "Fill in `target:` with how many or how much, and `by:` with the day on which you will look.",
};

impl Rule for ObjectiveNotMeasurable {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(Objective::Full(slots)) = case.front().objective.as_ref().map(|field| &field.value) else { return };
        let Some(measure) = &slots.measure else { return };
        if !case.says_something(measure.value.metric.as_ref()) || case.is_reported(&measure.range) {
            return;
        }
        let target = measure.value.target.as_ref();
        let vague = target.filter(|target| case.lexicon.is_some_and(|lexicon| is_vague(&case.read(&target.value).prose, lexicon)));
        let has_target = case.says_something(target) && vague.is_none();
        let message = match (has_target, measure.value.by.is_some()) {
            (true, true) => return,
            (false, true) => "this measure has no target: how much is enough?",
            (true, false) => "this measure has no day by which it is met",
            (false, false) => "this measure has neither a target nor a day by which it is met",
        };
        let range = vague.map_or_else(|| measure.place(), |target| target.range.clone());
        findings.push(DOC.warning(case.place(range), message).help("write `measure: { metric: …, target: 12, by: 2027-03-31 }`"));
    }
}

/// A target of nothing but "more" and the like.
fn is_vague(target: &Prose, lexicon: &Lexicon) -> bool {
    let is_empty = |word: &str| lexicon.vague_targets.has(word) || lexicon.function_words.has(word);
    target.words.iter().all(|word| is_empty(&word.folded)) && target.words.iter().any(|word| lexicon.vague_targets.has(&word.folded))
}
