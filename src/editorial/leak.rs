//! The proof that the text of gated pieces stands nowhere in the output.
//!
//! Eight words in a row of a gated body in any output are a leak. Outputs are read as words alone:
//! tags, entities and escapes are taken off, and the words inside tags, comments and scripts are read
//! as well. Without gated pieces nothing is read.

use super::docs::leaks::GATE_BODY_LEAK;
use super::prose::visible;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::OutputPath;
use crate::editorial::prose::quick_hash::joined;
use crate::editorial::prose::runs::hash_of;
use crate::parse::Document;
use crate::parse::front_matter::{FrontMatter, Objective};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many words in a row are a leak.
const RUN: usize = 8;

/// The gated bodies of a site, ready to be looked for.
#[derive(Debug, Default)]
pub struct LeakGuard {
    bodies: Vec<Body>,
    /// Hashes of the runs that may not appear, with where one of them stands.
    runs: HashMap<u64, Vec<(usize, usize)>>,
    /// A bit for each hash of a run: most words of an output are past with a look at one.
    marks: Vec<u64>,
    /// What of the gated bodies the site says everywhere.
    said_everywhere: Fingerprint,
}

/// How many bits of a hash choose its mark: a thousand gated pages still leave most marks unset.
const MARK_BITS: u32 = 22;

/// A paragraph that stands in so many open pages is no part of what is gated.
const MIN_OPEN_PAGES: usize = 3;

#[derive(Debug)]
struct Body {
    place: Place,
    words: Vec<String>,
}

impl LeakGuard {
    /// Takes the gated pieces. What they say in the open — title, so-what, guidance, abstract,
    /// description, sources — is no leak where the body repeats it.
    pub fn new<'a>(gated: impl Iterator<Item = &'a Document>) -> Self {
        Self::with_open_pages(gated, std::iter::empty())
    }

    /// Takes the gated pieces and the open ones: a whole paragraph that stands in three of those too, such
    /// as a disclaimer, is what the site says everywhere.
    pub fn with_open_pages<'a>(gated: impl Iterator<Item = &'a Document>, open: impl Iterator<Item = &'a Document>) -> Self {
        let gated: Vec<&Document> = gated.collect();
        let mut guard = Self::default();
        if gated.is_empty() {
            return guard;
        }
        let words = |document: &Document| -> Vec<Vec<String>> { document.blocks().iter().map(|block| words_of(&block.text)).collect() };
        // Of the open pages only what gated ones say too is kept: all of it would be the whole site once more.
        let gated_blocks: BTreeSet<Vec<String>> = gated.iter().flat_map(|document| words(document)).collect();
        let open: Vec<&Document> = open.collect();
        let said_by_both = |document: &&Document| words(document).into_iter().filter(|words| gated_blocks.contains(words)).collect();
        let said_openly: Vec<BTreeSet<Vec<String>>> = open.par_iter().map(said_by_both).collect();
        let mut n_pages: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for words in said_openly.into_iter().flatten() {
            *n_pages.entry(words).or_default() += 1;
        }
        let open_blocks: BTreeSet<Vec<String>> =
            n_pages.into_iter().filter(|(_, n)| *n >= MIN_OPEN_PAGES).map(|(words, _)| words).collect();
        for document in gated {
            guard.add(document, &open_blocks);
        }
        let words = |block: &Vec<String>| block.join(" ").into_bytes();
        let said_everywhere: Vec<Vec<u8>> = open_blocks.iter().map(words).collect();
        guard.said_everywhere = Fingerprint::of_parts(said_everywhere.iter().map(Vec::as_slice));
        guard
    }

    fn add(&mut self, document: &Document, open_blocks: &BTreeSet<Vec<String>>) {
        let said_openly: Vec<Vec<String>> = public_texts(&document.front).into_iter().map(words_of).collect();
        let public: BTreeSet<&[String]> = said_openly.iter().flat_map(|words| words.windows(RUN)).collect();
        let blocks = document.blocks();
        let blocks = blocks.iter().map(|block| words_of(&block.text)).filter(|words| !open_blocks.contains(words));
        let body = Body { place: Place::new(&document.path, document.body.clone()), words: blocks.flatten().collect() };
        for (at, run) in body.words.windows(RUN).enumerate() {
            if !public.contains(run) {
                let hash = combined(run.iter().map(|word| hash_word(word)));
                self.runs.entry(hash).or_default().push((self.bodies.len(), at));
                self.marks.resize(1 << (MARK_BITS - 6), 0);
                let (slot, bit) = mark_of(hash);
                self.marks[slot] |= bit;
            }
        }
        self.bodies.push(body);
    }

    /// The hash of what gated bodies may say because the site says it everywhere: with another one, outputs that were
    /// found clean may be so no longer.
    pub fn said_everywhere(&self) -> Fingerprint {
        self.said_everywhere
    }

    /// The finding for an output that holds a run of a gated body. Bytes that are no text hold none.
    pub fn check(&self, output: &OutputPath, bytes: &[u8]) -> Option<Diagnostic> {
        if self.runs.is_empty() {
            return None;
        }
        let text = plain(std::str::from_utf8(bytes).ok()?);
        let (body, at) = self.find(&without_tags(&text)).or_else(|| self.find(&text))?;
        let words = body.words[at..at + RUN].join(" ");
        let message = format!("the text of this gated piece stands in `{output}`: `{words} …`");
        let place = Place { end: body.place.start, ..body.place.clone() };
        let help =
            "a static host cannot guard a page: take the text out of the template, page or file that made this output, or take `gate` out";
        Some(GATE_BODY_LEAK.error(place, message).help(help))
    }

    /// A run of a gated body in a text, compared word by word once its hash is met.
    fn find(&self, text: &str) -> Option<(&Body, usize)> {
        let mut recent = Recent::default();
        let mut found = None;
        each_word(text, |word| {
            recent.push(word);
            if found.is_none() {
                found = self.run_that_is(&recent);
            }
        });
        found
    }

    fn run_that_is(&self, recent: &Recent) -> Option<(&Body, usize)> {
        let hash = combined(recent.hashes());
        let (slot, bit) = mark_of(hash);
        if self.marks[slot] & bit == 0 {
            return None;
        }
        let same = |(body, at): &&(usize, usize)| recent.words().eq(self.bodies[*body].words[*at..*at + RUN].iter().map(String::as_str));
        let (body, at) = self.runs.get(&hash)?.iter().find(same)?;
        Some((&self.bodies[*body], *at))
    }
}

/// The last words read, in a ring whose strings are used again: an output has thousands of words.
#[derive(Default)]
struct Recent {
    ring: [(String, u64); RUN],
    /// The place of the oldest word.
    oldest: usize,
}

impl Recent {
    fn push(&mut self, word: &str) {
        let (text, hash) = &mut self.ring[self.oldest];
        text.clear();
        text.push_str(word);
        *hash = hash_word(word);
        self.oldest = (self.oldest + 1) % RUN;
    }

    fn in_order(&self) -> impl Iterator<Item = &(String, u64)> {
        self.ring[self.oldest..].iter().chain(&self.ring[..self.oldest])
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.in_order().map(|(word, _)| word.as_str())
    }

    fn hashes(&self) -> impl Iterator<Item = u64> {
        self.in_order().map(|(_, hash)| *hash)
    }
}

/// What a gated page shows of its brief.
fn public_texts(front: &FrontMatter) -> Vec<&str> {
    let mut texts: Vec<&str> = Vec::new();
    for field in
        [front.title.as_ref(), front.description.as_ref(), front.so_what.as_ref(), front.image_alt.as_deref()].into_iter().flatten()
    {
        texts.push(&field.value);
    }
    for item in front.guidance.iter().flat_map(|field| &field.value) {
        let slots = [&item.deed, &item.who, &item.by, &item.done_when, &item.because];
        texts.extend(slots.into_iter().flatten().map(|slot| slot.value.as_str()));
    }
    if let Some(gate) = &front.gate {
        texts.extend([&gate.value.reason, &gate.value.summary].into_iter().flatten().map(|slot| slot.value.as_str()));
    }
    if let Some(Objective::Full(slots)) = front.objective.as_ref().map(|field| &field.value) {
        texts.extend(slots.change.as_ref().map(|slot| slot.value.as_str()));
    }
    for source in front.sources.iter().flat_map(|field| &field.value) {
        texts.extend([&source.title, &source.publisher, &source.population].into_iter().flatten().map(|slot| slot.value.as_str()));
    }
    texts.extend(front.corrections.iter().flat_map(|field| &field.value).map(|correction| correction.note.value.as_str()));
    texts
}

/// The words of a text, folded, apostrophes and hyphens cutting them, so that typography does not matter.
pub fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(text, |word| words.push(word.to_owned()));
    words
}

/// Tells the words of a text one after the other. What stands between white space is folded by itself, so
/// that a sentence gives the same words whatever stands around it.
fn each_word(text: &str, mut tell: impl FnMut(&str)) {
    let mut folded = String::new();
    for part in text.split_whitespace() {
        if part.is_ascii() {
            folded.clear();
            folded.push_str(part);
            folded.make_ascii_lowercase();
        } else {
            folded = visible(part).to_lowercase();
        }
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).for_each(&mut tell);
    }
}

/// A run that only looks alike is found out by comparing it.
fn hash_word(word: &str) -> u64 {
    hash_of(word.bytes())
}

fn combined(hashes: impl Iterator<Item = u64>) -> u64 {
    hashes.fold(0, joined)
}

/// Which bit stands for a hash: its highest bits, which the multiplication stirs best.
fn mark_of(hash: u64) -> (usize, u64) {
    let mark = hash >> (u64::BITS - MARK_BITS);
    ((mark >> 6) as usize, 1 << (mark & 63))
}

/// A text with JSON escapes and entities decoded, entities twice, for feeds hold escaped HTML.
fn plain(text: &str) -> Cow<'_, str> {
    let mut decoded = if text.contains('\\') { Cow::Owned(without_escapes(text)) } else { Cow::Borrowed(text) };
    for _ in 0..2 {
        if !decoded.contains('&') {
            break;
        }
        decoded = Cow::Owned(without_entities(&decoded));
    }
    decoded
}

/// `\n` and its like are spaces, `\u00e9` is its character, `\"` is the sign.
fn without_escapes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        plain.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let code = after.strip_prefix('u').and_then(|code| code.get(..4)).and_then(|code| u32::from_str_radix(code, 16).ok());
        rest = match (code.and_then(char::from_u32), after.chars().next()) {
            (Some(c), _) => {
                plain.push(c);
                &after[5..]
            }
            (None, Some(c)) => {
                plain.push(if matches!(c, '"' | '/' | '\\' | '\'') { c } else { ' ' });
                &after[c.len_utf8()..]
            }
            (None, None) => after,
        };
    }
    plain.push_str(rest);
    plain
}

/// Character references become their characters; names that are not known become spaces.
fn without_entities(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let end = after.as_bytes().iter().take(12).position(|byte| *byte == b';');
        let reference =
            end.map(|end| &after[..end]).filter(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#'));
        match reference {
            Some(name) => {
                plain.push(character(name));
                rest = &after[name.len() + 1..];
            }
            None => {
                plain.push('&');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

fn character(name: &str) -> char {
    let number = name.strip_prefix('#').and_then(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => digits.parse().ok(),
    });
    match name {
        "lt" => '<',
        "gt" => '>',
        "amp" => '&',
        "quot" => '"',
        "apos" => '\'',
        _ => number.and_then(char::from_u32).unwrap_or(' '),
    }
}

/// A text without its tags and comments: inline tags join what they stand in.
fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        plain.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        match after.find('>').filter(|_| is_tag) {
            Some(end) => {
                plain.push_str(if is_inline(&after[..end]) { "" } else { " " });
                rest = &after[end + 1..];
            }
            None => {
                plain.push(' ');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

/// Tags that can stand inside a word.
fn is_inline(tag: &str) -> bool {
    let name = tag.trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    matches!(name, "em" | "strong" | "b" | "i" | "span" | "mark" | "wbr" | "u" | "s" | "small")
}

#[cfg(test)]
mod tests {
    use super::super::testing::Fixture;
    use super::*;

    const GATED: &str =
        "so_what: The meter on the wall was read twice a year by a man.\ngate: { reason: The survey partner holds the data until then }\n";

    fn leaks(output: &str) -> bool {
        let fixture = Fixture::default();
        let document = fixture.document("gate: { reason: The survey partner holds the data until then }\n");
        let guard = LeakGuard::new([&document].into_iter());
        guard.check(&OutputPath::new("a/index.html").unwrap(), output.as_bytes()).is_some()
    }

    #[test]
    fn a_run_of_eight_words_is_found_in_any_dress() {
        for output in [
            "read twice a year by a man who",
            "<p>READ <em>twice</em> a <a href=\"/x/\">year</a> by a man who</p>",
            "<p>re<b>ad</b> twice a year<br>by&nbsp;a man&#32;who never</p>",
            "{\"content_html\":\"<p>read twice a\\nyear by a m\\u0061n who<\\/p>\"}",
            "<content type=\"html\">&lt;p&gt;read &lt;em&gt;twice&lt;/em&gt; a year by a man who</content>",
            "&lt;p&gt;read twice &amp;amp; a year by a man who",
            "<meta name=\"description\" content=\"read twice a year by a man who\">",
            "<!-- read twice a year by a man who -->",
            "read tw\u{ad}ice a year — by a man who",
        ] {
            assert!(leaks(output), "{output}");
        }
        for output in ["read twice a year by a woman who never spoke", "<p>read twice a year by a man</p>", "", "a < b > c"] {
            assert!(!leaks(output), "{output}");
        }
    }

    #[test]
    fn a_run_is_found_whatever_stands_around_it() {
        let fixture = Fixture::default();
        let body = "Главные бухгалтеры заводов ведут учёт расходов вручную каждый месяц и сами";
        let document = fixture.file(&format!("---\n{GATED}---\n{body}\n"));
        let guard = LeakGuard::new([&document].into_iter());
        let output = format!("<p>A long sentence in Latin letters, longer than all the others by far.</p> <p>{body}</p> and so on and on");
        assert!(guard.check(&OutputPath::new("a/index.html").unwrap(), output.as_bytes()).is_some());
    }

    #[test]
    fn what_is_said_in_the_open_is_no_leak() {
        let fixture = Fixture::default();
        let document = fixture.document(GATED);
        let guard = LeakGuard::new([&document].into_iter());
        let path = OutputPath::new("a/index.html").unwrap();
        assert!(guard.check(&path, b"The meter on the wall was read twice a year by a man").is_none());
        assert!(guard.check(&path, b"by a man who never spoke to the finance office").is_some());
        let open = fixture.document("");
        let leaks = |n_open: usize| {
            let guard = LeakGuard::with_open_pages([&document].into_iter(), vec![&open; n_open].into_iter());
            guard.check(&path, b"by a man who never spoke to the finance office").is_some()
        };
        assert!(leaks(1) && leaks(MIN_OPEN_PAGES - 1), "a paragraph that was pasted into an open page");
        assert!(!leaks(MIN_OPEN_PAGES), "a paragraph that the site says everywhere");
        assert!(LeakGuard::new(std::iter::empty()).check(&path, b"by a man who never spoke to the finance office").is_none());
        assert!(LeakGuard::new([&document].into_iter()).check(&path, &[0xff, 0xfe]).is_none(), "no text");
    }
}
