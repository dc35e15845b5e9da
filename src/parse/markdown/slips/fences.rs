//! A code fence that nothing closes.

use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::path::SourcePath;
use std::ops::Range;

/// The finding of a fenced code block, if its last line does not close it.
pub fn unclosed(path: &SourcePath, text: &str, range: &Range<usize>) -> Option<Diagnostic> {
    let block = text.get(range.clone())?;
    let sign = block.bytes().next().filter(|sign| matches!(sign, b'`' | b'~'))?;
    let fence_len = block.bytes().take_while(|byte| *byte == sign).count();
    let mut lines = block.trim_end().lines();
    let first = lines.next()?;
    let closes = |line: &str| {
        let line = line.trim_matches([' ', '\t', '>', '\r']);
        line.len() >= fence_len && line.bytes().all(|byte| byte == sign)
    };
    if lines.next_back().is_some_and(closes) {
        return None;
    }
    let place = Place::new(path, range.start..range.start + first.trim_end().len());
    let finding =
        Diagnostic::error("code-fence-unclosed", place, "this code fence is never closed, so all that follows is printed as code");
    Some(finding.help(format!("write `{}` on a line of its own where the code ends", &block[..fence_len.min(80)])))
}
