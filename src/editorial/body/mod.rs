//! A body as the rules read it: one text, cut into sentences, with every listed phrase and figure found.
//!
//! It is made once for each piece, in one pass over the blocks and one over the text, and shared by all
//! rules. The text is normalised (see [`super::prose`]); [`place`] leads back to the author's bytes.

mod figures;
mod phrases;
pub mod place;

pub use figures::Figure;
pub use phrases::{Finder, Group, Hit};

use super::prose::runs::{Run, each_run};
use super::prose::{ends_in_abbreviation, is_seen_as_written, visible};
use super::words::Words;
use crate::parse::{BlockKind, Document};
use std::ops::Range;

/// The prose of a body.
#[derive(Debug, Default)]
pub struct Body {
    /// All blocks, normalised, each on a line of its own.
    pub text: String,
    /// In order.
    pub sentences: Vec<Sentence>,
    /// In order of their beginning.
    pub hits: Vec<Hit>,
    /// Shares of a whole, in order.
    pub figures: Vec<Figure>,
    /// What stands between double quotation marks, quotation marks included.
    pub quotations: Vec<Range<usize>>,
    /// Where each block begins in the text.
    starts: Vec<usize>,
}

/// A sentence of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes in the body's text.
    pub range: Range<usize>,
    /// The index of its block in the document.
    pub block: usize,
    /// What its block is.
    pub kind: BlockKind,
    pub n_words: usize,
}

impl Sentence {
    /// True for a sentence of the author's running text.
    pub fn is_running(&self) -> bool {
        match self.kind {
            BlockKind::Paragraph | BlockKind::Item => true,
            BlockKind::Heading | BlockKind::Quote | BlockKind::Cell => false,
        }
    }
}

impl Body {
    /// Reads the body of a document, whose words as written are known, with a finder of phrases.
    pub fn new(document: &Document, words: &Words, finder: &Finder) -> Self {
        let mut body = Self {
            text: String::with_capacity(document.body.len()),
            // Few sentences have more words than these.
            sentences: Vec::with_capacity(document.word_count / 8),
            starts: Vec::with_capacity(document.blocks().len()),
            ..Self::default()
        };
        for (idx, block) in document.blocks().iter().enumerate() {
            let start = body.text.len();
            body.starts.push(start);
            if is_seen_as_written(&block.text) {
                body.text.push_str(&block.text);
                body.read_block(start, (idx, block.kind), words.of_block(idx), finder);
            } else {
                push_visible(&mut body.text, &block.text);
                let mut runs: Vec<Run> = Vec::with_capacity(block.text.len() / 5);
                each_run(&body.text[start..], |run| runs.push(run));
                body.read_block(start, (idx, block.kind), &runs, finder);
            }
            body.text.push('\n');
        }
        body.figures = figures::figures(&body.text, &body.hits);
        body
    }

    /// The text of a range.
    pub fn slice(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The index of the sentence that holds an offset.
    pub fn sentence_at(&self, offset: usize) -> Option<usize> {
        let after = self.sentences.partition_point(|sentence| sentence.range.start <= offset);
        let idx = after.checked_sub(1)?;
        (offset <= self.sentences[idx].range.end).then_some(idx)
    }

    /// The indices of a sentence and of its neighbours in the same block.
    pub fn neighbours(&self, idx: usize) -> Range<usize> {
        let block = self.sentences[idx].block;
        let is_there = |idx: usize| self.sentences.get(idx).is_some_and(|sentence| sentence.block == block);
        let start = if idx > 0 && is_there(idx - 1) { idx - 1 } else { idx };
        start..if is_there(idx + 1) { idx + 2 } else { idx + 1 }
    }

    /// The bytes of several sentences in a row.
    pub fn span(&self, sentences: Range<usize>) -> Range<usize> {
        match (self.sentences.get(sentences.start), sentences.end.checked_sub(1).and_then(|last| self.sentences.get(last))) {
            (Some(first), Some(last)) => first.range.start..last.range.end,
            (_, _) => 0..0,
        }
    }

    /// The phrases of a group that begin in a range.
    pub fn hits_in(&self, group: Group, range: &Range<usize>) -> impl Iterator<Item = &Hit> {
        let first = self.hits.partition_point(|hit| hit.range.start < range.start);
        let end = range.end;
        self.hits[first..].iter().take_while(move |hit| hit.range.start < end).filter(move |hit| hit.group == group)
    }

    /// All phrases of a group.
    pub fn hits_of(&self, group: Group) -> impl Iterator<Item = &Hit> {
        self.hits.iter().filter(move |hit| hit.group == group)
    }

    /// True if a range stands between quotation marks.
    pub fn is_quoted(&self, range: &Range<usize>) -> bool {
        self.quotations.iter().any(|quoted| quoted.start <= range.start && range.end <= quoted.end)
    }

    /// The words of the author's running text.
    pub fn n_words(&self) -> usize {
        self.sentences.iter().filter(|sentence| sentence.is_running()).map(|sentence| sentence.n_words).sum()
    }

    /// The sentences among the first words of the running text.
    pub fn opening(&self, n_words: usize) -> impl Iterator<Item = &Sentence> {
        let mut n_read = 0;
        self.sentences.iter().filter(|sentence| sentence.is_running()).take_while(move |sentence| {
            let is_first = n_read < n_words;
            n_read += sentence.n_words;
            is_first
        })
    }

    /// Reads the block that has just been added, from `start` on, whose runs are known.
    fn read_block(&mut self, start: usize, block: (usize, BlockKind), runs: &[Run], finder: &Finder) {
        self.cut(start, block, runs);
        // No phrase goes from one block into the next.
        let hits = finder.hits_among(&self.text[start..], runs).into_iter();
        self.hits.extend(hits.map(|hit| Hit { range: start + hit.range.start..start + hit.range.end, ..hit }));
    }

    /// Cuts the block into sentences, and finds what it quotes.
    fn cut(&mut self, start: usize, (block, kind): (usize, BlockKind), runs: &[Run]) {
        let bytes = self.text.as_bytes();
        let (mut sentence_start, mut quote_start, mut n_words, mut in_word) = (start, None, 0, false);
        let mut next_run = 0;
        let mut idx = start;
        while idx < bytes.len() {
            // Words are passed over, and with them most of a text.
            if let Some(run) = runs.get(next_run).filter(|run| start + run.start <= idx) {
                next_run += 1;
                n_words += usize::from(!in_word);
                in_word = true;
                idx = start + run.end;
                continue;
            }
            let byte = bytes[idx];
            in_word &= matches!(byte, b'\'' | b'-' | b'.' | b',') && bytes.get(idx + 1).is_some_and(u8::is_ascii_alphanumeric);
            if byte == b'"' {
                match quote_start.take() {
                    None => quote_start = Some(idx),
                    Some(from) => self.quotations.push(from..idx + 1),
                }
            }
            if matches!(byte, b'.' | b'!' | b'?') {
                let stop = idx;
                while bytes.get(idx + 1).is_some_and(|next| matches!(next, b'.' | b'!' | b'?' | b'"' | b'\'' | b')' | b']')) {
                    idx += 1;
                    if bytes[idx] == b'"'
                        && let Some(from) = quote_start.take()
                    {
                        self.quotations.push(from..idx + 1);
                    }
                }
                if ends_sentence(&self.text, sentence_start, stop, idx + 1) {
                    self.sentences.push(Sentence { range: sentence_start..idx + 1, block, kind, n_words });
                    sentence_start = (idx + 2).min(bytes.len());
                    n_words = 0;
                    in_word = false;
                }
            }
            idx += 1;
        }
        if n_words > 0 {
            self.sentences.push(Sentence { range: sentence_start..bytes.len(), block, kind, n_words });
        }
    }
}

/// Whether a stop at `stop`, with closing marks up to `end`, ends the sentence that began at `start`.
fn ends_sentence(text: &str, start: usize, stop: usize, end: usize) -> bool {
    let rest = &text[end..];
    if rest.is_empty() {
        return true;
    }
    let Some(next) = rest.strip_prefix(' ').and_then(|rest| rest.chars().next()) else { return false };
    if next.is_lowercase() {
        return false;
    }
    !(text.as_bytes()[stop] == b'.' && end == stop + 1 && ends_in_abbreviation(&text[start..stop]))
}

/// True for letters and signs of plain typography, in which nothing is hidden.
fn is_plainly_written(c: char) -> bool {
    c.is_ascii() || matches!(c, '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{17f}' | '–' | '—' | '‘' | '’' | '“' | '”' | '…' | '€' | '•' | '→')
}

/// True for a text of nothing else.
pub fn is_all_plainly_written(text: &str) -> bool {
    if text.is_ascii() {
        return true;
    }
    let bytes = text.as_bytes();
    let mut at = 0;
    // From one character beyond ASCII to the next.
    while let Some(skipped) = bytes[at..].iter().position(|byte| !byte.is_ascii()) {
        at += skipped;
        let Some(c) = text[at..].chars().next().filter(|c| is_plainly_written(*c)) else { return false };
        at += c.len_utf8();
    }
    true
}

/// Adds a text as a reader sees it; plain typography takes the short way, and plain letters a shorter one.
fn push_visible(all: &mut String, text: &str) {
    if !is_all_plainly_written(text) {
        all.push_str(&visible(text));
        return;
    }
    let bytes = text.as_bytes();
    let start = all.len();
    // What has been read and stands as it is, but has not been added yet.
    let mut kept = 0;
    let mut is_spaced = true;
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte > b' ' && byte < 0x7f && byte != b'`' {
            is_spaced = false;
            at += 1;
            continue;
        }
        if byte == b' ' && !is_spaced {
            is_spaced = true;
            at += 1;
            continue;
        }
        all.push_str(&text[kept..at]);
        let Some(c) = text[at..].chars().next() else { break };
        at += c.len_utf8();
        kept = at;
        if c.is_whitespace() {
            if !is_spaced {
                all.push(' ');
            }
            is_spaced = true;
            continue;
        }
        is_spaced = false;
        match c {
            '‘' | '’' | '`' | '´' => all.push('\''),
            '“' | '”' | '«' | '»' => all.push('"'),
            '–' | '—' => all.push('-'),
            '…' => all.push_str("..."),
            other => all.push(other),
        }
    }
    all.push_str(&text[kept..]);
    while all.len() > start && all.ends_with(' ') {
        all.pop();
    }
}
