//! `Studies show`: a source that names nobody.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::body::{Body, Group, Hit, place};
use crate::editorial::prose::fold;
use crate::editorial::sourcing::{cites, dates_in_brackets};
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct SourceVague;

const DOC: RuleDoc = RuleDoc {
    name: "source-vague",
    family: Family::Research,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "Studies, surveys and experts that are called upon are named",
    why: "A recap of a marketing chat answers its host with “according to recent surveys, a majority of CMOs admit to feeling unprepared”. \
          Which surveys, nobody can tell, so nobody can check them, and the sentence is worth what its author's word is worth.",
    bad: &[
        Example::markdown("According to recent surveys, few boards read past the first page.\n"),
        Example::markdown("Studies show that handovers fail where nobody signs for them.\n"),
    ],
    good: &[
        Example::markdown("According to a recent survey by the Chamber of Regional Networks, few boards read past the first page.\n"),
        Example::markdown(
            "Studies show that handovers fail where nobody signs for them ([Almgren and Ekholm](https://example.com/handovers)).\n",
        ),
        Example::markdown("Never write “studies show”: name the study.\n"),
    ],
    mend: "Name who asked or measured, and cite it. If the claim is your own, say so: “in our experience” is a better source than “studies show”.",
};

impl Rule for SourceVague {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(body) = case.body() else { return };
        let mut told = None;
        for hit in body.hits_of(Group::VagueSource) {
            let Some(idx) = body.sentence_at(hit.range.start) else { continue };
            let is_told = told == Some(idx) || !body.sentences[idx].is_running() || body.is_quoted(&hit.range);
            if is_told || is_owned(body, hit) || is_named_after(case, body, hit, idx) || is_only_mentioned(body, hit, idx) {
                continue;
            }
            let around = body.neighbours(idx);
            if cites(case, body, &around) || dates_in_brackets(body, idx..idx + 1) {
                continue;
            }
            let place = case.place_in(body, &hit.range);
            if place::is_code(case.document(), &(place.start..place.end)) {
                continue;
            }
            told = Some(idx);
            let message = format!("`{}` names nobody", body.slice(&hit.range));
            findings.push(DOC.warning(place, message).help("name who found it and cite them, or say it as your own"));
        }
    }
}

/// `Our recent surveys`, `Gartner's research shows`, `user research indicates`: whose or what it is stands
/// before it. Only a beginning, or a word that joins or counts, leaves it without an owner.
fn is_owned(body: &Body, hit: &Hit) -> bool {
    const JOINING: [&str; 42] = [
        "because",
        "that",
        "and",
        "but",
        "as",
        "since",
        "while",
        "though",
        "although",
        "so",
        "recent",
        "new",
        "current",
        "latest",
        "most",
        "some",
        "many",
        "much",
        "academic",
        "more",
        "further",
        "other",
        "countless",
        "several",
        "numerous",
        "if",
        "when",
        "where",
        "which",
        "what",
        "or",
        "yet",
        "then",
        "also",
        "still",
        "today",
        "scientific",
        "all",
        "in",
        "fact",
        "indeed",
        "however",
    ];
    let before = body.text[..hit.range.start].trim_end_matches(' ');
    let word = before.rsplit([' ', '\n']).next().unwrap_or_default();
    let is_start =
        before.is_empty() || body.text[..hit.range.start].ends_with('\n') || before.ends_with(['.', '!', '?', ':', ';', ',', '-', '(']);
    !is_start && !JOINING.iter().any(|joining| word.eq_ignore_ascii_case(joining))
}

/// `A recent survey by the Bank of England`, `according to research from Leeds`: the name follows, and
/// `a majority of CMOs` is none.
fn is_named_after(case: &Case<'_>, body: &Body, hit: &Hit, idx: usize) -> bool {
    const LINKS: [&str; 9] = [" by ", " from ", " at ", " of ", " commissioned", " conducted", " published", " in the ", " ("];
    let rest = body.slice(&(hit.range.end..body.sentences[idx].range.end));
    let near: String = rest.chars().take(70).collect();
    let is_name = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let is_role = case.lexicon.is_some_and(|lexicon| lexicon.roles.has(&fold(bare)));
        bare.starts_with(char::is_uppercase) && !is_role
    };
    let named =
        |link: &&str| near.find(*link).filter(|at| *at <= 30).is_some_and(|at| near[at + link.len()..].split(' ').take(6).any(is_name));
    LINKS.iter().any(named)
}

/// Talk of studies as such: no claim follows, or it is what one should not say.
fn is_only_mentioned(body: &Body, hit: &Hit, idx: usize) -> bool {
    let text = body.slice(&hit.range).to_ascii_lowercase();
    let has_verb =
        text.starts_with("according") || text.ends_with(['s', 'w', 'e', 't', 'n', 'd']) && text.split(' ').count() > 1 && claims(&text);
    let rest = body.slice(&(hit.range.end..body.sentences[idx].range.end)).to_ascii_lowercase();
    // `Several studies` alone tells nothing yet; what follows must be a finding.
    let finds =
        ["show", "find", "found", "suggest", "indicate", "reveal", "say", "prove", "confirm", "conclude", "report", "estimate", "put"];
    let followed =
        rest.split([' ', ',', '.']).filter(|word| !word.is_empty()).take(4).any(|word| finds.iter().any(|find| word.starts_with(find)));
    // `Experts agree less often than …` is about experts.
    let is_about_them = ["less", "rarely", "seldom", "never", "little"].iter().any(|word| rest.trim_start().starts_with(word));
    is_about_them || !(has_verb || followed)
}

fn claims(text: &str) -> bool {
    let nouns_only = ["studies", "surveys", "research", "study", "survey", "report", "reports"];
    text.split(' ').next_back().is_some_and(|last| !nouns_only.contains(&last))
}
