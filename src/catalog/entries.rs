//! All entries known so far.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use jiff::civil;
use jiff::tz::TimeZone;

use super::entry::{Entry, EntryId, EntryTimes, FilterFields};
use super::entry_store::{Changes, EntryStore, StoreSlot};
use super::filter_text::{FilterText, FilterTextBuf};
use super::order::{Order, SortRow, day, sort_key, sorting_time};
use crate::text::Language;

/// All entries known so far, by id: stores one after the other, and the changes made since.
#[derive(Clone, Debug)]
pub struct Entries {
    zone: TimeZone,
    slots: Vec<StoreSlot>,
    /// Entries that replace those of the stores.
    changed: BTreeMap<EntryId, Entry>,
    gone: HashSet<EntryId>,
    count: u32,
    /// The filter text of `changed`, in its order.
    changed_text: OnceLock<FilterTextBuf>,
}

/// What [`Entries::apply`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Entries to remove from an order: they are gone, or their position may change.
    pub removed: Vec<EntryId>,
    /// Entries to insert into an order: they are new or changed.
    pub placed: Vec<EntryId>,
}

impl Default for Entries {
    fn default() -> Self {
        Self::new(TimeZone::UTC)
    }
}

impl Entries {
    /// No entries. The time zone decides on which day an instant falls.
    pub fn new(zone: TimeZone) -> Self {
        Self {
            zone,
            slots: Vec::new(),
            changed: BTreeMap::new(),
            gone: HashSet::new(),
            count: 0,
            changed_text: OnceLock::new(),
        }
    }

    /// The time zone of the days.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// How many entries there are.
    pub const fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there are no entries.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// One past the highest id given so far; its entry may be gone.
    pub fn bound(&self) -> u32 {
        self.slots.last().map_or(0, StoreSlot::end)
    }

    /// An entry; `None` if it is gone.
    pub fn get(&self, id: EntryId) -> Option<Entry> {
        match self.changed.get(&id) {
            Some(entry) => Some(entry.clone()),
            None => self.stored(id).and_then(|(store, at)| store.entry(at)),
        }
    }

    /// Whether an entry exists.
    pub fn contains(&self, id: EntryId) -> bool {
        self.changed.contains_key(&id)
            || self
                .stored(id)
                .is_some_and(|(store, at)| store.contains(at))
    }

    /// The entry whose first file has a path; `None` if there is none. Looks at every entry.
    pub fn find_path(&self, path: &Path) -> Option<EntryId> {
        let mut ids = (0..self.bound()).map(EntryId);
        ids.find(|id| match self.changed.get(id) {
            Some(entry) => entry.path == path,
            None => self.stored(*id).is_some_and(|(store, at)| {
                store
                    .sort_fields(at)
                    .is_some_and(|fields| fields.path == path.as_os_str())
            }),
        })
    }

    /// The entries with some paths, by path. Faster than to find one after the other.
    pub fn find_paths<'p>(
        &self,
        paths: impl IntoIterator<Item = &'p Path>,
    ) -> HashMap<&'p Path, EntryId> {
        let wanted: HashSet<&Path> = paths.into_iter().collect();
        let mut found = HashMap::new();
        if wanted.is_empty() {
            return found;
        }
        for id in (0..self.bound()).map(EntryId) {
            let path = match self.changed.get(&id) {
                Some(entry) => wanted.get(&*entry.path),
                None => self.stored(id).and_then(|(store, at)| {
                    let fields = store.sort_fields(at)?;
                    wanted.get(Path::new(fields.path))
                }),
            };
            if let Some(path) = path.filter(|_| self.contains(id)) {
                found.insert(*path, id);
            }
        }
        found
    }

    /// The calendar day of an entry; `None` if its date is missing or unreadable.
    pub fn day(&self, id: EntryId) -> Option<civil::Date> {
        self.times(id)
            .published
            .map(|moment| day(moment, &self.zone))
    }

    /// Groups entries by source, those without one last. In a group those of `is_last` come last; apart from that
    /// the order stays.
    pub fn group_by_source(&self, ids: &mut [EntryId], is_last: impl Fn(EntryId) -> bool) {
        ids.sort_by_cached_key(|&id| {
            let key = sort_key(self.source(id).unwrap_or_default());
            (key.is_empty(), key, is_last(id))
        });
    }

    /// The source of an entry.
    pub fn source(&self, id: EntryId) -> Option<&str> {
        self.filter_fields(id)?.source
    }

    /// The times of an entry.
    pub fn times(&self, id: EntryId) -> EntryTimes {
        match self.changed.get(&id) {
            Some(entry) => entry.times(),
            None => self
                .stored(id)
                .map(|(store, at)| store.times(at))
                .unwrap_or_default(),
        }
    }

    /// The entries among `ids` whose files were modified after a moment, in milliseconds since
    /// 1970.
    pub fn modified_since(&self, moment: i64, ids: &Range<u32>) -> Vec<EntryId> {
        let is_since = |entry: &Entry| entry.modified.is_some_and(|modified| modified > moment);
        let stored = self
            .slots
            .iter()
            .flat_map(|slot| slot.modified_since(moment));
        let stored = stored.filter(|&id| !self.is_replaced(id) && self.contains(id));
        let changed = self
            .changed
            .iter()
            .filter(|(_, entry)| is_since(entry))
            .map(|(&id, _)| id);
        stored
            .chain(changed)
            .filter(|id| ids.contains(&id.0))
            .collect()
    }

    /// What an entry is filtered by; `None` if it is gone.
    pub fn filter_fields(&self, id: EntryId) -> Option<FilterFields<'_>> {
        match self.changed.get(&id) {
            Some(entry) => Some(entry.filter_fields()),
            None => self
                .stored(id)
                .and_then(|(store, at)| store.filter_fields(at)),
        }
    }

    /// Applies changes.
    pub fn apply(&mut self, changes: Changes) -> Applied {
        let mut applied = Applied::default();
        if let Some(store) = changes.added {
            let slot = StoreSlot::new(self.bound(), store, &self.zone);
            applied.placed = slot.ids().collect();
            self.count += applied.placed.len() as u32;
            self.slots.push(slot);
        }
        let bound = self.bound();
        for id in changes.gone.into_iter().filter(|id| id.0 < bound) {
            self.count -= u32::from(self.contains(id));
            self.changed.remove(&id);
            // Also for an entry that the store does not have: the orders of a damaged store may
            // still list it.
            if self.gone.insert(id) {
                applied.removed.push(id);
            }
        }
        for (id, entry) in changes.changed.into_iter().filter(|(id, _)| id.0 < bound) {
            if self.contains(id) {
                applied.removed.push(id);
            } else {
                self.count += 1;
            }
            self.gone.remove(&id);
            self.changed.insert(id, entry);
            applied.placed.push(id);
        }
        self.changed_text = OnceLock::new();
        applied
    }

    /// Replaces all stores and changes with one store that holds the same entries under the same
    /// ids. Ignores a store that is out of date because it lacks some ids.
    pub fn rebase(&mut self, store: Arc<dyn EntryStore>) {
        if store.len() < self.bound() {
            return;
        }
        let slot = StoreSlot::new(0, store, &self.zone);
        self.count = slot.count();
        self.slots = vec![slot];
        self.changed.clear();
        self.gone.clear();
        self.changed_text = OnceLock::new();
    }

    /// Prepares what the first filter needs, so that it is quick.
    pub fn prepare_filter(&self) {
        for slot in &self.slots {
            slot.filter_text();
        }
        self.changed_text();
    }

    /// The stores, in the order of their ids. Some of their entries are changed or gone.
    pub(super) fn slots(&self) -> &[StoreSlot] {
        &self.slots
    }

    fn slot(&self, id: EntryId) -> Option<&StoreSlot> {
        let next = self.slots.partition_point(|slot| slot.first <= id.0);
        self.slots[..next].last().filter(|slot| id.0 < slot.end())
    }

    /// The entries that replace those of the stores.
    pub(super) const fn changed(&self) -> &BTreeMap<EntryId, Entry> {
        &self.changed
    }

    /// The filter text of the changed entries, in the order of their ids.
    pub(super) fn changed_text(&self) -> FilterText<'_> {
        self.changed_text
            .get_or_init(|| self.changed.values().map(Some).collect())
            .as_text()
    }

    /// Whether what a store has under an id is out of date.
    fn is_replaced(&self, id: EntryId) -> bool {
        self.changed.contains_key(&id) || self.gone.contains(&id)
    }

    /// The store and the place of an entry, unless it is gone.
    fn stored(&self, id: EntryId) -> Option<(&dyn EntryStore, u32)> {
        let slot = self.slot(id).filter(|_| !self.gone.contains(&id))?;
        Some((&*slot.store, id.0 - slot.first))
    }
}

/// Orders.
impl Entries {
    /// All entries in an order; titles are those shown to a reader of the language.
    pub fn sorted(&self, order: Order, language: Language) -> Vec<EntryId> {
        let stored = self
            .slots
            .first()
            .and_then(|slot| slot.store.order(order, language, &self.zone));
        let (stored, unsorted) = match stored {
            Some(stored) => (stored, &self.slots[1..]),
            None => (&[][..], &self.slots[..]),
        };
        let mut sorted: Vec<EntryId> = stored.iter().copied().map(EntryId).collect();
        sorted.retain(|&id| !self.is_replaced(id));
        let unsorted = unsorted
            .iter()
            .flat_map(StoreSlot::ids)
            .filter(|&id| !self.is_replaced(id));
        let added: Vec<EntryId> = unsorted.chain(self.changed.keys().copied()).collect();
        self.merge(&mut sorted, &added, order, language);
        sorted
    }

    /// Merges entries into others that are already in this order.
    pub fn merge(
        &self,
        sorted: &mut Vec<EntryId>,
        added: &[EntryId],
        order: Order,
        language: Language,
    ) {
        let mut rows: Vec<SortRow<'_>> = added
            .iter()
            .filter_map(|&id| self.sort_row(id, order, language))
            .collect();
        rows.sort_unstable();
        let mut end = sorted.len();
        sorted.extend(rows.iter().map(|row| EntryId(row.at)));
        // From the end on, each entry moves once to its final position; what it overwrites has
        // moved before.
        for (at, row) in rows.iter().enumerate().rev() {
            let is_before = |&id: &EntryId| {
                self.sort_row(id, order, language)
                    .is_none_or(|other| other < *row)
            };
            let start = sorted[..end].partition_point(is_before);
            sorted.copy_within(start..end, start + at + 1);
            sorted[start + at] = EntryId(row.at);
            end = start;
        }
    }

    /// What an entry is compared by in an order.
    fn sort_row(&self, id: EntryId, order: Order, language: Language) -> Option<SortRow<'_>> {
        if let Some(entry) = self.changed.get(&id) {
            let fields = entry.sort_fields();
            let key = sort_key(fields.text(order, language)).into();
            let time = sorting_time(entry.date.moment, &self.zone);
            return Some(SortRow::new(key, time, fields.path, id.0));
        }
        let slot = self.slot(id)?;
        Some(slot.sort_row(id.0 - slot.first, order, language, &self.zone))
    }
}

#[cfg(test)]
#[path = "entries_tests.rs"]
mod tests;
