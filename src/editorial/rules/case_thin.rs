//! A case that does not say what they faced, what they did, and what came of it.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::{EvidenceKind, Slot};

/// Fewer words say nothing.
const WORDS: usize = 4;

pub struct CaseThin;

const DOC: RuleDoc = RuleDoc {
    name: "case-thin",
    family: Family::Expertise,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A case says what they faced, what they did, and what came of it",
    why: "The case that a reader of SiriusDecisions' webcast remembers has all three: a new head of marketing who came from sales, met every \
          request of theirs within a day and 98% of all, and was told that marketing was “not very valuable”. A case without its result is an \
          anecdote; without what was done it cannot be followed.",
    bad: &[Example::yaml(
        "evidence:\n  - { kind: case, situation: A dairy in Cork was paying for visits nobody made, did: They read the counters }\n",
    )],
    good: &[
        Example::yaml(
            "evidence:\n  - kind: case\n    situation: A dairy in Cork was paying for visits nobody made\n    did: They read the door counters for a \
             month\n    result: The supplier took 40% off the fee within a quarter\n",
        ),
        Example::yaml("evidence:\n  - { kind: case, what: A bank, confidential: Its board has not agreed to be told of }\n"),
        Example::yaml("evidence: We read forty ledgers in May 2026\n"),
    ],
    mend: "Give the case `situation`, `did` and `result`, each in a sentence; say under `confidential` why it cannot be told in full.",
};

impl Rule for CaseThin {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let evidence = case.front().evidence.iter().flat_map(|field| &field.value);
        let cases = evidence.filter(|entry| entry.kind.as_ref().is_some_and(|kind| kind.value == EvidenceKind::Case));
        for entry in cases.filter(|entry| !case.says_something(entry.confidential.as_ref())) {
            let says = |slot: &Option<Slot>| {
                case.says_something(slot.as_ref()) && slot.as_ref().is_some_and(|slot| case.read(&slot.value).prose.words.len() >= WORDS)
            };
            let slots = [("situation", says(&entry.situation)), ("did", says(&entry.did)), ("result", says(&entry.result))];
            let missing: Vec<String> = slots.iter().filter(|(_, said)| !said).map(|(name, _)| format!("`{name}`")).collect();
            if !missing.is_empty() {
                let message = format!("this case does not say {} in so many words", missing.join(", "));
                findings.push(
                    DOC.warning(case.place(entry.range.clone()), message).help("say what they faced, what they did, and what came of it"),
                );
            }
        }
    }
}
