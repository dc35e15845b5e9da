//! The report as one JSON object: `{"version": 1, "title", "today", "pieces": […], "across": {…}}`. The
//! manual's page on the report describes every key; what is not known is `null`.

use super::{Across, Evidence, Figure, PieceCard, Scorecard, SignOffCard, Tally};
use crate::base::date::Date;
use crate::editorial::records::{Agreement, ObjectiveState};
use crate::parse::records::Head;
use serde_json::{Map, Value, json};
use std::io;

/// Raised when a reader of this format would have to change.
const VERSION: u32 = 1;

/// Prints the object.
pub(super) fn write(scorecard: &Scorecard, out: &mut dyn io::Write) -> io::Result<()> {
    let report = json!({
        "version": VERSION,
        "title": scorecard.title,
        "today": scorecard.today.iso_day(),
        "across": across(&scorecard.across, scorecard),
        "pieces": scorecard.pieces.iter().map(piece).collect::<Vec<_>>(),
    });
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

fn piece(piece: &PieceCard) -> Value {
    let evidence = |evidence: &Evidence| {
        json!({
            "name": evidence.item.name,
            "head": evidence.item.head.as_str(),
            "presence": evidence.presence.as_str(),
            "detail": evidence.detail,
        })
    };
    let sign_offs: Map<String, Value> =
        piece.sign_offs.iter().map(|(capacity, card)| (capacity.as_str().to_owned(), sign_off(card))).collect();
    json!({
        "path": piece.path,
        "url": piece.url,
        "title": piece.title,
        "state": piece.state.as_str(),
        "date": day(piece.date),
        "words": piece.words,
        "gated": piece.gated,
        "authors": piece.authors,
        "audiences": piece.audiences,
        "outcome": piece.outcome,
        "topics": piece.topics,
        "machine": {
            "total": tally(piece.total()),
            "heads": by_head(|head| tally(piece.tally(head))),
            "evidence": piece.evidence.iter().map(evidence).collect::<Vec<_>>(),
            "next": piece.next().iter().map(|evidence| json!({"name": evidence.item.name, "do": evidence.item.mend})).collect::<Vec<_>>(),
        },
        "human": {
            "raters": piece.rated.map_or(0, |rated| rated.n_raters),
            "heads": piece.rated.and_then(|rated| rated.means).map(means),
        },
        "objective": {
            "state": piece.objective.state.as_str(),
            "metric": piece.objective.metric,
            "target": piece.objective.target,
            "by": day(piece.objective.by),
            "last": piece.objective.last.as_ref().map(figure),
        },
        "channel_figures": piece.channel_figures.iter().map(figure).collect::<Vec<_>>(),
        "sign_offs": sign_offs,
        "review_by": day(piece.review_by),
        "expires_on": day(piece.expires_on),
        "gate_until": day(piece.gate_until),
    })
}

fn across(across: &Across, scorecard: &Scorecard) -> Value {
    let states: Map<String, Value> = across.n_by_state.iter().map(|(state, count)| (state.as_str().to_owned(), json!(count))).collect();
    let objectives: Map<String, Value> =
        across.objectives.iter().map(|(state, count)| (objective_key(*state).to_owned(), json!(count))).collect();
    let sign_offs: Map<String, Value> = across
        .sign_offs
        .iter()
        .map(|counts| {
            let value = json!({"fresh": counts.fresh, "stale": counts.stale, "missing": counts.missing});
            (counts.capacity.as_str().to_owned(), value)
        })
        .collect();
    let ages = &across.source_ages;
    json!({
        "pieces": states,
        "machine": {"heads": by_head(|head| tally(across.heads[head as usize]))},
        "human": {
            "pieces": across.n_rated,
            "heads": across.human.map(means),
            "agreement": {
                "measure": "Krippendorff's alpha, interval",
                "overall": agreement(&scorecard.agreements.overall),
                "heads": by_head(|head| agreement(&scorecard.agreements.heads[head as usize])),
            },
        },
        "groups": {"authors": groups(&across.by_author), "audiences": groups(&across.by_audience), "topics": groups(&across.by_topic)},
        "coverage": {"audience_by_outcome": grid(&across.audience_by_outcome), "audience_by_topic": grid(&across.audience_by_topic)},
        "ungated": {"all": tally(across.ungated), "last_12_months": tally(across.ungated_of_year)},
        "sources": {
            "within_1_year": ages.within_one_year,
            "within_3_years": ages.within_three_years,
            "within_5_years": ages.within_five_years,
            "older": ages.older,
            "undated": ages.undated,
            "walled": ages.walled,
        },
        "sign_offs": sign_offs,
        "partners": across.partners,
        "objectives": objectives,
        "upkeep": across.upkeep.iter().map(|month| json!({
            "month": month.name,
            "due": month.due.iter().map(|(kind, day, title)| json!({"what": kind.as_str(), "on": day.iso_day(), "title": title})).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn objective_key(state: ObjectiveState) -> &'static str {
    match state {
        ObjectiveState::NoTarget => "no_target",
        ObjectiveState::Set => "target_set",
        ObjectiveState::Due => "due",
        ObjectiveState::Met => "met",
        ObjectiveState::Missed => "missed",
        ObjectiveState::Unmeasured => "unmeasured",
    }
}

fn by_head(value: impl Fn(Head) -> Value) -> Value {
    Value::Object(Head::ALL.into_iter().map(|head| (head.as_str().to_owned(), value(head))).collect())
}

fn tally(tally: Tally) -> Value {
    json!({"have": tally.have, "of": tally.of})
}

fn means(means: [f64; Head::ALL.len()]) -> Value {
    by_head(|head| json!((means[head as usize] * 100.0).round() / 100.0))
}

fn agreement(agreement: &Agreement) -> Value {
    let alpha = agreement.alpha.map(|alpha| (alpha * 1000.0).round() / 1000.0);
    json!({"alpha": alpha, "units": agreement.n_units, "scores": agreement.n_scores})
}

fn groups(groups: &[super::Group]) -> Value {
    let rounded = |share: f64| (share * 1000.0).round() / 1000.0;
    let group = |group: &super::Group| {
        json!({
            "id": group.id, "title": group.title, "pieces": group.n_pieces,
            "median": rounded(group.median), "lowest": rounded(group.lowest),
        })
    };
    Value::Array(groups.iter().map(group).collect())
}

fn grid(grid: &super::Grid) -> Value {
    let row = |(title, cells): &(String, Vec<super::Cell>)| {
        let counts: Vec<usize> = cells.iter().map(|cell| cell.titles.len()).collect();
        json!({"title": title, "counts": counts})
    };
    json!({"columns": grid.columns, "rows": grid.rows.iter().map(row).collect::<Vec<_>>()})
}

fn sign_off(card: &SignOffCard) -> Value {
    match card {
        SignOffCard::Fresh { by, on } | SignOffCard::Stale { by, on } => json!({"state": card.as_str(), "by": by, "on": on.iso_day()}),
        SignOffCard::Missing => json!({"state": card.as_str(), "by": null, "on": null}),
    }
}

fn figure(figure: &Figure) -> Value {
    json!({"metric": figure.metric, "value": figure.value, "on": figure.on.iso_day(), "source": figure.source})
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.iso_day())
}
