//! Whether an item sends the reader to the publisher instead of telling them what to do.

use super::super::lexicon::Lexicon;
use super::super::prose::{Prose, Word};

/// How far from the leading verb its object may stand.
const REACH: usize = 9;

/// The words that sell, if an item does.
pub fn sales_call(prose: &Prose, brands: &[String], lexicon: &Lexicon) -> Option<String> {
    let words = &prose.words;
    if takes_own_artefact(words, lexicon) {
        return None;
    }
    (0..words.len())
        .find_map(|at| spelled(prose, at, lexicon.sales_phrases.covers(words, at)))
        .or_else(|| short_call(prose, lexicon))
        .or_else(|| offer(prose, lexicon))
        .or_else(|| calls_on_us(prose, lexicon))
        .or_else(|| brand_call(prose, brands, lexicon))
}

fn spelled(prose: &Prose, at: usize, len: usize) -> Option<String> {
    let last = at.checked_add(len)?.checked_sub(1)?;
    (len > 0).then(|| prose.text[prose.words[at].start..prose.words[last].end].to_owned())
}

/// "Use our checklist on one process": taken from the publisher, used without it.
fn takes_own_artefact(words: &[Word], lexicon: &Lexicon) -> bool {
    let takes = words.first().is_some_and(|first| {
        matches!(
            first.folded.as_str(),
            "try" | "use" | "take" | "copy" | "apply" | "adapt" | "complete" | "run" | "print" | "download" | "fill" | "work" | "answer"
        )
    });
    let ours = words.iter().take(4).position(|word| word.folded == "our");
    takes && ours.is_some_and(|ours| words[ours + 1..].iter().take(4).any(|word| lexicon.own_artefacts.has(&word.folded)))
}

/// "Get in touch", "Learn more": the whole item, give or take a word.
fn short_call(prose: &Prose, lexicon: &Lexicon) -> Option<String> {
    let words = &prose.words;
    let covered = lexicon.short_calls.covers(words, 0);
    let ends = words.len() - covered <= if covered > 1 { 2 } else { 0 };
    let tail = words.len().saturating_sub(3);
    let closes = (tail..words.len()).find(|at| {
        let len = lexicon.short_calls.covers(words, *at);
        len > 1 && at + len == words.len()
    });
    if covered > 0 && ends {
        return spelled(prose, 0, covered);
    }
    closes.and_then(|at| spelled(prose, at, words.len() - at))
}

/// "Book a demo", "request a free consultation today", unless it is somebody else's.
fn offer(prose: &Prose, lexicon: &Lexicon) -> Option<String> {
    let words = &prose.words;
    let first = words.first()?;
    if !matches!(
        first.folded.as_str(),
        "book"
            | "schedule"
            | "request"
            | "arrange"
            | "get"
            | "claim"
            | "start"
            | "see"
            | "watch"
            | "download"
            | "ask"
            | "order"
            | "reserve"
    ) {
        return None;
    }
    let at = (1..words.len().min(6)).find(|at| lexicon.offers.covers(words, *at) > 0)?;
    let rest = &words[at + 1..];
    let has_counterpart = rest.iter().any(|word| matches!(word.folded.as_str(), "from" | "with" | "of" | "for" | "at" | "by"))
        && !rest.iter().any(|word| matches!(word.folded.as_str(), "us" | "our"));
    let owned_by_other = words[..at].iter().any(|word| word.folded.ends_with("'s") || word.folded == "their");
    (!has_counterpart && !owned_by_other).then(|| prose.text[..words[at].end].to_owned())
}

/// A calling or buying verb in the lead, with `us` or `our` as its object.
fn calls_on_us(prose: &Prose, lexicon: &Lexicon) -> Option<String> {
    let words = &prose.words;
    let first = words.first()?;
    if !lexicon.sales_verbs.has(&first.folded) {
        return None;
    }
    let at = words.iter().take(REACH).position(|word| matches!(word.folded.as_str(), "us" | "our" | "ours"))?;
    Some(prose.text[..words[at].end].to_owned())
}

/// The publisher's name or product as the object of such a verb, or as what helps.
fn brand_call(prose: &Prose, brands: &[String], lexicon: &Lexicon) -> Option<String> {
    let words = &prose.words;
    // "To learn more, contact …": the verb may stand after a lead-in.
    let comma = prose.text.find(", ");
    let after_comma = comma.and_then(|comma| words.iter().find(|word| word.start > comma));
    let leads = words.first().into_iter().chain(after_comma).any(|word| lexicon.sales_verbs.has(&word.folded));
    brands.iter().find_map(|brand| {
        let (at, len) = find_brand(words, &Prose::new(brand))?;
        let promises = words.get(at + len).is_some_and(|next| {
            matches!(next.folded.as_str(), "can" | "helps" | "gives" | "lets" | "offers" | "will" | "makes" | "provides" | "supports")
        });
        (promises || (leads && at > 0 && at < REACH)).then(|| prose.text[words[at].start..words[at + len - 1].end].to_owned())
    })
}

/// Where a brand stands. A brand of one common word counts only with its capital, inside the sentence.
fn find_brand(words: &[Word], brand: &Prose) -> Option<(usize, usize)> {
    let len = brand.words.len();
    if len == 0 || len > words.len() {
        return None;
    }
    (0..=words.len() - len).find_map(|at| {
        let here = &words[at..at + len];
        let is_it = here.iter().zip(&brand.words).all(|(word, part)| word.folded.trim_end_matches("'s") == part.folded);
        let is_name = len > 1 || brand.text.contains('.') || here[0].is_capitalised();
        (is_it && is_name).then_some((at, len))
    })
}
