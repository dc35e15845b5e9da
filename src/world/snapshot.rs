//! A snapshot: every file of a site that the build reads, at one moment, with its fingerprint.
//!
//! A file is read again only when its stamp has moved, and hashed when it was read. Text is kept,
//! for it is parsed; of other files only the fingerprint and an image's size are.

use super::cache::Cache;
use super::embedded;
use super::times::{TICK, now};
use super::{Listing, Refused, Stamp, World, WorldError};
use crate::base::fingerprint::Fingerprint;
use crate::base::kept_text::{KeptText, Shelf};
use crate::base::path::SourcePath;
use crate::imaging::{self, Head, Misfit};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The folders of a site that are read whole, besides its configuration.
const FOLDERS: [&str; 5] = ["content", "templates", "static", "data", "i18n"];

/// Every file of a site at one moment.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    files: BTreeMap<SourcePath, File>,
    refused: Vec<Refused>,
    /// One file may have two names, so that word of one is not word of the other.
    has_links: bool,
}

/// One file of a snapshot.
#[derive(Debug, Clone)]
pub struct File {
    /// The hash of its bytes.
    pub fingerprint: Fingerprint,
    /// What it holds, kept for those that are parsed.
    pub contents: Option<Contents>,
    /// The size of an image whose head could be read.
    pub image: Option<Head>,
    /// What a file of `content/` is that has an image's name and is none that can be shown.
    pub misfit: Option<Misfit>,
    /// `None` for a file that the binary carries, and for one that was still being written to when it
    /// was read: it may change again and keep its stamp.
    stamp: Option<Stamp>,
    origin: Origin,
}

/// What a file holds. Its text is shared by all who read it: a large site is in memory once.
#[derive(Debug, Clone)]
pub enum Contents {
    Text(KeptText),
    /// Bytes that are no UTF-8.
    Undecodable(Arc<[u8]>),
}

impl Contents {
    /// The text, with anything undecodable replaced.
    pub fn text(&self) -> Arc<String> {
        match self {
            Self::Text(text) => text.get(),
            Self::Undecodable(bytes) => Arc::new(String::from_utf8_lossy(bytes).into_owned()),
        }
    }

    /// The same, for who may never ask for it.
    pub fn kept(&self, path: &SourcePath) -> KeptText {
        match self {
            Self::Text(text) => text.clone(),
            Self::Undecodable(_) => KeptText::fixed(path, &self.text()),
        }
    }

    /// Its bytes, in number.
    pub fn size(&self) -> usize {
        match self {
            Self::Text(text) => text.len(),
            Self::Undecodable(bytes) => bytes.len(),
        }
    }
}

/// How a site differs from what it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// In nothing.
    Nothing,
    /// In the text of these pages, which were there before.
    Texts(Vec<SourcePath>),
    /// Files came or went, or something changed that is no page.
    Otherwise,
}

impl File {
    /// How the file stood when it was read, as long as its stamp tells of the next change.
    pub fn stamp(&self) -> Option<Stamp> {
        self.stamp
    }
}

impl Moved {
    fn of_changed(changed: Vec<SourcePath>) -> Self {
        match changed {
            none if none.is_empty() => Self::Nothing,
            texts if texts.iter().all(is_page) => Self::Texts(texts),
            _ => Self::Otherwise,
        }
    }
}

/// Where a file's bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    World,
    Binary,
}

impl Snapshot {
    /// Looks at one site again; what has not moved since `before` is taken from it.
    ///
    /// Pages whose stamp tells of the next change can be let go of where there is a shelf.
    pub fn take(
        world: &dyn World,
        (config, theme): (&SourcePath, Option<&str>),
        before: &Self,
        shelf: Option<&Arc<Shelf>>,
    ) -> Result<Self, WorldError> {
        let now = now();
        let Listing { files: wanted, refused, has_links } = list(world, config, theme)?;
        let read: Vec<Result<Option<(SourcePath, File)>, WorldError>> =
            wanted.par_iter().map(|(path, stamp)| read_file(world, path, Seen { stamp: *stamp, at: now }, (before, shelf))).collect();
        let read: Vec<Option<(SourcePath, File)>> = read.into_iter().collect::<Result<_, _>>()?;
        // Built at once: in turn, each of many files would be looked for its place.
        let files = embedded_files(theme).into_iter().chain(read.into_iter().flatten()).collect();
        Ok(Self { files, refused, has_links })
    }

    /// How this snapshot differs from an earlier one.
    pub fn moved_since(&self, before: &Self) -> Moved {
        if self.refused != before.refused || !self.files.keys().eq(before.files.keys()) {
            return Moved::Otherwise;
        }
        let pairs = self.files.iter().zip(before.files.values());
        let changed = pairs.filter(|((_, now), then)| now.fingerprint != then.fingerprint || now.origin != then.origin);
        Moved::of_changed(changed.map(|((path, _), _)| path.clone()).collect())
    }

    /// Looks at these paths alone and takes in what has changed there, as long as it is the text of
    /// files that are known; for anything else, [`Snapshot::take`] has to look.
    pub fn refresh(&mut self, world: &dyn World, paths: &BTreeSet<SourcePath>) -> Result<Moved, WorldError> {
        if self.has_links {
            return Ok(Moved::Otherwise);
        }
        let mut changed = Vec::new();
        for path in paths {
            let at = now();
            let Some(known) = self.files.get(path).filter(|file| file.origin == Origin::World) else {
                match self.is_of_no_matter(world, path)? {
                    true => continue,
                    false => return Ok(Moved::Otherwise),
                }
            };
            let Some(stamp) = world.stamp(path)? else { return Ok(Moved::Otherwise) };
            if known.stamp == Some(stamp) {
                continue;
            }
            let Some(bytes) = world.read(path)? else { return Ok(Moved::Otherwise) };
            let file = file_of(path, bytes, (Seen { stamp, at }.settled(), Origin::World), None);
            if file.fingerprint != known.fingerprint {
                changed.push(path.clone());
            }
            self.files.insert(path.clone(), file);
        }
        Ok(Moved::of_changed(changed))
    }

    /// True for a path that no site has and that nothing known stands below: an editor's own file, or
    /// one that came and went.
    fn is_of_no_matter(&self, world: &dyn World, path: &SourcePath) -> Result<bool, WorldError> {
        if world.is_litter(path) {
            return Ok(true);
        }
        let is_known_folder = self.files.keys().any(|known| known.strip(path.as_str()).is_some());
        let is_refused = self.refused.iter().any(|refused| refused.path == *path);
        Ok(!is_known_folder && !is_refused && !world.exists(path)?)
    }

    /// The files that were still being written to when they were read: they may change and keep their stamp.
    pub fn untrusted(&self) -> BTreeSet<SourcePath> {
        let untrusted = self.files.iter().filter(|(_, file)| file.stamp.is_none() && file.origin == Origin::World);
        untrusted.map(|(path, _)| path.clone()).collect()
    }

    /// Whether the site is no longer as this snapshot found it; reads only what had no trusted stamp.
    pub fn has_moved(&self, world: &dyn World, config: &SourcePath, theme: Option<&str>) -> Result<bool, WorldError> {
        let Listing { files: listed, refused, .. } = list(world, config, theme)?;
        let n_known = self.files.values().filter(|file| file.origin == Origin::World).count();
        if listed.len() != n_known || refused != self.refused {
            return Ok(true);
        }
        for (path, stamp) in &listed {
            let Some(file) = self.files.get(path).filter(|file| file.origin == Origin::World) else { return Ok(true) };
            let is_as_known = match file.stamp {
                Some(known) => known == *stamp,
                None => world.read(path)?.is_some_and(|bytes| Fingerprint::of(&bytes) == file.fingerprint),
            };
            if !is_as_known {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// True if every file had stood long enough for its stamp to tell of the next change.
    pub fn is_settled(&self) -> bool {
        self.files.values().all(|file| file.stamp.is_some() || file.origin == Origin::Binary)
    }

    /// One file.
    pub fn get(&self, path: &SourcePath) -> Option<&File> {
        self.files.get(path)
    }

    /// Every file, in the order of their paths.
    pub fn all(&self) -> impl Iterator<Item = (&SourcePath, &File)> {
        self.files.iter()
    }

    /// The files below a folder, in the order of their paths.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a SourcePath, &'a File)> {
        self.files.iter().filter(move |(path, _)| path.strip(folder).is_some())
    }

    /// What stands in the site's folders and was not read.
    pub fn refused(&self) -> &[Refused] {
        &self.refused
    }

    /// One hash over all paths and contents below a folder.
    pub fn fingerprint_below(&self, folder: &str) -> Fingerprint {
        let parts = self.below(folder).flat_map(|(path, file)| [path.as_str().as_bytes(), file.fingerprint.as_bytes()]);
        Fingerprint::of_parts(parts)
    }
}

/// Every file that is read, and what stands between them and is not.
fn list(world: &dyn World, config: &SourcePath, theme: Option<&str>) -> Result<Listing, WorldError> {
    let mut all = Listing::default();
    all.files.extend(world.stamp(config)?.map(|stamp| (config.clone(), stamp)));
    let theme_folder = theme.map(|theme| format!("themes/{theme}"));
    for folder in FOLDERS.into_iter().chain(theme_folder.as_deref()) {
        let Some(folder) = SourcePath::new(folder) else { continue };
        let listing = world.list(&folder)?;
        all.files.extend(listing.files);
        all.refused.extend(listing.refused);
        all.has_links |= listing.has_links;
    }
    Ok(all)
}

fn embedded_files(theme: Option<&str>) -> BTreeMap<SourcePath, File> {
    let entry = |(path, bytes): &(&str, &[u8])| {
        let path = SourcePath::new(path).expect("the build script writes plain relative paths");
        (path.clone(), file_of(&path, bytes.to_vec(), (None, Origin::Binary), None))
    };
    theme.into_iter().flat_map(embedded::files_of).map(entry).collect()
}

/// Smaller files are read in no time.
const WORTH_REMEMBERING: u64 = 32 << 10;

/// The key of what is remembered of large files and of pages. The number counts changes of its form.
const MEMORY: &str = "stamps3";

impl Snapshot {
    /// What an earlier process knew of large files that are not parsed, and of pages if there is a shelf to read them
    /// from: those that have not moved need not be read to be known.
    pub fn remembered(cache: &dyn Cache, shelf: Option<&Arc<Shelf>>) -> Self {
        let memory = cache.get(MEMORY).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        Self { files: memory.lines().filter_map(|line| file_of_memory(line, shelf)).collect(), ..Self::default() }
    }

    /// Writes down what is known of large files and of pages.
    pub fn remember(&self, cache: &dyn Cache) {
        let memory: String = self.files.iter().filter_map(|(path, file)| memory_of(path, file)).collect();
        if cache.get(MEMORY).unwrap_or_default() != memory.as_bytes() {
            cache.put(MEMORY, memory.as_bytes());
        }
    }
}

fn memory_of(path: &SourcePath, file: &File) -> Option<String> {
    let is_text = matches!(file.contents, Some(Contents::Text(_)));
    let is_large = |stamp: &Stamp| stamp.len >= WORTH_REMEMBERING && file.contents.is_none();
    let stamp = file.stamp.filter(|stamp| is_large(stamp) || (is_text && is_page(path)))?;
    let image = match (file.misfit, file.image) {
        (Some(misfit), _) => format!("!{}", misfit.code()),
        (None, Some(head)) => format!("{}x{}{}", head.size.0, head.size.1, if head.is_animated { "+" } else { "" }),
        (None, None) => "-".to_owned(),
    };
    let is_plain = !path.as_str().contains(['\n', '\r']);
    is_plain.then(|| format!("{stamp} {} {image} {path}\n", file.fingerprint))
}

fn file_of_memory(line: &str, shelf: Option<&Arc<Shelf>>) -> Option<(SourcePath, File)> {
    let mut words = line.splitn(6, ' ');
    let stamp = Stamp::read(&mut words)?;
    let mut next = || words.next();
    let fingerprint = Fingerprint::parse(next()?)?;
    let mut misfit = None;
    let image = match next()? {
        "-" => None,
        code if code.starts_with('!') => {
            misfit = Some(Misfit::from_code(code.chars().nth(1)?)?);
            None
        }
        head => {
            let (size, is_animated) = head.strip_suffix('+').map_or((head, false), |size| (size, true));
            let (width, height) = size.split_once('x')?;
            Some(Head { size: (width.parse().ok()?, height.parse().ok()?), is_animated, n_bytes: stamp.len })
        }
    };
    let path = SourcePath::new(next()?)?;
    let contents = if is_page(&path) {
        let known = (usize::try_from(stamp.len).ok()?, fingerprint);
        Some(Contents::Text(KeptText::unread(&path, known, Arc::clone(shelf?))))
    } else {
        None
    };
    Some((path, File { fingerprint, contents, image, misfit, stamp: Some(stamp), origin: Origin::World }))
}

/// A file's stamp, and the moment of the look.
#[derive(Clone, Copy)]
struct Seen {
    stamp: Stamp,
    /// In nanoseconds since 1970.
    at: i128,
}

impl Seen {
    /// The stamp, if it is old enough for a later write to have another one.
    fn settled(self) -> Option<Stamp> {
        (self.stamp.modified + TICK <= self.at || self.stamp.modified > self.at).then_some(self.stamp)
    }
}

fn read_file(
    world: &dyn World,
    path: &SourcePath,
    seen: Seen,
    (before, shelf): (&Snapshot, Option<&Arc<Shelf>>),
) -> Result<Option<(SourcePath, File)>, WorldError> {
    if let Some(known) = before.files.get(path).filter(|file| file.stamp == Some(seen.stamp)) {
        return Ok(Some((path.clone(), known.clone())));
    }
    let bytes = world.read(path)?;
    Ok(bytes.map(|bytes| (path.clone(), file_of(path, bytes, (seen.settled(), Origin::World), shelf))))
}

fn file_of(path: &SourcePath, bytes: Vec<u8>, (stamp, origin): (Option<Stamp>, Origin), shelf: Option<&Arc<Shelf>>) -> File {
    let fingerprint = Fingerprint::of(&bytes);
    let misfit = path.strip("content").and_then(|_| imaging::misfit(path.file_name(), &bytes));
    let image = imaging::head(path.file_name(), &bytes).filter(|_| misfit.is_none());
    let is_read = is_parsed(path) || (is_table(path) && bytes.len() <= MAX_TABLE);
    let shelf = shelf.filter(|_| is_page(path) && stamp.is_some());
    let contents = is_read.then(|| match String::from_utf8(bytes) {
        Ok(text) => Contents::Text(KeptText::read(path, (Arc::new(text), fingerprint), shelf.cloned())),
        Err(error) => Contents::Undecodable(error.into_bytes().into()),
    });
    File { fingerprint, contents, image, misfit, stamp, origin }
}

/// Larger tables are not read: what a page shows is read by people.
const MAX_TABLE: usize = 1 << 20;

/// Tables beside pieces, which charts are drawn from.
fn is_table(path: &SourcePath) -> bool {
    matches!(path.extension().to_ascii_lowercase().as_str(), "csv" | "tsv" | "json") && path.as_str().starts_with("content/")
}

/// Markdown files that pages are made of.
pub fn is_page(path: &SourcePath) -> bool {
    path.strip("content").is_some() && path.extension() == "md"
}

/// Files that some stage reads as text.
fn is_parsed(path: &SourcePath) -> bool {
    let name = path.as_str();
    let is_svg_template = name.ends_with(".svg") && (name.starts_with("templates/") || name.contains("/templates/"));
    let is_template = (name.ends_with(".html") || is_svg_template) && (name.starts_with("templates/") || name.starts_with("themes/"));
    let is_sheet = matches!(path.extension(), "css" | "scss" | "sass") && (name.starts_with("static/") || name.starts_with("themes/"));
    is_page(path) || is_template || is_sheet || name.ends_with(".toml") || name.starts_with("data/")
}
