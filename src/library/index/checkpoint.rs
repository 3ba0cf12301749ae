//! When and how the index is written: seldom enough to cost little, often enough that little work is lost.

use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;

use super::super::entry_table::Pending;
use super::super::librarian::spawn;
use super::super::rooms::Rooms;
use super::{EntryIndex, IndexDirectory, Segment, SegmentWriter, WriteLock, write_snapshot};

/// For fewer articles the index is not written.
const FEW: usize = 500;
/// Texts in so many segments are put together anew, so that opening the index and searching it stay quick.
const MOST_SEGMENTS: usize = 256;
/// The least time between two writings while a library is read for the first time.
const STAGE: Duration = Duration::from_secs(4);
/// Writing takes at most this part of the time.
const SHARE: u32 = 10;

/// The index_writer of the index.
#[derive(Debug)]
pub(in crate::library) struct IndexWriter {
    cache: IndexDirectory,
    lock: Option<WriteLock>,
    /// Whether the last index that was opened or written is where it is looked for: another program may have had the right to write.
    is_kept: bool,
    /// When the last writing ended, or the thread began.
    written: Instant,
    /// How long the last writing took.
    cost: Arc<RwLock<Option<Duration>>>,
}

impl IndexWriter {
    /// The index_writer of an index that lies somewhere.
    pub(in crate::library) fn new(cache: IndexDirectory) -> Self {
        let cost = Arc::new(RwLock::new(Some(Duration::ZERO)));
        Self { cache, lock: None, is_kept: false, written: Instant::now(), cost }
    }

    /// Where the index lies.
    pub(in crate::library) const fn directory(&self) -> &IndexDirectory {
        &self.cache
    }

    /// The index as it was left, if there is one.
    pub(in crate::library) fn open(&mut self) -> Option<Arc<EntryIndex>> {
        self.lock = self.cache.try_lock();
        let index = EntryIndex::open(&self.cache);
        self.is_kept = index.is_some();
        index
    }

    /// Whether an index is damaged, or so scattered that it had better be made anew. Takes a while.
    pub(in crate::library) fn needs_rebuild(index: &EntryIndex) -> bool {
        index.segments().len() > MOST_SEGMENTS || !index.is_valid() || !index.verify()
    }

    /// Whether so much was read that it would be a pity to lose it: a few articles are read again sooner than an index is written. Or
    /// whether what was read is kept nowhere, and the other program that was to keep it has ended, however it did.
    pub(in crate::library) fn should_write(&mut self, rooms: &Rooms) -> bool {
        let entry_table = rooms.entry_table.read().unwrap_or_else(PoisonError::into_inner);
        let (pending, has_base) = (entry_table.pending_count(), entry_table.base().is_some());
        drop(entry_table);
        let is_lost = has_base && !self.is_kept;
        pending >= FEW || !has_base && pending > 0 || is_lost && self.may_write()
    }

    fn may_write(&mut self) -> bool {
        self.lock = self.lock.take().or_else(|| self.cache.try_lock());
        self.lock.is_some()
    }

    /// Writes the index; everybody is to stand on what is given.
    pub(in crate::library) fn write(&mut self, rooms: &Rooms) -> Option<Arc<EntryIndex>> {
        let pending = rooms.entry_table.read().unwrap_or_else(PoisonError::into_inner).pending_count();
        if self.cache.is_nowhere() || pending == 0 && self.is_kept {
            return None;
        }
        let may_write = self.may_write();
        let began = Instant::now();
        let pending = rooms.entry_table.read().unwrap_or_else(PoisonError::into_inner).pending();
        let index = write(&self.cache, &pending).ok()?;
        drop(pending);
        rooms.entry_table.write().unwrap_or_else(PoisonError::into_inner).set_base(Some(Arc::clone(&index)));
        self.is_kept = may_write;
        self.written = Instant::now();
        *self.cost.write().unwrap_or_else(PoisonError::into_inner) = Some(began.elapsed());
        Some(index)
    }

    /// Writes behind the scenes what was read so far, now and then, so that it is not lost should the program end.
    pub(in crate::library) fn checkpoint(&mut self, rooms: &Rooms) {
        let Some(cost) = self.cost() else { return };
        if self.lock.is_none() || self.written.elapsed() < STAGE.max(cost * SHARE) {
            return;
        }
        let pending = rooms.entry_table.read().unwrap_or_else(PoisonError::into_inner).pending();
        let (cache, cost) = (self.cache.clone(), Arc::clone(&self.cost));
        *cost.write().unwrap_or_else(PoisonError::into_inner) = None;
        self.written = Instant::now();
        let work = move || {
            let began = Instant::now();
            // What cannot be written now is written at the end.
            drop(write(&cache, &pending));
            *cost.write().unwrap_or_else(PoisonError::into_inner) = Some(began.elapsed());
        };
        // Without a thread to spare only the end counts.
        let _ = spawn("checkpoint", work);
    }

    /// How long the last writing took; none while one is going on.
    fn cost(&self) -> Option<Duration> {
        *self.cost.read().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Writes what stands in no index yet, but for what has its text in a segment that is being made.
fn write(cache: &IndexDirectory, pending: &Pending) -> std::io::Result<Arc<EntryIndex>> {
    let is_sealed = |segment: u32| pending.segments.get(segment as usize).is_some_and(Option::is_some);
    let sealed = |segment: u32| segment == u32::MAX || is_sealed(segment);
    let records = pending.records().map(|(at, record)| (at, record.filter(|record| sealed(record.text().segment))));
    // Numbers stay as they are: an empty segment takes the place of one that is being made.
    let empty = pending.segments.iter().any(Option::is_none).then(|| Arc::new(SegmentWriter::new(cache).seal()));
    let segments: Vec<Arc<Segment>> =
        pending.segments.iter().filter_map(|segment| segment.clone().or_else(|| empty.clone())).collect();
    write_snapshot(cache, pending.base.as_deref(), records, &segments, &TimeZone::system())
}
