//! The patterns of dates, tried from the most to the least particular.

use std::borrow::Cow;

use jiff::{Timestamp, civil};

use super::Moment;
use super::clock::{Zone, clock, zone};
use super::scanner::Scanner;

/// English month names; their first three letters tell them apart.
const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// English names of weekdays, which say nothing that the date does not.
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Reads the moment that a text names.
pub(super) fn moment(text: &str) -> Option<Moment> {
    if text.len() > 100 {
        return None;
    }
    let text = ascii_digits(text);
    let text = text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '”'));
    numeric(text).or_else(|| year_first(text)).or_else(|| day_or_month_first(text)).or_else(|| english(text))
}

/// Turns full-width digits and signs into ASCII.
fn ascii_digits(text: &str) -> Cow<'_, str> {
    let is_wide = |c: char| matches!(c, '！'..='～');
    if text.is_ascii() || !text.contains(is_wide) {
        return Cow::Borrowed(text);
    }
    let narrow = |c: char| if is_wide(c) { char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c) } else { c };
    Cow::Owned(text.chars().map(narrow).collect())
}

/// Reads a date of digits alone: Unix time in seconds or milliseconds, `20240605`, `202406051230` with or without seconds, or a year.
fn numeric(text: &str) -> Option<Moment> {
    let mut scanner = Scanner::new(text);
    let number = scanner.number()?;
    if !scanner.is_done() {
        return None;
    }
    let part = |from: usize, to: usize| text.get(from..to).and_then(|digits| digits.parse::<i8>().ok()).unwrap_or(0);
    let day = || civil::Date::new(text.get(..4)?.parse().ok()?, part(4, 6), part(6, 8)).ok();
    match number.digits {
        10 => Timestamp::from_second(number.value).ok().map(Moment::Instant),
        13 => Timestamp::from_millisecond(number.value).ok().map(Moment::Instant),
        4 => year(number.value).and_then(|year| civil::Date::new(year, 1, 1).ok()).map(Moment::Day),
        8 => day().map(Moment::Day),
        12 | 14 => {
            let time = civil::Time::new(part(8, 10), part(10, 12), part(12, 14), 0).ok()?;
            Some(Moment::Civil(day()?.to_datetime(time)))
        }
        _ => None,
    }
}

/// A year that an article may have.
fn year(value: i64) -> Option<i16> {
    i16::try_from(value).ok().filter(|year| (1000..=2999).contains(year))
}

/// Reads a date that begins with the year: `2024-06-05`, `2024/6/5`, `2024.6.5`, `2024年6月5日`, `2024-Jun-05`, and what follows it.
fn year_first(text: &str) -> Option<Moment> {
    let mut scanner = Scanner::new(text);
    let number = scanner.number().filter(|number| number.digits == 4)?;
    let year = year(number.value)?;
    scanner.spaces();
    scanner.sign("-/.年_")?;
    scanner.spaces();
    let month = scanner.small().or_else(|| month_name(&mut scanner))?;
    scanner.spaces();
    let separated = scanner.sign("-/.月_");
    let mut ahead = scanner;
    ahead.spaces();
    let day = match ahead.small() {
        Some(day) if separated.is_some() => {
            scanner = ahead;
            day
        }
        _ => 1,
    };
    let mut ahead = scanner;
    ahead.spaces();
    if ahead.sign("日号號").is_some() {
        scanner = ahead;
    }
    rest_of(civil::Date::new(year, month, day).ok()?, scanner)
}

/// Reads `25/12/2024` or `12/25/2024`, where the numbers leave no doubt.
fn day_or_month_first(text: &str) -> Option<Moment> {
    let mut scanner = Scanner::new(text);
    let first = scanner.small()?;
    let sign = scanner.sign("/-.")?;
    let second = scanner.small()?;
    scanner.sign("/-.").filter(|&other| other == sign)?;
    let number = scanner.number().filter(|number| number.digits == 4)?;
    let year = year(number.value)?;
    let (month, day) = match (first, second) {
        (13.., _) => (second, first),
        (_, 13..) => (first, second),
        _ if first == second => (first, second),
        _ => return None,
    };
    rest_of(civil::Date::new(year, month, day).ok()?, scanner)
}

/// Reads an English date with the month's name: `Wed, 5 Jun 2024 04:00:03 GMT`, `June 5th, 2024`, `5-Jun-2024`, `Wed Jun  5 04:00:03 UTC 2024`.
fn english(text: &str) -> Option<Moment> {
    let mut scanner = Scanner::new(text);
    skip_weekday(&mut scanner);
    let (month, day) = if let Some(month) = month_name(&mut scanner) {
        separator(&mut scanner);
        (month, scanner.small())
    } else {
        let day = scanner.small()?;
        scanner.text(&["st", "nd", "rd", "th"]);
        separator(&mut scanner);
        scanner.text(&["of "]);
        (month_name(&mut scanner)?, Some(day))
    };
    scanner.text(&["st", "nd", "rd", "th"]);
    separator(&mut scanner);
    // `date` writes the time before the year.
    let mut ahead = scanner;
    if let Some(time) = clock(&mut ahead) {
        ahead.spaces();
        let mut zone = zone(&mut ahead);
        ahead.spaces();
        let year = year(ahead.number()?.value)?;
        ahead.spaces();
        if zone.is_none() {
            zone = self::zone(&mut ahead);
        }
        let date = civil::Date::new(year, month, day?).ok()?;
        return ahead.is_done().then(|| at(date, time, zone)).flatten();
    }
    let number = scanner.number()?;
    let date = civil::Date::new(year(number.value)?, month, day.unwrap_or(1)).ok()?;
    rest_of(date, scanner)
}

/// Passes over what may stand between the parts of an English date.
fn separator(scanner: &mut Scanner<'_>) {
    scanner.spaces();
    if scanner.sign(",-./").is_some() {
        scanner.spaces();
    }
}

/// Passes over an English weekday, full or short, and the comma after it.
fn skip_weekday(scanner: &mut Scanner<'_>) {
    let mut ahead = *scanner;
    if ahead.word().is_some_and(|word| begins_one_of(word, &WEEKDAYS).is_some()) {
        *scanner = ahead;
        separator(scanner);
    }
}

/// Reads an English month name, full or short.
fn month_name(scanner: &mut Scanner<'_>) -> Option<i8> {
    let mut ahead = *scanner;
    let month = begins_one_of(ahead.word()?, &MONTHS)?;
    ahead.sign(".");
    *scanner = ahead;
    i8::try_from(month + 1).ok()
}

/// Finds the name that a word of at least three letters is or begins.
fn begins_one_of(word: &str, names: &[&str]) -> Option<usize> {
    names.iter().position(|name| {
        word.len() >= 3 && name.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
    })
}

/// Reads what may follow a day: a weekday, a time and a zone; all of the text must be understood.
fn rest_of(date: civil::Date, mut scanner: Scanner<'_>) -> Option<Moment> {
    scanner.spaces();
    scanner.text(&["T", ",", "，", "at "]);
    scanner.spaces();
    chinese_weekday(&mut scanner);
    skip_weekday(&mut scanner);
    let Some(time) = clock(&mut scanner) else {
        // A zone after a bare day (`2024-06-05Z`) says nothing that could be used.
        zone(&mut scanner);
        remark(&mut scanner);
        return scanner.is_done().then_some(Moment::Day(date));
    };
    scanner.spaces();
    let zone = zone(&mut scanner);
    remark(&mut scanner);
    scanner.is_done().then(|| at(date, time, zone)).flatten()
}

/// The moment of a date and a time, in a zone if there is one.
fn at(date: civil::Date, time: civil::Time, zone: Option<Zone>) -> Option<Moment> {
    let datetime = date.to_datetime(time);
    match zone {
        Some(Zone::Offset(offset)) => offset.to_timestamp(datetime).ok().map(Moment::Instant),
        Some(Zone::Unsure) | None => Some(Moment::Civil(datetime)),
    }
}

/// Passes over `星期三`, `周三` or `(三)`-like weekdays.
fn chinese_weekday(scanner: &mut Scanner<'_>) {
    let mut ahead = *scanner;
    ahead.sign("(（");
    if ahead.text(&["星期", "礼拜", "禮拜", "周", "週"]).is_some() && ahead.sign("一二三四五六日天").is_some()
    {
        ahead.sign(")）");
        ahead.spaces();
        *scanner = ahead;
    }
}

/// Passes over a remark in brackets at the end: `(China Standard Time)`, `[Asia/Shanghai]`.
fn remark(scanner: &mut Scanner<'_>) {
    scanner.spaces();
    let rest = scanner.rest().trim_end();
    if (rest.starts_with('(') && rest.ends_with(')')) || (rest.starts_with('[') && rest.ends_with(']')) {
        *scanner = Scanner::new("");
    }
}
