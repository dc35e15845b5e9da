//! An audience id that `site.toml` does not know.

use crate::base::diagnostic::Diagnostic;
use crate::base::suggest::nearest;
use crate::config::Level;
use crate::editorial::placeholder::Filling;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};
use crate::parse::front_matter::AudienceEntry;
use crate::parse::lists::meant_list;

pub struct AudienceUndeclared;

const DOC: RuleDoc = RuleDoc {
    name: "audience-undeclared",
    family: Family::Audience,
    level: Level::Error,
    standing: Standing::Gate,
    summary: "An audience named by id is declared in `site.toml`",
    why: "A bare word defines nobody: an id stands for an audience that the firm has described once, agreed on, and writes for again. \
          CMI's Robert Rose asks for content that serves the right part of a customer's journey, which cannot be planned for a word.",
    bad: &[
        Example::yaml("audience: services-cfos\n"),
        Example::yaml("audience: Everyone\n"),
        Example::yaml("audience: [services-cfo, plant-managers]\n"),
    ],
    good: &[Example::yaml("audience: services-cfo\n"), Example::yaml("audience: { role: Plant managers, at: packaging makers }\n")],
    mend: "Correct the id, paste the `[audiences.…]` block that the finding shows into `site.toml` and fill it in, or describe the audience in place.",
};

impl Rule for AudienceUndeclared {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let declared = &case.register().audiences;
        for entry in case.audience() {
            let AudienceEntry::Id(id) = entry else { continue };
            if declared.contains_key(&id.value) || case.filling(&id.value) != Filling::Text {
                continue;
            }
            let shown = id.value.trim();
            let near = nearest(shown, declared.keys().map(String::as_str));
            let meant: Vec<String> = near.iter().map(|id| format!("`{id}`")).collect();
            let paste = format!(
                "[audiences.{}]\nrole = \"<who they are>\"\nat = \"<where they work>\"\nsituation = \"<what they face>\"",
                as_id(shown)
            );
            let help = if let Some(list) = meant_list(shown) {
                format!("write a list: `audience: {list}`")
            } else if meant.is_empty() {
                format!(
                    "declare it in `site.toml` and fill it in:\n{paste}\nor describe it here: `audience: {{ role: …, at: …, situation: … }}`"
                )
            } else {
                format!("did you mean {}? If it is new, declare it in `site.toml` and fill it in:\n{paste}", meant.join(" or "))
            };
            findings.push(DOC.error(case.place(id.range.clone()), format!("no audience `{shown}` is declared in `site.toml`")).help(help));
        }
    }
}

/// An id made of what was written: letters, digits and hyphens.
fn as_id(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect();
    let parts: Vec<&str> = plain.split('-').filter(|part| !part.is_empty()).take(6).collect();
    if parts.is_empty() { "new-audience".to_owned() } else { parts.join("-") }
}
