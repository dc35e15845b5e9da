//! A so-what that announces instead of concluding.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::lexicon::Lexicon;
use crate::editorial::prose::Prose;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct SoWhatNoConsequence;

const DOC: RuleDoc = RuleDoc {
    name: "so-what-no-consequence",
    family: Family::SoWhat,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "The so-what names a consequence for the reader",
    why: "Among the signs of weak thought leadership that Source Global Research lists are trends that any insider knows, and no \"so what\" for the reader. A line that says what the piece explores, or that something is changing, leaves the reader to find out what to make of it.",
    bad: &[
        Example::yaml("so_what: This report explores the key trends in digital banking.\n"),
        Example::yaml("so_what: A look at the future of work in professional services.\n"),
        Example::yaml("so_what: We surveyed 400 treasurers about their plans for refinancing.\n"),
        Example::yaml("so_what: Sustainability is more important than ever.\n"),
        Example::yaml("so_what: The procurement landscape is changing fast.\n"),
    ],
    good: &[
        Example::yaml("so_what: Firms that still sell hours will fund their clients' automation out of their own margin.\n"),
        Example::yaml("so_what: Your covenant test in June will fail if the lease is renewed as it stands.\n"),
        Example::yaml("so_what: Rates are rising faster than fees, so every renewal signed this quarter loses money by March.\n"),
        Example::yaml("so_what: A pharmacist at discharge halves the readmissions that a ward pays for.\n"),
    ],
    mend: "Finish the sentence \"so that means for you …\", and keep only that.",
};

impl Rule for SoWhatNoConsequence {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(lexicon) = case.lexicon else { return };
        let Some(field) = &case.front().so_what else { return };
        let reading = case.read(&field.value);
        let concludes = reading.sentences().iter().any(|sentence| !announces(sentence, lexicon) && !names_a_trend(sentence, lexicon));
        if !concludes && !reading.prose.words.is_empty() {
            let finding = DOC.warning(case.place(field.place()), "this says what the piece is about, not what follows from it");
            findings.push(finding.help("what does it mean for the reader, and what does it cost them not to know it?"));
        }
    }
}

/// "This report explores …", "A look at …", "We surveyed …": the piece speaks of itself.
fn announces(sentence: &Prose, lexicon: &Lexicon) -> bool {
    let words = &sentence.words;
    let concludes = words.iter().any(|word| lexicon.consequence_signs.has(&word.folded));
    let opening = lexicon.announcing_openings.covers(words, 0);
    if opening == 0 || concludes {
        return false;
    }
    // "We explore", "this report sets out": the verb follows the piece's name for itself at once.
    let noun_like = !lexicon.announcers.has(&words[opening - 1].folded);
    noun_like || words[opening..].iter().take(3).any(|word| lexicon.announcing_verbs.has(&word.folded))
}

/// "X is changing", "X matters more than ever": true of anything, for anybody.
fn names_a_trend(sentence: &Prose, lexicon: &Lexicon) -> bool {
    let words = &sentence.words;
    let concludes = words.iter().enumerate().any(|(idx, word)| {
        let folded = word.folded.as_str();
        let is_idle = folded == "than" && words.get(idx + 1).is_some_and(|next| next.folded == "ever");
        let speaks_to_reader = matches!(folded, "you" | "your" | "yours");
        let is_figure = folded.starts_with(|c: char| c.is_ascii_digit());
        (lexicon.consequence_signs.has(folded) && !is_idle) || speaks_to_reader || is_figure
    });
    let trend = (0..words.len()).find(|at| lexicon.trend_predicates.covers(words, *at) > 0);
    trend.is_some_and(|at| !concludes && words.len() - at <= TREND_WORDS)
}

/// A trend said in more words than these may well say what follows from it.
const TREND_WORDS: usize = 7;
