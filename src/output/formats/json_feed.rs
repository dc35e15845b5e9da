//! `feed.json` beside every page that has a feed: JSON Feed 1.1 with full text.

use crate::base::diagnostic::Diagnostic;
use crate::config::feeds::FeedFormat;
use crate::model::Frame;
use crate::output::feed::{self, Author, Feed, Item, one_line};
use crate::output::plan::Planner;
use crate::output::xml::legal;
use crate::output::{Output, Produced, Subject, Workshop};
use serde_json::{Map, Value, json};

/// See the module.
pub struct JsonFeed;

const FORMAT: FeedFormat = FeedFormat::Json;

impl Output for JsonFeed {
    fn name(&self) -> &'static str {
        "json-feed"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        feed::plan(frame, planner, FORMAT);
    }

    fn produce(&self, subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        Feed::of_subject(subject, FORMAT.file_name(), workshop).map(|feed| Produced::Bytes(write(&feed)))
    }
}

fn write(feed: &Feed) -> Vec<u8> {
    let mut members = Map::new();
    members.insert("version".to_owned(), json!("https://jsonfeed.org/version/1.1"));
    members.insert("title".to_owned(), json!(one_line(&feed.title)));
    members.insert("home_page_url".to_owned(), json!(feed.home_url));
    members.insert("feed_url".to_owned(), json!(feed.self_url));
    if !feed.description.trim().is_empty() {
        members.insert("description".to_owned(), json!(one_line(&feed.description)));
    }
    members.insert("language".to_owned(), json!(feed.language));
    members.insert("authors".to_owned(), authors(std::slice::from_ref(&feed.publisher)));
    members.insert("items".to_owned(), feed.items.iter().map(item).collect());
    let mut text = serde_json::to_string_pretty(&members).expect("text and lists are JSON");
    text.push('\n');
    text.into_bytes()
}

fn item(item: &Item) -> Value {
    let mut members = Map::new();
    members.insert("id".to_owned(), json!(item.url));
    members.insert("url".to_owned(), json!(item.url));
    members.insert("title".to_owned(), json!(one_line(&item.title)));
    if let Some(summary) = &item.summary {
        members.insert("summary".to_owned(), json!(one_line(summary)));
    }
    members.insert("content_html".to_owned(), json!(legal(&item.html)));
    if let Some(image) = &item.image {
        members.insert("image".to_owned(), json!(image));
    }
    members.insert("date_published".to_owned(), json!(item.published.rfc3339()));
    if item.updated != item.published {
        members.insert("date_modified".to_owned(), json!(item.updated.rfc3339()));
    }
    if !item.authors.is_empty() {
        members.insert("authors".to_owned(), authors(&item.authors));
    }
    if !item.tags.is_empty() {
        members.insert("tags".to_owned(), json!(item.tags));
    }
    members.insert("language".to_owned(), json!(item.language));
    Value::Object(members)
}

fn authors(authors: &[Author]) -> Value {
    authors.iter().map(|author| json!({ "name": author.name, "url": author.url })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::feed::testing::{gated_feed, hostile_feed};

    #[test]
    fn holds_what_the_pieces_say() {
        let feed: Value = serde_json::from_slice(&write(&hostile_feed(FORMAT.file_name()))).unwrap();
        for (pointer, expected) in [
            ("/version", "https://jsonfeed.org/version/1.1"),
            ("/home_page_url", "https://example.com/base/"),
            ("/feed_url", "https://example.com/base/feed.json"),
            ("/authors/0/name", "Sowhat & Sons"),
            ("/items/0/id", "https://example.com/base/insights/b/"),
            ("/items/0/title", "<]]>&\"\u{1}"),
            ("/items/0/date_published", "2026-11-03T00:00:00Z"),
            ("/items/0/date_modified", "2026-11-20T09:30:00+01:00"),
            ("/items/0/authors/0/url", "https://example.com/base/people/jane/"),
            ("/items/0/tags/0", "R&D"),
            ("/items/0/language", "en-GB"),
        ] {
            assert_eq!(feed.pointer(pointer).and_then(Value::as_str), Some(expected), "{pointer}\n{feed:#}");
        }
        assert_eq!(feed.pointer("/items/1/date_modified"), None);
    }

    #[test]
    fn a_gated_body_stays_out() {
        let text = String::from_utf8(write(&gated_feed(FORMAT.file_name()))).unwrap();
        assert!(!text.contains("SECRET"), "{text}");
    }
}
