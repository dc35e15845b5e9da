//! Whether an item sends the reader to the publisher instead of telling them what to do.

use super::super::lexicon::Lexicon;
use super::super::prose::{Prose, Word};
use super::Context;

/// How far from the leading verb its object may stand.
const REACH: usize = 9;

/// The words that sell, if an item does.
pub fn sales_call(prose: &Prose, context: Context<'_>, lexicon: &Lexicon) -> Option<String> {
    let words = &prose.words;
    if takes_own_artefact(words, lexicon) {
        return None;
    }
    (0..words.len())
        .map(|at| (at, lexicon.sales_phrases.covers(words, at)))
        .find(|(at, covered)| *covered > 0 && !is_quoted(prose, *at))
        .and_then(|(at, covered)| spelled(prose, at, covered))
        .or_else(|| short_call(prose, lexicon))
        .or_else(|| call_on_nobody(prose, lexicon))
        .or_else(|| call_on_an_expert(prose, lexicon))
        .or_else(|| offer(prose, lexicon))
        .or_else(|| reserved_offer(prose, lexicon))
        .or_else(|| calls_on_us(prose, lexicon))
        .or_else(|| brand_call(prose, context, lexicon))
}

fn spelled(prose: &Prose, at: usize, len: usize) -> Option<String> {
    let last = at.checked_add(len)?.checked_sub(1)?;
    (len > 0).then(|| prose.text[prose.words[at].start..prose.words[last].end].to_owned())
}

/// True for a word between quotation marks with words before them: the reader is to say it, not the publisher.
fn is_quoted(prose: &Prose, at: usize) -> bool {
    let before = &prose.text[..prose.words[at].start];
    before.matches('"').count() % 2 == 1 && before.find('"').is_some_and(|first| !before[..first].trim().is_empty())
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
    let named = words.get(covered).is_some_and(|next| matches!(next.folded.as_str(), "with" | "to"))
        && words.get(covered + 1).is_some_and(|next| names_somebody(next, lexicon));
    if covered > 0 && ends && !named {
        return spelled(prose, 0, covered);
    }
    closes.and_then(|at| spelled(prose, at, words.len() - at))
}

/// "Get in touch to book …", "reach out by March": whoever is not named in a call to get in touch is the publisher.
fn call_on_nobody(prose: &Prose, lexicon: &Lexicon) -> Option<String> {
    let words = &prose.words;
    let at = (0..words.len()).find(|at| lexicon.bare_contacts.covers(words, *at) > 0 && !is_quoted(prose, *at))?;
    // Told of others, as in "ask the union to get in touch", it is no call on the reader.
    let leads = at <= 1 || prose.text[..words[at].start].trim_end().ends_with([',', ':', '.', ';']);
    let len = lexicon.bare_contacts.covers(words, at);
    let named = words.get(at + len).is_some_and(|next| matches!(next.folded.as_str(), "with" | "to"))
        && words.get(at + len + 1).is_some_and(|next| names_somebody(next, lexicon));
    (leads && !named).then(|| spelled(prose, at, len)).flatten()
}

/// True when what follows "with" or "to" is somebody: an article or a noun, not the verb of a purpose, nor us.
fn names_somebody(word: &Word, lexicon: &Lexicon) -> bool {
    let folded = word.folded.as_str();
    let begins_noun = lexicon.function_words.has(folded) || lexicon.number_words.has(folded) || lexicon.roles.has(folded);
    let is_noun_too = lexicon.weak_objects.has(folded) || lexicon.audience_generic.has(folded);
    !matches!(folded, "us" | "our") && (begins_noun || is_noun_too || word.is_capitalised() || !lexicon.verbs.has(folded))
}

/// "Speak to a specialist", "contact the team": a seller's people, without a word on what they know.
fn call_on_an_expert(prose: &Prose, lexicon: &Lexicon) -> Option<String> {
    let words = &prose.words;
    let calls = |word: &Word| {
        matches!(
            word.folded.as_str(),
            "speak" | "talk" | "chat" | "contact" | "call" | "phone" | "email" | "meet" | "connect" | "touch" | "out"
        )
    };
    (0..words.len().min(4)).filter(|at| calls(&words[*at])).find_map(|verb| {
        let mut at = verb + 1;
        if words.get(at).is_some_and(|word| matches!(word.folded.as_str(), "to" | "with")) {
            at += 1;
        }
        let article = words.get(at)?.folded.as_str();
        let begins = at + 1;
        let mut noun = begins;
        while words.get(noun).is_some_and(|word| lexicon.seller_praise.has(&word.folded)) {
            noun += 1;
        }
        let len = lexicon.seller_people.covers(words, noun);
        let ends = noun + len;
        let known = match article {
            "a" | "an" | "one" => false,
            // "The team that closed the last plant" is somebody's, "your adviser" the reader's own.
            "the" => words.get(ends).is_some_and(|next| !matches!(next.folded.as_str(), "today" | "now" | "behind")),
            _ => true,
        };
        // "… to inspect the dam" gives them a task; "… to discuss your options" gives the seller an opening.
        let has_task = words.get(ends).is_some_and(|next| next.folded == "to")
            && words.get(ends + 1).is_some_and(|task| !lexicon.seller_openings.has(&task.folded));
        let qualified = has_task
            || words.get(ends).is_some_and(|next| {
                matches!(
                    next.folded.as_str(),
                    "who" | "that" | "whose" | "in" | "at" | "from" | "with" | "outside" | "you" | "of" | "on" | "per"
                )
            });
        (len > 0 && !known && !qualified).then(|| spelled(prose, verb, ends - verb)).flatten()
    })
}

/// "Book your workshop", "request your personalised quote": what waits for the reader, waits at the publisher's.
fn reserved_offer(prose: &Prose, lexicon: &Lexicon) -> Option<String> {
    let words = &prose.words;
    let first = words.first()?;
    let reserves = matches!(
        first.folded.as_str(),
        "book"
            | "schedule"
            | "request"
            | "arrange"
            | "get"
            | "claim"
            | "order"
            | "reserve"
            | "secure"
            | "grab"
            | "save"
            | "pick"
            | "receive"
            | "access"
            | "unlock"
            | "start"
            | "download"
    );
    let whose = words.iter().take(4).position(|word| matches!(word.folded.as_str(), "your" | "a" | "an" | "one"))?;
    let mut at = whose + 1;
    let praised = words.get(at).is_some_and(|word| lexicon.seller_praise.has(&word.folded));
    while words.get(at).is_some_and(|word| lexicon.seller_praise.has(&word.folded)) {
        at += 1;
    }
    let is_yours = words[whose].folded == "your";
    let held = lexicon.reserved_offers.covers(words, at);
    let len = if praised { held.max(lexicon.praised_offers.covers(words, at)) } else { held };
    let after = &words[(at + len).min(words.len())..];
    let from_others = after.iter().any(|word| matches!(word.folded.as_str(), "from" | "with" | "at" | "of"))
        || matches!(after, [on, the, ..] if on.folded == "on" && the.folded == "the");
    (reserves && (is_yours || praised) && len > 0 && !from_others).then(|| spelled(prose, 0, at + len)).flatten()
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
    // "Ask bidders for a demo": somebody is asked, and not the publisher.
    let asks_other = first.folded == "ask" && !matches!(words[1].folded.as_str(), "for" | "us" | "our" | "about");
    let owned_by_other = asks_other || words[..at].iter().any(|word| word.folded.ends_with("'s") || word.folded == "their");
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
fn brand_call(prose: &Prose, context: Context<'_>, lexicon: &Lexicon) -> Option<String> {
    let words = &prose.words;
    // "To learn more, contact …": the verb may stand after a lead-in.
    let comma = prose.text.find(", ");
    let after_comma = comma.and_then(|comma| words.iter().find(|word| word.start > comma));
    let leads = words
        .first()
        .into_iter()
        .chain(after_comma)
        .any(|word| lexicon.sales_verbs.has(&word.folded) || lexicon.approaches.has(&word.folded));
    context.brands.iter().find_map(|brand| {
        let (at, len) = find_brand(words, &context.readings.read(brand).prose)?;
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
    let is_part = |(word, part): (&Word, &Word)| word.folded.starts_with(&part.folded) && word.folded.trim_end_matches("'s") == part.folded;
    (0..=words.len() - len).find_map(|at| {
        let here = &words[at..at + len];
        let is_it = here.iter().zip(&brand.words).all(is_part);
        let is_name = len > 1 || brand.text.contains('.') || here[0].is_capitalised();
        (is_it && is_name).then_some((at, len))
    })
}
