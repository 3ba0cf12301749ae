//! When and how the index is written: seldom enough to cost little, often enough that little work
//! is lost.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use parking_lot::RwLock;
use tracing::debug;

use super::super::entry_table::{EntryTable, PendingEntries};
use super::directory::{IndexDirectory, WriteLock};
use super::entry_index::{EntryIndex, IndexContent, write_entry_index};
use super::fingerprint::reading_fingerprint;

/// With fewer changes the index is not written: to read them again is quicker.
const MIN_CHANGES: usize = 500;
/// With more segments the index is rebuilt, so that opening and searching stay quick.
const MAX_SEGMENTS: usize = 256;
/// The least time between two checkpoints while a library is read for the first time.
const MIN_INTERVAL: Duration = Duration::from_secs(4);
/// Checkpoints take at most one part in this many of the time.
const MAX_SHARE: u32 = 10;

/// Decides when the index of a library is written, and writes it.
#[derive(Debug)]
pub(in crate::library) struct IndexWriter {
    directory: IndexDirectory,
    lock: Option<WriteLock>,
    /// Whether the current index is on the disk. It is not if another program held the lock, or
    /// the disk is full.
    is_persisted: bool,
    /// The fingerprint of the code that read the entries. None if it is that of this program.
    old_fingerprint: Option<u64>,
    /// When the last write ended, or the program began.
    last_write: Instant,
    /// How long the last write took.
    write_time: Duration,
}

impl IndexWriter {
    pub(in crate::library) fn new(directory: IndexDirectory) -> Self {
        Self {
            directory,
            lock: None,
            is_persisted: false,
            old_fingerprint: None,
            last_write: Instant::now(),
            write_time: Duration::ZERO,
        }
    }

    pub(in crate::library) const fn directory(&self) -> &IndexDirectory {
        &self.directory
    }

    /// Opens the index of the last visit, if there is one. One that was made by other reading code
    /// is only opened if all files will be read again later.
    pub(in crate::library) fn open(&mut self, rereads_later: bool) -> Option<Arc<EntryIndex>> {
        self.lock = self.directory.try_lock();
        let index = EntryIndex::open(&self.directory)
            .filter(|index| rereads_later || index.fingerprint() == reading_fingerprint());
        self.is_persisted = index.is_some();
        self.old_fingerprint = index.as_ref().map(|index| index.fingerprint());
        debug!(
            is_there = index.is_some(),
            is_writer = self.lock.is_some(),
            "index opened"
        );
        index
    }

    /// Whether an index is damaged, or has too many segments. Takes a while.
    pub(in crate::library) fn needs_rebuild(index: &EntryIndex) -> bool {
        index.segments().len() > MAX_SEGMENTS || !index.is_valid() || !index.verify()
    }

    /// Whether other reading code made the index, so that all files have to be read again.
    pub(in crate::library) fn needs_rereading(&self) -> bool {
        self.old_fingerprint
            .is_some_and(|fingerprint| fingerprint != reading_fingerprint())
    }

    /// Notes that this program read all files, so that the index has to be written even if nothing
    /// changed.
    pub(in crate::library) const fn set_reread(&mut self) {
        self.old_fingerprint = None;
        self.is_persisted = false;
    }

    /// Whether enough changed to justify writing the index; or it is not on the disk, and the
    /// program that was to write it has ended.
    pub(in crate::library) fn should_write(&mut self, table: &EntryTable) -> bool {
        let (pending, has_base) = (table.pending_count(), table.base().is_some());
        let is_lost = has_base && !self.is_persisted;
        pending >= MIN_CHANGES || !has_base && pending > 0 || is_lost && self.take_lock()
    }

    fn take_lock(&mut self) -> bool {
        self.lock = self.lock.take().or_else(|| self.directory.try_lock());
        self.lock.is_some()
    }

    /// Writes the index, on which everything is to be based from now on. None if there is nothing
    /// to write, or it failed.
    pub(in crate::library) fn write(
        &mut self,
        entries: &PendingEntries,
    ) -> Option<Arc<EntryIndex>> {
        if self.directory.is_none() || entries.count() == 0 && self.is_persisted {
            return None;
        }
        let has_lock = self.take_lock();
        let index = self.write_now(entries).ok()?;
        self.is_persisted = has_lock && index.is_mapped();
        Some(index)
    }

    /// Writes what was read so far, if the last write was long ago, so that it is not lost if the
    /// program is killed.
    pub(in crate::library) fn checkpoint(&mut self, table: &RwLock<EntryTable>) {
        if self.lock.is_some()
            && self.last_write.elapsed() >= MIN_INTERVAL.max(self.write_time * MAX_SHARE)
        {
            let pending = table.read().pending();
            // Entries are only written with their texts.
            if pending.segments().iter().any(Option::is_some) {
                // If it cannot be written now, it is written at the end.
                let _ = self.write_now(&pending);
            }
        }
    }

    /// Writes all entries but those whose text is still being read.
    fn write_now(&mut self, entries: &PendingEntries) -> io::Result<Arc<EntryIndex>> {
        let began = Instant::now();
        let places = entries.places().ok_or(io::ErrorKind::InvalidData)?;
        let fingerprint = self.old_fingerprint.unwrap_or_else(reading_fingerprint);
        let content = IndexContent {
            places,
            segments: entries.segments(),
            zone: &TimeZone::system(),
            fingerprint,
        };
        let index = write_entry_index(&self.directory, content);
        self.last_write = Instant::now();
        self.write_time = began.elapsed();
        debug!(elapsed = ?self.write_time, error = ?index.as_ref().err(), "index written");
        index
    }
}
