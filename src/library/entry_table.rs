//! All entries of a library by number: a mapped index, batches that were read since, and what replaces or removes entries of both.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::article_files::{FileStamp, Files, path_hash};
use super::index::{EntryBatch, EntryIndex, EntryRecord, EntryRef, IndexedEntry, Segment, SegmentWriter, TextRef};
use crate::catalog::{Entry, EntryStore, FilterText};

/// All entries of a library by number. Only one thread writes it; the others look things up.
#[derive(Debug, Default)]
pub(super) struct EntryTable {
    all: PendingEntries,
    /// The numbers of entries that are not found in the base, by the hash of the first path; made at the first look-up, which a first
    /// scan does not need.
    paths: OnceLock<HashMap<u64, u32>>,
}

/// The entries of a table at one moment: those of the index, and those that are not written to an index yet.
#[derive(Clone, Debug, Default)]
pub(super) struct PendingEntries {
    base: Option<Arc<EntryIndex>>,
    /// Each with the number of its first entry; shared with the screens that show them.
    batches: Vec<(u32, Arc<EntryBatch>)>,
    /// Entries that replace earlier ones: a batch, and a place in it.
    changed: HashMap<u32, (Arc<EntryBatch>, u32)>,
    gone: HashSet<u32>,
    /// The texts, as entries refer to them; those of the base come first. None while one is being made.
    segments: Vec<Option<Arc<Segment>>>,
    /// The number of the first entry that is read, if there is no base.
    first_id: u32,
}

impl PendingEntries {
    /// One past the highest number.
    fn next_id(&self) -> u32 {
        match (self.batches.last(), &self.base) {
            (Some((first, batch)), _) => first + batch.len(),
            (None, Some(base)) => base.len(),
            (None, None) => self.first_id,
        }
    }

    /// How many changes are not written to an index yet.
    pub(super) fn count(&self) -> usize {
        self.batches.iter().map(|(_, batch)| batch.len() as usize).sum::<usize>() + self.changed.len() + self.gone.len()
    }

    /// The segments by number. None while one is being made.
    pub(super) fn segments(&self) -> &[Option<Arc<Segment>>] {
        &self.segments
    }

    /// What an index is to hold, by number: later batches and changes replace earlier entries. None if the base is damaged.
    pub(super) fn places(&self) -> Option<Vec<Option<IndexedEntry<'_>>>> {
        let mut places = Vec::with_capacity(self.next_id() as usize);
        if let Some(base) = &self.base {
            let words = base.filter_text()?;
            for at in 0..base.len() {
                places.push(if base.contains(at) { Some(indexed(base.get(at)?, words, at)) } else { None });
            }
        }
        places.resize(self.next_id() as usize, None);
        for (first, batch) in &self.batches {
            let words = batch.filter_text().unwrap_or_default();
            for (at, entry) in (0..).zip(batch.all()) {
                places[(first + at) as usize] = Some(indexed(entry, words, at));
            }
        }
        for (&number, (batch, at)) in &self.changed {
            let words = batch.filter_text().unwrap_or_default();
            places[number as usize] = batch.get(*at).map(|entry| indexed(entry, words, *at));
        }
        for &number in &self.gone {
            places[number as usize] = None;
        }
        Some(places)
    }
}

const fn indexed<'a>(entry: EntryRef<'a>, words: FilterText<'a>, at: u32) -> IndexedEntry<'a> {
    IndexedEntry { entry, words: (words, at as usize) }
}

impl EntryTable {
    /// Replaces everything by an index, which has the same entries under the same numbers.
    pub(super) fn set_base(&mut self, base: Option<Arc<EntryIndex>>) {
        let segments = base.iter().flat_map(|base| base.segments()).cloned().map(Some).collect();
        *self = Self { all: PendingEntries { base, segments, ..PendingEntries::default() }, paths: OnceLock::new() };
    }

    /// Removes everything. No number is used again.
    pub(super) fn clear(&mut self) {
        let first_id = self.next_id();
        *self = Self { all: PendingEntries { first_id, ..PendingEntries::default() }, paths: OnceLock::new() };
    }

    /// Whether nothing is known.
    pub(super) fn is_blank(&self) -> bool {
        self.all.base.is_none() && self.all.batches.is_empty()
    }

    /// One past the highest number.
    pub(super) fn next_id(&self) -> u32 {
        self.all.next_id()
    }

    /// The number of the entry whose first file has a path, even if it is gone.
    pub(super) fn find(&self, path: &Path) -> Option<u32> {
        let hash = path_hash(path);
        if let Some(at) = self.find_read(hash)
            && self.pending_entry(at).is_some_and(|entry| entry.path() == path)
        {
            return Some(at);
        }
        let at = self.base()?.find(path)?;
        self.pending_entry(at).is_none_or(|entry| entry.path() == path).then_some(at)
    }

    /// The number of the entry whose first path has a hash. None if it is not there or gone.
    pub(super) fn find_hash(&self, hash: u64) -> Option<u32> {
        let is_it =
            |at: &u32| self.contains(*at) && self.files(*at).is_some_and(|files| path_hash(&files.path) == hash);
        let read = self.find_read(hash).filter(is_it);
        read.or_else(|| self.base()?.find_hash(hash).filter(is_it))
    }

    /// The number of an entry that was read in this run of the program, by the hash of its first path; even if it is gone.
    fn find_read(&self, hash: u64) -> Option<u32> {
        if self.all.batches.is_empty() && self.all.changed.is_empty() {
            return None;
        }
        self.paths().get(&hash).copied()
    }

    fn paths(&self) -> &HashMap<u64, u32> {
        self.paths
            .get_or_init(|| self.all.batches.iter().flat_map(|(first, batch)| ids_by_path(*first, batch)).collect())
    }

    /// Whether there is an entry under a number.
    pub(super) fn contains(&self, at: u32) -> bool {
        !self.all.gone.contains(&at)
            && (self.pending_entry(at).is_some() || self.base().is_some_and(|base| base.contains(at)))
    }

    /// The entry under a number.
    pub(super) fn entry(&self, at: u32) -> Option<Entry> {
        if self.all.gone.contains(&at) {
            return None;
        }
        self.pending_entry(at).map_or_else(|| self.base()?.entry(at), EntryRef::entry)
    }

    /// The files of the entry under a number.
    pub(super) fn files(&self, at: u32) -> Option<Files> {
        let entry = self.record(at).filter(|_| !self.all.gone.contains(&at))?;
        Some(Files { path: entry.path().to_owned(), mate: entry.mate().map(Into::into) })
    }

    /// The path of an entry, even if it is gone.
    pub(super) fn last_path(&self, at: u32) -> Option<PathBuf> {
        self.record(at).map(|entry| entry.path().to_owned())
    }

    /// The stamps of an entry's files.
    pub(super) fn stamps(&self, at: u32) -> [Option<FileStamp>; 2] {
        self.record(at).map(EntryRef::stamps).unwrap_or_default()
    }

    /// The hash of the bytes of an entry's files; 0 if there are none.
    pub(super) fn content(&self, at: u32) -> u64 {
        self.record(at).map_or(0, EntryRef::content)
    }

    /// The hash of the link to the original; 0 for none.
    pub(super) fn link(&self, at: u32) -> u64 {
        self.record(at).map_or(0, EntryRef::link)
    }

    /// The place of an entry's text.
    pub(super) fn text_ref(&self, at: u32) -> Option<TextRef> {
        self.pending_entry(at).map(EntryRef::text).or_else(|| self.base()?.text_ref(at))
    }

    /// Whether a record and its text, the last of a segment that is being made, are those that are known.
    pub(super) fn is_same(&self, at: u32, record: &EntryRecord, writer: &SegmentWriter) -> bool {
        let text = self.text_ref(at).and_then(|text| self.segment(text.segment)?.article(text.article));
        self.contains(at) && text == Some(writer.last()) && self.record(at).is_some_and(|known| known.is_same(record))
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

    /// All entries with their ids.
    pub(super) fn records(&self) -> impl Iterator<Item = (u32, EntryRef<'_>)> {
        let ids = (0..self.next_id()).filter(|id| !self.all.gone.contains(id));
        ids.filter_map(|id| Some((id, self.record(id)?)))
    }

    /// The record under a number, even if it is gone.
    fn record(&self, at: u32) -> Option<EntryRef<'_>> {
        self.pending_entry(at).or_else(|| self.base()?.get(at))
    }

    /// The record under a number, if it is in no index yet.
    pub(super) fn pending_entry(&self, at: u32) -> Option<EntryRef<'_>> {
        if let Some((batch, place)) = self.all.changed.get(&at) {
            return batch.get(*place);
        }
        let next = self.all.batches.partition_point(|(first, _)| *first <= at);
        let (first, batch) = self.all.batches.get(next.checked_sub(1)?)?;
        batch.get(at - first)
    }

    /// How many changes are in no index yet.
    pub(super) fn pending_count(&self) -> usize {
        self.all.count()
    }

    /// All entries as they are at this moment, to write them to an index.
    pub(super) fn pending(&self) -> PendingEntries {
        self.all.clone()
    }

    /// Adds new entries behind all others. Returns the first number.
    pub(super) fn add(&mut self, batch: Arc<EntryBatch>) -> u32 {
        let first = self.next_id();
        if let Some(paths) = self.paths.get_mut() {
            paths.extend(ids_by_path(first, &batch));
        }
        self.all.batches.push((first, batch));
        first
    }

    /// Replaces the entry with this number, also one that is gone, by one of a batch.
    pub(super) fn change(&mut self, at: u32, batch: &Arc<EntryBatch>, place: u32) {
        self.all.gone.remove(&at);
        self.paths();
        if let Some(paths) = self.paths.get_mut() {
            paths.extend(batch.get(place).map(|entry| (entry.path_hash(), at)));
        }
        self.all.changed.insert(at, (Arc::clone(batch), place));
    }

    /// Notes that the entry with this number is gone.
    pub(super) fn remove(&mut self, at: u32) {
        self.all.gone.insert(at);
    }

    /// Notes a segment under the number by which entries refer to it.
    pub(super) fn seal(&mut self, number: u32, segment: Arc<Segment>) {
        let number = number as usize;
        if self.all.segments.len() <= number {
            self.all.segments.resize(number + 1, None);
        }
        self.all.segments[number] = Some(segment);
    }
}

/// The number of each entry of a batch by the hash of its path.
fn ids_by_path(first: u32, batch: &EntryBatch) -> impl Iterator<Item = (u64, u32)> {
    batch.all().map(EntryRef::path_hash).zip(first..)
}
