//! Rules of what is recorded in `data/`: sign-offs, results, ratings. They are explained here.

use crate::config::Level;
use crate::editorial::{Example, Family, RuleDoc, Standing};

/// The documentation of a rule of records.
const fn doc(name: &'static str, level: Level, summary: &'static str, why: &'static str, mend: &'static str) -> RuleDoc {
    RuleDoc { name, family: Family::Records, level, standing: Standing::Basic, summary, why, bad: &[], good: &[], mend }
}

const fn csv(text: &'static str) -> Example {
    Example { fence: "csv", text }
}

const READ_WHOLE: &str = "A record that is read halfway, or guessed at, ends up in a report as a fact. So the tables of `data/` are read strictly or not at all.";

const PARTNERSHIP: &str = "Source Global Research on who should make thought leadership: the firms at the top of its table engage the subject expert, the editor and marketing, and an expert who was interviewed once does not own the piece.";

pub const RECORD_MALFORMED: RuleDoc = RuleDoc {
    bad: &[csv("piece,metric,date,value,source\ninsights/price-the-outcome,quotes requested,2026-11-01,12\n")],
    good: &[csv("piece,metric,date,value,source\ninsights/price-the-outcome,quotes requested,2026-11-01,12,\"CRM, named accounts\"\n")],
    ..doc(
        "record-malformed",
        Level::Error,
        "The tables of `data/` are comma-separated text with the columns that they need",
        READ_WHOLE,
        "Mend the line that the finding points at; the manual's page on records names the columns of each file.",
    )
};

pub const RECORD_BAD_VALUE: RuleDoc = RuleDoc {
    bad: &[
        csv("insights/price-the-outcome,quotes requested,2026-11-01,\"1,200\",CRM\n"),
        csv("insights/price-the-outcome,quotes requested,2026-11-01,=SUM(B2:B9),CRM\n"),
    ],
    good: &[
        csv("insights/price-the-outcome,quotes requested,2026-11-01,1200,CRM\n"),
        csv("insights/price-the-outcome,invited to the tender,2026-11-01,yes,bid desk\n"),
    ],
    ..doc(
        "record-bad-value",
        Level::Error,
        "Every field of a record says what it can say",
        READ_WHOLE,
        "Write the value as the finding says.",
    )
};

pub const RECORD_BAD_DATE: RuleDoc = RuleDoc {
    bad: &[csv("insights/price-the-outcome,quotes requested,2026-02-30,12,CRM\n")],
    good: &[csv("insights/price-the-outcome,quotes requested,2026-02-28,12,CRM\n")],
    ..doc(
        "record-bad-date",
        Level::Error,
        "What is recorded happened on a day that exists and has come",
        "A sign-off dated next week was not given, and a result dated next week was not measured.",
        "Write the day on which it happened, as `2026-11-02`.",
    )
};

pub const RECORD_UNKNOWN_PIECE: RuleDoc = RuleDoc {
    bad: &[csv("insights/price-the-outcom,quotes requested,2026-11-01,12,CRM\n")],
    good: &[csv("insights/price-the-outcome,quotes requested,2026-11-01,12,CRM\n")],
    ..doc(
        "record-unknown-piece",
        Level::Warning,
        "Every record is about a piece of the site",
        "A record of a piece that was renamed or mistyped counts for nothing, and nobody would notice.",
        "Correct the path, or take the record out when its piece is gone.",
    )
};

pub const RECORD_UNKNOWN_PERSON: RuleDoc = RuleDoc {
    bad: &[csv("insights/price-the-outcome,editor,nobody-known,2026-11-01,v1.…\n")],
    good: &[csv("insights/price-the-outcome,editor,jane-doe,2026-11-01,v1.…\n")],
    ..doc(
        "record-unknown-person",
        Level::Error,
        "Whoever signs or rates a piece has a page in `content/people`",
        "A judgement is worth what the person is worth who stands for it. A name that nobody can look up stands for nothing.",
        "Write the id of a person, which is the name of their file in `content/people`, or make that page.",
    )
};

pub const RECORD_REPEATED: RuleDoc = RuleDoc {
    bad: &[csv(
        "insights/price-the-outcome,quotes requested,2026-11-01,12,CRM\ninsights/price-the-outcome,quotes requested,2026-11-01,14,CRM\n",
    )],
    good: &[csv(
        "insights/price-the-outcome,quotes requested,2026-11-01,12,CRM\ninsights/price-the-outcome,quotes requested,2026-12-01,14,CRM\n",
    )],
    ..doc(
        "record-repeated",
        Level::Warning,
        "No two records say different things of one piece, metric and day",
        "Two figures for one day are one figure too many, and which of them counts would depend on their order.",
        "Take out the one that is wrong.",
    )
};

pub const SIGN_OFF_MISSING: RuleDoc = RuleDoc {
    bad: &[Example::toml("[sign_off]\nrequired = [\"editor\"]   # and no sign-off of an editor is recorded\n")],
    good: &[Example { fence: "sh", text: "sowhat sign insights/price-the-outcome --as editor --by jane-doe\n" }],
    ..doc(
        "sign-off-missing",
        Level::Error,
        "Every piece is signed off in each capacity that the site requires",
        PARTNERSHIP,
        "Have it read by somebody who may sign, and record it: `sowhat sign PIECE --as CAPACITY --by PERSON`.",
    )
};

pub const SIGN_OFF_STALE: RuleDoc = RuleDoc {
    bad: &[Example::markdown("A piece of which a third was rewritten after its editor had signed it.\n")],
    good: &[Example::markdown("The same piece, signed once more after the rewriting.\n")],
    ..doc(
        "sign-off-stale",
        Level::Warning,
        "A sign-off is about the text as it stands",
        "A signature under a text that has changed since is a signature under another text. A few corrected words are none of that: `[sign_off] max_change` says how much may change.",
        "Have it read again and signed again. It is an error when the site requires the sign-off.",
    )
};

pub const SIGN_OFF_BY_AUTHOR: RuleDoc = RuleDoc {
    bad: &[csv("insights/price-the-outcome,expert,jane-doe,2026-11-01,v1.…   # and jane-doe wrote it\n")],
    good: &[csv("insights/price-the-outcome,expert,tom-lee,2026-11-01,v1.…\n")],
    ..doc(
        "sign-off-by-author",
        Level::Error,
        "No author signs their own piece off as its expert or its editor",
        PARTNERSHIP,
        "Let somebody else read it and sign in that capacity; the latest sign-off counts.",
    )
};

pub const RESULT_UNKNOWN_METRIC: RuleDoc = RuleDoc {
    bad: &[csv("insights/price-the-outcome,qoutes requested,2026-11-01,12,CRM\n")],
    good: &[Example::yaml(
        "objective:\n  outcome: strengthen-position\n  change: Finance leaders ask for an outcome quote\n  measure: { metric: quotes requested, target: 12, by: 2027-03-31 }\n",
    )],
    ..doc(
        "result-unknown-metric",
        Level::Warning,
        "A result is measured by the metric that the brief names, or is a figure of a channel",
        "A target that is measured by another name than its own stays unmeasured in every report.",
        "Write the metric as `objective.measure.metric` has it.",
    )
};

pub const RESULT_OVERDUE: RuleDoc = RuleDoc {
    standing: Standing::Editorial,
    bad: &[Example::yaml(
        "objective:\n  outcome: strengthen-position\n  change: Finance leaders ask for an outcome quote\n  measure: { metric: quotes requested, target: 12, by: 2026-03-31 }   # and nothing in data/results.csv\n",
    )],
    good: &[csv("insights/price-the-outcome,quotes requested,2026-04-02,9,CRM\n")],
    ..doc(
        "result-overdue",
        Level::Warning,
        "A target whose day has passed has a result, met or missed",
        "SiriusDecisions on high-performance marketing: performance is assessed in the areas that were chosen. A target that nobody looks at again was never a target.",
        "Record what was measured in `data/results.csv`; a miss is a result too.",
    )
};

pub const RATING_BY_AUTHOR: RuleDoc = RuleDoc {
    bad: &[csv("2026-h2,insights/price-the-outcome,jane-doe,2026-11-01,9,9,9,9,9   # and jane-doe wrote it\n")],
    good: &[csv("2026-h2,insights/price-the-outcome,tom-lee,2026-11-01,6,7,5,8,6\n")],
    ..doc(
        "rating-by-author",
        Level::Error,
        "No author rates their own piece",
        "Source Global Research draws its samples at random and lets the firms rate none of their own. A rating by its author says nothing that the byline does not.",
        "Take the record out, and have the piece rated by somebody else.",
    )
};

pub const RATING_OUTSIDE_SAMPLE: RuleDoc = RuleDoc {
    bad: &[csv("2026-h2,insights/the-one-we-are-proud-of,tom-lee,2026-11-01,9,9,9,9,9\n")],
    good: &[Example { fence: "sh", text: "sowhat rate draw 2026-h2 --count 6 --seed 7\n" }],
    ..doc(
        "rating-outside-sample",
        Level::Warning,
        "Only pieces of the sample are rated in it",
        "Whoever picks the pieces picks the average. A sample that is drawn by lot, with its seed on record, can be drawn again by anybody.",
        "Rate the pieces that `sowhat rate draw` drew, or draw a larger sample.",
    )
};
