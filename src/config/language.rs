//! Language tags, as far as their form goes.

/// True for text in the form of a BCP 47 tag, such as `en`, `en-GB`, `zh-Hant-TW` or `sr-Latn`.
///
/// The registry of languages is not consulted; a name such as `english` is what this refuses.
pub fn is_language_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    let language_fits = (2..=3).contains(&language.len()) && language.bytes().all(|byte| byte.is_ascii_alphabetic());
    language_fits && parts.all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_names_and_other_forms() {
        for tag in ["en", "en-GB", "zh-Hant-TW", "de-CH-1996", "ast"] {
            assert!(is_language_tag(tag), "{tag}");
        }
        for tag in ["", "english", "en_GB", "en-", "e", "12", "en-ä"] {
            assert!(!is_language_tag(tag), "{tag}");
        }
    }
}
