//! Files of `content/` that are neither a page nor a file of one: Markdown under a name that is not read, and
//! copies that were put aside. They would be published as they are, with the brief that is meant for nobody.

use crate::base::path::SourcePath;

/// Why a file of content is neither read nor published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stray {
    /// Markdown whose name says so in another way than `.md`; the name that it would be read under.
    Markdown(SourcePath),
    /// A Markdown that holds code, which is run by another program.
    Program,
    /// A copy of another version: `x.bak`, `x.orig`, `x.md.2`.
    PutAside,
}

/// Extensions of Markdown, in lower case.
const MARKDOWN: &[&str] = &["md", "markdown", "mdown", "mdwn", "mkd", "mkdn", "mdtext", "mdtxt"];

/// Extensions of Markdown with code in it.
const PROGRAMS: &[&str] = &["mdx", "qmd", "rmd"];

/// What people and tools put after the name of a version that they keep.
const PUT_ASIDE: &[&str] = &["bak", "backup", "orig", "rej", "old", "save"];

/// What may follow `.md` in the name of a file that is no copy of a page's text.
const OTHER_MEDIA: &[&str] = &["png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "pdf", "csv", "tsv"];

/// Whether a file below `content/` strays there.
pub fn stray(path: &SourcePath) -> Option<Stray> {
    let mut parts = path.file_name().rsplit('.');
    let extension = parts.next().filter(|extension| extension.len() < path.file_name().len())?;
    let is = |known: &[&str], extension: &str| known.iter().any(|known| known.eq_ignore_ascii_case(extension));
    if is(PUT_ASIDE, extension) {
        return Some(Stray::PutAside);
    }
    if is(PROGRAMS, extension) {
        return Some(Stray::Program);
    }
    if is(MARKDOWN, extension) {
        let stem = path.as_str().strip_suffix(extension).filter(|_| extension != "md")?;
        return SourcePath::new(&format!("{stem}md")).map(Stray::Markdown);
    }
    // The first part is the name itself.
    let is_copy = parts.clone().count() > 1 && parts.any(|part| is(MARKDOWN, part) || is(PROGRAMS, part));
    (is_copy && !is(OTHER_MEDIA, extension)).then_some(Stray::PutAside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_a_page_is_no_file_to_copy() {
        let named = |name: &str| Some(Stray::Markdown(SourcePath::new(name).unwrap()));
        for (name, expected) in [
            ("x.md", None),
            ("x.MD", named("x.md")),
            ("a.b/y.Md", named("a.b/y.md")),
            ("w.markdown", named("w.md")),
            ("w.fr.mdown", named("w.fr.md")),
            ("z.mdx", Some(Stray::Program)),
            ("z.Rmd", Some(Stray::Program)),
            ("x.md.bak", Some(Stray::PutAside)),
            ("fees.csv.ORIG", Some(Stray::PutAside)),
            ("x.md.txt", Some(Stray::PutAside)),
            ("x.MD.2", Some(Stray::PutAside)),
            ("x.md.bak.zip", Some(Stray::PutAside)),
            ("x.md.png", None),
            ("md.txt", None),
            ("fees.csv", None),
            ("md", None),
            ("bak", None),
            ("a.bak/photo.jpg", None),
        ] {
            assert_eq!(stray(&SourcePath::new(name).unwrap()), expected, "{name}");
        }
    }
}
