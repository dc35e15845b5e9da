//! The editions of a site, one a language: the main one and those of `[languages]`.
//!
//! The main edition stands at the root, each other below its tag: `/fr/`. A file belongs to an
//! edition by its name, `price.fr.md`, or by the language that it or its section says.

use super::{Config, DeclaredAudience, NavLink};
use crate::base::path::UrlPath;
use serde::Serialize;

/// Which edition of a site: 0 is the main one, then those of `[languages]` in the order written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Edition(pub usize);

impl Edition {
    /// The edition in the site's own language.
    pub const MAIN: Self = Self(0);
}

impl Config {
    /// Every edition, the main one first.
    pub fn editions(&self) -> impl Iterator<Item = Edition> + use<> {
        (0..=self.languages.len()).map(Edition)
    }

    /// The edition that pages in a language belong to; what is not declared belongs to the main one.
    pub fn edition_of(&self, lang: &str) -> Edition {
        let at = self.languages.iter().position(|language| language.tag.value.eq_ignore_ascii_case(lang));
        at.map_or(Edition::MAIN, |at| Edition(at + 1))
    }

    /// An edition's language.
    pub fn edition_lang(&self, edition: Edition) -> &str {
        self.declared(edition).map_or(&self.language, |language| &language.tag.value)
    }

    /// Where the configuration names an edition's language.
    pub fn edition_place(&self, edition: Edition) -> std::ops::Range<usize> {
        self.declared(edition).map_or(&self.places.language, |language| &language.tag.range).clone()
    }

    /// The publication's name in an edition.
    pub fn edition_title(&self, edition: Edition) -> &str {
        self.declared(edition).and_then(|language| language.title.as_deref()).unwrap_or(&self.title)
    }

    /// The sentence about the publication in an edition.
    pub fn edition_description(&self, edition: Edition) -> &str {
        self.declared(edition).and_then(|language| language.description.as_deref()).unwrap_or(&self.description)
    }

    /// The menu that an edition declares for itself; `None` for one that takes the main menu.
    pub fn edition_nav(&self, edition: Edition) -> Option<&[NavLink]> {
        match self.declared(edition) {
            Some(language) => language.nav.as_deref(),
            None => Some(&self.nav),
        }
    }

    /// An edition's home page.
    pub fn edition_home(&self, edition: Edition) -> UrlPath {
        self.edition_url(edition, &UrlPath::home())
    }

    /// Where a page of an edition stands: below the tag, unless its folder says that already.
    pub fn edition_url(&self, edition: Edition, url: &UrlPath) -> UrlPath {
        let Some(language) = self.declared(edition) else { return url.clone() };
        let segment = language.tag.value.to_ascii_lowercase();
        let first = url.as_str().trim_start_matches('/').split('/').next().unwrap_or_default();
        if first == segment { url.clone() } else { UrlPath::page([segment.as_str()].into_iter().chain(url.as_str().split('/'))) }
    }

    /// An audience as an edition's readers see it: what the edition does not say, the site does.
    pub fn edition_audience(&self, edition: Edition, id: &str) -> Option<DeclaredAudience> {
        let mut audience = self.audiences.get(id)?.clone();
        let Some(own) = self.declared(edition).and_then(|language| language.audiences.get(id)) else { return Some(audience) };
        audience.title = own.title.clone().or(audience.title);
        let (slots, own) = (&mut audience.slots, own.slots.clone());
        slots.role = own.role.or(slots.role.take());
        slots.at = own.at.or(slots.at.take());
        slots.situation = own.situation.or(slots.situation.take());
        if !own.challenges.is_empty() {
            slots.challenges = own.challenges;
        }
        Some(audience)
    }

    /// Title and description of a series in an edition.
    pub fn edition_series(&self, edition: Edition, id: &str) -> (Option<String>, Option<String>) {
        let (own, main) = (self.declared(edition).and_then(|language| language.series.get(id)), self.series.get(id));
        let title = own.and_then(|series| series.title.clone()).or_else(|| main?.title.clone());
        let description = own.and_then(|series| series.description.clone()).or_else(|| main?.description.clone());
        (title, description)
    }

    /// Title and description of a topic in an edition.
    pub fn edition_topic(&self, edition: Edition, slug: &str) -> (Option<String>, Option<String>) {
        let (own, main) = (self.declared(edition).and_then(|language| language.topics.get(slug)), self.topics.get(slug));
        let title = own.and_then(|topic| topic.title.clone()).or_else(|| main?.title.clone());
        let description = own.and_then(|topic| topic.description.clone()).or_else(|| main?.description.clone());
        (title, description)
    }

    /// A file's stem without the language in it, and that language: `price.fr` is `price` in `fr`.
    /// Only declared languages count, for a name may hold dots of its own.
    pub fn split_language<'a>(&'a self, stem: &'a str) -> (&'a str, Option<&'a str>) {
        let Some((name, suffix)) = stem.rsplit_once('.').filter(|(name, _)| !name.is_empty()) else { return (stem, None) };
        let mut tags = self.languages.iter().map(|language| language.tag.value.as_str()).chain([self.language.as_str()]);
        match tags.find(|tag| tag.eq_ignore_ascii_case(suffix)) {
            Some(tag) => (name, Some(tag)),
            None => (stem, None),
        }
    }

    fn declared(&self, edition: Edition) -> Option<&super::Language> {
        edition.0.checked_sub(1).and_then(|at| self.languages.get(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SourcePath;

    fn config() -> Config {
        let text = "title = \"T\"\nbase_url = \"https://example.com/\"\n[languages.fr]\ntitle = \"Le T\"\n[languages.pt-BR]\n";
        crate::config::read(&SourcePath::new("site.toml").unwrap(), text).unwrap()
    }

    #[test]
    fn only_declared_languages_are_in_names() {
        let config = config();
        for (stem, split) in [
            ("price.fr", ("price", Some("fr"))),
            ("price.pt-br", ("price", Some("pt-BR"))),
            ("price.en", ("price", Some("en"))),
            ("node.js", ("node.js", None)),
            (".fr", (".fr", None)),
            ("fr", ("fr", None)),
        ] {
            assert_eq!(config.split_language(stem), split, "{stem}");
        }
    }

    #[test]
    fn other_editions_stand_below_their_tag_once() {
        let config = config();
        let page = |segments: &[&str]| UrlPath::page(segments.iter().copied());
        for (lang, url, expected) in [
            ("en", page(&["a"]), "/a/"),
            ("de", page(&["a"]), "/a/"),
            ("FR", page(&["a"]), "/fr/a/"),
            ("fr", page(&["fr", "a"]), "/fr/a/"),
            ("pt-BR", page(&[]), "/pt-br/"),
        ] {
            assert_eq!(config.edition_url(config.edition_of(lang), &url).as_str(), expected, "{lang}");
        }
        assert_eq!(config.edition_title(config.edition_of("fr")), "Le T");
    }
}
