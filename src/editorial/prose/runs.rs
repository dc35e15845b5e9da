//! The runs of letters and digits of a text, with a hash of each: what sentences, phrases, stems and passages of a body
//! are all made of, so that its bytes are gone through once for all of them.

/// A run of letters and digits in a text; bytes beyond ASCII count as letters.
#[derive(Debug, Clone, Copy)]
pub struct Run {
    pub start: usize,
    pub end: usize,
    /// The hash of its bytes, without regard to the case of plain letters: see [`hash_of`].
    pub hash: u64,
    /// False when a byte of it is beyond ASCII.
    pub is_plain: bool,
}

/// FNV-1a: words are short, and what is made of the hashes spreads what it leaves close together.
const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;

/// Hands on the runs of a text, in order.
pub fn each_run(text: &str, mut take: impl FnMut(Run)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        let (mut hash, mut all) = (OFFSET, 0);
        for byte in &bytes[start..] {
            let lower = LOWER[usize::from(*byte)];
            if lower == 0 {
                break;
            }
            hash = add(hash, lower);
            all |= *byte;
            at += 1;
        }
        if at > start {
            take(Run { start, end: at, hash, is_plain: all.is_ascii() });
        }
        at += 1;
    }
}

/// The hash of a run with these bytes, which are in lower case.
pub fn hash_of(lower: impl Iterator<Item = u8>) -> u64 {
    lower.fold(OFFSET, add)
}

fn add(hash: u64, byte: u8) -> u64 {
    (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
}

/// True for the bytes of runs.
pub const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// The bytes of runs in lower case; 0 for all others.
static LOWER: [u8; 256] = {
    let mut lower = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        if is_word(byte as u8) {
            lower[byte] = (byte as u8).to_ascii_lowercase();
        }
        byte += 1;
    }
    lower
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_end_where_letters_end() {
        let text = "A 24-hour `Rate`: don't, naïve—no!";
        let mut found = Vec::new();
        each_run(text, |run| found.push((&text[run.start..run.end], run.is_plain)));
        let expected = [("A", true), ("24", true), ("hour", true), ("Rate", true), ("don", true), ("t", true), ("naïve—no", false)];
        assert_eq!(found, expected);
    }

    #[test]
    fn case_does_not_count() {
        let mut hashes = Vec::new();
        each_run("Rate RATE rates", |run| hashes.push(run.hash));
        assert_eq!(hashes[..2], [hash_of(b"rate".iter().copied()); 2]);
        assert_ne!(hashes[1], hashes[2]);
    }
}
