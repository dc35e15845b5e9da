//! Feeds that every format is tried on.

use super::Feed;
use crate::base::date::Date;
use crate::base::path::UrlPath;
use crate::model::testing::{edit_front, edit_summary, field, gate, page, piece, site, slot};
use crate::model::{Kind, PageId, Site, TermRef};
use crate::output::Scope;
use crate::parse::front_matter::Source;

/// Three open pieces, newest first, the first of them with a hostile title; a section, a person.
pub(crate) fn small_site() -> Site {
    let mut newest = piece("content/insights/b.md", "<]]>&\"\u{1}", "2026-11-03", "");
    edit_summary(&mut newest, |summary| {
        summary.updated = Some(Date::parse("2026-11-20T09:30:00+01:00").unwrap());
        let url = UrlPath::page(["topics", "r-d"]);
        summary.topics.push(std::sync::Arc::new(TermRef { id: "r-d".to_owned(), title: "R&D".to_owned(), url }));
    });
    edit_front(&mut newest, |front| {
        let url = Some(slot("https://example.org/?a=1&b=\"2\""));
        front.sources = Some(field(vec![Source { id: slot("e"), title: Some(slot("A <source>")), url, ..Source::default() }]));
    });
    let pages = vec![
        newest,
        piece("content/insights/a.md", "Second", "2026-11-02", ""),
        piece("content/notes/c.md", "Third", "2026-11-01", ""),
        page("content/_index.md", Kind::Section, "Home", ""),
        page("content/insights/_index.md", Kind::Section, "Insights", ""),
        page("content/people/jane.md", Kind::Person, "Jane <Doe>", ""),
    ];
    site("https://example.com/base", pages)
}

/// The site's feed of [`small_site`], which holds two items.
pub(crate) fn hostile_feed(file_name: &str) -> Feed {
    let body = |page: PageId| Ok(format!("<p>The body of {} ]]> \u{c}</p>", page.0).into());
    Feed::new(&small_site(), Scope::Site, file_name, &body).unwrap()
}

/// A feed of one gated piece, whose body must not be asked for.
pub(crate) fn gated_feed(file_name: &str) -> Feed {
    let mut gated = piece("content/report.md", "Report", "2026-11-03", "SECRET");
    gate(&mut gated, "https://forms.example.org/x?a=1&b", "The abstract");
    let site = site("https://example.com/", vec![gated]);
    Feed::new(&site, Scope::Site, file_name, &|_| Ok("SECRET".into())).unwrap()
}
