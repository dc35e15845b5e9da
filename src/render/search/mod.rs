//! The search index: every word of every open text to the pages that hold it, cut into files so small that a
//! reader loads the two or three that a question needs.
//!
//! Words stand in the file of their first three letters, so that the beginning of a word finds it. The
//! client, `js/search.js` of the theme, reads the same rules: a change here is a change there, and of
//! `FORM`. The text of a gated piece is never read.

mod words;

use crate::model::{Kind, Page, Site};
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The number of the index's form.
const FORM: u32 = 1;

/// Pages whose titles and descriptions stand in one file.
const PAGES_PER_FILE: usize = 50;

/// Pages for each file of words: few files for a small site, small ones for a large.
const PAGES_PER_WORD_FILE: usize = 24;

/// A word that more than this part of a site's pages hold tells none of them apart.
const COMMON: f64 = 0.6;

/// Sites with fewer pages have no common words.
const COMMON_FROM: usize = 40;

/// One file of the index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SearchFile {
    /// How large the index is, and its common words.
    Index,
    /// Topics, audiences, authors and years, each with its pages.
    Facets,
    /// Words and the pages that hold them.
    Words(usize),
    /// What results show of pages.
    Pages(usize),
}

impl SearchFile {
    /// Its name below `/search/`.
    pub fn name(self) -> String {
        match self {
            Self::Index => "index.json".to_owned(),
            Self::Facets => "facets.json".to_owned(),
            Self::Words(number) => format!("words-{number}.json"),
            Self::Pages(number) => format!("pages-{number}.json"),
        }
    }

    /// Every file of an index over so many pages.
    pub fn all(n_pages: usize) -> Vec<Self> {
        let words = (0..n_word_files(n_pages)).map(Self::Words);
        let pages = (0..n_pages.div_ceil(PAGES_PER_FILE)).map(Self::Pages);
        [Self::Index, Self::Facets].into_iter().chain(words).chain(pages).collect()
    }
}

fn n_word_files(n_pages: usize) -> usize {
    (n_pages / PAGES_PER_WORD_FILE).next_power_of_two().clamp(4, 256)
}

/// True for a page that can be found.
pub fn is_searched(kind: Kind, is_unlisted: bool) -> bool {
    matches!(kind, Kind::Piece | Kind::Page) && !is_unlisted
}

/// The files of an index, each as JSON.
pub struct SearchIndex {
    files: BTreeMap<SearchFile, String>,
}

impl SearchIndex {
    /// Reads every open text of a site.
    pub fn new(site: &Site) -> Self {
        let pages = searched(site);
        let texts: Vec<String> = pages.par_iter().map(|page| words::of_page(page)).collect();
        let n_files = n_word_files(pages.len());
        let made: Vec<(String, Vec<String>)> = (0..n_files).into_par_iter().map(|file_idx| word_file(&texts, file_idx, n_files)).collect();
        let common: BTreeSet<&String> = made.iter().flat_map(|(_, common)| common).collect();
        let index = json!({ "form": FORM, "pages": pages.len(), "files": n_files, "per_file": PAGES_PER_FILE, "common": common });
        let mut files = BTreeMap::from([(SearchFile::Index, index.to_string()), (SearchFile::Facets, facets(site, &pages).to_string())]);
        files.extend(made.into_iter().enumerate().map(|(idx, (text, _))| (SearchFile::Words(idx), text)));
        let shown = pages.chunks(PAGES_PER_FILE).enumerate();
        files.extend(
            shown.map(|(idx, pages)| (SearchFile::Pages(idx), pages.iter().map(|page| entry(site, page)).collect::<Value>().to_string())),
        );
        Self { files }
    }

    /// One file.
    pub fn file(&self, file: SearchFile) -> Option<&str> {
        self.files.get(&file).map(String::as_str)
    }
}

/// The pages that can be found: pieces newest first, then pages.
fn searched(site: &Site) -> Vec<&Page> {
    let pieces = site.listed.iter().map(|id| site.page(*id));
    let pages = site.pages.iter().filter(|page| page.kind == Kind::Page);
    pieces.chain(pages).filter(|page| is_searched(page.kind, page.summary.unlisted)).collect()
}

/// The words that belong into one file: `{"fees": [13, 5]}`, each number four times the distance to the page
/// before, plus the weight less one. Also its common words, which stand in no file.
fn word_file(texts: &[String], file_idx: usize, n_files: usize) -> (String, Vec<String>) {
    let mut pages_of: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    let mut last_of: BTreeMap<&str, u32> = BTreeMap::new();
    for (page_idx, text) in texts.iter().enumerate() {
        for line in text.lines() {
            let (weight, word) = line.split_at(1);
            if words::file_of(word, n_files) != file_idx {
                continue;
            }
            let page_number = page_idx as u32 + 1;
            let before = last_of.insert(word, page_number).unwrap_or(0);
            let weight = u32::from(weight.as_bytes()[0] - b'1');
            pages_of.entry(word).or_default().push((page_number - before) * 4 + weight);
        }
    }
    let is_common = |pages: &Vec<u32>| texts.len() >= COMMON_FROM && pages.len() as f64 > COMMON * texts.len() as f64;
    let common = pages_of.iter().filter(|(_, pages)| is_common(pages)).map(|(word, _)| (*word).to_owned()).collect();
    pages_of.retain(|_, pages| !is_common(pages));
    let text = serde_json::to_string(&pages_of).expect("words and numbers are JSON");
    (text, common)
}

/// `[title, url, description, date, byline]`.
fn entry(site: &Site, page: &Page) -> Value {
    let summary = &page.summary;
    let description = summary.description.as_deref().or(summary.so_what.as_deref()).unwrap_or_default();
    let authors: Vec<&str> = summary.authors.iter().map(|author| author.name.as_str()).collect();
    let date = summary.date.map(|date| date.iso_day()).unwrap_or_default();
    json!([page.title, site.config.base_url.href(page.url.as_str()), description, date, authors.join(", ")])
}

/// `{"topic": [[title, [pages]]]}`; pages as distances to the one before.
fn facets(site: &Site, pages: &[&Page]) -> Value {
    let mut facets: [(&str, BTreeMap<String, Vec<usize>>); 4] =
        [("topic", BTreeMap::new()), ("audience", BTreeMap::new()), ("author", BTreeMap::new()), ("year", BTreeMap::new())];
    for (idx, page) in pages.iter().enumerate().filter(|(_, page)| page.kind == Kind::Piece) {
        let summary = &page.summary;
        let declared = summary.audiences.iter().filter(|audience| audience.id.is_some());
        let names: [Vec<String>; 4] = [
            summary.topics.iter().map(|topic| topic.title.clone()).collect(),
            declared.map(|audience| audience.title.clone()).collect(),
            summary.authors.iter().map(|author| author.name.clone()).collect(),
            summary.date.iter().map(|date| date.day.year().to_string()).collect(),
        ];
        for ((_, facet), names) in facets.iter_mut().zip(names) {
            for name in names {
                facet.entry(name).or_default().push(idx);
            }
        }
    }
    let list = |name: &str, facet: BTreeMap<String, Vec<usize>>| -> Value {
        let distances = |pages: Vec<usize>| -> Vec<usize> {
            let before = std::iter::once(0).chain(pages.iter().copied());
            before.zip(&pages).map(|(before, page)| page - before).collect()
        };
        let entries: Vec<Value> = facet.into_iter().map(|(title, pages)| json!([title, distances(pages)])).collect();
        // The newest year is asked for most.
        if name == "year" { entries.into_iter().rev().collect() } else { Value::from(entries) }
    };
    debug_assert!(site.listed.len() <= site.pages.len());
    facets.into_iter().map(|(name, facet)| (name.to_owned(), list(name, facet))).collect::<serde_json::Map<_, _>>().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::held::Held;
    use crate::model::testing::{edit_document, gate, piece, site};
    use crate::parse::{Block, BlockKind};
    use std::sync::Arc;

    fn with_text(path: &str, title: &str, text: &str) -> Page {
        let mut page = piece(path, title, "2026-11-02", "");
        edit_document(&mut page, |document| {
            document.blocks = Held::kept(Arc::new(vec![Block { kind: BlockKind::Paragraph, text: text.into(), range: 0..0 }]));
        });
        page
    }

    #[test]
    fn open_words_are_found_and_gated_ones_are_not() {
        let open = with_text("content/a.md", "Fees in Zürich", "Hourly quotes, hourly thinking.");
        let mut gated = with_text("content/b.md", "A report", "Undisclosed machinery.");
        gate(&mut gated, "/form/", "");
        let mut site = site("https://example.com/base", vec![open, gated]);
        let frame = std::sync::Arc::make_mut(&mut site.frame);
        frame.listed = std::sync::Arc::new(vec![crate::model::PageId(0), crate::model::PageId(1)]);
        let index = SearchIndex::new(&site);
        let all: String = SearchFile::all(2).into_iter().map(|file| index.file(file).unwrap_or_default().to_owned() + "\n").collect();
        for (word, is_there) in [
            ("\"zurich\":[6]", true),
            ("\"hourly\":[4]", true),
            ("undisclosed", false),
            ("machinery", false),
            ("\"report\":[10]", true),
            ("/base/a/", true),
        ] {
            assert_eq!(all.contains(word), is_there, "{word}: {all}");
        }
        assert_eq!(index.files.len(), SearchFile::all(2).len());
    }
}
