//! The thread that owns the session: it looks at the site when there is a reason to, runs it when
//! something has changed, and leaves the edition in the studio.

use super::calendar::Calendar;
use super::edition::Edition;
use super::studio::Studio;
use super::watch::Watch;
use crate::pipeline::{Failure, Session};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// After a save, when stamps can be trusted again.
const SETTLE: Duration = Duration::from_millis(40);

/// A folder that vanishes under the walk is met again this soon …
const RETRY: Duration = Duration::from_millis(40);

/// … and this often, before the trouble is shown.
const MAX_RETRIES: u32 = 5;

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
        while let Some(number) = self.studio.begin_look() {
            if let Some(watch) = &mut self.watch {
                watch.renew();
            }
            let began = Instant::now();
            let moved = self.session.has_moved();
            let cost = began.elapsed();
            let turned = self.calendar.turn(self.session.options().today);
            if let Some(now) = turned {
                self.session.set_today(now);
            }
            let edition = match moved {
                Ok(false) if self.n_failed == 0 && turned.is_none() => None,
                Ok(_) | Err(_) => self.next_edition(),
            };
            let is_new = edition.is_some();
            // The first look finds nothing to compare with, so its cost says nothing.
            let edition = self.studio.end_look(number, edition, (number > 1).then_some(cost));
            if is_new {
                on_edition(&edition);
            }
            if self.watch.is_none() {
                self.watch = Some(Watch::start(&self.studio));
                // What changed before the watch stood is seen by this look.
                self.studio.wake();
            }
            if let Some(pause) = self.calendar.pause(&edition, self.session.options().today) {
                self.studio.look_again_in(pause);
            }
            if !self.session.is_settled() {
                self.studio.look_again_in(SETTLE);
            }
            if self.watch.as_ref().is_some_and(Watch::is_blind) {
                self.studio.look_again_in(POLL);
            }
        }
    }

    fn next_edition(&mut self) -> Option<Edition> {
        let before = self.studio.current();
        let failure = match self.session.run() {
            Ok(outcome) => {
                self.n_failed = 0;
                self.shown_trouble.clear();
                return Some(Edition::of_outcome(outcome, &before));
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
