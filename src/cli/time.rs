//! The time that one thing may take to make: a run that is caught in the loops of a template ends, and says where.

use super::console::Console;
use super::exit::ExitStatus;
use sowhat::base::at_work::{AtWork, Job};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Seconds, as long as nothing else is asked for: what takes longer is caught in loops.
const DEFAULT: u64 = 60;

/// How often it is looked at what is being made, at most.
const PACE: Duration = Duration::from_millis(200);

/// The flag that sets the limit. It is no setting of the site: who builds what strangers wrote sets it.
#[derive(Debug, Clone, clap::Args)]
pub struct TimeArgs {
    /// The most seconds that any one output may take to make; 0 for no limit
    #[arg(long, value_name = "SECONDS", default_value_t = DEFAULT)]
    time_limit: u64,
}

impl TimeArgs {
    /// The limit, if there is one.
    pub fn limit(&self) -> Option<Duration> {
        (self.time_limit > 0).then_some(Duration::from_secs(self.time_limit))
    }

    /// Ends the process, from a thread beside the work, when something takes longer than the limit. `clear` is
    /// called before that, and says what has become of the output.
    pub fn watch(&self, at_work: &Arc<AtWork>, console: Console, clear: impl Fn() -> String + Send + 'static) {
        let Some(limit) = self.limit() else { return };
        let at_work = Arc::clone(at_work);
        // A system that has no thread left for this has worse troubles, and says so elsewhere.
        let _ = std::thread::Builder::new().name("time".to_owned()).spawn(move || {
            let job = first_overdue(&at_work, limit);
            let left = clear();
            console.error(format_args!("{}, so the run has ended{left}", overdue(&job, limit)));
            console.help(mend(&job, limit));
            std::process::exit(i32::from(ExitStatus::CouldNotRun.code()));
        });
    }
}

/// Waits until some job has been under way for so long.
fn first_overdue(at_work: &AtWork, limit: Duration) -> Job {
    let pace = PACE.min(limit / 10);
    let mut ages: BTreeMap<u64, Duration> = BTreeMap::new();
    let mut last_look = Instant::now();
    loop {
        std::thread::sleep(pace);
        // While the process is stopped (Ctrl-Z), the clock goes on.
        let passed = last_look.elapsed().min(pace * 2);
        last_look = Instant::now();
        let jobs = at_work.jobs();
        ages = jobs.iter().map(|job| (job.number, ages.get(&job.number).map_or(Duration::ZERO, |age| *age + passed))).collect();
        if let Some(job) = jobs.into_iter().find(|job| ages[&job.number] >= limit) {
            return job;
        }
    }
}

fn overdue(job: &Job, limit: Duration) -> String {
    let Job { what, source, template, .. } = job;
    let seconds = limit.as_secs();
    match template {
        Some(template) => format!("`{what}` was not made within {seconds} s: `{template}` is still being rendered for `{source}`"),
        None => format!("`{what}` was not made from `{source}` within {seconds} s"),
    }
}

fn mend(job: &Job, limit: Duration) -> String {
    let more = limit.as_secs().saturating_mul(5);
    match &job.template {
        Some(template) => {
            format!("look for loops in loops and for components that call themselves in `{template}`; `--time-limit {more}` waits longer")
        }
        None => format!("if the file is as it should be, `--time-limit {more}` waits longer"),
    }
}
