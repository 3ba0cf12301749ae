//! One shelf among all, with what has to be kept beside it to sort and to filter quickly.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::sync::{Arc, OnceLock};

use jiff::tz::TimeZone;

use super::entry::{Entry, EntryId, Facts};
use super::order::{Order, sort_key};
use super::shelf::Shelf;
use super::sorting::Keys;
use super::words::{Words, WordsBuf};
use crate::digest::Moment;
use crate::text::Language;

/// One shelf among all.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The number of its first place.
    first: u32,
    shelf: Arc<dyn Shelf>,
    /// Whether the shelf keeps its places in order, so that what they are sorted by is seldom asked for.
    is_kept: bool,
    /// Sort keys of titles by language, then of sources; made when first asked for, where the shelf has no order.
    keys: [OnceLock<Keys>; 3],
    words: Option<WordsBuf>,
}

impl Part {
    pub(super) fn new(first: u32, shelf: Arc<dyn Shelf>, zone: &TimeZone) -> Self {
        let is_kept = shelf.order(Order::Date, Language::Chinese, zone).is_some();
        Self { first, shelf, is_kept, keys: [const { OnceLock::new() }; 3], words: None }
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

    /// When an entry was published.
    pub(super) fn moment(&self, id: EntryId) -> Option<Moment> {
        self.shelf.moment(self.at(id)?)
    }

    /// When each place was published, in their order.
    pub(super) fn moments(&self) -> impl Iterator<Item = Option<Moment>> {
        (0..self.shelf.len()).map(|at| self.shelf.moment(at))
    }

    /// Whether the shelf keeps its places in order.
    pub(super) const fn is_kept(&self) -> bool {
        self.is_kept
    }

    pub(super) fn key(&self, order: Order, language: Language, id: EntryId) -> Cow<'_, [u8]> {
        let which = match order {
            Order::Date => return Cow::Borrowed(&[]),
            Order::Title => language as usize,
            Order::Source => 2,
        };
        let written = |at| self.shelf.sorted_by(at, order, language).unwrap_or_default();
        let Some(at) = self.at(id) else { return Cow::Borrowed(&[]) };
        if self.is_kept {
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
