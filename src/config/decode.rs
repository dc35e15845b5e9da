//! The nodes of `site.toml` to [`Config`]: defaults filled in, and each value held against what can
//! be done with it.

use super::audience::{AudienceSlots, Slot};
use super::feeds::Feeds;
use super::language::is_language_tag;
use super::sign_off::{self, Capacity, SignOffSettings};
use super::{
    Agreed, BaseUrl, Config, DeclaredAudience, DeclaredSeries, DeclaredTopic, Language, Level, LexiconExtension, MarkdownOptions, NavLink,
    OUTCOMES, Places, Preset, Publisher, RuleSetting, RuleSettings, rules, tokens,
};
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::file_text::FileText;
use crate::base::map_reader::{MapReader, many};
use crate::base::node::{Entry, Node, Value};
use crate::base::spanned::Spanned;
use crate::base::suggest::did_you_mean;
use crate::imaging::Settings;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// Items per page and per feed that can be had.
const COUNTS: std::ops::RangeInclusive<i64> = 1..=1000;
const DEFAULT_COUNT: usize = 20;

/// Makes the configuration of a tree that has the right shape. The findings are complete; the
/// configuration is `None` only when something is missing that has no default.
pub(super) fn config(source: FileText<'_>, root: &Node) -> (Option<Config>, Vec<Diagnostic>) {
    let mut decoder = Decoder { source, findings: Vec::new() };
    let config = decoder.config(&MapReader::new(root, source.text));
    (config, decoder.findings)
}

struct Decoder<'a> {
    source: FileText<'a>,
    findings: Vec<Diagnostic>,
}

impl Decoder<'_> {
    fn config(&mut self, map: &MapReader<'_>) -> Option<Config> {
        let title = self.required(map, "title", "title = \"The publication's name\"");
        let base_url = self.required(map, "base_url", "base_url = \"https://example.com/\"");
        let base_url = base_url.and_then(|url| self.base_url(&url));
        // The two that have no default come last, so that all other faults are found without them.
        Some(Config {
            path: self.source.path.clone(),
            places: places(map),
            description: map.string("description").unwrap_or_default(),
            language: self.language(map),
            languages: self.languages(map),
            publisher: publisher(&map.child("publisher")),
            theme: self.theme(map),
            theme_settings: theme_settings(&map.child("theme")),
            nav: self.nav(map),
            audiences: audiences(map),
            series: all_series(map),
            topics: topics(map),
            outcomes: self.outcomes(map),
            feeds: self.feeds(&map.child("feeds")),
            paginate_by: self.count(map, "paginate_by"),
            images: self.images(&map.child("images")),
            markdown: markdown(&map.child("markdown")),
            minify_html: map.child("build").boolean("minify_html").is_some_and(|field| field.value),
            markdown_twins: map.child("build").boolean("markdown_twins").is_none_or(|field| field.value),
            rules: RuleSettings { lexicon: lexicon(map), ..self.rules(&map.child("rules")) },
            sign_off: self.sign_off(&map.child("sign_off")),
            theme_options: map.entry("theme_options").map(|entry| entry.node.clone()),
            headers: self.headers(&map.child("headers")),
            baseline: map.child("check").string("baseline"),
            preview_editor: map.child("preview").string("editor"),
            extra: map.entry("extra").map(|entry| entry.node.clone()),
            title: title?.value,
            base_url: base_url?,
        })
    }

    fn feeds(&mut self, map: &MapReader<'_>) -> Feeds {
        let words = |key| map.slots(key).map(|field| field.value.into_iter().map(|slot| slot.value).collect::<Vec<String>>());
        let (formats, of) = (words("formats"), words("of"));
        Feeds::named(self.count(map, "items"), formats.as_deref(), of.as_deref())
    }

    fn bad_value(&mut self, range: &Range<usize>, message: impl Into<Arc<str>>) -> &mut Diagnostic {
        let finding = Diagnostic::error(rules::BAD_VALUE, self.source.place(range.clone()), message);
        self.findings.push(finding);
        self.findings.last_mut().expect("a finding was just added")
    }

    fn base_url(&mut self, slot: &Slot) -> Option<BaseUrl> {
        match BaseUrl::parse(slot.value.trim()) {
            Ok(base_url) => Some(base_url),
            Err(message) => {
                self.bad_value(&slot.range, message);
                None
            }
        }
    }

    fn required(&mut self, map: &MapReader<'_>, key: &str, example: &str) -> Option<Slot> {
        let slot = map.slot(key);
        if map.entry(key).is_none() {
            let place = Place::file(self.source.path);
            let finding = Diagnostic::error(rules::MISSING_KEY, place, format!("`{key}` is missing"));
            self.findings.push(finding.help(format!("add to the top of the file:\n{example}")));
        }
        let slot = slot?;
        if slot.value.trim().is_empty() {
            self.bad_value(&slot.range, format!("`{key}` is empty")).help = Some(format!("write `{example}`").into());
            return None;
        }
        Some(slot)
    }

    fn language(&mut self, map: &MapReader<'_>) -> String {
        let Some(slot) = map.slot("language") else { return "en".to_owned() };
        if !is_language_tag(&slot.value) {
            let help = "write a language tag such as `en`, `en-GB` or `pt-BR`".to_owned();
            self.bad_value(&slot.range, format!("`{}` is not a language tag", slot.value)).help = Some(help.into());
        }
        slot.value
    }

    fn languages(&mut self, map: &MapReader<'_>) -> Vec<Language> {
        let main = map.string("language").unwrap_or_else(|| "en".to_owned());
        let mut languages: Vec<Language> = Vec::new();
        for (tag, map) in map.children("languages") {
            let is_known = |known: &str| known.eq_ignore_ascii_case(&tag.value);
            if !is_language_tag(&tag.value) {
                let help = "write a language tag such as `[languages.fr]` or `[languages.pt-BR]`".to_owned();
                self.bad_value(&tag.range, format!("`{}` is not a language tag", tag.value)).help = Some(help.into());
            } else if is_known(&main) || languages.iter().any(|language| is_known(&language.tag.value)) {
                let message = format!("`{}` already is a language of this site", tag.value);
                self.bad_value(&tag.range, message).help = Some("`[languages.…]` names the languages besides `language`".into());
            } else {
                let nav = map.entry("nav").is_some().then(|| self.nav(&map));
                let (title, description) = (map.string("title"), map.string("description"));
                languages.push(Language {
                    title,
                    description,
                    nav,
                    audiences: audiences(&map),
                    series: all_series(&map),
                    topics: topics(&map),
                    tag,
                });
            }
        }
        languages
    }

    /// A theme is one folder under `themes/`; a path could lead out of the site.
    fn theme(&mut self, map: &MapReader<'_>) -> String {
        let Some(slot) = named_theme(map) else { return "insight".to_owned() };
        let is_folder_name = slot.value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
            && !slot.value.is_empty()
            && !slot.value.starts_with('.');
        if !is_folder_name {
            let message = format!("`{}` is not the name of a folder under `themes/`", slot.value);
            self.bad_value(&slot.range, message);
        }
        slot.value
    }

    fn nav(&mut self, map: &MapReader<'_>) -> Vec<NavLink> {
        let Some(entry) = map.entry("nav") else { return Vec::new() };
        many(&entry.node).iter().filter_map(|node| self.nav_link(node)).collect()
    }

    fn nav_link(&mut self, node: &Node) -> Option<NavLink> {
        let map = MapReader::new(node, self.source.text);
        let (title, url) = (map.slot("title"), map.slot("url"));
        for (key, slot) in [("title", &title), ("url", &url)] {
            let is_blank = slot.as_ref().is_some_and(|slot| slot.value.trim().is_empty());
            if is_blank || map.entry(key).is_none() {
                let place = self.source.place(node.range.clone());
                self.findings.push(Diagnostic::error(rules::MISSING_KEY, place, format!("this link of the menu has no `{key}`")));
            }
        }
        let (title, url) = (title?, url?);
        let is_absolute = ["https://", "http://", "mailto:"].iter().any(|scheme| url.value.starts_with(scheme));
        let is_site_path = url.value.starts_with('/') && !url.value.starts_with("//");
        if !is_absolute && !is_site_path && !url.value.trim().is_empty() {
            let help = format!("write a site path such as `/{}/`, or an absolute URL", url.value.trim_matches(['/', '.']));
            self.bad_value(&url.range, format!("`{}` leads nowhere from every page", url.value)).help = Some(help.into());
        }
        Some(NavLink { title: title.value, url })
    }

    fn outcomes(&mut self, map: &MapReader<'_>) -> Vec<String> {
        let mut outcomes: Vec<String> = OUTCOMES.iter().map(|outcome| (*outcome).to_owned()).collect();
        for slot in map.slots("outcomes").map(|field| field.value).unwrap_or_default() {
            if slot.value.trim().is_empty() {
                self.bad_value(&slot.range, "an outcome has a name");
            } else if !outcomes.contains(&slot.value) {
                outcomes.push(slot.value);
            }
        }
        outcomes
    }

    fn count(&mut self, map: &MapReader<'_>, key: &str) -> usize {
        let Some(field) = map.integer(key) else { return DEFAULT_COUNT };
        match usize::try_from(field.value) {
            Ok(count) if COUNTS.contains(&field.value) => count,
            Ok(_) | Err(_) => {
                self.bad_value(&field.range, format!("`{key}` takes a number from {} to {}", COUNTS.start(), COUNTS.end()));
                DEFAULT_COUNT
            }
        }
    }

    fn images(&mut self, map: &MapReader<'_>) -> Settings {
        let default = Settings::default();
        let mut widths = self.widths(map).unwrap_or(default.widths);
        widths.sort_unstable();
        widths.dedup();
        Settings {
            resize: map.boolean("resize").is_none_or(|field| field.value),
            widths,
            max_width: self.number(map, "max_width", 400..=8192).unwrap_or(default.max_width),
            quality: self.number(map, "quality", 30..=100).unwrap_or(default.quality),
            sizes: map.string("sizes").filter(|sizes| !sizes.trim().is_empty()).unwrap_or(default.sizes),
        }
    }

    fn widths(&mut self, map: &MapReader<'_>) -> Option<Vec<u32>> {
        let nodes = many(&map.entry("widths")?.node);
        let width = |node: &Node| match &node.value {
            Value::Integer(width) if (64..=4096).contains(width) => u32::try_from(*width).ok(),
            _ => None,
        };
        let mut widths = Vec::new();
        for (idx, node) in nodes.iter().enumerate() {
            match width(node).filter(|_| idx < 8) {
                Some(width) => widths.push(width),
                None => self.bad_value(&node.range, "`widths` takes at most eight numbers from 64 to 4096").help = None,
            }
        }
        Some(widths)
    }

    /// A number in a range; one that is outside of it is a finding.
    fn number<T: TryFrom<i64>>(&mut self, map: &MapReader<'_>, key: &str, range: std::ops::RangeInclusive<i64>) -> Option<T> {
        let field = map.integer(key)?;
        if !range.contains(&field.value) {
            self.bad_value(&field.range, format!("`{key}` takes a number from {} to {}", range.start(), range.end()));
            return None;
        }
        T::try_from(field.value).ok()
    }

    fn headers(&mut self, map: &MapReader<'_>) -> Vec<(Slot, Slot)> {
        let mut headers = Vec::new();
        for Entry { key, node } in map.entries() {
            let Some(value) = map.slot(&key.value) else { continue };
            let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
            if key.value.is_empty() || !key.value.bytes().all(is_token) {
                self.bad_value(&key.range, format!("`{}` is not the name of an HTTP header", key.value));
            }
            if value.value.chars().any(char::is_control) {
                self.bad_value(&node.range, format!("the value of `{}` holds a line break or another control character", key.value));
            }
            headers.push((key.clone(), value));
        }
        headers
    }

    fn rules(&mut self, map: &MapReader<'_>) -> RuleSettings {
        let mut settings = RuleSettings::default();
        for Entry { key, node } in map.entries() {
            if key.value == "preset" {
                settings.preset = self.word(node, "preset", PRESETS).unwrap_or_default();
                continue;
            }
            let rule = key.clone();
            let setting = match &node.value {
                Value::Map(entries) => {
                    let level = entries.iter().find(|entry| entry.key.value == "level");
                    let level = level.and_then(|entry| self.level(&entry.node));
                    let options: Vec<Entry> = entries.iter().filter(|entry| entry.key.value != "level").cloned().collect();
                    let options = (!options.is_empty()).then(|| Node::new(Value::Map(options), node.range.clone()));
                    RuleSetting { rule, level, options }
                }
                _ => RuleSetting { rule, level: self.level(node), options: None },
            };
            settings.levels.push(setting);
        }
        settings
    }

    fn sign_off(&mut self, map: &MapReader<'_>) -> SignOffSettings {
        let mut settings = SignOffSettings::default();
        if let Some(field) = map.slots("required") {
            let (known, unknown) = sign_off::capacities(field.value);
            for slot in unknown {
                let words = Capacity::ALL.map(Capacity::as_str);
                let help = did_you_mean(&slot.value, words).unwrap_or_else(|| format!("there are {}", words.join(", ")));
                self.bad_value(&slot.range, format!("`{}` is not a capacity to sign in", slot.value)).help = Some(help.into());
            }
            settings.required = Some(known);
        }
        if let Some(entry) = map.entry("max_change") {
            match entry.node.value {
                Value::Float(share) if (0.0..=1.0).contains(&share) => settings.max_change = share,
                Value::Integer(share @ 0..=1) => settings.max_change = share as f64,
                _ => {
                    self.bad_value(&entry.node.range, "`max_change` takes a number from 0 to 1").help =
                        Some("a tenth of the text is `0.1`".into());
                }
            }
        }
        settings
    }

    fn level(&mut self, node: &Node) -> Option<Spanned<Level>> {
        self.word(node, "level", LEVELS).map(|level| Spanned::new(level, node.range.clone()))
    }

    fn word<T: Copy>(&mut self, node: &Node, what: &str, words: &[(&str, T)]) -> Option<T> {
        let written = if let Value::Text(written) = &node.value { written.as_str() } else { "" };
        let found = words.iter().find(|(word, _)| *word == written).map(|(_, value)| *value);
        if found.is_none() {
            let known: Vec<String> = words.iter().map(|(word, _)| format!("`{word}`")).collect();
            let shown = if written.is_empty() { node.value.kind().to_owned() } else { format!("`{written}`") };
            let message = format!("{shown} is not a {what}; there are {}", known.join(", "));
            self.bad_value(&node.range, message).help = did_you_mean(written, words.iter().map(|(word, _)| *word)).map(Into::into);
        }
        found
    }
}

const PRESETS: &[(&str, Preset)] = &[("gate", Preset::Gate), ("editorial", Preset::Editorial), ("strict", Preset::Strict)];
const LEVELS: &[(&str, Level)] = &[("off", Level::Off), ("warning", Level::Warning), ("error", Level::Error)];

fn lexicon(map: &MapReader<'_>) -> Vec<LexiconExtension> {
    let list = |map: &MapReader<'_>, name: &Slot| (name.clone(), map.slots(&name.value).map(|field| field.value).unwrap_or_default());
    let extension = |(lang, map): (Slot, MapReader<'_>)| LexiconExtension {
        lang,
        lists: map.entries().iter().map(|entry| list(&map, &entry.key)).collect(),
    };
    map.children("lexicon").map(extension).collect()
}

fn named_theme(map: &MapReader<'_>) -> Option<Slot> {
    map.slot("theme").or_else(|| map.child("theme").slot("name"))
}

fn places(map: &MapReader<'_>) -> Places {
    let range = |slot: Option<Slot>| slot.map_or(0..0, |slot| slot.range);
    Places { theme: range(named_theme(map)), language: range(map.slot("language")) }
}

fn publisher(map: &MapReader<'_>) -> Publisher {
    let products = map.slots("products").map(|field| field.value).unwrap_or_default();
    Publisher {
        name: map.string("name").unwrap_or_default(),
        url: map.string("url"),
        products: products.into_iter().map(|slot| slot.value).collect(),
        logo: map.string("logo"),
        email: map.string("email"),
    }
}

fn theme_settings(map: &MapReader<'_>) -> tokens::Settings {
    let of_group = |group: tokens::Group| {
        let group_map = map.child(group.as_str());
        let setting = |entry: &Entry| Some(tokens::Setting { group, name: entry.key.clone(), value: group_map.slot(&entry.key.value)? });
        group_map.entries().iter().filter_map(setting).collect::<Vec<_>>()
    };
    tokens::Settings { logo: map.string("logo"), tokens: tokens::Group::ALL.into_iter().flat_map(of_group).collect() }
}

fn audiences(map: &MapReader<'_>) -> BTreeMap<String, DeclaredAudience> {
    map.children("audiences").map(audience).map(|entry| (entry.id.value.clone(), entry)).collect()
}

fn all_series(map: &MapReader<'_>) -> BTreeMap<String, DeclaredSeries> {
    map.children("series").map(series).map(|entry| (entry.id.value.clone(), entry)).collect()
}

fn topics(map: &MapReader<'_>) -> BTreeMap<String, DeclaredTopic> {
    map.children("topics").map(|(slug, map)| (slug.value, topic(&map))).collect()
}

fn audience((id, map): (Slot, MapReader<'_>)) -> DeclaredAudience {
    DeclaredAudience {
        id,
        title: map.string("title"),
        slots: AudienceSlots::read(&map),
        agreed: map.spanned("agreed", |node| agreed(&map, node)),
    }
}

fn agreed(map: &MapReader<'_>, node: &Node) -> Option<Agreed> {
    let agreed = map.child("agreed");
    matches!(node.value, Value::Map(_)).then(|| Agreed { by: agreed.slot("by"), on: agreed.spanned_date("on") })
}

fn series((id, map): (Slot, MapReader<'_>)) -> DeclaredSeries {
    DeclaredSeries { id, title: map.string("title"), description: map.string("description") }
}

fn topic(map: &MapReader<'_>) -> DeclaredTopic {
    DeclaredTopic { title: map.string("title"), description: map.string("description") }
}

fn markdown(map: &MapReader<'_>) -> MarkdownOptions {
    let is_on = |key| map.boolean(key).is_none_or(|field| field.value);
    MarkdownOptions { raw_html: is_on("raw_html"), smart_punctuation: is_on("smart_punctuation"), highlight: is_on("highlight") }
}
