//! The line after the opening fence of a code block: its language and what else it says.

/// What an info string says: `rust`, `rust,linenos`, `yaml title="x.yml"`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodeInfo {
    /// The language, in lower case.
    pub language: Option<String>,
    /// `title="…"`: a caption.
    pub title: Option<String>,
    /// `linenos`: lines are numbered.
    pub line_numbers: bool,
}

impl CodeInfo {
    /// Reads an info string; words that mean nothing here (`no_run`, `editable`) are passed over, since
    /// other tools read the same files.
    pub fn parse(info: &str) -> Self {
        let mut code_info = Self::default();
        let mut is_first = true;
        for word in Words(info) {
            match word {
                Word::Bare("linenos" | "numberLines") => code_info.line_numbers = true,
                Word::Bare(name) if is_first => code_info.language = language(name),
                Word::Bare(_) => {}
                Word::Pair("title" | "filename" | "caption", value) => {
                    code_info.title = Some(value.to_owned()).filter(|title| !title.is_empty())
                }
                Word::Pair(_, _) => {}
            }
            is_first = false;
        }
        code_info
    }
}

fn language(name: &str) -> Option<String> {
    // Pandoc writes `.rust`; `rust{1,3}` marks lines elsewhere.
    let name = name.strip_prefix('.').unwrap_or(name);
    (!name.is_empty()).then(|| name.to_lowercase())
}

enum Word<'a> {
    Bare(&'a str),
    Pair(&'a str, &'a str),
}

/// Splits at white space, commas and braces, but not inside quotes.
struct Words<'a>(&'a str);

impl<'a> Iterator for Words<'a> {
    type Item = Word<'a>;

    fn next(&mut self) -> Option<Word<'a>> {
        let separates = |c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}');
        let rest = self.0.trim_start_matches(separates);
        if rest.is_empty() {
            return None;
        }
        let end = rest.find(|c| separates(c) || c == '=').unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let Some(value) = after.strip_prefix('=') else {
            self.0 = after;
            return Some(Word::Bare(word));
        };
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => {
                let inner = &value[1..];
                inner.split_once(quote).unwrap_or((inner, ""))
            }
            None => value.split_at(value.find(separates).unwrap_or(value.len())),
        };
        self.0 = after;
        Some(Word::Pair(word, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn info_strings_of_many_tools_are_read() {
        for (info, language, title, line_numbers) in [
            ("", None, None, false),
            ("Rust", Some("rust"), None, false),
            ("rust,linenos,no_run", Some("rust"), None, true),
            ("yaml title=\"a b.yml\" linenos", Some("yaml"), Some("a b.yml"), true),
            ("{.python filename='x.py'}", Some("python"), Some("x.py"), false),
            ("js{1,3-4}", Some("js"), None, false),
            ("title=x", None, Some("x"), false),
            ("c++ title=\"open", Some("c++"), Some("open"), false),
        ] {
            let expected = CodeInfo { language: language.map(str::to_owned), title: title.map(str::to_owned), line_numbers };
            assert_eq!(CodeInfo::parse(info), expected, "{info:?}");
        }
    }
}
