//! `actions.ics` beside a piece whose guidance names days: what to do, in the reader's own calendar (RFC 5545).

use crate::base::date::Date;
use crate::base::diagnostic::Diagnostic;
use crate::model::{Frame, Page, Site};
use crate::output::brief;
use crate::output::plan::Planner;
use crate::output::{Output, Produced, Subject, Workshop};
use crate::parse::front_matter::GuidanceItem;

/// See the module.
pub struct Calendar;

const FILE_NAME: &str = crate::render::view::CALENDAR;

/// Octets of a line, without its end.
const LINE: usize = 75;

impl Output for Calendar {
    fn name(&self) -> &'static str {
        "calendar"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        for page in frame.faces.iter().filter(|page| page.has_dated_actions) {
            planner.add_beside(&page.url, FILE_NAME, Subject::Page(page.id), &page.source);
        }
    }

    fn produce(&self, subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        let Subject::Page(page) = subject else { unreachable!("only pages have a calendar") };
        Ok(Produced::Bytes(write(workshop.site, workshop.site.page(*page)).into_bytes()))
    }
}

fn write(site: &Site, page: &Page) -> String {
    let url = site.config.base_url.absolute(page.url.as_str());
    let mut text = String::new();
    let mut line = |name: &str, value: &str| push_folded(&mut text, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Sowhat//Guidance//EN");
    line("CALSCALE", "GREGORIAN");
    line("METHOD", "PUBLISH");
    line("X-WR-CALNAME", &escape(&page.title));
    let stamp = page.summary.updated.or(page.summary.date).unwrap_or(site.today.without_time());
    for (idx, (item, day)) in dated(page).enumerate() {
        line("BEGIN", "VEVENT");
        line("UID", &escape(&format!("action-{}@{}", idx + 1, url.split("://").nth(1).unwrap_or(&url).trim_end_matches('/'))));
        line("DTSTAMP", &stamp.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string());
        line("DTSTART;VALUE=DATE", &day.day.strftime("%Y%m%d").to_string());
        line("SUMMARY", &escape(brief::text(&item.deed).unwrap_or_default()));
        line("DESCRIPTION", &escape(&description(site, page, item, &url)));
        line("URL", &url);
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    text
}

/// The items that name a day, and that day.
fn dated(page: &Page) -> impl Iterator<Item = (&GuidanceItem, Date)> {
    let items = page.document.front.guidance.iter().flat_map(|field| &field.value);
    items.filter(|item| brief::text(&item.deed).is_some()).filter_map(|item| Some((item, item.day()?)))
}

fn description(site: &Site, page: &Page, item: &GuidanceItem, url: &str) -> String {
    let words = site.strings.of(&page.lang);
    let slots = [("who", &item.who), ("done_when", &item.done_when), ("because", &item.because)];
    let said = slots.into_iter().filter_map(|(key, slot)| Some(format!("{}: {}", words.get(key), brief::text(slot)?)));
    said.chain([format!("{}: {url}", page.title)]).collect::<Vec<_>>().join("\n")
}

/// Text as a value holds it.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            c if c.is_control() => {}
            c => escaped.push(c),
        }
    }
    escaped
}

/// A line, continued after at most 75 octets and never inside a character.
fn push_folded(text: &mut String, line: &str) {
    let mut width = 0;
    for c in line.chars() {
        if width + c.len_utf8() > LINE {
            text.push_str("\r\n ");
            width = 1;
        }
        text.push(c);
        width += c.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{edit_front, field, guidance, piece, site, slot};

    #[test]
    fn every_dated_action_is_an_event() {
        let mut page = piece("content/insights/a.md", "Price, the outcome", "2026-11-02", "");
        edit_front(&mut page, |front| {
            let dated = GuidanceItem { by: Some(slot("2026-12-15")), ..guidance("Quote; then wait,\nas é ".repeat(4).trim(), "CFO") };
            front.guidance = Some(field(vec![guidance("Undated", "CFO"), dated]));
        });
        let site = site("https://example.com/base", vec![page]);
        let text = write(&site, &site.pages[0]);
        assert!(text.lines().all(|line| line.len() <= LINE), "{text}");
        assert!(text.split_inclusive('\n').all(|line| line.ends_with("\r\n")), "{text}");
        let unfolded = text.replace("\r\n ", "");
        for line in [
            "BEGIN:VCALENDAR",
            "UID:action-1@example.com/base/insights/a",
            "DTSTAMP:20261102T000000Z",
            "DTSTART;VALUE=DATE:20261215",
            "X-WR-CALNAME:Price\\, the outcome",
            "SUMMARY:Quote\\; then wait\\,\\nas é Quote\\; then wait\\,\\nas é Quote\\; then wait\\,\\nas é Quote\\; then wait\\,\\nas é",
        ] {
            assert!(unfolded.lines().any(|found| found == line), "{line}\n{unfolded}");
        }
        assert_eq!(unfolded.matches("BEGIN:VEVENT").count(), 1, "{unfolded}");
    }
}
