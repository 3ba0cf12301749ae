//! Sorting entries.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::ffi::OsStr;

use jiff::civil;
use jiff::tz::TimeZone;

use super::entry::SortFields;
use super::order::{Order, append_sort_key};
use crate::digest::Moment;
use crate::text::Language;

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

/// The time by which an article is sorted: nanoseconds since 1970, the least number if it has no date. A moment without a
/// time zone is in this one, so that the days of the list never interleave.
pub fn sorting_time(moment: Option<Moment>, zone: &TimeZone) -> i128 {
    let in_zone = |civil: civil::DateTime| match zone.to_timestamp(civil) {
        Ok(timestamp) => timestamp.as_nanosecond(),
        // The calendar is longer than the range of timestamps. At its ends, count as in UTC.
        Err(_) => civil.duration_since(civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0)).as_nanos(),
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
pub fn sorted_places(entries: &[Sortable<'_>], order: Order, language: Language) -> Vec<u32> {
    let keys: SortKeys = entries.iter().map(|entry| entry.fields.text(order, language)).collect();
    let mut rows = Vec::with_capacity(entries.len());
    for (which, entry) in entries.iter().enumerate() {
        rows.push(SortRow::new(keys.get(which).into(), order, entry.time, entry.fields.path, entry.at));
    }
    rows.sort_unstable();
    rows.iter().map(|row| row.at).collect()
}

/// An entry in an order, compared field by field.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct SortRow<'a> {
    /// The first bytes of what decides, which settle most comparisons without following a pointer.
    prefix: u128,
    /// The sort key of the title or the source.
    key: Cow<'a, [u8]>,
    time: Reverse<i128>,
    path: &'a [u8],
    pub(super) at: u32,
}

impl<'a> SortRow<'a> {
    pub(super) fn new(key: Cow<'a, [u8]>, order: Order, time: i128, path: &'a OsStr, at: u32) -> Self {
        let prefix = match order {
            // Newest first; flipping the sign bit makes signed numbers compare as unsigned ones.
            Order::Date => !((time as u128) ^ (1 << 127)),
            Order::Title | Order::Source => key_prefix(&key),
        };
        Self { prefix, key, time: Reverse(time), path: path.as_encoded_bytes(), at }
    }
}

/// The first bytes of a key as a number that compares as they do. An empty key comes last.
fn key_prefix(key: &[u8]) -> u128 {
    if key.is_empty() {
        return u128::MAX;
    }
    let mut bytes = [0; size_of::<u128>()];
    let length = key.len().min(bytes.len());
    bytes[..length].copy_from_slice(&key[..length]);
    u128::from_be_bytes(bytes)
}

/// The sort keys of many titles or sources, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct SortKeys {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl SortKeys {
    /// The key at a place; empty if there is none.
    pub(super) fn get(&self, at: usize) -> &[u8] {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.ends.get(at).map_or(&[], |&end| &self.bytes[start..end])
    }
}

impl<'a> FromIterator<&'a str> for SortKeys {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        let mut keys = Self::default();
        for text in texts {
            append_sort_key(text, &mut keys.bytes);
            keys.ends.push(keys.bytes.len());
        }
        keys
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::order::sort_key;
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
