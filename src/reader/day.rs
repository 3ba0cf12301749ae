//! Days as the language that is read writes them.

use jiff::civil::Date;

use crate::locale::{Locale, filled};
use crate::text::Language;

const WEEKDAYS: [&str; 7] = [
    message!("Mon"),
    message!("Tue"),
    message!("Wed"),
    message!("Thu"),
    message!("Fri"),
    message!("Sat"),
    message!("Sun"),
];

/// The words for a language that is read: Chinese in the characters of the program, if that is in Chinese.
fn words(language: Language) -> Locale {
    match (language, Locale::current()) {
        (Language::English, _) => Locale::English,
        (Language::Chinese, Locale::Traditional) => Locale::Traditional,
        (Language::Chinese, _) => Locale::Simplified,
    }
}

/// Today and yesterday by name, if it is known which day is today.
pub(super) fn relative_day(
    day: Date,
    today: Option<Date>,
    language: Language,
) -> Option<&'static str> {
    let name = if Some(day) == today {
        message!("Today")
    } else if today.is_some_and(|today| day.tomorrow().ok() == Some(today)) {
        message!("Yesterday")
    } else {
        return None;
    };
    Some(words(language).translated(name))
}

/// A day, or that there is none: `昨天`, `11 月 28 日 周六`, `Sat 28 Nov`, with its year unless that is the one of today.
pub(crate) fn name_of_day(day: Option<Date>, today: Option<Date>, language: Language) -> String {
    let words = words(language);
    let Some(day) = day else {
        return words.translated(message!("Undated")).to_owned();
    };
    if let Some(name) = relative_day(day, today, language) {
        return name.to_owned();
    }
    let is_this_year = today.is_some_and(|today| today.year() == day.year());
    let format = if is_this_year {
        message!("%-d %b")
    } else {
        message!("%-d %b %Y")
    };
    let date = day.strftime(words.translated(format));
    let weekday = WEEKDAYS[day.weekday().to_monday_zero_offset() as usize];
    let weekday = words.translated(weekday);
    filled(
        words.translated(message!("{weekday} {date}")),
        &[("weekday", &weekday), ("date", &date)],
    )
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_day_is_named_in_the_language_that_is_read() {
        let today = Some(date(2026, 11, 30));
        let name = |day, language| name_of_day(day, today, language);
        for (day, chinese, english) in [
            (date(2026, 11, 30), "今天", "Today"),
            (date(2026, 11, 29), "昨天", "Yesterday"),
            (date(2026, 11, 28), "11 月 28 日 周六", "Sat 28 Nov"),
            (date(2025, 3, 2), "2025 年 3 月 2 日 周日", "Sun 2 Mar 2025"),
            (date(2026, 12, 1), "12 月 1 日 周二", "Tue 1 Dec"),
            (
                date(9999, 12, 31),
                "9999 年 12 月 31 日 周五",
                "Fri 31 Dec 9999",
            ),
        ] {
            assert_eq!(name(Some(day), Language::Chinese), chinese);
            assert_eq!(name(Some(day), Language::English), english);
        }
        assert_eq!(name(None, Language::Chinese), "无日期");
        assert_eq!(name_of_day(None, None, Language::English), "Undated");
        let day = Some(date(2026, 11, 30));
        assert_eq!(name_of_day(day, None, Language::English), "Mon 30 Nov 2026");
        assert_eq!(
            relative_day(date(9999, 12, 31), None, Language::English),
            None
        );
    }
}
