//! An answer that is everybody's.

use crate::base::diagnostic::Diagnostic;
use crate::config::Level;
use crate::editorial::{Case, Example, Family, Rule, RuleDoc, RuleOption, Standing};

const MAX_LIKENESS: RuleOption = RuleOption::share("max_likeness", 0.5, "How alike our answer and the common one may be.");

pub struct RareAnswerCommon;

const DOC: RuleDoc = RuleDoc {
    name: "rare-answer-common",
    family: Family::Title,
    level: Level::Warning,
    standing: Standing::Editorial,
    summary: "Our answer is another than the common one, and both are written out",
    why: "\"Thought leadership provides the rarely given answers\", says Robert Rose of the Content Marketing Institute. Writing the common answer beside ours is the cheapest test of whether there is a difference.",
    bad: &[
        Example::yaml(
            "rare_answer: { question: How do we choose an audit firm?, common_answer: Compare the fees of four firms in your sector, our_answer: Compare four sector firms by their fees }\n",
        ),
        Example::yaml(
            "rare_answer: { question: How do we choose an audit firm?, our_answer: Ask which of your last three restatements each would have caught }\n",
        ),
    ],
    good: &[Example::yaml(
        "rare_answer: { question: How do we choose an audit firm?, common_answer: Compare the fees of four firms in your sector, our_answer: Ask which of your last three restatements each would have caught }\n",
    )],
    mend: "Write what everybody answers, then what you answer instead. If the two are alike, the piece is not needed.",
};

impl Rule for RareAnswerCommon {
    fn doc(&self) -> &RuleDoc {
        &DOC
    }

    fn options(&self) -> &'static [RuleOption] {
        &[MAX_LIKENESS]
    }

    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>) {
        let Some(answer) = &case.front().rare_answer else { return };
        let (common, ours) = (answer.value.common_answer.as_ref(), answer.value.our_answer.as_ref());
        let (Some(common), Some(ours)) =
            (common.filter(|slot| case.says_something(Some(slot))), ours.filter(|slot| case.says_something(Some(slot))))
        else {
            if !case.is_reported(&answer.range) {
                let finding = DOC.warning(case.place(answer.place()), "this does not set our answer against the common one");
                findings.push(finding.help("write both `common_answer` and `our_answer`"));
            }
            return;
        };
        if case.stems(&common.value).likeness(&case.stems(&ours.value)) >= case.share(&DOC, &MAX_LIKENESS) {
            let finding = DOC.warning(case.place(ours.range.clone()), "this is the common answer in other words");
            findings.push(
                finding.note_at(case.place(common.range.clone()), "the common answer").help("what do you say that the others do not?"),
            );
        }
    }
}
