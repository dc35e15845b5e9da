//! The tokens of a theme: what `theme.toml` offers, what `[theme]` of `site.toml` sets, and the style sheet
//! that both come to.
//!
//! A token is a custom property of the theme's style sheet (`--ink`, `--font-text`, `--measure`) or a choice of
//! layout, which templates see. Colours are held against each other: text that cannot be read is a finding.

use super::toml;
use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::file_text::FileText;
use crate::base::fingerprint::Fingerprint;
use crate::base::map_reader::{MapReader, many};
use crate::base::node::{Node, Value};
use crate::base::path::{OutputPath, SourcePath, UrlPath};
use crate::base::spanned::Spanned;
use crate::base::suggest::did_you_mean;
use std::collections::BTreeMap;

/// `[theme]` besides its name.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Settings {
    /// A path in `static/`, instead of the publisher's.
    pub logo: Option<String>,
    /// The tokens set, in the order written.
    pub tokens: Vec<Setting>,
}

/// One token that a site sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    pub group: Group,
    pub name: Spanned<String>,
    pub value: Spanned<String>,
}

/// What a token is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    Light,
    Dark,
    Fonts,
    Layout,
}

impl Group {
    /// Every group, in the order of the style sheet.
    pub const ALL: [Self; 4] = [Self::Light, Self::Dark, Self::Fonts, Self::Layout];

    /// Its table in `[theme]` and in `theme.toml`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
            Self::Fonts => "fonts",
            Self::Layout => "layout",
        }
    }
}

/// What the tokens of a theme and a site come to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Style {
    /// Custom properties in place of the theme's own; empty when the site sets none.
    pub css: String,
    /// Every layout token with its value.
    pub layout: BTreeMap<String, String>,
    /// The colour of the paper, light and dark, if the theme has one.
    pub paper: (Option<String>, Option<String>),
}

impl Style {
    /// Where the style sheet is written, named by its bytes; `None` when there is none.
    pub fn url(&self) -> Option<UrlPath> {
        let name = format!("css/theme.{}.css", Fingerprint::of(self.css.as_bytes()).short());
        OutputPath::new(&name).filter(|_| !self.css.is_empty()).map(|path| UrlPath::file(&path))
    }
}

/// The tokens that a theme offers, by group and name, with their own values.
#[derive(Debug, Default)]
struct Offered {
    values: BTreeMap<(Group, String), String>,
    /// The values that a choice may have.
    choices: BTreeMap<String, Vec<String>>,
    /// Which colour must be readable on which, and by how much.
    pairs: Vec<(String, String, f64)>,
}

/// The ratio that WCAG AA asks of text.
const AA: f64 = 4.5;

/// Joins `theme.toml` and `[theme]`; what the site sets and cannot is a finding in `config`.
pub fn style(theme: Option<FileText<'_>>, settings: &Settings, config: &SourcePath) -> (Style, Vec<Diagnostic>) {
    let offered = theme.map(offered).unwrap_or_default();
    let mut findings = Vec::new();
    let mut set: BTreeMap<(Group, String), &Setting> = BTreeMap::new();
    for setting in &settings.tokens {
        match fault(setting, &offered, config) {
            Some(finding) => findings.push(finding),
            None => {
                set.insert((setting.group, setting.name.value.clone()), setting);
            }
        }
    }
    let value = |group: Group, name: &str| {
        let key = (group, name.to_owned());
        set.get(&key).map(|setting| setting.value.value.trim().to_owned()).or_else(|| offered.values.get(&key).cloned())
    };
    findings.extend(contrasts(&offered, &set, &value, config));
    let names = offered.values.keys().filter(|(group, _)| *group == Group::Layout);
    let layout = names.filter_map(|(group, name)| Some((name.clone(), value(*group, name)?))).collect();
    let paper = (value(Group::Light, "paper"), value(Group::Dark, "paper"));
    (Style { css: css(&set, &offered), layout, paper }, findings)
}

fn offered(theme: FileText<'_>) -> Offered {
    let (root, _) = toml::read(theme);
    let tokens = MapReader::new(&root, theme.text).child("tokens");
    let mut offered = Offered::default();
    for group in Group::ALL {
        for entry in tokens.child(group.as_str()).entries() {
            let texts: Vec<String> = many(&entry.node).iter().filter_map(text).collect();
            let Some(first) = texts.first() else { continue };
            offered.values.insert((group, entry.key.value.clone()), first.clone());
            if matches!(entry.node.value, Value::List(_)) {
                offered.choices.insert(entry.key.value.clone(), texts);
            }
        }
    }
    for pair in tokens.slots("contrast").map(|field| field.value).unwrap_or_default() {
        let words: Vec<&str> = pair.value.split_whitespace().collect();
        if let [above, "on", below, rest @ ..] = words.as_slice() {
            let ratio = rest.first().and_then(|ratio| ratio.parse().ok()).unwrap_or(AA);
            offered.pairs.push(((*above).to_owned(), (*below).to_owned(), ratio));
        }
    }
    offered
}

fn text(node: &Node) -> Option<String> {
    if let Value::Text(text) = &node.value { Some(text.clone()) } else { None }
}

/// What is wrong with one setting by itself.
fn fault(setting: &Setting, offered: &Offered, config: &SourcePath) -> Option<Diagnostic> {
    let (name, value) = (setting.name.value.as_str(), setting.value.value.trim());
    let group = setting.group.as_str();
    if !offered.values.contains_key(&(setting.group, name.to_owned())) {
        let known: Vec<&str> = offered.values.keys().filter(|(known, _)| *known == setting.group).map(|(_, name)| name.as_str()).collect();
        let help = did_you_mean(name, known.iter().copied()).unwrap_or_else(|| match known.is_empty() {
            true => format!("the theme has no tokens for `{group}`"),
            false => format!("it has {}", known.join(", ")),
        });
        let message = format!("the theme has no token `{name}` under `{group}`");
        return Some(Diagnostic::error("theme-token-unknown", Place::new(config, setting.name.range.clone()), message).help(help));
    }
    let help = match setting.group {
        Group::Light | Group::Dark if colour(value).is_none() => Some("write a colour as `#1c3f94`".to_owned()),
        Group::Fonts if !is_plain(value) => Some("write font families in their order, as `Georgia, \"Times New Roman\", serif`".to_owned()),
        Group::Layout => match offered.choices.get(name) {
            Some(choices) if !choices.iter().any(|choice| choice == value) => Some(format!("write one of {}", choices.join(", "))),
            Some(_) => None,
            None => (!is_length(value)).then(|| "write a length as `38rem`".to_owned()),
        },
        Group::Light | Group::Dark | Group::Fonts => None,
    };
    help.map(|help| {
        let message = format!("`{}` cannot be the value of `{name}`", value.escape_debug());
        Diagnostic::error("theme-token-invalid", Place::new(config, setting.value.range.clone()), message).help(help)
    })
}

/// Text that the colours of the site make hard to read. The theme's own pairs are the theme's affair.
fn contrasts(
    offered: &Offered,
    set: &BTreeMap<(Group, String), &Setting>,
    value: &dyn Fn(Group, &str) -> Option<String>,
    config: &SourcePath,
) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for group in [Group::Light, Group::Dark] {
        for (above, below, wanted) in &offered.pairs {
            let culprit = set.get(&(group, above.clone())).or_else(|| set.get(&(group, below.clone())));
            let colours = value(group, above).zip(value(group, below));
            let ratio = colours.as_ref().and_then(|(above, below)| Some(contrast(colour(above)?, colour(below)?)));
            let (Some(setting), Some(ratio)) = (culprit, ratio.filter(|ratio| ratio < wanted)) else { continue };
            let place = Place::new(config, setting.value.range.clone());
            // Rounded down, so that no ratio that falls short is printed as one that does not.
            let shown = (ratio * 10.0).floor() / 10.0;
            let message = format!("`{above}` on `{below}` has a contrast of {shown} in {}, and readers need {wanted}", group.as_str());
            findings.push(Diagnostic::warning("theme-contrast-low", place, message).help("make one of the two lighter or darker"));
        }
    }
    findings
}

fn css(set: &BTreeMap<(Group, String), &Setting>, offered: &Offered) -> String {
    let declarations = |groups: &[Group]| -> String {
        let of_groups = set.iter().filter(|((group, name), _)| groups.contains(group) && !offered.choices.contains_key(name));
        let line = |((group, name), setting): (&(Group, String), &&Setting)| {
            let prefix = if *group == Group::Fonts { "font-" } else { "" };
            format!("--{prefix}{name}:{};", setting.value.value.trim())
        };
        of_groups.map(line).collect()
    };
    let block = |inner: String| if inner.is_empty() { inner } else { format!(":root{{{inner}}}\n") };
    // The sheet comes after the theme's own, so the dark half must be said again where light was set.
    let light = block(declarations(&[Group::Light, Group::Fonts, Group::Layout]));
    let dark_names = set.keys().filter(|(group, _)| *group == Group::Light).map(|(_, name)| name);
    let restored: String = dark_names
        .filter(|name| !set.contains_key(&(Group::Dark, (*name).clone())))
        .filter_map(|name| Some(format!("--{name}:{};", offered.values.get(&(Group::Dark, name.clone()))?)))
        .collect();
    let dark = block(restored + &declarations(&[Group::Dark]));
    let print = print_restored(set, offered);
    let dark = if dark.is_empty() { dark } else { format!("@media (prefers-color-scheme:dark){{{dark}}}\n") };
    light + &dark + &print
}

/// Paper is white whatever the screen: the sheet's colours hold on screens only.
fn print_restored(set: &BTreeMap<(Group, String), &Setting>, offered: &Offered) -> String {
    let is_colour = set.keys().any(|(group, _)| matches!(group, Group::Light | Group::Dark));
    let colours = offered.values.keys().filter(|(group, _)| *group == Group::Light);
    let value = |name: &str| match name {
        "paper" | "panel" | "marker" => "#fff",
        "hair" => "#bbb",
        "soft" => "#333",
        _ => "#000",
    };
    let inner: String = colours.filter(|_| is_colour).map(|(_, name)| format!("--{name}:{};", value(name))).collect();
    if inner.is_empty() { inner } else { format!("@media print{{:root{{{inner}}}}}\n") }
}

/// `#rgb` and `#rrggbb`.
fn colour(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#')?;
    let digit = |at: usize, len: usize| u8::from_str_radix(digits.get(at..at + len)?, 16).ok();
    match digits.len() {
        3 => Some([digit(0, 1)? * 17, digit(1, 1)? * 17, digit(2, 1)? * 17]),
        6 => Some([digit(0, 2)?, digit(2, 2)?, digit(4, 2)?]),
        _ => None,
    }
}

/// The contrast of two colours as WCAG 2 counts it, from 1 to 21.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(colour: [u8; 3]) -> f64 {
    let linear = colour.map(|part| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
}

/// True for text that ends no declaration.
fn is_plain(value: &str) -> bool {
    !value.is_empty() && !value.contains([';', '{', '}', '<', '>', '\\', '\n', '(', ')']) && value.matches('"').count().is_multiple_of(2)
}

fn is_length(value: &str) -> bool {
    let number = value.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '%');
    let unit = &value[number.len()..];
    number.parse::<f64>().is_ok_and(|number| number.is_finite() && number >= 0.0) && ["rem", "em", "px", "ch", "vw", "%"].contains(&unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    const THEME: &str = "[tokens]\ncontrast = [\"ink on paper\"]\n[tokens.light]\npaper = \"#fff\"\nink = \"#111\"\n\
                         [tokens.dark]\npaper = \"#111\"\nink = \"#eee\"\n[tokens.fonts]\ntext = \"serif\"\n\
                         [tokens.layout]\nmeasure = \"35rem\"\nmasthead = [\"split\", \"centre\"]\n";

    /// Setting one token comes to this style sheet, or to this finding.
    fn check(group: Group, name: &str, value: &str, expected: Result<&str, &str>) {
        let path = SourcePath::new("theme.toml").unwrap();
        let spanned = |text: &str| Spanned::new(text.to_owned(), 0..0);
        let settings = Settings { logo: None, tokens: vec![Setting { group, name: spanned(name), value: spanned(value) }] };
        let (style, findings) = style(Some(FileText { path: &path, text: THEME }), &settings, &path);
        match expected {
            Ok(part) => assert!(findings.is_empty() && style.css.contains(part), "{findings:?} {}", style.css),
            Err(rule) => assert_eq!(findings.iter().map(|finding| finding.rule).collect::<Vec<_>>(), [rule], "{name} {value}"),
        }
    }

    #[test]
    fn tokens_become_properties_or_findings() {
        check(Group::Light, "ink", "#123", Ok(":root{--ink:#123;}\n@media (prefers-color-scheme:dark){:root{--ink:#eee;}"));
        check(Group::Dark, "ink", "#fff", Ok("@media (prefers-color-scheme:dark){:root{--ink:#fff;}"));
        check(Group::Fonts, "text", "Georgia, \"A B\", serif", Ok(":root{--font-text:Georgia, \"A B\", serif;}"));
        check(Group::Layout, "measure", "38.5rem", Ok("--measure:38.5rem;"));
        check(Group::Layout, "masthead", "centre", Ok(""));
        check(Group::Light, "inc", "#123", Err("theme-token-unknown"));
        check(Group::Light, "ink", "red; }", Err("theme-token-invalid"));
        check(Group::Light, "ink", "#aaa", Err("theme-contrast-low"));
        check(Group::Fonts, "text", "a}b{", Err("theme-token-invalid"));
        check(Group::Layout, "measure", "calc(1px)", Err("theme-token-invalid"));
        check(Group::Layout, "masthead", "left", Err("theme-token-invalid"));
    }

    #[test]
    fn contrast_is_counted_as_wcag_does() {
        assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 1e-9);
        assert!((contrast([0x77; 3], [255; 3]) - 4.478).abs() < 0.001);
    }
}
