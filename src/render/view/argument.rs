//! A piece's argument as templates see it: what was expected and what came of it, and the answer that it
//! gives instead of the common one. `piece` calls this.

use super::object::{Object, list};
use super::piece::said;
use crate::model::{Page, Site};
use crate::parse::front_matter::{Hypothesis, HypothesisStatus};
use tera::Value;

/// What was expected before the research, in the order written; those without a statement are left out.
pub fn hypotheses(site: &Site, page: &Page) -> Value {
    let written = page.document.front.hypotheses.iter().flat_map(|field| &field.value);
    list(written.filter(|hypothesis| hypothesis.statement.is_some()).map(|hypothesis| hypothesis_value(site, page, hypothesis)))
}

fn hypothesis_value(site: &Site, page: &Page, hypothesis: &Hypothesis) -> Value {
    // The key of the word for it, in the page's language.
    let status = match hypothesis.status.as_ref().map(|status| status.value) {
        None | Some(HypothesisStatus::Open) => "tested_open",
        Some(HypothesisStatus::Supported) => "tested_supported",
        Some(HypothesisStatus::Refuted) => "tested_refuted",
        Some(HypothesisStatus::Mixed) => "tested_mixed",
        Some(HypothesisStatus::Abandoned) => "tested_abandoned",
    };
    Object::new()
        .with("statement", said(site, page, &hypothesis.statement))
        .with("method", said(site, page, &hypothesis.method))
        .with("status", status)
        .with("evidence", said(site, page, &hypothesis.evidence))
        .into()
}

/// The question, the common answer and ours; nothing unless both answers are there.
pub fn rare_answer(site: &Site, page: &Page) -> Value {
    let Some(answer) = page.document.front.rare_answer.as_ref().map(|field| &field.value) else { return Value::none() };
    if answer.common_answer.is_none() || answer.our_answer.is_none() {
        return Value::none();
    }
    Object::new()
        .with("question", said(site, page, &answer.question))
        .with("common", said(site, page, &answer.common_answer))
        .with("ours", said(site, page, &answer.our_answer))
        .into()
}
