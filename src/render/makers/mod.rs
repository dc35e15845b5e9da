//! Directives that take more than a template: each maker reads the parameters and the data, and gives the
//! theme's `directives/NAME.html` what it cannot work out itself. The template still decides what the reader
//! sees, and which parameters there are.

mod chart;
mod data;
mod embed;
mod table;

pub use data::{DataFiles, table_of};
pub use embed::frame_origin;

use super::view::object::Object;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::spanned::Spanned;
use crate::base::suggest::did_you_mean;
use crate::parse::{Directive, Document};
use std::sync::Arc;

/// Makes the values of one kind of directive.
pub trait Maker: Sync {
    /// The directive's name.
    fn name(&self) -> &'static str;

    /// The values beside the parameters; else everything that is wrong with the directive.
    fn make(&self, call: &Call<'_>) -> Result<Object, Vec<Diagnostic>>;
}

/// Every maker; a new one is one file and one line here.
const MAKERS: &[&dyn Maker] = &[&chart::Chart, &embed::Embed, &table::Table];

/// The maker of a directive, if it has one.
pub fn maker(name: &str) -> Option<&'static dyn Maker> {
    MAKERS.iter().copied().find(|maker| maker.name() == name)
}

/// A directive where it stands.
#[derive(Clone, Copy)]
pub struct Call<'a> {
    pub directive: &'a Directive,
    pub document: &'a Document,
    /// The language of the page.
    pub lang: &'a str,
    /// The tables of the site.
    pub data: &'a DataFiles,
    /// The address of a file beside the page.
    pub beside: &'a dyn Fn(&str) -> String,
}

impl<'a> Call<'a> {
    /// A parameter that is given and not blank.
    fn param(&self, name: &str) -> Option<&'a Spanned<String>> {
        self.directive.param(name)
    }

    fn text(&self, name: &str) -> &'a str {
        self.param(name).map_or("", |value| value.value.trim())
    }

    fn place(&self, value: &Spanned<String>) -> Place {
        Place::new(&self.document.path, value.range.clone())
    }

    /// The place of the directive itself.
    fn name_place(&self) -> Place {
        Place::new(&self.document.path, self.directive.name.range.clone())
    }

    /// A finding about a value that the directive cannot use.
    fn invalid(&self, value: &Spanned<String>, message: impl Into<Arc<str>>) -> Diagnostic {
        Diagnostic::error("directive-parameter-invalid", self.place(value), message)
    }

    /// The meaning of a parameter that is one word of a list; `default` when it is not given.
    fn word<T: Copy>(&self, name: &str, words: &[(&str, T)], default: T) -> Result<T, Box<Diagnostic>> {
        let Some(value) = self.param(name) else { return Ok(default) };
        let written = value.value.trim();
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == written) {
            return Ok(*meaning);
        }
        let known: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
        let finding = self.invalid(value, format!("`{}` is no `{name}` of `{}`", written.escape_debug(), self.directive.name.value));
        let help = did_you_mean(written, words.iter().map(|(word, _)| *word));
        Err(Box::new(finding.help(help.unwrap_or_else(|| format!("write one of {}", known.join(", "))))))
    }
}
