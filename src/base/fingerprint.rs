//! Content hashes: the keys of every cache and the names of fingerprinted assets.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A 128-bit BLAKE3 hash of something's bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Fingerprint([u8; 16]);

impl Fingerprint {
    /// Hashes one run of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self::from_hash(blake3::hash(bytes))
    }

    /// Hashes several parts, each with its length, so that no two lists of parts collide by joining.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut builder = FingerprintBuilder::default();
        for part in parts {
            builder.add(part);
        }
        builder.finish()
    }

    /// Reads what `to_string` wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let mut bytes = [0; 16];
        let is_whole = text.len() == 2 * bytes.len() && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        for (idx, byte) in bytes.iter_mut().enumerate().filter(|_| is_whole) {
            *byte = u8::from_str_radix(&text[2 * idx..2 * idx + 2], 16).ok()?;
        }
        is_whole.then_some(Self(bytes))
    }

    /// The raw bytes, for use as a part of another fingerprint.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The first eight hexadecimal digits, as they stand in an asset's file name.
    pub fn short(&self) -> String {
        self.to_string()[..8].to_owned()
    }

    fn from_hash(hash: blake3::Hash) -> Self {
        let mut short = [0; 16];
        short.copy_from_slice(&hash.as_bytes()[..16]);
        Self(short)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Builds a fingerprint from parts, one after the other.
#[derive(Default)]
pub struct FingerprintBuilder(blake3::Hasher);

impl FingerprintBuilder {
    /// Adds one part, framed by its length.
    pub fn add(&mut self, part: &[u8]) -> &mut Self {
        self.0.update(&(part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }

    /// The fingerprint of all parts added so far.
    pub fn finish(&self) -> Fingerprint {
        Fingerprint::from_hash(self.0.finalize())
    }
}
