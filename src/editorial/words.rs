//! The words of a body, block by block: its bytes gone through once, for all rules that ask what stands where.

use super::prose::runs::{Run, each_run};
use crate::parse::Document;
use std::ops::Range;

/// The runs of letters and digits in the blocks of a document, as written.
#[derive(Debug, Default)]
pub struct Words {
    runs: Vec<Run>,
    /// Which of them are of which block.
    blocks: Vec<Range<usize>>,
}

impl Words {
    /// The words of a document.
    pub fn of(document: &Document) -> Self {
        // A word and what stands after it has some six bytes.
        let blocks = document.blocks();
        let mut words = Self { runs: Vec::with_capacity(document.body.len() / 5), blocks: Vec::with_capacity(blocks.len()) };
        for block in &*blocks {
            let first = words.runs.len();
            each_run(&block.text, |run| words.runs.push(run));
            words.blocks.push(first..words.runs.len());
        }
        words
    }

    /// Those of a block, in order.
    pub fn of_block(&self, idx: usize) -> &[Run] {
        self.blocks.get(idx).and_then(|block| self.runs.get(block.clone())).unwrap_or_default()
    }
}
