//! A list of words and phrases, read once from plain text, that knows their inflected forms.

use super::inflection::{any_gerund_base, any_noun_base, any_verb_base, key};
use super::{QuickMap, QuickSet, Word, fold};

/// How an entry of a list may be inflected and still be that entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inflection {
    /// Not at all.
    None,
    /// Plural and possessive.
    Noun,
    /// Plural, possessive, `-ing`, `-ed`.
    Verb,
}

/// A set of words and phrases. The maps are looked up in and never iterated, so their order does not matter.
#[derive(Debug, Clone)]
pub struct WordList {
    inflection: Inflection,
    words: QuickSet<String>,
    /// The bytes of the longest word.
    longest: usize,
    /// Phrases by their first word, longest first.
    phrases: QuickMap<String, Vec<Vec<String>>>,
    /// How the words begin, and the first words of the phrases: most words that are asked after are turned away by
    /// their first three letters, before a look into the maps.
    word_beginnings: Beginnings,
    phrase_beginnings: Beginnings,
}

/// The first three letters of some words, one bit for each; others may share it.
#[derive(Debug, Clone, Default)]
struct Beginnings {
    bits: [u64; Self::LEN],
    /// The first letters of words that are too short to tell what an inflected form of theirs begins with.
    short: u32,
}

impl Beginnings {
    /// 2,048 bits: the longest lists set a third of them.
    const LEN: usize = 32;

    fn add(&mut self, word: &str, inflection: Inflection) {
        let letters = first_three(word);
        match (inflection, letters) {
            (Inflection::Noun | Inflection::Verb, [first, _, 0]) => self.short |= 1 << (first & 31),
            // `Flies` is a form of `fly`, `using` of `use`.
            (Inflection::Noun | Inflection::Verb, [first, second, b'y' | b'e']) => {
                self.set([first, second, b'i']);
                self.set(letters);
            }
            (Inflection::None | Inflection::Noun | Inflection::Verb, _) => self.set(letters),
        }
    }

    fn set(&mut self, letters: [u8; 3]) {
        let (word, bit) = Self::place_of(letters);
        self.bits[word] |= bit;
    }

    /// False when a word is none of those that were added, nor a form of one.
    fn may_have(&self, word: &str) -> bool {
        let letters = first_three(word);
        let (at, bit) = Self::place_of(letters);
        self.bits[at] & bit != 0 || self.short >> (letters[0] & 31) & 1 != 0
    }

    fn place_of([first, second, third]: [u8; 3]) -> (usize, u64) {
        let letters = u32::from(first) | u32::from(second) << 8 | u32::from(third) << 16;
        let mixed = letters.wrapping_mul(0x9e37_79b1) >> 21;
        ((mixed >> 6) as usize % Self::LEN, 1 << (mixed & 63))
    }
}

/// The first three bytes of a word; 0 where it has none.
fn first_three(word: &str) -> [u8; 3] {
    match *word.as_bytes() {
        [first, second, third, ..] => [first, second, third],
        [first, second] => [first, second, 0],
        [first] => [first, 0, 0],
        [] => [0; 3],
    }
}

impl WordList {
    /// A list whose entries match as they are. One entry a line; `#` begins a comment.
    pub fn exact(text: &str) -> Self {
        Self::read(text, Inflection::None)
    }

    /// A list whose single words also match as plural or possessive.
    pub fn nouns(text: &str) -> Self {
        Self::read(text, Inflection::Noun)
    }

    /// A list whose single words also match in every form of a verb.
    pub fn verbs(text: &str) -> Self {
        Self::read(text, Inflection::Verb)
    }

    fn read(text: &str, inflection: Inflection) -> Self {
        let mut list = Self {
            inflection,
            words: QuickSet::default(),
            longest: 0,
            phrases: QuickMap::default(),
            word_beginnings: Beginnings::default(),
            phrase_beginnings: Beginnings::default(),
        };
        for line in text.lines() {
            let entry = fold(line.split('#').next().unwrap_or_default().trim());
            let mut words: Vec<String> = entry.split_whitespace().map(|word| key(word.to_owned())).collect();
            match words.len() {
                0 => {}
                1 => {
                    list.word_beginnings.add(&words[0], inflection);
                    list.longest = list.longest.max(words[0].len());
                    list.words.extend(words.pop());
                }
                _ => {
                    list.phrase_beginnings.add(&words[0], inflection);
                    let phrases = list.phrases.entry(words[0].clone()).or_default();
                    let longer = phrases.iter().take_while(|phrase| phrase.len() >= words.len()).count();
                    phrases.insert(longer, words);
                }
            }
        }
        list
    }

    /// The bytes of the longest entry of one word.
    pub fn longest(&self) -> usize {
        self.longest
    }

    /// True when a folded word is an entry, or an inflected form of one.
    pub fn has(&self, folded: &str) -> bool {
        if !self.word_beginnings.may_have(folded) {
            return false;
        }
        let is_entry = |base: &str| self.words.contains(base);
        match self.inflection {
            Inflection::None => is_entry(folded),
            Inflection::Noun => any_noun_base(folded, is_entry),
            Inflection::Verb => any_verb_base(folded, is_entry),
        }
    }

    /// True when a folded word is the `-ing` form of an entry.
    pub fn has_gerund_of(&self, folded: &str) -> bool {
        any_gerund_base(folded, |base| self.words.contains(base))
    }

    /// The number of words from `at` on that an entry covers: 0 when none does.
    pub fn covers(&self, words: &[Word], at: usize) -> usize {
        let Some(first) = words.get(at) else { return 0 };
        match self.covers_with_phrase(words, at) {
            0 => usize::from(self.has(&first.folded)),
            covered => covered,
        }
    }

    /// The number of words from `at` on that an entry of several words covers: 0 when none does.
    pub fn covers_with_phrase(&self, words: &[Word], at: usize) -> usize {
        let Some(first) = words.get(at).filter(|first| self.phrase_beginnings.may_have(&first.folded)) else { return 0 };
        // "Captains of industry" is an entry in the singular.
        let singular = first.folded.strip_suffix('s').filter(|_| self.inflection == Inflection::Noun);
        let phrases = self.phrases.get(&first.folded).into_iter().chain(singular.and_then(|singular| self.phrases.get(singular)));
        for phrase in phrases.flatten() {
            let rest = words[at..].iter().map(|word| &word.folded);
            if phrase.len() <= words.len() - at && rest.zip(phrase).all(|(word, part)| same(word, part)) {
                return phrase.len();
            }
        }
        0
    }

    /// True when an entry stands anywhere in the words.
    pub fn occurs_in(&self, words: &[Word]) -> bool {
        (0..words.len()).any(|at| self.covers(words, at) > 0)
    }

    /// For each word, whether an entry covers it.
    pub fn mark(&self, words: &[Word]) -> Vec<bool> {
        let mut marks = vec![false; words.len()];
        for at in 0..words.len() {
            let covered = self.covers(words, at);
            marks[at..at + covered].fill(true);
        }
        marks
    }
}

fn same(word: &str, part: &str) -> bool {
    word == part || any_noun_base(word, |base| base == part)
}

#[cfg(test)]
mod tests {
    use super::super::Prose;
    use super::*;

    #[test]
    fn entries_match_in_their_forms() {
        let verbs = WordList::verbs("# verbs\norganise\nplan\nset up\n");
        for word in ["organize", "organized", "organizing", "planned", "planning", "plans"] {
            assert!(verbs.has(word), "{word}");
        }
        assert!(!verbs.has("planet"));
        let verbs = WordList::verbs("use\nfly\ngo\nadd\nagree\n");
        for word in ["uses", "using", "used", "flies", "flied", "goes", "going", "go's", "adding", "added", "agreed", "agreeing"] {
            assert!(verbs.has(word), "{word}");
        }
        let nouns = WordList::nouns("company # a comment\nopportunity\nbusiness owner\n");
        assert!(nouns.has("companies") && nouns.has("company's") && !nouns.has("companion"));
        let prose = Prose::new("Every small business owners' club");
        assert_eq!(nouns.mark(&prose.words), [false, false, true, true, false]);
    }
}
