//! The rules, one file each; `registry` puts them in order.

pub mod audience_missing;
pub mod audience_not_specific;
pub mod audience_placeholder;
pub mod audience_unassessed;
pub mod audience_undeclared;
pub mod author_undeclared;
pub mod authors_missing;
pub mod date_missing;
pub mod description_missing;
pub mod gate_abstract_leaks;
pub mod gate_expired;
pub mod gate_reason_missing;
pub mod guidance_missing;
pub mod guidance_not_imperative;
pub mod guidance_not_specific;
pub mod guidance_placeholder;
pub mod guidance_question;
pub mod guidance_sales_call;
pub mod guidance_too_few;
pub mod guidance_unassessed;
pub mod objective_measure_missing;
pub mod objective_missing;
pub mod objective_outcome_missing;
pub mod objective_outcome_unknown;
pub mod so_what_missing;
pub mod title_missing;

#[cfg(test)]
mod tests;
