//! Which of a list of hashes were seen before: a table of open addresses, made for one list and thrown away.
//!
//! The hashes themselves stay in their list, so that a place of the table is four bytes; what the general maps of the
//! library cost for each word of each body was more than all else that is done with it.

/// The hashes of a list by their first places in it.
#[derive(Debug)]
pub struct FirstSeen {
    /// The index of a hash in its list and one more; 0 where nothing stands.
    slots: Vec<u32>,
    mask: usize,
}

impl FirstSeen {
    /// A table for so many hashes.
    pub fn with_capacity(n_hashes: usize) -> Self {
        let n_slots = (n_hashes * 2).next_power_of_two().max(2);
        Self { slots: vec![0; n_slots], mask: n_slots - 1 }
    }

    /// Where the hash at `idx` stands first, among those that were asked after before; itself when it is new.
    pub fn first(&mut self, hash_at: impl Fn(usize) -> u64, idx: usize) -> usize {
        let hash = hash_at(idx);
        let mut at = (hash ^ hash >> 32) as usize & self.mask;
        loop {
            match self.slots[at].checked_sub(1) {
                None => {
                    self.slots[at] = u32::try_from(idx + 1).expect("a document has fewer words than fit in 32 bits");
                    return idx;
                }
                Some(seen) if hash_at(seen as usize) == hash => return seen as usize,
                Some(_) => at = (at + 1) & self.mask,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_known_by_its_first_place() {
        let hashes = [7, 0, 7, 1 << 40, 0, 3, 7, 1 << 32 | 7];
        let mut seen = FirstSeen::with_capacity(hashes.len());
        let first: Vec<usize> = (0..hashes.len()).map(|idx| seen.first(|at| hashes[at], idx)).collect();
        assert_eq!(first, [0, 1, 0, 3, 1, 5, 0, 7]);
    }
}
