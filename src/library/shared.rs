//! What the threads of the library share: the table of entries, and the queue of the loader. Of the
//! requests for an article in it the last one wins; no write to the saved state is lost.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use parking_lot::RwLock;

use super::article_files::Files;
use super::entry_table::EntryTable;
use super::source::Library;
use super::threads::Latest;
use crate::bilingual::Text;
use crate::catalog::{EntryId, LibraryState, Remembered};

/// What the threads of the library share.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) library: Library,
    pub(super) entry_table: Arc<RwLock<EntryTable>>,
    pub(super) load_queue: LoadQueue,
}

impl Shared {
    /// A library of which no entry is known yet.
    pub(super) fn new(library: Library) -> Self {
        Self {
            library,
            entry_table: Arc::default(),
            load_queue: LoadQueue::default(),
        }
    }

    pub(super) fn files(&self, id: EntryId) -> Option<Files> {
        self.entry_table.read().files(id.0)
    }

    /// Reads the text of an entry.
    pub(super) fn text(&self, id: EntryId) -> Option<Text> {
        self.files(id).map(|files| self.library.text(&files))
    }

    /// By what the saved state knows an article, even if that is gone: its path, and the hashes of
    /// its link and its content.
    pub(super) fn identity(&self, id: EntryId) -> Option<(PathBuf, u64, u64)> {
        let table = self.entry_table.read();
        let entry = table.last(id.0)?;
        Some((entry.path().to_owned(), entry.link(), entry.content()))
    }
}

/// How long a scan waits for the first article at most, if the list is shown before the scan.
const FIRST_LOAD: Duration = Duration::from_millis(40);
/// How long it may take to draw an article.
const DRAWING: Duration = Duration::from_millis(4);

#[derive(Debug, Default)]
pub(super) struct LoadQueue(Latest<PendingLoads>);

#[derive(Debug, Default)]
struct PendingLoads {
    load: Option<EntryId>,
    writes: VecDeque<StateWrite>,
    has_loaded: bool,
}

#[derive(Debug, PartialEq)]
pub(super) enum StateWrite {
    Article(EntryId, Remembered),
    /// The state of the list.
    Library(LibraryState),
    /// Articles with a new path: the hash of the path they had, and their id.
    Moved(Vec<(u64, EntryId)>),
}

/// What the loader does next.
#[derive(Debug, PartialEq)]
pub(super) enum LoaderJob {
    Write(StateWrite),
    Load(EntryId),
}

impl LoadQueue {
    /// Requests an article. An earlier request that still waits is dropped.
    pub(super) fn request(&self, id: EntryId) {
        self.0.put(|pending| pending.load = Some(id));
    }

    /// Adds a write to the saved state.
    pub(super) fn push_write(&self, write: StateWrite) {
        self.0.put(|pending| pending.writes.push_back(write));
    }

    /// Ends the loader once all writes are done.
    pub(super) fn close(&self) {
        self.0.close(|pending| pending.load = None);
    }

    /// Waits for the next job. Returns None at the end.
    pub(super) fn take(&self) -> Option<LoaderJob> {
        self.0.take(|pending| match pending.writes.pop_front() {
            Some(write) => Some(LoaderJob::Write(write)),
            None => pending.load.take().map(LoaderJob::Load),
        })
    }

    /// Whether the article that is being loaded is still wanted.
    pub(super) fn is_current(&self) -> bool {
        !self.0.is_closed() && self.0.with(|pending| pending.load.is_none())
    }

    /// Notes that the first article was loaded.
    pub(super) fn set_loaded(&self) {
        self.0.put(|pending| pending.has_loaded = true);
    }

    /// Waits until the first article is loaded and drawn, but not for long.
    pub(super) fn wait_for_first_load(&self) {
        self.0.wait_until(FIRST_LOAD, |pending| pending.has_loaded);
        if self.0.with(|pending| pending.has_loaded) {
            self.0.wait_until(DRAWING, |_| false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_request_wins_and_no_write_is_lost() {
        let queue = LoadQueue::default();
        queue.request(EntryId(1));
        queue.request(EntryId(2));
        assert!(!queue.is_current());
        assert_eq!(queue.take(), Some(LoaderJob::Load(EntryId(2))));
        assert!(queue.is_current());
        queue.request(EntryId(3));
        queue.push_write(StateWrite::Moved(vec![(1, EntryId(1))]));
        queue.push_write(StateWrite::Moved(vec![(2, EntryId(2))]));
        queue.close();
        queue.wait_for_first_load();
        assert_eq!(
            queue.take(),
            Some(LoaderJob::Write(StateWrite::Moved(vec![(1, EntryId(1))])))
        );
        assert_eq!(
            queue.take(),
            Some(LoaderJob::Write(StateWrite::Moved(vec![(2, EntryId(2))])))
        );
        assert_eq!(queue.take(), None);
    }
}
