//! A piece behind which no expert stands.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct ExpertMissing;

const DOC: RuleDoc = RuleDoc {
    name: "expert-missing",
    family: Family::Expertise,
    level: Level::Off,
    standing: Standing::Editorial,
    summary: "One of the authors, or a person who signs as expert, says what they know",
    why: "Source Global Research finds that where the partnership of marketing and subject-matter experts works, the experts feel that the piece \
          is theirs and are involved throughout; where it does not, there is little evidence of what really matters in practice. Readers look for \
          the person whose practice it is.",
    bad: &[Example::yaml("authors: [tom-lee]\n")],
    good: &[
        Example::yaml("authors: [jane-doe, tom-lee]\n"),
        Example::yaml("authors: [tom-lee]\nsignoff: { as: expert, by: jane-doe, on: 2026-11-01 }\n"),
    ],
    mend: "Name the expert among `authors`, or let them sign with `as: expert`, and say on their page, under `expertise`, what they know.",
};

impl Rule for ExpertMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let (front, register) = (case.front(), case.register());
        let Some(authors) = &front.authors else { return };
        let is_known = |id: &str| register.people.contains(id);
        let is_expert = |id: &str| register.experts.contains(id);
        // Nobody can say what somebody knows who is not known.
        if authors.value.is_empty() || !authors.value.iter().all(|author| is_known(&author.value)) {
            return;
        }
        let signs = front.signoff.iter().flat_map(|field| &field.value).filter_map(|sign| sign.by.as_ref());
        if authors.value.iter().chain(signs).any(|person| is_expert(&person.value)) {
            return;
        }
        let finding = DOC.warning(case.place(authors.key.clone()), "none of these people says what they are expert in");
        findings.push(finding.help("name the expert, and give their page `expertise: […]`"));
    }
}
