//! Paths as newtypes: where a source stands in the site, where an output stands in `public/`, and
//! where a reader finds it. None of them can leave its root.

use serde::Serialize;
use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A file or folder of the site, relative to its root, with `/` between its parts and no `..`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// Takes a relative path whose parts are plain names; `None` if it could leave the root.
    pub fn new(path: &str) -> Option<Self> {
        let plain = path.split('/').all(|part| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0']));
        (plain || path.is_empty()).then(|| Self(path.into()))
    }

    /// The site's root itself.
    pub fn root() -> Self {
        Self("".into())
    }

    /// The path as text, `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part.
    pub fn file_name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }

    /// The last part without its extension.
    pub fn stem(&self) -> &str {
        let name = self.file_name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The extension of the last part, without the dot.
    pub fn extension(&self) -> &str {
        self.file_name().rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The folder that holds it; the root holds itself.
    pub fn parent(&self) -> Self {
        self.0.rsplit_once('/').map_or_else(Self::root, |(folder, _)| Self(folder.into()))
    }

    /// The path of something below this folder, following `.` and `..`; `None` if it leaves the root.
    pub fn join(&self, relative: &str) -> Option<Self> {
        let mut parts: Vec<&str> = self.0.split('/').filter(|part| !part.is_empty()).collect();
        for part in relative.split('/') {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        Self::new(&parts.join("/"))
    }

    /// The path below `folder`, or `None` if it stands elsewhere.
    pub fn strip(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }
}

/// A file of the output folder, relative to it, with `/` between its parts and no `..`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// Takes a relative path of plain names; `None` if it could leave the output folder or no file
    /// system would hold it.
    pub fn new(path: &str) -> Option<Self> {
        let fits =
            |part: &str| !part.is_empty() && part != "." && part != ".." && part.len() <= 255 && !part.contains(['\\', '\0', '\n', '\r']);
        (path.len() <= 2048 && path.split('/').all(fits)).then(|| Self(path.into()))
    }

    /// The path as text, `/` between its parts.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folders above it: `a`, `a/b` for `a/b/c`.
    pub fn folders(&self) -> impl Iterator<Item = &str> {
        self.0.match_indices('/').map(|(end, _)| &self.0[..end])
    }

    /// The path folded as a case-insensitive file system would see it.
    pub fn folded(&self) -> String {
        self.0.to_lowercase()
    }
}

/// Ordered and told apart by its text.
impl Borrow<str> for OutputPath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// A page or file as a reader reaches it: begins with `/`, without the base URL's own path.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct UrlPath(Arc<str>);

impl UrlPath {
    /// The home page.
    pub fn home() -> Self {
        Self("/".into())
    }

    /// The URL of a page at these segments: `/a/b/`.
    pub fn page<'a>(segments: impl IntoIterator<Item = &'a str>) -> Self {
        let mut url = String::from("/");
        for segment in segments.into_iter().filter(|segment| !segment.is_empty()) {
            url.push_str(segment);
            url.push('/');
        }
        Self(url.into())
    }

    /// The URL of a file in the output folder.
    pub fn file(path: &OutputPath) -> Self {
        Self(format!("/{}", path.as_str()).into())
    }

    /// A page below this page.
    pub fn child(&self, segment: &str) -> Self {
        Self(format!("{}{segment}/", self.0).into())
    }

    /// The URL as text, not percent-encoded.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that a host serves for it: `/a/` is `a/index.html`.
    pub fn output(&self) -> Option<OutputPath> {
        let path = self.0.trim_start_matches('/');
        if path.is_empty() || path.ends_with('/') { OutputPath::new(&format!("{path}index.html")) } else { OutputPath::new(path) }
    }

    /// A file beside the page's `index.html`, such as `index.md` or `feed.xml`.
    pub fn beside(&self, file_name: &str) -> Option<OutputPath> {
        let folder = self.0.trim_start_matches('/');
        let folder = folder.rfind('/').map_or("", |end| &folder[..=end]);
        OutputPath::new(&format!("{folder}{file_name}"))
    }

    /// The URL percent-encoded, as it goes into `href` and feeds.
    pub fn encoded(&self) -> String {
        encode_path(&self.0)
    }
}

/// Percent-encodes a path, leaving its slashes and all unreserved characters as they are.
pub fn encode_path(path: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const PATH: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'`')
        .add(b'{')
        .add(b'}')
        .add(b'%')
        .add(b'[')
        .add(b']')
        .add(b'^')
        .add(b'|')
        .add(b'\\');
    utf8_percent_encode(path, PATH).to_string()
}

macro_rules! as_text {
    ($($name:ident),*) => {$(
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", &*self.0)
            }
        }
    )*};
}

as_text!(SourcePath, OutputPath, UrlPath);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_leaves_its_root() {
        for path in ["../a", "a/../b", "/a", "a//b", "a/./b", "a\\b", "a\0b", "a/"] {
            assert!(SourcePath::new(path).is_none(), "{path:?}");
            assert!(OutputPath::new(path).is_none(), "{path:?}");
        }
        let folder = SourcePath::new("content/insights").unwrap();
        assert_eq!(folder.join("../about.md"), SourcePath::new("content/about.md"));
        assert_eq!(folder.join("../../../about.md"), None);
    }

    #[test]
    fn urls_map_to_files() {
        assert_eq!(UrlPath::home().output().unwrap().as_str(), "index.html");
        assert_eq!(UrlPath::page(["a", "b"]).output().unwrap().as_str(), "a/b/index.html");
        assert_eq!(UrlPath::page(["a"]).beside("feed.xml").unwrap().as_str(), "a/feed.xml");
        assert_eq!(UrlPath::page(["a b", "é%"]).encoded(), "/a%20b/%C3%A9%25/");
    }
}
