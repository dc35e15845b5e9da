//! A page's brief as its panel shows it: each slot with what was said, the verdict on it, and its line.

use super::edition::Edition;
use super::excerpt::{self, Editor};
use crate::base::date::Date;
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::spanned::Field;
use crate::model::{AudienceRef, Kind, Page, State};
use crate::parse::front_matter::{AudienceEntry, AudienceSlots, GuidanceItem, Measure, Objective, Slot};
use crate::parse::{Document, LinkKind};
use serde_json::{Value, json};
use std::ops::Range;
use std::sync::Arc;

/// The brief of a page and all that was found in it.
pub fn of(page: &Page, in_making: &[Diagnostic], edition: &Edition, editor: &Editor) -> Value {
    let document = &*page.document;
    let in_making = in_making.iter().filter(|finding| finding.place.path == document.path);
    let own = edition.findings.of(&document.path).iter().chain(in_making);
    let mut findings: Vec<&Diagnostic> = own.collect();
    findings.sort();
    findings.dedup();
    let desk = Desk { document, findings: &findings, edition, editor };
    let found: Vec<Diagnostic> = findings.iter().copied().cloned().collect();
    let is_closed = edition.outcome.as_ref().is_some_and(|outcome| outcome.is_closed_by(&document.path, &found));
    let external = document.links.iter().filter(|link| link.kind == LinkKind::Link && link.destination.contains("://"));
    let is_piece = page.kind == Kind::Piece;
    json!({
        "title": page.title,
        "kind": page.kind.as_str(),
        "state": page.state.as_str(),
        "until": turning_point(page).map(|date| date.iso_day()),
        "publishable": !is_closed,
        "checked": edition.is_checked(),
        "gate": if is_piece { desk.gate() } else { Value::Null },
        "unlisted": page.summary.unlisted,
        "source": document.path.as_str(),
        "editor": editor.link(document.path.as_str(), 1, 1),
        "slots": if is_piece { vec![desk.audience(page), desk.so_what(), desk.objective()] } else { Vec::new() },
        "guidance": if is_piece { desk.guidance() } else { Vec::new() },
        "findings": findings.iter().map(|finding| excerpt::finding(finding, &edition.sources, editor)).collect::<Vec<_>>(),
        "words": document.word_count,
        "minutes": page.summary.reading_minutes,
        "links": external.map(|link| desk.link(&link.text, &link.destination, link.range.clone())).collect::<Vec<_>>(),
    })
}

/// The day on which the state of a page changes, or has changed.
fn turning_point(page: &Page) -> Option<Date> {
    let front = &page.document.front;
    let date = match page.state {
        State::Scheduled => front.publish_on.as_deref().or(front.date.as_ref()),
        State::Live | State::Expired => front.expires_on.as_deref(),
        State::Draft => None,
    };
    date.map(|field| field.value)
}

/// A slot as it was filled in.
struct Said<'a> {
    label: &'static str,
    text: &'a str,
    /// `None` when it is missing.
    place: Option<Range<usize>>,
    /// What it is made of.
    parts: Vec<Value>,
}

/// One document with what was found in it.
struct Desk<'a> {
    document: &'a Document,
    findings: &'a [&'a Diagnostic],
    edition: &'a Edition,
    editor: &'a Editor,
}

impl Desk<'_> {
    fn audience(&self, page: &Page) -> Value {
        let field = self.document.front.audience.as_ref();
        let entries: Vec<(String, Vec<Value>)> =
            field.iter().flat_map(|field| &field.value).map(|entry| self.audience_entry(entry, &page.summary.audiences)).collect();
        let text: Vec<&str> = entries.iter().map(|(text, _)| text.as_str()).filter(|text| !text.is_empty()).collect();
        let text = text.join("; ");
        let parts = entries.into_iter().flat_map(|(_, parts)| parts).collect();
        self.of_family("audience", Said { label: "For", text: &text, place: field.map(Field::place), parts })
    }

    /// An entry in a phrase, with its slots.
    fn audience_entry(&self, entry: &AudienceEntry, known: &[Arc<AudienceRef>]) -> (String, Vec<Value>) {
        match entry {
            AudienceEntry::Id(id) => {
                let Some(known) = known.iter().find(|known| known.id.as_ref() == Some(&id.value)) else {
                    return (id.value.clone(), Vec::new());
                };
                // The title may already say all of it.
                let said = [("at", &known.at), ("situation", &known.situation)].into_iter();
                let said = said.filter(|(_, text)| !text.is_empty() && !known.title.contains(text.as_str()));
                (known.title.clone(), said.map(|(label, text)| self.judged(label, text, id.range.clone(), &[])).collect())
            }
            AudienceEntry::Inline(slots) => self.inline_audience(&slots.value),
            AudienceEntry::Other(_) => (String::new(), Vec::new()),
        }
    }

    fn inline_audience(&self, slots: &AudienceSlots) -> (String, Vec<Value>) {
        let text = |slot: &Option<Slot>| slot.as_ref().map(|slot| slot.value.trim().to_owned()).unwrap_or_default();
        let named = [("at", &slots.at), ("situation", &slots.situation)];
        (text(&slots.role), named.into_iter().filter_map(|(label, slot)| Some(self.slot(label, slot.as_ref()?))).collect())
    }

    fn so_what(&self) -> Value {
        let field = self.document.front.so_what.as_ref();
        let text = field.map_or("", |field| &field.value);
        self.of_family("so-what", Said { label: "So what", text, place: field.map(Field::place), parts: Vec::new() })
    }

    fn objective(&self) -> Value {
        let field = self.document.front.objective.as_ref();
        let (text, parts) = match field.map(|field| &field.value) {
            None => (String::new(), Vec::new()),
            Some(Objective::Sentence(sentence)) => (sentence.value.clone(), Vec::new()),
            Some(Objective::Full(slots)) => {
                let outcome = slots.outcome.iter().map(|slot| self.slot("outcome", slot));
                let measure = slots.measure.iter().map(|measure| self.measure(measure));
                (slots.change.as_ref().map(|slot| slot.value.clone()).unwrap_or_default(), outcome.chain(measure).collect())
            }
        };
        self.of_family("objective", Said { label: "Objective", text: &text, place: field.map(Field::place), parts })
    }

    fn measure(&self, measure: &Field<Measure>) -> Value {
        let Measure { metric, target, by } = &measure.value;
        let metric = metric.as_ref().map(|slot| slot.value.clone());
        let target = target.as_ref().map(|slot| format!("target {}", slot.value));
        let by = by.as_ref().map(|by| format!("by {}", by.value.iso_day()));
        let text: Vec<String> = [metric, target, by].into_iter().flatten().collect();
        let place = measure.place();
        self.judged("measure", &text.join(", "), place.clone(), &self.inside(&place))
    }

    fn gate(&self) -> Value {
        let Some(gate) = &self.document.front.gate else { return Value::Null };
        let reason = gate.value.reason.as_ref().map_or("", |reason| &reason.value);
        let until = gate.value.until.as_ref().map(|until| format!("until {}", until.value.iso_day()));
        let parts = until.map(|until| self.judged("", &until, gate.place(), &[])).into_iter().collect();
        self.of_family("gate", Said { label: "Gated", text: reason, place: Some(gate.place()), parts })
    }

    fn guidance(&self) -> Vec<Value> {
        let items = self.document.front.guidance.iter().flat_map(|field| &field.value);
        items.map(|item| self.guidance_item(item)).collect()
    }

    fn guidance_item(&self, item: &GuidanceItem) -> Value {
        let named = [("who", &item.who), ("by", &item.by), ("done when", &item.done_when), ("because", &item.because)];
        let pins: Vec<(&str, &Slot)> = named.into_iter().filter_map(|(label, slot)| Some((label, slot.as_ref()?))).collect();
        let is_own = |finding: &&Diagnostic| !pins.iter().any(|(_, pin)| covers(&pin.range, finding));
        let found: Vec<&Diagnostic> = self.inside(&item.range).into_iter().filter(is_own).collect();
        let text = item.deed.as_ref().map_or("", |deed| deed.value.as_str());
        let mut judged = self.judged("do", text, item.range.clone(), &found);
        judged["parts"] = pins.into_iter().map(|(label, pin)| self.slot(label, pin)).collect();
        judged
    }

    /// A slot of the brief is judged by what was found about its family.
    fn of_family(&self, family: &str, said: Said<'_>) -> Value {
        let is_of_family = |finding: &&&Diagnostic| finding.rule.strip_prefix(family).is_some_and(|rest| rest.starts_with('-'));
        let found: Vec<&Diagnostic> = self.findings.iter().filter(is_of_family).copied().collect();
        let mut judged = self.judged(said.label, said.text, said.place.unwrap_or(0..0), &found);
        judged["parts"] = said.parts.into();
        judged
    }

    fn slot(&self, label: &str, slot: &Slot) -> Value {
        self.judged(label, &slot.value, slot.range.clone(), &self.inside(&slot.range))
    }

    fn inside(&self, range: &Range<usize>) -> Vec<&Diagnostic> {
        self.findings.iter().filter(|finding| covers(range, finding)).copied().collect()
    }

    fn judged(&self, label: &str, text: &str, place: Range<usize>, found: &[&Diagnostic]) -> Value {
        let worst = found.iter().map(|finding| finding.severity).min();
        let (line, editor) = self.open(place);
        json!({
            "label": label,
            "text": text.trim(),
            "verdict": worst.map_or("good", Severity::as_str),
            "messages": found.iter().map(|finding| &*finding.message).collect::<Vec<_>>(),
            "line": line,
            "editor": editor,
        })
    }

    fn link(&self, text: &str, url: &str, place: Range<usize>) -> Value {
        let (line, editor) = self.open(place);
        json!({"text": text, "url": url, "line": line, "editor": editor})
    }

    /// The line of a place, and what opens it in the editor.
    fn open(&self, place: Range<usize>) -> (usize, Option<String>) {
        let start = self.edition.sources.region(&Place::new(&self.document.path, place)).start;
        (start.line, self.editor.link(self.document.path.as_str(), start.line, start.column))
    }
}

/// Whether a finding points into a range.
fn covers(range: &Range<usize>, finding: &Diagnostic) -> bool {
    range.start <= finding.place.start && finding.place.start < range.end.max(range.start + 1)
}
