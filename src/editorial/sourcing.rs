//! Whether a sentence of a body says where what it tells is from.

use super::Case;
use super::body::{Body, Group, place};
use super::prose::fold;
use crate::parse::BlockKind;
use std::ops::Range;

/// How many bytes after a sentence a citation of it may begin: its stop, a bracket, a space.
const AFTER: usize = 24;

/// True if a citation, a footnote or a link stands in these sentences.
pub fn cites(case: &Case<'_>, body: &Body, sentences: &Range<usize>) -> bool {
    let document = case.document();
    let (Some(first), Some(last)) =
        (body.sentences.get(sentences.start), sentences.end.checked_sub(1).and_then(|idx| body.sentences.get(idx)))
    else {
        return false;
    };
    let blocks = document.blocks();
    let blocks: Vec<&Range<usize>> = blocks.iter().skip(first.block).take(last.block + 1 - first.block).map(|block| &block.range).collect();
    let references = || {
        let citations = document.citations.iter().map(|citation| citation.range.start);
        citations.chain(document.links.iter().map(|link| link.range.start))
    };
    let in_blocks = |at: usize| blocks.iter().any(|block| block.start <= at && at < block.end + AFTER);
    if !references().any(in_blocks) {
        return false;
    }
    let said = place::in_file(document, body, &body.span(sentences.clone()));
    // A link begins before its words.
    references().any(|at| said.start <= at + 2 && at < said.end + AFTER)
}

/// True if somebody or something is called by name in these sentences, beyond the first word of each.
pub fn names_somebody(case: &Case<'_>, body: &Body, sentences: Range<usize>) -> bool {
    let is_name = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let bare = bare.strip_suffix("'s").unwrap_or(bare);
        let mut chars = bare.chars();
        let begins = chars.next().is_some_and(char::is_uppercase);
        let is_acronym = bare.chars().count() > 2 && bare.chars().all(char::is_uppercase);
        let is_role = || case.lexicon.is_some_and(|lexicon| lexicon.roles.has(&fold(bare)));
        let is_date = || case.lexicon.is_some_and(|lexicon| lexicon.time_words.has(&fold(bare)));
        begins
            && (is_acronym || chars.any(char::is_lowercase))
            && !is_role()
            && !is_date()
            && !matches!(bare, "I'm" | "I've" | "I'd" | "I'll")
    };
    body.sentences.get(sentences).into_iter().flatten().any(|sentence| {
        let words = body.slice(&sentence.range).split(' ');
        // What begins a sentence, or stands after a colon, has its capital from there.
        words.clone().zip(words.skip(1)).any(|(before, word)| !before.ends_with(':') && is_name(word))
    })
}

/// True if the sentence begins with a name and says what it found: `Gartner reports …`.
pub fn begins_with_name(body: &Body, idx: usize) -> bool {
    let Some(sentence) = body.sentences.get(idx) else { return false };
    let text = body.slice(&sentence.range);
    let first_len = text.find(' ').unwrap_or(text.len());
    let second_start = sentence.range.start + first_len;
    let near = second_start..(second_start + 30).min(sentence.range.end);
    text.starts_with(char::is_uppercase)
        && body.hits_in(Group::Attribution, &near).any(|hit| hit.range.start <= second_start + 1)
        && !body.hits_in(Group::Population, &(sentence.range.start..second_start)).any(|_| true)
}

/// True if the author or the firm speaks of itself in these sentences.
pub fn is_first_person(body: &Body, sentences: Range<usize>) -> bool {
    let is_first = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '\'');
        let bare = bare.split('\'').next().unwrap_or(bare);
        bare == "I" || ["we", "our", "ours", "us", "my"].iter().any(|own| bare.eq_ignore_ascii_case(own))
    };
    body.sentences.get(sentences).into_iter().flatten().any(|sentence| body.slice(&sentence.range).split(' ').any(is_first))
}

/// True if a year stands between brackets in these sentences: `(Acme, 2024)`.
pub fn dates_in_brackets(body: &Body, sentences: Range<usize>) -> bool {
    let text = body.slice(&body.span(sentences));
    let bracketed = text.split('(').skip(1).filter_map(|rest| rest.split_once(')')).map(|(inside, _)| inside);
    bracketed
        .flat_map(|inside| inside.split(|c: char| !c.is_alphanumeric()))
        .any(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && word.bytes().all(|byte| byte.is_ascii_digit()))
}

/// True if these sentences give what they tell to somebody: by citation, by link, or by name.
pub fn is_attributed(case: &Case<'_>, body: &Body, sentences: &Range<usize>) -> bool {
    let told = || body.hits_in(Group::Attribution, &body.span(sentences.clone())).next().is_some();
    (told() && names_somebody(case, body, sentences.clone()))
        || sentences.clone().any(|idx| begins_with_name(body, idx))
        || dates_in_brackets(body, sentences.clone())
        || names_a_source(case, body, sentences)
        || cites(case, body, sentences)
}

/// True if these sentences call a source of the piece's own list by its publisher's or its own name.
fn names_a_source(case: &Case<'_>, body: &Body, sentences: &Range<usize>) -> bool {
    let text = body.slice(&body.span(sentences.clone()));
    let sources = case.front().sources.iter().flat_map(|field| &field.value);
    let names = sources.flat_map(|source| [source.publisher.as_ref(), source.title.as_ref()]).flatten();
    names.into_iter().any(|name| name.value.len() > 3 && text.contains(name.value.trim()))
}

/// The sentences of the paragraph that leads into the list a sentence stands in; none for running text.
pub fn lead_in(body: &Body, idx: usize) -> Range<usize> {
    if body.sentences[idx].kind != BlockKind::Item {
        return 0..0;
    }
    let before = body.sentences[..idx].iter().rposition(|sentence| sentence.kind != BlockKind::Item);
    before.filter(|last| body.sentences[*last].kind == BlockKind::Paragraph).map_or(0..0, |last| {
        let block = body.sentences[last].block;
        let first = body.sentences[..last].iter().rposition(|sentence| sentence.block != block).map_or(0, |idx| idx + 1);
        first..last + 1
    })
}
