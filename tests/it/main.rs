//! The one integration binary.

mod commonmark;
