//! Guidance that is still to be written.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::config::audience::Slot;
use crate::editorial::guidance::{Verdict, pins_of};
use crate::editorial::placeholder::Filling;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::GuidanceItem;

pub struct GuidancePlaceholder;

const DOC: RuleDoc = RuleDoc {
    name: "guidance-placeholder",
    family: Family::Guidance,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "No item of guidance holds a placeholder",
    why: "Guidance is printed for the reader under \"What to do\". In Source Global Research's ratings prompting action is the weakest side of the trade's work; instructions that were to follow prompt none.",
    bad: &[
        Example::yaml("guidance: TBD\n"),
        Example::yaml("guidance:\n  - do: To be agreed with sales\n    who: CFO\n"),
        Example::yaml("guidance:\n  - do: Re-quote your three largest renewals by outcome\n    by: TBC\n"),
        Example::yaml("guidance: [\"<what the reader should do>\"]\n"),
    ],
    good: &[Example::yaml("guidance:\n  - do: Re-quote your three largest renewals by outcome\n    by: the next renewal round\n")],
    mend: "Write the instruction, or take the slot or item out. While another item counts this warns; when none does, it closes the gate.",
};

impl Rule for GuidancePlaceholder {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        for (item, verdict) in case.verdicts() {
            if *verdict == Verdict::Placeholder {
                let slot = item.deed.iter();
                findings.extend(slot.map(|slot| finding(case, slot)));
            } else if verdict.counts() {
                findings.extend(unfilled(case, item).map(|slot| finding(case, slot)));
            }
        }
    }
}

/// The other slots of an item that hold a placeholder.
fn unfilled<'a>(case: &'a Case<'_>, item: &'a GuidanceItem) -> impl Iterator<Item = &'a Slot> {
    let slots = pins_of(item).into_iter().map(|(_, slot)| slot).chain(&item.because);
    slots.filter(|slot| case.filling(&slot.value) == Filling::Placeholder)
}

fn finding(case: &Case<'_>, slot: &Slot) -> Diagnostic {
    let place = case.place(slot.range.clone());
    let message = format!("`{}` is a placeholder, and readers would see it", slot.value.trim());
    let finding = if case.guides() { DOC.warning(place, message) } else { DOC.error(place, message) };
    finding.help("write what is meant, or take it out")
}
