//! Faults of Sowhat itself. They are explained here.

use crate::config::Level;
use crate::editorial::{Family, RuleDoc, Standing};

pub const INTERNAL_ERROR: RuleDoc = RuleDoc {
    name: "internal-error",
    family: Family::Internal,
    level: Level::Error,
    standing: Standing::Fixed,
    summary: "Sowhat does not break",
    why: "A rule or a page that breaks the program is a fault of ours; it is reported as one, and everything else goes on.",
    bad: &[],
    good: &[],
    mend: "Please report it with the file that it names.",
};
