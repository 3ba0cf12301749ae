//! All entries of a library by id: those of the index, batches that were read since, and entries
//! that were changed or removed.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::article_files::{Files, path_hash};
use super::index::{
    EntryBatch, EntryIndex, EntryRecord, EntryRef, IndexedEntry, Segment, SegmentWriter, TextRef,
};
use crate::catalog::EntryStore;

/// All entries of a library by id. Only the indexer changes it; other threads look things up.
#[derive(Debug, Default)]
pub(super) struct EntryTable {
    all: PendingEntries,
    /// The ids of entries that are not found in the base, by the hash of the first path. Made at
    /// the first look-up, which a first scan does not need.
    paths: OnceLock<HashMap<u64, u32>>,
}

/// The entries of a table at one moment: those of the index, and those that are not written to an
/// index yet.
#[derive(Clone, Debug, Default)]
pub(super) struct PendingEntries {
    base: Option<Arc<EntryIndex>>,
    /// Each with the id of its first entry; shared with the screens that show them.
    batches: Vec<(u32, Arc<EntryBatch>)>,
    /// Entries that replace earlier ones: a batch, and a place in it.
    changed: HashMap<u32, (Arc<EntryBatch>, u32)>,
    gone: HashSet<u32>,
    /// The texts, as entries refer to them; those of the base come first. None while one is being
    /// made.
    segments: Vec<Option<Arc<Segment>>>,
    /// The id of the first entry that is read, if there is no base.
    first_id: u32,
}

impl PendingEntries {
    /// One past the highest id.
    fn next_id(&self) -> u32 {
        match (self.batches.last(), &self.base) {
            (Some((first, batch)), _) => first + batch.len(),
            (None, Some(base)) => base.len(),
            (None, None) => self.first_id,
        }
    }

    /// How many changes are not written to an index yet.
    pub(super) fn count(&self) -> usize {
        self.batches
            .iter()
            .map(|(_, batch)| batch.len() as usize)
            .sum::<usize>()
            + self.changed.len()
            + self.gone.len()
    }

    /// The segments by number. None while one is being made.
    pub(super) fn segments(&self) -> &[Option<Arc<Segment>>] {
        &self.segments
    }

    /// What an index has to contain, by id: later batches and changes replace earlier entries. None
    /// if the base is damaged.
    pub(super) fn places(&self) -> Option<Vec<Option<IndexedEntry<'_>>>> {
        let mut places = Vec::with_capacity(self.next_id() as usize);
        if let Some(base) = &self.base {
            let words = base.filter_text()?;
            for at in 0..base.len() {
                places.push(if base.contains(at) {
                    Some(IndexedEntry {
                        entry: base.get(at)?,
                        words,
                        at,
                    })
                } else {
                    None
                });
            }
        }
        places.resize(self.next_id() as usize, None);
        for (first, batch) in &self.batches {
            let words = batch.filter_text().unwrap_or_default();
            for (at, entry) in (0..).zip(batch.all()) {
                places[(first + at) as usize] = Some(IndexedEntry { entry, words, at });
            }
        }
        for (&id, (batch, at)) in &self.changed {
            let words = batch.filter_text().unwrap_or_default();
            places[id as usize] = batch.get(*at).map(|entry| IndexedEntry {
                entry,
                words,
                at: *at,
            });
        }
        for &id in &self.gone {
            places[id as usize] = None;
        }
        Some(places)
    }
}

impl EntryTable {
    /// Replaces everything by an index, which has the same entries with the same ids.
    pub(super) fn set_base(&mut self, base: Option<Arc<EntryIndex>>) {
        let segments = base
            .iter()
            .flat_map(|base| base.segments())
            .cloned()
            .map(Some)
            .collect();
        *self = Self {
            all: PendingEntries {
                base,
                segments,
                ..PendingEntries::default()
            },
            paths: OnceLock::new(),
        };
    }

    /// Removes everything. No id is used again.
    pub(super) fn clear(&mut self) {
        let first_id = self.next_id();
        *self = Self {
            all: PendingEntries {
                first_id,
                ..PendingEntries::default()
            },
            paths: OnceLock::new(),
        };
    }

    /// Whether nothing is known.
    pub(super) fn is_blank(&self) -> bool {
        self.all.base.is_none() && self.all.batches.is_empty()
    }

    /// One past the highest id.
    pub(super) fn next_id(&self) -> u32 {
        self.all.next_id()
    }

    /// The id of the entry whose first file has a path, even if it is gone.
    pub(super) fn find(&self, path: &Path) -> Option<u32> {
        let hash = path_hash(path);
        if let Some(id) = self.find_pending(hash)
            && self
                .pending_entry(id)
                .is_some_and(|entry| entry.path() == path)
        {
            return Some(id);
        }
        let id = self.base()?.find(path)?;
        self.pending_entry(id)
            .is_none_or(|entry| entry.path() == path)
            .then_some(id)
    }

    /// The id of the entry whose first path has a hash. None if it is not there or gone.
    pub(super) fn find_hash(&self, hash: u64) -> Option<u32> {
        let is_it = |id: &u32| self.get(*id).is_some_and(|entry| entry.path_hash() == hash);
        let pending = self.find_pending(hash).filter(is_it);
        pending.or_else(|| self.base()?.find_hash(hash).filter(is_it))
    }

    /// The id of an entry that is in no index yet, by the hash of its first path; even if it is
    /// gone.
    fn find_pending(&self, hash: u64) -> Option<u32> {
        if self.all.batches.is_empty() && self.all.changed.is_empty() {
            return None;
        }
        self.paths().get(&hash).copied()
    }

    fn paths(&self) -> &HashMap<u64, u32> {
        self.paths.get_or_init(|| {
            self.all
                .batches
                .iter()
                .flat_map(|(first, batch)| ids_by_path(*first, batch))
                .collect()
        })
    }

    /// Whether there is an entry with an id, also if it is damaged.
    pub(super) fn contains(&self, id: u32) -> bool {
        !self.all.gone.contains(&id)
            && (self.pending_entry(id).is_some()
                || self.base().is_some_and(|base| base.contains(id)))
    }

    /// The entry with an id. None if it is gone.
    pub(super) fn get(&self, id: u32) -> Option<EntryRef<'_>> {
        if self.all.gone.contains(&id) {
            None
        } else {
            self.last(id)
        }
    }

    /// The entry with an id, or what it was before it was gone.
    pub(super) fn last(&self, id: u32) -> Option<EntryRef<'_>> {
        self.pending_entry(id).or_else(|| self.base()?.get(id))
    }

    /// All entries with their ids.
    pub(super) fn entries(&self) -> impl Iterator<Item = (u32, EntryRef<'_>)> {
        (0..self.next_id()).filter_map(|id| Some((id, self.get(id)?)))
    }

    /// The files of the entry with an id.
    pub(super) fn files(&self, id: u32) -> Option<Files> {
        let entry = self.get(id)?;
        Some(Files {
            path: entry.path().to_owned(),
            mate: entry.mate().map(Into::into),
        })
    }

    /// The place of an entry's text.
    pub(super) fn text_ref(&self, id: u32) -> Option<TextRef> {
        self.pending_entry(id)
            .map(EntryRef::text)
            .or_else(|| self.base()?.text_ref(id))
    }

    /// Whether a record and its text, the last one of a segment that is being made, are the known
    /// ones.
    pub(super) fn is_same(&self, id: u32, record: &EntryRecord, writer: &SegmentWriter) -> bool {
        let text = self
            .text_ref(id)
            .and_then(|text| self.segment(text.segment)?.article(text.article));
        text == Some(writer.last()) && self.get(id).is_some_and(|known| known.is_same(record))
    }

    /// The segment of a number, once it is sealed.
    pub(super) fn segment(&self, number: u32) -> Option<&Arc<Segment>> {
        self.all.segments.get(number as usize)?.as_ref()
    }

    /// All segments by number. None while one is being made.
    pub(super) fn segments(&self) -> &[Option<Arc<Segment>>] {
        &self.all.segments
    }

    /// The index under all changes.
    pub(super) const fn base(&self) -> Option<&Arc<EntryIndex>> {
        self.all.base.as_ref()
    }

    /// The entry with an id, if it is in no index yet.
    pub(super) fn pending_entry(&self, id: u32) -> Option<EntryRef<'_>> {
        if let Some((batch, at)) = self.all.changed.get(&id) {
            return batch.get(*at);
        }
        let next = self.all.batches.partition_point(|(first, _)| *first <= id);
        let (first, batch) = self.all.batches.get(next.checked_sub(1)?)?;
        batch.get(id - first)
    }

    /// How many changes are in no index yet.
    pub(super) fn pending_count(&self) -> usize {
        self.all.count()
    }

    /// All entries as they are at this moment, to write them to an index.
    pub(super) fn pending(&self) -> PendingEntries {
        self.all.clone()
    }

    /// Adds new entries after all others. Returns the first id.
    pub(super) fn add(&mut self, batch: Arc<EntryBatch>) -> u32 {
        let first = self.next_id();
        if let Some(paths) = self.paths.get_mut() {
            paths.extend(ids_by_path(first, &batch));
        }
        self.all.batches.push((first, batch));
        first
    }

    /// Replaces the entry with this id, also one that is gone, by one of a batch.
    pub(super) fn change(&mut self, id: u32, batch: &Arc<EntryBatch>, at: u32) {
        self.all.gone.remove(&id);
        self.paths();
        if let Some(paths) = self.paths.get_mut() {
            paths.extend(batch.get(at).map(|entry| (entry.path_hash(), id)));
        }
        self.all.changed.insert(id, (Arc::clone(batch), at));
    }

    /// Notes that the entry with this id is gone.
    pub(super) fn remove(&mut self, id: u32) {
        self.all.gone.insert(id);
    }

    /// Adds a segment under the number by which entries refer to it.
    pub(super) fn seal(&mut self, number: u32, segment: Arc<Segment>) {
        let number = number as usize;
        if self.all.segments.len() <= number {
            self.all.segments.resize(number + 1, None);
        }
        self.all.segments[number] = Some(segment);
    }
}

/// The id of each entry of a batch by the hash of its path.
fn ids_by_path(first: u32, batch: &EntryBatch) -> impl Iterator<Item = (u64, u32)> {
    batch.all().map(EntryRef::path_hash).zip(first..)
}
