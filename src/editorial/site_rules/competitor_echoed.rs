//! A piece that says, word for word, what a competitor's text says.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, RuleOption, SiteCase, SiteRule, Standing};

const ALLOWED: RuleOption =
    RuleOption::share("allowed", 0.1, "How much of the shorter of the two texts may stand in the other; from 0.05 on it can be told.");

pub struct CompetitorEchoed;

const DOC: RuleDoc = RuleDoc {
    name: "competitor-echoed",
    family: Family::MeToo,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "A piece shares no passages with a competitor's text that is kept in `data/competitors`",
    why: "One of the articles that Sowhat was made from is a reworded copy of a trade paper's story. Of its runs of five words 14% are the \
          original's; of two texts on one subject that know nothing of each other, less than 1% are (measured on five articles). What is \
          quoted is not counted.",
    bad: &[Example::site(
        "==> content/insights/ours.md\n\
         date: 2026-11-02\n\
         ---\n\
         Ledgers matter. The supplier may change the price of each delivery with a notice of two weeks and without a reason, and the buyer had \
         been told of it by mail, but the mail went to a box that the company had closed when its former manager left for the coast.\n\
         ==> data/competitors/northgate-on-clauses.md\n\
         date: 2026-05-02\n\
         ---\n\
         The supplier may change the price of each delivery with a notice of two weeks and without a reason, and the buyer had been told of it \
         by mail, but the mail went to a box that the company had closed when its former manager left for the coast.\n",
    )],
    good: &[Example::site(
        "==> content/insights/ours.md\n\
         date: 2026-11-02\n\
         ---\n\
         Read the last page first. It holds the clause by which a supplier names a new price at will, and it is the page that is signed when \
         everybody wants to go home. We asked nine buyers to open theirs. Six had never seen it, and two of those had a letter in a closed \
         mail box that told them so.\n\
         ==> data/competitors/northgate-on-clauses.md\n\
         date: 2026-05-02\n\
         ---\n\
         The supplier may change the price of each delivery with a notice of two weeks and without a reason, and the buyer had been told of it \
         by mail, but the mail went to a box that the company had closed when its former manager left for the coast.\n",
    )],
    mend: "Say it in your own words, or quote it as theirs; and ask what is left that is yours.",
};

impl SiteRule for CompetitorEchoed {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[ALLOWED]
    }

    fn check(&self, case: &SiteCase<'_>, findings: &mut Vec<Diagnostic>) {
        let allowed = ALLOWED.read_share(&case.register.rules, DOC.name);
        for overlap in case.overlaps.iter().filter(|overlap| overlap.share >= allowed) {
            let either = [(&overlap.one, &overlap.other), (&overlap.other, &overlap.one)];
            let found = either.into_iter().find_map(|(piece, note)| Some((case.piece(piece)?, case.note(note)?)));
            let Some((entry, note)) = found else { continue };
            let percent = (overlap.share * 100.0).round();
            let message = format!("about {percent} % of this stands word for word in the competitor's text `{}`", note.path);
            let finding = DOC.warning(entry.place(entry.digest.place.clone()), message);
            findings.push(finding.help("say it in your own words, or quote it as theirs"));
        }
    }
}
