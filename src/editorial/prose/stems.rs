//! The telling words of a text, cut to their stems: what two texts are compared by.
//!
//! A stem is rough on purpose (`pricing`, `priced` and `prices` are one, and so are `renew` and
//! `renewal`): rules that compare by stems ask whether something is spoken of at all.

use super::WordList;
use std::collections::HashSet;

/// Letters of a stem: enough to tell words apart, few enough to join the forms of one.
const WIDTH: usize = 5;

/// A set of stems. It is looked up in and counted, never iterated for output.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stems(HashSet<String>);

impl Stems {
    /// The stems of a text's words; those of `ignored` and single letters are left out.
    pub fn of(text: &str, ignored: Option<&WordList>) -> Self {
        let mut stems = Self::default();
        stems.add(text, ignored);
        stems
    }

    /// Adds the stems of a text.
    pub fn add(&mut self, text: &str, ignored: Option<&WordList>) {
        let mut word = String::new();
        for written in text.split(|c: char| !c.is_alphanumeric()).filter(|written| !written.is_empty()) {
            word.clear();
            word.extend(written.chars().flat_map(char::to_lowercase));
            let is_telling = word.chars().nth(1).is_some() && !ignored.is_some_and(|ignored| ignored.has(&word));
            if is_telling {
                cut(&mut word);
                if !self.0.contains(&word) {
                    self.0.insert(word.clone());
                }
            }
        }
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

/// Cuts a lower-case word to its stem.
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
    fn texts_are_compared_by_what_they_share() {
        let ignored = WordList::exact("the\nof\n");
        let text = Stems::of("The price of the outcome", Some(&ignored));
        assert_eq!(text.len(), 2);
        assert_eq!(text.share_in(&Stems::of("outcomes are priced", None)), 1.0);
        assert_eq!(text.likeness(&Stems::of("price, margin", None)), 1.0 / 3.0);
        assert_eq!(Stems::default().likeness(&Stems::default()), 0.0);
    }
}
