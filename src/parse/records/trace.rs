//! What a sign-off keeps of the text that it was given to: enough to tell later how much has changed,
//! without the text.
//!
//! The body leaves its smallest hashes of pairs of neighbouring words (a bottom-k sketch), the brief and
//! the body a hash each. The hashes of two texts are a fair sample of both, so what they share tells what
//! the texts share.

use super::super::Document;
use super::super::front_matter::{AudienceEntry, FrontMatter, Objective};
use crate::base::fingerprint::Fingerprint;
use crate::base::spanned::Spanned;
use crate::config::audience::AudienceSlots;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The form of the text of a trace; raised when it changes.
const VERSION: &str = "v1";
/// How many hashes are kept: the share of change is then known to about two in a hundred.
const KEPT: usize = 128;
/// Digits of the hashes of brief and body.
const HASH_DIGITS: usize = 12;
/// The letters of base 64 that are safe anywhere; four of them hold one hash of 24 bits.
const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// A text as a sign-off remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The hash of the brief's words.
    brief: String,
    /// The hash of the body's words, in order.
    body: String,
    /// How many pairs of words the body has.
    n_pairs: usize,
    /// The smallest hashes of the pairs, in order, each of 24 bits.
    smallest: Vec<u32>,
}

/// How a text differs from the one that was signed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// True if the brief says something else: title, audience, objective, so-what or guidance.
    pub brief: bool,
    /// The share of the body that is new or gone, from 0 to 1.
    pub body: f64,
}

impl Trace {
    /// What a document leaves today.
    pub fn of(document: &Document) -> Self {
        let words: Vec<String> = document.blocks().iter().flat_map(|block| words(&block.text)).collect();
        let mut seen: BTreeMap<(&str, &str), u32> = BTreeMap::new();
        let mut hashes = BTreeSet::new();
        for pair in words.windows(2) {
            let count = seen.entry((&pair[0], &pair[1])).or_default();
            *count += 1;
            let parts = [pair[0].as_bytes(), pair[1].as_bytes(), &count.to_le_bytes()];
            let hash = Fingerprint::of_parts(parts);
            let bytes = hash.as_bytes();
            hashes.insert(u32::from_be_bytes([0, bytes[0], bytes[1], bytes[2]]));
        }
        Self {
            brief: hash_of(&brief_words(&document.front)),
            body: hash_of(&words),
            n_pairs: words.len().saturating_sub(1),
            smallest: hashes.into_iter().take(KEPT).collect(),
        }
    }

    /// How a later text differs from this one.
    pub fn change_to(&self, later: &Self) -> Change {
        let brief = self.brief != later.brief;
        if self.body == later.body {
            return Change { brief, body: 0.0 };
        }
        // Below the smaller of the two limits both samples are complete.
        let limit = |trace: &Self| if trace.smallest.len() < KEPT { u32::MAX } else { trace.smallest.last().copied().unwrap_or(u32::MAX) };
        let limit = limit(self).min(limit(later));
        let below = |trace: &Self| -> BTreeSet<u32> { trace.smallest.iter().copied().filter(|hash| *hash <= limit).collect() };
        let (ours, theirs) = (below(self), below(later));
        let n_common = ours.intersection(&theirs).count() as f64;
        let n_either = ours.union(&theirs).count() as f64;
        if n_either == 0.0 {
            return Change { brief, body: 1.0 };
        }
        let likeness = n_common / n_either;
        let n_pairs = (self.n_pairs + later.n_pairs) as f64;
        let n_shared = likeness / (1.0 + likeness) * n_pairs;
        let longer = self.n_pairs.max(later.n_pairs).max(1) as f64;
        Change { brief, body: (1.0 - n_shared / longer).clamp(0.0, 1.0) }
    }

    /// Reads what [`fmt::Display`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let version = parts.next()?;
        let (brief, body) = (parts.next()?, parts.next()?);
        let n_pairs = parts.next()?.parse().ok()?;
        let letters = parts.next()?.as_bytes();
        let is_hash = |text: &str| text.len() == HASH_DIGITS && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let is_whole = version == VERSION && is_hash(brief) && is_hash(body) && letters.len().is_multiple_of(4) && parts.next().is_none();
        if !is_whole || letters.len() > 4 * KEPT {
            return None;
        }
        let digit = |letter: u8| LETTERS.iter().position(|known| *known == letter).and_then(|digit| u32::try_from(digit).ok());
        let hash = |letters: &[u8]| letters.iter().try_fold(0, |hash, letter| Some(hash << 6 | digit(*letter)?));
        let smallest: Option<Vec<u32>> = letters.chunks(4).map(hash).collect();
        let smallest = smallest.filter(|hashes| hashes.is_sorted_by(|a, b| a < b))?;
        Some(Self { brief: brief.to_owned(), body: body.to_owned(), n_pairs, smallest })
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{VERSION}.{}.{}.{}.", self.brief, self.body, self.n_pairs)?;
        for hash in &self.smallest {
            for shift in [18, 12, 6, 0] {
                write!(f, "{}", char::from(LETTERS[(hash >> shift & 63) as usize]))?;
            }
        }
        Ok(())
    }
}

/// The words of a text without regard to case.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn hash_of(words: &[String]) -> String {
    let mut hash = Fingerprint::of_parts(words.iter().map(String::as_bytes)).to_string();
    hash.truncate(HASH_DIGITS);
    hash
}

/// The words of all that a brief says to the reader and of the reader.
fn brief_words(front: &FrontMatter) -> Vec<String> {
    let mut texts: Vec<&str> = Vec::new();
    texts.extend(front.title.iter().map(|title| title.value.as_str()));
    texts.extend(front.so_what.iter().map(|so_what| so_what.value.as_str()));
    for entry in front.audience.iter().flat_map(|field| &field.value) {
        match entry {
            AudienceEntry::Id(id) => texts.push(&id.value),
            AudienceEntry::Inline(slots) => texts.extend(slot_texts(&slots.value)),
            AudienceEntry::Other(_) => {}
        }
    }
    match front.objective.as_ref().map(|field| &field.value) {
        Some(Objective::Sentence(sentence)) => texts.push(&sentence.value),
        Some(Objective::Full(slots)) => {
            let measure = slots.measure.as_ref().map(|measure| &measure.value);
            let slots = [slots.outcome.as_ref(), slots.change.as_ref()];
            let measured = measure.into_iter().flat_map(|measure| [measure.metric.as_ref(), measure.target.as_ref()]);
            texts.extend(slots.into_iter().chain(measured).flatten().map(text_of));
        }
        None => {}
    }
    for item in front.guidance.iter().flat_map(|field| &field.value) {
        let slots = [&item.deed, &item.who, &item.by, &item.done_when, &item.because];
        texts.extend(slots.into_iter().flatten().map(text_of));
    }
    texts.into_iter().flat_map(words).collect()
}

fn slot_texts(slots: &AudienceSlots) -> impl Iterator<Item = &str> {
    [&slots.role, &slots.at, &slots.situation].into_iter().flatten().map(text_of)
}

fn text_of(slot: &Spanned<String>) -> &str {
    &slot.value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::path::SourcePath;
    use crate::parse::parse;

    fn trace(so_what: &str, body: &[String]) -> Trace {
        let path = SourcePath::new("content/a.md").unwrap();
        let text = format!("---\ntitle: T\nso_what: {so_what}\n---\n\n{}\n", body.join("\n\n"));
        Trace::of(&parse(&path, text.as_bytes()))
    }

    /// Paragraphs of fifty words, each of its own.
    fn paragraphs(from: usize, to: usize) -> Vec<String> {
        (from..to).map(|idx| (0..50).map(|word| format!("w{idx}x{word} ")).collect()).collect()
    }

    #[test]
    fn the_share_of_change_is_about_what_it_is() {
        let old = trace("S", &paragraphs(0, 40));
        let replaced = |n: usize| trace("S", &[paragraphs(0, 40 - n), paragraphs(100, 100 + n)].concat());
        for (later, share) in [
            (replaced(0), 0.0),
            (replaced(4), 0.1),
            (replaced(10), 0.25),
            (replaced(40), 1.0),
            (trace("S", &paragraphs(0, 30)), 0.25),
            (trace("S", &paragraphs(0, 80)), 0.5),
            (trace("S", &[]), 1.0),
        ] {
            let change = old.change_to(&later);
            assert!((change.body - share).abs() < 0.05 && !change.brief, "{change:?} for {share}");
            assert!((later.change_to(&old).body - share).abs() < 0.05);
        }
    }

    #[test]
    fn layout_is_no_change_and_a_word_of_the_brief_is() {
        let old = trace("What it means", &["One two **three**, four.".to_owned(), "Five".to_owned()]);
        let same = trace("\"what it means\"", &["One\ntwo three four".to_owned(), "Five.".to_owned()]);
        assert_eq!(old.change_to(&same), Change { brief: false, body: 0.0 });
        assert!(old.change_to(&trace("What this means", &["One two three, four.".to_owned(), "Five".to_owned()])).brief);
    }

    #[test]
    fn a_trace_is_read_as_it_was_written() {
        for body in [paragraphs(0, 40), paragraphs(0, 1), Vec::new()] {
            let trace = trace("S", &body);
            assert_eq!(Trace::parse(&trace.to_string()), Some(trace));
        }
        for text in [
            "",
            "v1",
            "v2.0123456789ab.0123456789ab.0.",
            "v1.0123456789ab.0123456789ab.0.AAA",
            "v1.x.y.0.",
            "v1.0123456789ab.0123456789ab.2.ZZZZAAAA",
        ] {
            assert_eq!(Trace::parse(text), None, "{text}");
        }
    }
}
