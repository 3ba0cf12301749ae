//! The date of an article, in any of the patterns that real files use.

use jiff::tz::TimeZone;
use jiff::{Timestamp, civil};

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
    pub fn parse(written: &str) -> Self {
        Self { written: written.to_owned(), moment: None }
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
