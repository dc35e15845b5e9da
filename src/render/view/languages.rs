//! A page in its languages: the switch that readers see, and the alternates that search engines do.

use super::object::{Object, list};
use super::{href, permalink};
use crate::config::editions::Edition;
use crate::model::{Page, Site, Taxonomy, Term, UrlPath};
use tera::Value;

/// One language that a page can be read in.
pub struct Version<'a> {
    pub lang: &'a str,
    pub edition: Edition,
    pub url: UrlPath,
}

/// The editions of a site as `{lang, name, dir, url, current}`; empty for a site in one language.
pub fn of_site(site: &Site, current: Edition) -> Value {
    if site.config.languages.is_empty() {
        return list([]);
    }
    list(site.config.editions().map(|edition| {
        Object::new()
            .with("lang", site.config.edition_lang(edition))
            .with("name", site.strings.name_of(site.config.edition_lang(edition)))
            .with("dir", super::direction(site.config.edition_lang(edition)))
            .with("url", href(site, &site.config.edition_home(edition)))
            .with("current", edition == current)
            .into()
    }))
}

/// The versions of a page that an author wrote; empty when it has but one.
pub fn of_page<'a>(site: &'a Site, page: &Page) -> Vec<Version<'a>> {
    let version = |page: &'a Page| Version { lang: &page.lang, edition: page.edition, url: page.url.clone() };
    page.translations.iter().map(|id| version(site.page(*id))).collect()
}

/// The versions of a taxonomy's index: every edition has one.
pub fn of_taxonomy(site: &Site, taxonomy: Taxonomy) -> Vec<Version<'_>> {
    let lang = |edition| site.config.edition_lang(edition);
    site.config.editions().map(|edition| Version { lang: lang(edition), edition, url: site.taxonomy_url(edition, taxonomy) }).collect()
}

/// The versions of a term: of the same id in every edition that has pieces for it.
pub fn of_term<'a>(site: &'a Site, term: &Term) -> Vec<Version<'a>> {
    let found = site.config.editions().filter_map(|edition| site.term(edition, term.taxonomy, &term.id));
    let with_pieces = found.filter(|found| found.edition == term.edition || !found.pieces.is_empty());
    with_pieces
        .map(|found| Version { lang: site.config.edition_lang(found.edition), edition: found.edition, url: found.url.clone() })
        .collect()
}

/// `alternates` and `languages` of a page.
///
/// `alternates` are the versions as `{lang, url}`, the page itself included and `x-default` last.
/// `languages` are all editions as `{lang, name, dir, url, current, translated}`: where this page is not
/// translated, the edition's home page.
pub fn values(site: &Site, current: &str, versions: &[Version<'_>]) -> Object {
    let alternate = |lang: &str, url: &UrlPath| -> Value { Object::new().with("lang", lang).with("url", permalink(site, url)).into() };
    let alternates: Vec<Value> = match versions.len() {
        0 | 1 => Vec::new(),
        _ => {
            let main = versions.iter().find(|version| version.edition == Edition::MAIN);
            let all = versions.iter().map(|version| alternate(version.lang, &version.url));
            all.chain(main.map(|main| alternate("x-default", &main.url))).collect()
        }
    };
    Object::new().with("alternates", list(alternates)).with("languages", switch(site, current, versions))
}

fn switch(site: &Site, current: &str, versions: &[Version<'_>]) -> Value {
    let entry = |lang: &str, url: &UrlPath, translated: bool| -> Value {
        Object::new()
            .with("lang", lang)
            .with("name", site.strings.name_of(lang))
            .with("dir", super::direction(lang))
            .with("url", href(site, url))
            .with("current", lang == current)
            .with("translated", translated)
            .into()
    };
    let is_said = |edition: Edition| versions.iter().any(|version| version.edition == edition);
    let said = versions.iter().map(|version| entry(version.lang, &version.url, true));
    let own = site.config.edition_of(current);
    let others = site.config.editions().filter(|edition| !is_said(*edition) && *edition != own);
    let others = others.map(|edition| entry(site.config.edition_lang(edition), &site.config.edition_home(edition), false));
    let all: Vec<Value> = said.chain(others).collect();
    // A page that nothing else is to be had of, not even in another language, needs no switch.
    list(if all.is_empty() || site.config.languages.is_empty() && versions.len() < 2 { Vec::new() } else { all })
}
