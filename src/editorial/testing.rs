//! A register and pieces for the tests of the rules.

use super::lexicon::Lexicons;
use super::{Piece, Register};
use crate::base::date::Date;
use crate::base::path::SourcePath;
use crate::base::spanned::Spanned;
use crate::config::audience::AudienceSlots;
use crate::config::{DeclaredAudience, OUTCOMES, RuleSettings};
use crate::model::{Kind, State};
use crate::parse::{Document, parse};
use std::sync::Arc;

/// A header that passes every rule, one key a block.
const GOOD: &str = "title: Price the outcome, not the hour
description: What to change before the next renewal round.
date: 2026-11-02
authors: [jane-doe]
audience: services-cfo
objective:
  outcome: strengthen-position
  change: Finance leaders ask for an outcome quote before their renewal round
  measure: { metric: outcome quotes requested by named accounts, target: 12, by: 2027-03-31 }
so_what: Firms that still sell hours will fund their clients' automation out of their own margin.
guidance:
  - do: Re-quote your three largest renewals by outcome before you discuss rates
    who: CFO with the client partner
    because: the first number on the table sets the unit of the argument
  - Ask the three largest suppliers for their 2026 price files before the May board
  - do: Move the rota review
    by: first Monday of each month
";

/// What the site under test declares.
pub struct Fixture {
    pub register: Register,
}

impl Default for Fixture {
    fn default() -> Self {
        let slot = |text: &str| Some(Spanned::new(text.to_owned(), 40..50));
        let slots = AudienceSlots {
            role: slot("CFO"),
            at: slot("mid-size professional-services firms"),
            situation: slot("renewing contracts while wages outrun fees"),
            challenges: Vec::new(),
        };
        let declared = DeclaredAudience { id: Spanned::new("services-cfo".into(), 10..22), title: None, slots, agreed: None };
        let register = Register {
            audiences: [("services-cfo".to_owned(), declared)].into(),
            lang: "en-GB".to_owned(),
            outcomes: OUTCOMES.map(str::to_owned).to_vec(),
            people: ["jane-doe".to_owned(), "tom-lee".to_owned()].into(),
            experts: ["jane-doe".to_owned()].into(),
            brands: vec!["Northwind Advisory".to_owned(), "northwind.example".to_owned()],
            today: Date::parse("2026-11-20").unwrap(),
            rules: RuleSettings::default(),
            lexicons: Lexicons::default(),
            sign_offs: super::records::SignOffs::default(),
        };
        Self { register }
    }
}

impl Fixture {
    /// A good piece with these keys of its header replaced; a key with the value `-` is taken out. What
    /// follows a line `---` is its body.
    pub fn document(&self, keys: &str) -> Document {
        let (keys, body) = keys.split_once("\n---\n").unwrap_or((keys, BODY));
        self.file(&format!("---\n{}---\n{body}", self.header(keys)))
    }

    /// A good piece with this body; a text that begins with a header of its own has those keys replaced.
    pub fn with_body(&self, text: &str) -> Document {
        let (keys, body) = text.strip_prefix("---\n").and_then(|text| text.split_once("---\n")).unwrap_or(("", text));
        self.file(&format!("---\n{}---\n{body}", self.header(keys)))
    }

    /// The header of a good piece with these keys replaced.
    fn header(&self, keys: &str) -> String {
        let mut blocks = split(GOOD);
        for (key, block) in split(keys) {
            blocks.retain(|(name, _)| *name != key);
            if block.trim() != format!("{key}: -") {
                blocks.push((key, block));
            }
        }
        blocks.into_iter().map(|(_, block)| block).collect()
    }

    /// The pieces of a site: each after a line `==> PATH`, the keys that matter, and after a line `---` its body.
    pub fn site(&self, text: &str) -> Vec<Arc<Document>> {
        let files = text.split("==> ").filter(|file| !file.trim().is_empty());
        let document = |file: &str| {
            let (path, rest) = file.split_once('\n').unwrap();
            let (keys, body) = rest.split_once("---\n").unwrap_or((rest, BODY));
            let text = format!("---\n{}---\n{body}", self.header(keys));
            Arc::new(parse(&SourcePath::new(path.trim()).unwrap(), text.as_bytes()))
        };
        files.map(document).collect()
    }

    /// A whole file, read.
    pub fn file(&self, text: &str) -> Document {
        let path = SourcePath::new("content/insights/a.md").unwrap();
        parse(&path, text.as_bytes())
    }

    /// A piece, live unless it says that it is a draft, in its own language or the site's.
    pub fn piece<'a>(&'a self, document: &'a Document) -> Piece<'a> {
        let lang = document.front.lang.as_ref().map_or(self.register.lang.as_str(), |field| &field.value);
        let state = if document.front.draft.as_ref().is_some_and(|draft| draft.value) { State::Draft } else { State::Live };
        Piece { document, kind: Kind::Piece, state, lang, register: &self.register }
    }

    /// The names of the rules that a header with these keys raises, in order, without repeats.
    pub fn raised(&self, keys: &str) -> Vec<&'static str> {
        let document = self.document(keys);
        let mut rules: Vec<&str> = super::judge(&self.piece(&document)).iter().map(|finding| finding.rule).collect();
        rules.sort_unstable();
        rules.dedup();
        rules
    }
}

/// The body of every piece under test.
pub const BODY: &str = "\nThe meter on the wall was read twice a year by a man who never spoke to the finance office.\n";

/// The top-level keys of a header, each with its lines.
fn split(header: &str) -> Vec<(&str, String)> {
    let mut blocks: Vec<(&str, String)> = Vec::new();
    for line in header.lines() {
        let starts_key = line.starts_with(|c: char| c.is_alphabetic()) && line.contains(':');
        if let (true, Some((key, _))) = (starts_key, line.split_once(':')) {
            blocks.push((key, format!("{line}\n")));
        } else if let Some((_, block)) = blocks.last_mut() {
            block.push_str(line);
            block.push('\n');
        }
    }
    blocks
}
