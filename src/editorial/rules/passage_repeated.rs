//! A passage that stands twice in one piece.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::body::place;
use crate::editorial::prose::QuickMap;
use crate::editorial::sketch::words_hash;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};
use crate::parse::{Block, BlockKind, Document};
use std::collections::hash_map::Entry;
use std::ops::Range;

const WORDS: RuleOption = RuleOption::count("words", 12, "How many words in a row may stand twice, less one.");

pub struct PassageRepeated;

const DOC: RuleDoc = RuleDoc {
    name: "passage-repeated",
    family: Family::Structure,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "No run of twelve words or more stands twice in a piece",
    why: "An article on high-performance marketing brings two long statements back almost word for word, in the standfirst and in the body. A \
          reader who meets a sentence again wonders what was missed, and skims from there. What is quoted, and cells of tables, are not compared.",
    bad: &[Example::markdown(
        "Good marketing creates measurable value where it is needed most and where it is best placed to create it.\n\nWe asked ten heads of \
         marketing what that means.\n\nAll of them said that marketing creates measurable value where it is needed most and where it is best \
         placed to create it.\n",
    )],
    good: &[
        Example::markdown(
            "Good marketing creates measurable value where it is needed most and where it is best placed to create it.\n\n> Marketing creates \
             measurable value where it is needed most and where it is best placed to create it.\n",
        ),
        Example::markdown("The first reader decides. The second reader decides too. The third reader does not decide.\n"),
    ],
    mend: "Keep the passage where it does its work. A pull quote goes into a block quote; a refrain that is meant can be allowed with the reason.",
};

impl Rule for PassageRepeated {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[WORDS]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let document = case.document();
        let length = case.count(&DOC, &WORDS).max(4);
        let is_own = |block: &&Block| match block.kind {
            // What another generator's templates were to make is no prose.
            BlockKind::Paragraph | BlockKind::Item => {
                !is_pulled(document, block) && !block.text.contains("{%") && !block.text.contains("{{")
            }
            BlockKind::Heading | BlockKind::Quote | BlockKind::Cell => false,
        };
        let words: Vec<Word> =
            document.blocks.iter().enumerate().filter(|(_, block)| is_own(block)).flat_map(|(idx, block)| words(idx, block)).collect();
        for (first, second) in repeats(&words, length) {
            let place = |run: &[Word]| {
                let text_range = run[0].range.start..run[run.len() - 1].range.end;
                case.place(place::in_block(document, run[0].block, &text_range))
            };
            let finding = DOC.warning(place(&words[second]), "this passage stands twice");
            findings.push(finding.note_at(place(&words[first]), "here it stands first").help("keep it where it does its work"));
        }
    }
}

/// A word: the block it is in, its hash, and its bytes in the block's text.
struct Word {
    block: usize,
    hash: u64,
    range: Range<usize>,
}

/// What stands between spaces is one word, so that an address with many parts is no passage.
fn words(block_idx: usize, block: &Block) -> Vec<Word> {
    let text = block.text.as_str();
    let mut words = Vec::with_capacity(text.len() / 5);
    let mut from = 0;
    while from < text.len() {
        let len = token_len(&text[from..]);
        let token = &text[from..from + len];
        let said = token.trim_start_matches(|c: char| !c.is_alphanumeric());
        let start = from + len - said.len();
        let end = start + said.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        if start < end {
            words.push(Word { block: block_idx, hash: words_hash(&text[start..end]), range: start..end });
        }
        from += len + text[from + len..].chars().next().map_or(0, char::len_utf8);
    }
    words
}

/// The bytes up to the next white space.
fn token_len(text: &str) -> usize {
    let plain = text.bytes().position(|byte| byte <= b' ' || byte >= 0x80);
    match plain.map(|at| (at, text.as_bytes()[at])) {
        None => text.len(),
        Some((at, b' ' | b'\n')) => at,
        Some((at, _)) => text[at..].find(char::is_whitespace).map_or(text.len(), |len| at + len),
    }
}

/// Runs of at least `length` words that have stood before, each after its first standing, as indices.
fn repeats(words: &[Word], length: usize) -> Vec<(Range<usize>, Range<usize>)> {
    /// A run's hash is the polynomial of its words' in this, so that the next run's follows from it.
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let leaving = (0..length).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0_u64;
    let mut seen: QuickMap<u64, usize> = QuickMap::with_capacity_and_hasher(words.len(), Default::default());
    // Where a run stands again, with where it stood first.
    let mut again: Vec<(usize, usize)> = Vec::new();
    for (last, word) in words.iter().enumerate() {
        hash = hash.wrapping_mul(BASE).wrapping_add(word.hash);
        let Some(at) = (last + 1).checked_sub(length) else { continue };
        if let Some(before) = at.checked_sub(1) {
            hash = hash.wrapping_sub(words[before].hash.wrapping_mul(leaving));
        }
        if words[at].block == word.block {
            match seen.entry(hash) {
                Entry::Vacant(first) => {
                    first.insert(at);
                }
                Entry::Occupied(first) => again.push((at, *first.get())),
            }
        }
    }
    let mut repeats = Vec::new();
    let mut read = 0;
    for (at, first) in again {
        if at < read || first + length > at {
            continue;
        }
        let same = |offset: &usize| {
            let (one, other) = (&words[first + offset], &words[at + offset]);
            first + offset < at && one.hash == other.hash && one.block == words[first].block && other.block == words[at].block
        };
        let n_same = (0..words.len() - at).take_while(same).count();
        if n_same >= length {
            repeats.push((first..first + n_same, at..at + n_same));
            read = at + n_same;
        }
    }
    repeats
}

/// True for what a directive pulls out of the text to show it large.
fn is_pulled(document: &Document, block: &Block) -> bool {
    let pulls =
        document.directives.iter().filter(|directive| directive.name.value.contains("pull") || directive.name.value.contains("quote"));
    pulls.filter_map(|directive| directive.content.as_ref()).any(|content| content.contains(&block.range.start))
}
