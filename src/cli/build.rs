//! `sowhat build`: check, then write the site, unless the gate is closed.

use super::args::{FindingsArgs, GlobalArgs, SiteArgs};
use super::baseline::BaselineArgs;
use super::console::Console;
use super::exit::{ExitStatus, Stop};
use super::limits::LimitArgs;
use super::progress::Counter;
use super::site::{Findings, OpenSite};
use sowhat::output::plan::MANIFEST;
use sowhat::pipeline::Published;
use sowhat::report::counted;
use sowhat::world::storage::{Ahead, DiskStorage};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Instant;

/// The output folder below the site's root, unless told otherwise.
const OUTPUT_FOLDER: &str = "public";

/// A build shows no more warnings of a rule than these: on an old archive of thousands of pieces the rest would hide
/// what matters, and `sowhat check` shows all.
const MOST_OF_A_RULE: usize = 20;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Where to write the site [default: public/ in the site's folder]
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,

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
    let output = args.output_dir.clone().unwrap_or_else(|| site.root.join(OUTPUT_FOLDER));
    // Most of what follows is no work for the disk. A folder that no build has written to may be any on this machine.
    let ahead = output.join(MANIFEST).is_file().then(|| Ahead::look(&output));
    let begun: Arc<OnceLock<DiskStorage>> = Arc::default();
    let (to_give_up, stands) = (Arc::clone(&begun), old_output(&output));
    let at_work = args.limits.watch(console, move || {
        to_give_up.get().inspect(|storage| storage.give_up());
        format!(": nothing was written{stands}")
    });
    let mut outcome = match site.run_to_make(&args.site, args.findings.gate(), at_work) {
        Err(Stop::BadConfig { findings, sources }) => {
            Findings::of_config(findings, sources).print(&site, &args.findings, console)?;
            console.error(format_args!("the configuration cannot be used, so nothing was written{}", old_output(&output)));
            return Ok(ExitStatus::CouldNotRun);
        }
        outcome => outcome?,
    };
    let counter = Counter::new(console, "making", started);
    let storage = DiskStorage::new(&output, site.world().root())?.with(ahead);
    let storage = begun.get_or_init(|| storage);
    if args.baseline.writes() {
        // Some findings only show in the making, and the gate asks for them before it.
        outcome.check(&counter)?;
        args.baseline.write(&mut outcome, baseline.as_ref(), console)?;
    } else if let Some(baseline) = baseline {
        outcome.excuse(baseline);
    }
    let published = outcome.publish(storage, &counter);
    counter.clear();
    let published = published?;
    let judged = outcome.judged();
    args.baseline.say(&judged, console);
    let findings = Findings::of_outcome(&outcome, judged);
    findings.print_most(Some(MOST_OF_A_RULE), &site, &args.findings, console)?;
    let Some(Published { written, unchanged, removed }) = published else {
        console.error(format_args!("{} closed the gate: nothing was written{}", findings.counted(), old_output(&output)));
        return Ok(findings.of_closed_gate());
    };
    let counts = outcome.counts();
    // The process ends here, and takes its memory with it faster than piece by piece.
    std::mem::forget(outcome);
    let (pages, pieces, time) = (counted(counts.pages, "page"), counted(counts.pieces, "piece"), started.elapsed().as_secs_f64());
    console.say(format_args!("Built {pages}, {pieces} among them, into {} in {time:.2} s", folder_text(&output)));
    console.say_details(format_args!("{}: {written} written, {unchanged} unchanged, {removed} removed", counted(counts.outputs, "file")));
    Ok(ExitStatus::Clean)
}

/// What a closed gate leaves behind.
fn old_output(output: &Path) -> String {
    if output.is_dir() { format!(", and {} stands as it was", folder_text(output)) } else { String::new() }
}

fn folder_text(folder: &Path) -> String {
    let folder = folder.strip_prefix(".").unwrap_or(folder).display().to_string();
    format!("{}/", folder.trim_end_matches('/'))
}
