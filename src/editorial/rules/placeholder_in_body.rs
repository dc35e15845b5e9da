//! A placeholder left in the text.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::body::place;
use crate::editorial::placeholder::MARKS;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::{Block, BlockKind};
use std::ops::Range;

/// Marks that only stand in running text: what editors call "to come".
const TO_COME: [&str; 2] = ["TKTK", "TK TK"];
/// How a note in square brackets begins.
const NOTES: &[&str] = &[
    "insert ",
    "add ",
    "todo",
    "tbd",
    "tbc",
    "tk",
    "placeholder",
    "citation needed",
    "source needed",
    "link to come",
    "link here",
    "name here",
    "date here",
    "figure here",
    "quote here",
    "image here",
    "your ",
    "fill in",
    "check this",
    "to be confirmed",
    "to be added",
    "to come",
    "xx",
];

pub struct PlaceholderInBody;

const DOC: RuleDoc = RuleDoc {
    name: "placeholder-in-body",
    family: Family::Structure,
    level: Level::Error,
    standing: Standing::Basic,
    summary: "No note to oneself is left in the text",
    why: "An article on why marketing should not make thought leadership shows its readers a line “Posted” with no date behind it: a slot that \
          nobody filled. A “TODO” or “[insert quote]” tells them that nobody read the piece before they did.",
    bad: &[
        Example::markdown("The saving is XX% of the fee.\n"),
        Example::markdown("TODO: the case from Tampere.\n"),
        Example::markdown("As [insert client] told us, it began with the ledger.\n"),
        Example::markdown("Lorem ipsum dolor sit amet, consectetur adipiscing elit.\n"),
    ],
    good: &[
        Example::markdown("Grep the text for `TODO` before you send it.\n"),
        Example::markdown("They wrote “TBD” into every second line of the plan.\n"),
        Example::markdown("The board [then of five] met in May.\n"),
    ],
    mend: "Write what belongs there, or take the sentence out. To write about such marks, set them in code or between quotation marks.",
};

impl Rule for PlaceholderInBody {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let document = case.document();
        // In a table "TBD" may be what is known: of a date, say.
        let is_own = |block: &Block| !matches!(block.kind, BlockKind::Quote | BlockKind::Cell);
        for (idx, block) in document.blocks().iter().enumerate().filter(|(_, block)| is_own(block)) {
            for range in placeholders(block) {
                let place = place::in_block(document, idx, &range);
                if place::is_code(document, &place) {
                    continue;
                }
                let message = format!("`{}` is a placeholder", &block.text[range]);
                findings.push(DOC.error(case.place(place), message).help("write what belongs here, or take it out"));
            }
        }
    }
}

fn placeholders(block: &Block) -> Vec<Range<usize>> {
    let text = block.text.as_str();
    let mut found: Vec<Range<usize>> = Vec::new();
    if !may_hold_any(text) {
        return found;
    }
    for mark in MARKS.into_iter().chain(TO_COME) {
        found.extend(standing_alone(text, mark).filter(|range| !is_quoted(text, range) && !is_name(text, range)));
    }
    for mark in ["XX%", "XX %", "XX percent", "XX per cent"] {
        found.extend(standing_alone(text, mark));
    }
    for mark in ["Lorem ipsum", "lorem ipsum"] {
        found.extend(text.find(mark).map(|at| at..at + mark.len()).filter(|range| !is_quoted(text, range)));
    }
    found.extend(notes(text));
    found.sort_by_key(|range| range.start);
    found.dedup_by(|later, kept| later.start < kept.end);
    found
}

/// Whether a text has what every placeholder has: two capitals side by side, a bracket, or the one that is Latin.
/// Without branches, so that many bytes are looked at together.
fn may_hold_any(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_sign = |before: u8, byte: u8| (before.is_ascii_uppercase() & byte.is_ascii_uppercase()) | (byte == b'[');
    let pairs = bytes.iter().zip(bytes.iter().skip(1));
    bytes.first() == Some(&b'[') || pairs.fold(false, |has, (before, byte)| has | is_sign(*before, *byte)) || text.contains("orem ipsum")
}

/// Where a mark stands as a word of its own; a hyphen makes it a part of another.
fn standing_alone<'a>(text: &'a str, mark: &'a str) -> impl Iterator<Item = Range<usize>> {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '/' | '.');
    text.match_indices(mark).map(|(at, mark)| at..at + mark.len()).filter(move |range| {
        let before = text[..range.start].chars().next_back();
        let mut after = text[range.end..].chars();
        let next = after.next();
        let goes_on = next.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '/'))
            || (next == Some('.') && after.next().is_some_and(char::is_alphanumeric));
        !before.is_some_and(joins) && !goes_on
    })
}

/// `[insert quote]`: brackets that a reader was not to see.
fn notes(text: &str) -> impl Iterator<Item = Range<usize>> {
    text.match_indices('[').filter_map(|(at, _)| {
        let len = text[at..].find(']')?;
        let inside = text[at + 1..at + len].trim().to_ascii_lowercase();
        let is_note = NOTES.iter().any(|note| match inside.strip_prefix(note) {
            Some(rest) => note.ends_with(' ') || !rest.starts_with(char::is_alphanumeric),
            None => false,
        });
        is_note.then_some(at..at + len + 1)
    })
}

/// `TBC Bank`, `Super Bowl XXX`: a part of a name.
fn is_name(text: &str, range: &Range<usize>) -> bool {
    let mark = &text[range.clone()];
    let begins_name = text[range.end..].strip_prefix(' ').is_some_and(|rest| rest.starts_with(char::is_uppercase));
    let last = text[..range.start].strip_suffix(' ').and_then(|before| before.rsplit(' ').next());
    let ends_name = mark == "XXX" && last.is_some_and(|word| word.starts_with(char::is_uppercase));
    ends_name || (begins_name && matches!(mark, "TBC" | "TBD" | "XXX"))
}

/// True for what stands right between quotation marks.
fn is_quoted(text: &str, range: &Range<usize>) -> bool {
    let opens = text[..range.start].chars().next_back().is_some_and(|c| matches!(c, '"' | '“' | '‘' | '\'' | '«' | '„'));
    let closes = text[range.end..].trim_start_matches([':', '.', ',']).starts_with(['"', '”', '’', '\'', '»', '“']);
    opens || closes
}
