//! `date(format="%-d %B %Y")`: an ISO date or date-time in another form.

use crate::base::date::Date;
use tera::{Error, Kwargs, State, TeraResult};

/// Formats with strftime's letters; text that is no date is an error.
pub fn filter(text: &str, kwargs: Kwargs, _: &State<'_>) -> TeraResult<String> {
    let format: &str = kwargs.get("format")?.unwrap_or("%-d %B %Y");
    let date = Date::parse(text).map_err(Error::message)?;
    let moment = date.day.to_datetime(date.time);
    jiff::fmt::strtime::format(format, moment).map_err(|error| Error::message(format!("`{format}` is no date format: {error}")))
}
