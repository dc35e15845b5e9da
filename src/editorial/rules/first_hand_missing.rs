//! A long piece in which nobody has seen, asked, measured or done anything.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::body::{Body, Group};
use crate::editorial::sourcing::is_first_person;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};

const WORDS: RuleOption = RuleOption::count("min_words", 250, "From how many words on a text needs to show that somebody was there.");

/// What people do who are there, in the past tense, after `we` or `I`.
const DEEDS: &[&str] = &[
    "ran",
    "saw",
    "found",
    "built",
    "spoke",
    "met",
    "sat",
    "went",
    "took",
    "made",
    "did",
    "had",
    "kept",
    "wrote",
    "read",
    "put",
    "got",
    "gave",
    "told",
    "heard",
    "learnt",
    "sent",
    "bought",
    "sold",
    "lost",
    "won",
    "cut",
    "chose",
    "began",
    "stood",
    "spent",
    "drew",
    "left",
    "brought",
    "thought",
    "knew",
    "drove",
    "rebuilt",
    "hired",
    "have seen",
    "have found",
    "have worked",
    "have run",
    "have watched",
    "have asked",
    "were",
    "was",
];

pub struct FirstHandMissing;

const DOC: RuleDoc = RuleDoc {
    name: "first-hand-missing",
    family: Family::Expertise,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A piece shows something that its author or firm has seen, asked, measured or done",
    why: "Source Global Research's third sign of weak work: little evidence of on-the-ground expertise, of what really matters in practice. What \
          anyone could have written from a desk is what readers call the same thoughts that everybody else has.",
    bad: &[Example::markdown(DESK)],
    good: &[Example::markdown("A short note needs no case.\n")],
    mend: "Add what you have seen: a case with its date, a count of your own, what a client said. If it stands elsewhere, record it as `evidence`.",
};

/// 260 words that anyone could have written.
const DESK: &str = concat!(
    "Procurement teams hold more influence than their place in the chart suggests. A contract that is signed in a hurry binds a company for \
     years, and the terms that nobody reads are the terms that cost the most. The price is only the first line of the bill. Service levels, \
     exit clauses and the right to audit decide what the price turns into once the supplier has been chosen and the competition has gone home. \
     A buyer who understands this negotiates the last page first.\n\n",
    "The usual process works in the other direction. The price is settled in a meeting with many people in it, and the remaining pages are \
     handed to a lawyer who was not in the meeting. The lawyer protects the company from the risks that lawyers know. The risks that \
     operations know stay where they are, because operations hears of the contract when the first delivery is late. By then the clause that \
     would have helped has been traded for a discount that looked better in the summary.\n\n",
    "There is a better order. Operations names the three events that would stop a line. The lawyer writes the clause for each of them. The \
     buyer takes the clauses into the negotiation as the things that are not for sale, and trades the price against everything else. The \
     supplier knows what matters to the customer, and prices it. The contract becomes shorter, because what does not matter is left out of \
     it, and the people who will live with it have read it. Price then follows from what is bought, as it should. The discount that remains \
     is smaller and real.\n",
);

impl Rule for FirstHandMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[WORDS]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(body) = case.body() else { return };
        let recorded = case.front().evidence.iter().flat_map(|field| &field.value);
        let is_recorded = recorded.into_iter().any(|evidence| case.says_something(evidence.what.as_ref().or(evidence.result.as_ref())));
        if is_recorded || body.n_words() < case.count(&DOC, &WORDS) || shows_somebody(body) {
            return;
        }
        let Some(place) = case.front().title.as_ref().map(|title| case.place(title.place())) else { return };
        let finding = DOC.warning(place, "nothing in this piece shows that anybody was there");
        findings.push(finding.help("add what you have seen, asked, measured or done, or record it as `evidence`"));
    }
}

/// Whether the text holds a word of somebody who was there: a case, a saying, a deed.
fn shows_somebody(body: &Body) -> bool {
    if body.hits_of(Group::FirstHand).any(|hit| !body.is_quoted(&hit.range)) {
        return true;
    }
    let long_quotation = body.quotations.iter().any(|quoted| body.slice(quoted).split(' ').count() >= 6);
    let is_deed = |idx: usize| is_first_person(body, idx..idx + 1) && does_something(body.slice(&body.sentences[idx].range));
    long_quotation || (0..body.sentences.len()).any(|idx| body.sentences[idx].is_running() && is_deed(idx))
}

/// `We counted`, `I had sat`: a deed in the past tense.
fn does_something(sentence: &str) -> bool {
    let lower = sentence.to_ascii_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty()).collect();
    words.windows(3).any(|three| {
        let is_past = |word: &str| DEEDS.contains(&word) || (word.len() > 4 && word.ends_with("ed"));
        let is_person = matches!(three[0], "we" | "i");
        is_person
            && (is_past(three[1])
                || (matches!(three[1], "have" | "had" | "have'" | "once" | "then" | "also" | "first" | "never") && is_past(three[2])))
    })
}
