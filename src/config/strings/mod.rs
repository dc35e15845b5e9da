//! The words that Sowhat and its themes say themselves, by language: `i18n/fr.toml`.
//!
//! The default theme's files are the ground; the site's theme says more or other words over them, and
//! the site's own `i18n/` has the last one. What a language does not say is said in English.

mod load;
mod plural;

pub use load::{StringsFile, load};

use crate::base::date::Date;
use crate::base::suggest::did_you_mean;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The language that every other falls back to.
pub const FALLBACK: &str = "en";

/// The words of all languages.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Strings {
    by_lang: BTreeMap<String, Arc<Words>>,
    english: Arc<Words>,
}

/// The words of one language, with nothing missing that English has.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// The primary language, which decides plural forms: `fr`.
    primary: String,
    entries: BTreeMap<String, Entry>,
}

/// What a key stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Entry {
    Text(String),
    /// Plural forms by their CLDR category; `other` is always there.
    Plural(BTreeMap<String, String>),
    /// `months`.
    List(Vec<String>),
}

impl Strings {
    /// The words for a language tag: its own, else its language's without the region, else English.
    pub fn of(&self, lang: &str) -> &Words {
        let lang = lang.to_ascii_lowercase();
        let primary = lang.split('-').next().unwrap_or_default();
        self.by_lang.get(&lang).or_else(|| self.by_lang.get(primary)).unwrap_or(&self.english)
    }

    /// What a language calls itself; its tag when nothing says so.
    pub fn name_of<'a>(&'a self, lang: &'a str) -> &'a str {
        let lower = lang.to_ascii_lowercase();
        let primary = lower.split('-').next().unwrap_or_default();
        let own = [lower.as_str(), primary].into_iter().find_map(|tag| self.by_lang.get(tag));
        let known = || AUTONYMS.iter().find(|(tag, _)| *tag == primary).map(|(_, name)| *name);
        own.map(|words| words.get("language_name")).or_else(known).unwrap_or(lang)
    }

    /// Everything that these words depend on, for a fingerprint.
    pub fn fingerprint(&self) -> crate::base::fingerprint::Fingerprint {
        crate::base::fingerprint::Fingerprint::of(format!("{:?}", self.by_lang).as_bytes())
    }
}

impl Words {
    /// The text of a key; the key itself when no language has it.
    pub fn get<'a>(&'a self, key: &'a str) -> &'a str {
        match self.entries.get(key) {
            Some(Entry::Text(text)) => text,
            Some(Entry::Plural(forms)) => forms.get("other").map_or(key, String::as_str),
            Some(Entry::List(_)) | None => key,
        }
    }

    /// The text of a key with its `{names}` filled in; a name that is not given stays.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// The plural form of a key for a number, which stands for `{n}`.
    pub fn count(&self, key: &str, n: usize) -> String {
        fill(self.form(key, n), &[("n", &n.to_string())])
    }

    /// The form of a key that goes with a number.
    pub fn form<'a>(&'a self, key: &'a str, n: usize) -> &'a str {
        match self.entries.get(key) {
            Some(Entry::Plural(forms)) => {
                let category = plural::category(&self.primary, n);
                forms.get(category).or_else(|| forms.get("other")).map_or(key, String::as_str)
            }
            Some(Entry::Text(_) | Entry::List(_)) | None => self.get(key),
        }
    }

    /// A day as readers of the language write it: `2 November 2026`, `1er novembre 2026`.
    pub fn date(&self, date: &Date) -> String {
        let (year, month, day) = (date.day.year(), date.day.month(), date.day.day());
        let months = if let Some(Entry::List(months)) = self.entries.get("months") { months.as_slice() } else { &[] };
        let Some(month) = usize::try_from(month).ok().and_then(|month| months.get(month.checked_sub(1)?)) else { return date.iso_day() };
        let day = if day == 1 { fill(self.get("first_day"), &[("day", "1")]) } else { day.to_string() };
        self.fill("date", &[("day", &day), ("month", month), ("year", &year.to_string())])
    }

    /// True if the key is known.
    pub fn contains(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// What may have been meant by a key that is not known.
    pub fn meant(&self, key: &str) -> Option<String> {
        did_you_mean(key, self.entries.keys().map(String::as_str))
    }
}

/// Puts values where their names stand in braces.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let named = after.split_once('}').and_then(|(name, after)| Some((values.iter().find(|(known, _)| *known == name)?.1, after)));
        match named {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// What languages call themselves that the default theme has no words in.
const AUTONYMS: &[(&str, &str)] = &[
    ("ar", "العربية"),
    ("cs", "Čeština"),
    ("da", "Dansk"),
    ("el", "Ελληνικά"),
    ("fa", "فارسی"),
    ("fi", "Suomi"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hu", "Magyar"),
    ("it", "Italiano"),
    ("ja", "日本語"),
    ("ko", "한국어"),
    ("nb", "Norsk"),
    ("nl", "Nederlands"),
    ("no", "Norsk"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("sv", "Svenska"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("zh", "中文"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::diagnostic::Place;
    use crate::base::path::SourcePath;

    fn strings() -> Strings {
        load(&[], &[]).0
    }

    #[test]
    fn numbers_and_days_are_said_as_the_language_says_them() {
        let strings = strings();
        let day = |text: &str| Date::parse(text).unwrap();
        for (lang, n, said, date, written) in [
            ("en-GB", 1, "1 piece", "2026-11-02", "2 November 2026"),
            ("en-US", 2, "2 pieces", "2026-11-02", "November 2, 2026"),
            ("fr", 0, "0 article", "2026-11-01", "1er novembre 2026"),
            ("fr-CA", 2, "2 articles", "2026-08-02", "2 août 2026"),
            ("de", 1, "1 Beitrag", "2026-03-01", "1. März 2026"),
            ("es", 3, "3 artículos", "2026-01-31", "31 de enero de 2026"),
            ("xx", 3, "3 pieces", "2026-01-31", "31 January 2026"),
        ] {
            let words = strings.of(lang);
            assert_eq!((words.count("pieces", n).as_str(), words.date(&day(date)).as_str()), (said, written), "{lang}");
        }
    }

    #[test]
    fn every_language_of_the_default_theme_says_all_that_english_does() {
        let place = Place::file(&SourcePath::new("site.toml").unwrap());
        let langs = ["en", "fr", "de", "es"].map(|lang| (lang.to_owned(), place.clone()));
        assert_eq!(load(&[], &langs).1, []);
    }

    #[test]
    fn values_are_never_read_as_names() {
        assert_eq!(fill("{a} of {b}, {c} {", &[("a", "{b}"), ("b", "2")]), "{b} of 2, {c} {");
    }
}
