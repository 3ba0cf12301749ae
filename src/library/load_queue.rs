//! The queue of the loader: the article to load, of which the last request wins, and writes to the saved state, of which none is lost.

use std::collections::VecDeque;
use std::time::Duration;

use super::latest::Latest;
use crate::catalog::{EntryId, LibraryState, Remembered};

/// How long a scan waits for the first article at most, if the list is shown before the scan.
const FIRST_LOAD: Duration = Duration::from_millis(40);
/// How long it may take to draw an article.
const DRAWING: Duration = Duration::from_millis(4);

/// The queue of the loader.
#[derive(Debug, Default)]
pub(super) struct LoadQueue(Latest<PendingLoads>);

#[derive(Debug, Default)]
struct PendingLoads {
    load: Option<EntryId>,
    writes: VecDeque<StateWrite>,
    has_loaded: bool,
}

/// A write to the saved state.
#[derive(Debug, PartialEq)]
pub(super) enum StateWrite {
    /// What is remembered of an article.
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
        assert_eq!(queue.take(), Some(LoaderJob::Write(StateWrite::Moved(vec![(1, EntryId(1))]))));
        assert_eq!(queue.take(), Some(LoaderJob::Write(StateWrite::Moved(vec![(2, EntryId(2))]))));
        assert_eq!(queue.take(), None);
    }
}
