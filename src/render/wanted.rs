//! What templates ask for: a value that no template names is not made.
//!
//! A theme without structured data should not pay for it on each of ten thousand pages. Names are looked for in
//! the texts of all templates, so a value is made too often rather than too seldom.

use std::collections::HashSet;

/// The names that stand in the templates of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Some template handles `page` as a whole, or asks for a key that is known only when it is rendered.
    Everything,
    Names(HashSet<String>),
}

impl Wanted {
    /// What these templates name, wherever it stands in them.
    pub fn of<'t>(texts: impl Iterator<Item = &'t str> + Clone) -> Self {
        if texts.clone().any(handles_whole_page) {
            return Self::Everything;
        }
        Self::Names(texts.flat_map(names).map(str::to_owned).collect())
    }

    /// True if a template may ask for the value of this name.
    pub fn has(&self, name: &str) -> bool {
        match self {
            Self::Everything => true,
            Self::Names(names) => names.contains(name),
        }
    }
}

fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn names(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_of_name(c)).filter(|name| !name.is_empty())
}

/// True if a tag prints, walks or hands on `page` itself, or all that there is, or takes a key of it that is computed.
fn handles_whole_page(text: &str) -> bool {
    tags(text).any(|tag| tag.contains("__tera_context") || whole_pages(tag))
}

/// What stands between `{{` and `}}`, and between `{%` and `%}`. A tag that is not closed reaches to the end.
fn tags(text: &str) -> impl Iterator<Item = &str> {
    let opened = text.match_indices('{').filter(|(at, _)| text[at + 1..].starts_with(['{', '%']));
    opened.map(|(at, _)| {
        let closing = if text[at + 1..].starts_with('{') { "}}" } else { "%}" };
        let tag = &text[at + 2..];
        &tag[..tag.find(closing).unwrap_or(tag.len())]
    })
}

fn whole_pages(tag: &str) -> bool {
    tag.match_indices("page").any(|(at, page)| {
        let (before, after) = (&tag[..at], &tag[at + page.len()..]);
        let is_name = !before.ends_with(is_of_name) && !after.starts_with(is_of_name);
        // `other.page`, the text "page" and the `@page` of a component's head are something else.
        let is_page =
            is_name && !before.ends_with(['.', '@']) && !(before.ends_with(['"', '\'', '`']) && after.starts_with(['"', '\'', '`']));
        is_page && !is_one_key(after.trim_start())
    })
}

/// True for `.name`, `["name"]` and the same after a question mark.
fn is_one_key(after: &str) -> bool {
    let after = after.strip_prefix('?').unwrap_or(after);
    match after.strip_prefix('[') {
        Some(key) => key.trim_start().starts_with(['"', '\'', '`']) && !key[..key.find(']').unwrap_or(key.len())].contains('~'),
        None => after.starts_with('.'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_templates_that_name_all_keys_go_without_the_rest() {
        let check = |text: &str, wants: bool| assert_eq!(Wanted::of([text].into_iter()).has("share"), wants, "{text}");
        check("<main class=\"page\">{{ page.title }}</main>", false);
        check("{% for topic in page.topics %}{{ topic.title }}{% endfor %}", false);
        check("{{ page[\"title\"] }}{{ page?.title }}{{ other.page }}{% if x == \"page\" %}{% endif %}", false);
        check("{%- component lead(card: map, @page) -%}{%- endcomponent lead -%}", false);
        check("{{ page.share }}", true);
        check("{{ page['share'] }}", true);
        check("{{ page[\"sha\" ~ \"re\"] }}", true);
        check("{{ page[key] }}", true);
        check("{{ page }}", true);
        check("{{ page | json }}", true);
        check("{% for key, value in page %}{{ key }}{% endfor %}", true);
        check("{% set all = page %}{{ all.title }}", true);
        check("{{ <brief page={page} /> }}", true);
        check("{{ __tera_context }}", true);
        check("{{- page", true);
    }
}
