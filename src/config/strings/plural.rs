//! Which plural form goes with a whole number, as CLDR has it for the languages of many readers.

/// The category of a number in a language: `one`, `two`, `few`, `many` or `other`.
pub fn category(lang: &str, n: usize) -> &'static str {
    let (last, last_two) = (n % 10, n % 100);
    match lang {
        "ja" | "zh" | "ko" | "vi" | "th" | "id" | "ms" | "ka" => "other",
        "fr" | "pt" | "hi" | "bn" | "fa" | "hy" if n <= 1 => "one",
        "ar" => match (n, last_two) {
            (0, _) => "zero",
            (1, _) => "one",
            (2, _) => "two",
            (_, 3..=10) => "few",
            (_, 11..) => "many",
            _ => "other",
        },
        "he" if n == 2 => "two",
        "ru" | "uk" | "be" | "sr" | "hr" | "bs" => match (last, last_two) {
            (1, last_two) if last_two != 11 => "one",
            (2..=4, last_two) if !(12..=14).contains(&last_two) => "few",
            _ if matches!(lang, "sr" | "hr" | "bs") => "other",
            _ => "many",
        },
        "pl" => match (n, last, last_two) {
            (1, ..) => "one",
            (_, 2..=4, last_two) if !(12..=14).contains(&last_two) => "few",
            _ => "many",
        },
        "cs" | "sk" => match n {
            1 => "one",
            2..=4 => "few",
            _ => "other",
        },
        "sl" => match last_two {
            1 => "one",
            2 => "two",
            3 | 4 => "few",
            _ => "other",
        },
        "ro" => match (n, last_two) {
            (1, _) => "one",
            (0, _) | (_, 1..=19) => "few",
            _ => "other",
        },
        "lt" => match (last, last_two) {
            (1, last_two) if last_two != 11 => "one",
            (2..=9, last_two) if !(12..=19).contains(&last_two) => "few",
            _ => "other",
        },
        "lv" => match (last, last_two) {
            (0, _) | (_, 11..=19) => "zero",
            (1, _) => "one",
            _ => "other",
        },
        _ if n == 1 => "one",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::category;

    #[test]
    fn follows_each_language() {
        for (lang, n, expected) in [
            ("en", 1, "one"),
            ("en", 0, "other"),
            ("fr", 0, "one"),
            ("pl", 22, "few"),
            ("pl", 12, "many"),
            ("ru", 21, "one"),
            ("ru", 11, "many"),
            ("ar", 2, "two"),
            ("ar", 103, "few"),
            ("ar", 100, "other"),
            ("cs", 5, "other"),
            ("ja", 1, "other"),
            ("lv", 10, "zero"),
        ] {
            assert_eq!(category(lang, n), expected, "{lang} {n}");
        }
    }
}
