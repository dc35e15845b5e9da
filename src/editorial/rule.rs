//! What a rule is: its documentation, which the manual and `explain` are made of, and its check.

use super::Case;
use super::options::RuleOption;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::config::Level;
use crate::model::Kind;
use std::sync::Arc;

/// A rule of the registry.
pub trait Rule: Sync {
    /// All that there is to say about it.
    fn doc(&self) -> &RuleDoc;

    /// What a site may set of it beside its level.
    fn options(&self) -> &'static [RuleOption] {
        &[]
    }

    /// Whether it judges pages of this kind; most rules judge pieces alone.
    fn applies_to(&self, kind: Kind) -> bool {
        kind == Kind::Piece
    }

    /// Reports what is wrong with one page.
    fn check(&self, case: &Case<'_>, findings: &mut Vec<Diagnostic>);

    /// False for a rule that another stage checks and that is only explained here.
    fn is_checked_here(&self) -> bool {
        true
    }
}

/// The documentation of a rule.
#[derive(Debug, Clone, Copy)]
pub struct RuleDoc {
    /// Its name, which reads well after "allow".
    pub name: &'static str,
    /// What it is about.
    pub family: Family,
    /// How its findings weigh unless the site says otherwise.
    pub level: Level,
    /// Whether the site may say otherwise.
    pub standing: Standing,
    /// What it wants, in one sentence without a full stop.
    pub summary: &'static str,
    /// Why, with the study or source that it rests on.
    pub why: &'static str,
    /// Texts that raise it.
    pub bad: &'static [Example],
    /// Texts that do not.
    pub good: &'static [Example],
    /// How to mend what it finds.
    pub mend: &'static str,
}

impl RuleDoc {
    /// An error of this rule.
    pub fn error(&self, place: Place, message: impl Into<Arc<str>>) -> Diagnostic {
        Diagnostic::error(self.name, place, message)
    }

    /// A warning of this rule.
    pub fn warning(&self, place: Place, message: impl Into<Arc<str>>) -> Diagnostic {
        Diagnostic::warning(self.name, place, message)
    }
}

/// A rule that another stage checks: it is its documentation.
impl Rule for RuleDoc {
    fn doc(&self) -> &RuleDoc {
        self
    }

    fn check(&self, _: &Case<'_>, _: &mut Vec<Diagnostic>) {}

    fn is_checked_here(&self) -> bool {
        false
    }
}

/// How firmly a rule stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// It is the gate: it cannot be switched off, lowered or suppressed.
    Gate,
    /// It says that something cannot be read or used: it cannot be switched off, lowered or suppressed either.
    Fixed,
    /// It keeps the site whole: on under every preset, and the site may set its level.
    Basic,
    /// It is editorial: off under the preset `gate`, and the site may set its level.
    Editorial,
}

impl Standing {
    /// Whether a site may lower, switch off or suppress the rule.
    pub fn can_be_lowered(self) -> bool {
        match self {
            Self::Gate | Self::Fixed => false,
            Self::Basic | Self::Editorial => true,
        }
    }
}

/// An example in a rule's documentation; those of rules that check here run as tests.
#[derive(Debug, Clone, Copy)]
pub struct Example {
    /// The language of the code block it is shown in.
    pub fence: &'static str,
    /// The text. As `yaml` it holds the keys of the front matter that matter here.
    pub text: &'static str,
}

impl Example {
    /// Keys of a piece's front matter.
    pub const fn yaml(text: &'static str) -> Self {
        Self { fence: "yaml", text }
    }

    /// A whole Markdown file, or a part of a body.
    pub const fn markdown(text: &'static str) -> Self {
        Self { fence: "markdown", text }
    }

    /// Several files of a site, each after a line `==> PATH`: the keys of its header that matter here, then
    /// after a line `---` its body.
    pub const fn site(text: &'static str) -> Self {
        Self { fence: "text", text }
    }

    /// A part of `site.toml`.
    pub const fn toml(text: &'static str) -> Self {
        Self { fence: "toml", text }
    }
}

/// What a rule is about; the manual groups rules by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    Audience,
    Guidance,
    Objective,
    SoWhat,
    Hypotheses,
    Title,
    Research,
    Expertise,
    Structure,
    MeToo,
    Language,
    Gate,
    Launch,
    Upkeep,
    Piece,
    People,
    FrontMatter,
    Links,
    Directives,
    Sources,
    Records,
    Outputs,
    Suppressions,
    Configuration,
    Internal,
}

impl Family {
    /// Every family, in the manual's order.
    pub const ALL: [Self; 25] = [
        Self::Audience,
        Self::Guidance,
        Self::Objective,
        Self::SoWhat,
        Self::Hypotheses,
        Self::Title,
        Self::Research,
        Self::Expertise,
        Self::Structure,
        Self::MeToo,
        Self::Language,
        Self::Gate,
        Self::Launch,
        Self::Upkeep,
        Self::Piece,
        Self::People,
        Self::FrontMatter,
        Self::Links,
        Self::Directives,
        Self::Sources,
        Self::Records,
        Self::Outputs,
        Self::Suppressions,
        Self::Configuration,
        Self::Internal,
    ];

    /// The heading in the manual.
    pub fn title(self) -> &'static str {
        match self {
            Self::Audience => "Defined audience",
            Self::Guidance => "Concrete guidance",
            Self::Objective => "Objective",
            Self::SoWhat => "So what",
            Self::Hypotheses => "Hypotheses",
            Self::Title => "Title and rare answer",
            Self::Gate => "Ungated by default",
            Self::Launch => "Launch",
            Self::Upkeep => "Upkeep",
            Self::Research => "Research and sources",
            Self::Expertise => "Expertise",
            Self::Structure => "Opening and structure",
            Self::Language => "Language",
            Self::MeToo => "Different from what is there",
            Self::Piece => "What a piece says about itself",
            Self::People => "People",
            Self::FrontMatter => "Front matter",
            Self::Links => "Links and assets",
            Self::Directives => "Directives and code",
            Self::Sources => "Sources",
            Self::Records => "Sign-offs, results and ratings",
            Self::Outputs => "Files and outputs",
            Self::Suppressions => "Suppressions",
            Self::Configuration => "Configuration",
            Self::Internal => "Faults of Sowhat itself",
        }
    }
}
