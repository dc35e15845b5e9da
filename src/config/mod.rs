//! What `site.toml` means: every setting resolved, defaults filled in.
//!
//! `schema` says what may be written, `decode` makes this. A wrong `site.toml` stops the run with
//! all its findings (exit 2); there is no half-read configuration.

pub mod audience;
mod decode;
pub mod editions;
pub mod feeds;
pub mod language;
mod read;
pub mod rules;
pub mod schema;
pub mod sign_off;
pub mod strings;
pub mod tokens;
mod toml;

pub use read::read;

use crate::base::date::Date;
use crate::base::diagnostic::Severity;
use crate::base::node::Node;
use crate::base::path::SourcePath;
use crate::base::spanned::Spanned;
use audience::{AudienceSlots, Slot};
use feeds::Feeds;
use sign_off::SignOffSettings;
use std::collections::BTreeMap;
use std::ops::Range;

/// The four outcomes of the seed on outcome-based marketing; a site may add its own.
pub const OUTCOMES: [&str; 4] = ["strengthen-position", "accelerate-growth", "build-reputation", "foster-relationships"];

/// The whole configuration of a site.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it was read from.
    pub path: SourcePath,
    /// Where it says what a later stage may not find.
    pub places: Places,
    pub title: String,
    pub description: String,
    /// Where the site will stand.
    pub base_url: BaseUrl,
    /// BCP 47 tag, such as `en-GB`.
    pub language: String,
    /// The editions in other languages, in the order written.
    pub languages: Vec<Language>,
    pub publisher: Publisher,
    /// The theme's folder name under `themes/`.
    pub theme: String,
    /// What `[theme]` sets besides the name.
    pub theme_settings: tokens::Settings,
    /// Links of the main menu, in order.
    pub nav: Vec<NavLink>,
    /// The declared audiences by id.
    pub audiences: BTreeMap<String, DeclaredAudience>,
    /// The declared series by id; a series that is not declared has its id for a title.
    pub series: BTreeMap<String, DeclaredSeries>,
    /// Titles and descriptions of topics by slug; a topic that is not declared is titled as first written.
    pub topics: BTreeMap<String, DeclaredTopic>,
    /// The outcomes an objective may name: the four and the site's own.
    pub outcomes: Vec<String>,
    pub feeds: Feeds,
    /// Items per listing page, unless the section says otherwise.
    pub paginate_by: usize,
    pub images: crate::imaging::Settings,
    pub markdown: MarkdownOptions,
    /// `[check] baseline`: the file of findings that are excused, from the site's root.
    pub baseline: Option<String>,
    /// `[build] minify_html`: pages are written without comments and needless space.
    pub minify_html: bool,
    /// `[build] markdown_twins`: each piece has a Markdown copy beside its page.
    pub markdown_twins: bool,
    pub rules: RuleSettings,
    /// Whose word a piece needs.
    pub sign_off: SignOffSettings,
    /// `[theme_options]`: free-form, for the theme's templates, as `site.theme`.
    pub theme_options: Option<Node>,
    /// `[headers]`: extra lines for `_headers`, as `name = "value"`, applied to every path.
    pub headers: Vec<(Slot, Slot)>,
    /// `[preview] editor`: how a finding is opened in an editor.
    pub preview_editor: Option<String>,
    /// `[extra]`: free-form, for templates.
    pub extra: Option<Node>,
}

/// The bytes of values in `site.toml`; empty where a default stands in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Places {
    pub theme: Range<usize>,
    pub language: Range<usize>,
}

/// Who publishes: for bylines of the firm, feeds, and the sales test of guidance.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Publisher {
    pub name: String,
    pub url: Option<String>,
    /// Brand and product names: an instruction to buy them is no guidance.
    pub products: Vec<String>,
    /// A path in `static/`.
    pub logo: Option<String>,
    /// Where corrections and questions go.
    pub email: Option<String>,
}

/// A link of the main menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavLink {
    pub title: String,
    /// A site path (`/insights/`), checked, or an absolute URL.
    pub url: Spanned<String>,
}

/// `[audiences.ID]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeclaredAudience {
    /// The id with its place in `site.toml`.
    pub id: Slot,
    /// What readers see; the role and place when not given.
    pub title: Option<String>,
    pub slots: AudienceSlots,
    /// `agreed = { by, on }`.
    pub agreed: Option<Spanned<Agreed>>,
}

/// Who agreed to something, and when.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Agreed {
    /// A person's id.
    pub by: Option<Slot>,
    pub on: Option<Spanned<Date>>,
}

/// `[languages.TAG]`: an edition of the publication in another language.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Language {
    /// The tag with its place in `site.toml`.
    pub tag: Slot,
    pub title: Option<String>,
    pub description: Option<String>,
    /// `None`: the main menu, its links led to this edition where it has the page.
    pub nav: Option<Vec<NavLink>>,
    /// What this edition's readers see of audiences, series and topics.
    pub audiences: BTreeMap<String, DeclaredAudience>,
    pub series: BTreeMap<String, DeclaredSeries>,
    pub topics: BTreeMap<String, DeclaredTopic>,
}

/// `[series.ID]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeclaredSeries {
    pub id: Slot,
    pub title: Option<String>,
    pub description: Option<String>,
}

/// `[topics.SLUG]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DeclaredTopic {
    pub title: Option<String>,
    pub description: Option<String>,
}

/// `[markdown]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MarkdownOptions {
    /// Raw HTML passes through; `false` escapes it.
    pub raw_html: bool,
    /// Straight quotes and dashes become typographic ones.
    pub smart_punctuation: bool,
    /// Code blocks are highlighted.
    pub highlight: bool,
}

/// `[rules]`.
#[derive(Debug, Clone, Default)]
pub struct RuleSettings {
    pub preset: Preset,
    /// Settings by rule name, as written; the registry says which names exist.
    pub levels: Vec<RuleSetting>,
    /// `[lexicon.*]`, as written; the rules say which lists exist.
    pub lexicon: Vec<LexiconExtension>,
}

/// `[lexicon.LANG]`: words that a site adds to the word lists of a language, or takes out of them.
#[derive(Debug, Clone)]
pub struct LexiconExtension {
    /// The language's tag.
    pub lang: Slot,
    /// Entries by the name of the list; one that begins with `-` is taken out.
    pub lists: Vec<(Slot, Vec<Slot>)>,
}

/// A named set of rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Preset {
    /// The gate alone.
    Gate,
    /// The gate and the editorial rules.
    #[default]
    Editorial,
    /// Everything, unknown keys as errors.
    Strict,
}

/// `rule-name = "warning"`, or a table with `level` and options.
#[derive(Debug, Clone)]
pub struct RuleSetting {
    pub rule: Slot,
    /// `None` when only options were given.
    pub level: Option<Spanned<Level>>,
    /// The rest of the table.
    pub options: Option<Node>,
}

/// How a rule is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    Off,
    Warning,
    Error,
}

impl Level {
    /// The severity of findings at this level; `None` when off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// Where the site will stand: an absolute `http` or `https` URL.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    origin: String,
    path: String,
}

impl BaseUrl {
    /// Reads `https://example.com/insights/`; the error says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let Some(rest) = rest else {
            return Err(format!("`{text}` is not an absolute URL; write it with its scheme, as `https://example.com/`"));
        };
        if rest.contains(['?', '#']) {
            return Err(format!("`{text}` has a query or a fragment; a base URL ends with its path"));
        }
        let scheme_len = text.len() - rest.len();
        let host_len = rest.find('/').unwrap_or(rest.len());
        let host = &rest[..host_len];
        let host_is_plain = !host.is_empty() && host.chars().all(|c| c.is_alphanumeric() || ".-:[]_".contains(c));
        if !host_is_plain {
            return Err(format!("`{host}` is not a host name"));
        }
        let path = rest[host_len..].trim_matches('/');
        let plain = path.split('/').all(|part| part != "." && part != ".." && !part.contains(['\\', ' ', '"', '<', '>', '\0', '\n', '\r']));
        if !plain || (!path.is_empty() && path.split('/').any(str::is_empty)) {
            return Err(format!("`{path}` is not a plain path"));
        }
        let path = if path.is_empty() { String::new() } else { format!("/{path}") };
        Ok(Self { origin: text[..scheme_len + host_len].to_owned(), path })
    }

    /// `https://example.com`, without a slash at the end.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The path under which the site stands: empty, or `/insights` without a slash at the end.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// A site path with the base path before it, percent-encoded: what `href` holds.
    pub fn href(&self, site_path: &str) -> String {
        format!("{}{}", self.path, crate::base::path::encode_path(site_path))
    }

    /// A site path as an absolute URL, percent-encoded.
    pub fn absolute(&self, site_path: &str) -> String {
        format!("{}{}", self.origin, self.href(site_path))
    }
}
