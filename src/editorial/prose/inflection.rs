//! The base forms that an inflected English word may come from: candidates to look up, no stemming.

/// British and American spellings of one word are one key: `organise`, `organize`; `labour`, `labor`.
pub fn key(word: &str) -> String {
    let mut key = word.replace("isation", "ization");
    for (british, american) in
        [("ise", "ize"), ("ising", "izing"), ("ised", "ized"), ("iser", "izer"), ("isers", "izers"), ("ises", "izes")]
    {
        if key.len() > british.len() + 3 && key.ends_with(british) {
            key.truncate(key.len() - british.len());
            key.push_str(american);
            break;
        }
    }
    // Not in short words: "four" is not "for".
    if key.len() > 5 {
        key = key.replace("our", "or");
    }
    key.replace("centre", "center").replace("programme", "program").replace("fulfil", "fulfill").replace("fulfilll", "fulfill")
}

/// The word itself and what it may be the plural or possessive of.
pub fn noun_bases(word: &str) -> Vec<String> {
    let word = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
    let mut bases = vec![word.to_owned()];
    if let Some(stem) = word.strip_suffix("ies") {
        bases.push(format!("{stem}y"));
    }
    if let Some(stem) = word.strip_suffix("es") {
        bases.push(stem.to_owned());
    }
    if let Some(stem) = word.strip_suffix('s').filter(|stem| stem.len() > 2 && !stem.ends_with('s')) {
        bases.push(stem.to_owned());
    }
    bases
}

/// The word itself and the verbs it may be a form of.
pub fn verb_bases(word: &str) -> Vec<String> {
    let mut bases = noun_bases(word);
    if let Some(stem) = word.strip_suffix("ied") {
        bases.push(format!("{stem}y"));
    }
    for ending in ["ing", "ed"] {
        if let Some(stem) = word.strip_suffix(ending).filter(|stem| stem.len() > 1) {
            bases.push(stem.to_owned());
            bases.push(format!("{stem}e"));
            bases.extend(without_doubled_end(stem));
        }
    }
    bases
}

/// The verb that a gerund may come from; empty when the word is none.
pub fn gerund_bases(word: &str) -> Vec<String> {
    if word.ends_with("ing") { verb_bases(word).split_off(1) } else { Vec::new() }
}

fn without_doubled_end(stem: &str) -> Option<String> {
    let mut chars = stem.chars().rev();
    let (last, before) = (chars.next()?, chars.next()?);
    (last == before).then(|| stem[..stem.len() - last.len_utf8()].to_owned())
}
