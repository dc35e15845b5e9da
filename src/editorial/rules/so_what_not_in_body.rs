//! A so-what that the piece never argues.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};

const MIN_SHARE: RuleOption = RuleOption::share(
    "min_share",
    0.3,
    "The share of the so-what's telling words that a body of 500 words has to speak of; half of it will do in a short one.",
);

/// A body of so many words has room for the words of its so-what. A shorter one argues in fewer, and in others:
/// of the so-whats of ten short pieces half were told in less than a third of their words.
const ROOM: f64 = 500.0;
/// Shorter bodies are notes, and have no room to argue.
const MIN_BODY_WORDS: usize = 60;

pub struct SoWhatNotInBody;

const DOC: RuleDoc = RuleDoc {
    name: "so-what-not-in-body",
    family: Family::SoWhat,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "The body argues what the so-what says",
    why: "A conclusion that is nowhere in the text was written by somebody else, or before the piece changed its mind. Among the signs of a weak piece Source Global Research lists a lack of real insight, of a \"so what\", for the reader: it has to be in the piece, not on its label.",
    bad: &[Example::markdown(
        "so_what: Retailers that delay pension transfers hand their youngest staff a poorer old age.\n---\nThe meter on the wall was read twice a year by a man who never spoke to the finance office, so the contract for the boiler house was renewed four times on figures that described a laundry which had closed. When we laid the ledger beside the bills, eleven of forty lines had no owner. The supplier had charged for every one of them through six winters, and nobody had asked why.\n",
    )],
    good: &[Example::markdown(
        "so_what: An estate that renews on old meter readings pays its supplier for buildings it has closed.\n---\nThe meter on the wall was read twice a year by a man who never spoke to the finance office, so the contract for the boiler house was renewed four times on figures that described a laundry which had closed. When we laid the ledger beside the bills, eleven of forty lines had no owner. The supplier had charged for every one of them through six winters, and nobody had asked why.\n",
    )],
    mend: "Argue it in the body, or write the so-what that the body supports.",
};

impl Rule for SoWhatNotInBody {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[MIN_SHARE]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(field) = &case.front().so_what else { return };
        let is_judged = case.lexicon.is_some() && case.document().word_count >= MIN_BODY_WORDS;
        let said = case.stems(&field.value);
        let room = (case.document().word_count as f64 / ROOM).clamp(0.5, 1.0);
        if is_judged && said.len() >= 4 && said.share_in(case.body_stems()) < case.share(&DOC, &MIN_SHARE) * room {
            let finding = DOC.warning(case.place(field.place()), "the body never speaks of this");
            findings.push(finding.help("argue it in the body, or write the so-what that the body supports"));
        }
    }
}
