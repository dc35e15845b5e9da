//! The report as one page that needs nothing but itself: no script, no font, no file beside it.

mod charts;
mod markup;
mod pieces;
mod site;

use super::Scorecard;
use crate::render::html::escaped;
use markup::Html;
use std::io;

/// The look of the theme `insight`, and of the charts, in light, dark and print.
const STYLE: &str = include_str!("style.css");

/// The parts of the page with their anchors.
const PARTS: &[(&str, &str)] = &[
    ("summary", "Summary"),
    ("evidence", "Evidence and ratings"),
    ("league", "League table"),
    ("coverage", "Coverage"),
    ("objectives", "Objectives"),
    ("partnership", "Sign-offs"),
    ("sources", "Sources"),
    ("open", "Open to read"),
    ("upkeep", "Upkeep"),
    ("pieces", "Each piece"),
    ("reading", "How to read this"),
];

/// Prints the page.
pub(super) fn write(scorecard: &Scorecard, out: &mut dyn io::Write) -> io::Result<()> {
    let mut html = Html::default();
    head(&mut html, scorecard);
    site::summary(&mut html, scorecard);
    site::evidence(&mut html, scorecard);
    pieces::league(&mut html, scorecard);
    site::coverage(&mut html, &scorecard.across);
    site::objectives(&mut html, scorecard);
    site::partnership(&mut html, scorecard);
    site::sources(&mut html, &scorecard.across);
    site::open(&mut html, &scorecard.across);
    site::upkeep(&mut html, &scorecard.across);
    pieces::cards(&mut html, scorecard);
    reading(&mut html);
    html.push("</main>\n</body>\n</html>\n");
    out.write_all(html.into_string().as_bytes())
}

fn head(html: &mut Html, scorecard: &Scorecard) {
    let title = format!("Editorial report: {}", scorecard.title);
    // The report speaks English, whatever the language of the pieces.
    html.push("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.push("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"robots\" content=\"noindex\">\n");
    html.push("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n");
    html.push(&format!("<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n", escaped(&title)));
    html.push(
        "<a class=\"skip\" href=\"#main\">Skip to the report</a>\n<header>\n<p class=\"label\">Editorial report, for the team only</p>\n",
    );
    html.element("h1", &scorecard.title);
    html.push("<p class=\"meta\">As of ");
    html.text(&scorecard.today.long_text());
    html.push("</p>\n<nav aria-label=\"Parts of the report\"><ul>");
    for (id, name) in PARTS {
        html.push(&format!("<li><a href=\"#{id}\">{name}</a></li>"));
    }
    html.push("</ul></nav>\n</header>\n<main id=\"main\">\n");
}

/// Begins a part of the page.
fn part(html: &mut Html, id: &str, intro: &str) {
    let name = PARTS.iter().find(|(known, _)| *known == id).map_or(id, |(_, name)| name);
    html.push(&format!("<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">"));
    html.text(name);
    html.push("</h2>\n");
    if !intro.is_empty() {
        html.element("p class=\"intro\"", intro);
        html.push("\n");
    }
}

fn end_part(html: &mut Html) {
    html.push("</section>\n");
}

/// A share in words: `7 of 9 (78 %)`.
fn tally_text(tally: super::Tally) -> String {
    match tally.of {
        0 => "nothing to count".to_owned(),
        _ => format!("{} of {} ({} %)", tally.have, tally.of, tally.percent()),
    }
}

const READING: &[(&str, &str)] = &[
    (
        "Evidence",
        "Facts that the machine can see: a field that is filled in, a sign-off that is fresh, a rule that finds no fault. Each counts as one. Their number says how much of what is asked for is there; it does not say that the piece is good.",
    ),
    (
        "Ratings",
        "Scores from 0 to 10 that people gave to pieces drawn by lot. They stand beside the evidence and are never added to it, averaged with it or used to rank. A piece needs two raters before its average is shown.",
    ),
    (
        "Agreement",
        "Krippendorff's alpha for interval data. 1 is perfect agreement, 0 is what chance would give. Below about 0.67 the raters do not mean the same by their scores, and the averages say little.",
    ),
    (
        "Ranks",
        "The league table ranks by one thing: the share of the evidence asked for that is there. Groups are listed by name and not ranked, because a group of few pieces moves with each of them. Figures of channels rank nothing.",
    ),
    ("Not judged", "What does not apply to a piece, or cannot be told in its language, counts neither for it nor against it."),
];

fn reading(html: &mut Html) {
    part(html, "reading", "");
    html.push("<dl class=\"terms\">");
    for (term, meaning) in READING {
        html.element("dt", term);
        html.element("dd", meaning);
    }
    html.push("</dl>\n");
    end_part(html);
}
