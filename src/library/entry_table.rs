//! All entries of a library by id: those of the index, and those that were read since.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::article_files::{Files, path_hash};
use super::index::{
    EntryBatch, EntryIndex, EntryRecord, EntryRef, IndexedEntry, Segment, SegmentWriter, TextRef,
};
use crate::catalog::EntryStore;

/// All entries of a library by id. Only the indexer changes it; other threads look things up.
#[derive(Debug, Default)]
pub(super) struct EntryTable {
    /// The index under all changes.
    base: Option<Arc<EntryIndex>>,
    /// Entries that are not in the base, or replace one of it: a batch, and a place in it.
    pending: HashMap<u32, (Arc<EntryBatch>, u32)>,
    gone: HashSet<u32>,
    /// The ids of pending entries by the hash of the first path.
    paths: HashMap<u64, u32>,
    /// The texts, as entries refer to them; those of the base come first. None while one is being
    /// made.
    segments: Vec<Option<Arc<Segment>>>,
    /// One past the highest id.
    next_id: u32,
}

impl EntryTable {
    /// Replaces everything by an index, which has the same entries with the same ids.
    pub(super) fn set_base(&mut self, base: Arc<EntryIndex>) {
        *self = Self {
            segments: base.segments().iter().cloned().map(Some).collect(),
            next_id: base.len(),
            base: Some(base),
            ..Self::default()
        };
    }

    /// Removes everything. No id is used again.
    pub(super) fn clear(&mut self) {
        *self = Self {
            next_id: self.next_id,
            ..Self::default()
        };
    }

    pub(super) fn is_blank(&self) -> bool {
        self.base.is_none() && self.pending.is_empty()
    }

    pub(super) const fn next_id(&self) -> u32 {
        self.next_id
    }

    pub(super) const fn base(&self) -> Option<&Arc<EntryIndex>> {
        self.base.as_ref()
    }

    /// All segments by number. None while one is being made.
    pub(super) fn segments(&self) -> &[Option<Arc<Segment>>] {
        &self.segments
    }

    /// Whether no damage was found so far, in the base or the texts.
    pub(super) fn is_valid(&self) -> bool {
        self.base.iter().all(|base| base.is_valid())
            && self.segments.iter().flatten().all(|one| one.is_valid())
    }

    pub(super) fn pending_count(&self) -> usize {
        self.pending.len() + self.gone.len()
    }

    /// The id of the entry whose first file has a path, even if it is gone.
    pub(super) fn find(&self, path: &Path) -> Option<u32> {
        let hash = path_hash(path);
        let has_path = |entry: EntryRef<'_>| entry.path() == path;
        let is_it = |id: &u32| self.pending(*id).is_none_or(has_path);
        let pending = self.paths.get(&hash).copied().filter(is_it);
        pending.or_else(|| self.base()?.find(hash, has_path).filter(is_it))
    }

    /// The id of the entry whose first path has a hash. None if it is not there or gone.
    pub(super) fn find_hash(&self, hash: u64) -> Option<u32> {
        let is_it = |id: &u32| self.get(*id).is_some_and(|entry| entry.path_hash() == hash);
        let pending = self.paths.get(&hash).copied().filter(is_it);
        pending.or_else(|| self.base()?.find(hash, |_| true).filter(is_it))
    }

    /// The entry with an id. None if it is gone.
    pub(super) fn get(&self, id: u32) -> Option<EntryRef<'_>> {
        self.last(id).filter(|_| !self.gone.contains(&id))
    }

    /// The entry with an id, or what it was before it was gone.
    pub(super) fn last(&self, id: u32) -> Option<EntryRef<'_>> {
        self.pending(id).or_else(|| self.base()?.get(id))
    }

    /// The entry with an id, if it is in no index yet.
    fn pending(&self, id: u32) -> Option<EntryRef<'_>> {
        let (batch, at) = self.pending.get(&id)?;
        batch.get(*at)
    }

    pub(super) fn files(&self, id: u32) -> Option<Files> {
        let entry = self.get(id)?;
        Some(Files {
            path: entry.path().to_owned(),
            mate: entry.mate().map(Into::into),
        })
    }

    /// The place of an entry's text. None if the entry is gone.
    pub(super) fn text_ref(&self, id: u32) -> Option<TextRef> {
        if self.gone.contains(&id) {
            return None;
        }
        self.pending(id)
            .map(EntryRef::text)
            .or_else(|| self.base()?.text_ref(id))
    }

    /// Whether a record and its text, the last one of a segment that is being made, are the known
    /// ones.
    pub(super) fn is_same(&self, id: u32, record: &EntryRecord, writer: &SegmentWriter) -> bool {
        let text = self.text_ref(id).and_then(|text| {
            let segment = self.segments.get(text.segment as usize)?.as_ref()?;
            segment.article(text.article)
        });
        text == Some(writer.last()) && self.get(id).is_some_and(|known| known.is_same(record))
    }

    /// Adds new entries after all others.
    pub(super) fn add(&mut self, batch: &Arc<EntryBatch>) {
        for at in 0..batch.len() {
            self.next_id += 1;
            self.change(self.next_id - 1, batch, at);
        }
    }

    /// Replaces the entry with this id, also one that is gone, by one of a batch.
    pub(super) fn change(&mut self, id: u32, batch: &Arc<EntryBatch>, at: u32) {
        self.gone.remove(&id);
        self.paths
            .extend(batch.get(at).map(|entry| (entry.path_hash(), id)));
        self.pending.insert(id, (Arc::clone(batch), at));
    }

    /// Notes that the entry with this id is gone.
    pub(super) fn remove(&mut self, id: u32) {
        self.gone.insert(id);
    }

    /// Adds a segment under the number by which entries refer to it.
    pub(super) fn seal(&mut self, number: u32, segment: Arc<Segment>) {
        let number = number as usize;
        if self.segments.len() <= number {
            self.segments.resize(number + 1, None);
        }
        self.segments[number] = Some(segment);
    }

    /// What an index has to contain, by id. None if the base is damaged.
    pub(super) fn places(&self) -> Option<Vec<Option<IndexedEntry<'_>>>> {
        let mut places = vec![None; self.next_id as usize];
        if let Some(base) = &self.base {
            let words = base.filter_text()?;
            for at in (0..base.len()).filter(|&at| base.contains(at)) {
                let entry = base.get(at)?;
                places[at as usize] = Some(IndexedEntry { entry, words, at });
            }
        }
        for (&id, (batch, at)) in &self.pending {
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
