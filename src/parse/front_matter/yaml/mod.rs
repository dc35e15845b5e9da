//! A header's YAML to a tree of nodes, each value with its bytes.
//!
//! This is the only module that knows the YAML crate. It reads the crate's events rather than its
//! typed values: so every fault of a header is reported, aliases and merge keys are counted as they
//! grow, and nothing takes more than linear time.

mod builder;
mod fault;
mod scalar;

use super::rules;
use crate::base::diagnostic::Diagnostic;
use crate::base::file_text::FileText;
use crate::base::node::{Node, Value};
use builder::{Builder, Stop};
use serde_yaml::granit_parser::{Options, Parser};
use std::ops::Range;

/// Levels of lists and maps that a header may have.
pub(super) const MAX_DEPTH: usize = 64;
/// Values that a header may hold, each alias counted with all that it stands for.
pub(super) const MAX_NODES: usize = 20_000;
/// Bytes of text that aliases may repeat.
pub(super) const MAX_REPEATED: usize = 1 << 20;

/// Reads the YAML at `header`. `None` when it cannot be read; the findings then say why.
pub(super) fn read(source: FileText<'_>, header: Range<usize>) -> (Option<Node>, Vec<Diagnostic>) {
    let yaml = &source.text[header.clone()];
    let mut builder = Builder::new(source, header.start);
    for event in Parser::new_from_str_with_options(yaml, options()) {
        let outcome = match event {
            Ok((event, span)) => builder.event(event, span),
            Err(error) => {
                let offset = header.start + error.marker().byte_offset().unwrap_or(yaml.len());
                let finding = fault::finding(source, header.clone(), &error, (offset, builder.read_to()));
                builder.findings.push(finding);
                Err(Stop::Unreadable)
            }
        };
        match outcome {
            Ok(()) => {}
            Err(Stop::SecondDocument) => break,
            Err(Stop::Unreadable) => return (None, builder.findings),
        }
    }
    let root = builder.root.unwrap_or_else(|| Node::new(Value::Null, header.start..header.start));
    (Some(root), builder.findings)
}

fn options() -> Options {
    let mut options = Options::default();
    options.disallow_directives = true;
    options.emit_unresolved_aliases = true;
    // The builder counts depth exactly; these only keep the scanner's own stacks small.
    options.flow_nesting_limit = MAX_DEPTH + 1;
    options.block_nesting_limit = MAX_DEPTH + 1;
    options.set_emit_comments(false);
    options
}

/// The finding for a header that is nested too deeply.
fn too_deep(source: FileText<'_>, range: Range<usize>) -> Diagnostic {
    let message = format!("lists and maps are nested more than {MAX_DEPTH} deep here");
    Diagnostic::error(rules::TOO_LARGE, source.place(range), message)
}

#[cfg(test)]
mod tests;
