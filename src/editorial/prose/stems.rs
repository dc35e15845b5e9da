//! The telling words of a text, cut to their stems: what two texts are compared by.
//!
//! A stem is rough on purpose (`pricing`, `priced` and `prices` are one, and so are `renew` and
//! `renewal`): rules that compare by stems ask whether something is spoken of at all.

use super::runs::{Run, each_run};
use super::{QuickSet, WordList};

/// Letters of a stem: enough to tell words apart, few enough to join the forms of one.
const WIDTH: usize = 5;
/// Letters of a word that is cut without a string: hardly any is longer.
const PLAIN: usize = 24;
/// Bits of a letter.
const LETTER: u32 = 21;

/// A stem: its letters side by side in one number, so that a set of them owns no strings.
type Stem = u128;

/// A set of stems. It is looked up in and counted, never iterated for output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stems(QuickSet<Stem>);

impl Stems {
    /// The stems of a text's words; those of `ignored` and single letters are left out.
    pub fn of(text: &str, ignored: Option<&WordList>) -> Self {
        let mut stems = Self::default();
        stems.add(text, ignored);
        stems
    }

    /// Adds those of another text.
    pub fn extend(&mut self, other: &Self) {
        self.0.extend(&other.0);
    }

    /// Adds the stems of a text.
    fn add(&mut self, text: &str, ignored: Option<&WordList>) {
        let is_ignored = |word: &str| ignored.is_some_and(|ignored| ignored.has(word));
        each_word(text, |word| match word {
            Spelled::Plain(word) => {
                let mut lower = in_lower_case(word);
                let is_ignored = std::str::from_utf8(&lower[..word.len()]).is_ok_and(is_ignored);
                if word.len() > 1 && !is_ignored {
                    self.0.insert(plain_stem(&mut lower, word.len()));
                }
            }
            Spelled::Unusual(word) => {
                let mut word = lower_case(word);
                if word.chars().nth(1).is_some() && !is_ignored(&word) {
                    self.0.insert(stem(&mut word));
                }
            }
        });
    }

    /// Those of these stems that stand in some texts too, each with its runs.
    ///
    /// A body has a thousand words and more, of which rules ask after some fifty: most are turned away by their
    /// first three letters, before they are cut to a stem.
    pub fn found_in<'a>(&self, texts: impl Iterator<Item = (&'a str, &'a [Run])>) -> Self {
        let beginnings = Beginnings::of(self);
        let mut found = Self::default();
        let mut look_up = |stem: Stem| {
            if self.0.contains(&stem) {
                found.0.insert(stem);
            }
        };
        // What a text is about it says again and again: the hashes of words that were looked up already.
        let mut known = [0; 256];
        let mut take = |word: Spelled<'_>| match word {
            Spelled::Plain(word) => look_up(plain_stem(&mut in_lower_case(word), word.len())),
            Spelled::Unusual(word) if word.chars().nth(1).is_none() => {}
            Spelled::Unusual(word) => look_up(stem(&mut lower_case(word))),
        };
        for (text, runs) in texts {
            for run in runs {
                if !run.is_plain || run.end - run.start > PLAIN {
                    each_word(&text[run.start..run.end], &mut take);
                    continue;
                }
                let word = &text.as_bytes()[run.start..run.end];
                let known = &mut known[run.hash as usize % 256];
                if word.len() > 1 && beginnings.may_have(word) && *known != run.hash {
                    *known = run.hash;
                    take(Spelled::Plain(word));
                }
            }
        }
        found
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when no word tells anything.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The share of these stems that also stand in `other`; 1 when there are none.
    pub fn share_in(&self, other: &Self) -> f64 {
        if self.is_empty() { 1.0 } else { self.common(other) / self.len() as f64 }
    }

    /// How alike two sets are: what they share of all they have (Jaccard); 0 when both are empty.
    pub fn likeness(&self, other: &Self) -> f64 {
        let common = self.common(other);
        let all = self.len() as f64 + other.len() as f64 - common;
        if all == 0.0 { 0.0 } else { common / all }
    }

    fn common(&self, other: &Self) -> f64 {
        self.0.intersection(&other.0).count() as f64
    }
}

/// A word as a text spells it.
enum Spelled<'a> {
    /// In plain letters and digits, and not too long to be cut without a string.
    Plain(&'a [u8]),
    /// In any letters and of any length.
    Unusual(&'a str),
}

/// Hands on the runs of letters and digits of a text, in order.
fn each_word<'a>(text: &'a str, mut take: impl FnMut(Spelled<'a>)) {
    each_run(text, |run| {
        let words = &text[run.start..run.end];
        if run.is_plain && words.len() <= PLAIN {
            return take(Spelled::Plain(words.as_bytes()));
        }
        for word in words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            take(if word.is_ascii() && word.len() <= PLAIN { Spelled::Plain(word.as_bytes()) } else { Spelled::Unusual(word) });
        }
    });
}

fn lower_case(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).collect()
}

fn in_lower_case(word: &[u8]) -> [u8; PLAIN] {
    let mut lower = [0; PLAIN];
    for (to, from) in lower.iter_mut().zip(word) {
        *to = from.to_ascii_lowercase();
    }
    lower
}

/// The first three letters of stems: for each pair of letters, one bit for each third one.
struct Beginnings(Box<[u32; 1 << 10]>);

impl Beginnings {
    fn of(stems: &Stems) -> Self {
        let mut beginnings = Self(Box::new([0; 1 << 10]));
        stems.0.iter().for_each(|stem| beginnings.add(*stem));
        beginnings
    }

    fn add(&mut self, stem: Stem) {
        let n_letters = (Stem::BITS - stem.leading_zeros()).div_ceil(LETTER);
        let letter = |idx: u32| n_letters.checked_sub(idx + 1).map(|after| (stem >> (after * LETTER)) as u32 & ((1 << LETTER) - 1));
        // Words of plain letters have no other stems.
        let (Some(Ok(first)), Some(Ok(second))) = (letter(0).map(u8::try_from), letter(1).map(u8::try_from)) else { return };
        let third = match letter(2).map(u8::try_from) {
            // `adding` is cut to `ad`.
            None => u32::MAX,
            // `flies` is cut to `fly`.
            Some(Ok(b'y')) => bit(b'y') | bit(b'i'),
            Some(Ok(third)) => bit(third),
            Some(Err(_)) => return,
        };
        self.0[pair(first, second)] |= third;
    }

    /// Whether a word in plain letters may have one of the stems.
    fn may_have(&self, word: &[u8]) -> bool {
        let [first, second, rest @ ..] = word else { return false };
        self.0[pair(*first, *second)] & rest.first().map_or(u32::MAX, |third| bit(*third)) != 0
    }
}

/// Where the third letters after two others are: case does not count, and digits may be taken for letters.
fn pair(first: u8, second: u8) -> usize {
    usize::from(first & 31) << 5 | usize::from(second & 31)
}

fn bit(letter: u8) -> u32 {
    1 << (letter & 31)
}

/// The stem of a lower-case word in plain letters: what [`cut`] does, without a string.
fn plain_stem(word: &mut [u8; PLAIN], mut len: usize) -> Stem {
    match &word[..len] {
        [_, _, .., b'i', b'e', b's'] => {
            len -= 2;
            word[len - 1] = b'y';
        }
        [_, _, .., before, b's'] if *before != b's' => len -= 1,
        _ => {}
    }
    let n_ending = match &word[..len] {
        [_, _, _, .., b'i', b'n', b'g'] => 3,
        [_, _, _, .., b'e', b'd'] | [_, _, _, .., b'l', b'y'] => 2,
        _ => 0,
    };
    len -= n_ending;
    if n_ending > 0 && word[len - 1] == word[len - 2] {
        len -= 1;
    }
    if len > 3 && word[len - 1] == b'e' {
        len -= 1;
    }
    word[..len.min(WIDTH)].iter().fold(0, |stem, letter| stem << LETTER | Stem::from(*letter))
}

/// The stem of a lower-case word.
fn stem(word: &mut String) -> Stem {
    cut(word);
    word.chars().fold(0, |stem, c| stem << LETTER | Stem::from(u32::from(c)))
}

/// Cuts a lower-case word to the letters of its stem.
fn cut(word: &mut String) {
    let n_chars = word.chars().count();
    if n_chars > 4 && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if n_chars > 3 && word.ends_with('s') && !word.ends_with("ss") {
        word.pop();
    }
    for ending in ["ing", "ed", "ly"] {
        if word.len() > ending.len() + 2 && word.ends_with(ending) {
            word.truncate(word.len() - ending.len());
            let mut last = word.chars().rev();
            if last.next().is_some_and(|end| last.next() == Some(end)) {
                word.pop();
            }
            break;
        }
    }
    if word.len() > 3 && word.ends_with('e') {
        word.pop();
    }
    if let Some((end, _)) = word.char_indices().nth(WIDTH) {
        word.truncate(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_have_one_stem() {
        for (one, other) in [
            ("pricing priced", "prices price"),
            ("renewal", "renew"),
            ("Companies’", "company"),
            ("planning", "plans"),
            ("organise", "organize"),
            ("recommendations", "recommends"),
        ] {
            assert_eq!(Stems::of(one, None), Stems::of(other, None), "{one}");
        }
        assert_ne!(Stems::of("price", None), Stems::of("press", None));
    }

    #[test]
    fn the_short_way_leads_to_the_same_stems() {
        let words = "pricing priced prices renewal companies ties lies dies flies as is bus boss ss gas ing ring string planning plan planned \
                     ed red bed added adding fly lily really wholly only see fee free freed being be tee e2e a1 1990s families ally allies eeing";
        for word in words.split_whitespace() {
            let mut plain = [0; PLAIN];
            plain[..word.len()].copy_from_slice(word.as_bytes());
            assert_eq!(plain_stem(&mut plain, word.len()), stem(&mut word.to_owned()), "{word}");
        }
        assert_eq!(Stems::of("Ärzte’s über-ärzte naïve", None).len(), 3);
        for word in
            words.split_whitespace().chain(["Ärzte", "naïve", "ADDING", "a-street-that-no-map-has", "Donaudampfschifffahrtsgesellschaft"])
        {
            let asked = Stems::of(word, None);
            let found_in = |text: &str| {
                let mut runs = Vec::new();
                each_run(text, |run| runs.push(run));
                asked.found_in([(text, runs.as_slice())].into_iter())
            };
            assert_eq!(found_in(&format!("the {word} of it")), asked, "{word}");
            assert!(found_in("the, of it").is_empty(), "{word}");
        }
    }

    #[test]
    fn texts_are_compared_by_what_they_share() {
        let ignored = WordList::exact("the\nof\n");
        let text = Stems::of("The price of the outcome", Some(&ignored));
        assert_eq!(text.len(), 2);
        assert_eq!(text.share_in(&Stems::of("outcomes are priced", None)), 1.0);
        assert_eq!(text.likeness(&Stems::of("price, margin", None)), 1.0 / 3.0);
        assert_eq!(Stems::default().likeness(&Stems::default()), 0.0);
    }
}
