//! A source that only passes on what another found.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::Source;

/// Hosts that collect what others found.
const COLLECTORS: &[&str] = &[
    "statista.com",
    "wikipedia.org",
    "brainyquote.com",
    "goodreads.com",
    "azquotes.com",
    "zippia.com",
    "explodingtopics.com",
    "techjury.net",
    "findstack.com",
    "99firms.com",
    "quora.com",
    "reddit.com",
    "slideshare.net",
    "chatgpt.com",
    "perplexity.ai",
];

pub struct SourceSecondhand;

const DOC: RuleDoc = RuleDoc {
    name: "source-secondhand",
    family: Family::Research,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "What is cited is the original, not a page that collects what others found",
    why: "A copy of a copy loses what it copies: one of the articles that Sowhat was made from is a garbled rewrite of a trade paper's story on a \
          survey, with the name of the firm's chief changed, share of voice become “audio shares”, and the largest figure on the wrong noun. \
          Whoever cites the rewrite passes all three on.",
    bad: &[
        Example::yaml("sources:\n  ad: { title: Advertising spend, url: \"https://www.statista.com/statistics/1/\" }\n"),
        Example::yaml(
            "sources:\n  list: { title: 57 content marketing statistics you need to know, url: \"https://example.com/stats\" }\n",
        ),
    ],
    good: &[
        Example::yaml("sources:\n  ad: { title: Advertising spend, url: \"https://www.ons.gov.uk/spend\" }\n"),
        Example::yaml(
            "sources:\n  ad: { title: Advertising spend, url: \"https://www.statista.com/statistics/1/\", original: Ofcom communications report 2026 }\n",
        ),
    ],
    mend: "Follow the page to where its figure is from, read that, and cite it. If you cannot reach the original, name it as `original`.",
};

impl Rule for SourceSecondhand {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let sources = case.front().sources.iter().flat_map(|field| &field.value);
        for source in sources.filter(|source| !case.says_something(source.original.as_ref())) {
            let collector = source.url.as_ref().and_then(|url| Some((url, collector(&url.value)?)));
            let finding = match collector {
                Some((url, host)) => {
                    let message = format!("`{host}` collects what others found");
                    DOC.warning(case.place(url.range.clone()), message)
                }
                None if is_list_of_figures(source) => {
                    let place = source.title.as_ref().map_or_else(|| source.id.range.clone(), |title| title.range.clone());
                    DOC.warning(case.place(place), "a list of statistics is nobody's finding")
                }
                None => continue,
            };
            findings.push(finding.help("cite where the figure is from, or name that as `original`"));
        }
    }
}

fn collector(url: &str) -> Option<&'static str> {
    let host = host(url)?;
    let is_part_of = |known: &&&str| host.strip_suffix(**known).is_some_and(|before| before.is_empty() || before.ends_with('.'));
    COLLECTORS.iter().find(is_part_of).copied()
}

/// The host of a URL, in lower case.
pub fn host(url: &str) -> Option<String> {
    let rest = url.trim().split("://").nth(1)?;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_ascii_lowercase();
    Some(host.strip_prefix("www.").unwrap_or(&host).to_owned())
}

/// `57 content marketing statistics`: a title that counts statistics.
fn is_list_of_figures(source: &Source) -> bool {
    let title = source.title.as_ref().map(|title| title.value.to_lowercase()).unwrap_or_default();
    let words: Vec<&str> = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let counts = words.iter().any(|word| word.len() < 4 && word.bytes().all(|byte| byte.is_ascii_digit()));
    counts && words.iter().any(|word| matches!(*word, "statistics" | "stats"))
}
