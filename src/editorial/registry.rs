//! Every rule, one line each, in the order of the manual.

use super::docs::themes;
use super::docs::{
    audiences, configuration, data, directives, front_matter, images, internal, languages, leaks, links, outputs, records, sources,
    suppressions,
};
use super::options::RuleOption;
use super::register::AGREEMENT_DAYS;
use super::rule::{Rule, RuleDoc};
use super::rules::{
    audience_challenge_unmatched, audience_missing, audience_not_specific, audience_placeholder, audience_too_many, audience_unassessed,
    audience_undeclared, author_undeclared, authors_missing, case_thin, cliches, competitor_look_missing, competitor_look_old,
    date_missing, description_missing, difference_unstated, expert_missing, figure_unsourced, first_hand_missing, gate_abstract_leaks,
    gate_expired, gate_only_for_leads, gate_reason_missing, guidance_missing, guidance_no_reason, guidance_not_explained,
    guidance_not_imperative, guidance_not_specific, guidance_placeholder, guidance_question, guidance_sales_call, guidance_too_few,
    guidance_unassessed, heading_level_skipped, hypothesis_missing, hypothesis_unresolved, hypothesis_untestable, jargon_dense,
    launch_before_outcome, launch_incomplete, launch_missing, objective_channel_first, objective_measure_missing, objective_missing,
    objective_not_measurable, objective_outcome_missing, objective_outcome_unknown, objective_vanity_metric, opening_trends,
    passage_repeated, piece_expired, placeholder_in_body, quote_unattributed, rare_answer_common, review_date_missing, review_overdue,
    section_empty, sentences_long, so_what_late, so_what_missing, so_what_no_consequence, so_what_not_in_body, so_what_restates_title,
    so_what_too_long, source_access_unmarked, source_secondhand, source_stale, source_vague, survey_question_by_question, survey_retold,
    survey_undescribed, title_faq, title_missing, update_before_publication, update_without_note,
};
use super::site::SiteRule;
use super::site_rules::{archive_repeated, competitor_echoed, competitor_note_unknown, guidance_reused, promise_unkept, ungated_share_low};

/// The rules: those that are checked here, and those that other stages check and that are explained here.
pub static RULES: &[&dyn Rule] = &[
    &audience_missing::AudienceMissing,
    &audience_placeholder::AudiencePlaceholder,
    &audience_undeclared::AudienceUndeclared,
    &audience_not_specific::AudienceNotSpecific,
    &audience_unassessed::AudienceUnassessed,
    &audience_too_many::AudienceTooMany,
    &audience_challenge_unmatched::AudienceChallengeUnmatched,
    &audiences::AUDIENCE_NOT_AGREED,
    &audiences::AUDIENCE_AGREEMENT_STALE,
    &guidance_missing::GuidanceMissing,
    &guidance_placeholder::GuidancePlaceholder,
    &guidance_not_specific::GuidanceNotSpecific,
    &guidance_question::GuidanceQuestion,
    &guidance_sales_call::GuidanceSalesCall,
    &guidance_too_few::GuidanceTooFew,
    &guidance_not_imperative::GuidanceNotImperative,
    &guidance_unassessed::GuidanceUnassessed,
    &guidance_no_reason::GuidanceNoReason,
    &guidance_not_explained::GuidanceNotExplained,
    &objective_missing::ObjectiveMissing,
    &objective_outcome_unknown::ObjectiveOutcomeUnknown,
    &objective_outcome_missing::ObjectiveOutcomeMissing,
    &objective_measure_missing::ObjectiveMeasureMissing,
    &objective_not_measurable::ObjectiveNotMeasurable,
    &objective_channel_first::ObjectiveChannelFirst,
    &objective_vanity_metric::ObjectiveVanityMetric,
    &so_what_missing::SoWhatMissing,
    &so_what_too_long::SoWhatTooLong,
    &so_what_restates_title::SoWhatRestatesTitle,
    &so_what_no_consequence::SoWhatNoConsequence,
    &so_what_not_in_body::SoWhatNotInBody,
    &hypothesis_missing::HypothesisMissing,
    &hypothesis_untestable::HypothesisUntestable,
    &hypothesis_unresolved::HypothesisUnresolved,
    &title_faq::TitleFaq,
    &rare_answer_common::RareAnswerCommon,
    &figure_unsourced::FigureUnsourced,
    &source_vague::SourceVague,
    &survey_undescribed::SurveyUndescribed,
    &survey_retold::SurveyRetold,
    &survey_question_by_question::SurveyQuestionByQuestion,
    &source_stale::SourceStale,
    &source_secondhand::SourceSecondhand,
    &source_access_unmarked::SourceAccessUnmarked,
    &expert_missing::ExpertMissing,
    &first_hand_missing::FirstHandMissing,
    &case_thin::CaseThin,
    &quote_unattributed::QuoteUnattributed,
    &opening_trends::OpeningTrends,
    &so_what_late::SoWhatLate,
    &passage_repeated::PassageRepeated,
    &placeholder_in_body::PlaceholderInBody,
    &section_empty::SectionEmpty,
    &heading_level_skipped::HeadingLevelSkipped,
    &difference_unstated::DifferenceUnstated,
    &competitor_look_missing::CompetitorLookMissing,
    &competitor_look_old::CompetitorLookOld,
    &cliches::Cliches,
    &jargon_dense::JargonDense,
    &sentences_long::SentencesLong,
    &gate_reason_missing::GateReasonMissing,
    &gate_expired::GateExpired,
    &gate_only_for_leads::GateOnlyForLeads,
    &gate_abstract_leaks::GateAbstractLeaks,
    &leaks::GATE_BODY_LEAK,
    &launch_missing::LaunchMissing,
    &launch_incomplete::LaunchIncomplete,
    &launch_before_outcome::LaunchBeforeOutcome,
    &review_overdue::ReviewOverdue,
    &review_date_missing::ReviewDateMissing,
    &piece_expired::PieceExpired,
    &update_without_note::UpdateWithoutNote,
    &update_before_publication::UpdateBeforePublication,
    &title_missing::TitleMissing,
    &date_missing::DateMissing,
    &description_missing::DescriptionMissing,
    &authors_missing::AuthorsMissing,
    &author_undeclared::AuthorUndeclared,
    &front_matter::FRONT_MATTER_UNCLOSED,
    &front_matter::FRONT_MATTER_SYNTAX,
    &front_matter::FRONT_MATTER_DUPLICATE_KEY,
    &front_matter::FRONT_MATTER_WRONG_TYPE,
    &front_matter::FRONT_MATTER_BAD_DATE,
    &front_matter::FRONT_MATTER_SECOND_DOCUMENT,
    &front_matter::FRONT_MATTER_ALIAS_BOMB,
    &front_matter::FRONT_MATTER_TOO_LARGE,
    &front_matter::FRONT_MATTER_TOML,
    &front_matter::FRONT_MATTER_NOT_UTF8,
    &front_matter::FRONT_MATTER_UNKNOWN_KEY,
    &front_matter::KIND_UNKNOWN,
    &links::LINK_BROKEN,
    &links::LINK_ANCHOR_MISSING,
    &links::LINK_TO_WITHHELD,
    &links::ASSET_MISSING,
    &languages::TRANSLATION_BROKEN,
    &languages::TRANSLATION_REPEATED,
    &languages::LANGUAGE_UNDECLARED,
    &languages::TRANSLATION_MISSING,
    &languages::TRANSLATION_UNKNOWN,
    &images::IMAGE_ALT_MISSING,
    &images::IMAGE_UNREADABLE,
    &images::IMAGE_TOO_LARGE,
    &directives::DIRECTIVE_UNKNOWN,
    &directives::DIRECTIVE_UNCLOSED,
    &directives::DIRECTIVE_STRAY_CLOSE,
    &directives::DIRECTIVE_MALFORMED,
    &directives::DIRECTIVE_NESTED_TOO_DEEP,
    &directives::DIRECTIVE_PARAMETER_UNKNOWN,
    &directives::DIRECTIVE_PARAMETER_MISSING,
    &directives::DIRECTIVE_PARAMETER_REPEATED,
    &data::DIRECTIVE_PARAMETER_INVALID,
    &data::DATA_MISSING,
    &data::DATA_MALFORMED,
    &data::DATA_NOT_A_NUMBER,
    &data::DATA_TOO_LARGE,
    &data::CHART_IMPOSSIBLE,
    &directives::HEADING_ID_REPEATED,
    &directives::HEADING_ATTRIBUTE_UNKNOWN,
    &directives::CODE_LANGUAGE_UNKNOWN,
    &sources::CITATION_UNKNOWN,
    &sources::SOURCE_UNCITED,
    &sources::FOOTNOTE_UNUSED,
    &sources::FOOTNOTE_REPEATED,
    &sources::FOOTNOTE_SHADOWED,
    &records::RECORD_MALFORMED,
    &records::RECORD_BAD_VALUE,
    &records::RECORD_BAD_DATE,
    &records::RECORD_UNKNOWN_PIECE,
    &records::RECORD_UNKNOWN_PERSON,
    &records::RECORD_REPEATED,
    &records::SIGN_OFF_MISSING,
    &records::SIGN_OFF_STALE,
    &records::SIGN_OFF_BY_AUTHOR,
    &records::RESULT_UNKNOWN_METRIC,
    &records::RESULT_OVERDUE,
    &records::RATING_BY_AUTHOR,
    &records::RATING_OUTSIDE_SAMPLE,
    &outputs::OUTPUT_COLLISION,
    &outputs::URL_UNUSABLE,
    &outputs::TEMPLATE_ERROR,
    &outputs::HEADER_INVALID,
    &outputs::FILE_UNREADABLE,
    &images::CARD_LETTERS_MISSING,
    &outputs::SERIES_PART_REPEATED,
    &suppressions::SUPPRESSION_WITHOUT_REASON,
    &suppressions::SUPPRESSION_UNKNOWN_RULE,
    &suppressions::SUPPRESSION_UNUSED,
    &suppressions::SUPPRESSION_OF_GATE_RULE,
    &configuration::CONFIG_SYNTAX,
    &configuration::CONFIG_DUPLICATE_KEY,
    &configuration::CONFIG_WRONG_TYPE,
    &configuration::CONFIG_UNKNOWN_KEY,
    &configuration::CONFIG_BAD_DATE,
    &configuration::CONFIG_BAD_VALUE,
    &configuration::CONFIG_MISSING_KEY,
    &configuration::CONFIG_THEME_MISSING,
    &themes::THEME_TOKEN_UNKNOWN,
    &themes::THEME_TOKEN_INVALID,
    &themes::THEME_CONTRAST_LOW,
    &configuration::CONFIG_RULE_UNKNOWN,
    &configuration::CONFIG_RULE_FIXED,
    &configuration::CONFIG_OPTION_UNKNOWN,
    &configuration::CONFIG_LEXICON_UNKNOWN,
    &internal::INTERNAL_ERROR,
];

/// The rules that look across the pieces of a site.
pub static SITE_RULES: &[&dyn SiteRule] = &[
    &archive_repeated::ArchiveRepeated,
    &competitor_echoed::CompetitorEchoed,
    &competitor_note_unknown::CompetitorNoteUnknown,
    &promise_unkept::PromiseUnkept,
    &guidance_reused::GuidanceReused,
    &ungated_share_low::UngatedShareLow,
];

/// The documentation of every rule.
pub fn docs() -> impl Iterator<Item = &'static RuleDoc> {
    RULES.iter().map(|rule| rule.doc()).chain(SITE_RULES.iter().map(|rule| rule.doc()))
}

/// A rule's documentation by its name.
pub fn find(name: &str) -> Option<&'static RuleDoc> {
    docs().find(|doc| doc.name == name)
}

/// What a site may set of a rule beside its level; nothing for a rule that does not exist.
pub fn options(name: &str) -> &'static [RuleOption] {
    if name == audiences::AUDIENCE_AGREEMENT_STALE.name {
        return &[AGREEMENT_DAYS];
    }
    let of_rule = RULES.iter().find(|rule| rule.doc().name == name).map(|rule| rule.options());
    let of_site_rule = || SITE_RULES.iter().find(|rule| rule.doc().name == name).map(|rule| rule.options());
    of_rule.or_else(of_site_rule).unwrap_or(&[])
}

/// The names of all rules, in order.
pub fn names() -> impl Iterator<Item = &'static str> {
    docs().map(|doc| doc.name)
}
