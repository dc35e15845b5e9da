//! `sitemap.xml`: every address that search engines should know, with the day it last changed.
//!
//! Above the protocol's limit of addresses it is an index of `sitemap-1.xml`, `sitemap-2.xml` …

use crate::base::date::Date;
use crate::base::diagnostic::Diagnostic;
use crate::base::path::UrlPath;
use crate::model::{Face, Frame, Kind, PageId, State, Taxonomy};
use crate::output::plan::Planner;
use crate::output::xml::Xml;
use crate::output::{Output, Produced, Subject, Texts, Workshop};
use std::collections::BTreeMap;

/// See the module.
pub struct Sitemap;

/// The most addresses that one file may hold, by the protocol.
const LIMIT: usize = 50_000;

const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// Addresses with the day each last changed, where that is known.
type Entries = BTreeMap<UrlPath, Option<Date>>;

impl Output for Sitemap {
    fn name(&self) -> &'static str {
        "sitemap"
    }

    fn plan(&self, frame: &Frame, planner: &mut Planner<'_>) {
        if super::is_own_file(frame, "sitemap.xml") {
            return;
        }
        planner.add_root("sitemap.xml", Subject::Single);
        // Few sites have so many addresses that it matters how many there are.
        let at_most = frame.faces.len() + 2 * frame.terms.len();
        if at_most > LIMIT {
            for part in 1..=part_count(&entries(frame)) {
                planner.add_root(&part_name(part), Subject::Part(part));
            }
        }
    }

    fn texts(&self, _: &Subject) -> Texts {
        Texts::None
    }

    fn produce(&self, subject: &Subject, workshop: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
        let frame: &Frame = workshop.site;
        let entries = entries(frame);
        let bytes = if let Subject::Part(part) = subject {
            write_part(frame, entries.iter().skip((part - 1) * LIMIT).take(LIMIT))
        } else if part_count(&entries) > 0 {
            write_index(frame, &entries)
        } else {
            write_part(frame, entries.iter())
        };
        Ok(Produced::Bytes(bytes))
    }
}

/// How many parts the sitemap has beside its index; none when it fits one file.
fn part_count(entries: &Entries) -> usize {
    if entries.len() > LIMIT { entries.len().div_ceil(LIMIT) } else { 0 }
}

fn part_name(part: usize) -> String {
    format!("sitemap-{part}.xml")
}

/// Everything that is to be found: no drafts and no unlisted pieces, of a listing its first page.
fn entries(frame: &Frame) -> Entries {
    let mut newest_by_author: BTreeMap<&UrlPath, Date> = BTreeMap::new();
    for piece in frame.listed.iter().map(|id| frame.face(*id)) {
        for (byline, date) in piece.summary.authors.iter().filter_map(|byline| Some((byline, changed(piece)?))) {
            let newest = newest_by_author.entry(&byline.url).or_insert(date);
            *newest = later(*newest, date);
        }
    }
    let mut entries = Entries::new();
    for page in frame.faces.iter().filter(|page| is_public(page)) {
        let of_pieces = match page.kind {
            Kind::Section if frame.is_home(page) => newest(frame, frame.listed_in(page.edition)),
            Kind::Section => newest(frame, &page.pieces),
            Kind::Person => newest_by_author.get(&page.url).copied(),
            Kind::Piece | Kind::Page => None,
        };
        entries.insert(page.url.clone(), of_pieces.into_iter().chain(changed(page)).reduce(later));
    }
    let taxonomies = frame.config.editions().flat_map(|edition| Taxonomy::ALL.map(|taxonomy| (edition, taxonomy)));
    for (edition, taxonomy) in taxonomies {
        let mut of_taxonomy = None;
        for term in frame.terms_of(edition, taxonomy).filter(|term| !term.pieces.is_empty()) {
            let newest = newest(frame, &term.pieces);
            of_taxonomy = of_taxonomy.into_iter().chain(newest).reduce(later);
            entries.insert(term.url.clone(), newest);
            entries.insert(frame.taxonomy_url(edition, taxonomy), of_taxonomy);
        }
    }
    entries
}

fn is_public(page: &Face) -> bool {
    page.state == State::Live && !page.summary.unlisted
}

fn changed(page: &Face) -> Option<Date> {
    page.summary.date.into_iter().chain(page.summary.updated).reduce(later)
}

fn newest(frame: &Frame, pieces: &[PageId]) -> Option<Date> {
    pieces.iter().filter_map(|piece| changed(frame.face(*piece))).reduce(later)
}

fn later(a: Date, b: Date) -> Date {
    if b.timestamp() > a.timestamp() { b } else { a }
}

fn write_part<'a>(frame: &Frame, entries: impl Iterator<Item = (&'a UrlPath, &'a Option<Date>)>) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("urlset", &[NAMESPACE]);
    for (url, changed) in entries {
        xml.open("url", &[]);
        xml.text("loc", &[], &frame.config.base_url.absolute(url.as_str()));
        if let Some(date) = changed {
            xml.text("lastmod", &[], &w3c_date(date));
        }
        xml.close("url");
    }
    xml.close("urlset");
    xml.finish()
}

fn write_index(frame: &Frame, entries: &Entries) -> Vec<u8> {
    let dates: Vec<Option<Date>> = entries.values().copied().collect();
    let mut xml = Xml::new();
    xml.open("sitemapindex", &[NAMESPACE]);
    for (idx, dates) in dates.chunks(LIMIT).enumerate() {
        xml.open("sitemap", &[]);
        xml.text("loc", &[], &frame.config.base_url.absolute(&format!("/{}", part_name(idx + 1))));
        if let Some(date) = dates.iter().flatten().copied().reduce(later) {
            xml.text("lastmod", &[], &w3c_date(&date));
        }
        xml.close("sitemap");
    }
    xml.close("sitemapindex");
    xml.finish()
}

/// The day alone when no time was written.
fn w3c_date(date: &Date) -> String {
    if *date == Date::from_day(date.day) { date.iso_day() } else { date.rfc3339() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::{edit_summary, piece, reframe, site, term};
    use crate::output::feed::testing::small_site;
    use crate::output::xml::tests::read_back;

    #[test]
    fn holds_public_addresses_with_their_last_change() {
        let mut site = small_site();
        site.terms =
            std::sync::Arc::new(vec![term(Taxonomy::Topic, "pricing", vec![PageId(1)]), term(Taxonomy::Audience, "nobody", Vec::new())]);
        edit_summary(&mut site.pages[2], |summary| summary.unlisted = true);
        reframe(&mut site);
        let lines = read_back(&write_part(&site, entries(&site).iter()));
        let found: Vec<&str> = lines.iter().filter_map(|line| line.split_once(" = ")).map(|(_, value)| value).skip(1).collect();
        let newest = "2026-11-20T09:30:00+01:00";
        assert_eq!(
            found,
            [
                "https://example.com/base/",
                newest,
                "https://example.com/base/insights/",
                newest,
                "https://example.com/base/insights/a/",
                "2026-11-02",
                "https://example.com/base/insights/b/",
                newest,
                "https://example.com/base/people/jane/",
                newest,
                "https://example.com/base/topics/",
                "2026-11-02",
                "https://example.com/base/topics/pricing/",
                "2026-11-02",
            ]
        );
    }

    #[test]
    fn a_large_one_is_an_index_of_parts() {
        let pages = (0..=LIMIT).map(|idx| piece(&format!("content/p{idx}.md"), "P", "2026-11-02", "")).collect();
        let site = site("https://example.com/", pages);
        let (plan, findings) = Planner::plan(&site, &[&Sitemap]);
        let paths: Vec<&str> = plan.entries.keys().map(crate::base::path::OutputPath::as_str).collect();
        assert_eq!((paths, findings), (vec!["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"], vec![]));
        let entries = entries(&site);
        let index = read_back(&write_index(&site, &entries));
        assert!(index.contains(&"sitemapindex/sitemap/loc = https://example.com/sitemap-2.xml".to_owned()), "{index:?}");
        assert_eq!(read_back(&write_part(&site, entries.iter().skip(LIMIT))).len(), 3);
    }
}
