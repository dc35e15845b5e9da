//! YAML events to nodes: keys, duplicates, anchors, aliases, merge keys, and the budgets.

use super::{MAX_DEPTH, MAX_NODES, MAX_REPEATED, rules, scalar, too_deep};
use crate::base::diagnostic::Diagnostic;
use crate::base::file_text::FileText;
use crate::base::node::{Entry, Node, Value, written};
use crate::base::spanned::Spanned;
use serde_yaml::granit_parser::{Event, ScalarStyle, Span, StructureStyle, Tag};
use std::collections::BTreeMap;
use std::ops::Range;

/// Why reading ends before the text does; the last finding says more.
pub(super) enum Stop {
    /// What was read so far is the header.
    SecondDocument,
    /// There is nothing to go on with.
    Unreadable,
}

/// The tree as far as it was read.
pub(super) struct Builder<'a> {
    source: FileText<'a>,
    /// Where the YAML begins in the file.
    base: usize,
    /// The document, once it is complete.
    pub(super) root: Option<Node>,
    pub(super) findings: Vec<Diagnostic>,
    open: Vec<Frame>,
    anchors: BTreeMap<usize, Anchored>,
    n_nodes: usize,
    n_repeated: usize,
    n_documents: usize,
    read_to: usize,
}

/// A list or map that has begun and not ended.
struct Frame {
    start: usize,
    is_flow: bool,
    anchor: usize,
    content: Content,
}

enum Content {
    List(Vec<Node>),
    Map(MapFrame),
}

#[derive(Default)]
struct MapFrame {
    entries: Vec<Entry>,
    /// Where each key was first written.
    seen: BTreeMap<String, Range<usize>>,
    merged: Vec<Node>,
    key: PendingKey,
}

/// What the next value of a map belongs to.
#[derive(Default)]
enum PendingKey {
    /// The next node is a key.
    #[default]
    None,
    Key(Spanned<String>),
    /// `<<`.
    Merge,
    /// A key that is already a finding; its value is left out.
    Bad,
}

/// A node that an alias may repeat.
struct Anchored {
    node: Node,
    size: Size,
}

/// What a tree costs to repeat.
#[derive(Clone, Copy)]
struct Size {
    nodes: usize,
    /// Lists and maps that stand one in the other.
    depth: usize,
    /// Bytes of text, keys included.
    bytes: usize,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: FileText<'a>, base: usize) -> Self {
        Self {
            source,
            base,
            root: None,
            findings: Vec::new(),
            open: Vec::new(),
            anchors: BTreeMap::new(),
            n_nodes: 0,
            n_repeated: 0,
            n_documents: 0,
            read_to: base,
        }
    }

    /// The end of the last thing that was read well, in the file.
    pub(super) fn read_to(&self) -> usize {
        self.read_to
    }

    pub(super) fn event(&mut self, event: Event<'_>, span: Span) -> Result<(), Stop> {
        let range = span.byte_range().map_or(self.base..self.base, |range| self.base + range.start..self.base + range.end);
        if event.is_node() {
            self.count(&range)?;
        }
        self.check_tag(&event, &span, &range);
        self.read_to = self.read_to.max(range.end);
        match event {
            Event::DocumentStart(is_explicit, _) => self.document(is_explicit, range),
            Event::Scalar(text, style, anchor, tag) => {
                let node = scalar_node(&text, style, tag.as_deref(), self.trimmed(range));
                self.remember(anchor, &node);
                self.push(node, Some(text.into_owned()), style == ScalarStyle::Plain);
                Ok(())
            }
            Event::SequenceStart(style, anchor, _) => self.begin(Content::List(Vec::new()), style, anchor, range),
            Event::MappingStart(style, anchor, _) => self.begin(Content::Map(MapFrame::default()), style, anchor, range),
            Event::SequenceEnd | Event::MappingEnd => {
                self.end(range);
                Ok(())
            }
            Event::Alias(id) => self.alias(id, range),
            Event::UnresolvedAlias(name) => {
                self.unknown_alias(&name, range);
                Ok(())
            }
            // The rest is presentation.
            _ => Ok(()),
        }
    }

    fn unreadable(&mut self, finding: Diagnostic) -> Result<(), Stop> {
        self.findings.push(finding);
        Err(Stop::Unreadable)
    }

    fn count(&mut self, range: &Range<usize>) -> Result<(), Stop> {
        self.n_nodes += 1;
        if self.n_nodes > MAX_NODES {
            let message = format!("the front matter holds more than {MAX_NODES} values");
            let finding = Diagnostic::error(rules::TOO_LARGE, self.source.place(range.clone()), message);
            return self.unreadable(finding.help("move data of this size to a file under `data/`"));
        }
        Ok(())
    }

    fn document(&mut self, is_explicit: bool, range: Range<usize>) -> Result<(), Stop> {
        self.n_documents += 1;
        if self.n_documents == 1 && !is_explicit {
            return Ok(());
        }
        let message = "a second YAML document begins inside the front matter";
        let finding = Diagnostic::error(rules::SECOND_DOCUMENT, self.source.place(range), message);
        let help = "take this line out, or make it `---` alone to close the front matter here";
        self.findings.push(finding.help(help));
        Err(if self.root.is_some() { Stop::SecondDocument } else { Stop::Unreadable })
    }

    /// A block scalar's bytes run on through the empty lines below it; a value ends with its text.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let text = self.source.text.get(range.clone()).unwrap_or_default();
        range.start..range.start + text.trim_end().len()
    }

    fn begin(&mut self, content: Content, style: StructureStyle, anchor: usize, range: Range<usize>) -> Result<(), Stop> {
        if self.open.len() >= MAX_DEPTH {
            return self.unreadable(too_deep(self.source, range));
        }
        // A block list's event stands at the first entry, past its dash.
        let is_dashed = matches!(content, Content::List(_)) && style == StructureStyle::Block;
        let start = if is_dashed { self.dash_before(range.start) } else { range.start };
        self.open.push(Frame { start, is_flow: style == StructureStyle::Flow, anchor, content });
        Ok(())
    }

    /// Where the `-` of a list entry stands, searching back from what follows it.
    fn dash_before(&self, offset: usize) -> usize {
        let before = &self.source.text[self.base..offset];
        before.trim_end_matches([' ', '\t']).strip_suffix('-').map_or(offset, |rest| self.base + rest.len())
    }

    fn end(&mut self, range: Range<usize>) {
        let frame = self.open.pop().expect("a collection's end follows its start");
        let is_closed_here = frame.is_flow && self.source.text[..range.end].ends_with([']', '}']) && !range.is_empty();
        let (value, last) = match frame.content {
            Content::List(items) => {
                let last = items.last().map(|item| item.range.end);
                (Value::List(items), last)
            }
            Content::Map(map) => {
                let entries = map.entries.iter().map(|entry| entry.node.range.end.max(entry.key.range.end));
                let last = entries.chain(map.merged.iter().map(|node| node.range.end)).max();
                (Value::Map(self.merge(map)), last)
            }
        };
        let end = if is_closed_here { range.end } else { last.unwrap_or(range.start) };
        let node = Node::new(value, frame.start..end.max(frame.start));
        self.remember(frame.anchor, &node);
        self.push(node, None, false);
    }

    /// The entries of a map with those that `<<` brings in, which never win over its own.
    fn merge(&mut self, mut map: MapFrame) -> Vec<Entry> {
        let mut brought = Vec::new();
        for node in map.merged {
            match node.value {
                Value::Map(entries) => brought.extend(entries),
                Value::List(items) if items.iter().all(|item| matches!(item.value, Value::Map(_))) => {
                    for item in items {
                        if let Value::Map(entries) = item.value {
                            brought.extend(entries);
                        }
                    }
                }
                other => {
                    let message = format!("`<<` merges a map, or a list of maps, not {}", other.kind());
                    self.findings.push(Diagnostic::error(rules::WRONG_TYPE, self.source.place(node.range), message));
                }
            }
        }
        for entry in brought {
            if !map.seen.contains_key(&entry.key.value) {
                map.seen.insert(entry.key.value.clone(), entry.key.range.clone());
                map.entries.push(entry);
            }
        }
        map.entries
    }

    /// Puts a complete node where it belongs. `text` is a scalar as read, for when it is a key.
    fn push(&mut self, mut node: Node, text: Option<String>, is_plain: bool) {
        let dash = self.dash_before(node.range.start);
        let Some(frame) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        let map = match &mut frame.content {
            Content::List(items) => {
                // An empty entry is nothing at all; its dash is what one can point at.
                if node.range.is_empty() && !frame.is_flow {
                    node.range = dash..node.range.end;
                }
                items.push(node);
                return;
            }
            Content::Map(map) => map,
        };
        match std::mem::take(&mut map.key) {
            PendingKey::None => self.push_key(node, text, is_plain),
            PendingKey::Key(key) => {
                if node.range.is_empty() {
                    node.range = key.range.end..key.range.end;
                }
                map.entries.push(Entry { key, node });
            }
            PendingKey::Merge => map.merged.push(node),
            PendingKey::Bad => {}
        }
    }

    fn push_key(&mut self, node: Node, text: Option<String>, is_plain: bool) {
        let range = node.range.clone();
        let key = match text {
            Some(text) if !range.is_empty() => text,
            Some(_) => return self.bad_key(range.start..range.start + 1, "a key is missing before this `:`"),
            None => match written(&node, self.source.text) {
                Some(text) => text,
                None => return self.bad_key(range, &format!("a key is text, not {}", node.value.kind())),
            },
        };
        let is_merge = is_plain && key == "<<";
        let map = self.open_map();
        let Some(first) = map.seen.insert(key.clone(), range.clone()) else {
            map.key = if is_merge { PendingKey::Merge } else { PendingKey::Key(Spanned::new(key, range)) };
            return;
        };
        map.key = PendingKey::Bad;
        map.seen.insert(key.clone(), first.clone());
        let message = format!("the key `{key}` is written twice");
        let finding = Diagnostic::error(rules::DUPLICATE_KEY, self.source.place(range), message);
        self.findings.push(finding.label("again here").note_at(self.source.place(first), "first written here"));
    }

    fn bad_key(&mut self, range: Range<usize>, message: &str) {
        self.open_map().key = PendingKey::Bad;
        let is_braced = self.source.text.get(..range.end).is_some_and(|before| before.ends_with(['}', ']']));
        let finding = Diagnostic::error(rules::SYNTAX, self.source.place(range), message);
        let help = is_braced.then(|| "put the value between quotes if its brackets are part of the text".to_owned());
        self.findings.push(finding.maybe_help(help));
    }

    fn open_map(&mut self) -> &mut MapFrame {
        match self.open.last_mut().map(|frame| &mut frame.content) {
            Some(Content::Map(map)) => map,
            Some(Content::List(_)) | None => unreachable!("a key is pushed to an open map only"),
        }
    }

    fn remember(&mut self, anchor: usize, node: &Node) {
        if anchor != 0 {
            self.anchors.insert(anchor, Anchored { node: node.clone(), size: measure(node) });
        }
    }

    fn alias(&mut self, id: usize, range: Range<usize>) -> Result<(), Stop> {
        let Some(anchored) = self.anchors.get(&id) else {
            let message = "this alias stands inside the value that it repeats";
            return self.unreadable(Diagnostic::error(rules::ALIAS_BOMB, self.source.place(range), message));
        };
        let size = anchored.size;
        self.n_nodes += size.nodes;
        self.n_repeated += size.bytes;
        if self.n_nodes > MAX_NODES || self.n_repeated > MAX_REPEATED {
            let limit = if self.n_nodes > MAX_NODES { format!("{MAX_NODES} values") } else { format!("{} KiB", MAX_REPEATED / 1024) };
            let message = format!("with this alias the front matter grows past {limit}");
            return self.unreadable(Diagnostic::error(rules::ALIAS_BOMB, self.source.place(range), message));
        }
        if self.open.len() + size.depth > MAX_DEPTH {
            return self.unreadable(too_deep(self.source, range));
        }
        let mut node = anchored.node.clone();
        move_to(&mut node, &range);
        self.push(node, None, false);
        Ok(())
    }

    fn unknown_alias(&mut self, name: &str, range: Range<usize>) {
        let message = format!("`*{name}` repeats an anchor, and there is no `&{name}` before it");
        let finding = Diagnostic::error(rules::SYNTAX, self.source.place(range.clone()), message);
        self.findings.push(finding.help("put the value between quotes if the `*` is part of the text"));
        // Read on as the author most likely meant it, so that nothing seems to be missing.
        self.push(Node::new(Value::Text(format!("*{name}")), range), None, false);
    }

    fn check_tag(&mut self, event: &Event<'_>, span: &Span, range: &Range<usize>) {
        let Some(tag) = event.tag() else { return };
        if tag.is_yaml_core_schema() || is_non_specific(tag) {
            return;
        }
        let place = span.tag_span().and_then(|span| span.byte_range());
        let place = place.map_or(range.clone(), |tag| self.base + tag.start..self.base + tag.end);
        let message = format!("front matter knows no tag `{}`", tag.original());
        let finding = Diagnostic::error(rules::SYNTAX, self.source.place(place), message);
        self.findings.push(finding.help("take the tag out, or put the value between quotes if the `!` is part of the text"));
    }
}

/// A lone `!`, which says that a scalar is text.
fn is_non_specific(tag: &Tag) -> bool {
    tag.parts() == ("", "!")
}

fn scalar_node(text: &str, style: ScalarStyle, tag: Option<&Tag>, range: Range<usize>) -> Node {
    let is_text = tag.is_some_and(|tag| is_non_specific(tag) || tag.is_yaml_core_schema_tag("str"));
    let value = if style != ScalarStyle::Plain || is_text { Value::Text(text.to_owned()) } else { scalar::resolve(text) };
    Node::new(value, range)
}

fn measure(node: &Node) -> Size {
    let mut size = Size { nodes: 1, depth: 0, bytes: 0 };
    let mut add = |child: Size| {
        size.nodes += child.nodes;
        size.depth = size.depth.max(child.depth + 1);
        size.bytes += child.bytes;
    };
    match &node.value {
        Value::List(items) => items.iter().map(measure).for_each(add),
        Value::Map(entries) => entries.iter().for_each(|entry| {
            let inner = measure(&entry.node);
            add(Size { bytes: inner.bytes + entry.key.value.len(), ..inner });
        }),
        Value::Text(text) | Value::Date(text) => size.bytes = text.len(),
        Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Float(_) => {}
    }
    size
}

/// What an alias repeats stands at the alias.
fn move_to(node: &mut Node, range: &Range<usize>) {
    node.range = range.clone();
    match &mut node.value {
        Value::List(items) => items.iter_mut().for_each(|item| move_to(item, range)),
        Value::Map(entries) => {
            for entry in entries {
                entry.key.range = range.clone();
                move_to(&mut entry.node, range);
            }
        }
        Value::Null | Value::Bool(_) | Value::Integer(_) | Value::Float(_) | Value::Text(_) | Value::Date(_) => {}
    }
}
