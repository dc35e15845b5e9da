//! The thread that owns the session: it looks at the site when there is a reason to, runs it when
//! something has changed, and leaves the edition in the studio.

use super::calendar::Calendar;
use super::edition::Edition;
use super::prover::Proof;
use super::studio::{Studio, Task, Where};
use super::watch::Watch;
use crate::pipeline::{Completion, Failure, Outcome, Session};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// After a save, when stamps can be trusted again.
const SETTLE: Duration = Duration::from_millis(40);

/// A folder that vanishes under the walk is met again this soon …
const RETRY: Duration = Duration::from_millis(40);

/// … and this often, before the trouble is shown.
const MAX_RETRIES: u32 = 5;

/// After a look at a few files, everything is looked at once more, in case the system did not tell all.
const CATCH_UP: Duration = Duration::from_secs(3);

/// How often the disk is looked at when the system cannot watch it.
const POLL: Duration = Duration::from_secs(1);

/// Told of every edition.
pub type OnEdition = Box<dyn Fn(&Edition) + Send>;

/// Starts the thread.
pub fn spawn(session: Session, studio: Arc<Studio>, calendar: Calendar, on_edition: OnEdition) -> std::io::Result<()> {
    let looker = Looker { session, studio, calendar, watch: None, n_failed: 0, shown_trouble: String::new() };
    std::thread::Builder::new().name("looker".to_owned()).spawn(move || looker.run(&on_edition)).map(drop)
}

struct Looker {
    session: Session,
    studio: Arc<Studio>,
    calendar: Calendar,
    watch: Option<Watch>,
    /// How many looks in a row met a disk that failed.
    n_failed: u32,
    /// The trouble of the edition that stands, so that it is not shown again and again.
    shown_trouble: String,
}

impl Looker {
    fn run(mut self, on_edition: &OnEdition) {
        // To watch ten thousand folders takes as long as to read them: both at once.
        let watching = {
            let studio = Arc::clone(&self.studio);
            std::thread::Builder::new().name("watch".to_owned()).spawn(move || Watch::start(&studio))
        };
        let mut watching = watching.ok();
        while let Some(task) = self.studio.next_task() {
            match task {
                Task::Look(number, place) => self.look(number, &place, on_edition),
                Task::Complete => self.complete(on_edition),
                Task::Proved(number, proof) => self.take_proof(number, proof, on_edition),
            }
            if let Some(watching) = watching.take() {
                self.watch = watching.join().ok();
                // What changed before the watch stood is seen by this look.
                self.studio.look_again_in(Duration::ZERO);
            }
            self.studio.rely_on(self.watch.as_ref().and_then(Watch::barrier));
            if self.watch.as_ref().is_none_or(Watch::is_blind) {
                self.studio.look_again_in(POLL);
            }
        }
    }

    fn look(&mut self, number: u64, place: &Where, on_edition: &OnEdition) {
        if let Some(watch) = &mut self.watch {
            watch.renew();
        }
        let turned = self.calendar.turn(self.session.options().today);
        if let Some(now) = turned {
            self.session.set_today(now);
        }
        let must_run = self.n_failed > 0 || turned.is_some() || number == 1;
        let (edition, cost) = match place {
            Where::At(paths) if !must_run => {
                self.studio.look_again_in(CATCH_UP);
                (self.edition_of(|session| session.run_paths(paths)), None)
            }
            Where::At(_) | Where::Everywhere => self.look_everywhere(must_run),
        };
        let is_new = edition.is_some();
        // The first look finds nothing to compare with, so its cost says nothing.
        let edition = self.studio.end_look(number, edition, cost.filter(|_| number > 1));
        if is_new {
            self.tell(&edition, on_edition);
            self.studio.complete_when_idle();
        }
        if let Some(pause) = self.calendar.pause(&edition, self.session.options().today) {
            self.studio.look_again_in(pause);
        }
        if !self.session.is_settled() {
            self.studio.look_closer_in(SETTLE, self.session.untrusted());
        }
    }

    fn look_everywhere(&mut self, must_run: bool) -> (Option<Edition>, Option<Duration>) {
        let began = Instant::now();
        let moved = self.session.has_moved();
        let cost = began.elapsed();
        let edition = match moved {
            Ok(false) if !must_run => None,
            // Pages are shown before all are checked.
            Ok(_) | Err(_) => self.edition_of(|session| session.run_pages().map(Some)),
        };
        (edition, Some(cost))
    }

    /// What was left for a quiet moment; a save or a request comes first.
    fn complete(&mut self, on_edition: &OnEdition) {
        match self.session.complete_while(&|| !self.studio.has_task()) {
            Completion::Nothing => {}
            Completion::Found(outcome) => {
                let edition = Edition::of_outcome(*outcome, &self.studio.current());
                self.tell(&self.studio.publish(edition), on_edition);
            }
            Completion::Interrupted => self.studio.complete_when_idle(),
        }
    }

    /// What only the outputs show is news if it is of the edition that stands and was not known.
    fn take_proof(&self, number: u64, proof: Proof, on_edition: &OnEdition) {
        let current = self.studio.current();
        if current.number != number {
            return;
        }
        match Edition::of_proof(proof, &current) {
            Some(edition) if edition.findings.says_same(&current.findings) => current.keep_proof_of(&edition),
            Some(edition) => self.tell(&self.studio.publish(edition), on_edition),
            None => {}
        }
    }

    fn tell(&self, edition: &Edition, on_edition: &OnEdition) {
        if edition.is_checked() {
            on_edition(edition);
        }
    }

    fn edition_of(&mut self, run: impl FnOnce(&mut Session) -> Result<Option<Outcome>, Failure>) -> Option<Edition> {
        let before = self.studio.current();
        let failure = match run(&mut self.session) {
            Ok(outcome) => {
                self.n_failed = 0;
                self.shown_trouble.clear();
                return outcome.map(|outcome| Edition::of_outcome(outcome, &before));
            }
            Err(failure) => failure,
        };
        let is_passing = matches!(failure, Failure::World(_) | Failure::NoConfig { .. });
        self.n_failed = if is_passing { self.n_failed + 1 } else { 0 };
        if is_passing && self.n_failed <= MAX_RETRIES {
            self.studio.look_again_in(RETRY);
            if before.number > 0 {
                return None;
            }
        } else if is_passing {
            self.studio.look_again_in(POLL);
        }
        let edition = Edition::of_failure(failure, &self.session.options().config, &before);
        let trouble = format!("{:?}", edition.trouble);
        let is_known = trouble == self.shown_trouble && before.number > 0;
        self.shown_trouble = trouble;
        (!is_known).then_some(edition)
    }
}
