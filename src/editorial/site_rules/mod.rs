//! The rules that look across the pieces of a site, one file each; `registry` puts them in order.

pub mod archive_repeated;

#[cfg(test)]
mod tests;
