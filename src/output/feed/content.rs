//! The full text of a feed item: so-what first, then the body, what to do, and the sources.
//!
//! Of a gated piece it holds what its page holds, and the caller never has its body.

use crate::config::strings::Words;
use crate::model::{Page, Site};
use crate::output::brief;
use crate::parse::front_matter::{GateEntry, Source};
use pulldown_cmark_escape::escape_html;

/// The HTML of an item whose body is open to all.
pub fn full_text(site: &Site, page: &Page, body: &str) -> String {
    let words = site.strings.of(&page.lang);
    let mut html = opening(site, page);
    html.push_str(body.trim_end());
    html.push('\n');
    html.push_str(&guidance(words, page));
    html.push_str(&sources(words, page));
    html
}

/// The HTML of an item whose body is behind a gate.
pub fn gated_text(site: &Site, page: &Page, gate: &GateEntry) -> String {
    let words = site.strings.of(&page.lang);
    let mut html = opening(site, page);
    if let Some(summary) = brief::text(&gate.summary) {
        html.push_str(&format!("<p>{}</p>\n", escape(summary)));
    }
    html.push_str(&guidance(words, page));
    let form = brief::text(&gate.form_url).and_then(|form_url| brief::absolute(site, page, form_url));
    if let Some(form) = form {
        html.push_str(&format!("<p><a href=\"{}\">{}</a></p>\n", escape(&form), escape(words.get("gated_link"))));
    }
    html
}

fn opening(site: &Site, page: &Page) -> String {
    let words = site.strings.of(&page.lang);
    let mut html = String::new();
    if let Some(so_what) = &page.summary.so_what {
        html.push_str(&format!("<p><strong>{}</strong> {}</p>\n", escape(words.get("so_what_question")), escape(so_what)));
    }
    if let Some(audience) = brief::audience(words, page) {
        html.push_str(&format!("<p>{}</p>\n", escape(&audience)));
    }
    if let Some((image, alt)) = super::image(site, page) {
        html.push_str(&format!("<p><img src=\"{}\" alt=\"{}\"></p>\n", escape(&image), escape(alt)));
    }
    html
}

fn guidance(words: &Words, page: &Page) -> String {
    let items: Vec<String> = brief::guidance(words, &page.document)
        .into_iter()
        .map(|(deed, pins)| {
            let pins: Vec<String> = pins.iter().map(|(label, pin)| format!("{}: {}", escape(label), escape(pin))).collect();
            let pins = if pins.is_empty() { String::new() } else { format!("<p>{}</p>", pins.join("<br>")) };
            format!("<li><p><strong>{}</strong></p>{pins}</li>\n", escape(deed))
        })
        .collect();
    section(words.get("what_to_do"), "ol", &items)
}

fn sources(words: &Words, page: &Page) -> String {
    let cited = brief::cited_sources(&page.document);
    let all = cited.into_iter().chain(brief::uncited_sources(&page.document));
    let items: Vec<String> = all.map(|source| format!("<li>{}</li>\n", source_text(words, source))).collect();
    section(words.get("sources"), "ol", &items)
}

fn source_text(words: &Words, source: &Source) -> String {
    let title = escape(brief::source_title(source));
    let is_web = |url: &&str| url.starts_with("https://") || url.starts_with("http://");
    let title = match brief::text(&source.url).filter(is_web) {
        Some(url) => format!("<a href=\"{}\">{title}</a>", escape(url)),
        None => title,
    };
    let details = escape(&brief::source_details(words, source));
    if details.is_empty() { title } else { format!("{title}. {details}") }
}

fn section(heading: &str, list: &str, items: &[String]) -> String {
    if items.is_empty() { String::new() } else { format!("<h2>{}</h2>\n<{list}>\n{}</{list}>\n", escape(heading), items.concat()) }
}

fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    escape_html(&mut escaped, text).expect("writing into memory does not fail");
    escaped
}
