//! Which sources a piece cites, and the number each gets: by first use.

use crate::parse::{Document, anchors};
use std::collections::BTreeMap;

/// The cited sources of one piece, numbered from 1.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CitationNumbers {
    /// In the order of first use: the reference list.
    pub cited: Vec<CitedSource>,
    numbers: BTreeMap<String, usize>,
}

/// A source that is cited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedSource {
    /// Its id in `sources:`.
    pub id: String,
    /// The HTML id that citations link to; the reference list must carry it.
    pub anchor: String,
    /// The HTML ids of its citations in the body, in order: what the list links back to.
    pub citations: Vec<String>,
}

impl CitationNumbers {
    /// The number of a source; `None` when it is not cited, or there is no such source.
    pub fn number(&self, id: &str) -> Option<usize> {
        self.numbers.get(id).copied()
    }
}

/// Numbers the sources that a document cites.
pub fn number_citations(document: &Document) -> CitationNumbers {
    let sources = document.front.sources.iter().flat_map(|field| &field.value);
    let known: std::collections::BTreeSet<&str> = sources.map(|source| source.id.value.as_str()).collect();
    let mut numbers = CitationNumbers::default();
    for citation in document.citations.iter().filter(|citation| known.contains(citation.value.as_str())) {
        let id = &citation.value;
        let number = match numbers.number(id) {
            Some(number) => number,
            None => {
                numbers.cited.push(CitedSource { id: id.clone(), anchor: anchors::source(id), citations: Vec::new() });
                numbers.numbers.insert(id.clone(), numbers.cited.len());
                numbers.cited.len()
            }
        };
        let citations = &mut numbers.cited[number - 1].citations;
        citations.push(anchors::citation(id, citations.len() + 1));
    }
    numbers
}
