//! The orders of the list, and sorting by them.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ffi::OsStr;
use std::mem;

use jiff::civil;
use jiff::tz::TimeZone;
use pinyin::ToPinyin;
use serde::{Deserialize, Serialize};

use crate::digest::Moment;
use crate::text::{Language, fold};

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Order {
    /// Newest first; undated entries last, by path.
    #[default]
    Date,
    /// By title: pinyin for Chinese, letters for English.
    Title,
    /// By source, newest first within one; entries without a source last.
    Source,
}

impl Order {
    /// The next order, for a key that cycles through them.
    pub const fn next(self) -> Self {
        match self {
            Self::Date => Self::Title,
            Self::Title => Self::Source,
            Self::Source => Self::Date,
        }
    }

    /// The name shown: `date`, `title` or `source`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Date => message!("date"),
            Self::Title => message!("title"),
            Self::Source => message!("source"),
        }
    }
}

/// What an entry is sorted by, apart from its times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SortFields<'a> {
    /// The titles shown to readers of each language, Chinese first.
    pub titles: [&'a str; 2],
    /// The source; empty for none.
    pub source: &'a str,
    /// The path of its file.
    pub path: &'a OsStr,
}

impl<'a> SortFields<'a> {
    /// The text that an order compares; empty for the order by date.
    pub(super) const fn text(&self, order: Order, language: Language) -> &'a str {
        match order {
            Order::Title => self.titles[language as usize],
            Order::Source => self.source,
            Order::Date => "",
        }
    }
}

/// The key by which a title or a source is sorted: pinyin syllables for Chinese characters, folded
/// letters and digits for the rest, without punctuation.
///
/// A syllable ends with a space, so that `xi an` comes before `xian`, as in a dictionary. A
/// character with several readings counts by its most common one.
pub(super) fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(text.len() * 2);
    let mut in_word = false;
    for c in text.chars().map(fold) {
        let syllable = if c.is_ascii() { None } else { c.to_pinyin() };
        if syllable.is_none() && c.is_alphanumeric() {
            key.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
            in_word = true;
            continue;
        }
        if mem::take(&mut in_word) {
            key.push(b' ');
        }
        if let Some(syllable) = syllable {
            key.extend_from_slice(syllable.plain().as_bytes());
            key.push(b' ');
        }
    }
    if in_word {
        key.push(b' ');
    }
    key
}

/// An entry to be sorted.
#[derive(Clone, Copy, Debug)]
pub struct Sortable<'a> {
    /// Its place.
    pub at: u32,
    /// Its [`sorting_time`].
    pub time: i128,
    /// What else it is sorted by.
    pub fields: SortFields<'a>,
}

/// The time by which an article is sorted: nanoseconds since 1970, the least number if it has no
/// date. A moment without a time zone is in this one, so that the days of the list never
/// interleave.
pub fn sorting_time(moment: Option<Moment>, zone: &TimeZone) -> i128 {
    let in_zone = |civil: civil::DateTime| match zone.to_timestamp(civil) {
        Ok(timestamp) => timestamp.as_nanosecond(),
        // The calendar is longer than the range of timestamps. At its ends, count as in UTC.
        Err(_) => civil
            .duration_since(civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0))
            .as_nanos(),
    };
    match moment {
        Some(Moment::Instant(instant)) => instant.as_nanosecond(),
        Some(Moment::Civil(civil)) => in_zone(civil),
        Some(Moment::Day(day)) => in_zone(day.to_datetime(civil::Time::midnight())),
        None => i128::MIN,
    }
}

/// The calendar day of a moment in a time zone.
pub(super) fn day(moment: Moment, zone: &TimeZone) -> civil::Date {
    match moment {
        Moment::Instant(instant) => zone.to_datetime(instant).date(),
        Moment::Civil(civil) => civil.date(),
        Moment::Day(day) => day,
    }
}

/// The places of entries in an order.
pub fn sorted_places<'a>(entries: &[Sortable<'a>], order: Order, language: Language) -> Vec<u32> {
    let row = |entry: &Sortable<'a>| {
        let key = sort_key(entry.fields.text(order, language));
        SortRow::new(key.into(), entry.time, entry.fields.path, entry.at)
    };
    let mut rows: Vec<SortRow<'a>> = entries.iter().map(row).collect();
    rows.sort_unstable();
    rows.iter().map(|row| row.at).collect()
}

/// The sort key of the title or the source. Empty keys are not compared byte by byte: it is slow
/// to compare no bytes at the address of an empty slice.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum RowKey<'a> {
    Text(Cow<'a, [u8]>),
    /// Nothing to sort by, which comes last; always so in the order by date.
    None,
}

/// An entry in an order, compared field by field.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SortRow<'a> {
    key: RowKey<'a>,
    time: Reverse<i128>,
    path: &'a [u8],
    pub(super) at: u32,
}

impl<'a> SortRow<'a> {
    pub(super) fn new(key: Cow<'a, [u8]>, time: i128, path: &'a OsStr, at: u32) -> Self {
        Self {
            key: if key.is_empty() {
                RowKey::None
            } else {
                RowKey::Text(key)
            },
            time: Reverse(time),
            path: path.as_encoded_bytes(),
            at,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn an_order_is_that_of_whole_keys_then_times_then_paths(
            written in proptest::collection::vec(("(香港|a|ab cdefg|abcdefghijklmno| |，){0,6}", -2i8..2, "[ab]{0,2}"), 0..40)
        ) {
            let sortable = |(at, (title, time, path)): (usize, &'_ (String, i8, String))| {
                (at as u32, title.clone(), i128::from(*time), path.clone())
            };
            let entries: Vec<_> = written.iter().enumerate().map(sortable).collect();
            let sortables: Vec<Sortable<'_>> = entries
                .iter()
                .map(|(at, title, time, path)| {
                    let fields = SortFields { titles: [title, path], source: title, path: OsStr::new(path) };
                    Sortable { at: *at, time: *time, fields }
                })
                .collect();
            for order in [Order::Date, Order::Title, Order::Source] {
                for language in Language::BOTH {
                    let mut expected = sortables.clone();
                    expected.sort_by_key(|entry| {
                        let key = sort_key(entry.fields.text(order, language));
                        (key.is_empty(), key, Reverse(entry.time), entry.fields.path, entry.at)
                    });
                    let expected: Vec<u32> = expected.iter().map(|entry| entry.at).collect();
                    prop_assert_eq!(sorted_places(&sortables, order, language), expected);
                }
            }
        }
    }
}
