//! `sowhat check`: everything short of writing.

use super::args::{FindingsArgs, GlobalArgs, SiteArgs};
use super::baseline::BaselineArgs;
use super::console::Console;
use super::exit::{ExitStatus, Stop};
use super::limits::LimitArgs;
use super::progress::Counter;
use super::site::{Findings, OpenSite};
use sowhat::pipeline::Gate;
use std::time::Instant;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    site: SiteArgs,

    #[command(flatten)]
    findings: FindingsArgs,

    #[command(flatten)]
    baseline: BaselineArgs,

    #[command(flatten)]
    limits: LimitArgs,
}

pub fn run(args: &Args, global: &GlobalArgs, console: Console) -> Result<ExitStatus, Stop> {
    let started = Instant::now();
    let site = OpenSite::open(global)?;
    let baseline = args.baseline.read()?;
    let at_work = args.limits.watch(console, String::new);
    let mut outcome = match site.run_to_make(&args.site, args.findings.gate(), at_work) {
        Err(Stop::BadConfig { findings, sources }) => {
            Findings::of_config(findings, sources).print(&site, &args.findings, console)?;
            console.error("the configuration cannot be used, so nothing was checked");
            return Ok(ExitStatus::CouldNotRun);
        }
        outcome => outcome?,
    };
    let counter = Counter::new(console, "checking", started);
    let checked = outcome.check(&counter);
    counter.clear();
    checked?;
    args.baseline.write(&mut outcome, baseline.as_ref(), console)?;
    if let (Some(baseline), false) = (baseline, args.baseline.writes()) {
        outcome.excuse(baseline);
    }
    let judged = outcome.judged();
    args.baseline.say(&judged, console);
    let findings = Findings::of_outcome(&outcome, judged);
    findings.print(&site, &args.findings, console)?;
    let gate = outcome.gate();
    // The process ends here, and takes its memory with it faster than piece by piece.
    std::mem::forget(outcome);
    Ok(match gate {
        Gate::Open => ExitStatus::Clean,
        Gate::Closed => findings.of_closed_gate(),
    })
}
