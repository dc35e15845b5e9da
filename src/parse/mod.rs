//! One file's text to a [`Document`]: front matter, directives, headings, links, suppressions.
//!
//! Parsing never fails and never rewrites the text; what is wrong becomes findings at the author's
//! own bytes. A document depends on its file alone, so its fingerprint is the cache key.

pub mod anchors;
pub mod code;
pub mod data;
pub mod directive;
pub mod front_matter;
pub mod lists;
pub mod markdown;
pub mod raw_html;
mod read;
pub mod records;

pub use read::{parse, parse_text};

use crate::base::diagnostic::Diagnostic;
use crate::base::fingerprint::Fingerprint;
use crate::base::held::Held;
use crate::base::kept_text::KeptText;
use crate::base::path::SourcePath;
use crate::base::spanned::Spanned;
use crate::base::text_slice::TextSlice;
use front_matter::FrontMatter;
use records::trace::Trace;
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A Markdown file, read.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Document {
    /// Where it stands.
    #[serde(skip, default = "SourcePath::root")]
    pub path: SourcePath,
    /// The whole file as written (a byte-order mark included).
    #[serde(skip)]
    pub text: KeptText,
    /// The hash of the file's bytes.
    #[serde(skip)]
    pub fingerprint: Fingerprint,
    /// The brief and everything else in the header.
    pub front: FrontMatter,
    /// The bytes of the body.
    pub body: Range<usize>,
    /// Headings in order, with the anchors that the page will carry.
    pub headings: Vec<Heading>,
    /// Links and images in order.
    pub links: Vec<Link>,
    /// `[^id]` references in order, to sources or to footnotes.
    pub citations: Vec<Spanned<String>>,
    /// Ids of footnotes defined in the body.
    pub footnotes: Vec<Spanned<String>>,
    /// Directives in order, outermost first.
    pub directives: Vec<Directive>,
    /// Ids of raw HTML elements (`id="…"`), which links may point at.
    pub html_ids: Vec<String>,
    /// The languages of fenced code blocks, sorted, without repeats.
    pub code_languages: Vec<String>,
    /// `<!-- allow: rule because … -->` comments in the body.
    pub suppressions: Vec<Suppression>,
    /// The prose: from the reading of the file, or read when it is first asked for.
    #[serde(skip)]
    pub(crate) blocks: Held<Vec<Block>>,
    /// Words of the body, code and comments left out.
    pub word_count: usize,
    /// What was wrong with the file itself.
    #[serde(skip)]
    pub findings: Vec<Diagnostic>,
    /// What a sign-off of it remembers, made when it is first asked for.
    #[serde(skip)]
    pub(crate) trace: OnceLock<Trace>,
}

impl Document {
    /// The whole file as written. Whoever asks more than once holds on to it: it may have to be read again.
    pub fn text(&self) -> Arc<String> {
        self.text.get()
    }

    /// Paragraphs, headings, list items and quotes as plain text with their places: what rules read. Whoever asks more
    /// than once holds on to them: they may have to be read again.
    pub fn blocks(&self) -> Arc<Vec<Block>> {
        self.blocks.get_or(|| Arc::new(markdown::blocks(&self.path, &self.text(), self.body.clone())))
    }

    /// Lets go of the text and the prose, if both can be had again.
    pub fn let_go(&self) {
        if self.text.can_go() {
            self.blocks.let_go();
            self.text.let_go();
        }
    }

    /// A document that was written down, of the file with this path, text and hash; nothing was wrong with the file.
    pub fn read_back(self, path: &SourcePath, text: KeptText, fingerprint: Fingerprint) -> Self {
        Self { path: path.clone(), text, fingerprint, ..self }
    }

    /// What a sign-off of it remembers.
    pub fn trace(&self) -> &Trace {
        self.trace.get_or_init(|| Trace::of(self))
    }
}

/// A heading of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The anchor: the author's `{#id}` or one made from the text, unique in the page.
    pub id: String,
    /// Its plain text.
    pub text: String,
    /// Its bytes.
    pub range: Range<usize>,
}

/// What a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum LinkKind {
    /// `[text](dest)`.
    Link,
    /// `![alt](dest)`.
    Image,
}

/// A link or image of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Link or image.
    pub kind: LinkKind,
    /// Where it points, as written, entities and escapes resolved.
    pub destination: String,
    /// An image's text alternative, or a link's text.
    pub text: String,
    /// Its bytes, from `[` or `!` to the end.
    pub range: Range<usize>,
}

/// A directive, `:::name{key="v"}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Directive {
    /// The name and its place.
    pub name: Spanned<String>,
    /// Parameters in the order written.
    pub params: Vec<(Spanned<String>, Spanned<String>)>,
    /// The opening line (or the whole, for a leaf).
    pub open: Range<usize>,
    /// The content between the opening and closing lines, for a container.
    pub content: Option<Range<usize>>,
    /// The closing line, for a container.
    pub close: Option<Range<usize>>,
}

/// What a block of the body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading.
    Heading,
    /// An item of a list.
    Item,
    /// A paragraph inside a block quote.
    Quote,
    /// A cell of a table.
    Cell,
}

/// A run of prose: its plain text, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its plain text: no markup, no code blocks, no comments.
    pub text: TextSlice,
    /// Its bytes in the file.
    pub range: Range<usize>,
}

impl Directive {
    /// A parameter that is given and not blank.
    pub fn param(&self, name: &str) -> Option<&Spanned<String>> {
        let given = self.params.iter().find(|(key, _)| key.value == name).map(|(_, value)| value);
        given.filter(|value| !value.value.trim().is_empty())
    }
}

/// A finding that the author allows, with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suppression {
    /// The rule's name, as written.
    pub rule: Spanned<String>,
    /// Why; `None` when the author gave no reason.
    pub reason: Option<String>,
    /// The bytes it covers: the block after a comment, or the whole file for front matter.
    pub covers: Range<usize>,
}
