//! Which pages say the same in different languages: by the name of the file, by the folder of the
//! language, or by `translation_of:`.

use super::address::CONTENT;
use super::{Face, PageId, Site, State, Withheld};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::base::suggest::did_you_mean;
use crate::config::Config;
use crate::parse::Document;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Fills in which pages translate each other.
pub(super) fn relate(faces: &mut [Face], documents: &[Arc<Document>], config: &Config) {
    let texts: Vec<(&Face, &Document)> = faces.iter().zip(documents).map(|(face, document)| (face, &**document)).collect();
    let found = Found::of(&texts, &[], config);
    for versions in found.groups.iter().filter(|versions| versions.len() > 1) {
        for id in versions {
            faces[id.0].translations.clone_from(versions);
        }
    }
}

/// What `translation_of:` cannot mean, and pages that are said in a language twice.
pub fn check(site: &Site) -> Vec<Diagnostic> {
    let texts: Vec<(&Face, &Document)> = site.pages.iter().map(|page| (&*page.face, &*page.document)).collect();
    let expired: Vec<&Withheld> = site.withheld.iter().filter(|page| page.state == State::Expired).collect();
    Found::of(&texts, &expired, &site.config).findings
}

/// Which pages say the same, and what is wrong with what authors say of that.
#[derive(Default)]
struct Found {
    /// One page a language, the main edition's first.
    groups: Vec<Vec<PageId>>,
    findings: Vec<Diagnostic>,
}

impl Found {
    /// Of `expired` pages there may be translations still: nothing is wrong with these.
    fn of(texts: &[(&Face, &Document)], expired: &[&Withheld], config: &Config) -> Self {
        let mut found = Self::default();
        if config.languages.is_empty() && texts.iter().all(|(_, document)| document.front.translation_of.is_none()) {
            return found;
        }
        let named: Vec<SourcePath> = texts.iter().map(|(face, _)| without_language(face, config)).collect();
        let mut groups: BTreeMap<SourcePath, Vec<PageId>> = BTreeMap::new();
        for (face, document) in texts {
            let original = original(face, document, (texts, expired), &mut found.findings).unwrap_or(face.id);
            groups.entry(named[original.0].clone()).or_default().push(face.id);
        }
        for mut group in groups.into_values().filter(|group| group.len() > 1) {
            let face = |id: &PageId| texts[id.0].0;
            group.sort_by_key(|id| (face(id).edition, face(id).lang.clone(), *id));
            let mut distinct: Vec<PageId> = Vec::new();
            for id in group {
                match distinct.iter().find(|known| face(known).lang == face(&id).lang) {
                    Some(known) => found.findings.push(repeated(face(&id), face(known))),
                    None => distinct.push(id),
                }
            }
            found.groups.push(distinct);
        }
        found
    }
}

/// A file whose name ends in a language that the site does not declare.
pub(super) fn undeclared(document: &Document, config: &Config) -> Option<Diagnostic> {
    let path = &document.path;
    let (stem, found) = config.split_language(path.stem());
    let suffix = stem.rsplit_once('.').filter(|_| found.is_none())?.1;
    LANGUAGES.contains(&suffix).then(|| {
        let message = format!("the name of `{path}` says the language `{suffix}`, which this site does not declare");
        let help = format!("add to `{}`:\n[languages.{suffix}]", config.path);
        Diagnostic::warning("language-undeclared", Place::file(path), message).help(help)
    })
}

/// The pages of a site, and those that have expired.
type Pages<'a> = (&'a [(&'a Face, &'a Document)], &'a [&'a Withheld]);

/// The page that `translation_of:` names.
fn original(face: &Face, document: &Document, (texts, expired): Pages<'_>, findings: &mut Vec<Diagnostic>) -> Option<PageId> {
    let field = document.front.translation_of.as_ref()?;
    let written = field.value.trim();
    let place = || Place::new(&document.path, field.place());
    let is_url = written.starts_with('/');
    let is_it = |url: &str| url.trim_end_matches('/') == written.trim_end_matches('/');
    let source = document.path.parent().join(written);
    let files = source.iter().flat_map(|source| [Some(source.clone()), source.join("index.md"), source.join("_index.md")]);
    let files: Vec<SourcePath> = files.flatten().collect();
    let found = if is_url {
        texts.iter().find(|(other, _)| is_it(other.url.as_str()))
    } else {
        files.iter().find_map(|file| texts.binary_search_by(|(other, _)| other.source.cmp(file)).ok()).map(|at| &texts[at])
    };
    let names = |gone: &&Withheld| if is_url { is_it(gone.url.as_str()) } else { files.contains(&gone.document.path) };
    if found.is_none() && expired.iter().any(names) {
        return None;
    }
    let Some((original, _)) = found else {
        let message = format!("`translation_of` leads to `{}`, where no page stands", written.escape_debug());
        let known = texts.iter().map(|(other, _)| if is_url { other.url.as_str() } else { other.source.file_name() });
        let help = did_you_mean(written, known).unwrap_or_else(|| "write the path of a file from this one, or a site path".to_owned());
        findings.push(Diagnostic::error("translation-broken", place(), message).help(help));
        return None;
    };
    if original.lang == face.lang {
        let message = format!("`{}` is in `{}` as well: one cannot translate the other", original.source, face.lang);
        let help = "say the language of this page with `lang:` or in its file's name, as in `price.fr.md`";
        findings.push(Diagnostic::error("translation-broken", place(), message).help(help));
        return None;
    }
    Some(original.id)
}

fn repeated(face: &Face, known: &Face) -> Diagnostic {
    let message = format!("this page is said in `{}` twice", face.lang);
    Diagnostic::warning("translation-repeated", Place::file(&face.source), message)
        .note_at(Place::file(&known.source), "it is here already")
        .help("keep one, or give one of them its own name")
}

/// The path of a page without its language: of `x.fr.md` and of `fr/x.md` that is `x.md`.
fn without_language(face: &Face, config: &Config) -> SourcePath {
    let path = &face.source;
    let (stem, _) = config.split_language(path.stem());
    let folder = path.parent();
    let in_content = folder.strip(CONTENT).unwrap_or_default();
    let (first, rest) = in_content.split_once('/').unwrap_or((in_content, ""));
    let is_tag = !first.is_empty() && first.eq_ignore_ascii_case(config.edition_lang(face.edition));
    let folder = if is_tag { rest } else { in_content };
    SourcePath::root().join(&format!("{CONTENT}/{folder}/{stem}.md")).unwrap_or_else(|| path.clone())
}

/// Languages by their tags: what else stands between the dots of a file's name is a part of it.
const LANGUAGES: &[&str] = &[
    "ar", "bg", "bn", "ca", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr", "ga", "gl", "he", "hi", "hr", "hu",
    "hy", "id", "is", "it", "ja", "ka", "ko", "lt", "lv", "mk", "ms", "mt", "nb", "nl", "nn", "no", "pl", "pt", "pt-br", "pt-BR", "ro",
    "ru", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "th", "tr", "uk", "ur", "vi", "zh",
];
