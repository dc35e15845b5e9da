//! The time that one thing may take to make, and the memory that all may: a run that is caught in the loops of a
//! template ends, and says where.

use super::console::Console;
use super::exit::ExitStatus;
use super::memory;
use sowhat::base::at_work::{AtWork, Job};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Seconds, as long as nothing else is asked for: what takes longer is caught in loops.
const DEFAULT_TIME: u64 = 60;

/// More pages than these that a preview gave up, and that go on all the same, leave it no processor.
const MAX_GIVEN_UP: usize = 8;

/// How often it is looked at what is being made: a loop takes a few hundred megabytes in this time.
const PACE: Duration = Duration::from_millis(25);

/// The flags that set the limits. They are no settings of the site: who builds what strangers wrote sets them.
#[derive(Debug, Clone, clap::Args)]
pub struct LimitArgs {
    /// The most seconds that any one output may take to make; 0 for no limit
    #[arg(long, value_name = "SECONDS", default_value_t = DEFAULT_TIME)]
    time_limit: u64,

    /// The most megabytes of memory that the run may take; 0 for no limit [default: nine tenths of what is free]
    #[arg(long, value_name = "MB")]
    memory_limit: Option<u64>,
}

/// Why a run may not go on.
#[derive(Debug)]
enum Excess {
    /// This has been made for too long.
    Time(Job, Duration),
    /// So much memory is taken, in bytes, while these are made.
    Memory(Vec<Job>, u64),
}

impl LimitArgs {
    /// How long one thing may take, if there is a limit.
    pub fn time(&self) -> Option<Duration> {
        (self.time_limit > 0).then_some(Duration::from_secs(self.time_limit))
    }

    /// Ends the process, from a thread beside the work, when something takes too much. `clear` is called before
    /// that, and says what has become of the output.
    pub fn watch(&self, console: Console, clear: impl Fn() -> String + Send + 'static) -> Arc<AtWork> {
        self.watch_for(self.time(), console, clear)
    }

    /// The same for a preview, which gives up pages by itself: it ends when it could show nothing any more.
    pub fn watch_preview(&self, console: Console) -> Arc<AtWork> {
        self.watch_for(self.time().map(|time| time * 2), console, String::new)
    }

    fn watch_for(&self, time: Option<Duration>, console: Console, clear: impl Fn() -> String + Send + 'static) -> Arc<AtWork> {
        let at_work = Arc::new(AtWork::with_limit(self.time()));
        let watched = Arc::clone(&at_work);
        let memory = match self.memory_limit {
            None => memory::free().map(|free| free / 10 * 9),
            Some(megabytes) => (megabytes > 0).then_some(megabytes << 20),
        };
        // A system that has no thread left for this has worse troubles, and says so elsewhere.
        let _ = std::thread::Builder::new().name("limits".to_owned()).spawn(move || {
            let excess = first_excess(&watched, time, memory);
            let left = clear();
            console.error(format_args!("{}, so the run has ended{left}", said(&excess)));
            console.help(mend(&excess));
            std::process::exit(i32::from(ExitStatus::CouldNotRun.code()));
        });
        at_work
    }
}

/// Waits until some job has been under way for too long, or all of them take too much memory.
fn first_excess(at_work: &AtWork, time: Option<Duration>, memory: Option<u64>) -> Excess {
    let mut ages: BTreeMap<u64, Duration> = BTreeMap::new();
    let mut last_look = Instant::now();
    loop {
        std::thread::sleep(PACE);
        // While the process is stopped (Ctrl-Z), the clock goes on.
        let passed = last_look.elapsed().min(PACE * 4);
        last_look = Instant::now();
        let mut jobs = at_work.jobs();
        if memory.zip(memory::taken()).is_some_and(|(limit, taken)| taken > limit) {
            return Excess::Memory(jobs, memory.unwrap_or_default());
        }
        let Some(limit) = time else { continue };
        ages = jobs.iter().map(|job| (job.number, ages.get(&job.number).map_or(Duration::ZERO, |age| *age + passed))).collect();
        let n_given_up = jobs.iter().filter(|job| job.is_given_up()).count();
        let is_excess = |job: &Job| if job.is_given_up() { n_given_up > MAX_GIVEN_UP } else { ages[&job.number] >= limit };
        if let Some(idx) = jobs.iter().position(is_excess) {
            return Excess::Time(jobs.swap_remove(idx), limit);
        }
    }
}

fn said(excess: &Excess) -> String {
    match excess {
        Excess::Time(job, limit) => {
            let (what, from, seconds) = (&job.what, &job.source, limit.as_secs());
            match &job.template {
                Some(template) => format!("`{what}` was not made within {seconds} s: `{template}` is still being rendered for `{from}`"),
                None => format!("`{what}` was not made from `{from}` within {seconds} s"),
            }
        }
        Excess::Memory(jobs, limit) => {
            let shown = |job: &Job| match &job.template {
                Some(template) => format!("`{}` (`{template}`)", job.what),
                None => format!("`{}`", job.what),
            };
            let jobs: Vec<String> = jobs.iter().take(3).map(shown).collect();
            let during = if jobs.is_empty() { String::new() } else { format!(" while it made {}", jobs.join(" and ")) };
            format!("the run took more than {} MB of memory{during}", limit >> 20)
        }
    }
}

fn mend(excess: &Excess) -> String {
    match excess {
        Excess::Time(job, limit) => {
            let more = limit.as_secs().saturating_mul(5);
            match &job.template {
                Some(template) => format!(
                    "look for loops in loops and for components that call themselves in `{template}`; `--time-limit {more}` waits longer"
                ),
                None => format!("if the file is as it should be, `--time-limit {more}` waits longer"),
            }
        }
        Excess::Memory(_, limit) => {
            let more = (limit >> 20).saturating_mul(2);
            format!("look for a value that a loop makes longer and longer; on a larger machine, `--memory-limit {more}` allows more")
        }
    }
}
