//! Keys that take a list and got one text with commas in it, and topics that are no word.

use super::front_matter::{FrontMatter, Slot};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use crate::base::slug::slugify_term;
use crate::base::spanned::Field;

/// What is found in the lists of a header. `text` is the whole file.
pub fn check(path: &SourcePath, front: &FrontMatter, text: &str) -> Vec<Diagnostic> {
    let lists = [("topics", front.topics.as_ref()), ("aliases", front.aliases.as_deref()), ("related", front.related.as_deref())];
    let as_text = lists.into_iter().filter_map(|(key, field)| as_text(path, key, field?, text));
    let topics = front.topics.iter().flat_map(|field| &field.value);
    as_text.chain(topics.filter_map(|topic| wordless(path, topic))).collect()
}

/// The list that an unquoted text with commas was meant to be. Quoted, its commas are meant.
pub fn meant_list(written: &str) -> Option<String> {
    let parts: Vec<&str> = written.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    (parts.len() > 1).then(|| format!("[{}]", parts.join(", ")))
}

fn as_text(path: &SourcePath, key: &str, field: &Field<Vec<Slot>>, text: &str) -> Option<Diagnostic> {
    let [only] = field.value.as_slice() else { return None };
    let written = text.get(only.range.clone()).filter(|_| only.range == field.range)?;
    let list = meant_list(written).filter(|_| !written.starts_with(['"', '\'', '|', '>', '[', '*', '&']))?;
    let message = format!("`{key}` is one text here, with commas in it, and no list");
    let help = format!("write `{key}: {list}`, or put quotation marks around it if it is one");
    Some(Diagnostic::error("list-as-text", Place::new(path, only.range.clone()), message).help(help))
}

fn wordless(path: &SourcePath, topic: &Slot) -> Option<Diagnostic> {
    if !slugify_term("", &topic.value).is_empty() {
        return None;
    }
    let message = match topic.value.trim() {
        "" => "this topic is empty".to_owned(),
        shown => format!("the topic `{}` has no letter or digit, so no page can be named after it", shown.escape_debug()),
    };
    let place = Place::new(path, topic.range.clone());
    Some(Diagnostic::error("topic-unusable", place, message).help("write the topic as a word, or take it out"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::front_matter::read;

    #[test]
    fn commas_make_no_list_and_signs_no_topic() {
        let path = SourcePath::new("content/x.md").unwrap();
        for (line, expected) in [
            ("topics: pricing", ""),
            ("topics: [pricing, fees]", ""),
            ("topics: \"mergers, acquisitions\"", ""),
            ("topics: ['mergers, acquisitions', fees]", ""),
            ("topics:\n  - mergers, acquisitions", ""),
            ("topics: pricing, fees", "list-as-text"),
            ("topics: pricing,", ""),
            ("aliases: /a/, /b/", "list-as-text"),
            ("related: a.md, b.md", "list-as-text"),
            ("topics: ['!!!', C++]", "topic-unusable"),
            ("topics: [\"\"]", "topic-unusable"),
            ("topics: ['+', '#', '価格']", "topic-unusable topic-unusable"),
        ] {
            let text = format!("---\n{line}\n---\n");
            let (front, _, _) = read(&path, &text);
            let found: Vec<&str> = check(&path, &front, &text).iter().map(|finding| finding.rule).collect();
            assert_eq!(found.join(" "), expected, "{line}");
        }
    }
}
