//! `sowhat serve`: the live preview, until Ctrl-C.

use super::args::{DayArgs, GlobalArgs};
use super::browser;
use super::console::Console;
use super::exit::{ExitStatus, Stop};
use super::limits::LimitArgs;
use super::site::OpenSite;
use sowhat::base::diagnostic::Severity;
use sowhat::pipeline::Gate;
use sowhat::report::counted;
use sowhat::serve::{self, Bound, Clock, Edition, Holder, Preview, Setup};
use std::io::Write;
use std::net::{IpAddr, ToSocketAddrs};
use std::sync::mpsc;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The port to serve at; the next free one if it is taken
    #[arg(short, long, default_value_t = 4747)]
    port: u16,

    /// The address to serve at; any but this machine's own shows the site, drafts included, to the network
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,

    /// Open the site in a browser
    #[arg(short = 'O', long)]
    open: bool,

    #[command(flatten)]
    day: DayArgs,

    #[command(flatten)]
    limits: LimitArgs,
}

pub fn run(args: &Args, global: &GlobalArgs, console: Console) -> Result<ExitStatus, Stop> {
    let site = OpenSite::open(global)?;
    let address = address_of(&args.host)?;
    let Bound { listener, taken_by } = serve::bind(address, args.port).map_err(|error| {
        Stop::with_help(
            format_args!("cannot serve at {}, port {}: {error}", args.host, args.port),
            "name another with `--port` or `--host`",
        )
    })?;
    let mut options = site.options(args.day.today()?);
    // A preview shows what is not public yet, marked as such.
    (options.drafts, options.future) = (true, true);
    options.at_work = args.limits.watch_preview(console);
    let (stop, stopped) = mpsc::channel();
    ctrlc::set_handler(move || {
        // When nobody waits for it any more, the end is near already.
        let _ = stop.send(());
    })
    .map_err(|error| Stop::new(format_args!("cannot listen for Ctrl-C: {error}")))?;
    let on_edition = Box::new(move |edition: &Edition| console.say(summary(edition)));
    let clock = args.day.clock().map(|clock| Box::new(clock) as Clock);
    let setup = Setup { world: site.shared_world(), options, listener, host: args.host.clone(), clock, on_edition };
    let preview = Preview::start(setup).map_err(|error| Stop::new(format_args!("cannot start the preview: {error}")))?;
    let port = preview.address().port();
    if let Some(holder) = taken_by {
        let holder = match holder {
            Holder::Preview => "another preview",
            Holder::Other => "another program",
        };
        console.say(format_args!("Port {} is taken by {holder}, so this preview is at port {port}", args.port));
    }
    if !address.is_loopback() {
        console.say("Warning: everybody who can reach this machine can read the site now, drafts included");
    }
    let url = format!("http://{}:{port}{}", shown_host(&args.host, address), preview.base_path());
    let mut out = console.stdout();
    writeln!(out, "{url}")?;
    out.flush()?;
    drop(out);
    console.say("Every page with its findings is at /_sowhat/; Ctrl-C ends the preview");
    if args.open {
        browser::open(&url, console);
    }
    // An error means that nobody can say stop any more, which is as good as being told.
    let _ = stopped.recv();
    drop(preview);
    Ok(ExitStatus::Clean)
}

fn address_of(host: &str) -> Result<IpAddr, Stop> {
    let host = host.trim_matches(['[', ']']);
    let found = (host, 0).to_socket_addrs().map_err(|error| Stop::new(format_args!("`{host}` is no address of this machine: {error}")))?;
    let mut found: Vec<IpAddr> = found.map(|address| address.ip()).collect();
    // `localhost` may be both; what is printed says 127.0.0.1 elsewhere as well.
    found.sort_by_key(IpAddr::is_ipv6);
    found.into_iter().next().ok_or_else(|| Stop::new(format_args!("`{host}` has no address")))
}

/// The host as a browser on this machine reaches it.
fn shown_host(host: &str, address: IpAddr) -> String {
    match address {
        address if address.is_unspecified() => "127.0.0.1".to_owned(),
        IpAddr::V6(address) if host.contains(':') => format!("[{address}]"),
        IpAddr::V4(_) | IpAddr::V6(_) => host.to_owned(),
    }
}

/// What an edition came to, in a line.
fn summary(edition: &Edition) -> String {
    let count = |severity: Severity, noun: &str| match edition.count(severity) {
        0 => None,
        count => Some(counted(count, noun)),
    };
    let parts: Vec<String> = [count(Severity::Error, "error"), count(Severity::Warning, "warning")].into_iter().flatten().collect();
    let findings = if parts.is_empty() { "no findings".to_owned() } else { parts.join(", ") };
    let what = match edition.changed.as_slice() {
        [] => String::new(),
        [path] => format!("{path}: "),
        [first, rest @ ..] => format!("{first} and {}: ", counted(rest.len(), "other file")),
    };
    let gate = match (edition.trouble.first(), edition.gate) {
        (Some(trouble), _) => format!("; the last good site is shown: {}", trouble.message),
        (None, Gate::Open) => String::new(),
        (None, Gate::Closed) => "; the gate is closed".to_owned(),
    };
    format!("{what}{findings}{gate}")
}
