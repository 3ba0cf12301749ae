//! All entries known so far, and how they compare.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil;
use jiff::tz::TimeZone;

use super::entry::{Entry, EntryId, Facts};
use super::order::{Order, sort_key};
use super::part::{Part, Time};
use super::shelf::{Changes, Shelf};
use super::sorting::{Tag, prefix, sorted_by};
use super::words::{Words, WordsBuf};
use crate::text::Language;

/// All entries known so far, by their number: shelves one after the other, and over them what changed since they were told.
#[derive(Clone, Debug)]
pub struct Entries {
    zone: TimeZone,
    parts: Vec<Part>,
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
        let (parts, changed, gone, count, changed_words) = Default::default();
        Self { zone, parts, changed, gone, count, changed_words }
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
        self.time(id).day
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
        self.changed.clear();
        self.gone.clear();
        self.changed_words = None;
    }

    /// All entries in an order; titles are those shown to a reader of the language.
    pub fn sorted(&self, order: Order, language: Language) -> Vec<EntryId> {
        let mut sorted = Vec::new();
        self.sort_into(order, language, &mut sorted);
        sorted
    }

    /// Puts all entries in an order in the place of another: its memory is used again.
    pub fn sort_into(&self, order: Order, language: Language, sorted: &mut Vec<EntryId>) {
        let is_current = |id: &EntryId| !self.changed.contains_key(id) && !self.gone.contains(id);
        let (kept, rest) = match self.parts.split_first() {
            Some((first, rest)) if first.order(order, language, &self.zone).is_some() => (Some(first), rest),
            _ => (None, &self.parts[..]),
        };
        let ready = kept.and_then(|part| part.order(order, language, &self.zone)).unwrap_or_default();
        sorted.clear();
        sorted.extend(ready.iter().copied().map(EntryId));
        if !(self.changed.is_empty() && self.gone.is_empty()) {
            sorted.retain(is_current);
        }
        let others = rest.iter().flat_map(|part| part.numbers().filter(|&id| part.holds(id))).filter(is_current);
        let others: Vec<EntryId> = others.chain(self.changed.keys().copied()).collect();
        if !others.is_empty() {
            *sorted = self.merge(sorted, &others, order, language);
        }
    }

    /// Merges entries into others that are already in order, in time linear in both but for the sorting of the former.
    pub fn merge(&self, sorted: &[EntryId], added: &[EntryId], order: Order, language: Language) -> Vec<EntryId> {
        let added = self.sort(added, order, language);
        let mut merged = Vec::with_capacity(sorted.len() + added.len());
        let mut rest = sorted;
        for id in added {
            let before = prefix(rest, |&old| self.compare(order, language, old, id) == Ordering::Less);
            merged.extend_from_slice(&rest[..before]);
            merged.push(id);
            rest = &rest[before..];
        }
        merged.extend_from_slice(rest);
        merged
    }

    fn sort(&self, ids: &[EntryId], order: Order, language: Language) -> Vec<EntryId> {
        // What is compared often lies side by side, where the processor finds it.
        let keys: Vec<Cow<'_, [u8]>> = match order {
            Order::Date => Vec::new(),
            _ => ids.iter().map(|&id| self.key(order, language, id)).collect(),
        };
        let times: Vec<i128> = ids.iter().map(|&id| self.time(id).nanoseconds).collect();
        let by_path = |run: &mut [Tag]| {
            run.sort_by_cached_key(|tag| (self.path(ids[tag.which as usize]), ids[tag.which as usize]));
        };
        let key = |which: u32| &*keys[which as usize];
        let sorted = sorted_by(ids.len() as u32, order, key, |which| times[which as usize], by_path);
        sorted.into_iter().map(|which| ids[which as usize]).collect()
    }

    /// Compares two entries in an order; only an entry itself is equal to it.
    fn compare(&self, order: Order, language: Language, a: EntryId, b: EntryId) -> Ordering {
        let by_key = if order == Order::Date {
            Ordering::Equal
        } else {
            let (a, b) = (self.key(order, language, a), self.key(order, language, b));
            // What has none comes last.
            a.is_empty().cmp(&b.is_empty()).then_with(|| a.cmp(&b))
        };
        let time = |id: EntryId| self.time(id).nanoseconds;
        let by_path = || self.path(a).cmp(&self.path(b));
        by_key.then_with(|| time(b).cmp(&time(a))).then_with(by_path).then_with(|| a.cmp(&b))
    }

    /// The path of an entry, as bytes: comparing component by component takes ten times as long.
    fn path(&self, id: EntryId) -> Option<Cow<'_, OsStr>> {
        match self.changed.get(&id) {
            Some(entry) => Some(entry.path.as_os_str().into()),
            None => self.part(id)?.path(id),
        }
    }

    fn time(&self, id: EntryId) -> Time {
        match self.changed.get(&id) {
            Some(entry) => Time::of(entry.date.moment, &self.zone),
            None => self.part(id).map(|part| part.time(id, &self.zone)).unwrap_or_default(),
        }
    }

    fn key(&self, order: Order, language: Language, id: EntryId) -> Cow<'_, [u8]> {
        match self.changed.get(&id) {
            Some(entry) => sort_key(entry.sorted_by(order, language)).into(),
            None => self.part(id).map(|part| part.key(order, language, id)).unwrap_or_default(),
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
