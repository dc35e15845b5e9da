//! The pieces: a table of all of them, and a card for each.

use super::super::{Evidence, PieceCard, Presence, Scorecard, SignOffCard};
use super::charts::spark;
use super::markup::{Html, attr};
use super::{end_part, part, tally_text};
use crate::parse::records::Head;

/// Live pieces by the share of evidence that is there.
pub fn league(html: &mut Html, scorecard: &Scorecard) {
    part(
        html,
        "league",
        "Live pieces, ranked by the share of the evidence asked for that is there. Ratings stand beside it and rank nothing.",
    );
    let mut head = vec!["Piece", "Evidence"];
    head.extend(Head::ALL.iter().map(|head| head.as_str()));
    head.push("Rated by people");
    html.open_table("League table", &head);
    for piece in scorecard.live() {
        html.push("<tr><th scope=\"row\">");
        html.push(&format!("<a href=\"#{}\">", anchor(piece)));
        html.text(&piece.title);
        html.push("</a></th><td class=\"tally\">");
        html.text(&tally_text(piece.total()));
        html.push("</td>");
        for head in Head::ALL {
            let tally = piece.tally(head);
            html.push("<td class=\"tally\">");
            html.text(&format!("{}/{} ", tally.have, tally.of));
            spark(html, tally.share(), "machine");
            html.push("</td>");
        }
        html.element("td", &rating_text(piece));
        html.push("</tr>\n");
    }
    html.close_table();
    end_part(html);
}

fn rating_text(piece: &PieceCard) -> String {
    match piece.rated {
        None => "not rated".to_owned(),
        Some(rated) => match rated.means {
            None => "1 rater".to_owned(),
            Some(means) => {
                let shown: Vec<String> = means.iter().map(|mean| format!("{mean:.1}")).collect();
                format!("{} ({} raters)", shown.join(" · "), rated.n_raters)
            }
        },
    }
}

/// A card for each piece, those that are not live at the end.
pub fn cards(html: &mut Html, scorecard: &Scorecard) {
    part(html, "pieces", "What is there, what people say, and what would raise each piece most.");
    for piece in &scorecard.pieces {
        card(html, piece);
    }
    end_part(html);
}

/// The anchor of a piece's card.
fn anchor(piece: &PieceCard) -> String {
    let path = piece.path.trim_start_matches("content/").trim_end_matches(".md");
    attr(&format!("piece-{}", path.replace(|c: char| !c.is_alphanumeric(), "-")))
}

fn card(html: &mut Html, piece: &PieceCard) {
    html.push(&format!("<article class=\"card\" aria-labelledby=\"{0}\">\n<h3 id=\"{0}\">", anchor(piece)));
    html.text(&piece.title);
    html.push("</h3>\n<p class=\"meta\">");
    let date = piece.date.map_or_else(|| "no date".to_owned(), |date| date.iso_day());
    html.text(&format!("{} · {date} · {} words · {}", piece.state.as_str(), piece.words, piece.path));
    html.push("</p>\n");
    heads(html, piece);
    let next = piece.next();
    if !next.is_empty() {
        html.push("<div class=\"next\"><p class=\"label\">What would raise it most</p><ul>");
        for evidence in next {
            html.push("<li>");
            html.sentence(&capitalised(&evidence.item.mend.replace("PIECE", &piece.path)));
            html.push(" <span class=\"why\">");
            html.text(&format!("({})", evidence.item.head.as_str()));
            html.push("</span></li>");
        }
        html.push("</ul></div>\n");
    }
    html.push("<p class=\"signed\">");
    html.text(&sign_off_text(piece));
    html.push("</p>\n<details><summary>All evidence: ");
    html.text(&tally_text(piece.total()));
    html.push("</summary>\n");
    html.open_table(&format!("Evidence of {}", piece.title), &["What is looked for", "Head", "There", "Detail"]);
    for evidence in &piece.evidence {
        evidence_row(html, evidence);
    }
    html.close_table();
    html.push("</details>\n</article>\n");
}

fn heads(html: &mut Html, piece: &PieceCard) {
    html.open_table(&format!("Evidence and ratings of {}", piece.title), &["", "Machine: evidence", "People: rating"]);
    for head in Head::ALL {
        let tally = piece.tally(head);
        html.push("<tr>");
        html.element("th scope=\"row\"", head.as_str());
        html.push("<td class=\"tally\">");
        html.text(&tally_text(tally));
        html.push(" ");
        spark(html, tally.share(), "machine");
        html.push("</td><td class=\"tally\">");
        match piece.rated.and_then(|rated| rated.means) {
            None => html.text(if piece.rated.is_some() { "1 rater, needs another" } else { "not rated" }),
            Some(means) => {
                let mean = means[head as usize];
                html.text(&format!("{mean:.1} of 10 "));
                spark(html, mean / Head::MAX_SCORE, "human");
            }
        }
        html.push("</td></tr>\n");
    }
    html.close_table();
}

fn evidence_row(html: &mut Html, evidence: &Evidence) {
    let class = match evidence.presence {
        Presence::There => "good",
        Presence::Missing => "bad",
        Presence::NotJudged => "blank",
    };
    html.push("<tr>");
    html.element("th scope=\"row\"", evidence.item.label);
    html.element("td", evidence.item.head.as_str());
    html.push("<td>");
    html.element(&format!("span class=\"state {class}\""), evidence.presence.as_str());
    html.push("</td>");
    html.element("td", &evidence.detail);
    html.push("</tr>\n");
}

/// Who signed, in one line.
fn sign_off_text(piece: &PieceCard) -> String {
    let signed = piece.sign_offs.iter().filter_map(|(capacity, card)| match card {
        SignOffCard::Fresh { by, on } => Some(format!("{} {by} on {}", capacity.as_str(), on.iso_day())),
        SignOffCard::Stale { by, on } => Some(format!("{} {by} on {}, stale", capacity.as_str(), on.iso_day())),
        SignOffCard::Missing => None,
    });
    let signed: Vec<String> = signed.collect();
    if signed.is_empty() { "Signed off by nobody.".to_owned() } else { format!("Signed off: {}.", signed.join("; ")) }
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
