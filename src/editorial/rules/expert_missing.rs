//! A piece behind which no expert stands.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::config::sign_off::Capacity;
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
    bad: &[
        Example::yaml("authors: [tom-lee]\n"),
        Example::yaml("authors: [tom-lee]\nsignoff: { as: marketing, by: jane-doe, on: 2026-11-01 }\n"),
        Example::yaml("authors: [tom-lee]\nupdated: 2026-11-10\nsignoff: { as: expert, by: jane-doe, on: 2026-11-04 }\n"),
    ],
    good: &[
        Example::yaml("authors: [jane-doe, tom-lee]\n"),
        Example::yaml("authors: [tom-lee]\nsignoff: { as: expert, by: jane-doe, on: 2026-11-01 }\n"),
    ],
    mend: "Name the expert among `authors`, or let them sign: `sowhat sign PIECE --as expert --by ID`, or `signoff:` in the piece. Their page \
           says under `expertise` what they know; a sign-off counts while it is fresh.",
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
        let signs = case.signed_by(Capacity::Expert);
        if authors.value.iter().map(|author| author.value.as_str()).chain(signs).any(is_expert) {
            return;
        }
        let finding = DOC.warning(case.place(authors.key.clone()), "none of these people says what they are expert in");
        findings.push(finding.help("name the expert, and give their page `expertise: […]`"));
    }
}
