//! The templates of a theme, shadowed by the site's, compiled together; errors at their own lines.

use super::functions::{self, FunctionInputs};
use super::wanted::Wanted;
use crate::base::at_work::{AtWork, Rendering};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::fingerprint::{Fingerprint, FingerprintBuilder};
use crate::base::path::SourcePath;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::{Context, Error, ErrorKind, ReportError, Tera, Value};

/// One template's text and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateSource {
    /// `piece.html`, `directives/callout.html`.
    pub name: String,
    pub path: SourcePath,
    pub text: Arc<String>,
}

/// Compiled templates, ready to render.
pub struct Templates {
    tera: Tera,
    sources: BTreeMap<String, TemplateSource>,
    fingerprint: Fingerprint,
    at_work: Arc<AtWork>,
    wanted: Arc<Wanted>,
}

impl Templates {
    /// The key under which compiled templates may be kept: all that compiling and rendering them
    /// depends on, besides the values.
    pub fn key(sources: &[TemplateSource], inputs: &FunctionInputs) -> Fingerprint {
        let mut builder = FingerprintBuilder::default();
        for source in sources {
            builder.add(source.path.as_str().as_bytes()).add(source.name.as_bytes()).add(source.text.as_bytes());
        }
        builder.add(inputs.fingerprint().as_bytes());
        builder.finish()
    }

    /// Compiles all templates; every template with a syntax error is reported.
    pub fn compile(sources: &[TemplateSource], inputs: &FunctionInputs) -> Result<Self, Vec<Diagnostic>> {
        let fingerprint = Self::key(sources, inputs);
        let sources: BTreeMap<String, TemplateSource> = sources.iter().map(|source| (source.name.clone(), source.clone())).collect();
        let mut readable = sources.clone();
        let mut findings: Vec<Diagnostic> = sources.values().filter_map(chained).collect();
        readable.retain(|_, source| chained(source).is_none());
        loop {
            let mut tera = Tera::new();
            tera.autoescape_on([".html", ".htm", ".xml", ".svg"]);
            functions::register(&mut tera, inputs);
            let added = tera.add_raw_templates(readable.values().map(|source| (source.name.as_str(), &*source.text)));
            let error = match added {
                Ok(()) if findings.is_empty() => {
                    let wanted = Arc::new(Wanted::of(sources.values().map(|source| source.text.as_str())));
                    return Ok(Self { tera, sources, fingerprint, wanted, at_work: Arc::default() });
                }
                Ok(()) => return Err(findings),
                Err(error) => error,
            };
            let broken = match error.kind() {
                ErrorKind::SyntaxError(report) => readable.remove(report.filename()),
                _ => None,
            };
            match broken {
                Some(_) => findings.push(finding_of(&error, &sources, "")),
                // What else is wrong may follow from a template that was set aside.
                None if !findings.is_empty() => return Err(findings),
                None => return Err(vec![finding_of(&error, &sources, "")]),
            }
        }
    }

    /// The same, with word of each that is being rendered.
    pub fn noted_in(self, at_work: &Arc<AtWork>) -> Self {
        Self { at_work: Arc::clone(at_work), ..self }
    }

    /// The hash of everything that rendering depends on, besides the values.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// The values that the templates ask for.
    pub fn wanted(&self) -> &Arc<Wanted> {
        &self.wanted
    }

    /// True if there is a template of that name.
    pub fn contains(&self, name: &str) -> bool {
        self.sources.contains_key(name)
    }

    /// The template of that name.
    pub fn source(&self, name: &str) -> Option<&TemplateSource> {
        self.sources.get(name)
    }

    /// The names of all templates.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.sources.keys().map(String::as_str)
    }

    /// Renders a template with these values.
    pub fn render<'v>(&self, name: &str, values: impl IntoIterator<Item = (&'v str, Value)>) -> Result<String, Vec<Diagnostic>> {
        let mut context = Context::new();
        for (key, value) in values {
            context.insert_value(key.to_owned(), value);
        }
        let rendering = self.at_work.render(name);
        let mut page = Page { bytes: Vec::new(), is_full: false, rendering: &rendering };
        let rendered = self.tera.render_to(name, &context, &mut page);
        if page.is_full {
            let place = file_place(name, &self.sources);
            let message = format!("the template writes more than {} MB", MAX_PAGE >> 20);
            return Err(vec![Diagnostic::error("template-error", place, message).help("look for a loop inside a loop")]);
        }
        rendered.map_err(|error| vec![finding_of(&error, &self.sources, name)])?;
        Ok(String::from_utf8(page.bytes).expect("Tera writes whole strings"))
    }
}

/// Tera takes each further `elif` one call deeper: more of them than these, and the stack is full.
const MAX_ELIF: usize = 200;

/// A template that asks one thing after another for ever.
fn chained(source: &TemplateSource) -> Option<Diagnostic> {
    let (at, _) = source.text.match_indices("elif").nth(MAX_ELIF)?;
    let message = format!("the template has more than {MAX_ELIF} `elif`");
    let help = "take it apart into templates that it includes, or look the answer up in a map";
    Some(Diagnostic::error("template-error", Place::new(&source.path, at..at + "elif".len()), message).help(help))
}

/// No page is this long: a template that writes more is caught in loops.
const MAX_PAGE: usize = 64 << 20;

/// What a template writes, up to the limit, and as long as somebody waits for it.
struct Page<'a> {
    bytes: Vec<u8>,
    is_full: bool,
    rendering: &'a Rendering<'a>,
}

impl std::io::Write for Page<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.is_full = self.bytes.len() + bytes.len() > MAX_PAGE;
        if self.is_full {
            return Err(std::io::ErrorKind::FileTooLarge.into());
        }
        if self.rendering.is_given_up() {
            return Err(std::io::ErrorKind::TimedOut.into());
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A template's error as a finding at its own line, with the template that called it as a note.
fn finding_of(error: &Error, sources: &BTreeMap<String, TemplateSource>, rendered: &str) -> Diagnostic {
    let (place, message) = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => (place_of(report, sources), report.message().to_owned()),
        ErrorKind::MissingParent { current, parent } => {
            (file_place(current, sources), format!("the template extends `{parent}`, which does not exist"))
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            (file_place(tpl, sources), format!("the template extends itself: {}", inheritance_chain.join(" → ")))
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            (file_place(tpl, sources), format!("the template includes itself: {}", include_chain.join(" → ")))
        }
        _ => placed_in_text(&error.to_string(), sources, rendered),
    };
    let message = lower_first(message.trim());
    let mut finding = Diagnostic::error("template-error", place, message);
    let mut source = std::error::Error::source(error);
    while let Some(cause) = source {
        finding = finding.note(lower_first(cause.to_string().trim()));
        source = cause.source();
    }
    finding
}

fn place_of(report: &ReportError, sources: &BTreeMap<String, TemplateSource>) -> Place {
    let Some(source) = sources.get(report.filename()) else { return Place::file(&SourcePath::root()) };
    let len = source.text.len();
    let range = report.span().range.clone();
    Place::new(&source.path, range.start.min(len)..range.end.min(len))
}

fn file_place(name: &str, sources: &BTreeMap<String, TemplateSource>) -> Place {
    Place::file(sources.get(name).map_or(&SourcePath::root(), |source| &source.path))
}

/// Some errors carry their place in their text alone: `--> base.html:3:19`.
fn placed_in_text(text: &str, sources: &BTreeMap<String, TemplateSource>, rendered: &str) -> (Place, String) {
    let message = text.lines().next().unwrap_or_default().trim_start_matches("error: ").to_owned();
    let at = text.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
    let parsed = at.and_then(|at| {
        let mut parts = at.trim().rsplitn(3, ':');
        let column: usize = parts.next()?.parse().ok()?;
        let line: usize = parts.next()?.parse().ok()?;
        Some((parts.next()?, line, column))
    });
    let Some((source, line, column)) = parsed.and_then(|(name, line, column)| Some((sources.get(name)?, line, column))) else {
        return (file_place(rendered, sources), message);
    };
    let start = crate::base::text::LineIndex::new(&source.text).line_start(line);
    let start = crate::base::text::floor_char_boundary(&source.text, start + column.saturating_sub(1));
    (Place::new(&source.path, start..start), message)
}

fn lower_first(text: &str) -> String {
    let text = text.trim_end_matches('.');
    let mut chars = text.chars();
    match (chars.next(), chars.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(text.chars().skip(1)).collect(),
        _ => text.to_owned(),
    }
}
