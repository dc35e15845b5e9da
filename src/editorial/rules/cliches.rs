//! Worn phrases, in the brief or in numbers.

use crate::base::diagnostic::Diagnostic;
use crate::base::spanned::Field;
use crate::config::Level;
use crate::editorial::body::{Body, Group, Hit};
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};

const PER_THOUSAND: RuleOption = RuleOption::count("per_thousand", 4, "How many a thousand words of the text may hold.");

/// Fewer than this are nobody's habit.
const FEW: usize = 3;

pub struct Cliches;

const DOC: RuleDoc = RuleDoc {
    name: "cliches",
    family: Family::Language,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "No worn phrase in the title or the so-what, and few in the text",
    why: "Robert Rose's “ocean of different ways to say the best and most common practices” is made of these. A worn phrase is read as a sign that \
          the thought behind it is worn too. Proselint, Vale and write-good keep such lists; this one holds those of business prose.",
    bad: &[
        Example::yaml("so_what: Outcome pricing is a game changer for firms that still sell hours.\n"),
        Example::markdown(
            "At the end of the day, the low-hanging fruit is in the ledger. It is a game changer: a deep dive moves the needle for anyone.\n",
        ),
    ],
    good: &[
        Example::markdown("The trial was a game changer for the ward: the night shift went home at six. It began with a rota.\n"),
        Example::markdown("Nobody should write “low-hanging fruit”, “game changer”, “move the needle” or “deep dive” again.\n"),
    ],
    mend: "Say what happened instead, with its noun and its number. `[lexicon.en] cliches` adds phrases of your own, or takes some out.",
};

impl Rule for Cliches {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[PER_THOUSAND]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        for field in [&case.front().title, &case.front().so_what].into_iter().flatten() {
            findings.extend(in_brief(case, field));
        }
        let Some(body) = case.body() else { return };
        let hits: Vec<&Hit> = body.hits_of(Group::Cliche).filter(|hit| counts(body, hit)).collect();
        let n_words = body.n_words();
        if hits.len() < FEW || hits.len() * 1000 <= case.count(&DOC, &PER_THOUSAND) * n_words {
            return;
        }
        let message = format!("{} worn phrases in {n_words} words", hits.len());
        let finding = DOC.warning(case.place_in(body, &hits[0].range), message).label("the first of them");
        let others = hits[1..].iter().map(|hit| (case.place_in(body, &hit.range), "and this one"));
        let finding = others.take(8).fold(finding, |finding, (place, message)| finding.note_at(place, message));
        findings.push(finding.help("say what happened instead, with its noun and its number"));
    }
}

/// A phrase in running text that the author says, and does not talk about.
pub fn counts(body: &Body, hit: &Hit) -> bool {
    let is_running = body.sentence_at(hit.range.start).is_some_and(|idx| body.sentences[idx].is_running());
    is_running && !body.is_quoted(&hit.range)
}

fn in_brief(case: &Case<'_>, field: &Field<String>) -> Option<Diagnostic> {
    let text = crate::editorial::prose::visible(&field.value);
    let hits = case.lexicon?.finder.hits(&text);
    let hit = hits.iter().find(|hit| hit.group == Group::Cliche)?;
    let is_quoted = text[..hit.range.start].matches('"').count() % 2 == 1;
    let phrase = &text[hit.range.clone()];
    let finding = DOC.warning(case.place(field.place()), format!("`{phrase}` is worn"));
    (!is_quoted).then(|| finding.help("say what is meant by it"))
}
