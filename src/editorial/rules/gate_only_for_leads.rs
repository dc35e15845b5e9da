//! A gate that serves nobody but the publisher.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::prose::Word;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct GateOnlyForLeads;

const DOC: RuleDoc = RuleDoc {
    name: "gate-only-for-leads",
    family: Family::Gate,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A gate has another reason than the reader's contact details",
    why: "\"Are you gating too much of it?\" is among the first questions that the Content Marketing Institute asks of a programme. SiriusDecisions counts abundant leads among the measures that are no evidence of good marketing, and a reader who cannot see the text cannot act on it.",
    bad: &[
        Example::yaml("gate: { reason: To generate leads for the sales team }\n"),
        Example::yaml("gate: { reason: We want contact details for follow-up }\n"),
        Example::yaml("gate: { reason: Marketing needs to grow the pipeline this quarter }\n"),
    ],
    good: &[
        Example::yaml("gate: { reason: The survey partner holds the data until January, until: 2027-01-31 }\n"),
        Example::yaml("gate: { reason: Clients who paid for the benchmark read it first }\n"),
        Example::yaml("gate: { reason: The salary data may only go to people who proved where they work }\n"),
    ],
    mend: "Publish it openly and put the invitation to talk at its end, or give the reason that holds for the reader too.",
};

impl Rule for GateOnlyForLeads {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let (Some(lexicon), Some(gate)) = (case.lexicon, &case.front().gate) else { return };
        let Some(reason) = &gate.value.reason else { return };
        let reading = case.read(&reason.value);
        let words = &reading.prose.words;
        let marks = lexicon.lead_reasons.mark(words);
        let says_more = |(word, is_lead): &(&Word, &bool)| {
            let folded = word.folded.as_str();
            let is_empty = lexicon.function_words.has(folded)
                || lexicon.time_words.has(folded)
                || lexicon.audience_generic.has(folded)
                || lexicon.audience_generic_verbs.has(folded)
                || folded.chars().all(char::is_numeric);
            !**is_lead && !is_empty
        };
        let n_other = words.iter().zip(&marks).filter(says_more).count();
        if marks.contains(&true) && n_other == 0 {
            let finding = DOC.warning(case.place(reason.range.clone()), "this gate only collects contacts");
            findings
                .push(finding.help("publish it openly and end with an invitation to talk, or give a reason that holds for the reader too"));
        }
    }
}
