//! Sorting many articles at once, of what is borrowed from wherever it lies: as [`Entries`](super::Entries) sorts them.
//!
//! Each is stood for by a few bytes of what it is sorted by and its place, side by side where the processor finds them. Those that are
//! equal in these are sorted again by the bytes that follow, then by time, then by path: nothing is compared through a pointer that
//! could be compared without one.

use jiff::civil;
use jiff::tz::TimeZone;

use super::order::{Order, append_sort_key};
use crate::digest::Moment;
use crate::text::Language;

/// What an article is sorted by, and its place.
#[derive(Clone, Copy, Debug)]
pub struct Sortable<'a> {
    /// Its number.
    pub at: u32,
    /// When it was published, as [`sorting_time`] tells it.
    pub time: i128,
    /// The titles shown to readers of each language, Chinese first.
    pub titles: [&'a str; 2],
    /// Its source; empty for none.
    pub source: &'a str,
    /// The bytes of its path.
    pub path: &'a [u8],
}

/// The time by which an article is sorted: nanoseconds since 1970, the least number without a date. A moment without a zone is one of this
/// zone, so that the days of the list never interleave.
pub fn sorting_time(moment: Option<Moment>, zone: &TimeZone) -> i128 {
    match moment {
        Some(Moment::Instant(instant)) => instant.as_nanosecond(),
        Some(Moment::Civil(civil)) => in_zone(civil, zone),
        Some(Moment::Day(day)) => in_zone(day.to_datetime(civil::Time::midnight()), zone),
        None => i128::MIN,
    }
}

/// The nanoseconds of a time of the clock; at the ends of the calendar, where instants end before it does, as if in UTC.
fn in_zone(civil: civil::DateTime, zone: &TimeZone) -> i128 {
    let plain = || civil.duration_since(civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0)).as_nanos();
    zone.to_timestamp(civil).map_or_else(|_| plain(), jiff::Timestamp::as_nanosecond)
}

/// The calendar day of a moment, in the time zone.
pub(super) fn day(moment: Option<Moment>, zone: &TimeZone) -> Option<civil::Date> {
    moment.map(|moment| match moment {
        Moment::Instant(instant) => zone.to_datetime(instant).date(),
        Moment::Civil(civil) => civil.date(),
        Moment::Day(day) => day,
    })
}

/// The numbers of articles in an order.
pub fn sorted_places(all: &[Sortable<'_>], order: Order, language: Language) -> Vec<u32> {
    let keys = Keys::of(
        match order {
            Order::Date => &[],
            _ => all,
        }
        .iter()
        .map(|article| if order == Order::Title { article.titles[language as usize] } else { article.source }),
    );
    let by_path = |run: &mut [Tag]| {
        run.sort_unstable_by_key(|tag| (all[tag.which as usize].path, all[tag.which as usize].at));
    };
    // What is looked up in the new order stands close together.
    let times: Vec<i128> = all.iter().map(|article| article.time).collect();
    let numbers: Vec<u32> = all.iter().map(|article| article.at).collect();
    let time = |which| times[which as usize];
    let places = sorted_by(all.len() as u32, order, |which| keys.get(which), time, by_path);
    places.into_iter().map(|which| numbers[which as usize]).collect()
}

/// The places, from 0, of so many articles in an order: by the key of each, unless by date, then by its time; whoever asks settles in what
/// order those stand that are equal in both.
pub(super) fn sorted_by<'a>(
    count: u32,
    order: Order,
    key: impl Fn(u32) -> &'a [u8],
    time: impl Fn(u32) -> i128,
    settle: impl Fn(&mut [Tag]),
) -> Vec<u32> {
    let mut tags: Vec<Tag> = (0..count).map(|which| Tag { bytes: 0, which }).collect();
    let first = if order == Order::Date { Step::Time } else { Step::Key(0) };
    // What is left to do. Not by recursion: a key may be as long as a header.
    let mut left = vec![(0..tags.len(), first)];
    while let Some((range, step)) = left.pop() {
        let run = &mut tags[range.clone()];
        match step {
            Step::Key(from) => run.iter_mut().for_each(|tag| tag.bytes = next_bytes(key(tag.which), from)),
            Step::Time => run.iter_mut().for_each(|tag| tag.bytes = newest_first(time(tag.which))),
            Step::Path => {
                settle(run);
                continue;
            }
        }
        run.sort_unstable_by_key(|tag| tag.bytes);
        let mut start = range.start;
        for equal in run.chunk_by(|one, other| one.bytes == other.bytes) {
            if equal.len() > 1 {
                left.push((start..start + equal.len(), step.next(equal[0].bytes)));
            }
            start += equal.len();
        }
    }
    tags.into_iter().map(|tag| tag.which).collect()
}

/// An article in the sorting.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tag {
    /// Some of what it is sorted by, as a number.
    bytes: u128,
    /// Its place among all that are sorted.
    pub(super) which: u32,
}

/// By what a run of articles is sorted that are equal in all before.
#[derive(Clone, Copy)]
enum Step {
    /// The bytes of the key from an offset on.
    Key(usize),
    Time,
    Path,
}

impl Step {
    /// What follows for articles that are equal in this one.
    const fn next(self, bytes: u128) -> Self {
        match self {
            // No key holds a zero or begins with the highest bytes: it ends here, or there is none.
            Self::Key(from) if bytes as u8 != 0 && bytes != u128::MAX => Self::Key(from + size_of::<u128>()),
            Self::Key(_) => Self::Time,
            Self::Time | Self::Path => Self::Path,
        }
    }
}

/// The keys of articles, one after the other.
#[derive(Clone, Debug, Default)]
pub(super) struct Keys {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl Keys {
    /// The keys of titles or sources.
    pub(super) fn of<T: AsRef<str>>(written: impl Iterator<Item = T>) -> Self {
        let mut keys = Self { bytes: Vec::new(), ends: Vec::with_capacity(written.size_hint().0) };
        for written in written {
            append_sort_key(written.as_ref(), &mut keys.bytes);
            keys.ends.push(keys.bytes.len());
        }
        keys
    }

    /// The key at a place; empty where there is none.
    pub(super) fn get(&self, which: u32) -> &[u8] {
        let start = which.checked_sub(1).map_or(Some(0), |before| self.ends.get(before as usize).copied());
        let end = self.ends.get(which as usize);
        start.zip(end).map_or(&[], |(start, &end)| &self.bytes[start..end])
    }
}

/// The next bytes of a key as a number that orders as they do. What has no key comes last.
fn next_bytes(key: &[u8], from: usize) -> u128 {
    if key.is_empty() {
        return u128::MAX;
    }
    let rest = key.get(from..).unwrap_or_default();
    let mut bytes = [0; size_of::<u128>()];
    let length = rest.len().min(bytes.len());
    bytes[..length].copy_from_slice(&rest[..length]);
    u128::from_be_bytes(bytes)
}

/// Descending times as ascending numbers; undated last.
const fn newest_first(nanoseconds: i128) -> u128 {
    !((nanoseconds as u128) ^ (1 << 127))
}

/// Where those begin at the end that are such, where none is before one that is not. They are looked for from the end on in ever longer steps:
/// what comes together often belongs together, and then they are few.
pub(super) fn suffix<T>(all: &[T], is_such: impl Fn(&T) -> bool) -> usize {
    let mut count = 1;
    while all.len().checked_sub(count).is_some_and(|at| is_such(&all[at])) {
        count *= 2;
    }
    let (start, end) = (all.len().saturating_sub(count), all.len() - count / 2);
    start + all[start..end].partition_point(|one| !is_such(one))
}

#[cfg(test)]
mod tests {
    use std::cmp::Reverse;

    use proptest::prelude::*;

    use super::super::order::sort_key;
    use super::*;

    #[test]
    fn a_suffix_is_found_wherever_it_begins() {
        for length in 0..40 {
            let all: Vec<usize> = (0..length).collect();
            for start in 0..=length {
                assert_eq!(suffix(&all, |&at| at >= start), start, "of {length}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn an_order_is_that_of_whole_keys_then_times_then_paths(
            written in proptest::collection::vec(("(香港|a|ab cdefg|abcdefghijklmno| |，){0,6}", -2i8..2, "[ab]{0,2}"), 0..40)
        ) {
            let article = |(at, (title, time, path)): (usize, &'_ (String, i8, String))| (at as u32, title.clone(), i128::from(*time), path.clone());
            let articles: Vec<_> = written.iter().enumerate().map(article).collect();
            let sortable: Vec<Sortable<'_>> = articles
                .iter()
                .map(|(at, title, time, path)| Sortable { at: *at, time: *time, titles: [title, path], source: title, path: path.as_bytes() })
                .collect();
            for (order, language) in [(Order::Title, Language::Chinese), (Order::Title, Language::English), (Order::Date, Language::Chinese), (Order::Source, Language::Chinese)] {
                let mut expected = sortable.clone();
                expected.sort_by_key(|article| {
                    let key = match order {
                        Order::Date => sort_key("a"),
                        Order::Title => sort_key(article.titles[language as usize]),
                        Order::Source => sort_key(article.source),
                    };
                    (key.is_empty(), key, Reverse(article.time), article.path, article.at)
                });
                let expected: Vec<u32> = expected.iter().map(|article| article.at).collect();
                prop_assert_eq!(sorted_places(&sortable, order, language), expected);
            }
        }
    }
}
