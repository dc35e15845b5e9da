//! Whether an item of guidance tells the reader something concrete to do.
//!
//! Structure decides first: an instruction that names its object, pinned by `who`, `by` or
//! `done_when`, or by the sentence itself. The word lists only tell an instruction from a platitude,
//! a question, a prediction or a sales call. The way out of a false alarm is to say more.

mod form;
mod pins;
mod sales;

use super::lexicon::Lexicon;
use super::placeholder::Filling;
use super::prose::Prose;
use super::reading::{Reading, Readings};
use crate::config::audience::Slot;
use crate::parse::front_matter::GuidanceItem;
use form::{Form, Strength};
use pins::Contents;
use std::rc::Rc;

/// What an item amounts to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// It counts.
    Concrete,
    /// It counts, but could be better.
    Doubtful(Doubt),
    /// There is no instruction.
    Empty,
    /// The instruction is still to be written.
    Placeholder,
    /// It sends the reader to the publisher; the words that do.
    SalesCall(String),
    /// It only asks.
    Question,
    /// It fits any piece, or tells nothing to do.
    NotSpecific(Lack),
}

impl Verdict {
    /// True when the item counts towards the guidance of the piece.
    pub fn counts(&self) -> bool {
        match self {
            Self::Concrete | Self::Doubtful(_) => true,
            Self::Empty | Self::Placeholder | Self::SalesCall(_) | Self::Question | Self::NotSpecific(_) => false,
        }
    }

    /// Of several sentences, the one that serves the reader best speaks for the item.
    fn rank(&self) -> u8 {
        match self {
            Self::Concrete => 0,
            Self::Doubtful(_) => 1,
            Self::NotSpecific(Lack::Pin) => 2,
            Self::NotSpecific(_) => 3,
            Self::Question => 4,
            Self::SalesCall(_) => 5,
            Self::Placeholder => 6,
            Self::Empty => 7,
        }
    }
}

/// Why an item that counts could be better.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It says what to reach, not what to do.
    TargetWithoutDeed,
    /// The verb has no object that one could point at.
    AbstractVerb,
    /// It is not put as an instruction to the reader.
    NotImperative,
}

/// What an item lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lack {
    /// Anybody could have said it to anybody.
    Object,
    /// It says what will be, or what is, and leaves the reader with nothing to do.
    Deed,
    /// Nothing fixes how much, by when, by whom or on what.
    Pin,
}

/// What an item is held against.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// `None` when the language has no word lists.
    pub lexicon: Option<&'a Lexicon>,
    /// What the page says beside it.
    pub readings: &'a Readings,
    /// The publisher's name, host and products.
    pub brands: &'a [String],
    /// The roles of the piece's audiences.
    pub audience_roles: &'a [Rc<Reading>],
}

/// Judges one item.
pub fn judge(item: &GuidanceItem, context: Context<'_>) -> Verdict {
    let Some(deed) = &item.deed else { return Verdict::Empty };
    let deed = context.readings.read(&deed.value);
    let prose = &deed.prose;
    match deed.filling(context.lexicon) {
        Filling::Blank => return Verdict::Empty,
        Filling::Placeholder => return Verdict::Placeholder,
        Filling::Text => {}
    }
    let Some(lexicon) = context.lexicon else { return Verdict::Concrete };
    if is_foreign(prose, lexicon) {
        return Verdict::Concrete;
    }
    if let Some(words) = sales::sales_call(prose, context, lexicon) {
        return Verdict::SalesCall(words);
    }
    let sentences: Vec<&Prose> = deed.sentences().iter().filter(|sentence| !form::is_question(sentence, lexicon)).collect();
    if sentences.is_empty() {
        return Verdict::Question;
    }
    let pinned = pins_of(item).iter().any(|(kind, slot)| slot_pins(*kind, slot, context));
    // "Finance: re-quote …" and "Track three numbers: days, …" are both read as wholes and after the colon.
    let labelled: Vec<Prose> = sentences.iter().filter_map(|sentence| form::after_label(sentence)).collect();
    let whole = Contents::of(prose, lexicon);
    let verdicts =
        sentences.into_iter().chain(&labelled).map(|sentence| judge_sentence(sentence, &whole, pinned, context.audience_roles, lexicon));
    verdicts.min_by_key(Verdict::rank).unwrap_or(Verdict::Question)
}

/// Which of an item's pins a slot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pin {
    Who,
    By,
    DoneWhen,
}

impl Pin {
    /// The key in front matter.
    pub fn key(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::By => "by",
            Self::DoneWhen => "done_when",
        }
    }
}

/// The pins of an item that were written, in order.
pub fn pins_of(item: &GuidanceItem) -> Vec<(Pin, &Slot)> {
    let written = [(Pin::Who, &item.who), (Pin::By, &item.by), (Pin::DoneWhen, &item.done_when)];
    written.into_iter().filter_map(|(pin, slot)| slot.as_ref().map(|slot| (pin, slot))).collect()
}

/// True when a slot names an owner, a time or a result that can be told from any other.
pub fn slot_pins(pin: Pin, slot: &Slot, context: Context<'_>) -> bool {
    let reading = context.readings.read(&slot.value);
    if reading.filling(context.lexicon) != Filling::Text {
        return false;
    }
    let Some(lexicon) = context.lexicon else { return true };
    let vague = match pin {
        Pin::Who => &lexicon.vague_owners,
        Pin::By => &lexicon.vague_times,
        Pin::DoneWhen => &lexicon.vague_results,
    };
    reading.prose.words.iter().any(|word| {
        let is_vague = |part: &str| vague.has(part) || lexicon.function_words.has(part);
        !is_vague(&word.folded) && !word.parts().all(is_vague)
    })
}

/// Words of a language without a list inside an English piece are not judged by English lists.
fn is_foreign(prose: &Prose, lexicon: &Lexicon) -> bool {
    /// English words that other languages share.
    const SHARED: [&str; 22] = [
        "in", "an", "a", "die", "den", "on", "me", "no", "am", "was", "do", "so", "as", "i", "per", "via", "des", "war", "hat", "son",
        "and", "us",
    ];
    prose.words.len() >= 3
        && !prose.words.iter().any(|word| {
            let folded = word.folded.as_str();
            let known =
                [&lexicon.function_words, &lexicon.verbs, &lexicon.platitude_words, &lexicon.audience_generic, &lexicon.weak_objects];
            !SHARED.contains(&folded) && known.iter().any(|list| list.has(folded))
        })
        && !prose.text.is_ascii()
}

fn judge_sentence(sentence: &Prose, whole: &Contents, pinned_by_slot: bool, audience_roles: &[Rc<Reading>], lexicon: &Lexicon) -> Verdict {
    let form = form::form(sentence, audience_roles, lexicon);
    let object = form.object(sentence);
    let mut contents = Contents::of(object, lexicon);
    // What fixes the act may stand in a lead-in or in another sentence of the item.
    contents.add_pins(whole);
    let verdict = match form {
        Form::Instruction { strength, .. } | Form::Ought { strength, .. } | Form::Gerund { strength, .. } => {
            weigh(strength, &contents, pinned_by_slot)
        }
        Form::Phrase if contents.strong >= 2 && pinned_by_slot => Verdict::Concrete,
        Form::Phrase => Verdict::NotSpecific(contents.lack()),
        Form::Statement => Verdict::NotSpecific(Lack::Deed),
    };
    match (verdict, form) {
        (Verdict::Concrete, Form::Gerund { .. } | Form::Phrase | Form::Ought { addressed: false, .. }) => {
            Verdict::Doubtful(Doubt::NotImperative)
        }
        (Verdict::Concrete | Verdict::Doubtful(_), Form::Instruction { .. }) if form::is_bare_target(sentence) => {
            Verdict::Doubtful(Doubt::TargetWithoutDeed)
        }
        (verdict, _) => verdict,
    }
}

/// Holds what an instruction names against what fixes it: the weaker the verb, the more must be said.
fn weigh(strength: Strength, contents: &Contents, pinned_by_slot: bool) -> Verdict {
    let (strong, weak) = (contents.strong, contents.weak);
    let needed = match strength {
        Strength::Concrete => 0,
        Strength::Abstract => 1,
        Strength::Platitude => 2,
    };
    if pinned_by_slot || contents.numbers > 0 {
        let enough = match strength {
            Strength::Concrete => strong + weak >= 1,
            Strength::Abstract => strong >= 1,
            Strength::Platitude => strong >= 2 || (strong == 1 && pinned_by_slot),
        };
        let doubtful = match strength {
            Strength::Concrete => true,
            Strength::Abstract => weak >= 1 || contents.empty == 0 || contents.percentages > 0,
            Strength::Platitude => false,
        };
        return if enough {
            Verdict::Concrete
        } else if doubtful {
            Verdict::Doubtful(Doubt::AbstractVerb)
        } else {
            Verdict::NotSpecific(Lack::Object)
        };
    }
    let named = contents.names > 0 && contents.things >= 1 && strong >= 2 + needed;
    let ordered = contents.soft > 0 && strong >= 2 + needed;
    let definite = contents.definite > 0 && strong >= 3 + needed;
    let detailed = strong >= 3 + needed && strong + weak >= 4 + needed && strength != Strength::Platitude;
    if named || ordered || definite || detailed { Verdict::Concrete } else { Verdict::NotSpecific(contents.lack()) }
}

/// What makes two deeds the same: their words, function words left out.
pub fn likeness(deed: &Prose, lexicon: Option<&Lexicon>) -> String {
    let words = deed.words.iter().map(|word| word.folded.as_str());
    let telling: Vec<&str> = words.filter(|word| !lexicon.is_some_and(|lexicon| lexicon.function_words.has(word))).collect();
    telling.join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::lexicon;
    use super::*;

    const CASES: [&str; 3] = [
        include_str!("../cases/guidance.txt"),
        include_str!("../cases/guidance-held-out.txt"),
        include_str!("../cases/guidance-blind.txt"),
    ];

    fn item(cells: &[&str]) -> GuidanceItem {
        let slot = |idx: usize| {
            cells.get(idx).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).map(|cell| Slot::new(cell.to_owned(), 0..0))
        };
        let one_line = cells.len() < 2;
        GuidanceItem { range: 0..0, one_line, deed: slot(0), who: slot(1), by: slot(2), done_when: slot(3), because: None }
    }

    fn verdict(item: &GuidanceItem) -> &'static str {
        let brands = ["Northwind Advisory", "northwind.example", "TideMark", "Acme", "Acme Cloud", "acme.example"].map(str::to_owned);
        let readings = Readings::default();
        let roles = ["Trustees", "Finance directors"].map(|role| readings.read(role));
        let context = Context { lexicon: lexicon::for_language("en"), readings: &readings, brands: &brands, audience_roles: &roles };
        match judge(item, context) {
            Verdict::Concrete => "concrete",
            Verdict::Doubtful(_) => "doubtful",
            Verdict::Empty | Verdict::Placeholder => "empty",
            Verdict::SalesCall(_) => "sales",
            Verdict::Question => "question",
            Verdict::NotSpecific(_) => "vague",
        }
    }

    fn cases() -> Vec<(&'static str, GuidanceItem, &'static str)> {
        let lines = CASES.iter().flat_map(|cases| cases.lines()).filter(|line| !line.is_empty() && !line.starts_with('#'));
        lines
            .map(|line| {
                let (label, rest) = line.split_once('|').unwrap();
                let cells: Vec<&str> = rest.split('|').collect();
                (label.trim(), item(&cells), line)
            })
            .collect()
    }

    fn agrees(label: &str, verdict: &str) -> bool {
        label == verdict
            || (label == "counts" && matches!(verdict, "concrete" | "doubtful"))
            || (label == "fails" && !matches!(verdict, "concrete" | "doubtful"))
    }

    #[test]
    fn labelled_items_are_judged_as_people_judge_them() {
        let cases = cases();
        let wrong: Vec<String> = cases
            .iter()
            .filter(|(label, item, _)| !agrees(label, verdict(item)))
            .map(|(_, item, line)| format!("{line}   => {}", verdict(item)))
            .collect();
        assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
    }

    #[test]
    fn pinning_an_item_never_breaks_a_pass() {
        let slot = |text: &str| Some(Slot::new(text.to_owned(), 0..0));
        for (_, item, line) in cases().into_iter().filter(|(_, item, _)| matches!(verdict(item), "concrete" | "doubtful")) {
            for more in [
                GuidanceItem { who: slot("the finance director"), ..item.clone() },
                GuidanceItem { by: slot("2027-03-31"), ..item.clone() },
                GuidanceItem { done_when: slot("the ledger shows no open line"), ..item.clone() },
                GuidanceItem { because: slot("fees rise in April"), ..item.clone() },
            ] {
                assert!(matches!(verdict(&more), "concrete" | "doubtful"), "{line}");
            }
        }
    }

    #[test]
    fn a_disguise_never_makes_a_pass() {
        for (_, item, line) in cases().into_iter().filter(|(_, item, _)| !matches!(verdict(item), "concrete" | "doubtful")) {
            let disguise = |slot: &Option<Slot>| {
                slot.clone().map(|slot| slot.map(|text| text.replace('e', "\u{435}").replace('o', "\u{2060}o\u{200b}")))
            };
            let masked = GuidanceItem { deed: disguise(&item.deed), who: disguise(&item.who), by: disguise(&item.by), ..item.clone() };
            assert!(!matches!(verdict(&masked), "concrete" | "doubtful"), "{line}");
        }
    }
}
