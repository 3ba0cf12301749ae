//! Entries in an order, and others merged into it.

use super::entries::Entries;
use super::entry::EntryId;
use super::order::{Order, sort_key};
use super::sorting::{SortRow, sorting_time};
use crate::text::Language;

impl Entries {
    /// All entries in an order; titles are those shown to a reader of the language.
    pub fn sorted(&self, order: Order, language: Language) -> Vec<EntryId> {
        let slots = self.slots();
        let stored = slots.first().and_then(|slot| slot.store.order(order, language, self.zone()));
        let (stored, unsorted) = match stored {
            Some(stored) => (stored, &slots[1..]),
            None => (&[][..], slots),
        };
        let mut sorted: Vec<EntryId> = stored.iter().copied().map(EntryId).collect();
        sorted.retain(|&id| !self.is_replaced(id));
        let unsorted = unsorted.iter().flat_map(|slot| slot.ids()).filter(|&id| !self.is_replaced(id));
        let added: Vec<EntryId> = unsorted.chain(self.changed().keys().copied()).collect();
        self.merge(&mut sorted, &added, order, language);
        sorted
    }

    /// Merges entries into others that are already in this order.
    pub fn merge(&self, sorted: &mut Vec<EntryId>, added: &[EntryId], order: Order, language: Language) {
        let mut rows: Vec<SortRow<'_>> = added.iter().filter_map(|&id| self.sort_row(id, order, language)).collect();
        rows.sort_unstable();
        let mut end = sorted.len();
        sorted.extend(rows.iter().map(|row| EntryId(row.at)));
        // From the end on, each entry moves once to its final position; what it overwrites has moved before.
        for (at, row) in rows.iter().enumerate().rev() {
            let is_after = |&id: &EntryId| self.sort_row(id, order, language).is_some_and(|other| other > *row);
            let start = suffix_start(&sorted[..end], is_after);
            sorted.copy_within(start..end, start + at + 1);
            sorted[start + at] = EntryId(row.at);
            end = start;
        }
    }

    /// What an entry is compared by in an order.
    fn sort_row(&self, id: EntryId, order: Order, language: Language) -> Option<SortRow<'_>> {
        if let Some(entry) = self.changed().get(&id) {
            let fields = entry.sort_fields();
            let key = sort_key(fields.text(order, language)).into();
            let time = sorting_time(entry.date.moment, self.zone());
            return Some(SortRow::new(key, order, time, fields.path, id.0));
        }
        let slot = self.slot(id)?;
        Some(slot.sort_row(id.0 - slot.first, order, language, self.zone()))
    }
}

/// Where the suffix begins in which `is_in_suffix` holds. Searches from the end in growing steps: entries that are added
/// together often belong together, and then the suffix is short.
fn suffix_start<T>(all: &[T], is_in_suffix: impl Fn(&T) -> bool) -> usize {
    let mut count = 1;
    while all.len().checked_sub(count).is_some_and(|at| is_in_suffix(&all[at])) {
        count *= 2;
    }
    let start = all.len().saturating_sub(count);
    let end = all.len() - count / 2;
    start + all[start..end].partition_point(|one| !is_in_suffix(one))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_suffix_is_found_wherever_it_begins() {
        for length in 0..40 {
            let all: Vec<usize> = (0..length).collect();
            for start in 0..=length {
                assert_eq!(suffix_start(&all, |&at| at >= start), start, "of {length}");
            }
        }
    }
}
