//! A challenge that none of the audiences has.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::prose::Stems;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};
use std::rc::Rc;

const REQUIRED: RuleOption =
    RuleOption::flag("required", false, "Whether a piece has to name a challenge when its audience has some in `site.toml`.");

/// How much of a challenge has to be said for it to be meant.
const LIKENESS: f64 = 0.6;

pub struct AudienceChallengeUnmatched;

const DOC: RuleDoc = RuleDoc {
    name: "audience-challenge-unmatched",
    family: Family::Audience,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "The challenge that a piece helps with is one of its audience's",
    why: "In the Edelman–LinkedIn study of 3,500 managers (December 2023) helping buyers understand their business challenges is one of three marks of good thought leadership. A challenge that nobody has written down for the audience was invented at the desk, or belongs in its list.",
    bad: &[Example::yaml(
        "audience: { role: Treasurers, at: listed utilities, challenges: [Refinancing before the covenant test] }\nchallenge_addressed: Finding room for a bigger team\n",
    )],
    good: &[
        Example::yaml(
            "audience: { role: Treasurers, at: listed utilities, challenges: [Refinancing before the covenant test] }\nchallenge_addressed: refinancing before a covenant test\n",
        ),
        Example::yaml("audience: services-cfo\nchallenge_addressed: Quoting by outcome\n"),
    ],
    mend: "Name one of the audience's challenges in its own words, or add the new one to the audience's `challenges`.",
};

impl Rule for AudienceChallengeUnmatched {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[REQUIRED]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let challenges: Vec<&str> = case.audience_slots().flat_map(|slots| &slots.challenges).map(|slot| slot.value.as_str()).collect();
        if challenges.is_empty() {
            return;
        }
        let list = format!("the challenges of its audience are: {}", challenges.join("; "));
        let Some(field) = &case.front().challenge_addressed else {
            if case.flag(&DOC, &REQUIRED) {
                let place = case.place_of_missing("challenge_addressed");
                findings.extend(place.map(|place| DOC.warning(place, "this piece names no challenge that it helps with").help(list)));
            }
            return;
        };
        let known: Vec<Rc<Stems>> = challenges.iter().map(|challenge| case.stems(challenge)).collect();
        for slot in &field.value {
            let said = case.stems(&slot.value);
            let is_meant = |challenge: &Rc<Stems>| !said.is_empty() && said.share_in(challenge).max(challenge.share_in(&said)) >= LIKENESS;
            if !known.iter().any(is_meant) {
                let message = format!("`{}` is not among the challenges of this piece's audience", slot.value.trim());
                findings.push(DOC.warning(case.place(slot.range.clone()), message).help(list.clone()));
            }
        }
    }
}
