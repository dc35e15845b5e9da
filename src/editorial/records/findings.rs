//! What is wrong with records, and with pieces for want of them.

use super::ledger::{Entry, Ledger};
use super::metric::{is_channel_figure, is_same};
use super::objective::{ObjectiveState, days_between, reaches, target_of};
use super::sign_off::{Origin, SignedOff, Standing};
use crate::base::diagnostic::{Diagnostic, Place, Severity};
use crate::base::path::SourcePath;
use crate::config::Config;
use crate::config::sign_off::Capacity;
use crate::editorial::docs::records as docs;
use crate::model::State;
use crate::parse::records::csv::Cell;
use crate::parse::records::trace::Change;
use crate::parse::records::{RATINGS, RESULTS, SAMPLES, SIGN_OFFS};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Says what is wrong with the records of a site, and which pieces lack one that they need.
pub fn judge(ledger: &Ledger<'_>, config: &Config) -> Vec<Diagnostic> {
    let required: BTreeSet<Capacity> = config.sign_off.required(config.rules.preset).into_iter().collect();
    let mut findings = Vec::new();
    judge_names(ledger, &mut findings);
    judge_repeats(ledger, &mut findings);
    judge_ratings(ledger, &mut findings);
    for entry in ledger.pieces.values() {
        judge_sign_offs(entry, &required, ledger, &mut findings);
        judge_results(entry, ledger, &mut findings);
    }
    findings
}

fn place(file: &str, range: &Range<usize>) -> Place {
    Place::new(&SourcePath::new(file).expect("a plain path"), range.clone())
}

/// Pieces and people that records name and the site does not know.
fn judge_names(ledger: &Ledger<'_>, findings: &mut Vec<Diagnostic>) {
    let records = ledger.records;
    let sign_offs = records.sign_offs.iter().map(|record| (SIGN_OFFS, &record.piece, Some(&record.by)));
    let results = records.results.iter().map(|record| (RESULTS, &record.piece, None));
    let ratings = records.ratings.iter().map(|record| (RATINGS, &record.piece, Some(&record.by)));
    let samples = records.samples.iter().map(|record| (SAMPLES, &record.piece, None));
    for (file, piece, by) in sign_offs.chain(results).chain(ratings).chain(samples) {
        if ledger.names.find(&piece.value).is_none() {
            let near = ledger.names.nearest(&piece.value).first().map(|near| format!("did you mean `{near}`?"));
            let help =
                near.unwrap_or_else(|| "name it by its path below `content/`, or take the record out when the piece is gone".to_owned());
            let message = format!("there is no piece `{}`", piece.value.escape_debug());
            findings.push(docs::RECORD_UNKNOWN_PIECE.warning(place(file, &piece.range), message).help(help));
        }
        findings.extend(by.filter(|by| !ledger.people.contains(&by.value)).map(|by| unknown_person(ledger, by, place(file, &by.range))));
    }
}

fn unknown_person(ledger: &Ledger<'_>, by: &Cell, place: Place) -> Diagnostic {
    let known = ledger.people.iter().map(String::as_str);
    let help = crate::base::suggest::did_you_mean(&by.value, known);
    let help =
        help.unwrap_or_else(|| format!("make the page `content/people/{}.md`, or name somebody who has one", by.value.escape_debug()));
    docs::RECORD_UNKNOWN_PERSON.error(place, format!("there is no person `{}`", by.value.escape_debug())).help(help)
}

/// Results that say two things of one day. The same line twice is none: merges make those.
fn judge_repeats(ledger: &Ledger<'_>, findings: &mut Vec<Diagnostic>) {
    let mut seen = BTreeMap::new();
    for record in &ledger.records.results {
        let Some(piece) = ledger.names.find(&record.piece.value) else { continue };
        let key = (piece, record.metric.value.to_lowercase(), record.date.value);
        let first = *seen.entry(key).or_insert(record);
        if first.value.value != record.value.value {
            let message = format!("`{}` has another value on the same day", record.metric.value);
            let finding = docs::RECORD_REPEATED.warning(place(RESULTS, &record.range), message);
            findings.push(finding.note_at(place(RESULTS, &first.range), "this is the other").help("take out the one that is wrong"));
        }
    }
}

fn judge_ratings(ledger: &Ledger<'_>, findings: &mut Vec<Diagnostic>) {
    let samples = ledger.samples();
    for record in &ledger.records.ratings {
        let Some(entry) = ledger.piece(&record.piece.value) else { continue };
        if entry.is_by(&record.by.value) {
            let message = format!("`{}` is an author of this piece and rates it", record.by.value);
            let finding = docs::RATING_BY_AUTHOR.error(place(RATINGS, &record.by.range), message);
            findings.push(finding.help("take the record out, and let somebody else rate the piece"));
        }
        let drawn = samples.get(record.sample.value.as_str());
        let is_drawn =
            drawn.is_some_and(|pieces| pieces.iter().any(|piece| ledger.names.find(&piece.piece.value) == Some(&entry.document.path)));
        if !is_drawn {
            let message = match drawn {
                Some(_) => format!("this piece is not in the sample `{}`", record.sample.value),
                None => format!("there is no sample `{}`", record.sample.value),
            };
            let finding = docs::RATING_OUTSIDE_SAMPLE.warning(place(RATINGS, &record.sample.range), message);
            findings.push(finding.help(format!("`sowhat rate show {}` lists the pieces that were drawn", record.sample.value)));
        }
    }
}

fn judge_sign_offs(entry: &Entry<'_>, required: &BTreeSet<Capacity>, ledger: &Ledger<'_>, findings: &mut Vec<Diagnostic>) {
    let front = &entry.document.front;
    let whole = front.title.as_ref().map_or_else(|| front.fence.clone(), |title| title.place());
    let whole = Place::new(&entry.document.path, whole);
    for (capacity, signed) in &entry.sign_offs {
        let by = match signed.origin {
            Origin::Record(_) => place(SIGN_OFFS, &signed.by.range),
            Origin::Header(_) => Place::new(&entry.document.path, signed.by.range.clone()),
        };
        if let (Origin::Header(_), false) = (signed.origin, ledger.people.contains(&signed.by.value)) {
            findings.push(unknown_person(ledger, signed.by, by.clone()));
        }
        if let (Origin::Header(sign), true) = (signed.origin, signed.on.day > ledger.today.day) {
            let range = sign.on.as_ref().map_or(sign.range.clone(), |on| on.range.clone());
            let message = format!("{} has not come yet", signed.on.long_text());
            let finding = docs::RECORD_BAD_DATE.error(Place::new(&entry.document.path, range), message);
            findings.push(finding.help("write the day on which it was signed"));
        }
        if capacity.needs_another() && entry.is_by(&signed.by.value) {
            let message = format!("`{}` wrote this piece and signs it off as {}", signed.by.value, with_article(*capacity));
            let help = format!("let somebody else read it: `sowhat sign {} --as {} --by PERSON`", entry.document.path, capacity.as_str());
            findings.push(docs::SIGN_OFF_BY_AUTHOR.error(by, message).help(help));
        }
        if let Some(change) = staleness(signed) {
            let severity = if required.contains(capacity) { Severity::Error } else { Severity::Warning };
            findings.push(stale(entry, *capacity, signed, &whole, (severity, change)));
        }
    }
    let is_going_out = matches!(entry.state, State::Live | State::Scheduled);
    for capacity in required.iter().filter(|capacity| is_going_out && !entry.sign_offs.contains_key(capacity)) {
        let message = format!("nobody has signed this piece off as {}", with_article(*capacity));
        let help = format!("`sowhat sign {} --as {} --by PERSON` records it", entry.document.path, capacity.as_str());
        findings.push(docs::SIGN_OFF_MISSING.error(whole.clone(), message).help(help));
    }
}

/// What has changed since a sign-off that is no longer about the text.
fn staleness(signed: &SignedOff<'_>) -> Option<String> {
    match signed.standing {
        Standing::Fresh => None,
        Standing::Outdated => Some("the piece was updated later".to_owned()),
        Standing::Stale(Change { brief: true, body: 0.0 }) => Some("the brief has changed since".to_owned()),
        Standing::Stale(Change { brief, body }) => {
            let brief = if brief { ", and the brief" } else { "" };
            Some(format!("about {:.0} % of the text has changed since{brief}", (body * 100.0).max(1.0)))
        }
    }
}

fn stale(entry: &Entry<'_>, capacity: Capacity, signed: &SignedOff<'_>, whole: &Place, why: (Severity, String)) -> Diagnostic {
    let (severity, change) = why;
    let message = format!("`{}` signed this off as {} on {}: {change}", signed.by.value, with_article(capacity), signed.on.long_text());
    let finding = Diagnostic::new(severity, docs::SIGN_OFF_STALE.name, whole.clone(), message);
    let help = format!("have it read again: `sowhat sign {} --as {} --by {}`", entry.document.path, capacity.as_str(), signed.by.value);
    match signed.origin {
        Origin::Record(record) => {
            // The text's trace behind it is for nobody's eyes.
            let seen = record.range.start..record.on.range.end.max(record.range.start);
            finding.note_at(place(SIGN_OFFS, &seen), "the sign-off").help(help)
        }
        Origin::Header(_) => finding.help(help),
    }
}

fn with_article(capacity: Capacity) -> &'static str {
    match capacity {
        Capacity::Expert => "an expert",
        Capacity::Editor => "an editor",
        Capacity::Marketing => "marketing",
        Capacity::Sponsor => "a sponsor",
        Capacity::Data => "data",
    }
}

fn judge_results(entry: &Entry<'_>, ledger: &Ledger<'_>, findings: &mut Vec<Diagnostic>) {
    let target = target_of(entry, ledger.today);
    for result in &entry.results {
        let metric = &result.metric.value;
        let of_brief = target.as_ref().filter(|target| is_same(target.metric, metric));
        match of_brief {
            None if !is_channel_figure(metric) => {
                let message = format!("`{}` is not what the brief of this piece measures", metric.escape_debug());
                let help = target.as_ref().map(|target| format!("it measures `{}`", target.metric));
                let help = help.unwrap_or_else(|| "its brief names no metric: add `objective.measure`".to_owned());
                findings.push(docs::RESULT_UNKNOWN_METRIC.warning(place(RESULTS, &result.metric.range), message).help(help));
            }
            Some(target) if !target.target.trim().is_empty() && reaches(target.target, result.value.value).is_none() => {
                let message = format!("this cannot be held against the target, `{}`", target.target.escape_debug());
                let help = "write a number where the target has one, and `yes` or `no` where it has none";
                findings.push(docs::RECORD_BAD_VALUE.error(place(RESULTS, &result.value.range), message).help(help));
            }
            Some(_) | None => {}
        }
    }
    let overdue = target.filter(|target| target.state == ObjectiveState::Unmeasured && entry.state == State::Live);
    let by = entry.measure().and_then(|measure| measure.by.as_ref());
    if let (Some(target), Some(by)) = (overdue, by) {
        let days = days_between(by.value, ledger.today);
        let message = format!("this was due {days} days ago, and no result of `{}` is recorded", target.metric);
        let finding = docs::RESULT_OVERDUE.warning(Place::new(&entry.document.path, by.range.clone()), message);
        let piece = entry.document.path.as_str();
        findings.push(finding.help(format!(
            "add to `{RESULTS}`:\n{piece},{},{},VALUE,SOURCE",
            quoted(target.metric),
            ledger.today.iso_day()
        )));
    }
}

/// A field as a table takes it.
pub fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.to_owned() }
}
