//! The prose of a body as plain text, block by block: what rules read.

use super::citations;
use crate::base::spanned::Spanned;
use crate::base::text_slice::TextSlice;
use crate::parse::{Block, BlockKind};
use pulldown_cmark::Tag;
use std::ops::Range;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// A block that text is still added to.
#[derive(Debug)]
struct Open {
    kind: BlockKind,
    text: String,
    range: Range<usize>,
}

/// A block whose text is complete.
#[derive(Debug)]
struct Closed {
    kind: BlockKind,
    text: Spelling,
    range: Range<usize>,
}

/// Where the text of a block stands, letter for letter.
#[derive(Debug)]
enum Spelling {
    InFile(Range<usize>),
    Apart(Range<usize>),
}

/// Gathers text into blocks.
#[derive(Debug, Default)]
pub struct Blocks {
    /// The blocks closed so far.
    done: Vec<Closed>,
    /// The text of those that the file does not spell as they are read, one after the other.
    spelled: String,
    /// `[^id]` found in running text.
    pub citations: Vec<Spanned<String>>,
    /// What the containers that are open make of a paragraph in them.
    kinds: Vec<Option<BlockKind>>,
    open: Option<Open>,
    /// Text that stands together in the file, held back until it is known to be whole.
    run: String,
    run_range: Range<usize>,
}

impl Blocks {
    /// A container begins.
    pub fn enter(&mut self, tag: &Tag<'_>) {
        self.kinds.push(match tag {
            Tag::BlockQuote(None) => Some(BlockKind::Quote),
            Tag::BlockQuote(Some(_)) | Tag::FootnoteDefinition(_) => Some(BlockKind::Paragraph),
            Tag::Item | Tag::DefinitionListDefinition | Tag::DefinitionListTitle => Some(BlockKind::Item),
            _ => None,
        });
    }

    /// It ends.
    pub fn leave(&mut self) {
        self.kinds.pop();
    }

    /// The kind of a paragraph that begins here.
    pub fn paragraph_kind(&self) -> BlockKind {
        self.kinds.iter().rev().find_map(|kind| *kind).unwrap_or(BlockKind::Paragraph)
    }

    /// True while text goes into a block.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The kind of the open block.
    pub fn open_kind(&self) -> Option<BlockKind> {
        self.open.as_ref().map(|block| block.kind)
    }

    /// Opens a block.
    pub fn begin(&mut self, kind: BlockKind) {
        self.open = Some(Open { kind, text: String::new(), range: 0..0 });
    }

    /// Adds text of the author's.
    pub fn text(&mut self, file: &str, text: &str, range: &Range<usize>) {
        if self.run_range.end != range.start || self.run.is_empty() {
            self.flush(file);
            self.run_range.start = range.start;
        }
        self.run.push_str(text);
        self.run_range.end = range.end;
    }

    /// Adds something that stands in the text but is read as `text`.
    pub fn other(&mut self, file: &str, text: &str, range: &Range<usize>) {
        self.flush(file);
        self.append(text, range);
    }

    /// Passes over a footnote reference, and the space before it.
    pub fn reference(&mut self, file: &str, range: &Range<usize>) {
        self.other(file, "", range);
        if let Some(block) = &mut self.open {
            block.text.truncate(block.text.trim_end().len());
        }
    }

    /// Closes the block and tells its text and place; a block without text is not kept.
    pub fn end<'a>(&'a mut self, file: &'a str) -> Option<(&'a str, Range<usize>)> {
        self.flush(file);
        let block = self.open.take()?;
        let said = block.text.trim();
        if said.is_empty() {
            return None;
        }
        let written = file.get(block.range.clone()).unwrap_or_default();
        let (text, said) = if written.trim() == said {
            let start = block.range.start + (written.len() - written.trim_start().len());
            let range = start..start + said.len();
            (Spelling::InFile(range.clone()), &file[range])
        } else {
            let start = self.spelled.len();
            self.spelled.push_str(said);
            (Spelling::Apart(start..self.spelled.len()), &self.spelled[start..])
        };
        self.done.push(Closed { kind: block.kind, text, range: block.range.clone() });
        Some((said, block.range))
    }

    /// The blocks of a file, each with its text.
    pub fn finish(self, file: &Arc<String>) -> Vec<Block> {
        let spelled = Arc::new(self.spelled);
        let prose = |text: Spelling| match text {
            Spelling::InFile(range) => TextSlice::new(file, range),
            Spelling::Apart(range) => TextSlice::new(&spelled, range),
        };
        let mut blocks: Vec<Block> =
            self.done.into_iter().map(|Closed { kind, text, range }| Block { kind, text: prose(text), range }).collect();
        // What a growing list holds in reserve would stay in memory with each piece.
        blocks.shrink_to_fit();
        blocks
    }

    fn append(&mut self, text: &str, range: &Range<usize>) {
        if let Some(block) = &mut self.open {
            block.text.push_str(text);
            let start = if block.range.is_empty() { range.start } else { block.range.start.min(range.start) };
            block.range = start..block.range.end.max(range.end);
        }
    }

    fn flush(&mut self, file: &str) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        let range = self.run_range.clone();
        let source = file.get(range.clone()).unwrap_or_default();
        if !source.contains("[^") {
            self.append(&run, &range);
            return;
        }
        let is_escaped = is_escaped(file, range.start);
        for found in citations::citations(source) {
            if found.start > 0 || !is_escaped {
                let id = source[found.start + 2..found.end - 1].to_owned();
                self.citations.push(Spanned::new(id, range.start + found.start..range.start + found.end));
            }
        }
        // A bracket that is escaped begins a run, so that only the first character can be one.
        let (kept, rest) = run.split_at(usize::from(is_escaped && run.starts_with('[')));
        let text = format!("{kept}{}", citations::without_citations(rest));
        self.append(&text, &range);
    }
}

/// True if an odd number of backslashes stands before `at`.
pub fn is_escaped(file: &str, at: usize) -> bool {
    let before = &file.as_bytes()[..at];
    before.iter().rev().take_while(|byte| **byte == b'\\').count() % 2 == 1
}

/// Words as a reader counts them: what stands between spaces, and each word of scripts that use none.
pub fn word_count(text: &str) -> usize {
    if text.is_ascii() {
        return word_count_in_ascii(text.as_bytes());
    }
    text.split([' ', '\t', '\n', '\x0b', '\x0c', '\r'])
        .map(
            |token| {
                if token.is_ascii() {
                    usize::from(token.bytes().any(|byte| byte.is_ascii_alphanumeric()))
                } else {
                    words_beyond_ascii(token)
                }
            },
        )
        .sum()
}

/// Every body of a site is counted, so this looks at many bytes at once: what begins with a letter or a digit is a
/// word, and only where something else begins with another sign is that sign looked at by itself.
fn word_count_in_ascii(bytes: &[u8]) -> usize {
    let is_space = |byte: u8| byte == b' ' || byte.wrapping_sub(b'\t') < 5;
    let is_letter = |byte: u8| (byte | 0x20).wrapping_sub(b'a') < 26 || byte.wrapping_sub(b'0') < 10;
    let is_begun = |before: u8, byte: u8| is_space(before) & !is_space(byte);
    let Some(first) = bytes.first() else { return 0 };
    let (mut n_begun, mut n_odd) = (usize::from(!is_space(*first)), 0);
    // So many bytes that what is counted of them fits in a byte, and many counts stand side by side.
    for (before, here) in bytes.chunks(255).zip(bytes[1..].chunks(255)) {
        let pairs = || before.iter().zip(here);
        n_begun += usize::from(pairs().map(|(before, byte)| u8::from(is_begun(*before, *byte))).sum::<u8>());
        n_odd += usize::from(pairs().map(|(before, byte)| u8::from(is_begun(*before, *byte) & !is_letter(*byte))).sum::<u8>());
    }
    if n_odd == 0 && is_letter(*first) {
        return n_begun;
    }
    bytes.split(|byte| is_space(*byte)).filter(|token| token.iter().any(|byte| is_letter(*byte))).count()
}

fn words_beyond_ascii(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).map(words_in).sum()
}

fn words_in(token: &str) -> usize {
    if token.is_ascii() {
        return 1;
    }
    let is_unspaced =
        |c: char| matches!(c, '\u{e00}'..='\u{eff}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    if token.chars().any(is_unspaced) { token.unicode_words().count().max(1) } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_as_readers_do() {
        for (text, count) in [
            ("Don't re-price 3.5 % – now", 4),
            ("— …", 0),
            ("価格の理由", 5),
            ("", 0),
            ("a\u{a0}b\tc\u{85}", 3),
            ("\n– 1 ", 1),
            ("one (two) three", 3),
            (" -- a\n\nb", 2),
            ("x", 1),
        ] {
            assert_eq!(word_count(text), count, "{text}");
        }
    }
}
