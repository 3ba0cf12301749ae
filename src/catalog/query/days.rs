//! Spans of days, as they are typed after `date:`.

use std::fmt::{self, Display, Formatter};

use jiff::civil::{Date, date};

/// A span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Days {
    /// From one day to another, both included; `None` if a side is open.
    Between(Option<Date>, Option<Date>),
    /// This many days up to today, today included: `date:7d`.
    Last(u32),
    /// This many calendar months up to today, today included: `date:3m`, `date:1y`.
    LastMonths(u32),
    /// Articles whose date is missing or unreadable: `date:none`.
    Undated,
}

/// What can be typed, for errors.
const EXPECTED: &str =
    "date: needs 2024, 2024-06, 2024-06-01, a range such as 2024-01..2024-06, 7d, 2w, 3m, 1y or none";

impl Days {
    /// Reads what is typed after `date:`. The error says what is wrong.
    pub(super) fn parse(value: &str) -> Result<Self, String> {
        if value == "none" {
            return Ok(Self::Undated);
        }
        if let Some((from, to)) = value.split_once("..") {
            return range(from, to);
        }
        let unit = value.chars().next_back();
        if let Some(unit @ ('d' | 'w' | 'm' | 'y')) = unit {
            return last(&value[..value.len() - 1], unit).ok_or_else(expected);
        }
        let (start, end) = span(value)?;
        Ok(Self::Between(Some(start), Some(end)))
    }
}

fn expected() -> String {
    EXPECTED.to_owned()
}

/// A range; one of its ends may be missing.
fn range(from: &str, to: &str) -> Result<Days, String> {
    let start = if from.is_empty() { None } else { Some(span(from)?.0) };
    let end = if to.is_empty() { None } else { Some(span(to)?.1) };
    match (start, end) {
        (None, None) => Err(expected()),
        (Some(start), Some(end)) if start > end => Err(format!("{start} is after {end}: write the earlier date first")),
        _ => Ok(Days::Between(start, end)),
    }
}

/// Days, weeks, months or years up to today, such as `7d`.
fn last(count: &str, unit: char) -> Option<Days> {
    let count: u32 = count.parse().ok().filter(|count| (1..100_000).contains(count))?;
    Some(match unit {
        'd' => Days::Last(count),
        'w' => Days::Last(count * 7),
        'm' => Days::LastMonths(count),
        _ => Days::LastMonths(count * 12),
    })
}

/// The first and the last day of a year, a month or a day.
fn span(value: &str) -> Result<(Date, Date), String> {
    let parts: Vec<&str> = value.split(['-', '/']).collect();
    let number = |part: &str, digits: usize| {
        let is_number = (1..=digits).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        if is_number { part.parse::<i16>().ok() } else { None }
    };
    let impossible = || format!("{value} is not a date in the calendar");
    let first = |year, month: i16| Date::new(year, month as i8, 1).map_err(|_| impossible());
    let year = number(parts[0], 4).filter(|_| parts[0].len() == 4).ok_or_else(expected)?;
    let rest: Option<Vec<i16>> = parts[1..].iter().map(|part| number(part, 2)).collect();
    match rest.ok_or_else(expected)?[..] {
        [] => Ok((first(year, 1)?, first(year, 12)?.last_of_month())),
        [month] => Ok((first(year, month)?, first(year, month)?.last_of_month())),
        [month, day] => Date::new(year, month as i8, day as i8).map(|day| (day, day)).map_err(|_| impossible()),
        _ => Err(expected()),
    }
}

/// As it can be typed.
impl Display for Days {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Undated => f.write_str("none"),
            Self::Last(days) => write!(f, "{days}d"),
            Self::LastMonths(months) => write!(f, "{months}m"),
            Self::Between(Some(from), Some(to)) if from == to => write!(f, "{from}"),
            Self::Between(Some(from), Some(to)) if from.first_of_month() == from && from.last_of_month() == to => {
                write!(f, "{:04}-{:02}", from.year(), from.month())
            }
            Self::Between(Some(from), Some(to))
                if from == date(from.year(), 1, 1) && to == date(from.year(), 12, 31) =>
            {
                write!(f, "{:04}", from.year())
            }
            Self::Between(from, to) => {
                let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
                write!(f, "{}..{}", day(from), day(to))
            }
        }
    }
}
