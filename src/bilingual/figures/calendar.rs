//! The months, days, weekdays and quarters that two texts name, compared.

use super::english::numeral::month;
use super::figure::{Comparison, Figure, FigureKind, Numeral};
use super::number::Rational;
use crate::text::Language;

const WEEKDAYS: [(&str, &str); 7] = [
    ("一", "monday"),
    ("二", "tuesday"),
    ("三", "wednesday"),
    ("四", "thursday"),
    ("五", "friday"),
    ("六", "saturday"),
    ("日天", "sunday"),
];
const WEEK: [&str; 3] = ["星期", "礼拜", "周"];
const QUARTERS: [(&str, &str); 4] = [
    ("一1", "first"),
    ("二2", "second"),
    ("三3", "third"),
    ("四4", "fourth"),
];

/// What a date has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum DatePart {
    Month,
    Day,
    Weekday,
    Quarter,
}

/// Takes the months and days out of the figures of two texts, and compares them with each other, and also the weekdays
/// and quarters. Of each part only one may differ, and both texts must name as many.
pub(super) fn compare(texts: [&str; 2], figures: [&mut Vec<Figure>; 2]) -> Vec<Comparison> {
    let mut sides = Language::BOTH.into_iter().zip(texts).zip(figures);
    let mut next = || -> Vec<(DatePart, Figure)> {
        let Some(((language, text), figures)) = sides.next() else {
            return Vec::new();
        };
        let mut parts = named(text, language);
        figures.retain(|figure| {
            let part = part_of(figure, text);
            parts.extend(part.map(|part| (part, figure.clone())));
            part.is_none()
        });
        parts
    };
    let (chinese, english) = (next(), next());
    let mut found = Vec::new();
    for part in [
        DatePart::Month,
        DatePart::Day,
        DatePart::Weekday,
        DatePart::Quarter,
    ] {
        let of = |parts: &[(DatePart, Figure)]| -> Vec<Figure> {
            let these = parts.iter().filter(|(one, _)| *one == part);
            these.map(|(_, figure)| figure.clone()).collect()
        };
        let (mut left, mut right) = (of(&chinese), of(&english));
        let are_as_many = left.len() == right.len();
        left.retain(|one| {
            let same = right.iter().position(|other| other.value == one.value);
            let pair = same.map(|at| Comparison {
                chinese: one.clone(),
                english: right.remove(at),
                factor: None,
            });
            let is_alone = pair.is_none();
            found.extend(pair);
            is_alone
        });
        if let ([one], [other], true) = (&left[..], &right[..], are_as_many) {
            // A month alone is no figure in English, but it is named.
            let is_named = |(_, word): (usize, &str)| month(word) == one.value.as_whole();
            if part == DatePart::Month && words(&texts[1].to_ascii_lowercase()).any(is_named) {
                continue;
            }
            found.push(Comparison {
                chinese: one.clone(),
                english: other.clone(),
                factor: one.value.over(other.value),
            });
        }
    }
    found
}

/// Whether a figure is a month or a day. Of a chain such as 06-05 nothing is certain.
fn part_of(figure: &Figure, text: &str) -> Option<DatePart> {
    let written = text.get(figure.range.clone())?;
    // 廿四日 is no fourth, 同一日 no first.
    let is_cut =
        text[..figure.range.start].ends_with(['廿', '卅', '同', '每', '某', '有', '这', '那']);
    if figure.kind != FigureKind::Date || is_cut {
        return None;
    }
    if written.ends_with('月') || month(&written.to_ascii_lowercase()).is_some() {
        return Some(DatePart::Month);
    }
    let is_day = written.ends_with(['日', '号', '號', 't', 'd', 'h']);
    let is_english_day = || {
        let digits = written.bytes().all(|byte| byte.is_ascii_digit());
        let around = [
            text[..figure.range.start].chars().next_back(),
            text[figure.range.end..].chars().next(),
        ];
        digits
            && !around
                .into_iter()
                .flatten()
                .any(|c| matches!(c, '-' | '/' | '.'))
    };
    (is_day || is_english_day()).then_some(DatePart::Day)
}

/// The weekdays and quarters of a text.
fn named(text: &str, language: Language) -> Vec<(DatePart, Figure)> {
    let mut parts = Vec::new();
    let mut push = |part, value: usize, start: usize, end: usize| {
        let number =
            Numeral::in_words(Rational::whole(value as i64 + 1), Rational::ONE, start..end);
        parts.push((part, number.figure(FigureKind::Date, None)));
    };
    match language {
        Language::Chinese => {
            for (at, _) in text.char_indices() {
                let rest = &text[at..];
                if let Some(week) = WEEK.iter().find(|week| rest.starts_with(**week)) {
                    let day = rest[week.len()..].chars().next();
                    let is_day = |days: &&str| day.is_some_and(|day| days.contains(day));
                    let number = WEEKDAYS.iter().position(|(days, _)| is_day(days));
                    let end = at + week.len() + day.map_or(0, char::len_utf8);
                    // 本周一共 is no Monday, 一周三次 no Wednesday.
                    let follows = text[end..].chars().next();
                    let is_word = follows.is_some_and(|c| "共直起次个天种家款项".contains(c))
                        || text[..at].ends_with(['一', '每', '两', '几']);
                    if let Some(number) = number.filter(|_| !is_word) {
                        push(DatePart::Weekday, number, at, end);
                    }
                }
                if let Some(before) = rest.strip_prefix("季度").map(|_| &text[..at])
                    && let Some(last) = before.trim_end().chars().next_back()
                    && let Some(number) =
                        QUARTERS.iter().position(|(names, _)| names.contains(last))
                {
                    let start = before.trim_end().len() - last.len_utf8();
                    push(DatePart::Quarter, number, start, at + "季度".len());
                }
            }
        }
        Language::English => {
            let lower = text.to_ascii_lowercase();
            for (at, word) in words(&lower) {
                let end = at + word.len();
                let singular = word.strip_suffix('s').unwrap_or(word);
                if let Some(number) = WEEKDAYS.iter().position(|(_, day)| *day == singular) {
                    push(DatePart::Weekday, number, at, end);
                }
                let next = lower[end..].trim_start_matches([' ', '-']);
                let number = QUARTERS.iter().position(|(_, rank)| *rank == word);
                // One who passed the third quarter mark of a race is none.
                if let Some(number) = number.filter(|_| next.starts_with("quarter")) {
                    let end = text.len() - next.len() + "quarter".len();
                    push(DatePart::Quarter, number, at, end);
                }
            }
        }
    }
    parts
}

fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let words = text.split(|c: char| !c.is_ascii_alphabetic());
    words
        .filter(|word| !word.is_empty())
        .map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}
