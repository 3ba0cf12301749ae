//! Terms with a key: `tag:birds`, `date:2024-06`.

use jiff::civil::{self, Date};

use super::{Condition, Days};
use crate::text::{self, Language};

const KEYS: &str = "tag: author: lang: has: date:";
const DATES: &str = "no such date; there are 2024, 2024-06, 2024-06-01, a..b, 7d and none";

/// The condition of a key and a value; else whether the key is wrong (or the value), and why.
pub(super) fn term(key: &str, value: &str) -> Result<Condition, (bool, String)> {
    let wrong = |reason: &str| Err((false, reason.to_owned()));
    let folded = || text::folded(value).into_owned();
    match key {
        "tag" if value.is_empty() => wrong("which tag? tag:birds, or tag:\"two words\""),
        "tag" => Ok(Condition::Tag(folded())),
        "author" | "source" if value.is_empty() => wrong("which source? author:gazette"),
        "author" | "source" => Ok(Condition::Author(folded())),
        "lang" => match value.to_ascii_lowercase().as_str() {
            "zh" | "中" | "中文" => Ok(Condition::Language(Language::Chinese)),
            "en" | "英" | "英文" => Ok(Condition::Language(Language::English)),
            "both" => Ok(Condition::All(Language::BOTH.map(Condition::Language).to_vec())),
            _ => wrong("languages are zh, en and both"),
        },
        "has" if value.eq_ignore_ascii_case("problem") => Ok(Condition::HasProblem),
        "has" => wrong("what an article can have is a problem: has:problem"),
        "date" => days(value).map(Condition::Date).ok_or_else(|| (false, DATES.to_owned())),
        _ => Err((true, format!("no such key; there are {KEYS} — a word with a colon goes into quotation marks"))),
    }
}

fn days(value: &str) -> Option<Days> {
    if value.eq_ignore_ascii_case("none") {
        return Some(Days::Undated);
    }
    if let Some((from, to)) = value.split_once("..") {
        let from = if from.is_empty() { None } else { Some(span(from)?.0) };
        let to = if to.is_empty() { None } else { Some(span(to)?.1) };
        let is_open = from.is_none() && to.is_none();
        let is_backwards = from.zip(to).is_some_and(|(from, to)| from > to);
        return (!is_open && !is_backwards).then_some(Days::Between(from, to));
    }
    let last = value.chars().next_back().filter(char::is_ascii);
    let days = match last.map(|unit| unit.to_ascii_lowercase()) {
        Some('d') => 1,
        Some('w') => 7,
        Some('m') => 30,
        Some('y') => 365,
        _ => return span(value).map(|(from, to)| Days::Between(Some(from), Some(to))),
    };
    let number: u32 = value[..value.len() - 1].parse().ok()?;
    Some(Days::Last(number.checked_mul(days).filter(|&days| days > 0)?))
}

/// The first and the last day of a year, a month or a day.
fn span(value: &str) -> Option<(Date, Date)> {
    let mut parts = value.split('-');
    let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let number = |part: &str| part.parse::<i8>().ok().filter(|_| part.len() <= 2);
    let (month, day) = (parts.next().map(number), parts.next().map(number));
    if parts.next().is_some() {
        return None;
    }
    let date = |month, day| civil::Date::new(year, month, day).ok();
    match (month, day) {
        (None, _) => Some((date(1, 1)?, date(12, 31)?)),
        (Some(month), None) => date(month?, 1).map(|first| (first, first.last_of_month())),
        (Some(month), Some(day)) => date(month?, day?).map(|day| (day, day)),
    }
}
