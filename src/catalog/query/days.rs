//! The spans of days that can be asked for.

use jiff::civil::{Date, date};

use super::Days;

/// Reads what stands after `date:`. What has the shape of a date but is none is told in words of its own.
pub(super) fn days(value: &str) -> Result<Days, Option<String>> {
    if value == "none" {
        return Ok(Days::Undated);
    }
    if let Some((from, to)) = value.split_once("..") {
        let side = |side: &str| if side.is_empty() { Ok(None) } else { span(side).map(Some) };
        let (from, to) = (side(from)?, side(to)?);
        let (start, end) = (from.map(|(start, _)| start), to.map(|(_, end)| end));
        return match (start, end) {
            (None, None) => Err(None),
            (Some(start), Some(end)) if start > end => {
                Err(Some(format!("{start} is after {end}: the earlier day comes first")))
            }
            _ => Ok(Days::Between(start, end)),
        };
    }
    if let Some((number, unit)) = value.split_at_checked(value.len().saturating_sub(1)) {
        let make: Option<fn(u32) -> Option<Days>> = match unit {
            "d" => Some(|count| Some(Days::Last(count))),
            "w" => Some(|count| count.checked_mul(7).map(Days::Last)),
            "m" => Some(|count| Some(Days::LastMonths(count))),
            "y" => Some(|count| count.checked_mul(12).map(Days::LastMonths)),
            _ => None,
        };
        if let Some(make) = make {
            return number.parse().ok().filter(|&count| count > 0 && count < 100_000).and_then(make).ok_or(None);
        }
    }
    span(value).map(|(start, end)| Days::Between(Some(start), Some(end)))
}

/// The first and the last day of a year, a month or a day.
fn span(value: &str) -> Result<(Date, Date), Option<String>> {
    let parts: Vec<&str> = value.split(['-', '/']).collect();
    let number = |at: usize, digits: usize| match parts.get(at) {
        None => Ok(None),
        Some(part) if part.len() <= digits && !part.is_empty() => part.parse::<i16>().map(Some).map_err(|_| None),
        Some(_) => Err(None),
    };
    let (year, month, day) = (number(0, 4)?.ok_or(None)?, number(1, 2)?, number(2, 2)?);
    if parts.len() > 3 || parts[0].len() != 4 || year < 0 || value.contains('+') {
        return Err(None);
    }
    let months = month.map_or((1, 12), |month| (month, month));
    let impossible = || Some(format!("There is no {value} in the calendar"));
    let first = |month: i16| Date::new(year, month as i8, 1).map_err(|_| impossible());
    let (start, end) = (first(months.0)?, first(months.1)?.last_of_month());
    match day {
        None => Ok((start, end)),
        Some(day) => Date::new(year, months.0 as i8, day as i8).map(|day| (day, day)).map_err(|_| impossible()),
    }
}

/// Writes a span of days as it can be asked for.
pub(super) fn written(days: Days) -> String {
    let side = |side: Option<Date>| side.map(|side| side.to_string()).unwrap_or_default();
    match days {
        Days::Undated => "none".to_owned(),
        Days::Last(days) => format!("{days}d"),
        Days::LastMonths(months) => format!("{months}m"),
        Days::Between(Some(from), Some(to)) if from == to => from.to_string(),
        Days::Between(Some(from), Some(to)) if from.first_of_month() == from && from.last_of_month() == to => {
            format!("{:04}-{:02}", from.year(), from.month())
        }
        Days::Between(Some(from), Some(to)) if from == date(from.year(), 1, 1) && to == date(from.year(), 12, 31) => {
            format!("{:04}", from.year())
        }
        Days::Between(from, to) => format!("{}..{}", side(from), side(to)),
    }
}
