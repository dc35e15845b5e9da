//! A so-what that is an abstract.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};

const MAX_WORDS: RuleOption = RuleOption::count("max_words", 45, "The most words of a so-what.");
const MAX_SENTENCES: RuleOption = RuleOption::count("max_sentences", 2, "The most sentences of a so-what.");

pub struct SoWhatTooLong;

const DOC: RuleDoc = RuleDoc {
    name: "so-what-too-long",
    family: Family::SoWhat,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "The so-what is one sentence, two at most",
    why: "Source Global Research counts \"no real insights or 'so what' for the reader\" among the signs of a weak piece. What cannot be said in one breath has not been decided yet, and the line stands under the title, where nobody reads a paragraph.",
    bad: &[Example::yaml("so_what: Firms that still sell hours lose. They lose margin first. Then they lose clients.\n")],
    good: &[Example::yaml("so_what: Firms that still sell hours will fund their clients' automation out of their own margin.\n")],
    mend: "Keep the consequence and drop the argument: that is what the piece is for.",
};

impl Rule for SoWhatTooLong {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[MAX_WORDS, MAX_SENTENCES]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(field) = &case.front().so_what else { return };
        let reading = case.read(&field.value);
        let (n_words, n_sentences) = (reading.prose.words.len(), reading.sentences().len());
        let (max_words, max_sentences) = (case.count(&DOC, &MAX_WORDS), case.count(&DOC, &MAX_SENTENCES));
        let message = if n_words > max_words {
            format!("this so-what has {n_words} words, and {max_words} are enough")
        } else if n_sentences > max_sentences {
            format!("this so-what has {n_sentences} sentences, and {max_sentences} are enough")
        } else {
            return;
        };
        findings.push(
            DOC.warning(case.place(field.place()), message).help("keep the consequence for the reader and leave the argument to the body"),
        );
    }
}
