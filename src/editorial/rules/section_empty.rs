//! A heading with nothing under it.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

pub struct SectionEmpty;

const DOC: RuleDoc = RuleDoc {
    name: "section-empty",
    family: Family::Structure,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "Every heading has something under it before the next one of its level",
    why: "A heading is a promise; one with nothing under it is broken on the page and in the contents list. The first article that Sowhat was \
          made from ends in one such: “Our latest thought leadership ratings”, and then nothing. textlint calls the fault `no-empty-section`.",
    bad: &[
        Example::markdown("## What it costs\n\n## What to do\n\nMeasure it.\n"),
        Example::markdown("## What to do\n\nMeasure it.\n\n## What is next\n\n<!-- to be written -->\n"),
    ],
    good: &[Example::markdown("## What it costs\n\n### In money\n\nA day.\n\n## What to do\n\n![The ledger, page one](ledger.png)\n")],
    mend: "Write the section, or take its heading out. A heading may stand right above one of the next level.",
};

impl Rule for SectionEmpty {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let document = case.document();
        let text = document.text();
        for (idx, heading) in document.headings.iter().enumerate() {
            let next = document.headings.get(idx + 1);
            let has_part = next.is_some_and(|next| next.level > heading.level);
            let end = next.map_or(document.body.end, |next| next.range.start);
            let under = text.get(heading.range.end..end).unwrap_or_default();
            if !has_part && is_blank(under) {
                let message = format!("there is nothing under `{}`", heading.text);
                findings.push(DOC.warning(case.place(heading.range.clone()), message).help("write the section, or take its heading out"));
            }
        }
    }
}

/// True if a reader sees nothing: white space, underlines of headings, comments and closing lines of directives.
fn is_blank(text: &str) -> bool {
    // A section that begins with a word, as most do, need not be copied.
    if text.trim_start().starts_with(char::is_alphanumeric) {
        return false;
    }
    let mut seen = String::new();
    let mut rest = text;
    while let Some((before, comment)) = rest.split_once("<!--") {
        seen.push_str(before);
        rest = comment.split_once("-->").map_or("", |(_, after)| after);
    }
    seen.push_str(rest);
    // The attributes of a heading stand on its own line.
    let line = seen.split('\n').next().unwrap_or_default().trim();
    let after = if line.starts_with("{#") || line.starts_with("{.") { seen.split_once('\n').map_or("", |(_, rest)| rest) } else { &seen };
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '#' | '=' | '-' | ':' | '\u{200b}' | '\u{feff}' | '\u{ad}');
    after.replace("&nbsp;", "").chars().all(is_mark)
}
