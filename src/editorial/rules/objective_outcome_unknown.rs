//! An outcome that the site does not work for.

use crate::base::diagnostic::Diagnostic;
use crate::base::suggest::nearest;
use crate::config::Level;
use crate::editorial::placeholder::Filling;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::Objective;

pub struct ObjectiveOutcomeUnknown;

const DOC: RuleDoc = RuleDoc {
    name: "objective-outcome-unknown",
    family: Family::Objective,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "The outcome of an objective is one that the site works for",
    why: "Walker Sands names four things that marketing is for: strengthen position, accelerate growth, build reputation, foster relationships. One shared list lets a site see whether its pieces serve all of them, or one.",
    bad: &[
        Example::yaml("objective: { outcome: retention, change: Clients renew }\n"),
        Example::yaml("objective: { outcome: build-reputations }\n"),
    ],
    good: &[Example::yaml("objective: { outcome: foster-relationships, change: Clients renew }\n")],
    mend: "Take one of the site's outcomes, or add yours to `outcomes` in `site.toml`.",
};

/// Words for an outcome, and the outcome they mean.
const MEANT: [(&str, &str); 19] = [
    ("retention", "foster-relationships"),
    ("loyalty", "foster-relationships"),
    ("relationship", "foster-relationships"),
    ("engagement", "foster-relationships"),
    ("community", "foster-relationships"),
    ("pipeline", "accelerate-growth"),
    ("win", "accelerate-growth"),
    ("sales", "accelerate-growth"),
    ("revenue", "accelerate-growth"),
    ("lead", "accelerate-growth"),
    ("growth", "accelerate-growth"),
    ("trust", "build-reputation"),
    ("reputation", "build-reputation"),
    ("awareness", "build-reputation"),
    ("preference", "build-reputation"),
    ("brand", "build-reputation"),
    ("share", "strengthen-position"),
    ("category", "strengthen-position"),
    ("position", "strengthen-position"),
];

impl Rule for ObjectiveOutcomeUnknown {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(Objective::Full(slots)) = case.front().objective.as_ref().map(|field| &field.value) else { return };
        let Some(outcome) = &slots.outcome else { return };
        let known = &case.register().outcomes;
        if known.contains(&outcome.value) || case.filling(&outcome.value) != Filling::Text {
            return;
        }
        let shown = outcome.value.trim();
        let folded = shown.to_lowercase();
        let synonym = MEANT
            .iter()
            .find(|(word, meant)| folded.contains(word) && known.iter().any(|outcome| outcome == meant))
            .map(|(_, meant)| *meant);
        let near = nearest(shown, known.iter().map(String::as_str)).first().copied().or(synonym);
        let list: Vec<String> = known.iter().map(|outcome| format!("`{outcome}`")).collect();
        let meant = near.map_or(String::new(), |near| format!("did you mean `{near}`? "));
        let finding = DOC.error(case.place(outcome.range.clone()), format!("`{shown}` is not an outcome that this site works for"));
        findings
            .push(finding.help(format!("{meant}The outcomes are {}; a site adds its own with `outcomes` in `site.toml`", list.join(", "))));
    }
}
