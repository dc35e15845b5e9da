//! The themes that the binary carries: `themes/insight/…` and the others, for sites that have no copy of them.

/// The name of the theme that a site has unless it names another.
pub const THEME: &str = "insight";

/// Path and bytes of every embedded file, sorted by path.
pub fn files() -> &'static [(&'static str, &'static [u8])] {
    FILES
}

/// Path and bytes of every file of an embedded theme; none if there is no such theme.
pub fn files_of(theme: &str) -> impl Iterator<Item = &'static (&'static str, &'static [u8])> {
    FILES.iter().filter(move |(path, _)| theme_of(path) == theme)
}

/// The names of the embedded themes.
pub fn themes() -> Vec<&'static str> {
    let mut themes: Vec<&str> = FILES.iter().map(|(path, _)| theme_of(path)).collect();
    themes.dedup();
    themes
}

fn theme_of(path: &'static str) -> &'static str {
    path.split('/').nth(1).unwrap_or_default()
}

const FILES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/theme_files.rs"));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_themes_are_carried_with_all_they_need() {
        assert_eq!(themes(), ["insight", "ledger"]);
        for theme in themes() {
            for file in ["theme.toml", "templates/piece.html", "static/css/main.css", "i18n/en.toml"] {
                let path = format!("themes/{theme}/{file}");
                assert!(files_of(theme).any(|(known, _)| *known == path), "{path}");
            }
        }
        assert_eq!(files_of("gone").count(), 0);
    }
}
