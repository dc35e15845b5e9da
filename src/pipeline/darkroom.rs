//! Where pictures are made: each image is decoded once for all its copies, few at a time, and the copies
//! are kept, so that the next build touches no image that has not changed.

use crate::base::diagnostic::{Diagnostic, Place};
use crate::base::fingerprint::Fingerprint;
use crate::base::path::SourcePath;
use crate::imaging::card::{self, Fonts};
use crate::imaging::{self, Fault, Job, MAX_PIXELS};
use crate::model::{Asset, Picture};
use crate::world::cache::Cache;
use crate::world::{World, WorldError, embedded};
use std::collections::BTreeMap;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// The pixels that are worked on at a time. A decoded photograph takes three bytes for each, and four times as much
/// while it is made smaller; one that has more is worked on alone.
const PIXELS_AT_A_TIME: u64 = 36_000_000;

/// Makes and keeps the copies of images.
pub struct Darkroom {
    world: Arc<dyn World>,
    cache: Arc<dyn Cache>,
    /// One lock for each image that is being worked on.
    in_work: Mutex<BTreeMap<Fingerprint, Arc<Mutex<()>>>>,
    pixels: Mutex<u64>,
    freed: Condvar,
    /// The fonts of cards by the hash of their files, once they have been read.
    fonts: Mutex<Option<(Fingerprint, Arc<Fonts>)>>,
}

impl Darkroom {
    pub fn new(world: Arc<dyn World>, cache: Arc<dyn Cache>) -> Self {
        Self { world, cache, in_work: Mutex::default(), pixels: Mutex::new(0), freed: Condvar::new(), fonts: Mutex::default() }
    }

    /// A social card, drawn from its SVG in these fonts; a finding stands at `place`.
    pub fn card(
        &self,
        svg: &str,
        fonts: &[(SourcePath, Fingerprint)],
        place: &Place,
    ) -> Result<(Vec<u8>, Vec<Diagnostic>), Vec<Diagnostic>> {
        let hashes = fonts.iter().map(|(_, hash)| hash.as_bytes());
        let fonts_key = Fingerprint::of_parts(hashes);
        let key = format!("{}-card-1", Fingerprint::of_parts([svg.as_bytes(), fonts_key.as_bytes()]));
        if let Some(png) = self.cache.get(&key) {
            return Ok((png, Vec::new()));
        }
        let fonts =
            self.fonts(fonts, fonts_key).map_err(|error| vec![Diagnostic::error("file-unreadable", place.clone(), error.to_string())])?;
        let drawn = card::draw(svg, &fonts);
        let drawn = drawn
            .map_err(|reason| vec![Diagnostic::error("template-error", place.clone(), format!("the card cannot be drawn: {reason}"))])?;
        if drawn.missing.is_empty() {
            self.cache.put(&key, &drawn.png);
            return Ok((drawn.png, Vec::new()));
        }
        let message = format!("the social card has no letters for `{}`", drawn.missing);
        let help = "put a font that has them into the `fonts/` folder of the theme, or give the piece an `image`";
        Ok((drawn.png, vec![Diagnostic::warning("card-letters-missing", place.clone(), message).help(help)]))
    }

    fn fonts(&self, files: &[(SourcePath, Fingerprint)], key: Fingerprint) -> Result<Arc<Fonts>, WorldError> {
        let mut kept = lock(&self.fonts);
        if let Some((known, fonts)) = &*kept
            && *known == key
        {
            return Ok(Arc::clone(fonts));
        }
        let read = |(path, _): &(SourcePath, Fingerprint)| {
            let carried = || embedded::files().iter().find(|(known, _)| *known == path.as_str()).map(|(_, bytes)| bytes.to_vec());
            let bytes = self.world.read(path)?.or_else(carried);
            bytes.ok_or_else(|| WorldError::new("read", path, "it was there a moment ago and is gone"))
        };
        let fonts = Arc::new(Fonts::new(files.iter().map(read).collect::<Result<_, _>>()?));
        *kept = Some((key, Arc::clone(&fonts)));
        Ok(fonts)
    }

    /// What is kept between runs.
    pub fn cache(&self) -> &dyn Cache {
        &*self.cache
    }

    /// A picture without its metadata, or a copy of it.
    pub fn make(&self, asset: &Asset, job: Option<Job>) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let Some(job) = job else {
            let bytes = self.read(asset)?;
            self.try_decode(asset, &bytes)?;
            return Ok(imaging::strip(&bytes).into_owned());
        };
        let kept = || self.cache.get(&key(asset, &job));
        if let Some(copy) = kept() {
            return Ok(copy);
        }
        let lock = Arc::clone(lock(&self.in_work).entry(asset.fingerprint).or_default());
        let made = {
            let _mine = lock.lock().unwrap_or_else(PoisonError::into_inner);
            // Whoever waited finds what the one before made.
            kept().map_or_else(|| self.develop(asset, job), Ok)
        };
        lock_free(&self.in_work, asset.fingerprint, lock);
        made
    }

    /// Decodes an image of which no copy is made: others are decoded for theirs. What was found whole stays so.
    fn try_decode(&self, asset: &Asset, bytes: &[u8]) -> Result<(), Vec<Diagnostic>> {
        let key = format!("{}-whole-1", asset.fingerprint);
        let has_copies = asset.picture.as_ref().is_some_and(|picture| picture.jobs().next().is_some());
        if has_copies || self.cache.get(&key).is_some() {
            return Ok(());
        }
        let (width, height) = imaging::head(asset.source.file_name(), bytes).map_or((0, 0), |head| head.size);
        let n_pixels = u64::from(width) * u64::from(height);
        if n_pixels > MAX_PIXELS {
            return Err(vec![too_large(&asset.source, n_pixels)]);
        }
        let _worked_on = self.begin(n_pixels);
        imaging::try_decode(bytes).map_err(|fault| vec![finding(&asset.source, fault, n_pixels)])?;
        self.cache.put(&key, b"whole");
        Ok(())
    }

    /// Decodes an image and makes every copy of it, for they will all be asked for.
    fn develop(&self, asset: &Asset, wanted: Job) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let (width, height) = asset.dimensions.unwrap_or_default();
        let bytes = self.read(asset)?;
        let head = imaging::head(asset.source.file_name(), &bytes);
        let (width, height) = head.map_or((width, height), |head| head.size);
        let n_pixels = u64::from(width) * u64::from(height);
        if n_pixels > MAX_PIXELS {
            return Err(vec![too_large(&asset.source, n_pixels)]);
        }
        let _worked_on = self.begin(n_pixels);
        let jobs: Vec<Job> = match self.cache.keeps() {
            true => asset.picture.iter().flat_map(Picture::jobs).collect(),
            false => vec![wanted],
        };
        let copies = imaging::derive(&bytes, &jobs).map_err(|fault| vec![finding(&asset.source, fault, n_pixels)])?;
        let mut found = None;
        for (job, copy) in jobs.iter().zip(copies) {
            self.cache.put(&key(asset, job), &copy);
            if *job == wanted {
                found = Some(copy);
            }
        }
        Ok(found.expect("the copy that is wanted is one of those that are made"))
    }

    fn read(&self, asset: &Asset) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let failed = |error: WorldError| vec![Diagnostic::error("file-unreadable", Place::file(&asset.source), error.to_string())];
        let bytes = self.world.read(&asset.source).map_err(failed)?;
        let bytes = bytes.ok_or_else(|| failed(WorldError::new("read", &asset.source, "it was there a moment ago and is gone")))?;
        match Fingerprint::of(&bytes) == asset.fingerprint {
            true => Ok(bytes),
            false => Err(failed(WorldError::new("copy", &asset.source, "it changed while the site was being made"))),
        }
    }

    /// Waits until there is room for so many pixels.
    fn begin(&self, n_pixels: u64) -> WorkedOn<'_> {
        let mut in_use = lock(&self.pixels);
        while *in_use > 0 && *in_use + n_pixels > PIXELS_AT_A_TIME {
            in_use = self.freed.wait(in_use).unwrap_or_else(PoisonError::into_inner);
        }
        *in_use += n_pixels;
        WorkedOn { darkroom: self, n_pixels }
    }
}

/// Pixels that are worked on, until this is dropped.
struct WorkedOn<'a> {
    darkroom: &'a Darkroom,
    n_pixels: u64,
}

impl Drop for WorkedOn<'_> {
    fn drop(&mut self) {
        *lock(&self.darkroom.pixels) -= self.n_pixels;
        self.darkroom.freed.notify_all();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Forgets the lock of an image that nobody else waits for.
fn lock_free(in_work: &Mutex<BTreeMap<Fingerprint, Arc<Mutex<()>>>>, image: Fingerprint, mine: Arc<Mutex<()>>) {
    let mut in_work = lock(in_work);
    drop(mine);
    if in_work.get(&image).is_some_and(|lock| Arc::strong_count(lock) == 1) {
        in_work.remove(&image);
    }
}

fn key(asset: &Asset, job: &Job) -> String {
    format!("{}-{}", asset.fingerprint, job.key())
}

fn too_large(source: &SourcePath, n_pixels: u64) -> Diagnostic {
    let message = format!("this image has {} megapixels; {} are the most", n_pixels / 1_000_000, MAX_PIXELS / 1_000_000);
    Diagnostic::error("image-too-large", Place::file(source), message).help("make it smaller: readers see at most a few megapixels of it")
}

fn finding(source: &SourcePath, fault: Fault, n_pixels: u64) -> Diagnostic {
    match fault {
        Fault::TooLarge => too_large(source, n_pixels),
        Fault::Unreadable(reason) => {
            let message = format!("this image cannot be decoded: {}", reason.trim_end_matches('.'));
            Diagnostic::error("image-unreadable", Place::file(source), message).help("open it in an image editor and save it again")
        }
    }
}
