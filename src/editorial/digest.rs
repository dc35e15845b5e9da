//! A document to its digest: the little of it that site-wide rules see.
//!
//! A digest is a pure function of its document, kept while the document is the same. Rules that look
//! across pieces read digests and nothing else, so an edit never re-reads the other bodies.

use super::body::{Finder, Group, is_all_plainly_written, place};
use super::prose::visible;
use super::sketch::{Sketch, words_hash};
use super::words::Words;
use crate::base::date::Date;
use crate::base::path::SourcePath;
use crate::config::audience::Slot;
use crate::parse::{BlockKind, Document};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::LazyLock;

/// What site-wide rules see of one document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    /// A hash of all the rest, compared within one session only.
    #[serde(skip)]
    pub key: u64,
    #[serde(skip, default = "SourcePath::root")]
    pub path: SourcePath,
    /// Its title as written, or its path.
    pub title: String,
    /// Where a finding about the whole of it points: its title, or the opening fence.
    pub place: Range<usize>,
    /// When it was first published.
    pub date: Option<Date>,
    /// Whether it says why it may not be read openly.
    pub gated: bool,
    /// What it tells the reader to do, each deed as the hash of its words, with its place.
    pub guidance: Vec<(u64, Range<usize>)>,
    /// The id of its series, and which part of it this is.
    pub series: Option<(String, i64)>,
    /// What it promises for a later day without leading there, as written, with its place.
    pub promises: Vec<(String, Range<usize>)>,
    /// The notes on competitors that it names.
    pub competitor_notes: Vec<Slot>,
    /// Its prose, to compare it by.
    pub sketch: Sketch,
}

impl Digest {
    /// Digests a document.
    pub fn of(document: &Document) -> Self {
        let front = &document.front;
        let deeds = front.guidance.iter().flat_map(|field| &field.value).filter_map(|item| item.deed.as_ref());
        let words = Words::of(document);
        let mut digest = Self {
            key: 0,
            path: document.path.clone(),
            title: front.title.as_ref().map_or_else(|| document.path.to_string(), |title| title.value.clone()),
            place: front.title.as_ref().map_or_else(|| front.fence.clone(), |title| title.place()),
            date: front.date.as_ref().map(|date| date.value),
            gated: front.gate.is_some(),
            guidance: deeds.map(|deed| (words_hash(&deed.value), deed.range.clone())).collect(),
            series: front.series.as_ref().map(|field| {
                let part = field.value.part.as_ref().map_or(1, |part| part.value);
                (field.value.id.value.clone(), part)
            }),
            promises: promises(document, &words),
            competitor_notes: front.competitors.iter().flat_map(|field| field.value.notes.clone()).collect(),
            sketch: Sketch::of(document, &words),
        };
        digest.key = digest.hash();
        digest
    }

    /// A digest that was written down, of the file whose path this is.
    pub fn read_back(mut self, path: &SourcePath) -> Self {
        self.path = path.clone();
        self.key = self.hash();
        self
    }

    fn hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        (&self.path, &self.title, &self.place, self.date, self.gated).hash(&mut hasher);
        (&self.guidance, &self.series, &self.promises, &self.competitor_notes, &self.sketch).hash(&mut hasher);
        hasher.finish()
    }
}

/// The promises of a text in the words of the English list, which a link in their block does not keep.
fn promises(document: &Document, words: &Words) -> Vec<(String, Range<usize>)> {
    static FINDER: LazyLock<Finder> = LazyLock::new(|| Finder::of_group(Group::Promise, include_str!("lexicon/en/promises.txt")));
    let mut promises = Vec::new();
    for (idx, block) in document.blocks().iter().enumerate() {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
            continue;
        }
        // A text in plain letters is searched as it stands.
        let (text, hits) = if is_all_plainly_written(&block.text) {
            (Cow::Borrowed(block.text.as_str()), FINDER.hits_among(&block.text, words.of_block(idx)))
        } else {
            let text = visible(&block.text);
            let hits = FINDER.hits(&text);
            (text.into(), hits)
        };
        let is_linked =
            || document.links.iter().any(|link| block.range.start <= link.range.start + 2 && link.range.start < block.range.end);
        let mut promised_to = 0;
        for hit in hits {
            // `Stay tuned for my next post` is one promise.
            if promised_to > hit.range.start {
                continue;
            }
            let is_quoted = text[..hit.range.start].ends_with(['"', '“', '‘', '\'']);
            if is_quoted || is_linked() || !promises_a_text(&text, &hit.range) {
                continue;
            }
            promised_to = hit.range.end + text[hit.range.end..].find(['.', '!', '?']).unwrap_or(text.len() - hit.range.end);
            let said = text[hit.range.clone()].to_owned();
            let as_written = block.text.find(&said).map(|at| at..at + said.len());
            let place = as_written.map_or_else(|| block.range.clone(), |range| place::in_block(document, idx, &range));
            promises.push((said, place));
        }
    }
    promises
}

/// `Stay tuned` promises only news, unless the sentence says what text is to come.
fn promises_a_text(text: &str, said: &Range<usize>) -> bool {
    const TEXTS: [&str; 9] = ["post", "part", "piece", "article", "instalment", "installment", "chapter", "essay", "series"];
    let sentence = text[said.start..].split(['.', '!', '?']).next().unwrap_or_default().to_lowercase();
    sentence
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| TEXTS.iter().any(|text| word == *text || word.strip_suffix('s') == Some(text)))
        || !text[said.clone()].to_lowercase().starts_with("stay")
}
