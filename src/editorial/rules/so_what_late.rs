//! The point of a piece, made late in its text.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::body::Body;
use crate::editorial::prose::Prose;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};
use std::collections::BTreeSet;

const WORDS: RuleOption = RuleOption::count("words", 250, "After how many words the so-what is late.");

/// A sentence with so large a share of the so-what's words makes the point.
const MADE: f64 = 0.5;
/// One before it with so large a share has prepared it.
const PREPARED: f64 = 0.3;
/// A so-what with fewer telling words cannot be recognised.
const LEAST: usize = 4;

pub struct SoWhatLate;

const DOC: RuleDoc = RuleDoc {
    name: "so-what-late",
    family: Family::Structure,
    level: Level::Off,
    standing: Standing::Editorial,
    summary: "The text itself comes to the so-what within its first 250 words",
    why: "Source Global Research names a missing “so what” among the signs of weak reports, beside long introductions: the two go together. The \
          page prints the so-what under the title, so a text that takes a page to reach it makes its reader wait for what is already known.",
    bad: &[Example::markdown(LATE)],
    good: &[
        Example::markdown("Firms that still sell hours will pay for their clients' automation out of their own margin. Here is the sum.\n"),
        Example::markdown("The sum is simple.\n"),
    ],
    mend: "Switch this on where the theme does not print the so-what: it is off, because a text may make its point early in other words. Move the sentence that makes the point into the first paragraphs; what led up to it usually reads better as what follows from it.",
};

/// The so-what of the good piece after 270 words of something else.
const LATE: &str = "The clerk at the depot keeps a ledger with a green cover, and in the ledger she writes down which van left at what hour, with whom, and \
     for which of the streets on the north side. Nobody asked her to begin, and nobody has read it since the spring of the year in which the \
     old manager left.\n\nIt took us two days to read it from the first line to the last. The vans leave in the order of their number plates, \
     which was the order of their purchase, which was the order in which a salesman had called in 2011. The streets are served from the far \
     end, because the first driver lived there. The hour of leaving moved by ten minutes each winter, when the yard is dark, and did not move \
     back with the light.\n\nThe north side has a school, two bakeries, a mill and a hall where people vote. The bakeries want to be served \
     before five, and the mill does not open before nine. The hall is served on days when nobody is there. The school complained in two \
     letters, which lie between the pages for March, unopened, with the stamps of two different years on them, and a note that says to \
     whom they should have gone.\n\nWhen we asked the drivers, each knew a part of this. One had swapped two streets with another for the \
     sake of a nursery. A second had kept the old order on paper and drove a new one. The third drove what the paper said, and was late \
     every day, and had been told off for it every month since he came. All three had worked out what an hour of theirs cost the depot, \
     and what the depot was paid for it, and they had stopped telling anyone about it long ago.\n\nFirms that sell hours fund the automation \
     of their clients out of margin.\n";

impl Rule for SoWhatLate {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[WORDS]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let (Some(body), Some(so_what)) = (case.body(), &case.front().so_what) else { return };
        let limit = case.count(&DOC, &WORDS);
        if body.n_words() <= limit {
            return;
        }
        let wanted = telling_words(case, &so_what.value);
        if wanted.len() < LEAST {
            return;
        }
        let Some((n_before, idx)) = first_made(case, body, &wanted) else { return };
        if n_before > limit {
            let message = format!("the so-what comes after {n_before} words");
            let place = case.place_in(body, &body.sentences[idx].range);
            findings.push(DOC.warning(place, message).help("move this sentence, or the point of it, into the first paragraphs"));
        }
    }
}

/// The first sentence that makes the point, with the number of words before it; `None` when an earlier
/// one has prepared it, or none makes it.
fn first_made(case: &Case<'_>, body: &Body, wanted: &BTreeSet<String>) -> Option<(usize, usize)> {
    let mut n_before = 0;
    let mut is_prepared = false;
    for (idx, sentence) in body.sentences.iter().enumerate().filter(|(_, sentence)| sentence.is_running()) {
        let words = telling_words(case, body.slice(&sentence.range));
        let share = wanted.intersection(&words).count() as f64 / wanted.len() as f64;
        if share >= MADE {
            return (!is_prepared).then_some((n_before, idx));
        }
        is_prepared |= share >= PREPARED;
        n_before += sentence.n_words;
    }
    None
}

/// The words that carry meaning, without their endings.
fn telling_words(case: &Case<'_>, text: &str) -> BTreeSet<String> {
    let prose = Prose::new(text);
    let is_telling = |word: &str| word.len() > 3 && !case.lexicon.is_some_and(|lexicon| lexicon.function_words.has(word));
    let stem = |word: &str| {
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
        let stem = ["ing", "ed", "es", "s"].iter().find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() > 3));
        stem.unwrap_or(word).to_owned()
    };
    prose.words.iter().filter(|word| is_telling(&word.folded)).map(|word| stem(&word.folded)).collect()
}
