//! "Did you mean": the known words nearest to one that is not known.

/// Longer words are compared by their beginnings.
const MAX_CHARS: usize = 160;
/// The most letters that may differ.
const MAX_TOLERANCE: usize = 3;

/// The known words close enough to `word` to be what was meant, best first, at most three.
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let folded = fold(word);
    // The distance is at least the difference in length: this spares most of a large site's names.
    let length = |text: &str| text.chars().count().min(MAX_CHARS);
    let n_chars = length(word);
    let mut scored: Vec<(usize, &str)> = known
        .into_iter()
        .filter(|candidate| length(candidate).abs_diff(n_chars) <= MAX_TOLERANCE)
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &fold(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= tolerance(&folded, candidate))
        .collect();
    scored.sort();
    scored.dedup();
    scored.into_iter().map(|(_, candidate)| candidate).take(3).collect()
}

/// `; did you mean \`x\`?` or nothing.
pub fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let nearest = nearest(word, known);
    let first = nearest.first()?;
    Some(format!("did you mean `{first}`?"))
}

fn fold(word: &str) -> String {
    word.chars().take(MAX_CHARS).flat_map(char::to_lowercase).map(|c| if c == '_' || c == ' ' { '-' } else { c }).collect()
}

fn tolerance(word: &str, candidate: &str) -> usize {
    match word.chars().count().min(candidate.chars().count()) {
        0..=2 => 0,
        3..=4 => 1,
        5..=8 => 2,
        _ => MAX_TOLERANCE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suggests_near_words_only() {
        let known = ["audience", "authors", "aliases", "so_what"];
        assert_eq!(nearest("audiense", known), ["audience"]);
        assert_eq!(nearest("so-what", known), ["so_what"]);
        assert_eq!(nearest("Authors", known), ["authors"]);
        assert!(nearest("zebra", known).is_empty());
    }
}
