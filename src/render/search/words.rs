//! The words of a page, folded as the client folds a question: lower case, no accents, no punctuation.

use crate::model::Page;
use crate::parse::BlockKind;
use std::collections::BTreeMap;
use std::fmt::Write;
use unicode_normalization::UnicodeNormalization;

/// Longer words are cut: they are addresses and numbers.
const MAX_CHARS: usize = 32;

/// The weight of a word by where it stands.
const TITLE: u8 = 3;
const HEADING: u8 = 2;
const TEXT: u8 = 1;

/// The words of a page, one a line, each behind its weight. Of a gated piece, those that its page shows.
pub fn of_page(page: &Page) -> String {
    let mut weights: BTreeMap<String, u8> = BTreeMap::new();
    let mut add = |text: &str, weight: u8| {
        each_word(text, |word| match weights.get_mut(word) {
            Some(known) => *known = weight.max(*known),
            None => {
                weights.insert(word.to_owned(), weight);
            }
        });
    };
    let summary = &page.summary;
    add(&page.title, TITLE);
    for text in [&summary.description, &summary.so_what].into_iter().flatten() {
        add(text, HEADING);
    }
    summary.topics.iter().for_each(|topic| add(&topic.title, HEADING));
    summary.audiences.iter().for_each(|audience| add(&audience.title, HEADING));
    summary.authors.iter().for_each(|author| add(&author.name, HEADING));
    if !page.is_gated() {
        for block in &*page.document.blocks() {
            add(&block.text, if block.kind == BlockKind::Heading { HEADING } else { TEXT });
        }
    }
    let mut words = String::with_capacity(weights.len() * 9);
    for (word, weight) in &weights {
        let _ = writeln!(words, "{weight}{word}");
    }
    words
}

/// The file of a word: by its first three letters, so that the beginning of a word leads there too.
pub fn file_of(word: &str, n_files: usize) -> usize {
    let head_len = word.char_indices().nth(3).map_or(word.len(), |(at, _)| at);
    // FNV-1a, which the client can do as well.
    let hash = word[..head_len].bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize % n_files
}

/// Tells each word of a text; a letter that is a word of its own, as in Chinese, by itself.
fn each_word(text: &str, mut tell: impl FnMut(&str)) {
    let mut word = String::new();
    let mut n_chars = 0;
    let mut take = |c: char, word: &mut String, tell: &mut dyn FnMut(&str)| {
        if stands_alone(c) {
            end(word, &mut n_chars, tell);
            word.push(c);
            n_chars = 2;
            end(word, &mut n_chars, tell);
        } else if c.is_alphanumeric() {
            if n_chars < MAX_CHARS {
                word.push(c);
            }
            n_chars += 1;
        } else {
            end(word, &mut n_chars, tell);
        }
    };
    if text.is_ascii() {
        text.chars().for_each(|c| take(c.to_ascii_lowercase(), &mut word, &mut tell));
    } else {
        let folded = text.nfd().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).flat_map(char::to_lowercase);
        folded.for_each(|c| take(c, &mut word, &mut tell));
    }
    take(' ', &mut word, &mut tell);
}

fn end(word: &mut String, n_chars: &mut usize, tell: &mut dyn FnMut(&str)) {
    // A single letter is what an apostrophe left.
    if *n_chars > 1 {
        tell(word);
    }
    word.clear();
    *n_chars = 0;
}

/// Han, Hiragana and Katakana are written without spaces.
fn stands_alone(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30ff | 0x3400..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff | 0x20000..=0x2ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_as_questions_are() {
        for (text, expected) in [
            ("Price the reader's OUTCOME, 2026!", "price the reader outcome 2026"),
            ("Œuvre à l’été — Straße", "œuvre ete straße"),
            ("費用 of 東京", "費 用 of 東 京"),
            ("Ελλάδα", "ελλαδα"),
            (&"x".repeat(99), &"x".repeat(32)),
            ("", ""),
        ] {
            let mut words = Vec::new();
            each_word(text, |word| words.push(word.to_owned()));
            assert_eq!(words.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn the_beginning_of_a_word_leads_to_its_file() {
        for n_files in [4, 64] {
            assert_eq!(file_of("outcome", n_files), file_of("out", n_files));
            assert_eq!(file_of("été", n_files), file_of("étés", n_files));
        }
        // The client has the same number.
        assert_eq!(file_of("outcome", 256), 95);
    }
}
