//! Guidance that fits any piece.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::guidance::{Doubt, Lack, Pin, Verdict, pins_of};
use crate::editorial::placeholder::Filling;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::GuidanceItem;

pub struct GuidanceNotSpecific;

const DOC: RuleDoc = RuleDoc {
    name: "guidance-not-specific",
    family: Family::Guidance,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "Guidance names an object, and a number, date, owner, limit or thing that pins it down",
    why: "For three points of five on prompting action, Source Global Research wants recommendations that a reader can apply in their own organisation; \
          the average in the first half of 2018 was 1.91. Asked for specific actions, the guest of #MMChat (Michael Brenner) named four nouns: \
          advice of that kind can be neither followed nor ignored.",
    bad: &[
        Example::yaml("guidance: Be agile\n"),
        Example::yaml("guidance: [Embrace change, Think differently, Leverage AI to unlock value]\n"),
        Example::yaml("guidance:\n  - do: Embrace change\n    who: CEO\n    by: Monday\n"),
        Example::yaml("guidance: AI will change everything by 2030\n"),
        Example::yaml("guidance:\n  - do: Improve your processes\n    who: stakeholders\n    by: ASAP\n"),
        Example::yaml("guidance: Reduce your footprint by 50 % by 2030\n"),
    ],
    good: &[
        Example::yaml("guidance: Ask the three largest suppliers for their 2026 price files before the May board\n"),
        Example::yaml("guidance:\n  - do: Review supplier contracts\n    who: head of procurement\n"),
        Example::yaml("guidance: Trustees should ask the actuary for the buy-out deficit before the next valuation\n"),
    ],
    mend: "Say more: name the thing to act on, and add a number, a date or event, a limit or a document, or fill in `who`, `by` or `done_when`. \
           While another item counts this warns; when none does, it closes the gate.",
};

impl Rule for GuidanceNotSpecific {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        for (item, verdict) in case.verdicts() {
            match verdict {
                Verdict::NotSpecific(lack) => findings.push(not_specific(case, item, *lack)),
                Verdict::Doubtful(doubt) => {
                    findings.extend(doubtful(case, item, *doubt));
                    findings.extend(vague_slots(case, item));
                }
                Verdict::Concrete => findings.extend(vague_slots(case, item)),
                Verdict::Empty | Verdict::Placeholder | Verdict::SalesCall(_) | Verdict::Question => {}
            }
        }
    }
}

fn not_specific(case: &Case<'_>, item: &GuidanceItem, lack: Lack) -> Diagnostic {
    let (deed, range) = deed(item);
    let (message, help) = match lack {
        Lack::Object => (
            format!("`{deed}` fits any piece: it names nothing to act on"),
            "say what to act on, and add a number, a date, an owner, a document or a limit, or fill in `who`, `by` or `done_when`",
        ),
        Lack::Deed => (
            format!("`{deed}` states something and leaves the reader with nothing to do"),
            "begin with the verb: what should the reader do about it, to what, and by when?",
        ),
        Lack::Pin => (
            format!("nothing pins `{deed}` down"),
            "add a number, a date or event, an owner, a document or a limit, or fill in `who`, `by` or `done_when`",
        ),
    };
    let place = case.place(range);
    let finding = if case.guides() { DOC.warning(place, message) } else { DOC.error(place, message) };
    finding.help(help)
}

fn doubtful(case: &Case<'_>, item: &GuidanceItem, doubt: Doubt) -> Option<Diagnostic> {
    let (deed, range) = deed(item);
    let (message, help) = match doubt {
        // That has a rule of its own.
        Doubt::NotImperative => return None,
        Doubt::TargetWithoutDeed => {
            (format!("`{deed}` sets a target and names no deed"), "say what to do to get there, and keep the target in `done_when`")
        }
        Doubt::AbstractVerb => (format!("`{deed}` names little to act on"), "name the thing: which contract, which report, which process?"),
    };
    Some(DOC.warning(case.place(range), message).help(help))
}

/// `who: stakeholders` and `by: ASAP` are printed and pin nothing.
fn vague_slots(case: &Case<'_>, item: &GuidanceItem) -> Vec<Diagnostic> {
    let vague = pins_of(item).into_iter().filter(|(pin, slot)| case.filling(&slot.value) == Filling::Text && !case.slot_pins(*pin, slot));
    let finding = |(pin, slot): (Pin, &crate::config::audience::Slot)| {
        let what = match pin {
            Pin::Who => "nobody in particular",
            Pin::By => "no time that comes",
            Pin::DoneWhen => "no result that one could see",
        };
        let message = format!("`{}: {}` names {what}", pin.key(), slot.value.trim());
        DOC.warning(case.place(slot.range.clone()), message).help("say it so that a reader could check it, or take it out")
    };
    vague.map(finding).collect()
}

fn deed(item: &GuidanceItem) -> (&str, std::ops::Range<usize>) {
    item.deed.as_ref().map_or(("", item.range.clone()), |deed| (deed.value.trim(), deed.range.clone()))
}
