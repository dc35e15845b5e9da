//! A source that readers cannot simply open, and are not told so.

use super::source_secondhand::host;
use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, Standing};

/// Hosts whose texts stand behind a payment.
const PAID: &[&str] = &[
    "ft.com",
    "wsj.com",
    "economist.com",
    "bloomberg.com",
    "nytimes.com",
    "thetimes.com",
    "thetimes.co.uk",
    "telegraph.co.uk",
    "handelsblatt.com",
    "lesechos.fr",
    "jstor.org",
    "statista.com",
    "theinformation.com",
    "gartner.com",
    "forrester.com",
];

/// What the address of a page with a form in front of it holds.
const FORMS: &[&str] =
    &["/register", "/registration", "/gated", "/download-form", "/request-", "/lp/", "/landing/", "/form/", "/forms/", "/signup"];

pub struct SourceAccessUnmarked;

const DOC: RuleDoc = RuleDoc {
    name: "source-access-unmarked",
    family: Family::Research,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A source behind a form or a payment says so",
    why: "An article of the Content Marketing Institute puts “(registration required)” behind the report that it cites, and so spares its reader \
          a click into a form. A source that cannot be read cannot be checked; the reader should know before trying.",
    bad: &[
        Example::yaml("sources:\n  pay: { title: What boards pay for, url: \"https://www.ft.com/content/1\" }\n"),
        Example::yaml("sources:\n  rep: { title: The state of bids, url: \"https://example.com/lp/state-of-bids\" }\n"),
    ],
    good: &[
        Example::yaml("sources:\n  pay: { title: What boards pay for, url: \"https://www.ft.com/content/1\", access: paid }\n"),
        Example::yaml("sources:\n  rep: { title: The state of bids, url: \"https://example.com/reports/bids.pdf\" }\n"),
    ],
    mend: "Set `access` of the source to `registration` or `paid`, so that the list of sources says it; or to `open`, if it is.",
};

impl Rule for SourceAccessUnmarked {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        for source in case.front().sources.iter().flat_map(|field| &field.value).filter(|source| source.access.is_none()) {
            let Some(url) = &source.url else { continue };
            let Some(host) = host(&url.value) else { continue };
            let is_paid = PAID.iter().any(|paid| host == *paid || host.ends_with(&format!(".{paid}")));
            let path = url.value.to_ascii_lowercase();
            let has_form = FORMS.iter().any(|form| path.contains(form));
            let (message, access) = match (is_paid, has_form) {
                (true, _) => (format!("`{host}` is read for money, and the source does not say so"), "paid"),
                (false, true) => {
                    ("this looks like a page with a form in front of it, and the source does not say so".to_owned(), "registration")
                }
                (false, false) => continue,
            };
            let help = format!("write `access: {access}`, or `access: open` if anyone can read it");
            findings.push(DOC.warning(case.place(url.range.clone()), message).help(help));
        }
    }
}
