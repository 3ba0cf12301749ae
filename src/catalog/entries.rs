//! All entries known so far, and how they compare.

use std::cmp::Ordering;

use jiff::civil;
use jiff::tz::TimeZone;

use super::entry::{Entry, EntryId};
use super::filter::Haystack;
use super::order::{Order, sort_key};
use crate::digest::{Date, Moment};
use crate::text::Language;

/// All entries known so far, by their number, with what is needed to order them.
#[derive(Clone, Debug)]
pub struct Entries {
    zone: TimeZone,
    all: Vec<Entry>,
    times: Vec<Time>,
    /// Sort keys of titles by language, then of sources: made when first asked for, then kept up.
    keys: [Keys; 3],
    /// The orders asked for since the last entries came: titles by language, sources, dates.
    orders: [Option<Vec<EntryId>>; 4],
    haystack: Option<Haystack>,
}

/// When an entry was published: the nanoseconds since 1970 by which it is sorted (the least number without a date), and its calendar day.
#[derive(Clone, Copy, Debug)]
struct Time {
    nanoseconds: i128,
    day: Option<civil::Date>,
}

type Keys = Option<Vec<Box<str>>>;

/// The index of an order's keys: the language's for titles, then sources. Dates have an order, but no keys.
const fn key_index(order: Order, language: Language) -> usize {
    match order {
        Order::Title => language as usize,
        Order::Source => 2,
        Order::Date => 3,
    }
}

impl Entries {
    /// No entries yet. The time zone decides on which day an instant falls.
    pub fn new(zone: TimeZone) -> Self {
        Self {
            zone,
            all: Vec::new(),
            times: Vec::new(),
            keys: [const { None }; 3],
            orders: [const { None }; 4],
            haystack: None,
        }
    }

    /// The time zone of the days.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// An entry by its number.
    pub fn get(&self, id: EntryId) -> Option<&Entry> {
        self.all.get(id.0 as usize)
    }

    /// The calendar day an entry falls on; none where its date is missing or could not be read.
    pub fn day(&self, id: EntryId) -> Option<civil::Date> {
        self.times.get(id.0 as usize).and_then(|time| time.day)
    }

    /// Adds entries; they are numbered on from those before. Returns the new numbers.
    pub fn add(&mut self, batch: Vec<Entry>) -> Vec<EntryId> {
        let first = self.all.len() as u32;
        self.orders = [const { None }; 4];
        for entry in &batch {
            self.times.push(time_of(&entry.date, &self.zone));
            for (which, keys) in self.keys.iter_mut().enumerate() {
                if let Some(keys) = keys {
                    keys.push(key_of(entry, which));
                }
            }
            if let Some(haystack) = &mut self.haystack {
                haystack.push(entry);
            }
        }
        self.all.extend(batch);
        (first..self.all.len() as u32).map(EntryId).collect()
    }

    /// All entries in an order; titles are those shown to a reader of the language.
    pub fn sorted(&mut self, order: Order, language: Language) -> Vec<EntryId> {
        let which = key_index(order, language);
        if let Some(sorted) = &self.orders[which] {
            return sorted.clone();
        }
        let sorted = self.sort((0..self.all.len() as u32).map(EntryId).collect(), order, language);
        self.orders[which] = Some(sorted.clone());
        sorted
    }

    /// Merges newly added entries into those already in order, in time linear in both.
    pub fn merge(&mut self, sorted: &[EntryId], added: Vec<EntryId>, order: Order, language: Language) -> Vec<EntryId> {
        let added = self.sort(added, order, language);
        let mut merged = Vec::with_capacity(sorted.len() + added.len());
        let mut rest = sorted;
        for id in added {
            // Batches are small beside the whole: most of the old is copied in long runs.
            let before = rest.partition_point(|&old| self.compare(order, language, old, id) == Ordering::Less);
            merged.extend_from_slice(&rest[..before]);
            merged.push(id);
            rest = &rest[before..];
        }
        merged.extend_from_slice(rest);
        merged
    }

    fn sort(&mut self, ids: Vec<EntryId>, order: Order, language: Language) -> Vec<EntryId> {
        if order != Order::Date {
            self.make_keys(key_index(order, language));
        }
        // The first 16 bytes of a key and the time decide most comparisons; they lie beside the number, where the cache
        // finds them. Keys longer than that may differ further on.
        let is_long = |id| order != Order::Date && self.key(key_index(order, language), id).len() > 16;
        let tag =
            |id: EntryId| (self.prefix(order, language, id), is_long(id), self.times[id.0 as usize].nanoseconds, id);
        let mut tagged: Vec<_> = ids.into_iter().map(tag).collect();
        tagged.sort_unstable_by(|a, b| {
            let by_time = || if a.1 || b.1 { Ordering::Equal } else { b.2.cmp(&a.2) };
            a.0.cmp(&b.0).then_with(by_time).then_with(|| self.compare(order, language, a.3, b.3))
        });
        tagged.into_iter().map(|(.., id)| id).collect()
    }

    fn make_keys(&mut self, which: usize) {
        let all = &self.all;
        self.keys[which].get_or_insert_with(|| all.iter().map(|entry| key_of(entry, which)).collect());
    }

    fn key(&self, which: usize, id: EntryId) -> &str {
        self.keys[which].as_ref().and_then(|keys| keys.get(id.0 as usize)).map_or("", |key| key)
    }

    /// A number that orders as [`Self::compare`] does, as far as 16 bytes go.
    fn prefix(&self, order: Order, language: Language, id: EntryId) -> u128 {
        if order == Order::Date {
            return newest_first(self.times[id.0 as usize].nanoseconds);
        }
        let mut bytes = [0; 16];
        let key = self.key(key_index(order, language), id).as_bytes();
        let length = key.len().min(16);
        bytes[..length].copy_from_slice(&key[..length]);
        if key.is_empty() { u128::MAX } else { u128::from_be_bytes(bytes) }
    }

    /// Compares two entries in an order; only an entry itself is equal to it.
    fn compare(&self, order: Order, language: Language, a: EntryId, b: EntryId) -> Ordering {
        let by_key = if order == Order::Date { Ordering::Equal } else { self.by_key(key_index(order, language), a, b) };
        let time = |id: EntryId| self.times[id.0 as usize].nanoseconds;
        // As bytes: comparing component by component takes ten times as long.
        let path = |id: EntryId| self.all[id.0 as usize].path.as_os_str();
        by_key.then_with(|| time(b).cmp(&time(a))).then_with(|| path(a).cmp(path(b))).then_with(|| a.cmp(&b))
    }

    /// Compares by key; what has none comes last.
    fn by_key(&self, which: usize, a: EntryId, b: EntryId) -> Ordering {
        let (a, b) = (self.key(which, a), self.key(which, b));
        a.is_empty().cmp(&b.is_empty()).then_with(|| a.cmp(b))
    }

    /// The entries that hold every word of a query in a title, the source or a tag, case and width folded; in order of arrival.
    pub fn matching(&mut self, query: &str) -> Vec<EntryId> {
        let haystack = self.haystack.get_or_insert_default();
        for entry in &self.all[haystack.len()..] {
            haystack.push(entry);
        }
        haystack.matching(query)
    }
}

/// Descending times as ascending numbers; undated last.
const fn newest_first(nanoseconds: i128) -> u128 {
    !((nanoseconds as u128) ^ (1 << 127))
}

fn time_of(date: &Date, zone: &TimeZone) -> Time {
    let civil = date.civil(zone);
    let instant = match date.moment {
        Some(Moment::Instant(instant)) => Some(instant),
        // A time without a zone is read as one of this zone, so that the days of the list never interleave.
        _ => civil.and_then(|civil| zone.to_timestamp(civil).ok()),
    };
    let nanoseconds = instant.map_or(i128::MIN, jiff::Timestamp::as_nanosecond);
    Time { nanoseconds, day: civil.map(civil::DateTime::date).filter(|_| instant.is_some()) }
}

fn key_of(entry: &Entry, which: usize) -> Box<str> {
    match Language::BOTH.get(which) {
        Some(&language) => sort_key(entry.titles.in_language(language)),
        None => sort_key(entry.source.as_deref().unwrap_or_default()),
    }
}

#[cfg(test)]
#[path = "entries_tests.rs"]
mod tests;
