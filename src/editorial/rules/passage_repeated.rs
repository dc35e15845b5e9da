//! A passage that stands twice in one piece.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::body::place;
use crate::editorial::prose::FirstSeen;
use crate::editorial::prose::quick_hash::{GOLDEN, joined};
use crate::editorial::prose::runs::{Run, hash_of};
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};
use crate::parse::{Block, BlockKind, Document};
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
                let is_template = || block.text.contains("{%") || block.text.contains("{{");
                !(is_pulled(document, block) || block.text.contains('{') && is_template())
            }
            BlockKind::Heading | BlockKind::Quote | BlockKind::Cell => false,
        };
        let mut words: Vec<Word> = Vec::with_capacity(document.word_count);
        for (idx, block) in document.blocks().iter().enumerate().filter(|(_, block)| is_own(block)) {
            add_words(block, (idx, case.words().of_block(idx)), &mut words);
        }
        for (first, second) in repeats(&words, length) {
            let place = |run: &[Word]| {
                let text_range = run[0].start as usize..run[run.len() - 1].end as usize;
                case.place(place::in_block(document, run[0].block as usize, &text_range))
            };
            let finding = DOC.warning(place(&words[second]), "this passage stands twice");
            findings.push(finding.note_at(place(&words[first]), "here it stands first").help("keep it where it does its work"));
        }
    }
}

/// A word: the block it is in, its bytes in the block's text, and its hash.
struct Word {
    block: u32,
    start: u32,
    end: u32,
    hash: u64,
}

/// Adds the words of a block, whose runs are known: what stands between spaces is one word, so that an address with many
/// parts is no passage. A word goes from its first letter or digit to its last; neither case counts, nor how its
/// apostrophes are set, nor which other signs stand inside it.
fn add_words(block: &Block, (block_idx, runs): (usize, &[Run]), words: &mut Vec<Word>) {
    let mut joined = Joined { block: number(block_idx), open: None, between: 0, words };
    let mut at = 0;
    for run in runs {
        match &block.text.as_bytes()[at..run.start] {
            [b' '] => joined.space(),
            signs => signs.iter().for_each(|byte| joined.sign(char::from(*byte))),
        }
        if run.is_plain {
            joined.letters(run.start..run.end, run.hash);
        } else {
            joined.unusual(&block.text[run.start..run.end], run.start);
        }
        at = run.end;
    }
    joined.words.extend(joined.open);
}

/// Joins runs of letters and the signs between them to words.
struct Joined<'a> {
    block: u32,
    /// The word that has begun.
    open: Option<Word>,
    /// The signs since its last letter, two bits each: 1 for an apostrophe, 2 for others, of which the first counts.
    between: u64,
    words: &'a mut Vec<Word>,
}

impl Joined<'_> {
    fn sign(&mut self, sign: char) {
        match sign {
            ' ' => self.space(),
            '\'' | '’' => self.between = self.between << 2 | 1,
            sign if sign.is_whitespace() => self.space(),
            _ if self.between & 3 != 2 => self.between = self.between << 2 | 2,
            _ => {}
        }
    }

    fn space(&mut self) {
        self.words.extend(self.open.take());
    }

    fn letters(&mut self, range: Range<usize>, hash: u64) {
        match &mut self.open {
            None => self.open = Some(Word { block: self.block, start: number(range.start), end: number(range.end), hash }),
            Some(word) => {
                word.hash = joined(word.hash, self.between ^ hash);
                word.end = number(range.end);
            }
        }
        self.between = 0;
    }

    /// A run that begins at `start` and holds characters beyond ASCII, not all of them letters.
    fn unusual(&mut self, run: &str, start: usize) {
        let mut at = 0;
        while at < run.len() {
            let len = run[at..].find(|c: char| !c.is_alphanumeric()).unwrap_or(run.len() - at);
            if len > 0 {
                let lower: String = run[at..at + len].chars().flat_map(char::to_lowercase).collect();
                self.letters(start + at..start + at + len, hash_of(lower.bytes()));
                at += len;
            }
            if let Some(sign) = run[at..].chars().next() {
                self.sign(sign);
                at += sign.len_utf8();
            }
        }
    }
}

fn number(at: usize) -> u32 {
    u32::try_from(at).expect("a document is shorter than 4 GB")
}

/// A factor with no pattern in its bits: a run of words has as its hash the polynomial of their hashes in it, so that the
/// next run's follows from it.
const BASE: u64 = GOLDEN;

/// Runs of at least `length` words that have stood before, each after its first standing, as indices.
fn repeats(words: &[Word], length: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let leaving = (0..length).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let mut hash = 0_u64;
    let mut runs: Vec<u64> = Vec::with_capacity(words.len());
    runs.extend(words.iter().take(length).map(|word| {
        hash = hash.wrapping_mul(BASE).wrapping_add(word.hash);
        hash
    }));
    runs.extend(words.iter().skip(length).zip(words).map(|(word, before)| {
        hash = hash.wrapping_mul(BASE).wrapping_add(word.hash).wrapping_sub(before.hash.wrapping_mul(leaving));
        hash
    }));
    let mut seen = FirstSeen::with_capacity(words.len());
    // Where a run stands again, with where it stood first.
    let mut again: Vec<(usize, usize)> = Vec::new();
    for last in length - 1..words.len() {
        let at = last + 1 - length;
        if words[at].block == words[last].block {
            let first = seen.first(|last| runs[last], last) + 1 - length;
            if first < at {
                again.push((at, first));
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
