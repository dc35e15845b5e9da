//! Every output format, in the order in which they claim paths.

use super::Output;

/// The formats; a new one is one file and one line here.
pub const FORMATS: &[&dyn Output] = &[];
