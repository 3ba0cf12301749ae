//! Weekdays that stand beside a date and are not that of the date.

use jiff::civil::{Date, Weekday};

use super::finding::{Finding, quoted};
use super::rule::Rule;
use crate::bilingual::prose;
use crate::markdown::{BlockKind, Document};

const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];
const CHINESE_DAYS: [&str; 7] = ["一", "二", "三", "四", "五", "六", "日天"];
const WEEK: [&str; 5] = ["星期", "周", "週", "礼拜", "禮拜"];
/// Their first three letters are their short names; `Sept`, `Tues` and `Thurs` are too.
const ENGLISH_DAYS: &str = "monday tuesday wednesday thursday friday saturday sunday";
const MONTHS: &str =
    "january february march april may june july august september october november december";
/// How many characters before a weekday its date begins at most.
const REACH: usize = 24;
/// How many days a date without a year is from that of its article at most. The nearest year is meant.
const NEAR: i64 = 60;
/// Dates before may be of another calendar.
const FIRST_YEAR: i16 = 1900;
/// What joins two days: 周一至周五（6 月 1 日至 5 日）.
const JOINTS: [char; 13] = [
    '至', '到', '和', '及', '或', '与', '與', '、', '-', '–', '—', '~', '～',
];
const JOINING_WORDS: [&str; 5] = ["to", "through", "and", "or", "until"];

/// A date as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct WrittenDate {
    year: Option<i16>,
    month: i8,
    day: i8,
}

impl WrittenDate {
    /// The day, in the year that brings it nearest to another day if it has none.
    fn day_near(self, near: Option<Date>) -> Option<Date> {
        if let Some(year) = self.year {
            return Date::new(year, self.month, self.day).ok();
        }
        let near = near?;
        let years = (near.year() - 1)..=(near.year() + 1);
        let days = years.filter_map(|year| Date::new(year, self.month, self.day).ok());
        let distance = |day: &Date| (*day - near).get_days().abs();
        let day = days.min_by_key(distance)?;
        (i64::from(distance(&day)) <= NEAR).then_some(day)
    }
}

/// The dates of a section beside which another weekday stands; `near` is the date of the article.
pub(super) fn inspect_weekdays(document: &Document, near: Option<Date>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, block) in (0..).zip(&document.blocks) {
        // Few blocks name a weekday, and the prose of one costs more than to look for it.
        let is_named = || !weekdays(document.block_text(index as usize)).is_empty();
        if block.kind == BlockKind::Code || !is_named() {
            continue;
        }
        let text = prose(document, &(index..index + 1));
        for (written, day) in different_weekdays(&text, near) {
            let message = tr!(
                "{words} but {date} is a {weekday}",
                words = quoted(written),
                date = day,
                weekday = name(day.weekday())
            );
            let at = block.range.start + written_at(&text, written);
            findings.push(Finding::new(
                Rule::OtherWeekday,
                document.line_at(at),
                message,
            ));
        }
    }
    findings
}

/// Each date with a weekday that is not its own, as written, and the day that it is.
fn different_weekdays(text: &str, near: Option<Date>) -> Vec<(&str, Date)> {
    let mut found = Vec::new();
    for (start, length, weekday) in weekdays(text) {
        let (before, rest) = (&text[..start], &text[start + length..]);
        if is_joined(before, rest) {
            continue;
        }
        let date = date_before(before).or_else(|| date_behind(text, start + length));
        let Some((date, written, outside)) = date else {
            continue;
        };
        let [before_date, behind_date] = outside;
        // Of 去年 6 月 5 日 and June 5 last year the year is another.
        let has_other_year = date.year.is_none()
            && (before_date.trim_end().ends_with(['年', '历', '曆'])
                || [" last", " of last", ", a year"]
                    .iter()
                    .any(|word| behind_date.starts_with(word)));
        if has_other_year || is_joined(before_date, behind_date) {
            continue;
        }
        let Some(day) = date.day_near(near) else {
            continue;
        };
        if day.weekday() != weekday && day.year() >= FIRST_YEAR {
            let (from, to) = (start.min(written.0), (start + length).max(written.1));
            found.push((&text[from..to], day));
        }
    }
    found
}

/// Whether a day is one of two or more, or one of each week.
fn is_joined(before: &str, behind: &str) -> bool {
    let (before, behind) = (before.trim_end(), behind.trim_start());
    let last = before.rsplit(|c: char| !c.is_ascii_alphabetic()).next();
    let first = behind.split(|c: char| !c.is_ascii_alphabetic()).next();
    let joins = |word: Option<&str>| word.is_some_and(|word| JOINING_WORDS.contains(&word));
    // 截至 6 月 5 日 joins nothing.
    let day = before
        .strip_suffix(JOINTS)
        .and_then(|day| day.trim_end().chars().next_back());
    let ends_day = |c: char| c.is_ascii_alphanumeric() || "一二三四五六日天号號".contains(c);
    day.is_some_and(ends_day)
        || before.ends_with(['每', '逢'])
        || behind.starts_with(JOINTS)
        || joins(last)
        || joins(first)
}

/// The weekdays that a text names: the byte at which each begins, its length, and which it is.
fn weekdays(text: &str) -> Vec<(usize, usize, Weekday)> {
    let mut found = Vec::new();
    for week in WEEK {
        for (at, _) in text.match_indices(week) {
            let day = text[at + week.len()..].chars().next();
            let number = day.and_then(|day| CHINESE_DAYS.iter().position(|it| it.contains(day)));
            if let Some((number, day)) = number.zip(day) {
                found.push((at, week.len() + day.len_utf8(), WEEKDAYS[number]));
            }
        }
    }
    for (at, word) in words(text) {
        if let Some(number) = numbered(word, ENGLISH_DAYS) {
            let point = usize::from(text[at + word.len()..].starts_with('.'));
            found.push((at, word.len() + point, WEEKDAYS[number]));
        }
    }
    found
}

/// A date, the bytes from its first to behind its last, and what is before and behind it.
type FoundDate<'t> = (WrittenDate, (usize, usize), [&'t str; 2]);

/// The date that ends right before a weekday: 6 月 5 日（周五, June 5, 2026 (Friday.
fn date_before(before: &str) -> Option<FoundDate<'_>> {
    let trimmed = before.trim_end_matches([' ', '，', ',', '（', '(']);
    let first = trimmed.char_indices().rev().nth(REACH - 1);
    let first = first.map_or(0, |(at, _)| at);
    let starts = trimmed[first..].char_indices().map(|(at, _)| first + at);
    let mut dates = starts.filter(|at| {
        // Not the end of a longer number or word.
        let last = trimmed[..*at].chars().next_back();
        let next = trimmed[*at..].chars().next();
        let both = |test: fn(char) -> bool| last.is_some_and(test) && next.is_some_and(test);
        !both(|c| c.is_ascii_digit()) && !both(|c| c.is_ascii_alphabetic())
    });
    dates.find_map(|at| {
        let (date, length) = date_at_start(&trimmed[at..])?;
        let is_whole = at + length == trimmed.len();
        is_whole.then_some((date, (at, trimmed.len()), [&trimmed[..at], ""]))
    })
}

/// The date that begins right behind a weekday: Friday, June 5, 2026; 周五（6 月 5 日）.
fn date_behind(text: &str, end: usize) -> Option<FoundDate<'_>> {
    let rest = &text[end..];
    let trimmed = rest.trim_start_matches([' ', '，', ',', '（', '(']);
    let trimmed = trimmed.strip_prefix("the ").unwrap_or(trimmed);
    let (date, length) = date_at_start(trimmed)?;
    let start = text.len() - trimmed.len();
    let behind = &trimmed[length..];
    Some((date, (start, start + length), ["", behind]))
}

/// The date with which a text begins, and its length in bytes.
fn date_at_start(text: &str) -> Option<(WrittenDate, usize)> {
    let forms = [chinese_date, date_of_digits, english_date];
    let (date, rest) = forms.into_iter().find_map(|form| form(text))?;
    Some((date, text.len() - rest.len()))
}

/// 2026 年 6 月 5 日, 6月5号.
fn chinese_date(text: &str) -> Option<(WrittenDate, &str)> {
    let (first, rest) = number(text)?;
    let rest = rest.trim_start();
    let (year, month, rest) = match rest.strip_prefix('年') {
        Some(rest) => {
            let (month, rest) = number(rest.trim_start())?;
            (Some(year(first)?), month, rest.trim_start())
        }
        None => (None, first, rest),
    };
    let (day, rest) = number(rest.strip_prefix('月')?.trim_start())?;
    let rest = rest.trim_start().strip_prefix(['日', '号', '號'])?;
    Some((written(year, month, day)?, rest))
}

/// 2026-06-05, 2026/6/5.
fn date_of_digits(text: &str) -> Option<(WrittenDate, &str)> {
    let (first, rest) = number(text)?;
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/'))?;
    let (month, rest) = number(rest.strip_prefix(separator)?)?;
    let (day, rest) = number(rest.strip_prefix(separator)?)?;
    Some((written(Some(year(first)?), month, day)?, rest))
}

/// June 5, 2026; Jun. 5th; 5 June 2026; 5th of June.
fn english_date(text: &str) -> Option<(WrittenDate, &str)> {
    let (month, day, rest) = if let Some((month, rest)) = month(text) {
        let (day, rest) = ordinal(rest.trim_start())?;
        (month, day, rest)
    } else {
        let (day, rest) = ordinal(text)?;
        let rest = rest.trim_start();
        let (month, rest) = month(rest.strip_prefix("of ").unwrap_or(rest))?;
        (month, day, rest)
    };
    let behind = rest.trim_start_matches([',', ' ']);
    match number(behind).and_then(|(number, rest)| Some((year(number)?, rest))) {
        Some((year, rest)) => Some((written(Some(year), month, day)?, rest)),
        None => Some((written(None, month, day)?, rest)),
    }
}

fn written(year: Option<i16>, month: u32, day: u32) -> Option<WrittenDate> {
    let is_date = (1..=12).contains(&month) && (1..=31).contains(&day);
    is_date.then_some(WrittenDate {
        year,
        month: month as i8,
        day: day as i8,
    })
}

fn year(number: u32) -> Option<i16> {
    (1000..=9999).contains(&number).then_some(number as i16)
}

/// The number of up to four digits with which a text begins.
fn number(text: &str) -> Option<(u32, &str)> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = &text[..text.len() - rest.len()];
    let number = digits.parse().ok().filter(|_| digits.len() <= 4)?;
    Some((number, rest))
}

/// A number, and its ending: 5th.
fn ordinal(text: &str) -> Option<(u32, &str)> {
    let (number, rest) = number(text)?;
    let endings = ["st", "nd", "rd", "th"];
    let without = endings.iter().find_map(|ending| rest.strip_prefix(ending));
    let rest = without.unwrap_or(rest);
    let is_whole = !rest.starts_with(|c: char| c.is_alphanumeric());
    is_whole.then_some((number, rest))
}

/// The month with whose name a text begins, from 1.
fn month(text: &str) -> Option<(u32, &str)> {
    let (at, word) = words(text).next()?;
    let number = numbered(word, MONTHS).filter(|_| at == 0)?;
    let rest = &text[word.len()..];
    Some((number as u32 + 1, rest.strip_prefix('.').unwrap_or(rest)))
}

/// The place of a capitalised name in a list of names; three letters of it do, and four or five of some.
fn numbered(word: &str, names: &str) -> Option<usize> {
    if !word.starts_with(|c: char| c.is_ascii_uppercase()) || !(3..=9).contains(&word.len()) {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let is_short = lower.len() == 3 || matches!(&*lower, "sept" | "tues" | "thur" | "thurs");
    let means = |name: &str| name == lower || is_short && name.starts_with(&lower);
    names.split(' ').position(means)
}

/// The byte at which a part of a text begins.
fn written_at(text: &str, part: &str) -> u32 {
    (part.as_ptr() as usize - text.as_ptr() as usize) as u32
}

/// The words of letters in a text, each with the byte at which it begins.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    words
        .filter(|word| !word.is_empty())
        .map(|word| (written_at(text, word) as usize, word))
}

fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => tr!("Monday"),
        Weekday::Tuesday => tr!("Tuesday"),
        Weekday::Wednesday => tr!("Wednesday"),
        Weekday::Thursday => tr!("Thursday"),
        Weekday::Friday => tr!("Friday"),
        Weekday::Saturday => tr!("Saturday"),
        Weekday::Sunday => tr!("Sunday"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, String)> {
        let near = Date::new(2026, 6, 6).unwrap();
        let found = different_weekdays(text, Some(near)).into_iter();
        found.map(|(words, day)| (words, day.to_string())).collect()
    }

    // The fifth of June 2026 is a Friday.
    #[test]
    fn the_weekday_of_its_date_is_no_finding() {
        for text in [
            "2026 年 6 月 5 日（星期五）开幕",
            "周五（6月5日）",
            "6月5日，周五",
            "2026-06-05（周五）",
            "on Friday, June 5, 2026, it",
            "on Fri, 5 Jun 2026 at",
            "June 5th (Friday)",
            "Friday, the 5th of June",
            "Friday, June 5 2,000 people came",
            "Sunday, December 7, 1941",
            "2024 年 2 月 29 日星期四",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn another_weekday_is_found() {
        for (text, written) in [
            (
                "于 2026 年 6 月 5 日（星期四）开幕",
                "2026 年 6 月 5 日（星期四",
            ),
            ("周六（6月5日）", "周六（6月5日"),
            ("截至2026-06-05（週日）", "2026-06-05（週日"),
            ("On Thursday, June 5, 2026, it", "Thursday, June 5, 2026"),
            ("Thu., 5 Jun 2026", "Thu., 5 Jun 2026"),
            ("June 5th (Monday)", "June 5th (Monday"),
            ("5 June 2026, Monday", "5 June 2026, Monday"),
        ] {
            assert_eq!(found(text), [(written, "2026-06-05".to_owned())], "{text}");
        }
        let leap = found("2023 年 2 月 28 日（周三）");
        assert_eq!(
            leap,
            [("2023 年 2 月 28 日（周三", "2023-02-28".to_owned())]
        );
    }

    #[test]
    fn what_is_not_certain_is_left_out() {
        for text in [
            "周一至周四（6月5日至8日）",
            "每周四，6月5日起",
            "6月4日至5日（周四、周五）",
            "去年6月5日（周四）",
            "Thursday, June 5 last year",
            "Thursday and Friday, June 4 and 5",
            "Monday through Thursday, June 1 to 4",
            "11 月 5 日（周三）",
            "2026 年 2 月 30 日（周三）",
            "Thursday, 5 people",
            "周四 6 点 5 分",
            "Thursday, October 4, 1582",
            "the sun may 5",
            "12026-06-05 (Monday)",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
        assert!(different_weekdays("6月5日（周四）", None).is_empty());
    }
}
