//! The only code that makes URL segments and heading anchors out of words.

use unicode_normalization::UnicodeNormalization;

/// The longest slug made, in bytes: a file name may hold 255.
const MAX_LEN: usize = 120;

/// Makes a URL segment: lower case, letters and digits of any script kept, all else one hyphen.
///
/// Latin letters lose their accents (`é` → `e`, `ß` → `ss`), as readers type them. Empty when the
/// text holds no letter or digit.
///
/// ```
/// assert_eq!(sowhat::base::slug::slugify("Price the Outcome, not the hour!"), "price-the-outcome-not-the-hour");
/// assert_eq!(sowhat::base::slug::slugify("Œuvre à l’été"), "oeuvre-a-l-ete");
/// ```
pub fn slugify(text: &str) -> String {
    if text.is_ascii() {
        return slugify_ascii(text);
    }
    let mut slug = String::new();
    for c in text.nfd().flat_map(char::to_lowercase) {
        if slug.len() >= MAX_LEN {
            break;
        }
        if let Some(folded) = fold_latin(c) {
            slug.push_str(folded);
        } else if is_latin_mark(c, &slug) {
            // An accent over a Latin letter is dropped; marks of other scripts carry meaning.
        } else if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_end_matches('-').nfc().collect();
    slug
}

/// The same, with the letters that a language writes out: `ä` is `ae` in German, `å` is `aa` in Danish.
///
/// ```
/// assert_eq!(sowhat::base::slug::slugify_in("de-CH", "Künstliche Größe"), "kuenstliche-groesse");
/// assert_eq!(sowhat::base::slug::slugify_in("en", "Künstliche Größe"), "kunstliche-grosse");
/// ```
pub fn slugify_in(lang: &str, text: &str) -> String {
    if text.is_ascii() {
        return slugify_ascii(text);
    }
    let primary = lang.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    let written_out: &[(char, &str)] = match primary.as_str() {
        "de" => &[('ä', "ae"), ('ö', "oe"), ('ü', "ue")],
        "da" | "no" | "nb" | "nn" => &[('å', "aa"), ('ø', "oe"), ('æ', "ae")],
        _ => return slugify(text),
    };
    let mut spelled = String::with_capacity(text.len() + 8);
    for c in text.nfc().flat_map(char::to_lowercase) {
        match written_out.iter().find(|(letter, _)| *letter == c) {
            Some((_, letters)) => spelled.push_str(letters),
            None => spelled.push(c),
        }
    }
    slugify(&spelled)
}

/// The same for the name of a topic, whose signs tell it from another: `C#` and `C++` are not `C`.
///
/// ```
/// assert_eq!(sowhat::base::slug::slugify_term("en", "C#"), "c-sharp");
/// assert_eq!(sowhat::base::slug::slugify_term("en", "C++ in banks"), "c-plus-plus-in-banks");
/// assert_eq!(sowhat::base::slug::slugify_term("en", "Build + buy"), "build-buy");
/// ```
pub fn slugify_term(lang: &str, text: &str) -> String {
    if !text.contains(['#', '+']) {
        return slugify_in(lang, text);
    }
    let mut spelled = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(at) = rest.find(['#', '+']) {
        let (before, signs_on) = rest.split_at(at);
        let n_signs = signs_on.bytes().take_while(|byte| matches!(byte, b'#' | b'+')).count();
        let (signs, after) = signs_on.split_at(n_signs);
        spelled.push_str(before);
        // A sign between two words joins them; one at the end of a word belongs to it.
        let is_of_word = before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric);
        for sign in signs.bytes() {
            spelled.push_str(match (is_of_word, sign) {
                (false, _) => " ",
                (true, b'#') => " sharp",
                (true, _) => " plus",
            });
        }
        rest = after;
    }
    spelled.push_str(rest);
    slugify_in(lang, &spelled)
}

/// The same for what has no accents to lose: most headings of most sites.
fn slugify_ascii(text: &str) -> String {
    let mut slug = String::with_capacity(text.len().min(MAX_LEN));
    for byte in text.bytes() {
        if slug.len() >= MAX_LEN {
            break;
        }
        if byte.is_ascii_alphanumeric() {
            slug.push(char::from(byte.to_ascii_lowercase()));
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Hands out anchors that are unique within one page, `part`, `part-1`, `part-2` …
#[derive(Debug, Default, Clone)]
pub struct Anchors {
    taken: std::collections::BTreeMap<String, usize>,
}

impl Anchors {
    /// Takes the anchor for a heading's text, or `section` when it has no letter.
    pub fn take(&mut self, text: &str) -> String {
        self.take_in("", text)
    }

    /// The same for a heading in a language.
    pub fn take_in(&mut self, lang: &str, text: &str) -> String {
        let slug = slugify_in(lang, text);
        let base = if slug.is_empty() { "section".to_owned() } else { slug };
        self.take_exact(&base)
    }

    /// Takes an anchor as the author wrote it; a second use gets a number.
    pub fn take_exact(&mut self, anchor: &str) -> String {
        let mut candidate = anchor.to_owned();
        while self.taken.contains_key(&candidate) {
            let n = self.taken.get_mut(anchor).map_or(1, |n| {
                *n += 1;
                *n
            });
            candidate = format!("{anchor}-{n}");
        }
        self.taken.insert(candidate.clone(), 0);
        candidate
    }
}

fn is_latin_mark(c: char, before: &str) -> bool {
    unicode_normalization::char::is_combining_mark(c) && before.chars().next_back().is_some_and(|last| last.is_ascii_alphabetic())
}

fn fold_latin(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'ł' => "l",
        'þ' => "th",
        'ı' => "i",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_other_scripts_and_drops_latin_accents() {
        assert_eq!(slugify("Äpfel & Öl"), "apfel-ol");
        assert_eq!(slugify("価格の理由"), "価格の理由");
        assert_eq!(slugify("../../etc/passwd"), "etc-passwd");
        assert_eq!(slugify("¿?"), "");
        assert_eq!(slugify("--A  b_C!"), slugify("--A  b_C!é").trim_end_matches("-e"));
    }

    #[test]
    fn letters_are_written_out_as_a_language_does() {
        for (lang, text, expected) in [
            ("de", "Über Größe, Öl und Ärger", "ueber-groesse-oel-und-aerger"),
            ("de-AT", "U\u{308}ber", "ueber"),
            ("sv", "Små öar är fåtal", "sma-oar-ar-fatal"),
            ("fi", "Työ ja yö", "tyo-ja-yo"),
            ("da", "Smørrebrød på øen", "smoerrebroed-paa-oeen"),
            ("nb-NO", "Ærlig prising", "aerlig-prising"),
            ("fr", "Où naïve, où été, cœur", "ou-naive-ou-ete-coeur"),
            ("es", "Año nuevo", "ano-nuevo"),
            ("tr", "Işık ılık", "isik-ilik"),
            ("pl", "Łódź i żółw", "lodz-i-zolw"),
            ("en", "Über alles", "uber-alles"),
        ] {
            assert_eq!(slugify_in(lang, text), expected, "{lang}");
        }
        assert_eq!(Anchors::default().take_in("de", "Größe"), "groesse");
    }

    #[test]
    fn anchors_never_repeat() {
        let mut anchors = Anchors::default();
        assert_eq!(anchors.take("Part"), "part");
        assert_eq!(anchors.take("Part"), "part-1");
        assert_eq!(anchors.take("Part 1"), "part-1-1");
        assert_eq!(anchors.take("Part"), "part-2");
        assert_eq!(anchors.take("!"), "section");
    }
}
