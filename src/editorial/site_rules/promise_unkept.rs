//! A promise of a next part that is not there.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Entry, Example, Family, RuleDoc, SiteCase, SiteRule, Standing};
use crate::model::State;

pub struct PromiseUnkept;

const DOC: RuleDoc = RuleDoc {
    name: "promise-unkept",
    family: Family::Structure,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A next part that a piece promises is linked, or is in its series",
    why: "An article on high-performance marketing ends with “stay tuned for my next post, which will cover five characteristics”. No link says \
          where that post is, and who reads the article years later is still tuned. A promise is kept by a link, or by a series in which the \
          next part stands, be it as a draft.",
    bad: &[Example::site(
        "==> content/insights/first.md\n\
         title: The first of two\n\
         ---\n\
         That is the ledger. Stay tuned for my next post, which will cover the store.\n",
    )],
    good: &[
        Example::site(
            "==> content/insights/first.md\n\
             series: { id: ledgers, part: 1 }\n\
             ---\n\
             That is the ledger. In my next post I will cover the store.\n\
             ==> content/insights/second.md\n\
             series: { id: ledgers, part: 2 }\n\
             ---\n\
             The store is another matter.\n",
        ),
        Example::site(
            "==> content/insights/first.md\n\
             title: The first of two\n\
             ---\n\
             In [the next part](second.md) I cover the store.\n\
             ==> content/insights/second.md\n\
             title: The second of two\n\
             ---\n\
             The store is another matter.\n",
        ),
    ],
    mend: "Link to the part, give both the same `series`, or take the promise out. A draft of the next part keeps it for as long as it is written.",
};

impl SiteRule for PromiseUnkept {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn check(&self, case: &SiteCase<'_>, findings: &mut Vec<Diagnostic>) {
        for entry in case.pieces.iter().filter(|entry| entry.is_english() && !entry.digest.promises.is_empty()) {
            if is_followed(case, entry) {
                continue;
            }
            for (promise, range) in &entry.digest.promises {
                let finding = DOC.warning(entry.place(range.clone()), format!("`{promise}` is promised, and nothing leads there"));
                findings.push(finding.help("link to it, give both pieces the same `series`, or take the promise out"));
            }
        }
    }
}

/// Whether a later part of the piece's series is there, or being written.
fn is_followed(case: &SiteCase<'_>, entry: &Entry<'_>) -> bool {
    let Some((series, part)) = &entry.digest.series else { return false };
    let follows = |other: &Entry<'_>| {
        other.state != State::Expired && other.digest.series.as_ref().is_some_and(|(id, other_part)| id == series && other_part > part)
    };
    case.pieces.iter().any(follows)
}
