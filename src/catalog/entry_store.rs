//! Where entries are stored: in memory, or in a mapped file.

use std::fmt::Debug;
use std::sync::Arc;

use jiff::tz::TimeZone;

use super::entry::{Entry, EntryId, EntryTimes, FilterFields};
use super::filter_text::FilterText;
use super::order::{Order, SortFields};
use crate::text::Language;

/// Entries by place, counted from 0. A place is empty if its article is gone or its data is damaged.
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
        Self { added: Some(Arc::new(store)), ..Self::default() }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.added.as_ref().is_none_or(|store| store.is_empty()) && self.changed.is_empty() && self.gone.is_empty()
    }
}
