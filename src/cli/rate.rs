//! `sowhat rate`: people rate a sample of the pieces that was drawn by lot. What they say is recorded
//! beside the machine's evidence and never mixed with it.

use super::args::{DayArgs, GateBar, GlobalArgs, SiteArgs};
use super::console::{Console, DIM};
use super::exit::{ExitStatus, Stop};
use super::records::{Fields, append, piece, require_person};
use super::site::OpenSite;
use clap::Subcommand;
use sowhat::editorial::records::rating::{agreements, draw, rated, seed_of};
use sowhat::editorial::records::{Agreement, Entry, Ledger};
use sowhat::parse::records::{Head, RATING_COLUMNS, RATINGS, SAMPLE_COLUMNS, SAMPLES, score};
use sowhat::report::counted;
use std::io::{self, BufRead, Write};

/// What the scores mean, for a rater who asks.
const ANCHORS: &str = "0 not at all · 3 in places · 5 as much as the usual piece · 8 clearly · 10 could hardly be better; halves are fine";

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,

    #[command(flatten)]
    day: DayArgs,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Draw a sample of the live pieces by lot, and record it with its seed
    Draw {
        /// What to call it, as in 2026-h2
        sample: String,

        /// How many pieces
        #[arg(short = 'n', long, default_value_t = 6, value_name = "N")]
        count: usize,

        /// The seed of the lots [default: made from the sample's name]
        #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u64).range(..1 << 53))]
        seed: Option<u64>,
    },
    /// Rate the pieces of a sample, one after the other; or one piece, with --scores
    Add {
        /// The sample
        sample: String,

        /// A piece of the sample; without it, each that the rater has not rated yet is asked for
        #[arg(requires = "scores")]
        piece: Option<String>,

        /// Who rates: the name of their file in content/people
        #[arg(long, value_name = "PERSON")]
        by: String,

        /// The scores, 0 to 10: different,readable,sound,useful,owned
        #[arg(long, value_name = "D,R,S,U,O", requires = "piece", value_parser = scores)]
        scores: Option<Scores>,

        /// A word on why
        #[arg(long, value_name = "TEXT", requires = "scores")]
        note: Option<String>,
    },
    /// Show what has been rated, and how far the raters agree
    Show {
        /// The sample [default: all]
        sample: Option<String>,
    },
}

/// A score for each head.
type Scores = [f64; Head::ALL.len()];

pub fn run(args: &Args, global: &GlobalArgs, console: Console) -> Result<ExitStatus, Stop> {
    let site = OpenSite::open(global)?;
    let site_args = SiteArgs { base_url: None, drafts: false, future: false, day: args.day.clone() };
    let outcome = site.run(&site_args, GateBar::Errors)?;
    let ledger = Ledger::new(&outcome.site, &outcome.records);
    let rater = Rater { site: &site, ledger: &ledger, day: args.day.today()?.iso_day(), console };
    match &args.action {
        Action::Draw { sample, count, seed } => rater.draw(sample, *count, seed.unwrap_or_else(|| seed_of(sample))),
        Action::Add { sample, piece: Some(name), by, scores: Some(scores), note } => {
            rater.require_sample(sample)?;
            require_person(&ledger, by)?;
            let entry = piece(&ledger, name)?;
            rater.refuse_own(entry, by)?;
            rater.record(Rating { sample, entry, by, scores, note: note.as_deref().unwrap_or_default() })
        }
        Action::Add { sample, by, .. } => {
            rater.require_sample(sample)?;
            require_person(&ledger, by)?;
            rater.ask(sample, by)
        }
        Action::Show { sample } => {
            if let Some(sample) = sample {
                rater.require_sample(sample)?;
            }
            rater.show(sample.as_deref())
        }
    }?;
    Ok(ExitStatus::Clean)
}

/// A site that is rated on a day.
struct Rater<'r, 'a> {
    site: &'r OpenSite,
    ledger: &'r Ledger<'a>,
    day: String,
    console: Console,
}

/// One rating to be recorded.
struct Rating<'r, 'a> {
    sample: &'r str,
    entry: &'r Entry<'a>,
    by: &'r str,
    scores: &'r Scores,
    note: &'r str,
}

impl<'a> Rater<'_, 'a> {
    fn draw(&self, sample: &str, count: usize, seed: u64) -> Result<(), Stop> {
        let is_plain = !sample.is_empty() && sample.chars().all(|c| c.is_alphanumeric() || "-_.".contains(c));
        if !is_plain {
            let help = "use letters, digits and hyphens, as in `2026-h2`";
            return Err(Stop::with_help(format_args!("`{}` is not a name for a sample", sample.escape_debug()), help));
        }
        if self.ledger.samples().contains_key(sample) {
            let help = "a sample is drawn once: a second draw would let somebody choose";
            return Err(Stop::with_help(format_args!("the sample `{sample}` is drawn already"), help));
        }
        let drawn = draw(self.ledger, seed, count);
        if drawn.is_empty() {
            return Err(Stop::new("there is no live piece to draw"));
        }
        let seed = seed.to_string();
        let records: Vec<Fields<'_>> = drawn
            .iter()
            .map(|path| vec![("sample", sample), ("seed", seed.as_str()), ("drawn", &self.day), ("piece", path.as_str())])
            .collect();
        append(self.site, SAMPLES, SAMPLE_COLUMNS, &records)?;
        self.console.say(format_args!("Drew {} with the seed {seed}, in {SAMPLES}", counted(drawn.len(), "piece")));
        let mut out = self.console.stdout();
        for path in drawn {
            writeln!(out, "{path}")?;
        }
        Ok(out.flush()?)
    }

    fn require_sample(&self, sample: &str) -> Result<(), Stop> {
        let samples = self.ledger.samples();
        if samples.contains_key(sample) {
            return Ok(());
        }
        let known: Vec<&str> = samples.into_keys().collect();
        let help = match known.is_empty() {
            true => format!("`sowhat rate draw {}` draws one", sample.escape_debug()),
            false => format!("there are {}", known.join(", ")),
        };
        Err(Stop::with_help(format_args!("there is no sample `{}`", sample.escape_debug()), help))
    }

    fn refuse_own(&self, entry: &Entry<'_>, by: &str) -> Result<(), Stop> {
        if !entry.is_by(by) {
            return Ok(());
        }
        let message = format!("`{by}` wrote {} and cannot rate it", entry.document.path);
        Err(Stop::with_help(message, "let somebody else rate it; `sowhat explain rating-by-author` says why"))
    }

    fn record(&self, rating: Rating<'_, '_>) -> Result<(), Stop> {
        let path = rating.entry.document.path.as_str();
        let scores = rating.scores.map(|score| score.to_string());
        let mut fields: Fields<'_> = vec![("sample", rating.sample), ("piece", path), ("by", rating.by), ("on", &self.day)];
        fields.extend(Head::ALL.iter().zip(&scores).map(|(head, score)| (head.as_str(), score.as_str())));
        fields.push(("note", rating.note));
        append(self.site, RATINGS, RATING_COLUMNS, &[fields])?;
        self.console.say(format_args!("{} rated {path} in {}, in {RATINGS}", rating.by, rating.sample));
        Ok(())
    }

    /// The pieces of a sample that are there.
    fn drawn(&self, sample: &str) -> Vec<&Entry<'a>> {
        let records = self.ledger.samples().remove(sample).unwrap_or_default();
        records.iter().filter_map(|record| self.ledger.piece(&record.piece.value)).collect()
    }

    /// Asks for the scores of each piece that is left to rate; what is answered is kept at once.
    fn ask(&self, sample: &str, by: &str) -> Result<(), Stop> {
        let is_open = |entry: &&Entry<'a>| {
            let is_rated = entry.ratings.iter().any(|rating| rating.by.value == by && rating.sample.value == sample);
            !is_rated && !entry.is_by(by)
        };
        let open: Vec<&Entry<'a>> = self.drawn(sample).into_iter().filter(is_open).collect();
        if open.is_empty() {
            self.console.say(format_args!("{by} has rated all of {sample} but their own pieces"));
            return Ok(());
        }
        let mut out = self.console.stdout();
        writeln!(
            out,
            "{} to rate. {ANCHORS}.\nAn empty line passes over a piece, `q` stops; what was rated is kept.",
            counted(open.len(), "piece")
        )?;
        for entry in open {
            writeln!(out, "\n{}\n{DIM}{}{DIM:#}", entry.title, entry.document.path)?;
            match ask_piece(&mut out)? {
                Answer::Rated(scores, note) => self.record(Rating { sample, entry, by, scores: &scores, note: &note })?,
                Answer::Passed => {}
                Answer::Stopped => break,
            }
        }
        Ok(out.flush()?)
    }

    fn show(&self, sample: Option<&str>) -> Result<(), Stop> {
        let mut out = self.console.stdout();
        let samples: Vec<&str> = self.ledger.samples().into_keys().filter(|name| sample.is_none_or(|sample| sample == *name)).collect();
        if samples.is_empty() {
            self.console.say("nothing has been drawn yet; `sowhat rate draw 2026-h2` draws a sample");
        }
        for name in samples {
            let records = self.ledger.samples().remove(name).unwrap_or_default();
            if let Some(first) = records.first() {
                writeln!(out, "{name}: {} drawn on {} with the seed {}", counted(records.len(), "piece"), first.drawn.value, first.seed)?;
            }
            for entry in self.drawn(name) {
                let own: Vec<_> = entry.ratings.iter().copied().filter(|rating| rating.sample.value == name).collect();
                writeln!(out, "  {}  {DIM}{}{DIM:#}", rating_text(&own), entry.document.path)?;
            }
            let agreement = agreements(self.ledger, Some(name));
            writeln!(out, "  agreement (Krippendorff's alpha, interval): {}", agreement_text(&agreement.overall))?;
            for (head, agreement) in Head::ALL.iter().zip(&agreement.heads) {
                writeln!(out, "    {:10} {}", head.as_str(), agreement_text(agreement))?;
            }
        }
        Ok(out.flush()?)
    }
}

/// What a rater says of one piece.
enum Answer {
    Rated(Scores, String),
    Passed,
    Stopped,
}

fn ask_piece(out: &mut dyn Write) -> Result<Answer, Stop> {
    let mut scores = [0.0; Head::ALL.len()];
    for (slot, head) in scores.iter_mut().zip(Head::ALL) {
        loop {
            write!(out, "  {} {DIM}{}{DIM:#} ", head.as_str(), head.question())?;
            out.flush()?;
            let Some(line) = read_line()? else { return Ok(Answer::Stopped) };
            match (line.as_str(), score(&line)) {
                ("", _) => return Ok(Answer::Passed),
                ("q", _) => return Ok(Answer::Stopped),
                (_, Some(score)) => {
                    *slot = score;
                    break;
                }
                (_, None) => writeln!(out, "  {ANCHORS}")?,
            }
        }
    }
    write!(out, "  a word on why, or an empty line: ")?;
    out.flush()?;
    Ok(Answer::Rated(scores, read_line()?.unwrap_or_default()))
}

/// A line as somebody typed it; `None` at the end of the input.
fn read_line() -> Result<Option<String>, Stop> {
    let mut line = String::new();
    let n_read = io::stdin().lock().read_line(&mut line).map_err(|error| Stop::new(format_args!("cannot read your answer: {error}")))?;
    Ok((n_read > 0).then(|| line.trim().to_owned()))
}

fn rating_text(ratings: &[&sowhat::parse::records::RatingRecord]) -> String {
    match rated(ratings) {
        None => "not rated".to_owned(),
        Some(rated) => match rated.means {
            None => "1 rater, needs another".to_owned(),
            Some(means) => {
                let means: Vec<String> = Head::ALL.iter().zip(means).map(|(head, mean)| format!("{} {mean:.1}", head.as_str())).collect();
                format!("{} ({} raters)", means.join(", "), rated.n_raters)
            }
        },
    }
}

fn agreement_text(agreement: &Agreement) -> String {
    let of = format!("{} scores of {}", agreement.n_scores, counted(agreement.n_units, "unit"));
    match agreement.alpha {
        Some(alpha) => format!("{alpha:.2} over {of}"),
        None => format!("too little to tell ({of})"),
    }
}

fn scores(text: &str) -> Result<Scores, String> {
    let given: Option<Vec<f64>> = text.split(',').map(score).collect();
    let given = given.and_then(|given| Scores::try_from(given).ok());
    given.ok_or_else(|| "give five numbers from 0 to 10, in halves: different,readable,sound,useful,owned".to_owned())
}
