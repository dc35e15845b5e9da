//! Too many long sentences.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::body::Sentence;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};

const WORDS: RuleOption = RuleOption::count("max_words", 30, "From how many words on a sentence is long, less one.");
const ALLOWED: RuleOption = RuleOption::share("allowed", 0.25, "The share of sentences that may be long.");

/// Fewer sentences tell no habit.
const LEAST: usize = 8;

pub struct SentencesLong;

const DOC: RuleDoc = RuleDoc {
    name: "sentences-long",
    family: Family::Language,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "At most a quarter of the sentences have more than thirty words",
    why: "Yoast's reading check turns amber when a quarter of the sentences have more than 20 words; this one allows 30, since its readers are \
          practised. Of the five articles that Sowhat was made from, four have 1 to 14% of such sentences, and one 29%.",
    bad: &[Example::markdown(LONG)],
    good: &[Example::markdown(
        "Short ones do no harm. One long one, which takes its time and has a reason to, since what it tells cannot be cut in two without losing how the one thing led to the other, may stand among them.\n",
    )],
    mend: "Cut the longest where its second thought begins. What stands between brackets or dashes is often a sentence of its own.",
};

const LONG: &str = concat!(
    "The contract that was signed in the spring, after a long talk about the price and a short one about everything else, holds a clause on the \
     last page which nobody in the meeting had read to its end. The clause says that the supplier, if the volume falls below the one that was \
     named in the first year, may change the price of each delivery with a notice of two weeks and without a reason. The buyer had been told of \
     it by mail, but the mail went to a box that the company had closed when its former manager left, and so the first change came as a \
     surprise to everybody in the plant. ",
    "Nobody complained. The second change came. The third came in May. Then they read it. It was too late.\n"
);

impl Rule for SentencesLong {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[WORDS, ALLOWED]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(body) = case.body() else { return };
        let max = case.count(&DOC, &WORDS);
        let sentences: Vec<&Sentence> = body.sentences.iter().filter(|sentence| sentence.is_running()).collect();
        let long: Vec<&&Sentence> = sentences.iter().filter(|sentence| sentence.n_words > max).collect();
        let Some(longest) = long.iter().max_by_key(|sentence| (sentence.n_words, usize::MAX - sentence.range.start)) else { return };
        if sentences.len() < LEAST || long.len() as f64 <= case.share(&DOC, &ALLOWED) * sentences.len() as f64 {
            return;
        }
        let message = format!("{} of {} sentences have more than {max} words", long.len(), sentences.len());
        let label = format!("the longest, with {} words", longest.n_words);
        let finding = DOC.warning(case.place_in(body, &longest.range), message).label(label);
        findings.push(finding.help("cut it where its second thought begins"));
    }
}
