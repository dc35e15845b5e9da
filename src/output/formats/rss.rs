//! `rss.xml` beside every page that has a feed: RSS 2.0 with full text in `content:encoded`.

use crate::base::diagnostic::Diagnostic;
use crate::config::feeds::FeedFormat;
use crate::model::Frame;
use crate::output::feed::{self, Feed, Item, one_line};
use crate::output::plan::Planner;
use crate::output::xml::Xml;
use crate::output::{Output, Produced, Subject, Workshop};

/// See the module.
pub struct Rss;

const FORMAT: FeedFormat = FeedFormat::Rss;

/// The modules used beside RSS itself.
const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:content", "http://purl.org/rss/1.0/modules/content/"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
];

impl Output for Rss {
    fn name(&self) -> &'static str {
        "rss"
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
    xml.open("rss", &[&[("version", "2.0"), ("xml:base", &feed.base)], NAMESPACES].concat());
    xml.open("channel", &[]);
    xml.text("title", &[], &one_line(&feed.title));
    xml.text("link", &[], &feed.home_url);
    // A channel must have a description, also that of a site which gave none.
    let description = if feed.description.trim().is_empty() { &feed.title } else { &feed.description };
    xml.text("description", &[], &one_line(description));
    xml.text("language", &[], &feed.language);
    xml.text("lastBuildDate", &[], &feed.updated.rfc2822());
    xml.text("generator", &[], "Sowhat");
    xml.empty("atom:link", &[("rel", "self"), ("type", "application/rss+xml"), ("href", &feed.self_url)]);
    for item in &feed.items {
        write_item(&mut xml, item);
    }
    xml.close("channel");
    xml.close("rss");
    xml.finish()
}

fn write_item(xml: &mut Xml, item: &Item) {
    xml.open("item", &[]);
    xml.text("title", &[], &one_line(&item.title));
    xml.text("link", &[], &item.url);
    xml.text("guid", &[("isPermaLink", "true")], &item.url);
    xml.text("pubDate", &[], &item.published.rfc2822());
    for author in &item.authors {
        xml.text("dc:creator", &[], &one_line(&author.name));
    }
    for tag in &item.tags {
        xml.text("category", &[], &one_line(tag));
    }
    if let Some(summary) = &item.summary {
        xml.text("description", &[], &one_line(summary));
    }
    xml.text("content:encoded", &[], &item.html);
    xml.close("item");
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
            "rss@version = 2.0",
            "rss/channel/link = https://example.com/base/",
            "rss/channel/atom:link@href = https://example.com/base/rss.xml",
            "rss/channel/description = Worth reading",
            "rss/channel/lastBuildDate = Fri, 20 Nov 2026 09:30:00 +0100",
            "rss/channel/item/title = <]]>&\"",
            "rss/channel/item/guid = https://example.com/base/insights/b/",
            "rss/channel/item/guid@isPermaLink = true",
            "rss/channel/item/pubDate = Tue, 03 Nov 2026 00:00:00 +0000",
            "rss/channel/item/dc:creator = Jane <Doe>",
        ] {
            assert!(lines.iter().any(|line| line == expected), "{expected}\n{lines:#?}");
        }
    }

    #[test]
    fn a_gated_body_stays_out() {
        let text = String::from_utf8(write(&gated_feed(FORMAT.file_name()))).unwrap();
        assert!(!text.contains("SECRET"), "{text}");
        assert!(text.contains("https://forms.example.org/x?a=1&amp;amp;b"), "{text}");
    }
}
