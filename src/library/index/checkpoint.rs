//! When and how the index is written: rarely enough to cost little, often enough that little work
//! is lost.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use tracing::debug;

use super::super::entry_table::EntryTable;
use super::directory::IndexDirectory;
use super::entry_index::{EntryIndex, write_entry_index};

/// A hash of the code that reads articles: an index with another one was read by another
/// program, and all files are read again in the background.
pub(super) const READING_FINGERPRINT: &str = env!("READING_FINGERPRINT");

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
    /// The fingerprint of the code that read the entries, if it is not that of this program.
    old_fingerprint: Option<String>,
    /// When the last write ended, or the program began.
    last_write: Instant,
    write_time: Duration,
}

impl IndexWriter {
    pub(in crate::library) fn new(directory: IndexDirectory) -> Self {
        Self {
            directory,
            old_fingerprint: None,
            last_write: Instant::now(),
            write_time: Duration::ZERO,
        }
    }

    pub(in crate::library) const fn directory(&self) -> &IndexDirectory {
        &self.directory
    }

    /// Opens the index of the last visit, if there is one. One that was made by other reading code,
    /// or whose entries are damaged, is only opened if all files will be read again later.
    pub(in crate::library) fn open(&mut self, rereads_later: bool) -> Option<Arc<EntryIndex>> {
        let is_writer = self.directory.try_lock();
        let index = EntryIndex::open(&self.directory).filter(|index| {
            let is_current = || index.fingerprint() == READING_FINGERPRINT;
            rereads_later || is_current() && index.verify_entries()
        });
        let fingerprint = index.as_ref().map(|index| index.fingerprint().to_owned());
        self.old_fingerprint = fingerprint.filter(|old| old != READING_FINGERPRINT);
        debug!(is_there = index.is_some(), is_writer, "index opened");
        index
    }

    /// Whether an index is damaged anywhere, or has too many segments. Takes a while.
    pub(in crate::library) fn needs_rebuild(index: &EntryIndex) -> bool {
        index.segments().len() > MAX_SEGMENTS || !index.verify()
    }

    pub(in crate::library) fn is_outdated(&self) -> bool {
        self.old_fingerprint.is_some()
    }

    pub(in crate::library) fn set_current(&mut self) {
        self.old_fingerprint = None;
    }

    fn fingerprint(&self) -> &str {
        self.old_fingerprint
            .as_deref()
            .unwrap_or(READING_FINGERPRINT)
    }

    /// Writes the index, on which everything is to be based from now on. None if too little changed
    /// to justify it, or another program writes it, or it failed.
    pub(in crate::library) fn write(&mut self, table: &EntryTable) -> Option<Arc<EntryIndex>> {
        let pending = table.pending_count();
        let is_due = match table.base() {
            Some(base) => pending >= MIN_CHANGES || base.fingerprint() != self.fingerprint(),
            None => pending > 0,
        };
        if is_due && self.directory.try_lock() {
            self.write_now(table).ok()
        } else {
            None
        }
    }

    /// Writes what was read so far, if the last write was long ago, so that it is not lost if the
    /// program is killed.
    pub(in crate::library) fn checkpoint(&mut self, table: &EntryTable) {
        let pause = MIN_INTERVAL.max(self.write_time * MAX_SHARE);
        // Entries are only written with their texts.
        if self.directory.is_writer()
            && self.last_write.elapsed() >= pause
            && table.segments().iter().any(Option::is_some)
        {
            // If it cannot be written now, it is written at the end.
            let _ = self.write_now(table);
        }
    }

    /// Writes all entries but those whose text is still being read.
    fn write_now(&mut self, table: &EntryTable) -> io::Result<Arc<EntryIndex>> {
        let began = Instant::now();
        let places = table.places().ok_or(io::ErrorKind::InvalidData)?;
        let index = write_entry_index(
            &self.directory,
            &places,
            table.segments(),
            &TimeZone::system(),
            self.fingerprint(),
        );
        self.last_write = Instant::now();
        self.write_time = began.elapsed();
        debug!(elapsed = ?self.write_time, error = ?index.as_ref().err(), "index written");
        index
    }
}
