//! What an earlier build made, by all that it was made from: what would come out the same is not made again.
//!
//! Kept in the cache, where nothing is trusted: a file counts as made only while it stands as that build wrote it,
//! and anything that was found in the making is found again.

use crate::base::fingerprint::{Fingerprint, FingerprintBuilder};
use crate::base::path::OutputPath;
use crate::model::{Face, Kind, PageId, Site};
use crate::output::Texts;
use crate::output::plan::Entry;
use crate::world::Stamp;
use crate::world::cache::Cache;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

/// The key under which it is kept. The number counts changes of its form.
const MEMORY: &str = "made1";

/// The outputs of a build that nothing was wrong with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Made {
    files: BTreeMap<OutputPath, Known>,
}

/// One output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Known {
    /// The hash of all that it was made from.
    pub inputs: Fingerprint,
    /// Its file, as it was written.
    pub stamp: Stamp,
}

impl Made {
    /// What is known of the last build; nothing if there was none.
    pub fn remembered(cache: &dyn Cache) -> Self {
        let memory = cache.get(MEMORY).and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        Self { files: memory.lines().filter_map(line_to_known).collect() }
    }

    /// Writes it down for the next build.
    pub fn remember(&self, cache: &dyn Cache) {
        if !cache.keeps() {
            return;
        }
        let mut memory = String::with_capacity(self.files.len() * 120);
        for (path, Known { inputs, stamp }) in &self.files {
            let is_plain = !path.as_str().contains(['\n', '\r']);
            if is_plain {
                writeln!(memory, "{inputs} {stamp} {path}").expect("a string takes all that is written");
            }
        }
        cache.put(MEMORY, memory.as_bytes());
    }

    /// One output.
    pub fn get(&self, path: &OutputPath) -> Option<&Known> {
        self.files.get(path)
    }
}

impl FromIterator<(OutputPath, Known)> for Made {
    fn from_iter<I: IntoIterator<Item = (OutputPath, Known)>>(files: I) -> Self {
        Self { files: files.into_iter().collect() }
    }
}

fn line_to_known(line: &str) -> Option<(OutputPath, Known)> {
    let mut words = line.splitn(5, ' ');
    let inputs = Fingerprint::parse(words.next()?)?;
    let stamp = Stamp::read(&mut words)?;
    Some((OutputPath::new(words.next()?)?, Known { inputs, stamp }))
}

/// Says what each output of one outcome is made from.
pub struct InputsOf<'a> {
    site: &'a Site,
    /// All that every output may depend on: the program, the settings, the theme, and how the site is laid out.
    common: Fingerprint,
    /// The texts of all pages.
    all: Fingerprint,
}

impl<'a> InputsOf<'a> {
    /// `settings` is the hash of the program, its options, and every file that is no page.
    /// `said_everywhere` is that of the leak guard.
    pub fn new(site: &'a Site, settings: Fingerprint, said_everywhere: Fingerprint) -> Self {
        let mut common = FingerprintBuilder::default();
        common.add(settings.as_bytes()).add(said_everywhere.as_bytes());
        // Whoever adds to a face need not think of this: all that it says of itself counts.
        let hash = |face: &Arc<Face>| Fingerprint::of(&postcard::to_stdvec(&**face).expect("a face is numbers and texts"));
        let faces: Vec<Fingerprint> = site.faces.par_iter().map(hash).collect();
        for face in faces {
            common.add(face.as_bytes());
        }
        // What others show of people and pages, the leak guard reads of gated pieces, and links find of those
        // that are not published, is more than faces say; none of these is changed often.
        let is_seen_by_others = |page: &&crate::model::Page| page.kind != Kind::Piece || page.is_gated();
        for page in site.pages.iter().filter(is_seen_by_others) {
            common.add(page.document.fingerprint.as_bytes());
        }
        for page in &site.withheld {
            common.add(page.document.path.as_str().as_bytes()).add(page.document.fingerprint.as_bytes());
        }
        let mut all = FingerprintBuilder::default();
        for page in &site.pages {
            all.add(page.document.fingerprint.as_bytes());
        }
        Self { site, common: common.finish(), all: all.finish() }
    }

    /// The hash of all that an output is made from.
    pub fn of(&self, path: &OutputPath, entry: &Entry) -> Fingerprint {
        let mut inputs = FingerprintBuilder::default();
        inputs.add(self.common.as_bytes()).add(entry.format.name().as_bytes()).add(path.as_str().as_bytes());
        let mut text = |id: PageId| {
            inputs.add(self.site.page(id).document.fingerprint.as_bytes());
        };
        match entry.texts() {
            Texts::None => {}
            Texts::Page(id) => text(id),
            Texts::Feed(scope) => self.site.feed_pieces(scope).into_iter().for_each(text),
            Texts::All => {
                inputs.add(self.all.as_bytes());
            }
        }
        inputs.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::cache::MemoryCache;

    #[test]
    fn what_is_written_down_is_read_back_and_the_rest_is_nothing() {
        let stamp = Stamp { len: 7, modified: -5, identity: u64::MAX };
        let known = Known { inputs: Fingerprint::of(b"x"), stamp };
        let paths = ["index.html", "a b/#c/index.html", "é.html"].map(|path| OutputPath::new(path).unwrap());
        let made: Made = paths.into_iter().map(|path| (path, known)).collect();
        let cache = MemoryCache::default();
        made.remember(&cache);
        assert_eq!(Made::remembered(&cache), made);
        cache.put(MEMORY, b"\nindex.html\n0 0 0 0 0\n\xff");
        assert_eq!(Made::remembered(&cache), Made::default());
    }
}
