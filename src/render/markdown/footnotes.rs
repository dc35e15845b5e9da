//! Footnotes: numbered by first reference, gathered at the end of the body, linked both ways.

use super::words::Words;
use crate::base::spanned::Spanned;
use crate::parse::anchors;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The footnotes of one body.
#[derive(Debug, Default)]
pub struct Footnotes {
    /// Definitions by folded id: the id as defined, and the HTML.
    definitions: BTreeMap<String, String>,
    /// The ids as defined, by folded id.
    ids: BTreeMap<String, String>,
    /// Those referred to, in order, with the number of references.
    order: Vec<(String, usize)>,
    numbers: BTreeMap<String, usize>,
}

impl Footnotes {
    /// Knows how each id is written where it is defined: labels do not mind letter case.
    pub fn new(defined: &[Spanned<String>]) -> Self {
        let ids = defined.iter().rev().map(|id| (id.value.to_lowercase(), id.value.clone())).collect();
        Self { ids, ..Self::default() }
    }

    /// The marker that stands where a footnote is referred to.
    pub fn reference(&mut self, id: &str) -> String {
        let key = id.to_lowercase();
        let number = *self.numbers.entry(key.clone()).or_insert_with(|| {
            self.order.push((key.clone(), 0));
            self.order.len()
        });
        let uses = &mut self.order[number - 1].1;
        *uses += 1;
        let id = self.ids.get(&key).map_or(id, String::as_str);
        format!(
            r##"<sup class="footnote-ref"><a href="#{}" id="{}" role="doc-noteref">{number}</a></sup>"##,
            anchors::footnote(id),
            anchors::footnote_reference(id, *uses)
        )
    }

    /// Keeps the HTML of a definition; the first of an id counts.
    pub fn define(&mut self, id: &str, html: String) {
        self.definitions.entry(id.to_lowercase()).or_insert(html);
    }

    /// The footnotes that were referred to; empty when there are none.
    pub fn section(&self, words: &Words) -> String {
        let mut html = String::new();
        if self.order.is_empty() {
            return html;
        }
        let _ = writeln!(html, r#"<section class="footnotes" role="doc-endnotes" aria-label="{}">"#, words.footnotes);
        html.push_str("<ol>\n");
        for (key, uses) in &self.order {
            let id = self.ids.get(key).unwrap_or(key);
            let definition = self.definitions.get(key).map_or("", |html| html.trim_end());
            let (before, end) = match definition.strip_suffix("</p>") {
                Some(before) => (before, "</p>"),
                None => (definition, ""),
            };
            let _ = write!(html, "<li id=\"{}\">{before}", anchors::footnote(id));
            for n in 1..=*uses {
                let target = anchors::footnote_reference(id, n);
                let _ = write!(
                    html,
                    r##" <a href="#{target}" class="footnote-back" role="doc-backlink" aria-label="{} {n}">↩</a>"##,
                    words.back
                );
            }
            let _ = writeln!(html, "{end}</li>");
        }
        html.push_str("</ol>\n</section>\n");
        html
    }
}
