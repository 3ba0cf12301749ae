//! The date of an article, in any of the patterns that real files use.

mod clock;
mod name;
mod pattern;
mod scanner;

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

pub(super) use name::in_file_name;

use crate::text::clean_line;

/// When an article was published, as precisely as it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// An instant: the date had a zone or an offset.
    Instant(Timestamp),
    /// A date and time without a zone, kept as written.
    Civil(civil::DateTime),
    /// A day without a time.
    Day(civil::Date),
}

/// The date of an article: as written, and as understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Date {
    /// The text of the date, cleaned; empty where the article has none.
    pub written: String,
    /// What it means, if it could be read.
    pub moment: Option<Moment>,
}

impl Date {
    /// Reads a date; one that cannot be read keeps its text.
    ///
    /// Understood are ISO 8601 and its looser cousins (`2013-4-21 02:35`, `2018/6/21 16:04:21 +0800`, `2024.6.5`), Chinese
    /// (`2024年6月5日 下午3时`), RFC 2822 and other English forms (`Wed, 5 Jun 2024 04:00 GMT`, `June 5th, 2024`), and Unix time of 10 or
    /// 13 digits. A month is its first day, a year its first of January. Day and month without a year first are
    /// read only where one of them is above 12. A zone that is only a name (`CST`) says nothing sure: the time is kept as written.
    pub fn parse(written: &str) -> Self {
        let written = clean_line(written).trim().to_owned();
        let moment = pattern::moment(&written);
        Self { written, moment }
    }

    /// The calendar day it falls on: an instant's in the zone given, any other as written.
    pub fn day(&self, zone: &TimeZone) -> Option<civil::Date> {
        self.civil(zone).map(civil::DateTime::date)
    }

    /// The wall-clock time it names: an instant's in the zone given, any other as written; a day begins at midnight.
    pub fn civil(&self, zone: &TimeZone) -> Option<civil::DateTime> {
        self.moment.map(|moment| match moment {
            Moment::Instant(instant) => zone.to_datetime(instant),
            Moment::Civil(datetime) => datetime,
            Moment::Day(day) => day.to_datetime(civil::Time::midnight()),
        })
    }
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
