//! Text as the rules read it: a normalised copy, cut into words.
//!
//! The published text is never touched; every check reads a [`Prose`]. Invisible characters are gone
//! in it, look-alike letters are the Latin ones they imitate, and each word has a folded form for
//! look-ups in the word lists.

mod first_seen;
mod inflection;
mod normalise;
pub mod quick_hash;
pub mod runs;
mod stems;
mod word_list;

pub use first_seen::FirstSeen;
pub use normalise::{fold, is_seen_as_written, visible};
pub use quick_hash::{QuickMap, QuickSet};
pub use stems::Stems;
pub use word_list::WordList;

use unicode_normalization::char::is_combining_mark;

/// A text, normalised, with its words.
#[derive(Debug, Clone, Default)]
pub struct Prose {
    /// The normalised text: what a reader sees, white space collapsed.
    pub text: String,
    /// Its words in order.
    pub words: Vec<Word>,
}

/// A word of a [`Prose`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Folded: lower case, no accents, one spelling for British and American.
    pub folded: String,
    /// Where it begins in the normalised text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How many capital letters it has.
    pub n_capitals: usize,
    is_capitalised: bool,
}

impl Word {
    /// The parts of a hyphenated word; the word itself if it has none.
    pub fn parts(&self) -> impl Iterator<Item = &str> {
        self.folded.split(['-', '/', '&']).filter(|part| !part.is_empty())
    }

    /// The same word in a text that begins `by` bytes later.
    pub fn shifted(&self, by: usize) -> Self {
        Self { start: self.start - by, end: self.end - by, ..self.clone() }
    }

    /// True when it begins with a capital letter.
    pub fn is_capitalised(&self) -> bool {
        self.is_capitalised
    }
}

impl Prose {
    /// Normalises a text and cuts it into words.
    pub fn new(text: &str) -> Self {
        let text = visible(text);
        let words = words_of(&text);
        Self { text, words }
    }

    /// True when a reader sees nothing: no letter, digit or sign is left.
    pub fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// A word as written, normalised.
    pub fn spelled(&self, word: &Word) -> &str {
        &self.text[word.start..word.end]
    }

    /// The folded words, in order.
    pub fn folded(&self) -> Vec<&str> {
        self.words.iter().map(|word| word.folded.as_str()).collect()
    }

    /// True when no sentence ends before the text does, so that [`Self::sentences`] gives this text alone.
    pub fn is_one_sentence(&self) -> bool {
        let ends = |pair: &[u8]| matches!(pair, [b'.' | b'!' | b'?' | b';', b' ']);
        !self.words.is_empty() && !self.text.as_bytes().windows(2).any(ends)
    }

    /// The sentences, each a text of its own: cut after `.`, `!`, `?` or `;` before white space, but not after
    /// an abbreviation or a single letter.
    pub fn sentences(&self) -> Vec<Self> {
        let mut sentences = Vec::new();
        let mut start = 0;
        for (idx, stop) in self.text.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'.' | b'!' | b'?' | b';')) {
            let end = idx + 1;
            if self.text[end..].starts_with(' ') && !(stop == b'.' && ends_in_abbreviation(&self.text[start..idx])) {
                sentences.push(self.part(start, end));
                start = end;
            }
        }
        sentences.push(self.part(start, self.text.len()));
        sentences.retain(|sentence| !sentence.words.is_empty());
        sentences
    }

    /// What stands between two offsets that cut no word, without the white space around it.
    fn part(&self, start: usize, end: usize) -> Self {
        let text = self.text[start..end].trim_matches(' ');
        let shift = start + (end - start - self.text[start..end].trim_start_matches(' ').len());
        let first = self.words.partition_point(|word| word.start < start);
        let words = self.words[first..].iter().take_while(|word| word.start < end);
        Self { text: text.to_owned(), words: words.map(|word| word.shifted(shift)).collect() }
    }
}

/// Words that end in a full stop without ending a sentence.
const ABBREVIATIONS: [&str; 16] =
    ["e.g", "i.e", "vs", "dr", "mr", "mrs", "ms", "inc", "ltd", "no", "u.s", "u.k", "approx", "st", "prof", "incl"];

/// Whether a text ends in a word that a full stop belongs to.
pub fn ends_in_abbreviation(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    if last.is_ascii() {
        return last.len() == 1 || last.len() <= 6 && ABBREVIATIONS.iter().any(|abbreviation| last.eq_ignore_ascii_case(abbreviation));
    }
    let last = last.to_lowercase();
    last.chars().count() == 1 || ABBREVIATIONS.contains(&last.as_str())
}

/// `[\p{L}\p{N}]+(?:['’\-/&.][\p{L}\p{N}]+)*`, by hand; combining marks stay with their letter.
fn words_of(text: &str) -> Vec<Word> {
    if text.is_ascii() {
        return words_of_ascii(text);
    }
    let mut words = Vec::new();
    let mut start = None;
    let mut chars = text.char_indices().peekable();
    while let Some((idx, c)) = chars.next() {
        let next_is_word = chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
        let joins = start.is_some() && joins_words(c) && next_is_word;
        let in_word = c.is_alphanumeric() || (start.is_some() && is_combining_mark(c));
        if in_word || joins {
            start.get_or_insert(idx);
        } else if let Some(begin) = start.take() {
            words.push(word(text, begin, idx));
        }
    }
    if let Some(begin) = start {
        words.push(word(text, begin, text.len()));
    }
    words
}

/// The same by bytes.
fn words_of_ascii(text: &str) -> Vec<Word> {
    let bytes = text.as_bytes();
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_alphanumeric() {
            at += 1;
            continue;
        }
        let start = at;
        let is_letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
        while is_letter(at) || (at < bytes.len() && joins_words(char::from(bytes[at])) && is_letter(at + 1)) {
            at += 1;
        }
        words.push(word(text, start, at));
    }
    words
}

fn joins_words(c: char) -> bool {
    matches!(c, '\'' | '-' | '/' | '&' | '.')
}

fn word(text: &str, start: usize, end: usize) -> Word {
    let spelled = &text[start..end];
    if let ([first, rest @ ..], true) = (spelled.as_bytes(), spelled.is_ascii()) {
        let is_capitalised = first.is_ascii_uppercase();
        let n_capitals = usize::from(is_capitalised) + rest.iter().filter(|byte| byte.is_ascii_uppercase()).count();
        let lower = if n_capitals == 0 { spelled.to_owned() } else { spelled.to_ascii_lowercase() };
        return Word { folded: inflection::key(lower), start, end, n_capitals, is_capitalised };
    }
    let mut letters = spelled.chars();
    let is_capitalised = letters.next().is_some_and(char::is_uppercase);
    let n_capitals = usize::from(is_capitalised) + letters.filter(|c| c.is_uppercase()).count();
    Word { folded: inflection::key(fold(spelled)), start, end, n_capitals, is_capitalised }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_as_a_reader_would() {
        let prose = Prose::new("Re-quote the client’s  R&D\u{200b} bill; e.g. 2.5 % of\u{a0}it.");
        assert_eq!(prose.folded(), ["re-quote", "the", "client's", "r&d", "bill", "e.g", "2.5", "of", "it"]);
    }

    #[test]
    fn sentences_end_where_they_end() {
        let sentences = Prose::new("Are fees up? Ask Dr. Wu, e.g. by phone. Then wait").sentences();
        let texts: Vec<&str> = sentences.iter().map(|sentence| sentence.text.as_str()).collect();
        assert_eq!(texts, ["Are fees up?", "Ask Dr. Wu, e.g. by phone.", "Then wait"]);
    }
}
