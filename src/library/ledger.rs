//! What stands under each number: a mapped index, what was read since, and what changed.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::index::{Index, Record, Segment, Stamp, TextRef};

use super::source::Files;
use crate::catalog::{Entry, EntryId, Order, Shelf};
use crate::digest::Moment;
use crate::text::Language;

/// Records side by side, as they were told: shared with whoever shows them.
#[derive(Debug)]
pub(super) struct Batch(Vec<Record>);

impl Shelf for Batch {
    fn len(&self) -> u32 {
        self.0.len() as u32
    }

    fn entry(&self, at: u32) -> Option<Entry> {
        Some(self.0.get(at as usize)?.entry.clone())
    }

    fn holds(&self, at: u32) -> bool {
        (at as usize) < self.0.len()
    }

    fn moment(&self, at: u32) -> Option<Moment> {
        self.0.get(at as usize)?.entry.date.moment
    }

    fn modified(&self, at: u32) -> Option<i64> {
        self.0.get(at as usize)?.entry.modified
    }

    fn sorted_by(&self, at: u32, order: Order, language: Language) -> Option<Cow<'_, str>> {
        Some(self.0.get(at as usize)?.entry.sorted_by(order, language).into())
    }

    fn sorting_path(&self, at: u32) -> Option<Cow<'_, OsStr>> {
        Some(self.0.get(at as usize)?.entry.path.as_os_str().into())
    }
}

/// All entries of a library by number. Only one thread writes it; the others look things up.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    base: Option<Arc<Index>>,
    /// What was read since, in batches with the number of their first.
    batches: Vec<(u32, Arc<Batch>)>,
    /// What stands in the place of what was told before.
    changed: HashMap<u32, Record>,
    gone: HashSet<u32>,
    /// The numbers of what is not found in the base, by the hash of the first path.
    paths: HashMap<u64, u32>,
    /// The texts, as records name them; those of the base come first. None while one is being written.
    segments: Vec<Option<Arc<Segment>>>,
    /// The first number given to what is read, where there is no base.
    start: u32,
}

impl Ledger {
    /// Puts an index in the place of all that is known: the same under the same numbers.
    pub(super) fn rebase(&mut self, base: Option<Arc<Index>>) {
        let segments = base.iter().flat_map(|base| base.segments()).cloned().map(Some).collect();
        *self = Self { base, segments, ..Self::default() };
    }

    /// Forgets all that is known, and gives no number again.
    pub(super) fn forget(&mut self) {
        *self = Self { start: self.bound(), ..Self::default() };
    }

    /// Whether nothing is known.
    pub(super) fn is_blank(&self) -> bool {
        self.base.is_none() && self.batches.is_empty()
    }

    /// One past the highest number.
    pub(super) fn bound(&self) -> u32 {
        let base = || self.base.as_ref().map_or(self.start, |base| base.len());
        self.batches.last().map_or_else(base, |(first, batch)| first + batch.len())
    }

    /// The number of the entry whose first file has a path, even if it is gone.
    pub(super) fn find(&self, path: &Path) -> Option<u32> {
        let hash = path_hash(path);
        if let Some(&at) = self.paths.get(&hash)
            && self.record(at).is_some_and(|record| record.entry.path == path)
        {
            return Some(at);
        }
        let at = self.base.as_ref()?.find(path)?;
        self.record(at).is_none_or(|record| record.entry.path == path).then_some(at)
    }

    /// The number of the entry whose first path has a hash, if it is there.
    pub(super) fn find_hash(&self, hash: u64) -> Option<u32> {
        let is_it = |at: &u32| self.holds(*at) && self.files(*at).is_some_and(|files| path_hash(&files.path) == hash);
        let added = self.paths.get(&hash).copied().filter(is_it);
        added.or_else(|| self.base.as_ref()?.find_hash(hash).filter(is_it))
    }

    /// Whether an entry is there under a number.
    pub(super) fn holds(&self, at: u32) -> bool {
        !self.gone.contains(&at) && (self.record(at).is_some() || self.base.as_ref().is_some_and(|base| base.holds(at)))
    }

    /// The entry under a number.
    pub(super) fn entry(&self, at: u32) -> Option<Entry> {
        if self.gone.contains(&at) {
            return None;
        }
        self.record(at).map(|record| record.entry.clone()).or_else(|| self.base.as_ref()?.entry(at))
    }

    /// The files of the entry under a number.
    pub(super) fn files(&self, at: u32) -> Option<Files> {
        let entry = self.entry(at)?;
        Some(Files { path: entry.path, mate: entry.mate.map(PathBuf::into_boxed_path) })
    }

    /// The path of an entry, also of one that is gone.
    pub(super) fn last_path(&self, at: u32) -> Option<PathBuf> {
        let base = || self.base.as_ref()?.path(at).map(Path::to_owned);
        self.record(at).map(|record| record.entry.path.clone()).or_else(base)
    }

    /// What tells that the files of an entry changed.
    pub(super) fn stamps(&self, at: u32) -> [Option<Stamp>; 2] {
        let base = || self.base.as_ref().map_or([None; 2], |base| base.stamps(at));
        self.record(at).map_or_else(base, |record| record.stamps)
    }

    /// What the bytes of an entry are known by; 0 for nothing.
    pub(super) fn content(&self, at: u32) -> u64 {
        let base = || self.base.as_ref().map_or(0, |base| base.content(at));
        self.record(at).map_or_else(base, |record| record.content)
    }

    /// The hash of the link to the original; 0 for none.
    pub(super) fn link(&self, at: u32) -> u64 {
        let base = || self.base.as_ref().map_or(0, |base| base.link(at));
        self.record(at).map_or_else(base, |record| link_hash(&record.entry))
    }

    /// Where the text of an entry lies.
    pub(super) fn text_ref(&self, at: u32) -> Option<TextRef> {
        self.record(at).map(|record| record.text).or_else(|| self.base.as_ref()?.text_ref(at))
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
    pub(super) const fn base(&self) -> Option<&Arc<Index>> {
        self.base.as_ref()
    }

    /// Tells the files of each entry that is there.
    pub(super) fn each_files(&self, tell: &mut dyn FnMut(u32, &Path, Option<&Path>)) {
        for at in (0..self.bound()).filter(|at| !self.gone.contains(at)) {
            if let Some(record) = self.record(at) {
                tell(at, &record.entry.path, record.entry.mate.as_deref());
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
    pub(super) fn record(&self, at: u32) -> Option<&Record> {
        if let Some(record) = self.changed.get(&at) {
            return Some(record);
        }
        let next = self.batches.partition_point(|(first, _)| *first <= at);
        let (first, batch) = self.batches.get(next.checked_sub(1)?)?;
        batch.0.get((at - first) as usize)
    }

    /// How much of it stands in no index yet.
    pub(super) fn pending(&self) -> usize {
        self.batches.iter().map(|(_, batch)| batch.0.len()).sum::<usize>() + self.changed.len() + self.gone.len()
    }

    /// What stands in no index yet, by number, as it was at this moment.
    pub(super) fn news(&self) -> Pending {
        Pending {
            base: self.base.clone(),
            batches: self.batches.clone(),
            changed: self.changed.clone(),
            gone: self.gone.clone(),
            segments: self.segments.clone(),
            start: self.start,
        }
    }

    /// Puts new records behind all others.
    pub(super) fn add(&mut self, records: Vec<Record>) -> (EntryId, Arc<Batch>) {
        let first = self.bound();
        self.paths.extend((first..).zip(&records).map(|(at, record)| (path_hash(&record.entry.path), at)));
        let batch = Arc::new(Batch(records));
        self.batches.push((first, Arc::clone(&batch)));
        (EntryId(first), batch)
    }

    /// Puts a record in the place of what stands, or stood, under a number.
    pub(super) fn change(&mut self, at: u32, record: Record) {
        self.gone.remove(&at);
        self.paths.insert(path_hash(&record.entry.path), at);
        self.changed.insert(at, record);
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

/// What stands in no index yet.
#[derive(Debug)]
pub(super) struct Pending {
    /// The index that the rest stands in.
    pub(super) base: Option<Arc<Index>>,
    batches: Vec<(u32, Arc<Batch>)>,
    changed: HashMap<u32, Record>,
    gone: HashSet<u32>,
    /// All segments by number; none while one is being written.
    pub(super) segments: Vec<Option<Arc<Segment>>>,
    start: u32,
}

impl Pending {
    /// The records, with their numbers, in the order of these; none for what is gone.
    pub(super) fn records(&self) -> impl Iterator<Item = (u32, Option<&Record>)> {
        let first_added = self.batches.first().map_or(u32::MAX, |(first, _)| *first);
        let mut early: Vec<u32> =
            self.changed.keys().chain(&self.gone).copied().filter(|&at| at < first_added).collect();
        early.sort_unstable();
        early.dedup();
        let added = self.batches.iter().flat_map(|(first, batch)| (*first..).zip(&batch.0));
        let added = added.map(|(at, record)| (at, self.changed.get(&at).unwrap_or(record)));
        let early = early.into_iter().map(|at| (at, self.changed.get(&at)));
        // What was forgotten leaves its places empty.
        let forgotten = self.start.checked_sub(1).map(|at| (at, None));
        forgotten.into_iter().chain(early).chain(added.map(|(at, record)| (at, Some(record)))).map(|(at, record)| {
            let is_gone = self.gone.contains(&at);
            (at, record.filter(|_| !is_gone))
        })
    }
}

/// The hash of the link to the original; 0 for none.
pub(super) fn link_hash(entry: &Entry) -> u64 {
    entry.link.as_deref().map_or(0, |link| xxh3_64(link.as_bytes()))
}

/// The hash by which a path is found: that of its bytes.
pub(super) fn path_hash(path: &Path) -> u64 {
    xxh3_64(path.as_os_str().as_encoded_bytes())
}
