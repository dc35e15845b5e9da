//! The word lists of a language, compiled once from the text files beside this one.
//!
//! Word lists judge only inside a slot and only in a language that has them; elsewhere rules abstain
//! and ask for a recorded sign-off.

use super::prose::WordList;
use std::sync::LazyLock;

/// Everything the rules know about the words of one language.
#[derive(Debug)]
pub struct Lexicon {
    pub function_words: WordList,
    pub placeholders: WordList,
    pub placeholder_heads: WordList,
    pub channels: WordList,
    pub audience_generic: WordList,
    pub audience_generic_verbs: WordList,
    pub audience_weak: WordList,
    pub campaign_goals: WordList,
    pub campaign_jargon: WordList,
    pub colleague_notes: WordList,
    pub settling_verbs: WordList,
    pub verbs: WordList,
    pub verbs_abstract: WordList,
    pub verbs_platitude: WordList,
    pub platitude_words: WordList,
    pub weak_objects: WordList,
    pub roles: WordList,
    pub artefacts: WordList,
    pub time_words: WordList,
    pub soft_pins: WordList,
    pub thresholds: WordList,
    pub number_words: WordList,
    pub vague_owners: WordList,
    pub vague_times: WordList,
    pub vague_results: WordList,
    pub sales_phrases: WordList,
    pub sales_verbs: WordList,
    pub approaches: WordList,
    pub own_artefacts: WordList,
    pub short_calls: WordList,
    pub offers: WordList,
    pub bare_contacts: WordList,
    pub seller_people: WordList,
    pub seller_praise: WordList,
    pub seller_openings: WordList,
    pub reserved_offers: WordList,
    pub praised_offers: WordList,
    pub question_starts: WordList,
    pub noun_starts: WordList,
}

/// The lists of a language, or `None` when it has none and the rules must abstain.
pub fn for_language(tag: &str) -> Option<&'static Lexicon> {
    let primary = tag.split(['-', '_']).next().unwrap_or_default();
    primary.eq_ignore_ascii_case("en").then(|| &*ENGLISH)
}

/// Immutable data, compiled on first use.
static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon {
    function_words: WordList::exact(include_str!("en/function-words.txt")),
    placeholders: WordList::exact(include_str!("en/placeholders.txt")),
    placeholder_heads: WordList::exact(include_str!("en/placeholder-heads.txt")),
    channels: WordList::nouns(include_str!("en/channels.txt")),
    audience_generic: WordList::nouns(include_str!("en/audience-generic.txt")),
    audience_generic_verbs: WordList::verbs(include_str!("en/audience-generic-verbs.txt")),
    audience_weak: WordList::nouns(include_str!("en/audience-weak.txt")),
    campaign_jargon: WordList::exact(include_str!("en/campaign-jargon.txt")),
    campaign_goals: WordList::exact(include_str!("en/campaign-goals.txt")),
    colleague_notes: WordList::exact(include_str!("en/colleague-notes.txt")),
    settling_verbs: WordList::exact(include_str!("en/settling-verbs.txt")),
    verbs: WordList::exact(include_str!("en/verbs.txt")),
    verbs_abstract: WordList::verbs(include_str!("en/verbs-abstract.txt")),
    verbs_platitude: WordList::verbs(include_str!("en/verbs-platitude.txt")),
    platitude_words: WordList::nouns(include_str!("en/platitude-words.txt")),
    weak_objects: WordList::nouns(include_str!("en/weak-objects.txt")),
    roles: WordList::nouns(include_str!("en/roles.txt")),
    artefacts: WordList::nouns(include_str!("en/artefacts.txt")),
    time_words: WordList::exact(include_str!("en/time-words.txt")),
    soft_pins: WordList::exact(include_str!("en/soft-pins.txt")),
    thresholds: WordList::exact(include_str!("en/thresholds.txt")),
    number_words: WordList::exact(include_str!("en/number-words.txt")),
    vague_owners: WordList::exact(include_str!("en/vague-owners.txt")),
    vague_times: WordList::exact(include_str!("en/vague-times.txt")),
    vague_results: WordList::exact(include_str!("en/vague-results.txt")),
    sales_phrases: WordList::exact(include_str!("en/sales-phrases.txt")),
    sales_verbs: WordList::exact(include_str!("en/sales-verbs.txt")),
    approaches: WordList::exact(include_str!("en/approaches.txt")),
    own_artefacts: WordList::nouns(include_str!("en/own-artefacts.txt")),
    short_calls: WordList::exact(include_str!("en/short-calls.txt")),
    offers: WordList::nouns(include_str!("en/offers.txt")),
    bare_contacts: WordList::exact(include_str!("en/bare-contacts.txt")),
    seller_people: WordList::nouns(include_str!("en/seller-people.txt")),
    seller_praise: WordList::exact(include_str!("en/seller-praise.txt")),
    seller_openings: WordList::exact(include_str!("en/seller-openings.txt")),
    reserved_offers: WordList::exact(include_str!("en/reserved-offers.txt")),
    praised_offers: WordList::exact(include_str!("en/praised-offers.txt")),
    question_starts: WordList::exact(include_str!("en/question-starts.txt")),
    noun_starts: WordList::exact(include_str!("en/noun-starts.txt")),
});
