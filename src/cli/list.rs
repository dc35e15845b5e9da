//! `sowhat list`: the pieces of the site by state, as a table or as JSON.

use super::args::{DayArgs, GlobalArgs};
use super::console::{Console, DIM};
use super::exit::{ExitStatus, Stop};
use super::site::OpenSite;
use clap::ValueEnum;
use serde_json::{Value, json};
use sowhat::base::date::Date;
use sowhat::base::path::UrlPath;
use sowhat::model::{Kind, Site, State};
use sowhat::parse::Document;
use sowhat::parse::front_matter::{AudienceEntry, Slot};
use sowhat::report::Style;
use std::io::{self, Write};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which pieces
    #[arg(default_value = "pieces")]
    which: Which,

    /// How to print them
    #[arg(long, default_value = "text")]
    format: ListFormat,

    #[command(flatten)]
    day: DayArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Which {
    /// All of them
    Pieces,
    /// Those with `draft: true`
    Drafts,
    /// Those whose day has not come
    Scheduled,
    /// Those past their `expires_on`
    Expired,
    /// Those whose `review_by` has come
    Due,
    /// Those behind a form
    Gated,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ListFormat {
    Text,
    Json,
}

/// A piece, published in this run or not.
struct Row<'a> {
    document: &'a Document,
    state: State,
    url: &'a UrlPath,
    title: &'a str,
}

pub fn run(args: &Args, global: &GlobalArgs, console: Console) -> Result<ExitStatus, Stop> {
    let site = OpenSite::open(global)?.read(&args.day)?;
    let rows: Vec<Row<'_>> = rows(&site).into_iter().filter(|row| row.is(args.which, site.today)).collect();
    let mut out = console.stdout();
    match args.format {
        ListFormat::Json => {
            let pieces: Vec<Value> = rows.iter().map(Row::to_json).collect();
            writeln!(out, "{:#}", Value::from(pieces))?;
        }
        ListFormat::Text => table(&rows, console.style(), &mut out)?,
    }
    out.flush()?;
    if rows.is_empty() && matches!(args.format, ListFormat::Text) {
        console.say(args.which.none_found());
    }
    Ok(ExitStatus::Clean)
}

/// Every piece, newest first, those without a date last.
fn rows(site: &Site) -> Vec<Row<'_>> {
    let published = site.pages.iter().filter(|page| page.kind == Kind::Piece).map(|page| Row {
        document: &page.document,
        state: page.state,
        url: &page.url,
        title: &page.title,
    });
    let withheld = site.withheld.iter().filter(|page| page.kind == Kind::Piece).map(|page| Row {
        document: &page.document,
        state: page.state,
        url: &page.url,
        title: &page.title,
    });
    let mut rows: Vec<Row<'_>> = published.chain(withheld).collect();
    rows.sort_by(|a, b| b.date().cmp(&a.date()).then_with(|| a.document.path.cmp(&b.document.path)));
    rows
}

impl Which {
    fn none_found(self) -> &'static str {
        match self {
            Self::Pieces => "no pieces yet; `sowhat new insights/my-first-piece` makes one",
            Self::Drafts => "no drafts",
            Self::Scheduled => "nothing is scheduled",
            Self::Expired => "nothing has expired",
            Self::Due => "nothing is due for review",
            Self::Gated => "everything is ungated",
        }
    }
}

impl Row<'_> {
    fn is(&self, which: Which, today: Date) -> bool {
        match which {
            Which::Pieces => true,
            Which::Drafts => self.state == State::Draft,
            Which::Scheduled => self.state == State::Scheduled,
            Which::Expired => self.state == State::Expired,
            Which::Due => self.document.front.review_by.as_ref().is_some_and(|review_by| review_by.value.day <= today.day),
            Which::Gated => self.document.front.gate.is_some(),
        }
    }

    fn date(&self) -> Option<Date> {
        self.document.front.date.as_ref().map(|date| date.value)
    }

    /// The state, with the day that it hangs on.
    fn state_text(&self) -> String {
        let front = &self.document.front;
        let (field, word) = match self.state {
            State::Live | State::Draft => return self.state.as_str().to_owned(),
            State::Scheduled => (front.publish_on.as_deref().or(front.date.as_ref()), "for"),
            State::Expired => (front.expires_on.as_deref(), "on"),
        };
        let day = field.map(|field| format!(" {word} {}", field.value.iso_day()));
        format!("{}{}", self.state.as_str(), day.unwrap_or_default())
    }

    fn to_json(&self) -> Value {
        let front = &self.document.front;
        let audience: Vec<&str> = front.audience.iter().flat_map(|field| &field.value).filter_map(audience_text).collect();
        json!({
            "path": self.document.path.as_str(),
            "url": self.url.as_str(),
            "title": self.title,
            "state": self.state.as_str(),
            "date": self.date().map(|date| date.iso_day()),
            "updated": front.updated.as_ref().map(|field| field.value.iso_day()),
            "publish_on": front.publish_on.as_ref().map(|field| field.value.iso_day()),
            "expires_on": front.expires_on.as_ref().map(|field| field.value.iso_day()),
            "review_by": front.review_by.as_ref().map(|field| field.value.iso_day()),
            "gated": front.gate.is_some(),
            "authors": texts(front.authors.as_ref().map(|field| field.value.as_slice())),
            "audience": audience,
            "topics": texts(front.topics.as_ref().map(|field| field.value.as_slice())),
            "words": self.document.word_count,
        })
    }
}

fn texts(slots: Option<&[Slot]>) -> Vec<&str> {
    slots.unwrap_or_default().iter().map(|slot| slot.value.as_str()).collect()
}

/// The id, or the role of an audience that is described in the piece.
fn audience_text(entry: &AudienceEntry) -> Option<&str> {
    match entry {
        AudienceEntry::Id(id) => Some(&id.value),
        AudienceEntry::Inline(slots) => slots.value.role.as_ref().map(|role| role.value.as_str()),
        AudienceEntry::Other(_) => None,
    }
}

/// Aligned columns; the title stands last, for its width on the terminal is anyone's guess.
fn table(rows: &[Row<'_>], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<[String; 4]> = rows
        .iter()
        .map(|row| {
            let date = row.date().map_or_else(|| "no date".to_owned(), |date| date.iso_day());
            [date, row.state_text(), row.document.path.to_string(), row.title.replace(char::is_control, " ")]
        })
        .collect();
    let width = |column: usize| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let (state_width, path_width) = (width(1), width(2));
    let dim = match style {
        Style::Plain => Default::default(),
        Style::Colored => DIM,
    };
    for [date, state, path, title] in &cells {
        writeln!(out, "{dim}{date:10}{dim:#}  {state:state_width$}  {path:path_width$}  {dim}{title}{dim:#}")?;
    }
    Ok(())
}
