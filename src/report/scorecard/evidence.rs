//! What is looked for in a piece, under five heads: facts that are there or missing, each worth as much as
//! the next. Their number is no score of quality; it says how much of what is asked for can be seen.

use crate::base::date::Date;
use crate::config::sign_off::Capacity;
use crate::editorial::records::{Entry, Target};
use crate::editorial::{lexicon, presets, registry};
use crate::model::Site;
use crate::parse::front_matter::{Access, FrontMatter, GuidanceItem, HypothesisStatus, Objective, Source};
use crate::parse::records::Head;
use std::collections::BTreeSet;

/// Whether something that is looked for is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    There,
    Missing,
    /// It does not apply to this piece, or cannot be told in its language.
    NotJudged,
}

impl Presence {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::There => "there",
            Self::Missing => "missing",
            Self::NotJudged => "not judged",
        }
    }
}

/// One thing that was looked for in a piece.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    pub item: &'static Item,
    pub presence: Presence,
    /// How much of it, or which rule found fault with it; may be empty.
    pub detail: String,
}

/// Something that is looked for in every piece.
pub struct Item {
    pub head: Head,
    /// Its name in JSON: never changed.
    pub name: &'static str,
    /// What it is, for people.
    pub label: &'static str,
    /// What to do when it is missing.
    pub mend: &'static str,
    /// The rules whose findings say that it is missing.
    pub rules: &'static [&'static str],
    /// Whether it is told from the words of the body, for which a language needs word lists.
    pub is_told_from_words: bool,
    shows: fn(&Look<'_>) -> Seen,
}

impl std::fmt::Debug for Item {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// What a fact looks like in a piece, before the rules are asked.
struct Seen {
    presence: Presence,
    detail: String,
}

/// A piece as it is looked at.
pub struct Look<'a> {
    pub entry: &'a Entry<'a>,
    pub site: &'a Site,
    pub today: Date,
    /// The rules that found something in it.
    pub raised: &'a BTreeSet<&'static str>,
    pub target: Option<&'a Target<'a>>,
}

impl Look<'_> {
    fn front(&self) -> &FrontMatter {
        &self.entry.document.front
    }
}

/// Looks for everything in one piece.
pub fn look_for_all(look: &Look<'_>) -> Vec<Evidence> {
    ITEMS.iter().map(|item| evidence(item, look)).collect()
}

fn evidence(item: &'static Item, look: &Look<'_>) -> Evidence {
    let cannot_be_told = item.is_told_from_words && lexicon::for_language(look.entry.lang).is_none();
    if cannot_be_told {
        let detail = format!("no word lists for `{}`", look.entry.lang);
        return Evidence { item, presence: Presence::NotJudged, detail };
    }
    let settings = &look.site.config.rules;
    let is_on = |rule: &&str| registry::find(rule).is_some_and(|doc| presets::is_on(doc, settings));
    if item.is_told_from_words && !item.rules.iter().any(is_on) {
        return Evidence { item, presence: Presence::NotJudged, detail: format!("`{}` is off", item.rules.join("`, `")) };
    }
    let seen = (item.shows)(look);
    let found: Vec<&str> = item.rules.iter().copied().filter(|rule| look.raised.contains(rule)).collect();
    match seen.presence {
        Presence::There if !found.is_empty() => Evidence { item, presence: Presence::Missing, detail: found.join(", ") },
        presence => Evidence { item, presence, detail: seen.detail },
    }
}

fn is_there(there: bool) -> Seen {
    Seen { presence: if there { Presence::There } else { Presence::Missing }, detail: String::new() }
}

/// There unless a rule says otherwise.
fn unless_found(_: &Look<'_>) -> Seen {
    is_there(true)
}

fn all_of(n_have: usize, n_of: usize) -> Seen {
    Seen { detail: format!("{n_have} of {n_of}"), ..is_there(n_of > 0 && n_have == n_of) }
}

fn not_judged(why: &str) -> Seen {
    Seen { presence: Presence::NotJudged, detail: why.to_owned() }
}

fn says<T>(slot: Option<&T>) -> bool {
    slot.is_some()
}

fn sources<'a>(look: &'a Look<'_>) -> &'a [Source] {
    look.front().sources.as_ref().map_or(&[], |field| &field.value)
}

fn guidance<'a>(look: &'a Look<'_>) -> &'a [GuidanceItem] {
    look.front().guidance.as_ref().map_or(&[], |field| &field.value)
}

/// The share of actions that say something more.
fn of_actions(look: &Look<'_>, says: impl Fn(&GuidanceItem) -> bool) -> Seen {
    let actions = guidance(look);
    all_of(actions.iter().filter(|item| says(item)).count(), actions.len())
}

fn has_key(look: &Look<'_>, key: &str) -> Seen {
    is_there(look.front().key(key).is_some())
}

fn sign_off(look: &Look<'_>, capacity: Capacity) -> Seen {
    match look.entry.sign_offs.get(&capacity) {
        Some(signed) if signed.is_fresh() => Seen { detail: signed.by.value.clone(), ..is_there(true) },
        Some(_) => Seen { detail: "stale".to_owned(), ..is_there(false) },
        None => is_there(false),
    }
}

fn tested_hypotheses(look: &Look<'_>) -> Seen {
    let hypotheses = look.front().hypotheses.as_ref().map_or(&[][..], |field| &field.value);
    let is_tested = |status: HypothesisStatus| match status {
        HypothesisStatus::Open => false,
        HypothesisStatus::Supported | HypothesisStatus::Refuted | HypothesisStatus::Mixed | HypothesisStatus::Abandoned => true,
    };
    let n_tested = hypotheses.iter().filter(|entry| entry.status.as_ref().is_some_and(|status| is_tested(status.value))).count();
    Seen { detail: format!("{n_tested} of {} resolved", hypotheses.len()), ..is_there(n_tested > 0) }
}

fn rare_answer(look: &Look<'_>) -> Seen {
    let answer = look.front().rare_answer.as_ref().map(|field| &field.value);
    is_there(answer.is_some_and(|answer| says(answer.question.as_ref()) && says(answer.our_answer.as_ref())))
}

fn named_sources(look: &Look<'_>) -> Seen {
    let n_sources = sources(look).len();
    Seen { detail: n_sources.to_string(), ..is_there(n_sources > 0) }
}

fn described_samples(look: &Look<'_>) -> Seen {
    let surveys: Vec<&Source> =
        sources(look).iter().filter(|source| says(source.sample.as_ref()) || says(source.fielded.as_ref())).collect();
    if surveys.is_empty() {
        return not_judged("it cites no survey");
    }
    let is_described = |source: &&&Source| says(source.sample.as_ref()) && says(source.population.as_ref());
    all_of(surveys.iter().filter(is_described).count(), surveys.len())
}

fn fresh_sources(look: &Look<'_>) -> Seen {
    let dated: Vec<i64> = sources(look).iter().filter_map(|source| age_in_months(source, look.today)).collect();
    if dated.is_empty() {
        return not_judged("no source has a date");
    }
    let n_fresh = dated.iter().filter(|months| **months <= FRESH_MONTHS).count();
    Seen { detail: format!("{n_fresh} of {}", dated.len()), ..is_there(n_fresh * 2 >= dated.len()) }
}

/// Sources older than this are no longer fresh.
pub const FRESH_MONTHS: i64 = 36;

/// The age of a source; a year alone counts from its middle.
pub fn age_in_months(source: &Source, today: Date) -> Option<i64> {
    let written = source.date.as_ref()?.value.trim();
    let year: i64 = written.get(..4)?.parse().ok()?;
    let month: i64 = match written.get(4..7) {
        Some(month) => month.strip_prefix('-')?.parse().ok()?,
        None => 6,
    };
    let months = (i64::from(today.day.year()) - year) * 12 + i64::from(today.day.month()) - month;
    (1..=12).contains(&month).then_some(months.max(0))
}

/// Whether readers of a source meet a form or a bill.
pub fn is_walled(source: &Source) -> bool {
    source.access.as_ref().is_some_and(|access| match access.value {
        Access::Open => false,
        Access::Registration | Access::Paid => true,
    })
}

fn experts(look: &Look<'_>) -> Seen {
    let authors = look.front().authors.iter().flat_map(|field| &field.value);
    let signer = look.entry.sign_offs.get(&Capacity::Expert).map(|signed| signed.by);
    let people = authors.chain(signer).filter_map(|id| look.site.people.get(&id.value));
    let n_experts = people.filter(|id| look.site.page(**id).document.front.expertise.as_ref().is_some_and(|field| !field.value.is_empty()));
    is_there(n_experts.count() > 0)
}

fn addressed_challenge(look: &Look<'_>) -> Seen {
    is_there(look.front().challenge_addressed.as_ref().is_some_and(|field| !field.value.is_empty()))
}

fn measurable_objective(look: &Look<'_>) -> Seen {
    let Some(Objective::Full(slots)) = look.front().objective.as_ref().map(|field| &field.value) else { return is_there(false) };
    let is_measured = look.target.is_some_and(|target| !target.target.is_empty() && target.by.is_some());
    is_there(says(slots.outcome.as_ref()) && says(slots.change.as_ref()) && is_measured)
}

fn review_ahead(look: &Look<'_>) -> Seen {
    let review_by = look.front().review_by.as_ref().map(|field| field.value);
    let detail = review_by.map_or_else(String::new, |day| day.iso_day());
    Seen { detail, ..is_there(review_by.is_some_and(|day| day.day >= look.today.day)) }
}

/// An item that a field of the brief or a record shows.
const fn shown(head: Head, name: &'static str, label: &'static str, mend: &'static str, shows: fn(&Look<'_>) -> Seen) -> Item {
    Item { head, name, label, mend, rules: &[], is_told_from_words: false, shows }
}

/// An item that is there unless one of these rules finds fault with the words.
const fn told(head: Head, name: &'static str, label: &'static str, mend: &'static str, rules: &'static [&'static str]) -> Item {
    Item { head, name, label, mend, rules, is_told_from_words: true, shows: unless_found }
}

/// Everything that is looked for, by head.
pub static ITEMS: &[Item] = &[
    Item {
        rules: &["difference-unstated"],
        ..shown(Head::Different, "difference", "Says what it says that others do not", "fill in `difference`", |look| {
            has_key(look, "difference")
        })
    },
    Item {
        rules: &["competitor-look-missing", "competitor-look-old", "competitor-note-unknown"],
        ..shown(
            Head::Different,
            "competitors",
            "Was written after a look at what others say",
            "look, and note it under `competitors`",
            |look| has_key(look, "competitors"),
        )
    },
    Item {
        rules: &["rare-answer-common", "title-faq"],
        ..shown(Head::Different, "rare-answer", "Answers a question that is rarely answered", "fill in `rare_answer`", rare_answer)
    },
    shown(
        Head::Different,
        "tested-hypothesis",
        "Tested at least one hypothesis",
        "state `hypotheses` with their `status`",
        tested_hypotheses,
    ),
    Item {
        rules: &["archive-repeated", "guidance-reused", "competitor-echoed", "passage-repeated"],
        ..shown(
            Head::Different,
            "not-repeated",
            "Repeats neither the archive nor a competitor",
            "cut what an older piece says, or link to it",
            unless_found,
        )
    },
    Item {
        rules: &["so-what-missing", "so-what-too-long", "so-what-restates-title", "so-what-no-consequence", "so-what-not-in-body"],
        ..shown(
            Head::Readable,
            "so-what",
            "Says why the reader should care",
            "write the consequence for the reader into `so_what`",
            |look| is_there(look.front().so_what.is_some()),
        )
    },
    told(
        Head::Readable,
        "opening",
        "Comes to the point in its opening",
        "cut the trend and begin with the point",
        &["opening-trends", "so-what-late"],
    ),
    told(Head::Readable, "plain-words", "Uses plain words", "say what the clichés and the jargon stand for", &["cliches", "jargon-dense"]),
    told(Head::Readable, "sentences", "Keeps most sentences short", "split the longest sentences", &["sentences-long"]),
    told(
        Head::Readable,
        "sections",
        "Has sections that hold something and headings in their order",
        "fill or cut the empty section",
        &["section-empty", "heading-level-skipped"],
    ),
    Item {
        rules: &["description-missing"],
        ..shown(Head::Readable, "description", "Has a sentence for listings", "write `description`", |look| {
            is_there(look.front().description.is_some())
        })
    },
    shown(Head::Sound, "sources", "Names its sources", "name them under `sources` and cite them", named_sources),
    told(
        Head::Sound,
        "figures-sourced",
        "Gives a source for every figure",
        "cite each figure with `[^id]`",
        &["figure-unsourced", "source-vague"],
    ),
    Item {
        rules: &["survey-undescribed"],
        ..shown(
            Head::Sound,
            "samples",
            "Describes the samples of its surveys",
            "give each survey `sample` and `population`",
            described_samples,
        )
    },
    told(
        Head::Sound,
        "beyond-survey",
        "Adds to what its surveys say",
        "say what each figure changes for the reader",
        &["survey-retold", "survey-question-by-question"],
    ),
    told(
        Head::Sound,
        "first-hand",
        "Shows that somebody was there",
        "tell what you saw, asked or measured yourself, or record it under `evidence`",
        &["first-hand-missing", "case-thin", "quote-unattributed"],
    ),
    shown(
        Head::Sound,
        "fresh-sources",
        "Half of its sources or more are from the last three years",
        "look for newer evidence, or say why the old one stands",
        fresh_sources,
    ),
    Item {
        rules: &["expert-missing"],
        ..shown(
            Head::Sound,
            "expert",
            "Has an expert with a page that says in what",
            "add an author with `expertise`, or an expert's sign-off",
            experts,
        )
    },
    Item {
        rules: &["guidance-too-few", "guidance-missing", "guidance-not-specific", "guidance-placeholder", "guidance-sales-call"],
        ..shown(
            Head::Useful,
            "three-actions",
            "Tells the reader at least three things to do",
            "add concrete actions to `guidance`",
            |look| {
                let n_actions = guidance(look).len();
                Seen { detail: n_actions.to_string(), ..is_there(n_actions >= 3) }
            },
        )
    },
    shown(
        Head::Useful,
        "pinned-actions",
        "Says of each action who, by when or when it is done",
        "give each action `who`, `by` or `done_when`",
        |look| of_actions(look, |item| says(item.who.as_ref()) || says(item.by.as_ref()) || says(item.done_when.as_ref())),
    ),
    shown(Head::Useful, "reasons", "Gives a reason for each action", "give each action a `because`", |look| {
        of_actions(look, |item| says(item.because.as_ref()))
    }),
    Item {
        rules: &["audience-challenge-unmatched"],
        ..shown(
            Head::Useful,
            "challenge",
            "Names the challenge of the audience that it helps with",
            "fill in `challenge_addressed`",
            addressed_challenge,
        )
    },
    shown(Head::Useful, "ungated", "Can be read by everybody", "take `gate` out", |look| is_there(look.front().gate.is_none())),
    shown(
        Head::Owned,
        "expert-signed",
        "Signed off by an expert who did not write it",
        "`sowhat sign PIECE --as expert --by PERSON`",
        |look| sign_off(look, Capacity::Expert),
    ),
    shown(
        Head::Owned,
        "editor-signed",
        "Signed off by an editor who did not write it",
        "`sowhat sign PIECE --as editor --by PERSON`",
        |look| sign_off(look, Capacity::Editor),
    ),
    shown(Head::Owned, "marketing-signed", "Signed off by marketing", "`sowhat sign PIECE --as marketing --by PERSON`", |look| {
        sign_off(look, Capacity::Marketing)
    }),
    Item {
        rules: &["objective-vanity-metric", "objective-not-measurable", "objective-channel-first", "objective-outcome-unknown"],
        ..shown(
            Head::Owned,
            "objective",
            "Has an objective with outcome, change, metric, target and date",
            "complete `objective`",
            measurable_objective,
        )
    },
    shown(Head::Owned, "objection", "Answers the strongest objection", "fill in `challenge`", |look| has_key(look, "challenge")),
    shown(Head::Owned, "review-ahead", "Will be read again on a day that is set", "set `review_by` to a day ahead", review_ahead),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_have_names_of_their_own_and_rules_that_exist() {
        let names: BTreeSet<&str> = ITEMS.iter().map(|item| item.name).collect();
        assert_eq!(names.len(), ITEMS.len());
        assert!(ITEMS.is_sorted_by_key(|item| item.head));
        for item in ITEMS {
            for rule in item.rules {
                assert!(registry::find(rule).is_some(), "{}: no rule {rule}", item.name);
            }
        }
    }

    #[test]
    fn the_age_of_a_source_is_counted_in_months() {
        let today = Date::parse("2026-11-22").unwrap();
        for (written, months) in
            [("2026-11", Some(0)), ("2025-11-30", Some(12)), ("2024", Some(29)), ("2027", Some(0)), ("soon", None), ("2024-13", None)]
        {
            let date = Some(crate::base::spanned::Spanned::new(written.to_owned(), 0..0));
            let source = Source { date, ..Source::default() };
            assert_eq!(age_in_months(&source, today), months, "{written}");
        }
    }
}
