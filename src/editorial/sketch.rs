//! A text as a small sketch of its runs of five words, by which two texts are compared unread.
//!
//! Of the hashes of all runs a sketch keeps the 128 smallest. Below the smaller of two sketches' limits
//! both are complete, so the share of one's hashes there that the other has too is, but for chance, the
//! share of its runs (Broder, "On the resemblance and containment of documents", 1997).

use super::prose::runs::Run;
use super::words::Words;
use crate::editorial::prose::quick_hash::joined;
use crate::parse::{Block, BlockKind, Document};
use serde::{Deserialize, Serialize};

/// How many words a run has.
const RUN: usize = 5;
/// How many hashes a sketch keeps.
const KEPT: usize = 128;
/// Texts with fewer runs than this are too short to compare.
const SHORT: usize = 40;
/// Fewer common hashes than this may be chance.
pub const COMMON: usize = 5;
/// The share is not told from fewer hashes than this.
const COMPARED: usize = 10;

/// What is kept of a text to compare it by: the smallest hashes of its runs of words, in order.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub struct Sketch {
    smallest: Box<[u32]>,
    /// How many different runs the text has.
    runs: u32,
}

impl Sketch {
    /// Sketches the prose of a document, whose words as written are known; what it quotes is not its own.
    pub fn of(document: &Document, words: &Words) -> Self {
        let is_own = |block: &Block| block.kind != BlockKind::Quote && block.kind != BlockKind::Heading;
        let blocks = document.blocks();
        let own = blocks.iter().enumerate().filter(|(_, block)| is_own(block));
        Self::of_texts(own.map(|(idx, block)| (block.text.as_str(), words.of_block(idx))))
    }

    /// Sketches texts with their runs, in order; no run of words goes from one into the next.
    fn of_texts<'a>(texts: impl Iterator<Item = (&'a str, &'a [Run])>) -> Self {
        let mut all: Vec<u32> = Vec::new();
        let mut words: Vec<u64> = Vec::new();
        for (text, runs) in texts {
            words.clear();
            each_word_among(text, runs, |word| words.push(word));
            all.extend(words.windows(RUN).map(run_hash));
        }
        let mut hashes = sorted(all);
        hashes.dedup();
        let runs = u32::try_from(hashes.len()).unwrap_or(u32::MAX);
        hashes.truncate(KEPT);
        Self { smallest: hashes.into(), runs }
    }

    /// The hashes kept, smallest first; none for a text too short to compare.
    pub fn hashes(&self) -> &[u32] {
        if (self.runs as usize) < SHORT { &[] } else { &self.smallest }
    }

    /// The share of the shorter text that stands in the longer one, word for word, from 0 to 1; `ignored`
    /// says which hashes stand for runs that are everyone's.
    pub fn share_with(&self, other: &Self, ignored: impl Fn(u32) -> bool) -> f64 {
        let (shorter, longer) = if self.runs <= other.runs { (self, other) } else { (other, self) };
        let (Some(last), Some(longer_last)) = (shorter.hashes().last(), longer.hashes().last()) else { return 0.0 };
        // A sketch that is not full holds every run there is.
        let limit_of = |sketch: &Self, last: u32| if sketch.smallest.len() < KEPT { u32::MAX } else { last };
        let limit = limit_of(shorter, *last).min(limit_of(longer, *longer_last));
        let compared = shorter.smallest.iter().filter(|hash| **hash <= limit && !ignored(**hash));
        let (mut n_compared, mut n_common) = (0, 0);
        let mut rest = longer.smallest.iter().peekable();
        for hash in compared {
            n_compared += 1;
            while rest.next_if(|other| *other < hash).is_some() {}
            n_common += usize::from(rest.peek() == Some(&hash));
        }
        if n_compared < COMPARED || n_common < COMMON { 0.0 } else { n_common as f64 / n_compared as f64 }
    }
}

/// One hash over all words of a text, without regard to case and to what stands between them.
pub fn words_hash(text: &str) -> u64 {
    let mut hash = 0_u64;
    each_word(text, |word| hash = joined(hash, word));
    hash
}

/// Does what [`each_word`] does for a text whose runs are known: most words are one run each, with no apostrophe.
fn each_word_among(text: &str, runs: &[Run], mut take: impl FnMut(u64)) {
    let bytes = text.as_bytes();
    let mut read = 0;
    for run in runs {
        if run.end <= read {
            continue;
        }
        let is_apart = |run: &Run| match bytes.get(read..run.start) {
            Some([b' ']) => true,
            Some(between) => !between.contains(&b'\''),
            None => false,
        };
        let is_word = run.is_plain && is_apart(run) && bytes.get(run.end) != Some(&b'\'');
        if is_word {
            take(run.hash);
            read = run.end;
            continue;
        }
        let rest = &text[run.end..];
        let end = run.end + rest.find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).unwrap_or(rest.len());
        each_word(&text[read..end], &mut take);
        read = end;
    }
    each_word(&text[read..], take);
}

/// Hands on the hash of each word of a text, without regard to case and to how its apostrophes are set.
fn each_word(text: &str, mut take: impl FnMut(u64)) {
    // FNV-1a: words are short, and the mixing below spreads what it leaves close together.
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let add = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(PRIME);
    let bytes = text.as_bytes();
    let plain_at = |at: usize| bytes.get(at).map_or(0, |byte| PLAIN[usize::from(*byte)]);
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let mut hash = OFFSET;
        loop {
            let mut plain = plain_at(at);
            while plain != 0 {
                hash = add(hash, plain);
                at += 1;
                plain = plain_at(at);
            }
            if bytes.get(at).is_none_or(u8::is_ascii) {
                break;
            }
            let Some(c) = text[at..].chars().next().filter(|c| c.is_alphanumeric() || *c == '’') else { break };
            at += c.len_utf8();
            let straight = if c == '’' { '\'' } else { c };
            let mut buffer = [0; 4];
            hash = straight.to_lowercase().fold(hash, |hash, c| c.encode_utf8(&mut buffer).bytes().fold(hash, add));
        }
        if at > start {
            take(hash);
        } else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
}

/// The bytes of plain letters and digits, in lower case, and the apostrophe; 0 for all others.
static PLAIN: [u8; 256] = {
    let mut plain = [0; 256];
    let mut byte = 0;
    while byte < 128 {
        if (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'\'' {
            plain[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    plain
};

/// Puts hashes in order. They are spread evenly, so that their upper bits say where each belongs, or nearly: for the
/// thousand of a piece a third of what sorting them in general costs.
fn sorted(mut hashes: Vec<u32>) -> Vec<u32> {
    const BITS: u32 = 10;
    // In a long text too many have the same upper bits.
    if hashes.len() > 8 << BITS {
        hashes.sort_unstable();
        return hashes;
    }
    let place = |hash: u32| (hash >> (u32::BITS - BITS)) as usize;
    let mut starts = [0_usize; 1 << BITS];
    hashes.iter().for_each(|hash| starts[place(*hash)] += 1);
    let mut n_before = 0;
    for start in &mut starts {
        n_before += std::mem::replace(start, n_before);
    }
    let mut sorted = vec![0; hashes.len()];
    for hash in hashes {
        let start = &mut starts[place(hash)];
        sorted[*start] = hash;
        *start += 1;
    }
    for idx in 1..sorted.len() {
        let hash = sorted[idx];
        let mut at = idx;
        while at > 0 && sorted[at - 1] > hash {
            sorted[at] = sorted[at - 1];
            at -= 1;
        }
        sorted[at] = hash;
    }
    sorted
}

fn run_hash(words: &[u64]) -> u32 {
    let row = words.iter().fold(0, |row, word| joined(row, *word));
    // The finish of SplitMix64, so that the smallest hashes are a fair sample.
    let mixed = (row ^ (row >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::super::prose::runs::each_run;
    use super::*;

    /// A text of `n` different words from `start` on.
    fn words(start: usize, n: usize) -> String {
        (start..start + n).map(|idx| format!("w{idx} ")).collect()
    }

    fn sketch(texts: &[String]) -> Sketch {
        let runs_of = |text: &String| {
            let mut runs = Vec::new();
            each_run(text, |run| runs.push(run));
            runs
        };
        let runs: Vec<Vec<Run>> = texts.iter().map(runs_of).collect();
        Sketch::of_texts(texts.iter().zip(&runs).map(|(text, runs)| (text.as_str(), runs.as_slice())))
    }

    #[test]
    fn the_share_is_about_what_it_is() {
        for (a, b, share) in [
            (vec![words(0, 800)], vec![words(0, 800)], 1.0),
            (vec![words(0, 800)], vec![words(5000, 800)], 0.0),
            (vec![words(0, 800)], vec![words(400, 900)], 0.5),
            (vec![words(0, 300)], vec![words(0, 2000)], 1.0),
            (vec![words(0, 250), words(9000, 750)], vec![words(0, 1000)], 0.25),
            (vec![words(0, 60)], vec![words(0, 60), words(7000, 60)], 1.0),
            (vec![words(0, 20)], vec![words(0, 20)], 0.0),
        ] {
            let found = sketch(&a).share_with(&sketch(&b), |_| false);
            assert!((found - share).abs() < 0.1, "{found} for {share}");
            assert!((found - sketch(&b).share_with(&sketch(&a), |_| false)).abs() < f64::EPSILON);
        }
    }

    #[test]
    fn words_made_of_runs_are_those_of_the_text() {
        for text in
            ["The firm's own — 'tis; rock 'n' roll' ''", "naïve—no, it’s O'Neil's", "a'b'c-d", "' a", "don't’s x’", "rock'né—so it", ""]
        {
            let (mut runs, mut of_runs, mut of_text) = (Vec::new(), Vec::new(), Vec::new());
            each_run(text, |run| runs.push(run));
            each_word_among(text, &runs, |word| of_runs.push(word));
            each_word(text, |word| of_text.push(word));
            assert_eq!(of_runs, of_text, "{text}");
        }
    }

    #[test]
    fn hashes_are_put_in_order() {
        for n in [0, 1, 7, 1000, 9000] {
            let mut hashes: Vec<u32> = (0..n).map(|idx: u32| run_hash(&[u64::from(idx % 900); RUN])).collect();
            hashes.extend([0, u32::MAX, 1, 0]);
            let ordered = sorted(hashes.clone());
            hashes.sort_unstable();
            assert_eq!(ordered, hashes, "{n}");
        }
    }

    #[test]
    fn case_and_apostrophes_do_not_count() {
        let plain = format!("{} the client's own bill", words(0, 60));
        assert_eq!(sketch(&[plain.to_uppercase().replace('\'', "’")]), sketch(&[plain]));
    }
}
