//! XML, written element by element: everything escaped, and nothing in it that XML forbids.

use pulldown_cmark_escape::escape_html_body_text;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::borrow::Cow;

/// Attributes of an element: names and unescaped values.
pub type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A document being written.
pub struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// Begins a document with its declaration.
    pub fn new() -> Self {
        let mut xml = Self(Writer::new_with_indent(Vec::new(), b' ', 2));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    /// Opens an element that holds others.
    pub fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Start(start(name, attributes)));
    }

    /// Closes what [`Self::open`] opened.
    pub fn close(&mut self, name: &str) {
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// Writes an element that holds text alone.
    pub fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.open(name, attributes);
        let legal = legal(text);
        // Full texts are most of a feed: this finds the three signs sixteen bytes at a time.
        let mut escaped = String::with_capacity(legal.len() + legal.len() / 8);
        escape_html_body_text(&mut escaped, &legal).expect("writing into memory does not fail");
        self.write(Event::Text(BytesText::from_escaped(escaped)));
        self.close(name);
    }

    /// Writes an element that holds nothing.
    pub fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.write(Event::Empty(start(name, attributes)));
    }

    /// The document's bytes, with a line end.
    pub fn finish(self) -> Vec<u8> {
        let mut bytes = self.0.into_inner();
        bytes.push(b'\n');
        bytes
    }

    fn write(&mut self, event: Event<'_>) {
        self.0.write_event(event).expect("writing into memory does not fail");
    }
}

/// The text without the characters that XML 1.0 cannot hold, escaped or not.
pub fn legal(text: &str) -> Cow<'_, str> {
    // Only control characters, and what begins as U+FFFE and U+FFFF do, need a look at whole characters.
    // Without a branch in it, the loop looks at sixteen bytes at a time.
    let is_suspect = |byte: u8| (byte < b'\t') | (byte == 0x0B) | (byte == 0x0C) | ((byte > b'\r') & (byte < b' ')) | (byte == 0xEF);
    if !text.as_bytes().chunks(256).any(|chunk| chunk.iter().fold(false, |found, byte| found | is_suspect(*byte))) {
        return Cow::Borrowed(text);
    }
    let is_legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..);
    if text.chars().all(is_legal) { Cow::Borrowed(text) } else { Cow::Owned(text.chars().filter(|c| is_legal(*c)).collect()) }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, &*legal(value)));
    }
    start
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use quick_xml::Reader;

    /// Reads XML back as `path = text` and `path@name = value` lines, and checks that it is well formed.
    pub(crate) fn read_back(bytes: &[u8]) -> Vec<String> {
        let text = std::str::from_utf8(bytes).unwrap();
        assert_eq!(legal(text), text, "holds a character that XML forbids");
        let mut reader = Reader::from_str(text);
        let (mut path, mut lines, mut content) = (Vec::<String>::new(), Vec::new(), String::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(tag) => {
                    path.push(tag.name().0.to_owned());
                    content.clear();
                    push_attributes(&tag, &path, &mut lines);
                }
                Event::Empty(tag) => {
                    path.push(tag.name().0.to_owned());
                    push_attributes(&tag, &path, &mut lines);
                    path.pop();
                }
                Event::Text(text) => content.push_str(&text),
                Event::GeneralRef(entity) => content.push_str(&quick_xml::escape::unescape(&format!("&{};", &*entity)).unwrap()),
                Event::End(_) => {
                    if !content.trim().is_empty() {
                        lines.push(format!("{} = {content}", path.join("/")));
                    }
                    content.clear();
                    path.pop();
                }
                Event::Eof => break,
                Event::Decl(_) | Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
        assert_eq!(path, Vec::<String>::new(), "an element is not closed");
        lines
    }

    fn push_attributes(tag: &BytesStart<'_>, path: &[String], lines: &mut Vec<String>) {
        for attribute in tag.attributes() {
            let attribute = attribute.unwrap();
            let value = quick_xml::escape::unescape(&attribute.value).unwrap();
            lines.push(format!("{}@{} = {value}", path.join("/"), attribute.key.0));
        }
    }

    #[test]
    fn hostile_text_comes_back_as_written_without_what_xml_forbids() {
        for (text, expected) in [
            ("a <]]>&\"'\u{1}b", "a <]]>&\"'b"),
            ("&amp; &lt;", "&amp; &lt;"),
            ("é 価 🙂 \u{FFFE}\u{FFFF}\u{0}\u{b}|", "é 価 🙂 |"),
            ("tab\tline\nreturn\r.", "tab\tline\nreturn\r."),
        ] {
            let mut xml = Xml::new();
            xml.open("a", &[("href", text)]);
            xml.text("b", &[], text);
            xml.close("a");
            let bytes = xml.finish();
            let lines = read_back(&bytes);
            assert!(lines.contains(&format!("a/b = {expected}")), "{lines:?}");
            assert!(lines.iter().any(|line| line.starts_with("a@href")), "{lines:?}");
        }
    }
}
