//! An audience that could be anyone.

use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::config::Level;
use crate::config::audience::AudienceSlots;
use crate::editorial::audience::Definition;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::AudienceEntry;

pub struct AudienceNotSpecific;

/// Read by the register's judge too, which holds declared audiences against the same rule.
pub(in crate::editorial) const DOC: RuleDoc = RuleDoc {
    name: "audience-not-specific",
    family: Family::Audience,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "An audience has a role, and a place or a situation that says something specific",
    why: "CMI's Robert Rose calls it \"mutually assured irrelevance\" when everyone says the correct thing and no one helps the customer do a different thing. In the Edelman–LinkedIn study of 3,500 managers (December 2023), helping buyers understand their own challenges is one of the three marks of good thought leadership; nobody in particular has challenges of their own.",
    bad: &[
        Example::yaml("audience: { role: Leaders, at: organisations of all sizes }\n"),
        Example::yaml("audience: { role: CFOs }\n"),
        Example::yaml("audience: { at: insurers }\n"),
        Example::yaml("audience: { role: Everyone, situation: who wants success }\n"),
        Example::yaml("audience: { role: CFOs, at: large organisations }\n"),
        Example::yaml("audience: { role: LinkedIn followers, at: LinkedIn }\n"),
    ],
    good: &[
        Example::yaml("audience: { role: Treasurer, at: listed utilities, situation: refinancing in 2027 }\n"),
        Example::yaml("audience: { role: Parents, situation: choosing a school after a move }\n"),
        Example::yaml("audience: { role: Everyone, at: hospitals that run on paper charts }\n"),
    ],
    mend: "Say more: name the trade, the kind of place or what they face just now. One specific slot beside the role is enough; size words alone are not.",
};

impl Rule for AudienceNotSpecific {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        for (entry, definition) in case.definitions() {
            if let (AudienceEntry::Inline(slots), Some(definition)) = (entry, definition) {
                findings.extend(finding(definition, &slots.value, case.place(slots.range.clone()), Severity::Error));
            }
        }
    }
}

/// The finding for a definition that defines nobody, at the slot that fails; `whole` is the entry.
pub(in crate::editorial) fn finding(
    definition: &Definition,
    slots: &AudienceSlots,
    whole: Place,
    severity: Severity,
) -> Option<Diagnostic> {
    let at = |slot: Option<&crate::config::audience::Slot>| {
        slot.filter(|slot| !slot.range.is_empty()).map_or_else(|| whole.clone(), |slot| Place::new(&whole.path, slot.range.clone()))
    };
    let example = "for example `role: Treasurer`, `at: listed utilities`, `situation: refinancing in 2027`";
    let (place, message, help) = match definition {
        Definition::Defined | Definition::Missing | Definition::Placeholder(_) => return None,
        Definition::NoRole => (whole.clone(), "this audience has no `role`".to_owned(), format!("say who they are, {example}")),
        Definition::NoSurroundings => {
            let role = slots.role.as_ref().map_or("", |role| role.value.trim());
            let message = format!("`{role}` has a role, but no `at` and no `situation`");
            (at(slots.role.as_ref()), message, format!("say where they work or what they face, {example}"))
        }
        Definition::Generic(words) => {
            let slot = slots.at.as_ref().filter(|slot| !slot.value.trim().is_empty()).or(slots.situation.as_ref());
            let shown = slot.map_or("", |slot| slot.value.trim());
            let generic = if words.is_empty() { String::new() } else { format!("; generic here: {}", words.join(", ")) };
            let message = format!("this audience could be anyone: `{shown}` narrows it to nobody in particular");
            let help = format!("name a trade, a kind of place or what they face just now, {example}{generic}");
            (at(slot), message, help)
        }
    };
    Some(Diagnostic::new(severity, DOC.name, place, message).label("could be anyone").help(help))
}
