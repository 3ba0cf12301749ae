//! All entries known so far.

mod sorted;

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::{Arc, OnceLock};

use jiff::civil;
use jiff::tz::TimeZone;

use super::entry::{Entry, EntryId, Facts};
use super::part::Part;
use super::shelf::{Changes, Shelf};
use super::sorting::{day, sorting_time};
use super::words::{Words, WordsBuf};
use crate::digest::Moment;

/// All entries known so far, by their number: shelves one after the other, and over them what changed since they were told.
#[derive(Clone, Debug)]
pub struct Entries {
    zone: TimeZone,
    parts: Vec<Part>,
    /// By what the entries of the parts are sorted that the first shelf does not keep in order; made when first asked for. Side by side, since
    /// looking them up is most of the work where many come.
    times: OnceLock<Vec<i128>>,
    /// Entries that stand in no shelf as they are now.
    changed: HashMap<EntryId, Entry>,
    gone: HashSet<EntryId>,
    /// How many there are.
    count: u32,
    /// The words of `changed`, with their numbers, when they were last asked for.
    changed_words: Option<(Vec<EntryId>, WordsBuf)>,
}

/// What [`Entries::apply`] did to the numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// Those that have to be taken out of an order: of entries gone, or about to be placed anew.
    pub removed: Vec<EntryId>,
    /// Those that have to be placed in an order: of entries new or changed.
    pub placed: Vec<EntryId>,
}

impl Entries {
    /// No entries yet. The time zone decides on which day an instant falls.
    pub fn new(zone: TimeZone) -> Self {
        let (parts, times, changed, gone, count, changed_words) = Default::default();
        Self { zone, parts, times, changed, gone, count, changed_words }
    }

    /// The time zone of the days.
    pub const fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// How many there are.
    pub const fn len(&self) -> usize {
        self.count as usize
    }

    /// Whether there is none.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// One past the highest number given so far, to entries that may be gone.
    pub fn bound(&self) -> u32 {
        self.parts.last().map_or(0, Part::end)
    }

    /// An entry by its number; none where it is gone.
    pub fn get(&self, id: EntryId) -> Option<Entry> {
        match self.changed.get(&id) {
            Some(entry) => Some(entry.clone()),
            None if self.gone.contains(&id) => None,
            None => self.part(id)?.entry(id),
        }
    }

    /// Whether an entry is there under a number.
    pub fn holds(&self, id: EntryId) -> bool {
        self.changed.contains_key(&id) || !self.gone.contains(&id) && self.part(id).is_some_and(|part| part.holds(id))
    }

    /// The calendar day an entry falls on; none where its date is missing or could not be read.
    pub fn day(&self, id: EntryId) -> Option<civil::Date> {
        day(self.moment(id), &self.zone)
    }

    /// When the file of an entry was last written, in milliseconds since 1970.
    pub fn modified(&self, id: EntryId) -> Option<i64> {
        match self.changed.get(&id) {
            Some(entry) => entry.modified,
            None => self.part(id)?.modified(id),
        }
    }

    /// Tells the entries of some numbers whose files were written after a moment, in milliseconds since 1970.
    pub fn each_since(&self, moment: i64, numbers: &Range<u32>, tell: &mut dyn FnMut(EntryId)) {
        for part in &self.parts {
            part.each_since(moment, &mut |id| {
                if numbers.contains(&id.0) && self.is_current(id) {
                    tell(id);
                }
            });
        }
        let is_since = |entry: &Entry| entry.modified.is_some_and(|modified| modified > moment);
        let is_told = |(id, entry): &(&EntryId, &Entry)| numbers.contains(&id.0) && is_since(entry);
        self.changed.iter().filter(is_told).for_each(|(&id, _)| tell(id));
    }

    /// Tells what an entry is filtered by besides its words and its date; nothing where it is gone.
    pub fn facts(&self, id: EntryId, tell: &mut dyn FnMut(&Facts<'_>)) {
        match self.changed.get(&id) {
            Some(entry) => entry.facts(tell),
            None if self.gone.contains(&id) => {}
            None => {
                if let Some(part) = self.part(id) {
                    part.facts(id, tell);
                }
            }
        }
    }

    /// Takes in what changed.
    pub fn apply(&mut self, changes: Changes) -> Applied {
        let mut applied = Applied::default();
        if let Some(shelf) = changes.added {
            let part = Part::new(self.bound(), shelf, &self.zone);
            applied.placed = part.numbers().filter(|&id| part.holds(id)).collect();
            self.count += applied.placed.len() as u32;
            if let Some(times) = self.times.get_mut() {
                times.extend(part.moments().map(|moment| sorting_time(moment, &self.zone)));
            }
            self.parts.push(part);
        }
        let bound = self.bound();
        for id in changes.gone.into_iter().filter(|id| id.0 < bound) {
            self.count -= u32::from(self.holds(id));
            self.changed.remove(&id);
            // Also what the shelf does not hold: one that is damaged may still have it in an order.
            if self.gone.insert(id) {
                applied.removed.push(id);
            }
        }
        for (id, entry) in changes.changed.into_iter().filter(|(id, _)| id.0 < bound) {
            if self.holds(id) {
                applied.removed.push(id);
            } else {
                self.count += 1;
            }
            self.gone.remove(&id);
            self.changed.insert(id, entry);
            applied.placed.push(id);
        }
        self.changed_words = None;
        applied
    }

    /// Puts one shelf in the place of all before: it holds the same entries under the same numbers.
    ///
    /// Should it hold fewer numbers than are known, nothing happens: it is of an earlier time.
    pub fn rebase(&mut self, shelf: Arc<dyn Shelf>) {
        if shelf.len() < self.bound() {
            return;
        }
        let part = Part::new(0, shelf, &self.zone);
        self.count = part.count();
        self.parts = vec![part];
        self.times = OnceLock::new();
        self.changed.clear();
        self.gone.clear();
        self.changed_words = None;
    }

    /// When an entry was published.
    fn moment(&self, id: EntryId) -> Option<Moment> {
        match self.changed.get(&id) {
            Some(entry) => entry.date.moment,
            None => self.part(id)?.moment(id),
        }
    }

    fn part(&self, id: EntryId) -> Option<&Part> {
        let next = self.parts.partition_point(|part| part.first() <= id.0);
        self.parts[..next].last().filter(|part| id.0 < part.end())
    }
}

/// What entries can be found by.
impl Entries {
    /// Makes the words ready that no shelf has. To be called before anything is judged by its words, once anything was told; quick where nothing is new.
    pub fn prepare_words(&mut self) {
        self.parts.iter_mut().for_each(Part::prepare_words);
        if self.changed_words.is_none() {
            let mut words = WordsBuf::default();
            let mut ids: Vec<EntryId> = self.changed.keys().copied().collect();
            ids.sort_unstable();
            for id in &ids {
                words.push(self.changed.get(id));
            }
            self.changed_words = Some((ids, words));
        }
    }

    /// The words of all shelves, each with the number of its first entry. What stands under a number that is not [current](Self::is_current) is out
    /// of date.
    pub(super) fn words(&self) -> impl Iterator<Item = (EntryId, Words<'_>)> {
        self.parts.iter().map(Part::words)
    }

    /// The words of the entries that changed, with their numbers, which ascend.
    pub(super) fn changed_words(&self) -> (&[EntryId], Words<'_>) {
        let Some((ids, words)) = &self.changed_words else { return Default::default() };
        (ids, words.words())
    }

    /// Whether what the shelf says of an entry is still so: it neither changed nor went.
    pub fn is_current(&self, id: EntryId) -> bool {
        !self.changed.contains_key(&id) && !self.gone.contains(&id) && self.part(id).is_some_and(|part| part.holds(id))
    }

    /// Tells all words of each entry.
    pub fn each_words(&mut self, tell: &mut dyn FnMut(EntryId, &[u8])) {
        self.prepare_words();
        for (first, words) in self.words() {
            for at in 0..words.len() {
                let id = EntryId(first.0 + at as u32);
                if self.is_current(id) {
                    tell(id, words.all(at));
                }
            }
        }
        let (ids, words) = self.changed_words();
        for (at, &id) in ids.iter().enumerate() {
            tell(id, words.all(at));
        }
    }
}

#[cfg(test)]
#[path = "entries_tests.rs"]
mod tests;
