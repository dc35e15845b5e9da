//! A title that promises the answer everybody gives.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::lexicon::Lexicon;
use crate::editorial::prose::{Prose, Word};
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct TitleFaq;

const DOC: RuleDoc = RuleDoc {
    name: "title-faq",
    family: Family::Title,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A title that asks a common question, or counts a list, is backed by an answer that is rarely given",
    why: "Robert Rose of the Content Marketing Institute sets rarely given answers against frequently asked questions: content built to rank for the common question says the common thing, and ends in \"mutually assured irrelevance\".",
    bad: &[
        Example::yaml("title: What is outcome-based pricing?\n"),
        Example::yaml("title: 7 tips for better renewals\n"),
        Example::yaml("title: The ultimate guide to procurement\n"),
        Example::yaml("title: How to choose an audit firm\n"),
        Example::yaml("title: Top ten treasury trends\n"),
        Example::yaml("title: ESG reporting explained\n"),
    ],
    good: &[
        Example::yaml(
            "title: How to choose an audit firm\nrare_answer: { question: How do we choose an audit firm?, common_answer: Compare the fees and the sector credentials of four firms, our_answer: Ask which of your last three restatements each would have caught }\n",
        ),
        Example::yaml("title: What the meter knew\n"),
        Example::yaml("title: Seven winters on the wrong tariff\n"),
        Example::yaml("title: Why marketing should not write thought leadership\n"),
        Example::yaml("title: How a quarry lost its licence\n"),
    ],
    mend: "Rename the piece after its answer, or record the question, the common answer and yours under `rare_answer:`.",
};

impl Rule for TitleFaq {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let (Some(lexicon), Some(title)) = (case.lexicon, &case.front().title) else { return };
        let answers = case.front().rare_answer.as_ref().is_some_and(|answer| case.says_something(answer.value.our_answer.as_ref()));
        let Some(message) = fault(&case.read(&title.value).prose, lexicon).filter(|_| !answers) else { return };
        let finding = DOC.warning(case.place(title.place()), message);
        findings
            .push(finding.help("name the piece after its answer, or add `rare_answer: { question: …, common_answer: …, our_answer: … }`"));
    }
}

fn fault(title: &Prose, lexicon: &Lexicon) -> Option<&'static str> {
    let words = &title.words;
    if is_listicle(words, lexicon) {
        return Some("this title counts a list: what is in it that others do not say?");
    }
    let says_so = lexicon.faq_titles.occurs_in(words);
    let asks = lexicon.faq_openings.covers(words, 0) > 0;
    (says_so || asks).then_some("this title promises the answer that everybody gives")
}

/// How many words may stand between the number and what it counts: "7 simple, proven tips".
const BETWEEN: usize = 3;

/// "7 tips …", "The top ten mistakes …".
fn is_listicle(words: &[Word], lexicon: &Lexicon) -> bool {
    let leading =
        words.iter().take_while(|word| matches!(word.folded.as_str(), "the" | "top" | "best" | "our" | "my" | "your" | "these")).count();
    let is_count = words.get(leading).is_some_and(|word| {
        let is_number = word.folded.len() <= 3 && word.folded.chars().all(|c| c.is_ascii_digit());
        is_number || lexicon.number_words.has(&word.folded)
    });
    // "Five questions with …" is an interview.
    let is_with_somebody = |at: usize| words.get(at).is_some_and(|word| matches!(word.folded.as_str(), "with" | "for"));
    let counts = |at: usize| {
        let n_words = lexicon.listicle_things.covers(words, at);
        n_words > 0 && !(words[at].folded == "questions" && is_with_somebody(at + n_words))
    };
    is_count && (leading + 1..words.len().min(leading + 2 + BETWEEN)).any(counts)
}
