//! The publication as a whole, part by part.

use super::super::across::{MIN_GROUP, UpkeepKind};
use super::super::{Across, Grid, Group, Scorecard, Tally};
use super::charts::{Bar, Caption, Stack, bars, columns, stacks};
use super::markup::Html;
use super::{end_part, part, tally_text};
use crate::config::sign_off::Capacity;
use crate::editorial::records::ObjectiveState;
use crate::model::State;
use crate::parse::records::Head;
use crate::report::counted;

/// The figures at a glance.
pub fn summary(html: &mut Html, scorecard: &Scorecard) {
    let across = &scorecard.across;
    let live = across.n_by_state.iter().find(|(state, _)| *state == State::Live).map_or(0, |(_, count)| *count);
    let others: Vec<String> = across
        .n_by_state
        .iter()
        .filter(|(state, count)| *state != State::Live && *count > 0)
        .map(|(state, count)| format!("{count} {}", state.as_str()))
        .collect();
    let evidence: Tally = across.heads.iter().copied().sum();
    let of_state = |wanted: ObjectiveState| across.objectives.iter().find(|(state, _)| *state == wanted).map_or(0, |(_, count)| *count);
    let overdue = across.upkeep.first().map_or(0, |month| month.due.len());
    part(html, "summary", "");
    html.push("<dl class=\"figures\">");
    let mut fact = |name: &str, value: &str, more: &str| {
        html.push("<div>");
        html.element("dt", name);
        html.element("dd class=\"big\"", value);
        html.element("dd", more);
        html.push("</div>");
    };
    fact("Live pieces", &live.to_string(), &if others.is_empty() { "none held back".to_owned() } else { others.join(", ") });
    fact("Evidence there", &format!("{} %", evidence.percent()), &tally_text(evidence));
    fact("Rated by people", &across.n_rated.to_string(), "pieces with two raters or more");
    fact(
        "Fully signed",
        &across.partners[Capacity::PARTNERSHIP.len()].to_string(),
        "pieces with a fresh expert, editor and marketing sign-off",
    );
    fact("Ungated", &format!("{} %", across.ungated.percent()), &tally_text(across.ungated));
    let results = format!(
        "{} missed, {} unmeasured, {} due",
        of_state(ObjectiveState::Missed),
        of_state(ObjectiveState::Unmeasured),
        of_state(ObjectiveState::Due)
    );
    fact("Objectives met", &of_state(ObjectiveState::Met).to_string(), &results);
    fact(
        "Sources of the last three years",
        &format!("{} %", across.source_ages.fresh().percent()),
        &tally_text(across.source_ages.fresh()),
    );
    fact("Upkeep overdue", &overdue.to_string(), "reviews, results and dates that have passed");
    html.push("</dl>\n");
    end_part(html);
}

/// What the machine sees and what people say, side by side.
pub fn evidence(html: &mut Html, scorecard: &Scorecard) {
    let across = &scorecard.across;
    part(
        html,
        "evidence",
        "What can be seen in the live pieces, and what raters made of those drawn by lot. The two are different things and are not added up.",
    );
    html.push("<div class=\"pair\">\n<div>");
    html.element("h3", "Machine: evidence that is there");
    let of_head = |head: Head| {
        let tally = across.heads[head as usize];
        Bar { label: head.as_str().to_owned(), share: tally.share(), value: tally_text(tally) }
    };
    let caption = Caption {
        id: "chart-machine",
        title: "Evidence by head",
        about: "Share of the evidence asked for that is there, over all live pieces.".to_owned(),
    };
    bars(html, &caption, &Head::ALL.map(of_head), "machine");
    html.push("</div>\n<div>");
    html.element("h3", "People: average rating");
    match &across.human {
        None => {
            html.push("<p>");
            html.sentence("No piece has two raters yet. `sowhat rate draw` draws a sample, `sowhat rate add` takes the ratings.");
            html.push("</p>");
        }
        Some(means) => {
            let of_head = |head: Head| {
                let mean = means[head as usize];
                Bar { label: head.as_str().to_owned(), share: mean / Head::MAX_SCORE, value: format!("{mean:.1} of 10") }
            };
            let about = format!("Average score over {} that two people or more have rated.", counted(across.n_rated, "piece"));
            bars(html, &Caption { id: "chart-human", title: "Ratings by head", about }, &Head::ALL.map(of_head), "human");
        }
    }
    let overall = &scorecard.agreements.overall;
    let agreement = match overall.alpha {
        Some(alpha) => format!(
            "Agreement of the raters: Krippendorff's alpha {alpha:.2}, from {} of {}.",
            counted(overall.n_scores, "score"),
            counted(overall.n_units, "unit")
        ),
        None => "Agreement of the raters: too few ratings to tell.".to_owned(),
    };
    html.element("p class=\"note\"", &agreement);
    html.push("</div>\n</div>\n");
    end_part(html);
}

/// Who is written for, to what end, about what.
pub fn coverage(html: &mut Html, across: &Across) {
    part(html, "coverage", "Live pieces by audience. An empty field is a decision or a gap.");
    grid(html, "Audience by outcome", &across.audience_by_outcome);
    grid(html, "Audience by topic", &across.audience_by_topic);
    html.element("h3", "Evidence by group");
    html.element(
        "p class=\"note\"",
        &format!("Listed by name. A group of fewer than {MIN_GROUP} pieces is shown in grey: each piece moves it too much to compare. Median and lowest are of the share of evidence that is there."),
    );
    html.push("<div class=\"groups\">\n");
    for (name, groups) in [("Authors", &across.by_author), ("Audiences", &across.by_audience), ("Topics", &across.by_topic)] {
        group_table(html, name, groups);
    }
    html.push("</div>\n");
    end_part(html);
}

fn grid(html: &mut Html, title: &str, grid: &Grid) {
    if grid.rows.is_empty() || grid.columns.is_empty() {
        return;
    }
    let mut head = vec![""];
    head.extend(grid.columns.iter().map(String::as_str));
    html.open_table(title, &head);
    for (name, cells) in &grid.rows {
        html.push("<tr>");
        html.element("th scope=\"row\"", name);
        for cell in cells {
            let n_pieces = cell.titles.len();
            html.push(&format!("<td class=\"heat heat-{}\">", n_pieces.min(4)));
            match n_pieces {
                0 => html.push("<span class=\"none\">0</span>"),
                _ => {
                    html.push(&format!("<span title=\"{}\">", super::markup::attr(&cell.titles.join("; "))));
                    html.text(&n_pieces.to_string());
                    html.push("</span>");
                }
            }
            html.push("</td>");
        }
        html.push("</tr>\n");
    }
    html.close_table();
}

fn group_table(html: &mut Html, name: &str, groups: &[Group]) {
    if groups.is_empty() {
        return;
    }
    html.open_table(name, &["", "Pieces", "Median", "Lowest"]);
    for group in groups {
        html.push(if group.n_pieces < MIN_GROUP { "<tr class=\"few\">" } else { "<tr>" });
        html.element("th scope=\"row\"", &group.title);
        html.element("td", &group.n_pieces.to_string());
        html.element("td", &format!("{:.0} %", group.median * 100.0));
        html.element("td", &format!("{:.0} %", group.lowest * 100.0));
        html.push("</tr>\n");
    }
    html.close_table();
}

/// What became of the objectives.
pub fn objectives(html: &mut Html, scorecard: &Scorecard) {
    part(html, "objectives", "What the briefs promised to measure, and what came of it. A miss is a result; an unmeasured target is none.");
    let parts: Vec<(&str, &str)> = ObjectiveState::ALL.iter().map(|state| (state.as_str(), state_class(*state))).collect();
    let counts: Vec<usize> = scorecard.across.objectives.iter().map(|(_, count)| *count).collect();
    let caption = Caption {
        id: "chart-objectives",
        title: "Objectives by state",
        about: format!("What became of the objectives of {}.", counted(counts.iter().sum(), "live piece")),
    };
    stacks(html, &caption, &parts, &[Stack { label: "Live pieces".to_owned(), parts: counts }]);
    html.open_table("Objectives", &["Piece", "Metric", "Target", "By", "Last result", "State"]);
    for piece in scorecard.live().filter(|piece| piece.objective.metric.is_some()) {
        let objective = &piece.objective;
        html.push("<tr>");
        html.element("th scope=\"row\"", &piece.title);
        html.element("td", objective.metric.as_deref().unwrap_or_default());
        html.element("td", objective.target.as_deref().unwrap_or("none"));
        html.element("td class=\"tally\"", &objective.by.map_or_else(|| "no date".to_owned(), |by| by.iso_day()));
        let last = objective.last.as_ref().map(|last| format!("{} on {} ({})", last.value, last.on.iso_day(), last.source));
        html.element("td", &last.unwrap_or_else(|| "none".to_owned()));
        html.push("<td>");
        html.element(&format!("span class=\"state {}\"", state_class(objective.state)), objective.state.as_str());
        html.push("</td></tr>\n");
    }
    html.close_table();
    channel_figures(html, scorecard);
    end_part(html);
}

fn channel_figures(html: &mut Html, scorecard: &Scorecard) {
    let figures: Vec<Vec<String>> = scorecard
        .live()
        .flat_map(|piece| piece.channel_figures.iter().map(move |figure| (piece, figure)))
        .map(|(piece, figure)| {
            vec![piece.title.clone(), figure.metric.clone(), figure.value.clone(), figure.on.iso_day(), figure.source.clone()]
        })
        .collect();
    if !figures.is_empty() {
        html.element("h3", "Figures of channels");
        html.element(
            "p class=\"note\"",
            "Shown because they were recorded. They count what a channel did, meet no objective and rank nothing.",
        );
        html.table("Figures of channels", &["Piece", "Figure", "Value", "On", "Source"], &figures);
    }
}

fn state_class(state: ObjectiveState) -> &'static str {
    match state {
        ObjectiveState::Met => "good",
        ObjectiveState::Missed => "bad",
        ObjectiveState::Unmeasured => "warn",
        ObjectiveState::Due => "soon",
        ObjectiveState::Set => "calm",
        ObjectiveState::NoTarget => "blank",
    }
}

/// Who stands for the pieces.
pub fn partnership(html: &mut Html, scorecard: &Scorecard) {
    let across = &scorecard.across;
    part(
        html,
        "partnership",
        "A piece is made by an expert, an editor and marketing together. A sign-off is fresh while it is about the text as it stands.",
    );
    html.push("<div class=\"pair\">\n<div>");
    html.element("h3", "Sign-offs by capacity");
    let stack = |counts: &super::super::SignOffCounts| Stack {
        label: counts.capacity.as_str().to_owned(),
        parts: vec![counts.fresh, counts.stale, counts.missing],
    };
    let caption = Caption {
        id: "chart-sign-offs",
        title: "Sign-offs by capacity",
        about: "Live pieces with a fresh, a stale or no sign-off.".to_owned(),
    };
    let parts = [("fresh", "good"), ("stale", "warn"), ("missing", "blank")];
    stacks(html, &caption, &parts, &across.sign_offs.iter().map(stack).collect::<Vec<_>>());
    html.push("</div>\n<div>");
    html.element("h3", "Partners per piece");
    let total: usize = across.partners.iter().sum();
    let bar = |(idx, count): (usize, &usize)| Bar {
        label: format!("{idx} of {}", Capacity::PARTNERSHIP.len()),
        share: Tally { have: *count, of: total }.share(),
        value: counted(*count, "piece"),
    };
    let caption = Caption {
        id: "chart-partners",
        title: "Partners per piece",
        about: "Live pieces by how many of expert, editor and marketing have freshly signed.".to_owned(),
    };
    bars(html, &caption, &across.partners.iter().enumerate().rev().map(bar).collect::<Vec<_>>(), "machine");
    html.push("</div>\n</div>\n");
    end_part(html);
}

/// How old the sources are.
pub fn sources(html: &mut Html, across: &Across) {
    let ages = &across.source_ages;
    let total: usize = ages.bars().iter().map(|(_, count)| count).sum();
    let walled = match ages.walled {
        0 => "All of them can be read without a form or a bill.".to_owned(),
        1 => "One of them is behind a form or a bill.".to_owned(),
        walled => format!("{walled} of them are behind a form or a bill."),
    };
    part(html, "sources", &format!("{} are cited by live pieces. {walled}", counted(total, "source")));
    let stack = |(label, count): (&str, usize)| Stack { label: label.to_owned(), parts: vec![count] };
    let caption = Caption {
        id: "chart-sources",
        title: "Sources by age",
        about: "Sources of live pieces by their age on the day of this report.".to_owned(),
    };
    columns(html, &caption, &[("Sources", "machine")], &ages.bars().map(stack));
    end_part(html);
}

/// How much can be read by everybody.
pub fn open(html: &mut Html, across: &Across) {
    part(html, "open", "Ungated is the rule; a gate needs a reason.");
    let bar = |label: &str, tally: Tally| Bar { label: label.to_owned(), share: tally.share(), value: tally_text(tally) };
    let caption = Caption {
        id: "chart-open",
        title: "Ungated share",
        about: "Share of live pieces that can be read in full without a form.".to_owned(),
    };
    bars(html, &caption, &[bar("all live pieces", across.ungated), bar("of the last twelve months", across.ungated_of_year)], "machine");
    if !across.gated.is_empty() {
        let row = |gated: &super::super::Gated| {
            let until = gated.until.map_or_else(|| "no date".to_owned(), |until| until.iso_day());
            vec![gated.title.clone(), gated.reason.clone(), until]
        };
        html.table("Gated pieces", &["Piece", "Reason", "Until"], &across.gated.iter().map(row).collect::<Vec<_>>());
    }
    end_part(html);
}

/// What falls due when.
pub fn upkeep(html: &mut Html, across: &Across) {
    part(html, "upkeep", "Reviews, results, expiries and opening gates of live pieces, by month.");
    let count = |month: &super::super::Month, kind: UpkeepKind| month.due.iter().filter(|(due, ..)| *due == kind).count();
    let stack = |month: &super::super::Month| Stack {
        label: month.name.clone(),
        parts: UpkeepKind::ALL.iter().map(|kind| count(month, *kind)).collect(),
    };
    let parts: Vec<(&str, &str)> =
        UpkeepKind::ALL.iter().zip(["machine", "human", "bad", "calm"]).map(|(kind, class)| (kind.as_str(), class)).collect();
    let caption = Caption {
        id: "chart-upkeep",
        title: "Upkeep by month",
        about: "What falls due in each month, what is overdue, and what comes later.".to_owned(),
    };
    columns(html, &caption, &parts, &across.upkeep.iter().map(stack).collect::<Vec<_>>());
    let rows: Vec<Vec<String>> = across
        .upkeep
        .iter()
        .flat_map(|month| {
            month.due.iter().map(|(kind, day, title)| vec![month.name.clone(), day.iso_day(), kind.as_str().to_owned(), title.clone()])
        })
        .collect();
    if rows.is_empty() {
        html.element("p", "Nothing falls due: no piece has a review date, a target's date, an expiry or a gate.");
    } else {
        html.table("What falls due", &["Month", "Day", "What", "Piece"], &rows);
    }
    end_part(html);
}
