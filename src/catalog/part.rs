//! One shelf among all, with what has to be kept beside it to sort and to filter quickly.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::sync::{Arc, OnceLock};

use jiff::civil;
use jiff::tz::TimeZone;

use super::entry::{Entry, EntryId, Facts};
use super::order::{Order, sort_key};
use super::shelf::Shelf;
use super::sorting::Keys;
use super::words::{Words, WordsBuf};
use crate::digest::Moment;
use crate::text::Language;

/// When an entry was published: the nanoseconds since 1970 by which it is sorted (the least number without a date), and its calendar day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Time {
    pub(super) nanoseconds: i128,
    pub(super) day: Option<civil::Date>,
}

impl Default for Time {
    fn default() -> Self {
        Self { nanoseconds: i128::MIN, day: None }
    }
}

impl Time {
    /// The time of a moment. One without a zone is read as one of this zone, so that the days of the list never interleave.
    pub(super) fn of(moment: Option<Moment>, zone: &TimeZone) -> Self {
        let Some(moment) = moment else { return Self::default() };
        let (nanoseconds, civil) = match moment {
            Moment::Instant(instant) => (instant.as_nanosecond(), zone.to_datetime(instant)),
            Moment::Civil(civil) => (Self::in_zone(civil, zone), civil),
            Moment::Day(day) => {
                let civil = day.to_datetime(civil::Time::midnight());
                (Self::in_zone(civil, zone), civil)
            }
        };
        Self { nanoseconds, day: Some(civil.date()) }
    }

    /// The nanoseconds of a time of the clock; at the ends of the calendar, where instants end before it does, as if in UTC.
    fn in_zone(civil: civil::DateTime, zone: &TimeZone) -> i128 {
        let plain = || civil.duration_since(civil::DateTime::constant(1970, 1, 1, 0, 0, 0, 0)).as_nanos();
        zone.to_timestamp(civil).map_or_else(|_| plain(), jiff::Timestamp::as_nanosecond)
    }
}

/// One shelf among all.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The number of its first place.
    first: u32,
    shelf: Arc<dyn Shelf>,
    /// The times of its places; none where the shelf keeps them in order, so that they are seldom asked for.
    times: Option<Vec<Time>>,
    /// Sort keys of titles by language, then of sources; made when first asked for, where the shelf has no order.
    keys: [OnceLock<Keys>; 3],
    words: Option<WordsBuf>,
}

impl Part {
    pub(super) fn new(first: u32, shelf: Arc<dyn Shelf>, zone: &TimeZone) -> Self {
        let is_kept = shelf.order(Order::Date, Language::Chinese, zone).is_some();
        let time = |at| Time::of(shelf.moment(at), zone);
        let times = (!is_kept).then(|| (0..shelf.len()).map(time).collect());
        Self { first, shelf, times, keys: [const { OnceLock::new() }; 3], words: None }
    }

    /// Its first number.
    pub(super) const fn first(&self) -> u32 {
        self.first
    }

    /// One past its last number.
    pub(super) fn end(&self) -> u32 {
        self.first + self.shelf.len()
    }

    pub(super) fn numbers(&self) -> impl Iterator<Item = EntryId> + use<> {
        (self.first..self.end()).map(EntryId)
    }

    pub(super) fn entry(&self, id: EntryId) -> Option<Entry> {
        self.shelf.entry(self.at(id)?)
    }

    pub(super) fn holds(&self, id: EntryId) -> bool {
        self.at(id).is_some_and(|at| self.shelf.holds(at))
    }

    pub(super) fn modified(&self, id: EntryId) -> Option<i64> {
        self.shelf.modified(self.at(id)?)
    }

    /// Tells the entries whose files were written after a moment, in milliseconds since 1970.
    pub(super) fn each_since(&self, moment: i64, tell: &mut dyn FnMut(EntryId)) {
        let is_since = |at: u32| self.shelf.modified(at).is_some_and(|modified| modified > moment);
        match self.shelf.latest() {
            Some(latest) => {
                let count = latest.partition_point(|&at| is_since(at));
                latest[..count].iter().for_each(|at| tell(EntryId(self.first + at)));
            }
            None => {
                (0..self.shelf.len()).filter(|&at| is_since(at)).for_each(|at| tell(EntryId(self.first + at)));
            }
        }
    }

    /// How many entries there are.
    pub(super) fn count(&self) -> u32 {
        self.shelf.count()
    }

    pub(super) fn facts(&self, id: EntryId, tell: &mut dyn FnMut(&Facts<'_>)) {
        if let Some(at) = self.at(id) {
            self.shelf.facts(at, tell);
        }
    }

    pub(super) fn time(&self, id: EntryId, zone: &TimeZone) -> Time {
        let Some(at) = self.at(id) else { return Time::default() };
        match &self.times {
            Some(times) => times.get(at as usize).copied().unwrap_or_default(),
            None => Time::of(self.shelf.moment(at), zone),
        }
    }

    pub(super) fn key(&self, order: Order, language: Language, id: EntryId) -> Cow<'_, [u8]> {
        let which = match order {
            Order::Date => return Cow::Borrowed(&[]),
            Order::Title => language as usize,
            Order::Source => 2,
        };
        let written = |at| self.shelf.sorted_by(at, order, language).unwrap_or_default();
        let Some(at) = self.at(id) else { return Cow::Borrowed(&[]) };
        if self.times.is_none() {
            return sort_key(&written(at)).into();
        }
        let keys = self.keys[which].get_or_init(|| Keys::of((0..self.shelf.len()).map(written)));
        Cow::Borrowed(keys.get(at))
    }

    pub(super) fn path(&self, id: EntryId) -> Option<Cow<'_, OsStr>> {
        self.shelf.sorting_path(self.at(id)?)
    }

    pub(super) fn order(&self, order: Order, language: Language, zone: &TimeZone) -> Option<&[u32]> {
        self.shelf.order(order, language, zone).filter(|_| self.first == 0)
    }

    pub(super) fn prepare_words(&mut self) {
        if self.words.is_none() && self.shelf.words().is_none() {
            let mut words = WordsBuf::default();
            for at in 0..self.shelf.len() {
                words.push(self.shelf.entry(at).as_ref());
            }
            self.words = Some(words);
        }
    }

    /// The number of the first entry, and the words.
    pub(super) fn words(&self) -> (EntryId, Words<'_>) {
        let made = || self.words.as_ref().map(WordsBuf::words);
        let words = self.shelf.words().or_else(made).unwrap_or_default();
        (EntryId(self.first), words)
    }

    fn at(&self, id: EntryId) -> Option<u32> {
        id.0.checked_sub(self.first)
    }
}
