//! A piece that names nobody.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::audience::Definition;
use crate::editorial::placeholder::Filling;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::AudienceEntry;

pub struct AudienceMissing;

const DOC: RuleDoc = RuleDoc {
    name: "audience-missing",
    family: Family::Audience,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "Every piece names who it is for",
    why: "In the firms whose work Source Global Research rates best, somebody makes sure that the target audience is clearly defined \
          (\"Why marketing shouldn’t be generating thought leadership\"). A piece for nobody in particular gives nobody a reason to act.",
    bad: &[
        Example::yaml("audience: -\n"),
        Example::yaml("audience:\n"),
        Example::yaml("audience: []\n"),
        Example::yaml("audience: {}\n"),
        Example::yaml("audience: \"\\u200b\"\n"),
    ],
    good: &[Example::yaml("audience: services-cfo\n"), Example::yaml("audience: { role: Midwives, at: rural birth centres }\n")],
    mend: "Add `audience:` with the id of an audience in `site.toml`, or describe one in place with `role` and `at` or `situation`.",
};

impl Rule for AudienceMissing {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let blank: Vec<_> =
            case.definitions().filter(|(entry, definition)| is_blank(case, entry, *definition)).map(|(entry, _)| entry).collect();
        let entries = case.audience();
        if entries.is_empty() {
            let place = match &case.front().audience {
                None => case.place_of_missing("audience"),
                Some(field) => Some(case.place(field.place())),
            };
            findings.extend(place.map(|place| DOC.error(place, "this piece names no audience").help(help(case))));
        } else if blank.len() == entries.len() {
            let place = case.front().audience.as_ref().map(|field| field.place()).unwrap_or_default();
            findings.push(DOC.error(case.place(place), "this audience says nothing").help(help(case)));
        } else {
            for entry in blank {
                let place = case.place(range(entry));
                findings.push(
                    DOC.error(place, "this entry of `audience` says nothing").help("take the entry out, or describe who it stands for"),
                );
            }
        }
    }
}

/// True for an entry in which a reader sees nothing and that the reader of the file has not reported.
fn is_blank(case: &Case<'_>, entry: &AudienceEntry, definition: Option<&Definition>) -> bool {
    match entry {
        AudienceEntry::Id(id) => case.filling(&id.value) == Filling::Blank,
        AudienceEntry::Inline(_) => definition == Some(&Definition::Missing),
        AudienceEntry::Other(range) => !case.is_reported(range),
    }
}

fn range(entry: &AudienceEntry) -> std::ops::Range<usize> {
    match entry {
        AudienceEntry::Id(id) => id.range.clone(),
        AudienceEntry::Inline(slots) => slots.range.clone(),
        AudienceEntry::Other(range) => range.clone(),
    }
}

fn help(case: &Case<'_>) -> String {
    let ids: Vec<String> = case.register().audiences.keys().take(3).map(|id| format!("`{id}`")).collect();
    let inline = "`audience: { role: Treasurer, at: listed utilities, situation: refinancing in 2027 }`";
    if ids.is_empty() {
        format!("say who it is for, for example {inline}")
    } else {
        format!("add `audience:` with an id from `site.toml`, such as {}, or describe one: {inline}", ids.join(", "))
    }
}
