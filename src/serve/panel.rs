//! What the panel beside a page shows: the brief with a verdict on each slot, the findings, the state.

use super::edition::Edition;
use super::excerpt::{self, Editor};
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::path::OutputPath;
use crate::editorial;
use crate::model::{Kind, Page};
use crate::output::Subject;
use crate::parse::front_matter::{AudienceEntry, GuidanceItem, Objective, Slot};
use crate::parse::{Document, LinkKind};
use crate::pipeline::Gate;
use serde_json::{Value, json};
use std::ops::Range;

/// Families of rules whose errors leave a page that is not what the author wrote.
const FAULTS: [&str; 6] = ["front-matter-", "config-", "template-", "directive-", "kind-", "internal-"];

/// The page whose file an output is.
pub fn page_of<'a>(output: &OutputPath, edition: &'a Edition) -> Option<&'a Page> {
    let outcome = edition.outcome.as_ref()?;
    match &outcome.plan.entries.get(output)?.subject {
        Subject::Page(id) | Subject::Section(id, _) => Some(outcome.site.page(*id)),
        Subject::Alias(id, _) | Subject::Data(id, _) => Some(outcome.site.page(*id)),
        Subject::Term(..) | Subject::Taxonomy(..) | Subject::Feed(_) | Subject::Asset(_) | Subject::Part(_) | Subject::Single => None,
    }
}

/// Whether the whole site would be published.
pub fn site_state(edition: &Edition) -> Value {
    json!({
        "title": edition.outcome.as_ref().map(|outcome| &outcome.site.config.title),
        "home": edition.outcome.as_ref().map(|outcome| outcome.site.config.base_url.href("/")),
        "open": edition.gate == Gate::Open,
        "errors": edition.count(Severity::Error),
        "warnings": edition.count(Severity::Warning),
    })
}

/// What stands between the author and the page: shown over the last good page until it is mended.
pub fn faults(page: Option<&Page>, in_making: &[Diagnostic], edition: &Edition, editor: &Editor) -> Vec<Value> {
    let is_fault = |finding: &&Diagnostic| {
        let concerns_all =
            edition.trouble.contains(finding) || ["template-", "config-"].iter().any(|family| finding.rule.starts_with(family));
        let is_here = page.is_some_and(|page| page.document.path == finding.place.path);
        let is_grave = finding.severity == Severity::Error && FAULTS.iter().any(|family| finding.rule.starts_with(family));
        edition.trouble.contains(finding) || (is_grave && (is_here || concerns_all))
    };
    let made = in_making.iter().filter(|finding| finding.severity == Severity::Error);
    let mut faults: Vec<&Diagnostic> = edition.findings.iter().filter(is_fault).chain(made).collect();
    faults.sort();
    faults.dedup();
    faults.into_iter().map(|finding| excerpt::finding(finding, &edition.sources, editor)).collect()
}

/// The brief of a page and all that was found in it.
pub fn brief(page: &Page, in_making: &[Diagnostic], edition: &Edition, editor: &Editor) -> Value {
    let document = &*page.document;
    let own = edition.findings.iter().chain(in_making).filter(|finding| finding.place.path == document.path);
    let mut findings: Vec<&Diagnostic> = own.collect();
    findings.sort();
    findings.dedup();
    let desk = Desk { document, findings: &findings, edition, editor };
    let is_closed = findings.iter().any(|finding| editorial::closes_gate(finding.severity, page.state));
    let front = &document.front;
    let external = document.links.iter().filter(|link| link.kind == LinkKind::Link && link.destination.contains("://"));
    json!({
        "title": page.title,
        "kind": page.kind.as_str(),
        "state": page.state.as_str(),
        "publishable": !is_closed,
        "gated": front.gate.as_ref().map(|gate| gate.value.reason.as_ref().map(|reason| &reason.value)),
        "unlisted": page.summary.unlisted,
        "source": document.path.as_str(),
        "editor": editor.link(document.path.as_str(), 1, 1),
        "slots": if page.kind == Kind::Piece { desk.slots(page) } else { Vec::new() },
        "guidance": if page.kind == Kind::Piece { desk.guidance() } else { Vec::new() },
        "findings": findings.iter().map(|finding| excerpt::finding(finding, &edition.sources, editor)).collect::<Vec<_>>(),
        "words": document.word_count,
        "minutes": page.summary.reading_minutes,
        "links": external.map(|link| json!({"text": link.text, "url": link.destination})).collect::<Vec<_>>(),
    })
}

/// One document with what was found in it.
struct Desk<'a> {
    document: &'a Document,
    findings: &'a [&'a Diagnostic],
    edition: &'a Edition,
    editor: &'a Editor,
}

impl Desk<'_> {
    fn slots(&self, page: &Page) -> Vec<Value> {
        let front = &self.document.front;
        let audience = front.audience.as_ref().map_or(0..0, crate::base::spanned::Field::place);
        let named = front.audience.iter().flat_map(|field| &field.value);
        let ids = named.filter_map(|entry| match entry {
            AudienceEntry::Id(id) if !page.summary.audiences.iter().any(|known| known.id.as_ref() == Some(&id.value)) => {
                Some(id.value.clone())
            }
            AudienceEntry::Id(_) | AudienceEntry::Inline(_) | AudienceEntry::Other(_) => None,
        });
        let known = page.summary.audiences.iter().map(|known| match known.situation.is_empty() || known.title.contains(&known.situation) {
            true => known.title.clone(),
            false => format!("{}, {}", known.title, known.situation),
        });
        let audiences: Vec<String> = known.chain(ids).collect();
        let (objective, outcome) = match front.objective.as_ref().map(|field| (&field.value, field.place())) {
            Some((Objective::Sentence(sentence), place)) => ((sentence.value.clone(), place), None),
            Some((Objective::Full(slots), place)) => {
                let text = slots.change.as_ref().or(slots.outcome.as_ref()).map_or_else(String::new, |slot| slot.value.clone());
                ((text, place), slots.outcome.as_ref().map(|slot| slot.value.clone()))
            }
            None => ((String::new(), 0..0), None),
        };
        let so_what = front.so_what.as_ref().map_or((String::new(), 0..0), |field| (field.value.clone(), field.place()));
        vec![
            self.slot("For", "audience", &audiences.join("; "), audience),
            self.slot("So what", "so-what", &so_what.0, so_what.1),
            self.slot(
                &outcome.map_or_else(|| "Objective".to_owned(), |outcome| format!("Objective: {outcome}")),
                "objective",
                &objective.0,
                objective.1,
            ),
        ]
    }

    /// A slot is judged by what was found about its family.
    fn slot(&self, label: &str, family: &str, text: &str, place: Range<usize>) -> Value {
        let of_family = |finding: &&&Diagnostic| finding.rule.strip_prefix(family).is_some_and(|rest| rest.starts_with('-'));
        let found: Vec<&Diagnostic> = self.findings.iter().filter(of_family).copied().collect();
        self.judged(label, text, place, &found)
    }

    fn guidance(&self) -> Vec<Value> {
        let items = self.document.front.guidance.iter().flat_map(|field| &field.value);
        items.map(|item| self.guidance_item(item)).collect()
    }

    fn guidance_item(&self, item: &GuidanceItem) -> Value {
        let named = [("who", &item.who), ("by", &item.by), ("done when", &item.done_when), ("because", &item.because)];
        let slots: Vec<Value> = named.into_iter().filter_map(|(label, slot)| Some(self.inner(label, slot.as_ref()?))).collect();
        let inner = [&item.who, &item.by, &item.done_when, &item.because].into_iter().flatten();
        let inner: Vec<&Range<usize>> = inner.map(|slot| &slot.range).collect();
        let is_own = |finding: &&&Diagnostic| {
            let is_inside = covers(&item.range, finding);
            is_inside && !inner.iter().any(|range| covers(range, finding))
        };
        let found: Vec<&Diagnostic> = self.findings.iter().filter(is_own).copied().collect();
        let text = item.deed.as_ref().map_or("", |deed| deed.value.as_str());
        let mut judged = self.judged("do", text, item.range.clone(), &found);
        judged["slots"] = slots.into();
        judged
    }

    fn inner(&self, label: &str, slot: &Slot) -> Value {
        let found: Vec<&Diagnostic> = self.findings.iter().filter(|finding| covers(&slot.range, finding)).copied().collect();
        self.judged(label, &slot.value, slot.range.clone(), &found)
    }

    fn judged(&self, label: &str, text: &str, place: Range<usize>, found: &[&Diagnostic]) -> Value {
        let worst = found.iter().map(|finding| finding.severity).min();
        let region = self.edition.sources.region(&Place::new(&self.document.path, place));
        json!({
            "label": label,
            "text": text.trim(),
            "verdict": worst.map_or("good", Severity::as_str),
            "messages": found.iter().map(|finding| &finding.message).collect::<Vec<_>>(),
            "line": region.start.line,
            "editor": self.editor.link(self.document.path.as_str(), region.start.line, region.start.column),
        })
    }
}

/// Whether a finding points into a range.
fn covers(range: &Range<usize>, finding: &Diagnostic) -> bool {
    range.start <= finding.place.start && finding.place.start < range.end.max(range.start + 1)
}
