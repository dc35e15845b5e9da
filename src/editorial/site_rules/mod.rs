//! The rules that look across the pieces of a site, one file each; `registry` puts them in order.

pub mod archive_repeated;
pub mod competitor_echoed;
pub mod competitor_note_unknown;
pub mod guidance_reused;
pub mod promise_unkept;
pub mod ungated_share_low;

#[cfg(test)]
mod tests;
