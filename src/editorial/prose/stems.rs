//! The telling words of a text, cut to their stems: what two texts are compared by.
//!
//! A stem is rough on purpose (`pricing`, `priced` and `prices` are one, and so are `renew` and
//! `renewal`): rules that compare by stems ask whether something is spoken of at all.

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

    /// Adds the stems of a text.
    pub fn add(&mut self, text: &str, ignored: Option<&WordList>) {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            let mut word = [0; PLAIN];
            while at < bytes.len() && bytes[at].is_ascii_alphanumeric() && at - start < PLAIN {
                word[at - start] = bytes[at].to_ascii_lowercase();
                at += 1;
            }
            let is_plain = bytes.get(at).is_none_or(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric());
            if !is_plain {
                at = start + self.add_unusual(&text[start..], ignored);
            } else if at == start {
                at += 1;
            } else if at - start > 1 && !ignored.is_some_and(|ignored| ignored.has(&text[start..at].to_ascii_lowercase())) {
                self.0.insert(plain_stem(&mut word, at - start));
            }
        }
    }

    /// Adds the word that a text begins with, in any letters and of any length; returns how many bytes were read.
    fn add_unusual(&mut self, text: &str, ignored: Option<&WordList>) -> usize {
        let len = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
        let mut word: String = text[..len].chars().flat_map(char::to_lowercase).collect();
        if word.chars().nth(1).is_some() && !ignored.is_some_and(|ignored| ignored.has(&word)) {
            self.0.insert(stem(&mut word));
        }
        if len > 0 { len } else { text.chars().next().map_or(1, char::len_utf8) }
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
