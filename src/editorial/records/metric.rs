//! What a metric is called, and whether it counts what a channel did or what a reader did.

use crate::editorial::lexicon::{Lexicon, for_language};
use crate::editorial::prose::Prose;

/// True for a figure of a channel: clicks, downloads, leads counted. Such figures are shown, and rank
/// nothing. Names of metrics are read as English, the words of which trade papers in other languages use too.
pub fn is_channel_figure(metric: &str) -> bool {
    let counts_attention = |name: &str| for_language("en").is_some_and(|lexicon| vanity(&Prose::new(name), lexicon).is_some());
    counts_attention(metric) || (metric.contains('-') && counts_attention(&metric.replace('-', " ")))
}

/// What a metric counts when that is attention, and nothing in it says what comes of it.
pub fn vanity<'a>(metric: &'a Prose, lexicon: &Lexicon) -> Option<&'a str> {
    let words = &metric.words;
    if words.iter().any(|word| lexicon.outcome_signs.has(&word.folded)) {
        return None;
    }
    let (start, n_words) = (0..words.len()).map(|at| (at, lexicon.vanity_metrics.covers(words, at))).find(|(_, n_words)| *n_words > 0)?;
    let end = start + n_words;
    // A single word counts attention only as the head of its phrase, with nothing but sizes and channels
    // before it: "site visits", not "hospital visits"; "leads", not "lead time".
    let is_plain = |folded: &str| {
        lexicon.function_words.has(folded)
            || lexicon.channel_sizes.has(folded)
            || lexicon.channel_things.has(folded)
            || lexicon.objective_channels.has(folded)
            || lexicon.vanity_metrics.has(folded)
    };
    let before = words[..start].iter().all(|word| word.parts().all(is_plain));
    let after = words.get(end).is_none_or(|next| is_plain(&next.folded) || lexicon.time_words.has(&next.folded));
    (n_words > 1 || (before && after)).then(|| &metric.text[words[start].start..words[end - 1].end])
}

/// Two names of one metric, whatever their letters' case and what stands between their words.
pub fn is_same(one: &str, other: &str) -> bool {
    folded(one) == folded(other)
}

fn folded(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn channels_count_what_they_did() {
        for metric in ["Impressions", "page-views", "LinkedIn followers", "leads", "click-through rate", "downloads of the sheet"] {
            assert!(is_channel_figure(metric), "{metric}");
        }
        for metric in ["interviews given", "outcome quotes requested by named accounts", "renewals", "invitations to bid", "price held"] {
            assert!(!is_channel_figure(metric), "{metric}");
        }
        assert!(is_same("Quotes  requested", "quotes-requested") && !is_same("quotes", "quotes requested"));
    }
}
