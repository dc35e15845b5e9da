//! Who an audience is: the slots that stand in `[audiences.*]` and inline in a brief alike.

use crate::base::spanned::Spanned;

/// A value written as text, with its place.
pub type Slot = Spanned<String>;

/// The slots that define an audience.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AudienceSlots {
    /// The role: "CFO".
    pub role: Option<Slot>,
    /// Where they work: "mid-size professional-services firms".
    pub at: Option<Slot>,
    /// What they face: "renewing contracts while wages outrun fees".
    pub situation: Option<Slot>,
    /// Their challenges, in their words.
    pub challenges: Vec<Slot>,
}
