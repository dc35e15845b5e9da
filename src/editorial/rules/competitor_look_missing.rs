//! A piece before which nobody looked at what others have published.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct CompetitorLookMissing;

const DOC: RuleDoc = RuleDoc {
    name: "competitor-look-missing",
    family: Family::MeToo,
    level: Level::Off,
    standing: Standing::Editorial,
    summary: "Before a piece was written somebody looked at what others have published on it, and noted when",
    why: "Source Global Research lists what experts need others for: a defined audience and objectives, editorial challenge, and somebody who \
          looks at what competitors are producing, to avoid a “me too” publication.",
    bad: &[Example::yaml("competitors: -\n"), Example::yaml("competitors: { looked_on: 2026-10-01 }\n")],
    good: &[
        Example::yaml("competitors: { looked_on: 2026-10-01, others_say: Renegotiate the hourly rate before the round }\n"),
        Example::yaml("competitors: { looked_on: 2026-10-01, notes: [northgate-on-rates] }\n"),
        Example::yaml("competitors: { none: Nobody else holds these ledgers }\n"),
    ],
    mend: "Give `competitors` the day of the look, `looked_on`, and what others say: in a sentence, `others_say`, or in `notes` kept in \
           `data/competitors`. If there was nothing to look at, say why under `none`.",
};

impl Rule for CompetitorLookMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let help = "say when somebody looked (`looked_on`), and what others say (`others_say` or `notes`)";
        let Some(field) = &case.front().competitors else {
            let place = case.place_of_missing("competitors");
            findings.extend(place.map(|place| DOC.warning(place, "nobody has looked at what others say on this").help(help)));
            return;
        };
        let look = &field.value;
        let says_what = !look.notes.is_empty() || case.says_something(look.others_say.as_ref());
        let message = match (look.looked_on.is_some(), says_what) {
            _ if case.says_something(look.none.as_ref()) => return,
            (true, true) => return,
            (false, true) => "this look at what others say has no day",
            (true, false) => "this look does not say what others say",
            (false, false) => "this look says neither when it was nor what others say",
        };
        findings.push(DOC.warning(case.place(field.key.clone()), message).help(help));
    }
}
