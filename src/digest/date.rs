//! The date of an article, in any of the spellings that real files use.

use jiff::fmt::strtime;
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp, civil};

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
    /// Whether it is the day in the name of the file or of a folder.
    pub is_from_path: bool,
}

impl Date {
    /// Reads a date; one that cannot be read keeps its text.
    ///
    /// Understood are ISO 8601 and its looser cousins (`2013-4-21 02:35`, `2018/6/21 16:04:21
    /// +0800`, `2024.6.5`), Chinese (`2024年6月5日 下午3时`), RFC 2822 and other English forms
    /// (`Wed, 5 Jun 2024 04:00 GMT`, `June 5th, 2024`), and Unix time of 10 or 13 digits. A month
    /// is its first day, a year its first of January. Day and month without a year first are
    /// read only where one of them is above 12. A zone that is only a name (`CST`) is ambiguous:
    /// the time is kept as written.
    pub fn parse(written: &str) -> Self {
        let written = clean_line(written).trim().to_owned();
        let moment = moment(&written);
        Self {
            written,
            moment,
            is_from_path: false,
        }
    }

    /// The calendar day it falls on: an instant's in the zone given, any other as written.
    pub fn day(&self, zone: &TimeZone) -> Option<civil::Date> {
        self.civil(zone).map(civil::DateTime::date)
    }

    /// The wall-clock time it names: an instant's in the zone given, any other as written; a day
    /// begins at midnight.
    pub fn civil(&self, zone: &TimeZone) -> Option<civil::DateTime> {
        self.moment.map(|moment| match moment {
            Moment::Instant(instant) => zone.to_datetime(instant),
            Moment::Civil(datetime) => datetime,
            Moment::Day(day) => day.to_datetime(civil::Time::midnight()),
        })
    }
}

/// The day in a path without its extension: in the name of the file, else of the innermost folder
/// named by a day, be it one (`2026-04-20/`) or three (`2026/04/20/`).
pub(super) fn in_path(path: &str) -> Option<Date> {
    let mut names: Vec<&str> = path.split(['/', '\\']).collect();
    let file = names.pop()?;
    let folders = || {
        (0..names.len())
            .rev()
            .find_map(|at| in_folders(&names[..=at]))
    };
    let date = in_name(file).or_else(folders)?;
    Some(Date {
        is_from_path: true,
        ..date
    })
}

/// The day that the last of some folders is named by, or the last three together.
fn in_folders(names: &[&str]) -> Option<Date> {
    let day = |text: &str| {
        let date = is_plain_date(text.as_bytes()).then(|| Date::parse(text))?;
        date.moment.is_some().then_some(date)
    };
    let three = || Some(names.get(names.len().checked_sub(3)?..)?.join("-"));
    day(names.last()?).or_else(|| day(&three()?))
}

/// Finds a whole date at the start or the end of a name: `2014-08-08-notes`, `20220923 How to …`,
/// `summary_2025-12-11`. Years from 1970 to 2100 only, so that other numbers are not taken for
/// dates.
fn in_name(stem: &str) -> Option<Date> {
    let stem = stem.trim();
    let at_start = |length| Some((stem.get(..length)?, stem.get(length..)?.chars().next()));
    let at_end = |length| {
        let start = stem.len().checked_sub(length)?;
        Some((stem.get(start..)?, stem.get(..start)?.chars().next_back()))
    };
    let candidates = [at_start(10), at_start(8), at_end(10), at_end(8)];
    candidates
        .into_iter()
        .flatten()
        .find_map(|(text, neighbour)| {
            let is_alone = !neighbour.is_some_and(|c| c.is_ascii_digit());
            let date = (is_alone && is_plain_date(text.as_bytes())).then(|| Date::parse(text))?;
            date.moment.is_some().then_some(date)
        })
}

/// True for `YYYY-MM-DD` (or with `_` or `.`) and `YYYYMMDD` from 1970 to 2100.
fn is_plain_date(text: &[u8]) -> bool {
    let has_shape = match text {
        [_, _, _, _, a, _, _, b, _, _] => a == b && matches!(a, b'-' | b'_' | b'.'),
        _ => text.len() == 8 && text.iter().all(u8::is_ascii_digit),
    };
    has_shape && (&b"1970"[..]..=&b"2100"[..]).contains(&&text[..4])
}

/// The longest text that is read as a date, in bytes.
const MAX_LENGTH: usize = 100;

/// The spellings of a day, tried in order; month names are cut to three letters, and all separators
/// are `-`.
const DAY_PATTERNS: [&str; 7] = [
    "%Y-%m-%d", "%Y-%b-%d", "%d-%b-%Y", "%b-%d-%Y", "%Y-%m", "%Y-%b", "%b-%Y",
];

/// The spellings of a day that are read only if they cannot be mistaken for each other.
const AMBIGUOUS_DAY_PATTERNS: [&str; 2] = ["%d-%m-%Y", "%m-%d-%Y"];

/// The spellings of a time of day, tried in order.
const TIME_PATTERNS: [&str; 3] = ["%H:%M:%S%.f", "%H:%M", "%H"];

#[rustfmt::skip]
const MONTHS: [&str; 12] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
];

const WEEKDAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// What the Chinese words in a date are replaced by.
const CHINESE_WORDS: [(&[&str], &str); 6] = [
    (&["北京时间", "北京時間"], " +8 "),
    (&["上午", "凌晨", "早上"], " am "),
    (&["下午", "晚上", "中午"], " pm "),
    (&["年", "月"], "-"),
    (&["日", "号", "號", "秒", "，"], " "),
    (&["时", "時", "点", "點", "分"], ":"),
];

fn moment(text: &str) -> Option<Moment> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let text = normalized(text);
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return moment_of_digits(&text);
    }
    let mut parts = DateParts::default();
    let mut words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
    if words.all(|word| parts.add(word)) {
        parts.moment()
    } else {
        None
    }
}

/// Reads digits alone: Unix time in seconds or milliseconds, `20240605`, `202406051230` with or
/// without seconds, or a year.
fn moment_of_digits(digits: &str) -> Option<Moment> {
    let datetime = |pattern| {
        civil::DateTime::strptime(pattern, digits)
            .ok()
            .map(Moment::Civil)
    };
    match digits.len() {
        4 => day("%Y", digits).map(Moment::Day),
        8 => civil::Date::strptime("%Y%m%d", digits)
            .ok()
            .map(Moment::Day),
        10 => Timestamp::from_second(digits.parse().ok()?)
            .ok()
            .map(Moment::Instant),
        12 => datetime("%Y%m%d%H%M"),
        13 => Timestamp::from_millisecond(digits.parse().ok()?)
            .ok()
            .map(Moment::Instant),
        14 => datetime("%Y%m%d%H%M%S"),
        _ => None,
    }
}

/// A date in lower case, with narrow characters for full-width ones and signs for Chinese words,
/// and a space for the `T` between day and time; without quotation marks, a Chinese weekday, and a
/// remark in brackets at the end.
fn normalized(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        '−' => '-',
        _ => c,
    };
    let text: String = text
        .chars()
        .map(narrow)
        .flat_map(char::to_lowercase)
        .collect();
    let text =
        text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | '“' | '”'));
    let remark = text.find(['(', '[']).filter(|_| text.ends_with([')', ']']));
    let text = &text[..remark.unwrap_or(text.len())];
    let text = if text.is_ascii() {
        text.to_owned()
    } else {
        without_chinese(text)
    };
    let is_separator = |&at: &usize| {
        text[at + 1..].starts_with(|c: char| c.is_ascii_digit())
            && !text[..at].ends_with(char::is_alphabetic)
    };
    match text.match_indices('t').map(|(at, _)| at).find(is_separator) {
        Some(at) => format!("{} {}", &text[..at], &text[at + 1..]),
        None => text,
    }
}

/// A date with signs for the Chinese words in it, and without a weekday.
fn without_chinese(text: &str) -> String {
    let mut text = text.to_owned();
    for week in ["星期", "礼拜", "禮拜", "周", "週"] {
        if let Some((before, after)) = text.split_once(week)
            && let Some(after) =
                after.strip_prefix(['一', '二', '三', '四', '五', '六', '日', '天'])
        {
            text = format!("{before} {after}");
        }
    }
    for (words, sign) in CHINESE_WORDS {
        for word in words {
            text = text.replace(word, sign);
        }
    }
    text
}

/// Reads a day by a pattern, in a year that an article may have. A month is its first day, a year
/// its first of January.
fn day(pattern: &str, text: &str) -> Option<civil::Date> {
    let parsed = strtime::parse(pattern, text).ok()?;
    let year = parsed.year().filter(|year| (1000..=2999).contains(year))?;
    civil::Date::new(year, parsed.month().unwrap_or(1), parsed.day().unwrap_or(1)).ok()
}

/// What a zone says of a time.
#[derive(Clone, Copy)]
enum DateZone {
    /// The time's distance from UTC.
    Offset(Offset),
    /// A name that means different offsets to different people.
    Ambiguous,
}

#[derive(Default)]
struct DateParts {
    /// The numbers and the month's name that make up the day, with `-` between them.
    day: String,
    time: Option<civil::Time>,
    is_pm: Option<bool>,
    zone: Option<DateZone>,
}

impl DateParts {
    /// Adds a word; false if it belongs to no date.
    fn add(&mut self, word: &str) -> bool {
        let word = word.trim_end_matches(',');
        match word {
            "" | "of" | "at" => true,
            "am" | "a.m." => self.is_pm.replace(false).is_none(),
            "pm" | "p.m." => self.is_pm.replace(true).is_none(),
            _ if name_with_prefix(word, &WEEKDAYS).is_some() => true,
            _ if let Some(offset) = offset(word) => self.set_zone(DateZone::Offset(offset)),
            _ if let Some(at) = word.find('+').filter(|&at| at > 0) => {
                self.add(&word[..at]) && self.add(&word[at..])
            }
            _ if word.contains(':') => self.add_time(word),
            _ if word.bytes().all(|byte| byte.is_ascii_alphabetic())
                && name_with_prefix(word, &MONTHS).is_none() =>
            {
                self.set_zone(DateZone::Ambiguous)
            }
            // The zone of a day without a time says nothing.
            _ => self.add_day(word.strip_suffix('z').unwrap_or(word)),
        }
    }

    fn add_day(&mut self, word: &str) -> bool {
        // `date` writes the year after the zone; no day without a time goes on there.
        if self.zone.is_some() && self.time.is_none() {
            return false;
        }
        for part in word
            .split(['-', '/', '.', '_', ','])
            .filter(|part| !part.is_empty())
        {
            let number = ["st", "nd", "rd", "th"]
                .iter()
                .find_map(|ending| part.strip_suffix(ending));
            let number = number.filter(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
            if !self.day.is_empty() {
                self.day.push('-');
            }
            let month = name_with_prefix(part, &MONTHS).map(|month| &month[..3]);
            self.day.push_str(month.or(number).unwrap_or(part));
        }
        true
    }

    /// Adds a time of day, and the zone or the half of the day after it: `04:00:03.025z`, `3:30pm`.
    fn add_time(&mut self, word: &str) -> bool {
        let end = word
            .find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.' | ','))
            .unwrap_or(word.len());
        let (time, rest) = word.split_at(end);
        let time = time.trim_end_matches(':').replace(',', ".");
        let time = TIME_PATTERNS
            .iter()
            .find_map(|pattern| civil::Time::strptime(pattern, &time).ok());
        if time.is_none() || self.time.is_some() || self.zone.is_some() {
            return false;
        }
        self.time = time;
        self.add(rest)
    }

    /// Sets the zone, which only a day or a time can have.
    fn set_zone(&mut self, zone: DateZone) -> bool {
        !self.day.is_empty() && self.zone.replace(zone).is_none()
    }

    fn moment(&self) -> Option<Moment> {
        let is_unambiguous = |day: &civil::Date| day.day() > 12 || day.day() == day.month();
        let ambiguous = || {
            AMBIGUOUS_DAY_PATTERNS
                .iter()
                .find_map(|pattern| day(pattern, &self.day).filter(is_unambiguous))
        };
        let day = DAY_PATTERNS
            .iter()
            .find_map(|pattern| day(pattern, &self.day))
            .or_else(ambiguous)?;
        let Some(time) = self.time else {
            return Some(Moment::Day(day));
        };
        let time = match (self.is_pm, time.hour()) {
            (Some(true), 1..=11) | (Some(false), 12) => {
                time.wrapping_add(SignedDuration::from_hours(12))
            }
            _ => time,
        };
        let datetime = day.to_datetime(time);
        match self.zone {
            Some(DateZone::Offset(offset)) => {
                offset.to_timestamp(datetime).ok().map(Moment::Instant)
            }
            Some(DateZone::Ambiguous) | None => Some(Moment::Civil(datetime)),
        }
    }
}

/// The first of some names that begins with a word of at least three letters.
fn name_with_prefix<'a>(word: &str, names: &[&'a str]) -> Option<&'a str> {
    names
        .iter()
        .find(|name| word.len() >= 3 && name.starts_with(word))
        .copied()
}

/// Reads an offset from UTC: `z`, `utc`, `gmt+8`, `+08:00`, `+0800`, `-5`.
fn offset(word: &str) -> Option<Offset> {
    let after_name = ["utc", "gmt", "ut", "z"]
        .iter()
        .find_map(|name| word.strip_prefix(name));
    if after_name == Some("") {
        return Some(Offset::UTC);
    }
    let (sign, digits) = match after_name.unwrap_or(word).split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "0"),
    };
    if hours.len() > 2
        || !digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b':')
    {
        return None;
    }
    let minutes = hours.parse::<i32>().ok()? * 60 + minutes.parse::<i32>().ok()?;
    Offset::from_seconds(sign * minutes * 60).ok()
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
