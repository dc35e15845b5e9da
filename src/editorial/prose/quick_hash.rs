//! A hash for words: a few instructions for each, where the standard one takes a hundred.
//!
//! What is hashed is the author's own text, so nobody gains from words that collide; the maps and sets
//! are looked up in and counted, never iterated for output.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map with quick hashes.
pub type QuickMap<K, V> = HashMap<K, V, BuildHasherDefault<QuickHasher>>;
/// A set with quick hashes.
pub type QuickSet<K> = HashSet<K, BuildHasherDefault<QuickHasher>>;

/// A factor with no pattern in its bits: the golden ratio.
pub const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of a row of words, after one more of this hash.
pub fn joined(row: u64, word: u64) -> u64 {
    (row.rotate_left(23) ^ word).wrapping_mul(GOLDEN)
}

/// Mixes what it is given eight bytes at a time, by multiplication.
#[derive(Debug, Clone, Copy, Default)]
pub struct QuickHasher(u64);

impl QuickHasher {
    fn add(&mut self, part: u64) {
        // Both halves of the product: in the lower one alone, what differs high up would stay there.
        let wide = u128::from(self.0 ^ part) * u128::from(GOLDEN);
        self.0 = (wide >> 64) as u64 ^ wide as u64;
    }
}

impl Hasher for QuickHasher {
    fn write(&mut self, bytes: &[u8]) {
        self.add(bytes.len() as u64);
        let (eights, rest) = bytes.as_chunks::<8>();
        for eight in eights {
            self.add(u64::from_le_bytes(*eight));
        }
        // The first and the last four of what is left hold all of it.
        if let (Some(first), Some(last)) = (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
            self.add(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)));
        } else if let [first, .., last] = rest {
            self.add(u64::from(*first) << 16 | u64::from(rest[rest.len() / 2]) << 8 | u64::from(*last));
        } else if let [only] = rest {
            self.add(u64::from(*only));
        }
    }

    fn write_u8(&mut self, byte: u8) {
        // What ends a string; its length has been added already.
        self.0 ^= u64::from(byte);
    }

    fn write_u32(&mut self, number: u32) {
        self.add(u64::from(number));
    }

    fn write_u64(&mut self, number: u64) {
        self.add(number);
    }

    fn write_usize(&mut self, number: usize) {
        self.add(number as u64);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::BuildHasher;

    #[test]
    fn words_that_differ_have_hashes_that_differ() {
        let build = BuildHasherDefault::<QuickHasher>::default();
        let words: Vec<String> = (0..20_000).map(|idx| format!("{}{}", "abcdefghijklmnopq".get(..idx % 17).unwrap(), idx / 17)).collect();
        let hashes: HashSet<u64> = words.iter().map(|word| build.hash_one(word.as_str())).collect();
        let different: HashSet<&String> = words.iter().collect();
        assert_eq!(hashes.len(), different.len());
        let low: HashSet<u64> = hashes.iter().map(|hash| hash & 0xffff).collect();
        assert!(low.len() > 14_000, "{} of 65,536 buckets", low.len());
    }
}
