//! From a stretch of a body's text back to the author's bytes.

use super::Body;
use crate::editorial::prose::fold;
use crate::parse::Document;
use std::ops::Range;

/// The bytes of the file that say what stands in a range of the body's text: its words are looked for in
/// the block, in order, past any markup. The block itself when they cannot be found.
pub fn in_file(document: &Document, body: &Body, range: &Range<usize>) -> Range<usize> {
    let Some(sentence) = body.sentence_at(range.start) else { return document.body.clone() };
    let block_idx = body.sentences[sentence].block;
    let (text, blocks) = (document.text(), document.blocks());
    let Some(block) = blocks.get(block_idx) else { return document.body.clone() };
    let source = text.get(block.range.clone()).unwrap_or_default();
    let before = body.slice(&(body.starts[block_idx]..range.start));
    let said = body.slice(range);
    found(source, before, said).map_or_else(|| block.range.clone(), |found| block.range.start + found.start..block.range.start + found.end)
}

/// The bytes of the file that say what stands in a range of a block's own text.
pub fn in_block(document: &Document, block_idx: usize, range: &Range<usize>) -> Range<usize> {
    let (text, blocks) = (document.text(), document.blocks());
    let Some(block) = blocks.get(block_idx) else { return document.body.clone() };
    let source = text.get(block.range.clone()).unwrap_or_default();
    let (before, said) = (block.text.get(..range.start).unwrap_or_default(), block.text.get(range.clone()).unwrap_or_default());
    found(source, before, said).map_or_else(|| block.range.clone(), |found| block.range.start + found.start..block.range.start + found.end)
}

/// True if a place stands in a code span: on its line, or since the block began, a back-tick is open before it.
pub fn is_code(document: &Document, place: &Range<usize>) -> bool {
    let text = document.text();
    let before = text.get(..place.start).unwrap_or_default();
    // A code span at the start of a block begins before the block's text, but on its line.
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let block_start = document.blocks().iter().map(|block| block.range.start).filter(|start| *start <= place.start).max();
    let from = block_start.map_or(line_start, |start| start.min(line_start).max(before[..start].rfind('\n').map_or(0, |at| at + 1)));
    before.get(from..).unwrap_or_default().matches('`').count() % 2 == 1
}

/// Where `said` stands in `source`, after the words of `before`.
fn found(source: &str, before: &str, said: &str) -> Option<Range<usize>> {
    // Most of a block is spelled as it is read: what both begin with need not be held against each other word by word.
    let alike = begun_alike(source, before);
    let (mut unread, before) = (words(source, alike), &before[alike..]);
    let mut source_words: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    // Words that a reader sees and the source spells otherwise are passed over.
    let mut next = |wanted: &str| {
        let ahead = (0..60).find_map(|ahead| {
            if at + ahead == source_words.len() {
                match unread.next() {
                    Some(word) => source_words.push(word),
                    None => return Some(None),
                }
            }
            is_same(&source[source_words[at + ahead].clone()], wanted).then_some(Some(ahead))
        });
        at += ahead?? + 1;
        Some(at - 1)
    };
    for word in words(before, 0) {
        let _ = next(&before[word]);
    }
    let found: Vec<usize> = words(said, 0).filter_map(|word| next(&said[word])).collect();
    let (first, last) = (found.first()?, found.last()?);
    let mut end = source_words[*last].end;
    // A sign that belongs to the last word.
    let tail = &said[words(said, 0).last()?.end..];
    if !tail.is_empty() && source[end..].starts_with(tail) {
        end += tail.len();
    }
    // Marks that open what the first word begins.
    let start = source_words[*first].start;
    let opened = source[..start].trim_end_matches(['[', '*', '_', '(', '"', '“', '‘']).len();
    let is_said =
        said.starts_with(|c: char| !c.is_alphanumeric()) || source[opened..start].bytes().all(|byte| matches!(byte, b'[' | b'*' | b'_'));
    Some(if is_said { opened } else { start }..end)
}

/// Whether two words are one but for case and accents.
fn is_same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other) || (!(one.is_ascii() && other.is_ascii()) && fold(one) == fold(other))
}

/// How many bytes two texts begin with alike, up to where a word of both may begin.
fn begun_alike(one: &str, other: &str) -> usize {
    let n_alike = one.bytes().zip(other.bytes()).take_while(|(one, other)| one == other).count();
    one.as_bytes()[..n_alike].iter().rposition(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()).map_or(0, |last| last + 1)
}

/// The runs of letters and digits of a text from a byte on.
fn words(text: &str, from: usize) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    // The bytes of the letter at a place: 0 when none stands there.
    let letter_len = move |at: usize| match bytes.get(at) {
        None => 0,
        Some(byte) if byte.is_ascii() => usize::from(byte.is_ascii_alphanumeric()),
        Some(_) => text[at..].chars().next().filter(|c| c.is_alphanumeric()).map_or(0, char::len_utf8),
    };
    let mut at = from;
    std::iter::from_fn(move || {
        while at < bytes.len() && letter_len(at) == 0 {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
        let start = at;
        loop {
            match letter_len(at) {
                0 => break,
                len => at += len,
            }
        }
        (start < at).then_some(start..at)
    })
}
