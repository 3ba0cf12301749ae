//! What stands under each number: a mapped index, what was read since, and what changed.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use twox_hash::XxHash3_64;

use super::index::{EntryBatch, EntryIndex, EntryRef, FileStamp, Segment, TextRef};
use super::path_hash::path_hash;
use super::source::Files;
use crate::catalog::{Entry, Shelf};

/// Numbers by the hash of a path.
type Paths = HashMap<u64, u32, BuildHasherDefault<Hashed>>;

/// All entries of a library by number. Only one thread writes it; the others look things up.
#[derive(Debug, Default)]
pub(super) struct EntryTable {
    base: Option<Arc<EntryIndex>>,
    /// What was read since, in batches with the number of their first: shared with whoever shows them.
    batches: Vec<(u32, Arc<EntryBatch>)>,
    /// What stands in the place of what was told before, one record each.
    changed: HashMap<u32, (Arc<EntryBatch>, u32)>,
    gone: HashSet<u32>,
    /// The numbers of what is not found in the base, by the hash of the first path; made when first asked for, which a first walk never does.
    paths: OnceLock<Paths>,
    /// The texts, as records name them; those of the base come first. None while one is being written.
    segments: Vec<Option<Arc<Segment>>>,
    /// The first number given to what is read, where there is no base.
    start: u32,
}

impl EntryTable {
    /// Puts an index in the place of all that is known: the same under the same numbers.
    pub(super) fn set_base(&mut self, base: Option<Arc<EntryIndex>>) {
        let segments = base.iter().flat_map(|base| base.segments()).cloned().map(Some).collect();
        *self = Self { base, segments, ..Self::default() };
    }

    /// Forgets all that is known, and gives no number again.
    pub(super) fn clear(&mut self) {
        *self = Self { start: self.next_id(), ..Self::default() };
    }

    /// Whether nothing is known.
    pub(super) fn is_blank(&self) -> bool {
        self.base.is_none() && self.batches.is_empty()
    }

    /// One past the highest number.
    pub(super) fn next_id(&self) -> u32 {
        let base = || self.base.as_ref().map_or(self.start, |base| base.len());
        self.batches.last().map_or_else(base, |(first, batch)| first + batch.len())
    }

    /// The number of the entry whose first file has a path, even if it is gone.
    pub(super) fn find(&self, path: &Path) -> Option<u32> {
        let hash = path_hash(path);
        if let Some(at) = self.find_read(hash)
            && self.read(at).is_some_and(|record| record.path() == path)
        {
            return Some(at);
        }
        let at = self.base.as_ref()?.find(path)?;
        self.read(at).is_none_or(|record| record.path() == path).then_some(at)
    }

    /// The number of the entry whose first path has a hash, if it is there.
    pub(super) fn find_hash(&self, hash: u64) -> Option<u32> {
        let is_it =
            |at: &u32| self.contains(*at) && self.files(*at).is_some_and(|files| path_hash(&files.path) == hash);
        let added = self.find_read(hash).filter(is_it);
        added.or_else(|| self.base.as_ref()?.find_hash(hash).filter(is_it))
    }

    /// The number of what was read in this run of the program, by the hash of its first path; also of what was there.
    fn find_read(&self, hash: u64) -> Option<u32> {
        if self.batches.is_empty() && self.changed.is_empty() {
            return None;
        }
        self.paths().get(&hash).copied()
    }

    fn paths(&self) -> &Paths {
        self.paths.get_or_init(|| self.batches.iter().flat_map(|(first, batch)| hashes(*first, batch)).collect())
    }

    /// Whether an entry is there under a number.
    pub(super) fn contains(&self, at: u32) -> bool {
        !self.gone.contains(&at) && (self.read(at).is_some() || self.base.as_ref().is_some_and(|base| base.holds(at)))
    }

    /// The entry under a number.
    pub(super) fn entry(&self, at: u32) -> Option<Entry> {
        if self.gone.contains(&at) {
            return None;
        }
        self.read(at).map_or_else(|| self.base.as_ref()?.entry(at), EntryRef::entry)
    }

    /// The files of the entry under a number.
    pub(super) fn files(&self, at: u32) -> Option<Files> {
        if let Some(record) = self.read(at).filter(|_| !self.gone.contains(&at)) {
            return Some(Files { path: record.path().to_owned(), mate: record.mate().map(Into::into) });
        }
        let entry = self.entry(at)?;
        Some(Files { path: entry.path, mate: entry.mate.map(PathBuf::into_boxed_path) })
    }

    /// The path of an entry, also of one that is gone.
    pub(super) fn last_path(&self, at: u32) -> Option<PathBuf> {
        let base = || self.base.as_ref()?.path(at).map(Path::to_owned);
        self.read(at).map(|record| record.path().to_owned()).or_else(base)
    }

    /// What tells that the files of an entry changed.
    pub(super) fn stamps(&self, at: u32) -> [Option<FileStamp>; 2] {
        let base = || self.base.as_ref().map_or([None; 2], |base| base.stamps(at));
        self.read(at).map_or_else(base, EntryRef::stamps)
    }

    /// What the bytes of an entry are known by; 0 for nothing.
    pub(super) fn content(&self, at: u32) -> u64 {
        let base = || self.base.as_ref().map_or(0, |base| base.content(at));
        self.read(at).map_or_else(base, EntryRef::content)
    }

    /// The hash of the link to the original; 0 for none.
    pub(super) fn link(&self, at: u32) -> u64 {
        let base = || self.base.as_ref().map_or(0, |base| base.link(at));
        self.read(at).map_or_else(base, EntryRef::link)
    }

    /// Where the text of an entry lies.
    pub(super) fn text_ref(&self, at: u32) -> Option<TextRef> {
        self.read(at).map(EntryRef::text).or_else(|| self.base.as_ref()?.text_ref(at))
    }

    /// The segment of a number, once it is sealed.
    pub(super) fn segment(&self, number: u32) -> Option<&Arc<Segment>> {
        self.segments.get(number as usize)?.as_ref()
    }

    /// All segments, by number.
    pub(super) fn segments(&self) -> &[Option<Arc<Segment>>] {
        &self.segments
    }

    /// The index under all.
    pub(super) const fn base(&self) -> Option<&Arc<EntryIndex>> {
        self.base.as_ref()
    }

    /// Tells the files of each entry that is there.
    pub(super) fn each_files(&self, tell: &mut dyn FnMut(u32, &Path, Option<&Path>)) {
        for at in (0..self.next_id()).filter(|at| !self.gone.contains(at)) {
            if let Some(record) = self.read(at) {
                tell(at, record.path(), record.mate());
                continue;
            }
            let Some(base) = &self.base else { continue };
            if base.stamps(at)[1].is_some() {
                // Two files: the path of the second takes longer to get at.
                let Some(entry) = base.entry(at) else { continue };
                tell(at, &entry.path, entry.mate.as_deref());
            } else if let Some(path) = base.path(at) {
                tell(at, path, None);
            }
        }
    }

    /// What is there as it was read in this run of the program: it stands in no index yet.
    pub(super) fn read(&self, at: u32) -> Option<EntryRef<'_>> {
        if let Some((among, place)) = self.changed.get(&at) {
            return among.get(*place);
        }
        let next = self.batches.partition_point(|(first, _)| *first <= at);
        let (first, batch) = self.batches.get(next.checked_sub(1)?)?;
        batch.get(at - first)
    }

    /// How much of it stands in no index yet.
    pub(super) fn pending_count(&self) -> usize {
        self.batches.iter().map(|(_, batch)| batch.len() as usize).sum::<usize>() + self.changed.len() + self.gone.len()
    }

    /// What stands in no index yet, by number, as it was at this moment.
    pub(super) fn pending(&self) -> Pending {
        Pending {
            base: self.base.clone(),
            batches: self.batches.clone(),
            changed: self.changed.clone(),
            gone: self.gone.clone(),
            segments: self.segments.clone(),
            start: self.start,
        }
    }

    /// Puts new records behind all others; gives their first number.
    pub(super) fn add(&mut self, batch: Arc<EntryBatch>) -> u32 {
        let first = self.next_id();
        if let Some(paths) = self.paths.get_mut() {
            paths.extend(hashes(first, &batch));
        }
        self.batches.push((first, batch));
        first
    }

    /// Puts one of some records in the place of what stands, or stood, under a number.
    pub(super) fn change(&mut self, at: u32, among: &Arc<EntryBatch>, place: u32) {
        self.gone.remove(&at);
        self.paths();
        if let Some(paths) = self.paths.get_mut() {
            paths.extend(among.get(place).map(|record| (record.path_hash(), at)));
        }
        self.changed.insert(at, (Arc::clone(among), place));
    }

    /// Notes that what stood under a number is gone.
    pub(super) fn remove(&mut self, at: u32) {
        self.gone.insert(at);
    }

    /// Notes a segment under the number that records name it by.
    pub(super) fn seal(&mut self, number: u32, segment: Arc<Segment>) {
        let number = number as usize;
        if self.segments.len() <= number {
            self.segments.resize(number + 1, None);
        }
        self.segments[number] = Some(segment);
    }
}

/// The hash of each path of some records, with its number.
fn hashes(first: u32, records: &EntryBatch) -> impl Iterator<Item = (u64, u32)> {
    records.path_hashes().iter().copied().zip(first..)
}

/// Takes a hash as it is: that of a path is good enough.
#[derive(Debug, Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = XxHash3_64::oneshot(bytes);
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }
}

/// What stands in no index yet.
#[derive(Debug)]
pub(super) struct Pending {
    /// The index that the rest stands in.
    pub(super) base: Option<Arc<EntryIndex>>,
    batches: Vec<(u32, Arc<EntryBatch>)>,
    changed: HashMap<u32, (Arc<EntryBatch>, u32)>,
    gone: HashSet<u32>,
    /// All segments by number; none while one is being written.
    pub(super) segments: Vec<Option<Arc<Segment>>>,
    start: u32,
}

impl Pending {
    /// The records, with their numbers, in the order of these; none for what is gone.
    pub(super) fn records(&self) -> impl Iterator<Item = (u32, Option<EntryRef<'_>>)> {
        let first_added = self.batches.first().map_or(u32::MAX, |(first, _)| *first);
        let mut early: Vec<u32> =
            self.changed.keys().chain(&self.gone).copied().filter(|&at| at < first_added).collect();
        early.sort_unstable();
        early.dedup();
        let changed = |at| self.changed.get(&at).and_then(|(among, place)| among.get(*place));
        let added =
            self.batches.iter().flat_map(|(first, batch)| batch.all().map(move |(at, record)| (first + at, record)));
        let added = added.map(move |(at, record)| (at, Some(changed(at).unwrap_or(record))));
        let early = early.into_iter().map(move |at| (at, changed(at)));
        // What was forgotten leaves its places empty.
        let forgotten = self.start.checked_sub(1).map(|at| (at, None));
        forgotten.into_iter().chain(early).chain(added).map(|(at, record)| {
            let is_gone = self.gone.contains(&at);
            (at, record.filter(|_| !is_gone))
        })
    }
}

/// The hash of the link to the original; 0 for none.
pub(super) fn link_hash(entry: &Entry) -> u64 {
    entry.link.as_deref().map_or(0, |link| XxHash3_64::oneshot(link.as_bytes()))
}
