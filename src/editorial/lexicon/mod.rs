//! The word lists of a language, compiled once from the text files beside this one.
//!
//! Word lists judge only inside a slot and only in a language that has them; elsewhere rules abstain
//! and ask for a recorded sign-off. A site adds words of its own under `[lexicon.LANG]`.

mod extension;

use super::body::{Finder, Group};
use super::prose::WordList;
use std::sync::LazyLock;

pub use extension::{Lexicons, check};

/// Makes [`Lexicon`], the names of its lists, and their compilation from one table.
macro_rules! word_lists {
    ($($field:ident: $kind:ident $name:literal,)*) => {
        /// Everything the rules know about the words of one language.
        #[derive(Debug, Clone)]
        pub struct Lexicon {
            $(pub $field: WordList,)*
            /// Finds what the lists for bodies hold.
            pub finder: Finder,
        }

        /// The names of the lists: those of the text files.
        pub const LISTS: &[&str] = &[$($name,)*];

        impl Lexicon {
            /// The English lists; `revise` may change the text of each before it is compiled.
            fn english(revise: impl Fn(&str, &'static str) -> String) -> Self {
                let finder = Finder::compile(|group: Group| revise(group.list(), Self::shipped(group.list())));
                Self { $($field: WordList::$kind(&revise($name, include_str!(concat!("en/", $name, ".txt")))),)* finder }
            }

            /// The text of a list as it ships.
            fn shipped(name: &str) -> &'static str {
                match name {
                    $($name => include_str!(concat!("en/", $name, ".txt")),)*
                    _ => "",
                }
            }

            /// A list by its name.
            pub fn list(&self, name: &str) -> Option<&WordList> {
                match name {
                    $($name => Some(&self.$field),)*
                    _ => None,
                }
            }
        }
    };
}

// Field, how its entries are inflected, and the file's stem.
word_lists! {
    function_words: exact "function-words",
    placeholders: exact "placeholders",
    placeholder_heads: exact "placeholder-heads",
    channels: nouns "channels",
    audience_generic: nouns "audience-generic",
    audience_generic_verbs: verbs "audience-generic-verbs",
    audience_weak: nouns "audience-weak",
    everyday_words: nouns "everyday-words",
    everyday_verbs: verbs "everyday-verbs",
    figures_of_speech: nouns "figures-of-speech",
    compound_terms: nouns "compound-terms",
    campaign_jargon: exact "campaign-jargon",
    campaign_goals: exact "campaign-goals",
    colleague_notes: exact "colleague-notes",
    settling_verbs: exact "settling-verbs",
    verbs: exact "verbs",
    verbs_abstract: verbs "verbs-abstract",
    verbs_platitude: verbs "verbs-platitude",
    platitude_words: nouns "platitude-words",
    weak_objects: nouns "weak-objects",
    roles: nouns "roles",
    artefacts: nouns "artefacts",
    time_words: exact "time-words",
    soft_pins: exact "soft-pins",
    thresholds: exact "thresholds",
    number_words: exact "number-words",
    vague_owners: exact "vague-owners",
    vague_times: exact "vague-times",
    vague_results: exact "vague-results",
    sales_phrases: exact "sales-phrases",
    sales_verbs: exact "sales-verbs",
    approaches: exact "approaches",
    own_artefacts: nouns "own-artefacts",
    short_calls: exact "short-calls",
    offers: nouns "offers",
    bare_contacts: exact "bare-contacts",
    seller_people: nouns "seller-people",
    seller_praise: exact "seller-praise",
    seller_openings: exact "seller-openings",
    reserved_offers: exact "reserved-offers",
    praised_offers: exact "praised-offers",
    question_starts: exact "question-starts",
    noun_starts: exact "noun-starts",
    vague_targets: exact "vague-targets",
    objective_channels: exact "objective-channels",
    channel_verbs: verbs "channel-verbs",
    channel_sizes: exact "channel-sizes",
    channel_things: exact "channel-things",
    vanity_metrics: exact "vanity-metrics",
    outcome_signs: exact "outcome-signs",
    consequence_signs: exact "consequence-signs",
    announcing_openings: exact "announcing-openings",
    announcers: exact "announcers",
    announcing_verbs: exact "announcing-verbs",
    trend_predicates: exact "trend-predicates",
    reason_signs: exact "reason-signs",
    comparisons: exact "comparisons",
    hedges: exact "hedges",
    faq_openings: exact "faq-openings",
    faq_titles: exact "faq-titles",
    listicle_things: exact "listicle-things",
    lead_reasons: exact "lead-reasons",
    cliches: exact "cliches",
    jargon: exact "jargon",
    trends: exact "trends",
    vague_sources: exact "vague-sources",
    attributions: exact "attributions",
    populations: exact "populations",
    answers: exact "answers",
    markets: exact "markets",
    movements: exact "movements",
    proportions: exact "proportions",
    suppositions: exact "suppositions",
    first_hand: exact "first-hand",
    promises: exact "promises",
    survey_words: exact "survey-words",
    own_surveys: exact "own-surveys",
}

/// The lists of a language as they ship, or `None` when it has none and the rules must abstain.
pub fn for_language(tag: &str) -> Option<&'static Lexicon> {
    is_english(tag).then(|| &*ENGLISH)
}

fn is_english(tag: &str) -> bool {
    tag.split(['-', '_']).next().unwrap_or_default().eq_ignore_ascii_case("en")
}

/// Immutable data, compiled on first use.
static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::english(|_, text| text.to_owned()));
