//! An audience that is still to be filled in.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::config::audience::Slot;
use crate::editorial::audience::Definition;
use crate::editorial::placeholder::Filling;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::AudienceEntry;

pub struct AudiencePlaceholder;

const DOC: RuleDoc = RuleDoc {
    name: "audience-placeholder",
    family: Family::Audience,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "No slot of an audience holds a placeholder",
    why: "The audience is printed for the reader (\"For: …\"), and a brief that says `TBD` is a brief that nobody has written. \
          Source Global Research counts a clearly defined audience among what partners of good experts see to.",
    bad: &[
        Example::yaml("audience: TBD\n"),
        Example::yaml("audience: { role: CFO, at: \"<where they work>\" }\n"),
        Example::yaml("audience:\n  - services-cfo\n  - see brief\n"),
        Example::yaml("audience: { role: N/A, situation: refinancing in 2027 }\n"),
    ],
    good: &[
        Example::yaml("audience: services-cfo\n"),
        Example::yaml("audience: { role: Retail lenders, at: TBC Bank and its peers in the Caucasus }\n"),
    ],
    mend: "Write who they are, or take the slot or entry out.",
};

impl Rule for AudiencePlaceholder {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        for (entry, definition) in case.definitions() {
            match (entry, definition) {
                (AudienceEntry::Id(id), _) => {
                    let declared = case.register().audiences.contains_key(&id.value);
                    if !declared && case.filling(&id.value) == Filling::Placeholder {
                        findings.push(finding(case, id));
                    }
                }
                (AudienceEntry::Inline(_), Some(Definition::Placeholder(slots))) => {
                    findings.extend(slots.iter().map(|slot| finding(case, slot)))
                }
                (AudienceEntry::Inline(_) | AudienceEntry::Other(_), _) => {}
            }
        }
    }
}

fn finding(case: &Case<'_>, slot: &Slot) -> Diagnostic {
    let message = format!("`{}` is a placeholder, not an audience", slot.value.trim());
    DOC.error(case.place(slot.range.clone()), message)
        .help("name a role and where they work or what they face, for example `{ role: Treasurer, at: listed utilities }`")
}
