//! What a run came to: the site, its findings, the plan, and the means to produce every output.

use super::darkroom::Darkroom;
use super::findings::{Findings, Source};
use super::made::{InputsOf, Known, Made};
use super::stages;
use super::writer::{Published, Writer};
use crate::base::at_work::AtWork;
use crate::base::diagnostic::{self, Diagnostic, Severity};
use crate::base::fingerprint::Fingerprint;
use crate::base::kept_text::Shelf;
use crate::base::path::{OutputPath, SourcePath};
use crate::base::sources::Sources;
use crate::editorial::baseline::{Baseline, Judged};
use crate::editorial::{self, leak::LeakGuard};
use crate::model::{Kind, Page, PageId, Site, State};
use crate::output::plan::{Entry, Plan};
use crate::output::{Produced, Subject, Texts, Workshop, minify};
use crate::parse::records::Records;
use crate::render::Renderer;
use crate::world::storage::Storage;
use crate::world::{Stamp, World, WorldError, embedded};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// One run of a session.
pub struct Outcome {
    /// The assembled publication.
    pub site: Arc<Site>,
    /// What people recorded of its pieces.
    pub records: Arc<Records>,
    /// What is to be written.
    pub plan: Arc<Plan>,
    /// The texts that findings point into.
    pub sources: Sources,
    /// Where pages are read from again that were let go of.
    pub(super) shelf: Option<Arc<Shelf>>,
    /// Everything found so far.
    pub(super) findings: Findings,
    /// `None` when the templates cannot be compiled.
    pub(super) renderer: Option<Arc<Renderer>>,
    pub(super) world: Arc<dyn World>,
    pub(super) darkroom: Arc<Darkroom>,
    pub(super) card_fonts: Vec<(SourcePath, Fingerprint)>,
    pub(super) at_work: Arc<AtWork>,
    pub(super) deny_warnings: bool,
    pub(super) is_checked: bool,
    /// What is excused.
    pub(super) baseline: Option<Arc<Baseline>>,
    /// The hash of all that outputs are made from besides pages.
    pub(super) settings: Fingerprint,
}

/// Whether the site may be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gate {
    Open,
    /// Some finding forbids it.
    Closed,
}

/// How many of what a site has, for the closing line of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Published pieces.
    pub pieces: usize,
    /// All published pages, pieces among them.
    pub pages: usize,
    /// Files in the plan.
    pub outputs: usize,
}

/// Told of each output as it is made, from many threads.
pub trait Progress: Sync {
    /// `done` of `total` outputs are made.
    fn advance(&self, done: usize, total: usize);
}

/// Tells nobody.
pub struct Silent;

impl Progress for Silent {
    fn advance(&self, _: usize, _: usize) {}
}

/// Where outputs go as they are made, from many threads.
trait Sink: Sync {
    /// How an output that need not be made again stands, if it stands as it should.
    fn leave(&self, path: &OutputPath, known: &Known) -> Option<Stamp>;

    /// Takes the bytes of an output, and says how its file stands.
    fn take(&self, path: &OutputPath, bytes: &[u8]) -> Result<Stamp, WorldError>;
}

/// Throws everything away: only what is found in the making counts.
struct Nowhere;

impl Sink for Nowhere {
    fn leave(&self, _: &OutputPath, known: &Known) -> Option<Stamp> {
        Some(known.stamp)
    }

    fn take(&self, _: &OutputPath, bytes: &[u8]) -> Result<Stamp, WorldError> {
        Ok(Stamp { len: bytes.len() as u64, ..Stamp::default() })
    }
}

impl Sink for Writer<'_> {
    fn leave(&self, path: &OutputPath, known: &Known) -> Option<Stamp> {
        let stamp = self.stands(path).filter(|stamp| *stamp == known.stamp)?;
        Writer::leave(self, path);
        Some(stamp)
    }

    fn take(&self, path: &OutputPath, bytes: &[u8]) -> Result<Stamp, WorldError> {
        self.put(path, bytes)
    }
}

/// What came of one output: what was found in the making, and how its file stands if nothing was.
type MadeOne = (Vec<Diagnostic>, Option<Stamp>);

impl Outcome {
    /// Excuses the findings of a baseline from now on, and no others.
    pub fn excuse(&mut self, baseline: Baseline) {
        self.baseline = Some(Arc::new(baseline));
    }

    /// Every finding so far, excused or not: levels set, suppressions applied, in the one total order.
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The findings that are not excused, and what was excused on the way.
    pub fn judged(&self) -> Judged {
        let findings = self.findings.to_vec();
        match &self.baseline {
            None => Judged { findings, ..Judged::default() },
            Some(baseline) => baseline.judge(findings, &self.sources),
        }
    }

    /// Whether what was found lets the site be published: drafts and expired pieces close nothing.
    pub fn gate(&self) -> Gate {
        self.gate_of(&self.findings)
    }

    /// Whether a build would publish, had it found this.
    pub fn gate_of(&self, findings: &Findings) -> Gate {
        let is_closed = findings.by_path().any(|(path, findings)| self.is_closed_by(path, findings));
        if is_closed { Gate::Closed } else { Gate::Open }
    }

    /// The findings, and with them what was found while outputs were made.
    pub fn findings_with(&self, found_in_making: impl IntoIterator<Item = Diagnostic>) -> Findings {
        let mut findings = self.findings.clone();
        findings.put_all(Source::Making, found_in_making);
        findings.settle(&self.site.config, |path| stages::document_of(&self.site, path));
        findings
    }

    /// Looks for the gated bodies of the site in its outputs.
    pub fn leak_guard(&self) -> LeakGuard {
        let (gated, open): (Vec<&Page>, Vec<&Page>) = self.site.pages.iter().partition(|page| page.is_gated());
        LeakGuard::with_open_pages(gated.iter().map(|page| &*page.document), open.iter().map(|page| &*page.document))
    }

    /// True if one of these findings, all of one file, closes the gate and is not excused.
    pub fn is_closed_by(&self, path: &SourcePath, findings: &[Diagnostic]) -> bool {
        let state = || self.state_of(path);
        let closes = |finding: &Diagnostic| {
            let severity = if self.deny_warnings { Severity::Error } else { finding.severity };
            // Most findings close nothing, wherever they stand.
            editorial::closes_gate(severity, State::Live) && editorial::closes_gate(severity, state())
        };
        if !findings.iter().any(closes) {
            return false;
        }
        // A baseline knows each file by itself.
        let left = self.baseline.as_ref().map(|baseline| baseline.judge(findings.to_vec(), &self.sources).findings);
        left.is_none_or(|left| left.iter().any(closes))
    }

    /// Why nothing that is found in this file closes the gate; `None` if it may.
    pub fn why_closes_nothing(&self, path: &SourcePath) -> Option<&'static str> {
        match self.state_of(path) {
            State::Live | State::Scheduled => None,
            State::Draft => Some("this is a draft: what is found in it does not close the gate"),
            State::Expired => Some("this has expired: what is found in it does not close the gate"),
        }
    }

    fn state_of(&self, path: &SourcePath) -> State {
        match self.site.by_source.get(path) {
            Some(id) => self.site.page(*id).state,
            None => self.site.withheld_at(path).map_or(State::Live, |page| page.state),
        }
    }

    /// What is being made just now, of this outcome and of its session's others.
    pub fn at_work(&self) -> &Arc<AtWork> {
        &self.at_work
    }

    /// How many of what the site has.
    pub fn counts(&self) -> Counts {
        let pieces = self.site.pages.iter().filter(|page| page.kind == Kind::Piece).count();
        Counts { pieces, pages: self.site.pages.len(), outputs: self.plan.entries.len() }
    }

    /// Produces every output and throws it away: what only shows in the making is found too.
    pub fn check(&mut self, progress: &dyn Progress) -> Result<(), WorldError> {
        self.produce_all(progress, &Nowhere).map(drop)
    }

    /// Produces every output and publishes all of them, or none if the gate is closed.
    pub fn publish(&mut self, storage: &dyn Storage, progress: &dyn Progress) -> Result<Option<Published>, WorldError> {
        if self.gate() == Gate::Closed {
            self.check(progress)?;
            return Ok(None);
        }
        let writer = Writer::begin(storage)?;
        let produced = self.produce_all(progress, &writer);
        match produced.map(|made| (made, self.gate())) {
            Ok((made, Gate::Open)) => {
                let published = writer.finish()?;
                made.remember(self.darkroom.cache());
                self.darkroom.cache().prune();
                Ok(Some(published))
            }
            Ok((_, Gate::Closed)) => writer.abandon().map(|()| None),
            Err(error) => {
                // The first failure is the one to report; the next run clears what this could not.
                let _ = writer.abandon();
                Err(error)
            }
        }
    }

    /// False while only what stands in the way of showing pages was looked for.
    pub fn is_checked(&self) -> bool {
        self.is_checked
    }

    /// True if the two differ in the text of pages and in nothing else.
    pub fn is_edit_of(&self, before: &Self) -> bool {
        let backdrop = |outcome: &Self| outcome.renderer.as_ref().map(|renderer| Arc::as_ptr(renderer.backdrop()));
        Arc::ptr_eq(&self.site.frame, &before.site.frame) && self.renderer.is_some() && backdrop(self) == backdrop(before)
    }

    /// False when the templates cannot be compiled: then there are findings and a plan, and no bytes.
    pub fn can_produce(&self) -> bool {
        self.renderer.is_some()
    }

    /// Produces one output: its bytes and what was found on the way, or why there are no bytes.
    pub fn produce(&self, path: &OutputPath) -> Result<(Vec<u8>, Vec<Diagnostic>), Vec<Diagnostic>> {
        let (Some(entry), Some(renderer)) = (self.plan.entries.get(path), &self.renderer) else { return Err(Vec::new()) };
        let produced = entry.format.produce(&entry.subject, &Workshop { site: &self.site, renderer })?;
        let produced = match produced {
            Produced::Picture(url, job) => {
                let asset = self.site.assets.get(&url).expect("a picture is one of the site's files");
                return self.darkroom.make(asset, job).map(|bytes| (bytes, Vec::new()));
            }
            Produced::Card(svg, place) => return self.darkroom.card(&svg, &self.card_fonts, &place),
            Produced::Bytes(_) | Produced::Doubtful(..) | Produced::Copy(_) => produced,
        };
        let (bytes, findings) = self.bytes(produced).map_err(|error| vec![file_finding(entry, &error)])?;
        match self.is_as_planned(entry, &bytes) {
            true => Ok((self.without_comments(entry, bytes), findings)),
            false => Err(vec![file_finding(entry, &WorldError::new("copy", &entry.origin, "it changed while the site was being made"))]),
        }
    }

    /// The same, with a fault of our own code as a finding: the preview goes on after it.
    pub fn try_produce(&self, path: &OutputPath) -> Result<(Vec<u8>, Vec<Diagnostic>), Vec<Diagnostic>> {
        let Some(entry) = self.plan.entries.get(path) else { return Err(Vec::new()) };
        self.produce_caught(path, entry)
    }

    fn produce_caught(&self, path: &OutputPath, entry: &Entry) -> Result<(Vec<u8>, Vec<Diagnostic>), Vec<Diagnostic>> {
        let _job = self.at_work.begin(path.as_str(), &entry.origin);
        let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.produce(path)));
        caught.unwrap_or_else(|_| Err(vec![panic_finding(path, entry)]))
    }

    /// Makes every output that an earlier build has not made from the same.
    fn produce_all(&mut self, progress: &dyn Progress, sink: &dyn Sink) -> Result<Made, WorldError> {
        let Some(renderer) = self.renderer.clone() else { return Ok(Made::default()) };
        let guard = self.leak_guard();
        let mut entries: Vec<(&OutputPath, &Entry)> = self.plan.entries.iter().collect();
        // What colours code is large: with these pages first, the others are made without it.
        entries.sort_by_key(|(_, entry)| !self.shows_code(&entry.subject));
        let done = std::sync::atomic::AtomicUsize::new(0);
        let before = Made::remembered(self.darkroom.cache());
        let inputs_of = InputsOf::new(&self.site, self.settings, guard.said_everywhere());
        // What each output is to be made from, and its file if it stands as made from that.
        let stands = |(path, entry): &(&OutputPath, &Entry)| {
            let inputs = inputs_of.of(path, entry);
            let known = before.get(path).filter(|known| known.inputs == inputs);
            (inputs, known.and_then(|known| sink.leave(path, known)))
        };
        let standing: Vec<(Fingerprint, Option<Stamp>)> = entries.par_iter().map(stands).collect();
        let is_to_search = |subject: &Subject, stamp: &Option<Stamp>| matches!(subject, Subject::Search(_)) && stamp.is_none();
        if entries.iter().zip(&standing).any(|((_, entry), (_, stamp))| is_to_search(&entry.subject, stamp)) {
            // All threads make it, so nothing else may be under way: a thread that helped, and took up another of its
            // files meanwhile, would wait for itself.
            renderer.search_index();
        }
        // From here on a page is asked for by itself.
        self.site.pages.iter().for_each(|page| page.document.let_go());
        let unmade = entries.iter().zip(&standing).filter(|(_, (_, stamp))| stamp.is_none());
        self.render_for_feeds(&renderer, unmade.map(|((_, entry), _)| *entry));
        let make = |((path, entry), (_, stamp)): (&(&OutputPath, &Entry), &(Fingerprint, Option<Stamp>))| {
            let made = match stamp {
                Some(stamp) => Ok((Vec::new(), Some(*stamp))),
                None => self.make_one(path, entry, &guard, sink),
            };
            let n_done = done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1;
            progress.advance(n_done, entries.len());
            made
        };
        let jobs: Vec<_> = entries.iter().zip(&standing).collect();
        let make_all = |jobs: &[_]| jobs.par_iter().map(|job| make(*job)).collect::<Vec<Result<MadeOne, WorldError>>>();
        let (with_code, others) = jobs.split_at(entries.partition_point(|(_, entry)| self.shows_code(&entry.subject)));
        let mut made = make_all(with_code);
        renderer.end_of_code();
        made.extend(make_all(others));
        let (mut raised, mut files) = (Vec::new(), Vec::with_capacity(made.len()));
        for ((made, (path, _)), (inputs, _)) in made.into_iter().zip(entries).zip(standing) {
            let (found, stamp) = made?;
            raised.extend(found);
            files.extend(stamp.map(|stamp| (path.clone(), Known { inputs, stamp })));
        }
        raised.extend(self.found_in_unpublished());
        raised.extend(self.shelf.iter().flat_map(|shelf| stages::lost(shelf)));
        self.findings.add(Source::Making, raised);
        let site = Arc::clone(&self.site);
        self.findings.settle(&site.config, |path| stages::document_of(&site, path));
        Ok(files.into_iter().collect())
    }

    /// Renders the bodies that these feeds hold: each feed would render its own on one thread, one after the other.
    fn render_for_feeds<'a>(&self, renderer: &Renderer, entries: impl Iterator<Item = &'a Entry>) {
        let pieces = |entry: &Entry| match entry.texts() {
            Texts::Feed(scope) => self.site.feed_pieces(scope),
            Texts::None | Texts::Page(_) | Texts::All => Vec::new(),
        };
        let pieces: BTreeSet<PageId> = entries.flat_map(pieces).collect();
        pieces.into_par_iter().for_each(|id| {
            let source = &self.site.page(id).source;
            let _job = self.at_work.begin(source.as_str(), source);
            // A fault of our own is found where the page is made.
            let _ = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| renderer.body(id)));
        });
    }

    /// True for a page with code in a language that is named.
    fn shows_code(&self, subject: &Subject) -> bool {
        let Subject::Page(id) = subject else { return false };
        !self.site.page(*id).document.code_languages.is_empty()
    }

    /// What is wrong with the charts and tables of pages that are not published yet: each stands in the page, whose
    /// state decides whether it closes the gate.
    pub fn found_in_unpublished(&self) -> Vec<Diagnostic> {
        let Some(renderer) = &self.renderer else { return Vec::new() };
        let lang = self.site.config.language.as_str();
        let of_page = |document: &crate::parse::Document| {
            let placed = |mut finding: Diagnostic| {
                if finding.place.path == document.path {
                    return finding;
                }
                let there = std::mem::replace(&mut finding.place, diagnostic::Place::file(&document.path));
                finding.note_at(there, "it is here")
            };
            renderer.data_findings(document, lang).into_iter().map(placed).collect::<Vec<_>>()
        };
        self.site.withheld.iter().flat_map(|page| of_page(&page.document)).collect()
    }

    fn make_one(&self, path: &OutputPath, entry: &Entry, guard: &LeakGuard, sink: &dyn Sink) -> Result<MadeOne, WorldError> {
        let (bytes, findings) = match self.produce_caught(path, entry) {
            Ok(made) => made,
            Err(findings) => return Ok((findings, None)),
        };
        if let Some(leak) = guard.check(path, &bytes) {
            return Ok((vec![leak], None));
        }
        let stamp = sink.take(path, &bytes)?;
        let is_clean = findings.is_empty();
        Ok((findings, is_clean.then_some(stamp)))
    }

    fn bytes(&self, produced: Produced) -> Result<(Vec<u8>, Vec<Diagnostic>), WorldError> {
        let source = match produced {
            Produced::Bytes(bytes) => return Ok((bytes, Vec::new())),
            Produced::Doubtful(bytes, findings) => return Ok((bytes, findings)),
            Produced::Copy(source) => source,
            Produced::Picture(..) | Produced::Card(..) => unreachable!("pictures are made in the darkroom"),
        };
        let on_disk = self.world.read(&source)?;
        let carried = || embedded::files().iter().find(|(path, _)| *path == source.as_str()).map(|(_, bytes)| bytes.to_vec());
        let bytes = on_disk.or_else(carried).ok_or_else(|| WorldError::new("read", &source, "it was there a moment ago and is gone"))?;
        Ok((bytes, Vec::new()))
    }

    /// Styles and scripts that carry their fingerprint are for browsers alone, and are written minified.
    fn without_comments(&self, entry: &Entry, bytes: Vec<u8>) -> Vec<u8> {
        let Subject::Asset(url) = &entry.subject else { return bytes };
        let is_own_name = self.site.assets.get(url).is_none_or(|asset| asset.output == *url);
        let minify: fn(&str) -> String = match url.as_str().rsplit_once('.').map(|(_, extension)| extension) {
            Some("css") if !is_own_name => minify::css,
            Some("js" | "mjs") if !is_own_name => minify::js,
            _ => return bytes,
        };
        String::from_utf8(bytes).map_or_else(|error| error.into_bytes(), |text| minify(&text).into_bytes())
    }

    /// A copy must have the bytes that its name was made from.
    fn is_as_planned(&self, entry: &Entry, bytes: &[u8]) -> bool {
        let Subject::Asset(url) = &entry.subject else { return true };
        self.site.assets.get(url).is_none_or(|asset| asset.fingerprint == Fingerprint::of(bytes))
    }
}

fn file_finding(entry: &Entry, error: &WorldError) -> Diagnostic {
    Diagnostic::error("file-unreadable", diagnostic::Place::file(&entry.origin), error.to_string())
}

fn panic_finding(path: &OutputPath, entry: &Entry) -> Diagnostic {
    let message = format!("Sowhat itself failed while it made `{path}`");
    Diagnostic::error("internal-error", diagnostic::Place::file(&entry.origin), message)
        .help("this is our fault, not yours: please report it with the piece that shows it")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::date::Date;
    use crate::output::plan::Planner;
    use crate::output::{Output, Subject};
    use crate::pipeline::{Options, Session};
    use crate::world::memory::MemoryWorld;

    struct Breaks;

    impl Output for Breaks {
        fn name(&self) -> &'static str {
            "breaks"
        }

        fn plan(&self, _: &crate::model::Frame, planner: &mut Planner<'_>) {
            planner.add_root("broken.html", Subject::Single);
        }

        fn produce(&self, _: &Subject, _: &Workshop<'_>) -> Result<Produced, Vec<Diagnostic>> {
            panic!("a format under test breaks");
        }
    }

    #[test]
    fn a_page_that_breaks_is_a_finding_and_closes_the_gate() {
        let world = MemoryWorld::new([("site.toml", "title = \"T\"\nbase_url = \"https://t.example/\"\n")]);
        let mut session = Session::new(Arc::new(world), Options::new(Date::parse("2026-11-22").unwrap()));
        let mut outcome = session.run().unwrap();
        let (plan, _) = Planner::plan(&outcome.site, &[&Breaks]);
        outcome.plan = Arc::new(plan);
        outcome.check(&Silent).unwrap();
        assert_eq!(outcome.findings().iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["internal-error"]);
        assert_eq!(outcome.gate(), Gate::Closed);
    }
}
