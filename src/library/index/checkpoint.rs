//! When and how the index is written: seldom enough to cost little, often enough that little work is lost.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use parking_lot::Mutex;

use super::super::entry_table::{EntryTable, PendingEntries};
use super::super::worker::spawn;
use super::directory::{IndexDirectory, WriteLock};
use super::entry_index::EntryIndex;
use super::fingerprint::reading_fingerprint;
use super::write::{IndexContent, write_entry_index};

/// Fewer changes are read again sooner than an index is written.
const MIN_CHANGES: usize = 500;
/// With more segments the index is rebuilt, so that opening and searching stay quick.
const MAX_SEGMENTS: usize = 256;
/// The least time between two checkpoints while a library is read for the first time.
const MIN_INTERVAL: Duration = Duration::from_secs(4);
/// A checkpoint may take at most this part of the time.
const MAX_SHARE: u32 = 10;

/// Decides when the index of a library is written, and writes it.
#[derive(Debug)]
pub(in crate::library) struct IndexWriter {
    directory: IndexDirectory,
    lock: Option<WriteLock>,
    /// Whether the current index is on the disk: it is not if another program held the lock.
    is_persisted: bool,
    /// The fingerprint of the code that read the entries. None if it is that of this program.
    old_fingerprint: Option<u64>,
    /// When the last write ended, or the program began.
    last_write: Instant,
    /// How long the last write took. None while a checkpoint is being written.
    write_time: Arc<Mutex<Option<Duration>>>,
}

impl IndexWriter {
    /// A writer of the index in a directory.
    pub(in crate::library) fn new(directory: IndexDirectory) -> Self {
        let write_time = Arc::new(Mutex::new(Some(Duration::ZERO)));
        Self {
            directory,
            lock: None,
            is_persisted: false,
            old_fingerprint: None,
            last_write: Instant::now(),
            write_time,
        }
    }

    /// Where the index lies.
    pub(in crate::library) const fn directory(&self) -> &IndexDirectory {
        &self.directory
    }

    /// Opens the index as it was left, if there is one. If other reading code made it, it is only taken by who can show it at once and
    /// read all files again later.
    pub(in crate::library) fn open(&mut self, rereads_later: bool) -> Option<Arc<EntryIndex>> {
        self.lock = self.directory.try_lock();
        let index = EntryIndex::open(&self.directory)
            .filter(|index| rereads_later || index.fingerprint() == reading_fingerprint());
        self.is_persisted = index.is_some();
        self.old_fingerprint = index.as_ref().map(|index| index.fingerprint());
        index
    }

    /// Whether an index is damaged, or in so many segments that it should be rebuilt. Takes a while.
    pub(in crate::library) fn needs_rebuild(index: &EntryIndex) -> bool {
        index.segments().len() > MAX_SEGMENTS || !index.is_valid() || !index.verify()
    }

    /// Whether all files have to be read again, since another program with other reading code read them.
    pub(in crate::library) fn needs_rereading(&self) -> bool {
        self.old_fingerprint.is_some_and(|fingerprint| fingerprint != reading_fingerprint())
    }

    /// Notes that all files were read by this program, so that the index has to be written even if they are the same.
    pub(in crate::library) const fn set_reread(&mut self) {
        self.old_fingerprint = None;
        self.is_persisted = false;
    }

    /// Whether enough changed to justify writing the index; or it is on no disk, and the program that was to write it has ended.
    pub(in crate::library) fn should_write(&mut self, entries: &EntryTable) -> bool {
        let (pending, has_base) = (entries.pending_count(), entries.base().is_some());
        let is_lost = has_base && !self.is_persisted;
        pending >= MIN_CHANGES || !has_base && pending > 0 || is_lost && self.take_lock()
    }

    fn take_lock(&mut self) -> bool {
        self.lock = self.lock.take().or_else(|| self.directory.try_lock());
        self.lock.is_some()
    }

    /// Writes the index, on which everything is to be based from now on. None if there is nothing to write, or it failed.
    pub(in crate::library) fn write(&mut self, entries: &PendingEntries) -> Option<Arc<EntryIndex>> {
        if self.directory.is_none() || entries.count() == 0 && self.is_persisted {
            return None;
        }
        let has_lock = self.take_lock();
        let began = Instant::now();
        let index = write(&self.directory, entries, self.fingerprint()).ok()?;
        self.is_persisted = has_lock;
        self.last_write = Instant::now();
        *self.write_time.lock() = Some(began.elapsed());
        Some(index)
    }

    /// Writes in the background what was read so far, now and then, so that it is not lost if the program ends.
    pub(in crate::library) fn checkpoint(&mut self, pending: impl FnOnce() -> PendingEntries) {
        let Some(write_time) = *self.write_time.lock() else { return };
        if self.lock.is_none() || self.last_write.elapsed() < MIN_INTERVAL.max(write_time * MAX_SHARE) {
            return;
        }
        let (pending, directory, fingerprint) = (pending(), self.directory.clone(), self.fingerprint());
        let write_time = Arc::clone(&self.write_time);
        *write_time.lock() = None;
        self.last_write = Instant::now();
        let work = move || {
            let began = Instant::now();
            // If it cannot be written now, it is written at the end.
            let _ = write(&directory, &pending, fingerprint);
            *write_time.lock() = Some(began.elapsed());
        };
        // Without another thread it is written only at the end.
        let _ = spawn("checkpoint", work);
    }

    fn fingerprint(&self) -> u64 {
        self.old_fingerprint.unwrap_or_else(reading_fingerprint)
    }
}

/// Writes all entries but those whose text is still being read.
fn write(directory: &IndexDirectory, entries: &PendingEntries, fingerprint: u64) -> io::Result<Arc<EntryIndex>> {
    let places = entries.places().ok_or(io::ErrorKind::InvalidData)?;
    let (segments, zone) = (entries.segments(), &TimeZone::system());
    write_entry_index(directory, IndexContent { places, segments, zone, fingerprint })
}
