//! `atom.xml` beside every page that has a feed: Atom 1.0 (RFC 4287) with full text.

use crate::base::diagnostic::Diagnostic;
use crate::config::feeds::FeedFormat;
use crate::model::Frame;
use crate::output::feed::{self, Author, Feed, Item, one_line};
use crate::output::plan::Planner;
use crate::output::xml::Xml;
use crate::output::{Output, Produced, Subject, Workshop};

/// See the module.
pub struct Atom;

const FORMAT: FeedFormat = FeedFormat::Atom;

impl Output for Atom {
    fn name(&self) -> &'static str {
        "atom"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        feed::plan(frame, planner, FORMAT);
    }

    fn produce(&self, subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        Feed::of_subject(subject, FORMAT.file_name(), workshop).map(|feed| Produced::Bytes(write(&feed)))
    }
}

fn write(feed: &Feed) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &feed.language), ("xml:base", &feed.base)]);
    xml.text("id", &[], &feed.home_url);
    xml.text("title", &[], &one_line(&feed.title));
    if !feed.description.trim().is_empty() {
        xml.text("subtitle", &[], &one_line(&feed.description));
    }
    xml.text("updated", &[], &feed.updated.rfc3339());
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", &feed.self_url)]);
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.home_url)]);
    // Entries without an author of their own are valid only below a feed that has one.
    write_author(&mut xml, &feed.publisher);
    xml.text("generator", &[], "Sowhat");
    for item in &feed.items {
        write_entry(&mut xml, item);
    }
    xml.close("feed");
    xml.finish()
}

fn write_entry(xml: &mut Xml, item: &Item) {
    xml.open("entry", &[("xml:lang", &item.language)]);
    xml.text("id", &[], &item.url);
    xml.text("title", &[], &one_line(&item.title));
    xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &item.url)]);
    xml.text("published", &[], &item.published.rfc3339());
    xml.text("updated", &[], &item.updated.rfc3339());
    for author in &item.authors {
        write_author(xml, author);
    }
    for tag in &item.tags {
        xml.empty("category", &[("term", &one_line(tag))]);
    }
    if let Some(summary) = &item.summary {
        xml.text("summary", &[], &one_line(summary));
    }
    xml.text("content", &[("type", "html")], &item.html);
    xml.close("entry");
}

fn write_author(xml: &mut Xml, author: &Author) {
    xml.open("author", &[]);
    xml.text("name", &[], &one_line(&author.name));
    xml.text("uri", &[], &author.url);
    xml.close("author");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::feed::testing::{gated_feed, hostile_feed};
    use crate::output::xml::tests::read_back;

    #[test]
    fn holds_what_the_pieces_say() {
        let lines = read_back(&write(&hostile_feed(FORMAT.file_name())));
        for expected in [
            "feed@xml:base = https://example.com/base/",
            "feed/id = https://example.com/base/",
            "feed/link@href = https://example.com/base/atom.xml",
            "feed/title = Sowhat & Sons",
            "feed/updated = 2026-11-20T09:30:00+01:00",
            "feed/author/name = Sowhat & Sons",
            "feed/entry/id = https://example.com/base/insights/b/",
            "feed/entry/title = <]]>&\"",
            "feed/entry/published = 2026-11-03T00:00:00Z",
            "feed/entry/author/name = Jane <Doe>",
            "feed/entry/author/uri = https://example.com/base/people/jane/",
            "feed/entry/category@term = R&D",
            "feed/entry/content@type = html",
        ] {
            assert!(lines.iter().any(|line| line == expected), "{expected}\n{lines:#?}");
        }
    }

    #[test]
    fn a_gated_body_stays_out() {
        let text = String::from_utf8(write(&gated_feed(FORMAT.file_name()))).unwrap();
        assert!(!text.contains("SECRET"), "{text}");
        assert!(text.contains("The abstract"), "{text}");
    }
}
