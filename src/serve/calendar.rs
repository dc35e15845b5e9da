//! The day of a preview that stays open for days: it turns at midnight, and at each moment at which a
//! piece goes live or expires.

use super::edition::Edition;
use crate::base::date::Date;
use crate::parse::Document;
use jiff::Timestamp;
use std::time::Duration;

/// A machine that sleeps stops the timers, so the clock is looked at no later than this.
const MAX_PAUSE: Duration = Duration::from_secs(300);

/// Tells the moment.
pub type Clock = Box<dyn Fn() -> Date + Send>;

/// Knows when the day of the session must be set anew.
pub struct Calendar {
    /// `None` when the day was given: then it stands.
    clock: Option<Clock>,
    /// The edition that `turns_at` is about.
    number: u64,
    turns_at: Timestamp,
}

impl Calendar {
    pub fn new(clock: Option<Clock>) -> Self {
        Self { clock, number: 0, turns_at: Timestamp::MIN }
    }

    /// The moment as it is now, if the session's own day is out of date.
    pub fn turn(&mut self, today: Date) -> Option<Date> {
        let now = self.clock.as_ref()?();
        let is_due = now.day != today.day || (self.number > 0 && self.turns_at <= now.timestamp());
        // Until the next edition says otherwise, this turn has been taken.
        self.number = if is_due { 0 } else { self.number };
        is_due.then_some(now)
    }

    /// How long the edition holds; `None` for ever.
    pub fn pause(&mut self, edition: &Edition, today: Date) -> Option<Duration> {
        let now = self.clock.as_ref()?().timestamp();
        if self.number != edition.number {
            self.number = edition.number;
            self.turns_at = next_turn(edition, today);
        }
        let left = self.turns_at.duration_since(now).unsigned_abs();
        Some(if self.turns_at <= now { Duration::ZERO } else { left.min(MAX_PAUSE) })
    }
}

/// The first moment after `today` at which the state of anything changes.
fn next_turn(edition: &Edition, today: Date) -> Timestamp {
    let now = today.timestamp();
    let midnight = today.day.tomorrow().map_or(Timestamp::MAX, |day| Date::from_day(day).timestamp());
    let site = edition.outcome.as_ref().map(|outcome| &outcome.site);
    let published = site.iter().flat_map(|site| site.pages.iter().map(|page| &*page.document));
    let withheld = site.iter().flat_map(|site| site.withheld.iter().map(|page| &*page.document));
    published.chain(withheld).flat_map(moments).filter(|moment| *moment > now).fold(midnight, Timestamp::min)
}

fn moments(document: &Document) -> impl Iterator<Item = Timestamp> {
    let front = &document.front;
    [front.date.as_ref(), front.publish_on.as_deref(), front.expires_on.as_deref()]
        .into_iter()
        .flatten()
        .map(|field| field.value.timestamp())
}
