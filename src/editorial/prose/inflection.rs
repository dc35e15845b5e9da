//! The base forms that an inflected English word may come from: candidates to look up, no stemming.

/// British and American spellings of one word are one key: `organise`, `organize`; `labour`, `labor`.
pub fn key(word: String) -> String {
    /// Endings that differ; the longest first.
    const ENDINGS: [(&str, &str); 6] =
        [("isers", "izers"), ("ising", "izing"), ("ised", "ized"), ("iser", "izer"), ("ises", "izes"), ("ise", "ize")];
    /// Other spellings that differ.
    const SPELLINGS: [(&str, &str); 4] = [("isation", "ization"), ("centre", "center"), ("programme", "program"), ("fulfill", "fulfil")];
    // None of them is in a shorter word: "four" is not "for".
    if word.len() < 6 {
        return word;
    }
    let mut key = word;
    if let Some((british, american)) = ENDINGS.iter().find(|(british, _)| key.len() > british.len() + 3 && key.ends_with(british)) {
        key.truncate(key.len() - british.len());
        key.push_str(american);
    }
    for (british, american) in SPELLINGS {
        if stands_in(&key, british) {
            key = key.replace(british, american);
        }
    }
    if key.len() > 5 && stands_in(&key, "our") {
        key = key.replace("our", "or");
    }
    key
}

/// Whether a word has a part: for words this is quicker than the search that the library makes ready for texts.
fn stands_in(word: &str, part: &str) -> bool {
    let (word, part) = (word.as_bytes(), part.as_bytes());
    word.len() >= part.len() && word.windows(part.len()).any(|here| here[0] == part[0] && here == part)
}

/// A word without its possessive ending.
pub fn without_possessive(word: &str) -> &str {
    word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word)
}

/// Whether what a word may be the plural or possessive of, or the word itself, is known.
pub fn any_noun_base(word: &str, mut is_known: impl FnMut(&str) -> bool) -> bool {
    let word = without_possessive(word);
    if is_known(word) {
        return true;
    }
    let Some(stem) = word.strip_suffix('s') else { return false };
    (stem.len() > 2 && !stem.ends_with('s') && is_known(stem))
        || stem.strip_suffix('e').is_some_and(&mut is_known)
        || stem.strip_suffix("ie").is_some_and(|stem| is_known(&format!("{stem}y")))
}

/// Whether a verb that a word may be a form of, or the word itself, is known.
pub fn any_verb_base(word: &str, mut is_known: impl FnMut(&str) -> bool) -> bool {
    any_noun_base(word, &mut is_known)
        || word.strip_suffix("ied").is_some_and(|stem| is_known(&format!("{stem}y")))
        || word.strip_suffix("ed").is_some_and(|stem| any_stem(stem, &mut is_known))
        || any_gerund_base(word, is_known)
}

/// Whether the verb that a gerund may come from is known; false when the word is no gerund.
pub fn any_gerund_base(word: &str, is_known: impl FnMut(&str) -> bool) -> bool {
    word.strip_suffix("ing").is_some_and(|stem| any_stem(stem, is_known))
}

/// `ask` from `ask-ed`, `move` from `mov-ed`, `plan` from `plann-ed`.
fn any_stem(stem: &str, mut is_known: impl FnMut(&str) -> bool) -> bool {
    let mut last = stem.chars().rev();
    let doubled = last.next().filter(|end| last.next() == Some(*end));
    stem.len() > 1
        && (is_known(stem) || is_known(&format!("{stem}e")) || doubled.is_some_and(|end| is_known(&stem[..stem.len() - end.len_utf8()])))
}
