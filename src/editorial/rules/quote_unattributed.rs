//! A saying that is given to nobody.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::body::{Body, Group};
use crate::editorial::sourcing::{cites, is_first_person, lead_in, names_somebody};
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::BlockKind;
use std::ops::Range;

/// A shorter quotation may be a term.
const WORDS: usize = 8;

pub struct QuoteUnattributed;

const DOC: RuleDoc = RuleDoc {
    name: "quote-unattributed",
    family: Family::Expertise,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A quotation says whose words it is",
    why: "In one of the articles that Sowhat was made from a question stands under the wrong speaker's name; in another a quotation has lost its \
          last words, and its speaker his name. Words between quotation marks are evidence only as long as somebody said them.",
    bad: &[
        Example::markdown(
            "The ledgers were never read.\n\n> “We stopped reading them in the second year, and nobody has asked since.”\n\nThat has a price.\n",
        ),
        Example::markdown("The price is high. “Nobody has read that page since the second year of the contract.” That has to change.\n"),
    ],
    good: &[
        Example::markdown(
            "> “We stopped reading them in the second year, and nobody has asked since.”\n>\n> — Maud Ellery, depot manager\n",
        ),
        Example::markdown("The depot manager said: “Nobody has read that page since the second year of the contract.”\n"),
        Example::markdown("Ask the supplier: “Which of these lines would you sign again without a discount?”\n"),
    ],
    mend: "Say who said it, where and when. Words of your own that are only set apart need no quotation marks.",
};

impl Rule for QuoteUnattributed {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(body) = case.body() else { return };
        for quotation in body.quotations.iter().filter(|quotation| body.slice(quotation).split(' ').count() >= WORDS) {
            if let (Some(first), Some(last)) = (body.sentence_at(quotation.start), body.sentence_at(quotation.end - 1))
                && body.sentences[first].is_running()
                && is_whole(body, first..last + 1, quotation)
                && !is_given(case, body, first..last + 1)
            {
                findings.push(finding(case, body, quotation));
            }
        }
        // A block quote without quotation marks may set a remark apart, or an example.
        let says = |block: &Range<usize>| body.slice(&body.span(block.clone())).starts_with('"');
        for block in quoted_blocks(body).into_iter().filter(says) {
            let n_words: usize = body.sentences[block.clone()].iter().map(|sentence| sentence.n_words).sum();
            if n_words >= WORDS && !is_given(case, body, block.clone()) {
                findings.push(finding(case, body, &body.span(block)));
            }
        }
    }
}

fn finding(case: &Case<'_>, body: &Body, range: &Range<usize>) -> Diagnostic {
    DOC.warning(case.place_in(body, range), "nothing says whose words these are").help("say who said it, where and when")
}

/// Whether the quotation is a sentence by itself, or several, and nothing else stands in them.
fn is_whole(body: &Body, sentences: Range<usize>, quotation: &Range<usize>) -> bool {
    let span = body.span(sentences);
    let text = body.slice(quotation).trim_matches('"');
    let around = body.slice(&(span.start..quotation.start)).chars().chain(body.slice(&(quotation.end..span.end)).chars());
    text.starts_with(char::is_uppercase) && text.ends_with(['.', '!', '?', ',']) && !around.into_iter().any(char::is_alphanumeric)
}

/// Whether these sentences or those beside them, across blocks, say whose words they are.
fn is_given(case: &Case<'_>, body: &Body, sentences: Range<usize>) -> bool {
    let around = sentences.start.saturating_sub(2)..(sentences.end + 1).min(body.sentences.len());
    let before = sentences.start.checked_sub(1).map(|idx| body.slice(&body.sentences[idx].range));
    let text = body.slice(&body.span(sentences.clone()));
    let after = body.sentences.get(sentences.end).map(|sentence| body.slice(&sentence.range));
    let is_introduced =
        before.is_some_and(|before| before.ends_with(':') || before.ends_with(',')) || lead_in_ends_with_colon(body, sentences.start);
    // `- Maud Ellery`: a line of its own after a dash.
    let is_signed = text.contains(" - ") || after.is_some_and(|after| after.starts_with(['-', '(', '~']));
    is_introduced
        || is_signed
        || is_example(body, &sentences)
        || body.hits_in(Group::Attribution, &outside(body, &around, &sentences)).next().is_some()
        || body.hits_in(Group::Attribution, &(body.span(sentences.end..around.end))).next().is_some()
        || names_somebody(case, body, around.clone())
        || is_first_person(body, around.start..sentences.start)
        || cites(case, body, &around)
}

/// A wording that is shown, not a saying that is passed on: the sentence before speaks of wordings, or
/// another quotation stands right beside it.
fn is_example(body: &Body, sentences: &Range<usize>) -> bool {
    const WORDINGS: [&str; 28] = [
        "sentence",
        "sentences",
        "line",
        "lines",
        "phrase",
        "phrases",
        "question",
        "questions",
        "title",
        "titles",
        "heading",
        "word",
        "words",
        "wording",
        "form",
        "example",
        "examples",
        "rule",
        "put",
        "write",
        "writes",
        "ask",
        "say",
        "version",
        "versions",
        "like",
        "call",
        "brief",
    ];
    let before = body.slice(&body.span(sentences.start.saturating_sub(2)..sentences.start)).to_ascii_lowercase();
    let speaks_of_wording = before.split(|c: char| !c.is_alphanumeric()).any(|word| WORDINGS.contains(&word));
    let is_quote = |idx: Option<usize>| {
        idx.and_then(|idx| body.sentences.get(idx)).is_some_and(|sentence| {
            let text = body.slice(&sentence.range);
            sentence.is_running() && text.starts_with('"') && text.ends_with('"')
        })
    };
    let after = body.sentences.get(sentences.end).map(|sentence| body.slice(&sentence.range).to_ascii_lowercase()).unwrap_or_default();
    let is_spoken_of =
        ["like this", "begins", "sounds", "a sentence", "this sentence", "that sentence"].iter().any(|of| after.contains(of));
    speaks_of_wording || is_spoken_of || is_quote(sentences.start.checked_sub(1)) || is_quote(Some(sentences.end))
}

/// `Three of them said:` before a list.
fn lead_in_ends_with_colon(body: &Body, idx: usize) -> bool {
    let lead_in = lead_in(body, idx);
    let text = body.slice(&body.span(lead_in.clone()));
    text.ends_with(':') || body.hits_in(Group::Attribution, &body.span(lead_in)).next().is_some()
}

/// The bytes of what stands before some sentences.
fn outside(body: &Body, around: &Range<usize>, sentences: &Range<usize>) -> Range<usize> {
    body.span(around.start..sentences.start)
}

/// The sentences of each run of block quotes.
fn quoted_blocks(body: &Body) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for (idx, _) in body.sentences.iter().enumerate().filter(|(_, sentence)| sentence.kind == BlockKind::Quote) {
        match blocks.last_mut().filter(|block| block.end == idx) {
            Some(block) => block.end = idx + 1,
            None => blocks.push(idx..idx + 1),
        }
    }
    blocks
}
