//! `[feeds]`: which feeds a site has, in which formats, and what they hold.

use std::collections::BTreeSet;

/// What feeds hold, and which there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feeds {
    /// Items per feed.
    pub items: usize,
    pub formats: BTreeSet<FeedFormat>,
    /// What has feeds of its own.
    pub of: BTreeSet<FeedScope>,
}

/// How a feed is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeedFormat {
    Atom,
    Rss,
    Json,
}

/// What a feed is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FeedScope {
    /// The site, and each of its editions.
    Site,
    Sections,
    Topics,
    Audiences,
    Series,
    People,
}

impl Feeds {
    /// All of them, with so many items each.
    pub fn all(items: usize) -> Self {
        Self { items, formats: FeedFormat::ALL.into(), of: FeedScope::ALL.into() }
    }

    /// Those that are named in `site.toml`; what is not named at all is everything.
    pub(super) fn named(items: usize, formats: Option<&[String]>, of: Option<&[String]>) -> Self {
        let is_named = |names: Option<&[String]>, word: &str| names.is_none_or(|names| names.iter().any(|name| name == word));
        Self {
            items,
            formats: FeedFormat::ALL.into_iter().filter(|format| is_named(formats, format.as_str())).collect(),
            of: FeedScope::ALL.into_iter().filter(|scope| is_named(of, scope.as_str())).collect(),
        }
    }
}

impl FeedFormat {
    pub const ALL: [Self; 3] = [Self::Atom, Self::Rss, Self::Json];
    pub const WORDS: [&str; 3] = ["atom", "rss", "json"];

    /// As it is written in `site.toml`.
    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }

    /// The name of each of its files.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Atom => "atom.xml",
            Self::Rss => "rss.xml",
            Self::Json => "feed.json",
        }
    }
}

impl FeedScope {
    pub const ALL: [Self; 6] = [Self::Site, Self::Sections, Self::Topics, Self::Audiences, Self::Series, Self::People];
    pub const WORDS: [&str; 6] = ["site", "sections", "topics", "audiences", "series", "people"];

    /// As it is written in `site.toml`.
    pub fn as_str(self) -> &'static str {
        Self::WORDS[self as usize]
    }
}
