//! Entries in an order, and others merged into it.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::ffi::OsStr;

use super::super::entry::EntryId;
use super::super::order::{Order, sort_key};
use super::super::part::Part;
use super::super::sorting::{Tag, sorted_by, sorting_time, suffix};
use super::Entries;
use crate::text::Language;

impl Entries {
    /// Makes ready what all orders need of entries that no shelf keeps in order; quick where it is.
    pub fn prepare_orders(&self) {
        self.times();
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
            self.merge(sorted, &others, order, language);
        }
    }

    /// Merges entries into others that are already in order, in time linear in both but for the sorting of the former.
    pub fn merge(&self, sorted: &mut Vec<EntryId>, added: &[EntryId], order: Order, language: Language) {
        let added = self.sort(added, order, language);
        let mut end = sorted.len();
        sorted.extend_from_slice(&added);
        // From the end on each is moved once, to its place, and what is written over was moved before.
        for (at, &id) in added.iter().enumerate().rev() {
            let start = suffix(&sorted[..end], |&old| self.compare(order, language, old, id) == Ordering::Greater);
            sorted.copy_within(start..end, start + at + 1);
            sorted[start + at] = id;
            end = start;
        }
    }

    fn sort(&self, ids: &[EntryId], order: Order, language: Language) -> Vec<EntryId> {
        // What is compared often lies side by side, where the processor finds it.
        let keys: Vec<Cow<'_, [u8]>> = match order {
            Order::Date => Vec::new(),
            _ => ids.iter().map(|&id| self.key(order, language, id)).collect(),
        };
        let times: Vec<i128> = ids.iter().map(|&id| self.time(id)).collect();
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
        let by_path = || self.path(a).cmp(&self.path(b));
        by_key.then_with(|| self.time(b).cmp(&self.time(a))).then_with(by_path).then_with(|| a.cmp(&b))
    }

    /// The path of an entry, as bytes: comparing component by component takes ten times as long.
    fn path(&self, id: EntryId) -> Option<Cow<'_, OsStr>> {
        match self.changed.get(&id) {
            Some(entry) => Some(entry.path.as_os_str().into()),
            None => self.part(id)?.path(id),
        }
    }

    /// The time by which an entry is sorted.
    fn time(&self, id: EntryId) -> i128 {
        let at = id.0.checked_sub(self.first_timed());
        match at.filter(|_| !self.changed.contains_key(&id)).and_then(|at| self.times().get(at as usize)) {
            Some(time) => *time,
            None => sorting_time(self.moment(id), &self.zone),
        }
    }

    fn times(&self) -> &[i128] {
        let timed = || self.parts.iter().skip_while(|part| part.end() <= self.first_timed());
        let time = |moment| sorting_time(moment, &self.zone);
        self.times.get_or_init(|| timed().flat_map(Part::moments).map(time).collect())
    }

    /// The first number whose time lies ready.
    fn first_timed(&self) -> u32 {
        self.parts.first().filter(|part| part.is_kept()).map_or(0, Part::end)
    }

    fn key(&self, order: Order, language: Language, id: EntryId) -> Cow<'_, [u8]> {
        match self.changed.get(&id) {
            Some(entry) => sort_key(entry.sorted_by(order, language)).into(),
            None => self.part(id).map(|part| part.key(order, language, id)).unwrap_or_default(),
        }
    }
}
