//! What is being made just now, on which thread: the pipeline notes it, and whoever has a clock can tell what
//! takes too long.
//!
//! There is no time in here, only numbers. Each job has one, and gets a new one when another job that its thread took
//! up in between is done: who sees the same number on top of a thread for a minute has seen one job for a minute.

use super::path::SourcePath;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::ThreadId;
use std::time::Duration;

/// The table of all that is being made.
#[derive(Debug, Default)]
pub struct AtWork {
    table: Mutex<Table>,
    limit: Option<Duration>,
}

#[derive(Debug, Default)]
struct Table {
    /// The jobs of each thread that has any; a thread that waits for others may take up another job meanwhile.
    threads: Vec<(ThreadId, Vec<Job>)>,
    n_begun: u64,
}

/// Something that is being made.
#[derive(Debug, Clone)]
pub struct Job {
    /// Tells it from every other, and from itself before its thread did something else in between.
    pub number: u64,
    /// The output, or whatever else is made.
    pub what: String,
    /// The file that it is made from.
    pub source: SourcePath,
    /// The template that is being rendered for it.
    pub template: Option<String>,
    /// Set when it is given up: whoever makes it ends at the next chance.
    is_given_up: Arc<AtomicBool>,
}

/// Stands for a job that has begun; the job is done when this is dropped.
#[derive(Debug)]
#[must_use = "the job ends with it"]
pub struct Begun {
    at_work: Arc<AtWork>,
    thread: ThreadId,
}

/// Stands for a template of a job.
#[derive(Debug)]
#[must_use = "the template ends with it"]
pub struct Rendering<'a> {
    at_work: &'a AtWork,
    before: Option<String>,
    is_given_up: Option<Arc<AtomicBool>>,
}

impl Rendering<'_> {
    /// True when nobody waits for it any longer.
    pub fn is_given_up(&self) -> bool {
        self.is_given_up.as_ref().is_some_and(|is_given_up| is_given_up.load(Ordering::Relaxed))
    }
}

impl Job {
    /// True when nobody waits for it any longer.
    pub fn is_given_up(&self) -> bool {
        self.is_given_up.load(Ordering::Relaxed)
    }
}

impl AtWork {
    /// A table of jobs of which none may take longer than this.
    pub fn with_limit(limit: Option<Duration>) -> Self {
        Self { limit, ..Self::default() }
    }

    /// How long one job may take, as whoever has a clock holds it.
    pub fn limit(&self) -> Option<Duration> {
        self.limit
    }

    /// This thread begins to make something.
    pub fn begin(self: &Arc<Self>, what: &str, source: &SourcePath) -> Begun {
        let thread = std::thread::current().id();
        let mut table = self.lock();
        let number = table.next_number();
        let job = Job { number, what: what.to_owned(), source: source.clone(), template: None, is_given_up: Arc::default() };
        match table.jobs_of(thread) {
            Some(jobs) => jobs.push(job),
            None => table.threads.push((thread, vec![job])),
        }
        Begun { at_work: Arc::clone(self), thread }
    }

    /// This thread renders a template for what it makes.
    pub fn render(&self, template: &str) -> Rendering<'_> {
        let mut table = self.lock();
        let job = table.jobs_of(std::thread::current().id()).and_then(|jobs| jobs.last_mut());
        let is_given_up = job.as_ref().map(|job| Arc::clone(&job.is_given_up));
        let before = job.and_then(|job| job.template.replace(template.to_owned()));
        Rendering { at_work: self, before, is_given_up }
    }

    /// Nobody waits for this job any longer; tells what it was at.
    pub fn give_up(&self, what: &str) -> Option<Job> {
        let table = self.lock();
        let job = table.threads.iter().flat_map(|(_, jobs)| jobs).find(|job| job.what == what && !job.is_given_up())?;
        job.is_given_up.store(true, Ordering::Relaxed);
        Some(job.clone())
    }

    /// What each thread is at, the longest begun first.
    pub fn jobs(&self) -> Vec<Job> {
        let mut jobs: Vec<Job> = self.lock().threads.iter().filter_map(|(_, jobs)| jobs.last().cloned()).collect();
        jobs.sort_by_key(|job| job.number);
        jobs
    }

    fn lock(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Table {
    fn jobs_of(&mut self, thread: ThreadId) -> Option<&mut Vec<Job>> {
        self.threads.iter_mut().find(|(known, _)| *known == thread).map(|(_, jobs)| jobs)
    }

    fn next_number(&mut self) -> u64 {
        self.n_begun += 1;
        self.n_begun
    }
}

impl Drop for Begun {
    fn drop(&mut self) {
        let mut table = self.at_work.lock();
        let number = table.next_number();
        let Some(jobs) = table.jobs_of(self.thread) else { return };
        jobs.pop();
        match jobs.last_mut() {
            Some(job) => job.number = number,
            None => table.threads.retain(|(thread, _)| *thread != self.thread),
        }
    }
}

impl Drop for Rendering<'_> {
    fn drop(&mut self) {
        let mut table = self.at_work.lock();
        if let Some(job) = table.jobs_of(std::thread::current().id()).and_then(|jobs| jobs.last_mut()) {
            job.template = self.before.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_known_until_it_is_done_and_is_another_one_after_an_interruption() {
        let at_work = Arc::new(AtWork::default());
        let source = SourcePath::new("content/a.md").unwrap();
        let shown = || at_work.jobs().into_iter().map(|job| (job.number, job.what, job.template)).collect::<Vec<_>>();
        let named = |name: &str| Some(name.to_owned());
        let outer = at_work.begin("a", &source);
        let page = at_work.render("piece.html");
        let note = at_work.render("directives/note.html");
        assert_eq!(shown(), [(1, "a".to_owned(), named("directives/note.html"))]);
        drop(note);
        assert_eq!(shown(), [(1, "a".to_owned(), named("piece.html"))]);
        let inner = at_work.begin("b", &source);
        assert_eq!(shown(), [(2, "b".to_owned(), None)]);
        drop(inner);
        assert_eq!(shown(), [(3, "a".to_owned(), named("piece.html"))]);
        std::thread::scope(|scope| {
            let other = scope.spawn(|| {
                let _job = at_work.begin("c", &source);
                assert_eq!(shown().iter().map(|job| job.1.as_str()).collect::<Vec<_>>(), ["a", "c"]);
            });
            other.join().unwrap();
        });
        drop(page);
        drop(outer);
        assert_eq!(shown(), []);
    }
}
