//! The tables of `data/` to typed records; what a field cannot say is a finding at that field.

use super::csv::{self, Cell, Row};
use super::trace::Trace;
use super::{
    Head, Measured, RATING_COLUMNS, RATINGS, RESULT_COLUMNS, RESULTS, RatingRecord, Records, ResultRecord, SAMPLE_COLUMNS, SAMPLES,
    SIGN_OFF_COLUMNS, SIGN_OFFS, SampleRecord, SignOffRecord, rules, score,
};
use crate::base::date::Date;
use crate::base::diagnostic::Diagnostic;
use crate::base::file_text::FileText;
use crate::base::path::SourcePath;
use crate::base::spanned::Spanned;
use crate::base::suggest::did_you_mean;
use crate::config::sign_off::Capacity;
use std::ops::Range;
use std::sync::Arc;

/// Reads the records of a site; `text_of` gives the text of a file that is there. No record may be dated
/// after `today`.
pub fn read<'a>(text_of: impl Fn(&SourcePath) -> Option<&'a str>, today: Date) -> (Records, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let mut file = |name: &str, read: &mut dyn FnMut(&mut Reader<'_>)| {
        let path = SourcePath::new(name).expect("a plain path");
        let Some(text) = text_of(&path) else { return };
        let mut reader = Reader { source: FileText { path: &path, text }, today, findings: Vec::new() };
        read(&mut reader);
        findings.append(&mut reader.findings);
    };
    let mut records = Records::default();
    file(SIGN_OFFS, &mut |reader| records.sign_offs = reader.rows(SIGN_OFF_COLUMNS, Reader::sign_off));
    file(RESULTS, &mut |reader| records.results = reader.rows(RESULT_COLUMNS, Reader::result));
    file(RATINGS, &mut |reader| records.ratings = reader.rows(RATING_COLUMNS, Reader::rating));
    file(SAMPLES, &mut |reader| records.samples = reader.rows(SAMPLE_COLUMNS, Reader::sample));
    (records, findings)
}

struct Reader<'a> {
    source: FileText<'a>,
    today: Date,
    findings: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn rows<T>(&mut self, columns: &'static [csv::Column], read: impl Fn(&mut Self, &Row) -> Option<T>) -> Vec<T> {
        let (rows, findings) = csv::read(self.source, columns);
        self.findings.extend(findings);
        rows.iter().filter_map(|row| read(self, row)).collect()
    }

    fn sign_off(&mut self, row: &Row) -> Option<SignOffRecord> {
        let piece = self.cell(row, "piece");
        let capacity = self.capacity(row);
        let by = self.cell(row, "by");
        let on = self.date(row, "on");
        let trace = self.trace(row);
        Some(SignOffRecord { range: row.range.clone(), piece: piece?, capacity: capacity?, by: by?, on: on?, trace: trace? })
    }

    fn result(&mut self, row: &Row) -> Option<ResultRecord> {
        let piece = self.cell(row, "piece");
        let metric = self.cell(row, "metric");
        let date = self.date(row, "date");
        let value = self.measured(row);
        let source = self.cell(row, "source");
        Some(ResultRecord { range: row.range.clone(), piece: piece?, metric: metric?, date: date?, value: value?, source: source? })
    }

    fn rating(&mut self, row: &Row) -> Option<RatingRecord> {
        let sample = self.cell(row, "sample");
        let piece = self.cell(row, "piece");
        let by = self.cell(row, "by");
        let on = self.date(row, "on");
        let scores = Head::ALL.map(|head| self.score(row, head));
        let note = row.get("note").map(|note| note.value.clone());
        let mut given = [0.0; Head::ALL.len()];
        for (given, score) in given.iter_mut().zip(scores) {
            *given = score?;
        }
        Some(RatingRecord { range: row.range.clone(), sample: sample?, piece: piece?, by: by?, on: on?, scores: given, note })
    }

    fn sample(&mut self, row: &Row) -> Option<SampleRecord> {
        let sample = self.cell(row, "sample");
        let seed = self.cell(row, "seed").and_then(|cell| {
            let seed = cell.value.parse().ok();
            seed.or_else(|| self.bad_value(&cell.range, format!("`{}` is not a seed", cell.value), "a seed is a whole number"))
        });
        let drawn = self.date(row, "drawn");
        let piece = self.cell(row, "piece");
        Some(SampleRecord { range: row.range.clone(), sample: sample?, seed: seed?, drawn: drawn?, piece: piece? })
    }

    fn cell(&mut self, row: &Row, column: &str) -> Option<Cell> {
        row.require(column, self.source, &mut self.findings).cloned()
    }

    /// Says what is wrong with a field; it has no value then.
    fn bad_value<T>(&mut self, range: &Range<usize>, message: String, help: impl Into<Arc<str>>) -> Option<T> {
        self.findings.push(Diagnostic::error(rules::BAD_VALUE, self.source.place(range.clone()), message).help(help));
        None
    }

    fn capacity(&mut self, row: &Row) -> Option<Capacity> {
        let cell = self.cell(row, "as")?;
        let words = Capacity::ALL.map(Capacity::as_str);
        let help = || did_you_mean(&cell.value, words).unwrap_or_else(|| format!("there are {}", words.join(", ")));
        Capacity::parse(&cell.value)
            .or_else(|| self.bad_value(&cell.range, format!("`{}` is not a capacity to sign in", cell.value), help()))
    }

    fn date(&mut self, row: &Row, column: &str) -> Option<Spanned<Date>> {
        let cell = self.cell(row, column)?;
        let place = self.source.place(cell.range.clone());
        match Date::parse(&cell.value) {
            Ok(date) if date.day > self.today.day => {
                let message = format!("{} has not come yet", date.long_text());
                self.findings.push(Diagnostic::error(rules::BAD_DATE, place, message).help("record what has happened, on the day it did"));
                None
            }
            Ok(date) => Some(Spanned::new(date, cell.range)),
            Err(reason) => {
                self.findings.push(Diagnostic::error(rules::BAD_DATE, place, reason).help("write it as `2026-11-02`"));
                None
            }
        }
    }

    fn trace(&mut self, row: &Row) -> Option<Trace> {
        let cell = self.cell(row, "text")?;
        Trace::parse(&cell.value).or_else(|| {
            let message = "this is not what `sowhat sign` writes of a text".to_owned();
            self.bad_value(&cell.range, message, "take the line out and sign again with `sowhat sign PIECE --as … --by …`")
        })
    }

    fn measured(&mut self, row: &Row) -> Option<Spanned<Measured>> {
        let cell = self.cell(row, "value")?;
        let plain = cell.value.strip_suffix('%').map_or(cell.value.as_str(), str::trim_end);
        let number = plain.parse::<f64>().ok().filter(|number| number.is_finite() && plain.bytes().any(|byte| byte.is_ascii_digit()));
        let measured = match (number, cell.value.to_lowercase().as_str()) {
            (Some(number), _) => Some(Measured::Number(number)),
            (None, "yes") => Some(Measured::Happened(true)),
            (None, "no") => Some(Measured::Happened(false)),
            (None, _) => {
                let help = "write digits with a point for the fraction and no separators, as `1250.5`, or `yes` or `no`";
                self.bad_value(&cell.range, format!("`{}` is not a number", cell.value.escape_debug()), help)
            }
        };
        measured.map(|measured| Spanned::new(measured, cell.range))
    }

    fn score(&mut self, row: &Row, head: Head) -> Option<f64> {
        let cell = self.cell(row, head.as_str())?;
        let help = "a score is a number from 0 to 10, in halves";
        score(&cell.value).or_else(|| self.bad_value(&cell.range, format!("`{}` is not a score", cell.value.escape_debug()), help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a file of records comes to: how many records, and the findings as `byte rule`.
    fn shown(name: &str, text: &str) -> (usize, Vec<String>) {
        let today = Date::parse("2026-11-22").unwrap();
        let (records, findings) = read(|path| (path.as_str() == name).then_some(text), today);
        let n_records = records.sign_offs.len() + records.results.len() + records.ratings.len() + records.samples.len();
        (n_records, findings.iter().map(|finding| format!("{} {}", finding.place.start, finding.rule)).collect())
    }

    #[track_caller]
    fn check(name: &str, text: &str, n_records: usize, findings: &[&str]) {
        assert_eq!(shown(name, text), (n_records, findings.iter().map(|finding| (*finding).to_owned()).collect()), "{text}");
    }

    #[test]
    fn results_are_numbers_dates_and_sources() {
        let check = |rest: &str, n_records: usize, findings: &[&str]| {
            check(RESULTS, &format!("piece,metric,date,value,source\n{rest}"), n_records, findings);
        };
        check(
            "a,quotes,2026-11-01,12,CRM\na,quotes,2026-11-02,-3.5,CRM\na,won,2026-11-02,yes,\"Desk, 2\"\na,share,2026-11-02,12 %,CRM\n",
            4,
            &[],
        );
        check("a,quotes,2026-11-01,\"1,200\",CRM\n", 0, &["51 record-bad-value"]);
        check("a,quotes,2026-11-01,inf,CRM\n", 0, &["51 record-bad-value"]);
        check("a,quotes,2026-02-30,12,CRM\n", 0, &["40 record-bad-date"]);
        check("a,quotes,2026-11-23,12,CRM\n", 0, &["40 record-bad-date"]);
        check("a,quotes,2026-11-01,,CRM\n", 0, &["31 record-malformed"]);
        check("a,quotes,2026-11-01,=1+1,CRM\n", 0, &["51 record-bad-value", "51 record-bad-value"]);
    }

    #[test]
    fn sign_offs_ratings_and_samples_are_held_to_their_forms() {
        let head = "piece,as,by,on,text\n";
        let trace = "v1.0123456789ab.0123456789ab.0.";
        check(SIGN_OFFS, &format!("{head}a,expert,tom,2026-11-01,{trace}\na,SME,tom,2026-11-01,{trace}\n"), 2, &[]);
        check(SIGN_OFFS, &format!("{head}a,expret,tom,2026-11-01,{trace}\n"), 0, &["22 record-bad-value"]);
        check(SIGN_OFFS, &format!("{head}a,expert,tom,2026-11-01,fine\n"), 0, &["44 record-bad-value"]);
        let head = "sample,piece,by,on,different,readable,sound,useful,owned\n";
        check(RATINGS, &format!("{head}h1,a,tom,2026-11-01,0,10,7.5,3,5\n"), 1, &[]);
        check(RATINGS, &format!("{head}h1,a,tom,2026-11-01,11,10,7.3,3,5\n"), 0, &["77 record-bad-value", "83 record-bad-value"]);
        check(SAMPLES, "sample,seed,drawn,piece\nh1,7,2026-11-01,a\nh1,x,2026-11-01,b\n", 1, &["45 record-bad-value"]);
    }
}
