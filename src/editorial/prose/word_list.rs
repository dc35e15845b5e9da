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
    /// Phrases by their first word, longest first.
    phrases: QuickMap<String, Vec<Vec<String>>>,
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
        let mut list = Self { inflection, words: QuickSet::default(), phrases: QuickMap::default() };
        for line in text.lines() {
            let entry = fold(line.split('#').next().unwrap_or_default().trim());
            let mut words: Vec<String> = entry.split_whitespace().map(|word| key(word.to_owned())).collect();
            match words.len() {
                0 => {}
                1 => list.words.extend(words.pop()),
                _ => {
                    let phrases = list.phrases.entry(words[0].clone()).or_default();
                    let longer = phrases.iter().take_while(|phrase| phrase.len() >= words.len()).count();
                    phrases.insert(longer, words);
                }
            }
        }
        list
    }

    /// True when a folded word is an entry, or an inflected form of one.
    pub fn has(&self, folded: &str) -> bool {
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
        // "Captains of industry" is an entry in the singular.
        let singular = first.folded.strip_suffix('s').filter(|_| self.inflection == Inflection::Noun);
        let phrases = self.phrases.get(&first.folded).into_iter().chain(singular.and_then(|singular| self.phrases.get(singular)));
        for phrase in phrases.flatten() {
            let rest = words[at..].iter().map(|word| &word.folded);
            if phrase.len() <= words.len() - at && rest.zip(phrase).all(|(word, part)| same(word, part)) {
                return phrase.len();
            }
        }
        usize::from(self.has(&first.folded))
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
        let nouns = WordList::nouns("company # a comment\nopportunity\nbusiness owner\n");
        assert!(nouns.has("companies") && nouns.has("company's") && !nouns.has("companion"));
        let prose = Prose::new("Every small business owners' club");
        assert_eq!(nouns.mark(&prose.words), [false, false, true, true, false]);
    }
}
