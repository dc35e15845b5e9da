//! Where a Markdown file's page stands: its kind, its language, its URL, its id, and its bundle folder.

use super::{Kind, UrlPath};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::base::slug::slugify_in;
use crate::config::Config;
use crate::config::editions::Edition;
use crate::parse::Document;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The folder that all content stands in.
pub const CONTENT: &str = "content";

/// Where a document's page stands.
#[derive(Debug, Clone)]
pub struct Address {
    pub kind: Kind,
    /// Its language: that of its file's name, its own, its section's, or the site's.
    pub lang: String,
    pub edition: Edition,
    pub url: UrlPath,
    /// The last segment of the path, for people and series: `jane-doe`.
    pub id: String,
    /// The folder whose other files are its assets.
    pub bundle: Option<SourcePath>,
    /// The folder whose section it belongs to.
    pub folder: SourcePath,
}

/// What sections say for everything below them.
pub type SectionDefaults = BTreeMap<SourcePath, Arc<Document>>;

/// The `_index.md` files by the folder they stand in; of several languages the site's own counts.
pub fn sections(documents: &[Arc<Document>], config: &Config) -> SectionDefaults {
    let mut sections = SectionDefaults::new();
    for document in documents.iter().filter(|document| is_section(&document.path, config)) {
        if document.path.file_name() == "_index.md" {
            sections.insert(document.path.parent(), Arc::clone(document));
        } else {
            sections.entry(document.path.parent()).or_insert_with(|| Arc::clone(document));
        }
    }
    sections
}

/// The nearest section at or above a folder for which `find` has an answer.
pub fn inherited<T>(sections: &SectionDefaults, folder: &SourcePath, find: impl Fn(&Document) -> Option<T>) -> Option<T> {
    let mut folder = folder.clone();
    loop {
        if let Some(found) = sections.get(&folder).and_then(|document| find(document)) {
            return Some(found);
        }
        if folder.as_str() == CONTENT || folder.as_str().is_empty() {
            return None;
        }
        folder = folder.parent();
    }
}

/// The address of a document; its findings name what cannot stand in a URL.
pub fn of(document: &Document, sections: &SectionDefaults, config: &Config, findings: &mut Vec<Diagnostic>) -> Address {
    let path = &document.path;
    let in_folder = path.parent();
    let (stem, in_name) = config.split_language(path.stem());
    let is_bundle = stem == "index";
    let is_section = stem == "_index";
    let home = SourcePath::new(CONTENT).expect("a plain name");
    let folder = if is_bundle && in_folder != home { in_folder.parent() } else { in_folder.clone() };
    let kind = if is_section { Kind::Section } else { kind_of(document, &in_folder, sections) };
    let lang = in_name.map_or_else(|| lang_of(document, sections, &folder, config), str::to_owned);
    let edition = config.edition_of(&lang);
    let id = id_of(path, config);
    let parent_url = folder_url(if is_section { in_folder.parent() } else { folder.clone() });
    let url = match own_segment(document, &id, &lang, findings) {
        _ if in_folder == home && (is_section || is_bundle) => UrlPath::home(),
        segment => parent_url.child(&segment),
    };
    let bundle = (is_bundle || is_section).then_some(in_folder);
    Address { kind, lang, edition, url: config.edition_url(edition, &url), id, bundle, folder }
}

fn lang_of(document: &Document, sections: &SectionDefaults, folder: &SourcePath, config: &Config) -> String {
    let own = document.front.lang.as_ref().map(|field| field.value.clone());
    let default = |section: &Document| section.front.defaults.as_ref()?.value.lang.as_ref().map(|lang| lang.value.clone());
    own.or_else(|| inherited(sections, folder, default)).unwrap_or_else(|| config.language.clone())
}

/// The name that other files know a page by: its file's, or its bundle's folder's, without date and language.
pub fn id_of(path: &SourcePath, config: &Config) -> String {
    let (stem, _) = config.split_language(path.stem());
    let folder = path.parent();
    without_date(if matches!(stem, "index" | "_index") { folder.file_name() } else { stem }).to_owned()
}

/// True for a folder's own page.
pub fn is_section(path: &SourcePath, config: &Config) -> bool {
    config.split_language(path.stem()).0 == "_index"
}

/// The site path of a folder of `content/`.
pub fn folder_url(folder: SourcePath) -> UrlPath {
    let below = folder.strip(CONTENT).unwrap_or_default();
    UrlPath::page(below.split('/').map(without_date))
}

fn kind_of(document: &Document, folder: &SourcePath, sections: &SectionDefaults) -> Kind {
    let said = document.front.kind.as_ref().map(|field| field.value);
    let default = || inherited(sections, folder, |section| section.front.defaults.as_ref()?.value.kind.as_ref().map(|kind| kind.value));
    said.or_else(default).unwrap_or(Kind::Piece)
}

/// The page's own segment: its `slug:`, or its file's name.
fn own_segment(document: &Document, id: &str, lang: &str, findings: &mut Vec<Diagnostic>) -> String {
    let Some(field) = &document.front.slug else {
        // A file may be named in any script; only what cannot stand in a path is replaced.
        let plain = !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || "-_.~".contains(c));
        return if plain { id.to_owned() } else { segment_from(lang, id) };
    };
    let slug = slugify_in(lang, &field.value);
    if slug != field.value.trim() {
        let place = Place::new(&document.path, field.place());
        let finding = Diagnostic::error("url-unusable", place, format!("`{}` cannot stand in an address", field.value.escape_debug()));
        findings.push(finding.help(match slug.as_str() {
            "" => "write a slug of letters, digits and hyphens".to_owned(),
            slug => format!("write `slug: {slug}`"),
        }));
    }
    if slug.is_empty() { segment_from(lang, id) } else { slug }
}

fn segment_from(lang: &str, name: &str) -> String {
    let slug = slugify_in(lang, name);
    if slug.is_empty() { "untitled".to_owned() } else { slug }
}

/// `2026-01-02-name` → `name`; a name that is only a date keeps it.
fn without_date(name: &str) -> &str {
    let bytes = name.as_bytes();
    let dated = bytes.len() > 11
        && bytes[..10].iter().enumerate().all(|(idx, byte)| if idx == 4 || idx == 7 { *byte == b'-' } else { byte.is_ascii_digit() })
        && matches!(bytes[10], b'-' | b'_');
    if dated { &name[11..] } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_leave_names_only_when_a_name_remains() {
        for (name, without) in
            [("2026-01-02-name", "name"), ("2026-01-02_n", "n"), ("2026-01-02", "2026-01-02"), ("2026-1-2-x", "2026-1-2-x")]
        {
            assert_eq!(without_date(name), without);
        }
    }
}
