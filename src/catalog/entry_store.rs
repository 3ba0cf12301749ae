//! Where entries are stored: in memory, or in a mapped file; and each store's place among those of
//! a list.

use std::borrow::Cow;
use std::fmt::Debug;
use std::sync::{Arc, OnceLock};

use jiff::tz::TimeZone;

use super::entry::{Entry, EntryId, EntryTimes, FilterFields};
use super::filter_text::{FilterText, FilterTextBuf};
use super::order::{Order, SortFields, SortRow, sort_key, sorting_time};
use crate::text::Language;

/// Entries by place, counted from 0. A place is empty if its article is gone or its data is
/// damaged.
pub trait EntryStore: Debug + Send + Sync {
    /// The number of places, including empty ones.
    fn len(&self) -> u32;

    /// Whether there are no places.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether a place holds an entry. Quicker than decoding it.
    fn contains(&self, at: u32) -> bool;

    /// The entry at a place.
    fn entry(&self, at: u32) -> Option<Entry>;

    /// The times of an entry.
    fn times(&self, at: u32) -> EntryTimes;

    /// What an entry is filtered by, apart from its text and its times.
    fn filter_fields(&self, at: u32) -> Option<FilterFields<'_>>;

    /// What an entry is sorted by, apart from its times.
    fn sort_fields(&self, at: u32) -> Option<SortFields<'_>>;

    /// The folded text of all entries, if the store keeps it.
    fn filter_text(&self) -> Option<FilterText<'_>>;

    /// All places with an entry in an order, if the store keeps it for that time zone.
    fn order(&self, order: Order, language: Language, zone: &TimeZone) -> Option<&[u32]>;

    /// All places with an entry, most recently modified first, if the store keeps this order.
    fn latest(&self) -> Option<&[u32]>;
}

impl EntryStore for Vec<Entry> {
    fn len(&self) -> u32 {
        Self::len(self) as u32
    }

    fn contains(&self, at: u32) -> bool {
        (at as usize) < Self::len(self)
    }

    fn entry(&self, at: u32) -> Option<Entry> {
        self.get(at as usize).cloned()
    }

    fn times(&self, at: u32) -> EntryTimes {
        self.get(at as usize).map(Entry::times).unwrap_or_default()
    }

    fn filter_fields(&self, at: u32) -> Option<FilterFields<'_>> {
        self.get(at as usize).map(Entry::filter_fields)
    }

    fn sort_fields(&self, at: u32) -> Option<SortFields<'_>> {
        self.get(at as usize).map(Entry::sort_fields)
    }

    fn filter_text(&self) -> Option<FilterText<'_>> {
        None
    }

    fn order(&self, _: Order, _: Language, _: &TimeZone) -> Option<&[u32]> {
        None
    }

    fn latest(&self) -> Option<&[u32]> {
        None
    }
}

/// The changes of a library that are applied together.
#[derive(Clone, Debug, Default)]
pub struct Changes {
    /// New entries; their ids follow those of all earlier entries.
    pub added: Option<Arc<dyn EntryStore>>,
    /// Entries whose file was modified or moved, under the ids they have.
    pub changed: Vec<(EntryId, Entry)>,
    /// Entries whose files are gone. Their ids may only come back in `changed`.
    pub gone: Vec<EntryId>,
}

impl Changes {
    /// Only new entries.
    pub fn added(store: impl EntryStore + 'static) -> Self {
        Self {
            added: Some(Arc::new(store)),
            ..Self::default()
        }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.added.as_ref().is_none_or(|store| store.is_empty())
            && self.changed.is_empty()
            && self.gone.is_empty()
    }
}

/// A store among those of a list: with the id of its first entry, and columns that are computed
/// when first needed.
#[derive(Clone, Debug)]
pub(super) struct StoreSlot {
    pub(super) first: u32,
    pub(super) store: Arc<dyn EntryStore>,
    /// Whether the store keeps its places in order, so that sort keys and times are rarely needed.
    is_sorted: bool,
    /// The [`sorting_time`] of each place: a time zone is slow to ask.
    times: OnceLock<Vec<i128>>,
    /// Sort keys of the Chinese titles, the English titles and the sources.
    keys: [OnceLock<Vec<Vec<u8>>>; 3],
    filter_text: OnceLock<FilterTextBuf>,
}

impl StoreSlot {
    pub(super) fn new(first: u32, store: Arc<dyn EntryStore>, zone: &TimeZone) -> Self {
        let is_sorted = store.order(Order::Date, Language::Chinese, zone).is_some();
        Self {
            first,
            store,
            is_sorted,
            times: OnceLock::new(),
            keys: [const { OnceLock::new() }; 3],
            filter_text: OnceLock::new(),
        }
    }

    /// One past the last id.
    pub(super) fn end(&self) -> u32 {
        self.first + self.store.len()
    }

    /// How many entries there are.
    pub(super) fn count(&self) -> u32 {
        match self.store.latest() {
            Some(latest) => latest.len() as u32,
            None => self.ids().count() as u32,
        }
    }

    /// The ids of all entries.
    pub(super) fn ids(&self) -> impl Iterator<Item = EntryId> {
        (0..self.store.len())
            .filter(|&at| self.store.contains(at))
            .map(|at| EntryId(self.first + at))
    }

    /// The entries whose files were modified after a moment, in milliseconds since 1970.
    pub(super) fn modified_since(&self, moment: i64) -> Vec<EntryId> {
        let is_since = |&at: &u32| {
            self.store
                .times(at)
                .modified
                .is_some_and(|modified| modified > moment)
        };
        let id = |at: u32| EntryId(self.first + at);
        match self.store.latest() {
            Some(latest) => latest
                .iter()
                .copied()
                .take_while(is_since)
                .map(id)
                .collect(),
            None => (0..self.store.len()).filter(is_since).map(id).collect(),
        }
    }

    pub(super) fn filter_text(&self) -> FilterText<'_> {
        self.store.filter_text().unwrap_or_else(|| {
            let compute = || {
                let mut text = FilterTextBuf::default();
                (0..self.store.len()).for_each(|at| text.push(self.store.entry(at).as_ref()));
                text
            };
            self.filter_text.get_or_init(compute).as_text()
        })
    }

    /// What a place is compared by in an order.
    pub(super) fn sort_row(
        &self,
        at: u32,
        order: Order,
        language: Language,
        zone: &TimeZone,
    ) -> SortRow<'_> {
        let path = self
            .store
            .sort_fields(at)
            .map(|fields| fields.path)
            .unwrap_or_default();
        let key = self.key(at, order, language);
        SortRow::new(key, self.time(at, zone), path, self.first + at)
    }

    fn time(&self, at: u32, zone: &TimeZone) -> i128 {
        let time = |at| sorting_time(self.store.times(at).published, zone);
        if self.is_sorted {
            return time(at);
        }
        let times = self
            .times
            .get_or_init(|| (0..self.store.len()).map(time).collect());
        times.get(at as usize).copied().unwrap_or(i128::MIN)
    }

    fn key(&self, at: u32, order: Order, language: Language) -> Cow<'_, [u8]> {
        let column = match order {
            Order::Date => return Cow::default(),
            Order::Title => language as usize,
            Order::Source => 2,
        };
        let text = |at| {
            self.store
                .sort_fields(at)
                .map(|fields| fields.text(order, language))
                .unwrap_or_default()
        };
        if self.is_sorted {
            return sort_key(text(at)).into();
        }
        let keys = self.keys[column]
            .get_or_init(|| (0..self.store.len()).map(text).map(sort_key).collect());
        keys.get(at as usize).map(Cow::from).unwrap_or_default()
    }
}
