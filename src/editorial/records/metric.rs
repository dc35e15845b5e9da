//! What a metric is called, and whether it counts what a channel did or what a reader did.

/// Words for what a channel counts, from the seeds: tweets, impressions and reach of #MMChat, the leads
/// and click rates of SiriusDecisions, the placements and share of voice of Walker Sands.
const CHANNEL_FIGURES: &[&str] = &[
    "impressions",
    "reach",
    "page views",
    "pageviews",
    "views",
    "visits",
    "visitors",
    "sessions",
    "traffic",
    "clicks",
    "click rate",
    "click through",
    "ctr",
    "opens",
    "open rate",
    "likes",
    "shares",
    "reposts",
    "retweets",
    "tweets",
    "posts",
    "followers",
    "subscribers",
    "downloads",
    "registrations",
    "sign ups",
    "signups",
    "attendees",
    "attendance",
    "leads",
    "mqls",
    "form fills",
    "mentions",
    "placements",
    "media coverage",
    "press coverage",
    "share of voice",
    "awards",
    "bounce rate",
    "dwell time",
    "time on page",
    "engagement rate",
    "requests fulfilled",
    "turnaround",
];

/// True for a figure of a channel: clicks, downloads, leads counted. Such figures are shown, and rank
/// nothing.
pub fn is_channel_figure(metric: &str) -> bool {
    let metric = format!(" {} ", folded(metric));
    CHANNEL_FIGURES.iter().any(|figure| metric.contains(&format!(" {figure} ")))
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
