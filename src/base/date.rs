//! Dates in the shapes that real content uses.

use jiff::Timestamp;
use jiff::civil;
use jiff::tz::TimeZone;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// A calendar date, with the moment it names when a time was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// The day, as written.
    pub day: civil::Date,
    /// The time of day, as written; midnight when none was.
    pub time: civil::Time,
    /// The offset from UTC in seconds, as written; zero when none was.
    pub offset: i32,
}

impl Date {
    /// Reads `2026-11-02`, `2026-11-02T09:30`, `2026-11-02 09:30:05.5`, each date-time with or
    /// without `Z`, `+02:00`, `+0200` or `+02`.
    ///
    /// The error says what is wrong, for example that the month has no such day.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let shape = || format!("`{text}` is not a date; write it as `2026-11-02` or `2026-11-02T09:30:00+01:00`");
        let day_text = text.get(..10).ok_or_else(shape)?;
        let day = parse_day(day_text).ok_or_else(shape)??;
        let rest = &text[10..];
        if rest.is_empty() {
            return Ok(Self { day, time: civil::Time::midnight(), offset: 0 });
        }
        let clock = rest.strip_prefix(['T', 't', ' ']).ok_or_else(shape)?.trim_start();
        let zone_at = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
        let (clock, zone) = (clock[..zone_at].trim_end(), &clock[zone_at..]);
        let time: civil::Time = clock.parse().map_err(|_| format!("`{clock}` is not a time of day"))?;
        let offset = parse_offset(zone).ok_or_else(|| format!("`{zone}` is not an offset from UTC such as `+01:00` or `Z`"))?;
        Ok(Self { day, time, offset })
    }

    /// The day alone, at midnight UTC.
    pub fn from_day(day: civil::Date) -> Self {
        Self { day, time: civil::Time::midnight(), offset: 0 }
    }

    /// The same day without the time: what a build shows of its own day is the same in each build of that day.
    pub fn without_time(&self) -> Self {
        Self::from_day(self.day)
    }

    /// The day of a moment, in UTC.
    pub fn from_timestamp(moment: Timestamp) -> Self {
        let zoned = moment.to_zoned(TimeZone::UTC);
        Self { day: zoned.date(), time: zoned.time(), offset: 0 }
    }

    /// The moment named, with the offset applied.
    pub fn timestamp(&self) -> Timestamp {
        let offset = jiff::tz::Offset::from_seconds(self.offset).unwrap_or(jiff::tz::Offset::UTC);
        offset.to_timestamp(self.day.to_datetime(self.time)).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// `2026-11-02`.
    pub fn iso_day(&self) -> String {
        self.day.to_string()
    }

    /// `2026-11-02T00:00:00Z`, as Atom and JSON Feed want it.
    pub fn rfc3339(&self) -> String {
        let seconds = self.offset.abs();
        let zone = match self.offset {
            0 => "Z".to_owned(),
            offset => format!("{}{:02}:{:02}", if offset < 0 { '-' } else { '+' }, seconds / 3600, seconds % 3600 / 60),
        };
        let (date, time) = (self.day, self.time);
        format!("{date}T{:02}:{:02}:{:02}{zone}", time.hour(), time.minute(), time.second())
    }

    /// `Mon, 02 Nov 2026 00:00:00 +0000`, as RSS wants it.
    pub fn rfc2822(&self) -> String {
        let seconds = self.offset.abs();
        let sign = if self.offset < 0 { '-' } else { '+' };
        let moment = self.day.to_datetime(self.time);
        format!("{} {sign}{:02}{:02}", moment.strftime("%a, %d %b %Y %H:%M:%S"), seconds / 3600, seconds % 3600 / 60)
    }

    /// `2 November 2026`.
    pub fn long_text(&self) -> String {
        self.day.strftime("%-d %B %Y").to_string()
    }
}

/// Written down as numbers: year, month, day; hour, minute, second, nanosecond; offset.
type Numbers = ((i16, i8, i8), (i8, i8, i8, i32), i32);

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { day, time, offset } = self;
        let time = (time.hour(), time.minute(), time.second(), time.subsec_nanosecond());
        let numbers: Numbers = ((day.year(), day.month(), day.day()), time, *offset);
        numbers.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let ((year, month, day), (hour, minute, second, nanosecond), offset) = Numbers::deserialize(deserializer)?;
        let day = civil::Date::new(year, month, day).map_err(D::Error::custom)?;
        let time = civil::Time::new(hour, minute, second, nanosecond).map_err(D::Error::custom)?;
        Ok(Self { day, time, offset })
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.iso_day())
    }
}

/// `None` when the shape is wrong; `Some(Err)` when the shape is right and no such day exists.
fn parse_day(text: &str) -> Option<Result<civil::Date, String>> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes.iter().enumerate().all(|(idx, byte)| if idx == 4 || idx == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    if !shaped {
        return None;
    }
    let (year, month, day) = (text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?);
    Some(civil::Date::new(year, month, day).map_err(|_| match month {
        1..=12 => format!("`{text}` is not a date: that month has no day {day}"),
        _ => format!("`{text}` is not a date: there is no month {month}"),
    }))
}

fn parse_offset(zone: &str) -> Option<i32> {
    let (sign, digits) = match zone.as_bytes().first() {
        None => return Some(0),
        Some(b'Z' | b'z') => return (zone.len() == 1).then_some(0),
        Some(b'+') => (1, &zone[1..]),
        Some(b'-') => (-1, &zone[1..]),
        Some(_) => return None,
    };
    let digits = digits.replace(':', "");
    let all_digits = digits.bytes().all(|byte| byte.is_ascii_digit());
    let (hours, minutes): (i32, i32) = match (all_digits, digits.len()) {
        (true, 2) => (digits.parse().ok()?, 0),
        (true, 4) => (digits[..2].parse().ok()?, digits[2..].parse().ok()?),
        _ => return None,
    };
    (hours <= 23 && minutes <= 59).then_some(sign * (hours * 3600 + minutes * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_shapes_of_real_content() {
        for (text, rfc3339) in [
            ("2026-11-02", "2026-11-02T00:00:00Z"),
            ("2026-11-02T09:30", "2026-11-02T09:30:00Z"),
            ("2026-11-02 09:30:05", "2026-11-02T09:30:05Z"),
            ("2026-11-02 09:30:05.250 +02:00", "2026-11-02T09:30:05+02:00"),
            ("2026-11-02T09:30:05Z", "2026-11-02T09:30:05Z"),
            ("2026-11-02T09:30-0530", "2026-11-02T09:30:00-05:30"),
            ("2026-11-02T09:30+02", "2026-11-02T09:30:00+02:00"),
        ] {
            assert_eq!(Date::parse(text).map(|date| date.rfc3339()), Ok(rfc3339.to_owned()), "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong_with_a_date() {
        for (text, part) in [
            ("2026-02-30", "no day 30"),
            ("2026-13-01", "no month 13"),
            ("02/11/2026", "not a date"),
            ("2026-11-02T25:00", "not a time"),
            ("2026-11-02T09:00+99:00", "not an offset"),
            ("é", "not a date"),
            ("2026-11-0é", "not a date"),
        ] {
            let message = Date::parse(text).unwrap_err();
            assert!(message.contains(part), "{text}: {message}");
        }
    }

    #[test]
    fn the_offset_counts_in_the_moment() {
        let date = Date::parse("2026-11-02T01:00:00+02:00").unwrap();
        assert_eq!(date.timestamp().to_string(), "2026-11-01T23:00:00Z");
        assert_eq!(date.rfc2822(), "Mon, 02 Nov 2026 01:00:00 +0200");
    }
}
