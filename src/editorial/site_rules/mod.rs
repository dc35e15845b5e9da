//! The rules that look across the pieces of a site, one file each; `registry` puts them in order.

pub mod archive_repeated;
pub mod guidance_reused;
pub mod ungated_share_low;

#[cfg(test)]
mod tests;
