//! A channel where an outcome should stand.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::lexicon::Lexicon;
use crate::editorial::prose::{Prose, Word};
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::Objective;

pub struct ObjectiveChannelFirst;

const DOC: RuleDoc = RuleDoc {
    name: "objective-channel-first",
    family: Family::Objective,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "An objective begins with what is to change, not with a channel",
    why: "Of the marketers whom Walker Sands surveyed, 27% say that they put outcomes before channels and channel KPIs (O'Dwyer's, 1 March 2024). The study's advice: say what is to be accomplished, and why, before turning to media coverage, traffic or share of voice.",
    bad: &[
        Example::yaml("objective: Post three times a week on LinkedIn\n"),
        Example::yaml("objective: { outcome: accelerate-growth, change: Run a webinar series for finance leaders }\n"),
        Example::yaml("objective: Drive more traffic to the website\n"),
        Example::yaml("objective: { outcome: build-reputation, change: A monthly newsletter to our clients }\n"),
    ],
    good: &[
        Example::yaml("objective: { outcome: accelerate-growth, change: Member banks lose less money to e-mail fraud }\n"),
        Example::yaml("objective: Podcast producers ask for transcripts before they book a studio\n"),
        Example::yaml("objective: Launch customers agree to a shared price index\n"),
    ],
    mend: "Say what somebody will do differently, and move the channel to `launch:`.",
};

impl Rule for ObjectiveChannelFirst {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(lexicon) = case.lexicon else { return };
        let said = match case.front().objective.as_ref().map(|field| &field.value) {
            Some(Objective::Sentence(sentence)) => Some(sentence),
            Some(Objective::Full(slots)) => slots.change.as_ref(),
            None => None,
        };
        let Some(said) = said else { return };
        let reading = case.read(&said.value);
        let Some(channel) = channel_first(&reading.prose, lexicon) else { return };
        let message = format!("this objective names a channel (`{channel}`), not what is to change");
        let finding = DOC.warning(case.place(said.range.clone()), message);
        findings.push(finding.help("say what somebody will do differently once the piece has worked; the channel belongs in `launch:`"));
    }
}

/// How far from the verb its channel may stand.
const REACH: usize = 6;

/// The channel that an objective is about: the object of a verb of publishing, or the thing it begins with.
fn channel_first<'a>(prose: &'a Prose, lexicon: &Lexicon) -> Option<&'a str> {
    let words = &prose.words;
    let first = words.iter().position(|word| !lexicon.function_words.has(&word.folded) && !lexicon.channel_sizes.has(&word.folded))?;
    let from = if lexicon.channel_verbs.has(&words[first].folded) { first + 1 } else { first };
    let reach = if from > first { REACH } else { 1 };
    (from..words.len().min(from + reach)).find_map(|at| {
        let n_words = lexicon.objective_channels.covers(words, at);
        (n_words > 0 && is_head(words, at + n_words, lexicon)).then(|| prose.spelled(&words[at + n_words - 1]))
    })
}

/// Whether the phrase that ends here is what is spoken of, not a modifier as in "e-mail fraud".
fn is_head(words: &[Word], end: usize, lexicon: &Lexicon) -> bool {
    words.get(end).is_none_or(|next| {
        lexicon.function_words.has(&next.folded)
            || lexicon.channel_things.has(&next.folded)
            || lexicon.channel_sizes.has(&next.folded)
            || lexicon.objective_channels.covers(words, end) > 0
            || next.folded.chars().all(|c| c.is_numeric() || !c.is_alphanumeric())
    })
}
