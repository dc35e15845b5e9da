//! `sowhat sign`: somebody has read a piece and stands for it. The word is bound to the text as it is.

use super::args::{DayArgs, GateBar, GlobalArgs, SiteArgs};
use super::console::Console;
use super::exit::{ExitStatus, Stop};
use super::records::{Fields, append, piece, require_person};
use super::site::OpenSite;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use sowhat::config::sign_off::Capacity;
use sowhat::editorial::records::{Entry, Ledger};
use sowhat::parse::records::{SIGN_OFF_COLUMNS, SIGN_OFFS};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The pieces, as in insights/price-the-outcome
    #[arg(required = true, value_name = "PIECE")]
    pieces: Vec<String>,

    /// In which capacity
    #[arg(long = "as", value_name = "CAPACITY", value_parser = capacities())]
    capacity: Capacity,

    /// Who: the name of their file in content/people
    #[arg(long, value_name = "PERSON")]
    by: String,

    #[command(flatten)]
    day: DayArgs,
}

pub fn run(args: &Args, global: &GlobalArgs, console: Console) -> Result<ExitStatus, Stop> {
    let site = OpenSite::open(global)?;
    let site_args = SiteArgs { base_url: None, drafts: false, future: false, day: args.day.clone() };
    let outcome = site.run(&site_args, GateBar::Errors)?;
    let ledger = Ledger::new(&outcome.site, &outcome.records);
    require_person(&ledger, &args.by)?;
    let day = args.day.today()?.iso_day();
    let mut signed = Vec::new();
    for name in &args.pieces {
        let entry = piece(&ledger, name)?;
        refuse_own(entry, args)?;
        if stands(entry, args) {
            console.say(format_args!("{} is signed already, and its text is the same", entry.document.path));
        } else {
            signed.push((entry.document.path.as_str(), entry.document.trace().to_string()));
        }
    }
    let capacity = args.capacity.as_str();
    let records: Vec<Fields<'_>> = signed
        .iter()
        .map(|(path, trace)| vec![("piece", *path), ("as", capacity), ("by", &args.by), ("on", &day), ("text", trace.as_str())])
        .collect();
    if !records.is_empty() {
        append(&site, SIGN_OFFS, SIGN_OFF_COLUMNS, &records)?;
    }
    for (path, _) in &signed {
        console.say(format_args!("{} signed {path} as {capacity} on {day}, in {SIGN_OFFS}", args.by));
        say_what_lacks(&ledger, path, args.capacity, console);
    }
    Ok(ExitStatus::Clean)
}

/// A review by the author is none.
fn refuse_own(entry: &Entry<'_>, args: &Args) -> Result<(), Stop> {
    if !(args.capacity.needs_another() && entry.is_by(&args.by)) {
        return Ok(());
    }
    let message = format!("`{}` wrote {} and cannot sign it off as its {}", args.by, entry.document.path, args.capacity.as_str());
    Err(Stop::with_help(message, "let somebody else read it; `sowhat explain sign-off-by-author` says why"))
}

/// Whether the same person has signed the very same text in this capacity.
fn stands(entry: &Entry<'_>, args: &Args) -> bool {
    let signed = entry.sign_offs.get(&args.capacity);
    signed.is_some_and(|signed| signed.by.value == args.by && signed.is_of_this_text(entry.document))
}

/// Says which of the three partners have not signed yet.
fn say_what_lacks(ledger: &Ledger<'_>, path: &str, just_signed: Capacity, console: Console) {
    let Some(entry) = ledger.piece(path) else { return };
    let is_lacking =
        |capacity: &Capacity| *capacity != just_signed && !entry.sign_offs.get(capacity).is_some_and(|signed| signed.is_fresh());
    let lacking: Vec<&str> = Capacity::PARTNERSHIP.into_iter().filter(is_lacking).map(Capacity::as_str).collect();
    if !lacking.is_empty() {
        console.say_details(format_args!("  without a fresh sign-off as {}", lacking.join(", ")));
    }
}

fn capacities() -> impl TypedValueParser<Value = Capacity> {
    PossibleValuesParser::new(Capacity::ALL.map(Capacity::as_str))
        .map(|word| Capacity::parse(&word).expect("the parser lets only the words of capacities through"))
}
