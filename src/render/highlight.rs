//! Code to HTML with thirteen classes of ours, by syntect's grammars.
//!
//! The grammars are loaded when a block first asks, and each block is coloured once: the result is kept
//! by the hash of its language and text. What is compiled of the grammars is large, so a build lets go of
//! them when it has coloured its code; whoever asks then has them loaded again. Syntect's own class output is ten to twenty times the source;
//! here a stack of scopes is reduced to one class, and neighbours of one class share a span.

use super::html::push_text;
use crate::base::fingerprint::Fingerprint;
use crate::base::suggest::did_you_mean;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

/// A longer block is shown plain: nobody reads it, and colouring takes seconds.
const MAX_BLOCK: usize = 512 * 1024;
/// A longer line is machine-made, and regular expressions take long on it.
const MAX_LINE: usize = 4096;
/// A long preview session forgets its blocks rather than grow.
const MAX_CACHED: usize = 8192;

/// What highlighting made of a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Highlight {
    /// HTML; no span goes over a line end.
    Coloured(Arc<str>),
    /// Nothing to colour: the language has no grammar by intent, or the block is too big.
    Plain,
    /// No such language.
    UnknownLanguage,
}

/// Colours code. One value serves all pages and threads.
#[derive(Default)]
pub struct Highlighter {
    grammars: Mutex<Option<Arc<Grammars>>>,
    done: Mutex<BTreeMap<Fingerprint, Arc<str>>>,
}

impl std::fmt::Debug for Highlighter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Highlighter").field("loaded", &self.is_loaded()).finish_non_exhaustive()
    }
}

impl Highlighter {
    /// A highlighter that has loaded nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Colours a block of code in a language named as in an info string, in lower case.
    pub fn highlight(&self, language: &str, code: &str) -> Highlight {
        let Some(token) = grammar_name(language) else { return Highlight::Plain };
        let key = Fingerprint::of_parts([token.as_bytes(), code.as_bytes()]);
        if let Some(html) = self.done.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Highlight::Coloured(html.clone());
        }
        let grammars = self.grammars();
        let Some(syntax) = grammars.find(token) else { return Highlight::UnknownLanguage };
        if code.len() > MAX_BLOCK || code.lines().any(|line| line.len() > MAX_LINE) {
            return Highlight::Plain;
        }
        // Two threads may colour the same block at once; both get the same.
        let Some(html) = grammars.colour(syntax, code) else { return Highlight::Plain };
        let html: Arc<str> = html.into();
        let mut done = self.done.lock().unwrap_or_else(PoisonError::into_inner);
        if done.len() >= MAX_CACHED {
            done.clear();
        }
        done.insert(key, html.clone());
        Highlight::Coloured(html)
    }

    /// True if a block of this language is coloured, or plain by intent.
    pub fn language_known(&self, language: &str) -> bool {
        grammar_name(&language.to_lowercase()).is_none_or(|token| self.grammars().find(token).is_some())
    }

    /// "Did you mean" for a language that is not known.
    pub fn suggest(&self, language: &str) -> Option<String> {
        let names = self.grammars().names();
        did_you_mean(language, names.iter().map(String::as_str))
    }

    /// Lets go of the grammars, and keeps what was coloured.
    pub fn release(&self) {
        self.loaded().take();
    }

    fn is_loaded(&self) -> bool {
        self.loaded().is_some()
    }

    fn grammars(&self) -> Arc<Grammars> {
        Arc::clone(self.loaded().get_or_insert_with(|| Arc::new(Grammars::load())))
    }

    fn loaded(&self) -> MutexGuard<'_, Option<Arc<Grammars>>> {
        self.grammars.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The name under which the grammars know a language; `None` for languages without colours.
fn grammar_name(language: &str) -> Option<&str> {
    Some(match language {
        "text" | "txt" | "plain" | "plaintext" | "none" | "output" | "ascii" => return None,
        "json5" | "jsonc" | "ndjson" | "jsonl" => "json",
        "shell" | "zsh" | "console" | "shellsession" | "terminal" => "bash",
        "markdown" => "md",
        "golang" => "go",
        "c#" => "cs",
        "jsx" => "js",
        "svelte" | "astro" => "html",
        other => other,
    })
}

struct Grammars {
    syntaxes: SyntaxSet,
    /// Scope prefixes with their class, the longest first; an empty class stops the search.
    classes: Vec<(Scope, &'static str)>,
}

impl Grammars {
    fn load() -> Self {
        let mut classes: Vec<(Scope, &'static str)> =
            CLASSES.iter().filter_map(|(prefix, class)| Some((Scope::new(prefix).ok()?, *class))).collect();
        classes.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
        Self { syntaxes: two_face::syntax::extra_newlines(), classes }
    }

    fn find(&self, token: &str) -> Option<&SyntaxReference> {
        self.syntaxes.find_syntax_by_token(token)
    }

    fn names(&self) -> Vec<String> {
        let hidden = |name: &str| name.contains([' ', '/', '.']) || name.len() < 2;
        let extensions = self.syntaxes.syntaxes().iter().flat_map(|syntax| syntax.file_extensions.iter().chain([&syntax.name]));
        let mut names: Vec<String> = extensions.filter(|name| !hidden(name)).map(|name| name.to_lowercase()).collect();
        names.push("text".to_owned());
        names.sort();
        names.dedup();
        names
    }

    /// `None` when a grammar gives up.
    fn colour(&self, syntax: &SyntaxReference, code: &str) -> Option<String> {
        let mut state = ParseState::new(syntax);
        let mut stack = ScopeStack::new();
        let mut known = BTreeMap::new();
        let mut html = String::with_capacity(code.len() * 2);
        for line in code.split_inclusive('\n') {
            let ops = state.parse_line(line, &self.syntaxes).ok()?;
            // Grammars end their scopes after the line end; spans end before it.
            let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
            let mut spans = Spans { html: &mut html, class: "", space: String::new() };
            let mut at = 0;
            for (offset, op) in &ops {
                let offset = (*offset).min(text.len());
                if offset > at {
                    spans.push(self.class(&stack, &mut known), text.get(at..offset)?);
                    at = offset;
                }
                stack.apply(op).ok()?;
            }
            spans.push(self.class(&stack, &mut known), text.get(at..)?);
            spans.close();
            html.push_str(end);
        }
        Some(html)
    }

    /// The class of the innermost scope that has one.
    fn class(&self, stack: &ScopeStack, known: &mut BTreeMap<Scope, Option<&'static str>>) -> &'static str {
        let class_of = |scope: &Scope| self.classes.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)).map(|(_, class)| *class);
        stack.as_slice().iter().rev().find_map(|scope| *known.entry(*scope).or_insert_with(|| class_of(scope))).unwrap_or_default()
    }
}

/// Spans of one line, neighbours of one class joined.
struct Spans<'a> {
    html: &'a mut String,
    class: &'static str,
    /// White space of no colour: inside a span if the same class goes on after it.
    space: String,
}

impl Spans<'_> {
    fn push(&mut self, class: &'static str, text: &str) {
        if text.trim().is_empty() && class != self.class {
            self.space.push_str(text);
            return;
        }
        if class != self.class {
            self.close();
            if !class.is_empty() {
                self.html.push_str("<span class=\"hl-");
                self.html.push_str(class);
                self.html.push_str("\">");
                self.class = class;
            }
        }
        self.html.push_str(&std::mem::take(&mut self.space));
        push_text(self.html, text);
    }

    fn close(&mut self) {
        if !self.class.is_empty() {
            self.html.push_str("</span>");
            self.class = "";
        }
        self.html.push_str(&std::mem::take(&mut self.space));
    }
}

/// Scope prefixes and the class each becomes: keyword, string, comment, number, function, type, constant,
/// variable, operator, tag, attribute, inserted, deleted. An empty class means no colour.
const CLASSES: [(&str, &str); 54] = [
    ("comment", "com"),
    ("punctuation.definition.comment", "com"),
    ("string", "str"),
    ("punctuation.definition.string", "str"),
    ("constant.character", "con"),
    ("constant.numeric", "num"),
    ("constant", "con"),
    ("support.constant", "con"),
    ("variable.other.constant", "con"),
    ("keyword", "kw"),
    ("keyword.operator", "op"),
    ("keyword.operator.word", "kw"),
    ("keyword.operator.logical.python", "kw"),
    ("keyword.other.unit", "num"),
    ("storage", "kw"),
    ("storage.type.numeric", "num"),
    ("variable.language", "kw"),
    ("variable.parameter", "var"),
    ("variable.function", "fn"),
    ("variable.other.readwrite.shell", "var"),
    ("variable.other.php", "var"),
    ("punctuation.definition.variable", "var"),
    ("entity.name.function", "fn"),
    ("support.function", "fn"),
    ("entity.name.macro", "fn"),
    ("support.macro", "fn"),
    ("entity.name.class", "ty"),
    ("entity.name.struct", "ty"),
    ("entity.name.enum", "ty"),
    ("entity.name.trait", "ty"),
    ("entity.name.type", "ty"),
    ("entity.name.impl", "ty"),
    ("entity.name.interface", "ty"),
    ("entity.name.namespace", "ty"),
    ("entity.other.inherited-class", "ty"),
    ("support.type", "ty"),
    ("support.class", "ty"),
    ("support.type.property-name", "attr"),
    ("entity.name.tag", "tag"),
    ("entity.other.attribute-name", "attr"),
    ("meta.property-name.css", "attr"),
    ("variable.annotation", "attr"),
    ("entity.name.section", "kw"),
    ("markup.heading", "kw"),
    ("markup.inserted", "ins"),
    ("markup.deleted", "del"),
    ("markup.raw", "str"),
    ("markup.underline.link", "str"),
    ("meta.diff.header", "com"),
    ("meta.diff.range", "com"),
    // What is interpolated into a string, or embedded in a page, is no part of it.
    ("meta.interpolation", ""),
    ("meta.template.expression", ""),
    ("source", ""),
    ("text", ""),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn check(language: &str, code: &str, expected: &str) {
        match Highlighter::new().highlight(language, code) {
            Highlight::Coloured(html) => assert_eq!(&*html, expected, "{language}"),
            other => panic!("{language}: {other:?}"),
        }
    }

    #[test]
    fn code_gets_few_classes_and_no_span_crosses_a_line() {
        check(
            "rust",
            "/* a\nb */ fn x() -> u8 { \"<&>\\n\" }\n",
            "<span class=\"hl-com\">/* a</span>\n<span class=\"hl-com\">b */</span> <span class=\"hl-kw\">fn</span> <span class=\"hl-fn\">x</span>() -&gt; <span class=\"hl-kw\">u8</span> { <span class=\"hl-str\">&quot;&lt;&amp;&gt;</span><span class=\"hl-con\">\\n</span><span class=\"hl-str\">&quot;</span> }\n",
        );
        check("yaml", "a: 1 # b", "<span class=\"hl-tag\">a</span>: <span class=\"hl-num\">1</span> <span class=\"hl-com\"># b</span>");
        check("diff", "-a\n+b\n", "<span class=\"hl-del\">-a</span>\n<span class=\"hl-ins\">+b</span>\n");
    }

    #[test]
    fn languages_are_known_by_many_names() {
        let highlighter = Highlighter::new();
        for known in [
            "rust",
            "rs",
            "Python",
            "jsonc",
            "json5",
            "sh",
            "console",
            "toml",
            "typescript",
            "tsx",
            "dockerfile",
            "c++",
            "text",
            "yml",
            "sql",
            "markdown",
        ] {
            assert!(highlighter.language_known(known), "{known}");
        }
        assert!(!highlighter.language_known("pyhton"));
        assert_eq!(highlighter.suggest("pyhton").as_deref(), Some("did you mean `python`?"));
        assert_eq!(highlighter.highlight("pyhton", "x"), Highlight::UnknownLanguage);
    }

    #[test]
    fn nothing_is_loaded_for_plain_text_and_blocks_are_kept() {
        let highlighter = Highlighter::new();
        assert_eq!(highlighter.highlight("text", "fn"), Highlight::Plain);
        assert!(!highlighter.is_loaded());
        let (first, second) = (highlighter.highlight("rs", "fn a() {}"), highlighter.highlight("rs", "fn a() {}"));
        let (Highlight::Coloured(first), Highlight::Coloured(second)) = (first, second) else { panic!("both are coloured") };
        assert!(Arc::ptr_eq(&first, &second));
        assert_eq!(highlighter.highlight("rs", &"x".repeat(MAX_LINE + 1)), Highlight::Plain);
    }
}
