//! A page in the making: markup as it stands, text escaped, tables with their heads.

use crate::render::html::{escaped, push_text};

/// HTML that is being written.
#[derive(Debug, Default)]
pub struct Html(String);

impl Html {
    /// Adds markup.
    pub fn push(&mut self, markup: &str) {
        self.0.push_str(markup);
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) {
        push_text(&mut self.0, text);
    }

    /// Adds a sentence in which back-ticks hold what is to be typed.
    pub fn sentence(&mut self, text: &str) {
        for (idx, run) in text.split('`').enumerate() {
            if idx % 2 == 0 { self.text(run) } else { self.element("code", run) }
        }
    }

    /// Adds an element that holds text.
    pub fn element(&mut self, open: &str, text: &str) {
        let name = open.split(' ').next().unwrap_or(open);
        self.push(&format!("<{open}>"));
        self.text(text);
        self.push(&format!("</{name}>"));
    }

    /// Adds a table whose first column names its rows.
    pub fn table(&mut self, caption: &str, head: &[&str], rows: &[Vec<String>]) {
        self.open_table(caption, head);
        for row in rows {
            self.push("<tr>");
            for (idx, cell) in row.iter().enumerate() {
                self.element(if idx == 0 { "th scope=\"row\"" } else { "td" }, cell);
            }
            self.push("</tr>\n");
        }
        self.close_table();
    }

    /// Begins a table; rows follow.
    pub fn open_table(&mut self, caption: &str, head: &[&str]) {
        self.push("<div class=\"scroll\" role=\"region\" tabindex=\"0\"");
        self.push(&format!(" aria-label=\"{}\"><table>", escaped(caption)));
        self.element("caption", caption);
        self.push("<thead><tr>");
        for name in head {
            // A column of row names needs no name of its own.
            if name.is_empty() { self.push("<td></td>") } else { self.element("th scope=\"col\"", name) }
        }
        self.push("</tr></thead><tbody>\n");
    }

    /// Ends a table.
    pub fn close_table(&mut self) {
        self.push("</tbody></table></div>\n");
    }

    /// The page so far.
    pub fn into_string(self) -> String {
        self.0
    }
}

/// Text as it stands in a quoted attribute.
pub fn attr(text: &str) -> String {
    escaped(text)
}
